"""Bookmarks and notes are there again when the whole program is started anew on the same home."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famgui.app import pages
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.reader import Reader
from famgui.ui.policy.results import ClauseList
from famgui.ui.shell.settings import PAGE
from famgui.ui.start import Program
from tests.ui.building import TODAY, app_in


def policy(program: Program) -> tuple[PolicyPage, Reader, ClauseList]:
    program.go_to("policy")
    QApplication.processEvents()
    page = program.pages["policy"]
    assert isinstance(page, PolicyPage)
    reader, view = page.findChild(Reader), page.findChild(ClauseList)
    assert isinstance(reader, Reader) and isinstance(view, ClauseList)
    return page, reader, view


def test_a_bookmark_and_a_note_survive_a_restart(program: Callable[[], Program], qtbot: QtBot) -> None:
    first = program()
    page, reader, _ = policy(first)
    page.open_clause("HN-03")
    first.commands.run("policy.star")
    qtbot.keyClicks(reader.note, "asked at the counter")
    first.window.close()
    first.close()

    page, reader, view = policy(program())
    page.open_clause("HN-03")
    assert "★ 收藏、有笔记" in view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert reader.note.isVisible() and reader.note.toPlainText() == "asked at the counter"
    assert [made for made in page.findChildren(QPushButton) if made.isVisible() and made.text() == "★ 已收藏"]
    (only,) = [box for box in page.findChildren(QCheckBox) if box.accessibleName() == "★ 只看收藏"]
    only.click()
    assert [row.id for row in view.clauses.rows] == ["HN-03"]


def test_what_is_typed_while_the_book_is_opened_is_asked_when_the_page_is_up(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    for page, query in (("policy", "qfx"), ("overview", "")):
        app = app_in(tmp_path / page)
        made = Program(qapp, app.services(), pages, language="zh", today=lambda: TODAY)
        made.settings.set(PAGE, page)
        made.window.show()
        qtbot.keyClicks(made.window, "qf")
        with qtbot.waitSignal(made.opened):
            made.open()
            qtbot.keyClicks(made.window, "x")
        made.go_to("policy")
        (line,) = [line for line in made.pages["policy"].findChildren(QLineEdit) if line.accessibleName() == "搜索政策"]
        assert line.text() == query
        made.window.close()
        made.close()
