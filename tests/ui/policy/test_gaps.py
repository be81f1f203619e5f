"""What could not be confirmed, in the window: by place, filtered, copied, printed, and beside its clauses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.paper_preview import Preview
from famgui.ui.policy.filters import ANYWHERE, Filters
from famgui.ui.policy.gapview import GapArea, GapView
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.reading import reading_of
from famgui.ui.policy.sheet import clause_sheet
from famgui.ui.policy.viewmodel import PolicyVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from tests.ui.building import TODAY, nameless

ORDER = "湖南是否规定先用本人的个人账户、再用共济账户？"


def listing(desk: Desk) -> PolicyVM:
    vm = PolicyVM(desk)
    vm.look("gaps")
    return vm


def test_every_open_question_is_listed_the_households_own_places_first(desk: Desk) -> None:
    vm = listing(desk)
    assert {gap.where for gap in vm.gaps} == {"株洲市", "湖南省", "全国"}
    vm.narrow(place=ANYWHERE)
    assert len(vm.gaps) == len(desk.library.unconfirmed) > 40
    assert list(dict.fromkeys(gap.where for gap in vm.gaps))[:3] == ["株洲市", "湖南省", "全国"]
    assert vm.summary == f"{len(vm.gaps)} 个问题"


def test_place_topic_and_words_narrow_them_grade_and_bookmarks_do_not(desk: Desk) -> None:
    vm = listing(desk)
    vm.narrow(place="430000", inherits=False)
    assert {gap.where for gap in vm.gaps} == {"湖南省"}
    vm.narrow(inherits=True, grade="S", starred=True, day="1999-01-01")
    assert {gap.where for gap in vm.gaps} == {"湖南省", "全国"}
    vm.narrow(topic="order")
    assert {gap.topic for gap in vm.gaps} == {"付款次序"}
    vm.ask("湖南 本人 HN-34")
    assert [gap.question for gap in vm.gaps] == [ORDER]
    vm.ask("湖南 火星")
    assert vm.gaps == ()


def test_traditional_characters_find_a_question_too(desk: Desk) -> None:
    vm = listing(desk)
    vm.ask("湖南 賬戶 規定")
    assert ORDER in [gap.question for gap in vm.gaps]


def test_a_clause_tells_the_open_questions_that_name_it_here_and_on_paper(desk: Desk) -> None:
    reading = reading_of(desk, desk.library.clauses["HN-34"])
    assert [gap.question for gap in reading.gaps] == [ORDER]
    (block,) = [one for one in clause_sheet(reading, "", TODAY).blocks if one.title == "未能核实的问题（本条涉及）"]
    assert block.rows[0][0] == ORDER
    assert reading_of(desk, desk.library.clauses["HN-15"]).gaps == ()


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> PolicyPage:
    made = PolicyPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


def seen(page: PolicyPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def pressed(page: PolicyPage, words: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.isVisible() and made.text() == words]
    return found


def toasts(page: PolicyPage) -> list[str]:
    shown = [one for one in page.shell.toasts._host.children() if isinstance(one, Toast) and not one.isHidden()]
    said = [one.accessibleName() for one in shown]
    for one in shown:
        one.leave()
    return said


def test_a_click_lists_them_and_a_clause_of_one_leads_back_to_the_clauses(page: PolicyPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(pressed(page, "未能核实"), Qt.MouseButton.LeftButton)
    texts = seen(page)
    assert ORDER in texts and "株洲市" in texts and f"{len(page._vm.gaps)} 个问题" in texts
    assert nameless(page) == []
    assert not [box for box in page.findChildren(QPushButton) if box.isVisible() and "收藏" in box.text()]
    assert not page.shell.commands.action("policy.star").isEnabled()
    qtbot.mouseClick(pressed(page, "ZZ-08"), Qt.MouseButton.LeftButton)
    assert page._vm.current == "ZZ-08" and pressed(page, "条款").isChecked()
    qtbot.waitUntil(lambda: "! 未能核实" in seen(page))
    assert "株洲市有没有转发省里2023年调整通知的文件？" in seen(page)


def test_keys_turn_to_them_scroll_them_and_lead_back(page: PolicyPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.shell.commands.run("policy.gaps")
    line = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "搜索政策")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Down)
    area = page.findChild(GapArea)
    assert isinstance(area, GapArea) and area.isVisible() and area.hasFocus()
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    assert line.hasFocus()
    page.shell.commands.run("policy.gaps")
    assert page._vm.view == "clauses" and not area.isVisible()


def test_no_question_left_says_so_and_offers_the_way_back(page: PolicyPage, qtbot: QtBot) -> None:
    page.shell.commands.run("policy.gaps")
    page._search.setText("火星")
    assert "这里没有列出未能核实的问题；没有列出不等于都已核实。" in seen(page)
    assert not page.shell.commands.action("policy.copy").isEnabled()
    qtbot.mouseClick(pressed(page, "清除搜索和筛选"), Qt.MouseButton.LeftButton)
    assert ORDER in seen(page) and page._vm.filters == Filters()


def test_they_are_copied_and_printed(page: PolicyPage, qtbot: QtBot) -> None:
    page.shell.commands.run("policy.gaps")
    page._vm.narrow(place="430000", inherits=False, topic="order")
    qtbot.mouseClick(pressed(page, "复制"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[:2] == ["湖南省", f"1. {ORDER}"]
    assert copied[2].startswith("已知：多个内容网站这样说") and copied[3] == "相关条款：HN-34、X-01"
    assert toasts(page) == ["清单已复制。"]
    page.shell.commands.run("policy.print")
    (preview,) = page.findChildren(Preview)
    assert preview.windowTitle() == "未能核实的问题"
    preview.close()


def test_typing_lays_out_only_what_changes(page: PolicyPage) -> None:
    page.shell.commands.run("policy.gaps")
    view = page.findChild(GapView)
    assert isinstance(view, GapView)
    before = view._area.widget()
    page._vm.narrow(grade="A")
    assert view._area.widget() is before
    page._search.setText("拉萨")
    assert [text for text in seen(page) if text == "拉萨市"] == ["拉萨市"]
