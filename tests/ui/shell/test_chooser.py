"""The household in the head of the window: few in a plain list, many found as one types."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from famgui.ui.shell.chooser import FEW
from famgui.ui.start import Program
from famgui.usecase.household import import_household
from tests.domain.building import employee, household
from tests.store.making import NOW
from tests.ui.building import nameless
from tests.usecase.people_making import number

pytestmark = pytest.mark.qt_log_ignore("grabbing the keyboard")
NAMES = ("王伟", "刘伟伟", "陈新", "赵敏", "孙丽", "周杰", "吴芳")


@pytest.fixture
def many(program: Callable[[], Program]) -> Program:
    made = program()
    book, rules_of = made.desk.book, made.desk.library.book
    assert book is not None and len(NAMES) >= FEW
    for order, name in enumerate(NAMES, 1):
        home = household(employee("p1", name=name, id_number=number(order + 10)))
        import_household(book, rules_of, home, "王伟家庭" if name == "刘伟伟" else f"{name}家庭", now=NOW)
    made.desk.reload()
    return made


def test_namesakes_are_told_apart_in_the_head(many: Program) -> None:
    texts = [many.window.households.itemText(at) for at in range(many.window.households.count())]
    assert [text for text in texts if text.startswith("王伟")] == [
        f"王伟家庭 · {number(11)[-4:]}",
        f"王伟家庭 · {number(12)[-4:]}",
    ]


@pytest.mark.parametrize("typed", ["刘伟伟", "lww", "liuweiwei", number(12)[-4:]])
def test_a_household_is_found_by_typing(many: Program, qtbot: QtBot, typed: str) -> None:
    chooser = many.window.households
    chooser.setFocus()
    QTest.keyClicks(chooser, "x")
    popup = chooser.popup
    assert popup.frame.isVisible() and popup.line.text() == "x" and nameless(popup.frame) == []
    popup.line.setText(typed)
    assert popup.entries.stringList() == [f"王伟家庭 · {number(12)[-4:]}"]
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert not popup.frame.isVisible()
    assert [one.name for one in many.desk.persons] == ["刘伟伟"]
    assert chooser.value == many.desk.live.id if many.desk.live else False


def test_the_list_is_walked_by_key_and_says_when_nobody_answers(many: Program, qtbot: QtBot) -> None:
    many.commands.run("household.choose")
    popup = many.window.households.popup
    assert len(popup.entries.stringList()) == len(NAMES) + 1 and popup.list.currentIndex().row() == 0
    qtbot.keyClick(popup.line, Qt.Key.Key_Down)
    qtbot.keyClick(popup.line, Qt.Key.Key_Down)
    assert popup.list.currentIndex().row() == 2
    popup.line.setText("没有这家")
    assert popup.entries.stringList() == [] and popup.nobody.text() == "没有找到符合的家庭。"
    qtbot.keyClick(popup.line, Qt.Key.Key_Return)
    assert popup.frame.isVisible()
    qtbot.keyClick(popup.line, Qt.Key.Key_Escape)
    assert not popup.frame.isVisible() and many.desk.live is not None and many.desk.live.id == 1


def test_few_households_are_a_plain_list(program: Callable[[], Program]) -> None:
    chooser = program().window.households
    chooser.showPopup()
    assert "popup" not in vars(chooser)
    chooser.hidePopup()
