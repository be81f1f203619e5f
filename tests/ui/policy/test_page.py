"""The policy page under a virtual screen: keys, mouse, clipboard, browser."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.paper_preview import Preview
from famgui.ui.policy.page import FILTERS, PolicyPage
from famgui.ui.policy.parts import Address
from famgui.ui.policy.reader import Reader
from famgui.ui.policy.results import ClauseList
from famgui.ui.policy.rows import ROW
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from tests.ui.building import nameless


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> PolicyPage:
    made = PolicyPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    with qtbot.waitExposed(made):
        made.show()
    return made


def search(page: PolicyPage) -> QLineEdit:
    return next(line for line in page.findChildren(QLineEdit) if line.accessibleName() == "搜索政策")


def listed(page: PolicyPage) -> ClauseList:
    found = page.findChild(ClauseList)
    assert isinstance(found, ClauseList)
    return found


def read(page: PolicyPage) -> list[str]:
    reader = page.findChild(Reader)
    assert isinstance(reader, Reader)
    return [label.text() for label in reader.findChildren(QLabel) if label.isVisibleTo(reader)]


def current(page: PolicyPage) -> str:
    return str(listed(page).currentIndex().data(ROW).id)


def toasts() -> list[str]:
    """What the toasts say now; they leave once they are read."""
    shown = [toast for window in QApplication.topLevelWidgets() for toast in window.findChildren(Toast)]
    said = [toast.accessibleName() for toast in shown if not toast.isHidden()]
    for toast in shown:
        toast.leave()
    return said


def test_every_keystroke_answers(page: PolicyPage, qtbot: QtBot) -> None:
    line = search(page)
    for character in ("H", "N", "-", "0", "3"):
        qtbot.keyClicks(line, character)
        assert listed(page).model().rowCount() > 0
    assert current(page) == "HN-03"
    qtbot.waitUntil(lambda: "HN-03" in read(page))


def test_arrow_keys_in_the_search_line_walk_the_answers_and_escape_empties_it(page: PolicyPage, qtbot: QtBot) -> None:
    line = search(page)
    line.setText("绑定")
    first = current(page)
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert current(page) != first
    qtbot.waitUntil(lambda: current(page) in read(page))
    qtbot.keyClick(line, Qt.Key.Key_Up)
    assert current(page) == first
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Slash, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)],
)
def test_keys_that_lead_to_the_search_line(
    page: PolicyPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page.activateWindow()
    listed(page).setFocus()
    qtbot.waitUntil(lambda: listed(page).hasFocus())
    qtbot.keyClick(listed(page), key, modifier)
    assert search(page).hasFocus()


def test_a_slash_can_be_searched_for(page: PolicyPage, qtbot: QtBot) -> None:
    search(page).setFocus()
    qtbot.keyClicks(search(page), "100/300")
    assert search(page).text() == "100/300"


def test_a_click_on_an_answer_opens_it(page: PolicyPage, qtbot: QtBot) -> None:
    view = listed(page)
    index = view.model().index(2, 0)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    qtbot.waitUntil(lambda: index.data(ROW).id in read(page))


def test_a_chip_of_a_conflict_opens_that_clause(page: PolicyPage, qtbot: QtBot) -> None:
    page.open_clause("HN-03")
    chip = next(made for made in page.findChildren(QPushButton) if made.text() == "HN-05")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert current(page) == "HN-05"
    qtbot.waitUntil(lambda: "已失效" in read(page))


def test_a_clause_behind_filters_is_shown_and_an_unknown_one_is_told(page: PolicyPage, qtbot: QtBot) -> None:
    search(page).setText("火星")
    assert not listed(page).isVisible()
    page.open_clause("HN-21")
    assert (search(page).text(), current(page)) == ("", "HN-21")
    page.open_clause("XX-99")
    assert current(page) == "HN-21"
    assert toasts() == ["现有规则包里没有条款 XX-99。"]


def test_nothing_found_offers_the_way_back(page: PolicyPage, qtbot: QtBot) -> None:
    search(page).setText("火星")
    (back,) = [made for made in page.findChildren(QPushButton) if made.text() == "清除搜索和筛选"]
    assert back.isVisible()
    assert not page.shell.commands.action("policy.copy").isEnabled()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert search(page).text() == ""
    assert listed(page).isVisible()


def test_the_citation_goes_to_the_clipboard(page: PolicyPage) -> None:
    page.open_clause("HN-03")
    page.shell.commands.run("policy.copy")
    assert QGuiApplication.clipboard().text().startswith("湖南省职工在三级")
    assert "\n" not in QGuiApplication.clipboard().text()
    assert toasts() == ["引用已复制。"]


class Browser(QObject):
    """Stands where the system's browser would."""

    opened = ""

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.opened = url.toString()


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    QDesktopServices.setUrlHandler("http", made, "show")
    yield made
    QDesktopServices.unsetUrlHandler("http")


def button_of(page: PolicyPage, words: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.text() == words and made.isVisibleTo(page)]
    return found


def test_the_address_opens_only_after_it_was_said_where_it_leads(
    page: PolicyPage, qtbot: QtBot, browser: Browser
) -> None:
    page.open_clause("HN-03")
    qtbot.mouseClick(button_of(page, "打开网页…"), Qt.MouseButton.LeftButton)
    assert browser.opened == ""
    assert "将离开本程序，打开网站 www.czxww.cn。" in read(page)
    qtbot.mouseClick(button_of(page, "用浏览器打开"), Qt.MouseButton.LeftButton)
    assert browser.opened == "http://www.czxww.cn/content/2023-05/19/content_1344238.html"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "ftp://example.org/x"])
def test_an_address_that_is_no_web_page_cannot_be_opened(page: PolicyPage, url: str) -> None:
    made = Address(url)
    assert made.findChildren(QPushButton) == []
    made.deleteLater()


def test_down_leads_into_the_answers_enter_to_the_text_and_escape_back(page: PolicyPage, qtbot: QtBot) -> None:
    page.activateWindow()
    line, view = search(page), listed(page)
    line.setFocus()
    line.setText("绑定")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert view.hasFocus()
    reader = page.findChild(Reader)
    assert isinstance(reader, Reader)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert reader.isAncestorOf(page.focusWidget())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Escape)
    assert view.hasFocus()
    qtbot.keyClicks(view, "x")
    assert line.hasFocus()
    assert line.text() == "绑定x"
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert line.hasFocus()


def test_up_in_the_first_answer_leads_back_to_the_search_line(page: PolicyPage, qtbot: QtBot) -> None:
    page.activateWindow()
    listed(page).setFocus()
    qtbot.waitUntil(listed(page).hasFocus)
    qtbot.keyClick(listed(page), Qt.Key.Key_Up)
    assert search(page).hasFocus()


def test_a_bookmark_is_set_and_taken_away(page: PolicyPage) -> None:
    page.open_clause("HN-03")
    page.shell.commands.run("policy.star")
    assert button_of(page, "★ 已收藏").isVisible()
    assert "★ 收藏" in listed(page).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    page.shell.commands.run("policy.star")
    assert button_of(page, "☆ 收藏").isVisible()


def test_a_note_is_saved_while_it_is_typed(page: PolicyPage, qtbot: QtBot) -> None:
    page.open_clause("HN-03")
    reader = page.findChild(Reader)
    assert isinstance(reader, Reader)
    file = page.shell.desk.services.home.root / "policy-notes.json"
    qtbot.keyClicks(reader.note, "asked")
    qtbot.waitUntil(lambda: file.exists() and "asked" in file.read_text("utf-8"))
    page.open_clause("HN-05")
    assert reader.note.toPlainText() == ""
    page.open_clause("HN-03")
    assert reader.note.toPlainText() == "asked"


def test_a_note_half_typed_is_saved_when_the_page_is_left(page: PolicyPage, qtbot: QtBot) -> None:
    page.open_clause("HN-03")
    reader = page.findChild(Reader)
    assert isinstance(reader, Reader)
    ops = page.shell.desk.ops
    qtbot.waitUntil(lambda: ops.pending == 0)
    reader.note.setPlainText("<b>fast</b>")
    page.leave()
    assert ops.pending == 1
    file = page.shell.desk.services.home.root / "policy-notes.json"
    qtbot.waitUntil(lambda: file.exists() and "<b>fast</b>" in file.read_text("utf-8"))


def test_marks_that_make_no_sense_are_told_and_kept(shell: Shell, qtbot: QtBot) -> None:
    (shell.desk.services.home.root / "policy-notes.json").write_text("{", "utf-8")
    made = PolicyPage(shell)
    qtbot.addWidget(made)
    (said,) = toasts()
    assert said.startswith("收藏和笔记的文件读不懂")
    assert len(list(shell.desk.services.home.root.glob("policy-notes.json.*.aside"))) == 1


def test_filters_last_from_one_session_to_the_next(page: PolicyPage, shell: Shell) -> None:
    page._vm.narrow(topic="order", grade="B")
    assert '"order"' in shell.settings.get(FILTERS)
    page._vm.drop_filters()
    assert '"order"' not in shell.settings.get(FILTERS)


def test_one_clause_is_printed_with_its_conflicts(page: PolicyPage, qtbot: QtBot) -> None:
    page.open_clause("HN-03")
    page.shell.commands.run("policy.print")
    (preview,) = page.findChildren(Preview)
    assert preview.windowTitle() == "条款 HN-03"
    preview.close()


def test_a_click_on_why_says_it_under_the_answer(page: PolicyPage, qtbot: QtBot) -> None:
    search(page).setText("起付线")
    view = listed(page)
    rect = view.visualRect(view.currentIndex())
    place = rect.bottomRight() - QPoint(30, 22)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "“起付线”" in view.currentIndex().data(ROW).why[0]
    assert view.visualRect(view.currentIndex()).height() > rect.height()


def test_texts_of_packs_are_never_markup(page: PolicyPage) -> None:
    page.open_clause("HN-03")
    labels = page.findChildren(QLabel)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_every_widget_has_a_name(page: PolicyPage) -> None:
    page.open_clause("HN-03")
    assert nameless(page) == []


def test_rows_are_spoken_with_id_and_chips(page: PolicyPage) -> None:
    page.open_clause("HN-05")
    spoken = listed(page).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("HN-05")
    assert "多源一致、已失效" in spoken


def test_what_is_typed_while_the_page_opens_is_a_question(page: PolicyPage, qtbot: QtBot) -> None:
    assert page.focusWidget() is search(page)
    search(page).clearFocus()
    qtbot.keyClicks(page, "qfx")
    assert search(page).text() == "qfx" and page.focusWidget() is search(page)
    assert listed(page).model().rowCount() > 0
