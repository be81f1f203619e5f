"""How the page comes up: the list at its right heights, the clause at hand soon after, nothing done twice."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from famgui.ui.policy.filters import ANYWHERE
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.reader import Reader
from famgui.ui.policy.results import ClauseList
from famgui.ui.policy.rows import LINES, PAD, ROW
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.placepick import PlacePick

SAID = "Statements are in Chinese"


def made(shell: Shell, qtbot: QtBot) -> PolicyPage:
    page = PolicyPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 620)
    return page


def rows(page: PolicyPage) -> ClauseList:
    found = page.findChild(ClauseList)
    assert isinstance(found, ClauseList)
    return found


def texts(page: PolicyPage) -> list[str]:
    reader = page.findChild(Reader)
    assert isinstance(reader, Reader)
    return [label.text() for label in reader.findChildren(QLabel) if label.isVisibleTo(reader)]


def test_every_row_has_room_for_its_lines_and_no_more(shell: Shell, qtbot: QtBot) -> None:
    page = made(shell, qtbot)
    page._vm.narrow(place=ANYWHERE)
    page.show()
    QApplication.processEvents()
    view, model = rows(page), rows(page).clauses
    width = view.viewport().width() - 2 * PAD
    option = QStyleOptionViewItem()
    option.font = view.font()  # type: ignore[attr-defined]
    told = set()
    for at in range(model.rowCount()):
        row = model.index(at, 0).data(ROW)
        layout = view._delegate._laid_out(row, view.font(), width)
        foot = view.visualRect(model.index(at, 0)).height() - 2 * PAD - layout.boundingRect().height()
        told.add((layout.lineCount(), round(foot)))
    assert {lines for lines, _ in told} <= {1, LINES}
    assert max(foot for _, foot in told) - min(foot for _, foot in told) <= 2, told
    assert min(foot for _, foot in told) > view.fontMetrics().height()


def test_rows_that_changed_while_nobody_saw_them_have_their_heights(shell: Shell, qtbot: QtBot) -> None:
    page = made(shell, qtbot)
    page.show()
    page._vm.look("gaps")
    page._vm.narrow(place="430000")
    QApplication.processEvents()
    page._vm.look("clauses")
    view = rows(page)
    heights = {view.visualRect(view.clauses.index(at, 0)).height() for at in range(view.clauses.rowCount())}
    assert min(heights) > 2 * PAD + 2 * view.fontMetrics().height()


def test_the_clause_at_hand_is_read_once_the_page_stands_and_its_row_is_in_sight(shell: Shell, qtbot: QtBot) -> None:
    page = made(shell, qtbot)
    last = page._vm.rows[-1].id
    assert page._vm.current not in texts(page)
    page.open_clause(last)
    assert last in texts(page)
    with qtbot.waitExposed(page):
        page.show()
    view = rows(page)
    assert view.currentIndex().data(ROW).id == last
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    other = made_again(page, qtbot)
    assert other in texts(page)


def made_again(page: PolicyPage, qtbot: QtBot) -> str:
    """Another clause by the keys, read when it has come to hand."""
    rows(page).step(-1)
    qtbot.waitUntil(lambda: page._vm.current in texts(page))
    return page._vm.current


def test_a_page_just_made_answers_once(shell: Shell, qtbot: QtBot) -> None:
    page = made(shell, qtbot)
    told: list[None] = []
    page._vm.changed.connect(lambda: told.append(None))
    page.refresh()
    assert told == []
    page.show()
    qtbot.waitUntil(lambda: page._vm.current in texts(page))
    page.refresh()
    assert len(told) == 1


def test_the_box_says_what_is_listed(shell: Shell, qtbot: QtBot) -> None:
    page = made(shell, qtbot)
    page.show()
    (place,) = page.findChildren(PlacePick)
    assert (place.name, place.text().endswith("▾")) == ("株洲市，连同省和全国", True)
    assert place.name in place.text(), "nothing is cut"
    page._search.setText("历年结余")
    assert place.name == "全部地区，株洲市在前" and place.name in place.text()
    page._search.clear()
    assert place.name == "株洲市，连同省和全国"
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() == "清空"]


@pytest.mark.parametrize(("language", "said"), [("zh", False), ("en", True)])
def test_an_english_reader_is_told_once_that_statements_are_in_chinese(
    shell: Shell, qtbot: QtBot, language: str, said: bool
) -> None:
    use_language(language)  # type: ignore[arg-type]
    try:
        page = made(shell, qtbot)
        page.open_clause("HN-03")
        assert len([text for text in texts(page) if SAID in text]) == said
        page._vm.look("gaps")
        found = [label.text() for label in page._gaps.findChildren(QLabel) if "told in English" in label.text()]
        assert len(found) == said
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    finally:
        use_language("zh")
