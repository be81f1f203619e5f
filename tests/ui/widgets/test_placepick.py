"""The choice of a place: found by name, code and pinyin, chosen by keys."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famgui.ui.widgets.placepick import PlacePick, matching

PLACES = (("", "全部地区"), ("430000", "湖南省"), ("430100", "长沙市"), ("430200", "株洲市"), ("130100", "石家庄市"))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("", ["", "430000", "430100", "430200", "130100"]),
        ("沙", ["430100"]),
        ("43", ["430000", "430100", "430200"]),
        ("sjz", ["130100"]),
        ("zhu zhou", ["430200"]),
        ("z", []),
        ("火星", []),
    ],
)
def test_what_is_typed_narrows(typed: str, codes: list[str]) -> None:
    assert [code for code, _ in matching(PLACES, typed)] == codes


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_place_is_picked_with_keys_alone(zh: None, qtbot: QtBot) -> None:
    pick = PlacePick("地区")
    qtbot.addWidget(pick)
    pick.set_entries(PLACES)
    pick.set_code("430000")
    pick.show()
    qtbot.keyClick(pick, Qt.Key.Key_Space)
    qtbot.waitUntil(pick.popup.isVisible)
    assert pick.popup.list.currentIndex().row() == 1
    assert pick.popup.list.currentIndex().data() == "湖南省"
    qtbot.keyClicks(pick.popup.line, "43")
    qtbot.keyClick(pick.popup.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(pick.picked) as picked:
        qtbot.keyClick(pick.popup.line, Qt.Key.Key_Return)
    assert picked.args == ["430100"]
    assert (pick.name, pick.popup.isVisible()) == ("长沙市", False)
    assert pick.accessibleName() == "地区 长沙市"


def test_the_same_place_again_is_no_news(zh: None, qtbot: QtBot) -> None:
    pick = PlacePick("地区")
    qtbot.addWidget(pick)
    pick.set_entries(PLACES)
    told: list[str] = []
    pick.picked.connect(told.append)
    pick.popup.taken.emit("430200")
    pick.popup.taken.emit("430200")
    assert told == ["430200"]


def test_a_shortcut_is_not_offered_beside_its_place_while_one_types(zh: None, qtbot: QtBot) -> None:
    pick = PlacePick("地区")
    qtbot.addWidget(pick)
    entries = (("here", "株洲市"), *PLACES)
    pick.popup.offer(entries, "here")
    assert pick.popup.entries.entries == entries
    pick.popup.line.setText("株洲")
    assert pick.popup.entries.entries == (("430200", "株洲市"),)
