"""The book in the window: whole on the disk while it is open, taken away as a file, put back from one."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from famgui.app import pages
from famgui.store.copies import copies_of
from famgui.store.facts import look
from famgui.ui.shell.restore import RestoreDialog
from famgui.ui.shell.settings import BOOK, COPIES
from famgui.ui.shell.toasts import Toast
from famgui.ui.shell.trouble import TroublePage
from famgui.ui.start import Program
from famgui.usecase.backup import suggested_name
from tests.store.making import NOW
from tests.ui.building import TODAY, app_in, nameless
from tests.ui.shell.test_casefiles import case_in

Open = Callable[[], Program]
MUSEUM = Path(__file__).parents[2] / "museum"


def events_in(path: Path) -> int:
    """How many events a file holds that is taken by itself."""
    copy = shutil.copy(path, path.with_name("alone"))
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return int(connection.execute("SELECT count(*) FROM event").fetchone()[0])
    except sqlite3.DatabaseError:
        return -1
    finally:
        copy.unlink()


def toast(program: Program) -> Toast:
    """What was said last."""
    return program.window.findChildren(Toast)[-1]


def dialog(program: Program) -> RestoreDialog:
    """The dialog that is open."""
    program.commands.run("book.restore")
    (found,) = [one for one in program.window.findChildren(QDialog) if isinstance(one, RestoreDialog)]
    return found


def texts(widget: QDialog) -> str:
    """What can be read."""
    return " | ".join(shown.text() for shown in widget.findChildren(QLabel) if shown.isVisible())


def press(widget: QDialog, name: str) -> None:
    """Press the button with this name."""
    (found,) = [made for made in widget.findChildren(QPushButton) if made.text() == name]
    found.click()


def test_soon_after_every_write_the_file_alone_is_whole(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    book = window.desk.book
    assert book is not None
    qtbot.waitUntil(lambda: events_in(book.path) == look(book.path).events > 0)
    before = look(book.path).events
    with qtbot.waitSignal(window.desk.changed):
        window.files.import_file(case_in(tmp_path, surname="钱"))
    assert look(book.path).events > before
    qtbot.waitUntil(lambda: events_in(book.path) == look(book.path).events)


def test_the_whole_book_is_taken_away_and_put_back(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    assert window.desk.book is not None
    path, target = window.desk.book.path, tmp_path / "u 盘" / "备份.sqlite"
    window.books.back_up(target)
    qtbot.waitUntil(lambda: bool(window.window.findChildren(Toast)))
    first = look(target)
    assert "备份.sqlite" in toast(window).accessibleName() and f"{first.persons} 人" in toast(window).accessibleName()
    with qtbot.waitSignal(window.desk.changed):
        window.files.import_file(case_in(tmp_path, surname="钱"))
    assert len(window.desk.titles) == first.households + 1
    shown = dialog(window)
    assert nameless(shown) == []  # type: ignore[arg-type]
    shown.examine(target)
    qtbot.waitUntil(shown._agree.isEnabled)
    assert f"{first.households} 个家庭" in texts(shown) and f"{first.households + 1} 个家庭" in texts(shown)
    with qtbot.waitSignal(window.opened):
        press(shown, "恢复这一份")
    assert len(window.desk.titles) == first.households
    (kept,) = copies_of(path)
    assert kept.reason == "restore" and kept.path.name in toast(window).accessibleName()
    with qtbot.waitSignal(window.opened):
        next(made for made in toast(window).findChildren(QPushButton) if made.text() == "撤销").click()
    assert len(window.desk.titles) == first.households + 1


def test_an_automatic_copy_is_chosen_from_the_list(program: Open, qtbot: QtBot) -> None:
    window = program()
    window.settings.set(COPIES, "5")
    book = window.desk.book
    assert book is not None
    made = [book.keep_copy("merge", NOW) for _ in range(7)]
    shown = dialog(window)
    assert [copy.path for copy in shown._copies.rows] == made[:1:-1]
    assert "合并人员" in shown._copies.data(shown._copies.index(0, 1))
    shown._table.selectRow(1)
    qtbot.waitUntil(shown._agree.isEnabled)
    assert made[-2].name in texts(shown)
    shown.reject()
    assert window.desk.book is book


def test_what_cannot_be_restored_is_told_and_the_book_stays(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    letter = tmp_path / "letter.sqlite"
    letter.write_bytes(b"a letter" * 900)
    shown = dialog(window)
    shown.examine(letter)
    qtbot.waitUntil(lambda: "不是家庭共济助手的账本" in texts(shown))
    assert not shown._agree.isEnabled()
    shown.reject()
    assert window.desk.book is not None
    path, titles = window.desk.book.path, window.desk.titles
    with qtbot.waitSignal(window.opened):
        window.books.restore(letter, path)
    qtbot.waitUntil(lambda: bool(window.window.findChildren(QMessageBox)))
    (box,) = window.window.findChildren(QMessageBox)
    assert "letter.sqlite" in box.text()
    box.close()
    assert window.desk.titles == titles and copies_of(path) == ()


def test_a_book_of_ones_own_comes_back_while_the_sample_is_open(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    own = Path(shutil.copy(MUSEUM / "book-0001.sqlite", tmp_path / "own.sqlite"))
    with closing(sqlite3.connect(own)) as connection:
        connection.execute("UPDATE book SET is_sample = 0")
        connection.commit()
    shown = dialog(window)
    shown.examine(own)
    qtbot.waitUntil(shown._agree.isEnabled)
    assert "旧版本" in texts(shown) and "还没有账本" in texts(shown)
    with qtbot.waitSignal(window.opened):
        press(shown, "恢复这一份")
    assert not window.desk.sample and window.settings.get(BOOK) == "own"
    assert len(window.desk.titles) == look(own).households
    assert (tmp_path / "sample.sqlite").exists() and look(own).schema == "0001"


def test_a_damaged_book_is_replaced_by_a_backup(qapp: object, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "sample.sqlite").write_bytes(b"no database at all" * 200)
    made = Program(qapp, app_in(tmp_path).services(), pages, language="zh", today=lambda: TODAY)  # type: ignore[arg-type]
    made.window.show()
    made.open()
    qtbot.waitUntil(lambda: bool(made.window.findChildren(TroublePage)))
    (page,) = made.window.findChildren(TroublePage)
    next(one for one in page.findChildren(QPushButton) if one.text() == "恢复备份……").click()
    (shown,) = made.window.findChildren(RestoreDialog)
    shown.examine(MUSEUM / "book-0003.sqlite")
    qtbot.waitUntil(shown._agree.isEnabled)
    assert "读不出来" in texts(shown)
    with qtbot.waitSignal(made.opened):
        press(shown, "恢复这一份")
    assert len(made.desk.titles) == 4
    assert [path.suffix for path in (tmp_path / "backups").iterdir()] == [".aside"]
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_a_name_is_suggested_that_every_system_takes() -> None:
    assert suggested_name('家庭共济助手-A/B: "x"', NOW) == f"家庭共济助手-A_B_ _x_-{NOW:%Y%m%d}.sqlite"
