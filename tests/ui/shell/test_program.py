"""The whole window: start-up order, pages, books, import and export, bugs, what is left when it closes."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from famgui.app import App, pages
from famgui.base.paths import resources
from famgui.domain.timeline import run
from famgui.files.casefile import parse_case, read_case
from famgui.ui.shell.settings import LANGUAGE
from famgui.ui.shell.trouble import TroublePage
from famgui.ui.shell.window import ALL_PAGES, PAGES
from famgui.ui.start import Program
from famgui.ui.tour import View, tour
from tests.files.program import REPOSITORY
from tests.ui.building import app_in, nameless

Open = Callable[[], Program]


def test_every_page_comes_up_and_names_its_widgets(program: Open) -> None:
    window = program()
    for page in (*PAGES, "settings"):
        window.go_to(page)
        assert window.window.stack.currentWidget() is window.pages[page]
        assert nameless(window.window) == []


def test_the_frame_is_painted_before_the_database_is_loaded(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui.shell import i18n
from famgui.ui.start import Program
application = QApplication([])
program = Program(application, App(Home(Path({str(tmp_path)!r})), "zh").services(), pages, language="zh")
heavy = ("sqlalchemy", "alembic", "famgui.store", "jsonschema", "rich", "PySide6.QtPrintSupport", "ssl", "http.client")
heavy += ("famgui.usecase.update", "urllib.request", "ctypes")
def painted():
    print([name for name in heavy if name in sys.modules], "all texts" if i18n._Texts.whole else "")
    program.close()
    application.exit(0)
program.window.painted.connect(painted)
program.window.show()
sys.exit(application.exec())
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3]
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_commands_bring_pages_up(program: Open) -> None:
    window = program()
    for page in (*PAGES, "settings"):
        window.commands.run(f"page.{page}")
        assert window.window.stack.currentWidget() is window.pages[page]


def test_the_sample_is_left_for_an_own_empty_book_and_come_back_to(program: Open, qtbot: QtBot) -> None:
    window = program()
    assert window.desk.sample and window.desk.live is not None
    with qtbot.waitSignal(window.opened):
        window.commands.run("book.own")
    assert not window.desk.sample and window.desk.live is None and window.desk.titles == {}
    for page in (*PAGES, "settings"):
        window.go_to(page)
    with qtbot.waitSignal(window.opened):
        window.commands.run("book.sample")
    assert window.desk.live is not None


def test_a_case_file_comes_in_and_goes_out_the_same(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    case = Path(__file__).parents[2] / "cases" / "example.toml"
    with qtbot.waitSignal(window.desk.changed):
        window.files.import_file(case, anyway=True)
    live = window.desk.live
    assert live is not None and live.title == "example"
    out = tmp_path / "out.famgui.toml"
    window.desk.services.usecases().export_file(window.desk.book, live.id, out)
    assert read_case(out) == read_case(case)


def test_a_faulty_case_file_is_told_and_nothing_comes_in(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    before = window.desk.titles
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\nplace = 430200\n", "utf-8")
    window.files.import_file(bad)
    qtbot.waitUntil(lambda: bool(window.window.findChildren(QMessageBox)))
    (box,) = window.window.findChildren(QMessageBox)
    assert "bad.toml:2" in box.text() and "Traceback" not in box.text()
    box.close()
    assert window.desk.titles == before


def test_a_damaged_book_leaves_ways_on(qapp: object, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "sample.sqlite").write_bytes(b"no database at all" * 200)
    made = Program(qapp, app_in(tmp_path).services(), pages, language="zh")
    made.window.show()
    made.open()
    qtbot.waitUntil(lambda: bool(made.window.findChildren(TroublePage)))
    made.go_to("policy")
    assert made.window.stack.currentWidget() is made.pages["policy"]
    (page,) = made.window.findChildren(TroublePage)
    aside = [b for b in page.findChildren(QPushButton) if "移到一边" in b.text()]
    with qtbot.waitSignal(made.opened):
        aside[0].click()
    assert made.desk.live is not None
    assert len(list(tmp_path.glob("sample.sqlite.*.aside"))) == 1
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_a_book_of_a_newer_program_is_refused_politely(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    book = tmp_path / "sample.sqlite"
    program_one = program()
    program_one.close()
    with sqlite3.connect(book) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    app = app_in(tmp_path)
    with pytest.raises(Exception) as refused:
        app.open_book(book)
    said = app.services().usecases().explain(refused.value, app.wording)
    assert "9999" in said


@pytest.mark.parametrize("where", ["writer thread", "another thread"])
def test_a_bug_on_any_thread_reaches_the_dialog(
    program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    window = program()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    window.watch_for_bugs()

    def fail(*_: object) -> None:
        raise ZeroDivisionError("planted")

    if where == "writer thread":
        window.ops.run("planted", fail)
    else:
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    qtbot.waitUntil(lambda: bool(window.window.findChildren(QMessageBox)))
    (box,) = window.window.findChildren(QMessageBox)
    (report,) = (tmp_path / "logs").glob("crash-*.txt")
    assert "planted" in report.read_text("utf-8") and "planted" not in box.text()
    box.close()


def test_language_changes_while_the_window_is_open(program: Open, qtbot: QtBot) -> None:
    window = program()
    first = window.window
    window.settings.set(LANGUAGE, "en")
    qtbot.waitUntil(lambda: window.window is not first)
    assert window.window.windowTitle() == "famgui"
    assert nameless(window.window) == []
    window.settings.set(LANGUAGE, "zh")
    qtbot.waitUntil(lambda: window.window.windowTitle() == "家庭共济助手")


def test_pictures_and_sheet_are_taken_offscreen(qapp: object, tmp_path: Path) -> None:
    app: App = app_in(tmp_path / "home")
    (tmp_path / "home").mkdir()
    view = View(1366, 768, "dark", "standard", "en")
    written = tour(app.services(), pages, tmp_path / "shots", view, sheet=tmp_path / "sheet.pdf")
    assert len(written) == len(ALL_PAGES) + 1
    assert all(path.stat().st_size > 20_000 for path in written)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_a_tour_touches_nobodys_home_and_looks_the_same_again(qapp: object, tmp_path: Path) -> None:
    app: App = app_in(tmp_path / "home")
    first, second = (
        [path.read_bytes() for path in app.tour(tmp_path / name, (1100, 700), "light", "standard", None)]
        for name in ("first", "second")
    )
    assert not (tmp_path / "home").exists()
    own = ("settings", "records", "wizard")  # name a passing folder, a moment of now, when the draft was saved
    same = [number for number, page in enumerate(ALL_PAGES) if page not in own]
    assert [first[number] for number in same] == [second[number] for number in same]


def test_the_window_gives_the_figures_of_the_terminal(program: Open) -> None:
    window = program()
    live = window.desk.live
    assert live is not None
    household = parse_case((resources() / "samples" / "family-year.famgui.toml").read_bytes(), "sample")
    timeline = run(household, window.desk.library.book("430200"))
    assert live.outcomes == timeline.outcomes
    assert live.running.balances == timeline.balances


def test_several_case_files_are_brought_in_together(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    window = program()
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\n", "utf-8")
    cases = sorted((REPOSITORY / "tests" / "cases").glob("case0*.toml"))
    before = len(window.desk.titles)
    told: list[str] = []
    window.files._tell = told.append
    window.files.import_files([*cases[:3], bad, *cases[3:]], anyway=True)
    qtbot.waitUntil(lambda: len(window.desk.titles) == before + len(cases))
    assert window.desk.live is not None and window.desk.live.title == cases[-1].name.removesuffix(".toml")
    assert len(told) == 1 and told[0].startswith("bad.toml") and "place" in told[0]
