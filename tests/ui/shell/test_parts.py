"""The shell's parts: operations, commands, toasts, settings, theme, texts."""

import ast
import gc
import threading
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.shell import i18n
from famgui.ui.shell.commands import Command, Commands, native_keys
from famgui.ui.shell.ops import PROGRESS_AFTER_MS, Cancelled, Ops, Pause, Progress
from famgui.ui.shell.settings import THEME, Settings
from famgui.ui.shell.toasts import Toast, Toasts
from famgui.ui.theme.roles import DARK, LIGHT, Roles, contrast
from tests.patience import PATIENCE
from tests.ui.patient_bot import PATIENCE_MS

ROOT = Path(__file__).parents[3]


def test_work_runs_on_one_thread_in_order_and_answers_on_this_one(qtbot: QtBot) -> None:
    ops = Ops()
    seen: list[tuple[int, str, str]] = []
    here = threading.current_thread().name

    def work(number: int) -> str:
        return f"{number}{threading.current_thread().name}"

    for number in range(5):
        ops.run(
            "x", lambda _, n=number: work(n), lambda r: seen.append((len(seen), r, threading.current_thread().name))
        )
    qtbot.waitUntil(lambda: len(seen) == 5)
    assert [(n, result[0], name) for n, result, name in seen] == [(n, str(n), here) for n in range(5)]
    assert {result[1:] for _, result, _ in seen} == {"famgui-writer"}
    ops.close()


def test_long_work_shows_and_can_be_cancelled(qtbot: QtBot) -> None:
    ops = Ops()
    go = threading.Event()
    failures: list[BaseException] = []

    def long(progress: Progress) -> None:
        step = 0
        while not go.wait(0.02):
            step += 1
            progress.report(step, 0)

    with qtbot.waitSignal(ops.busy) as busy:
        ops.run("long", long, failed=failures.append)
    assert busy.args[0] == "long"
    with qtbot.waitSignal(ops.idle):
        ops.cancel()
    assert isinstance(failures[0], Cancelled)
    ops.close()


def test_short_work_shows_no_progress(qtbot: QtBot) -> None:
    ops = Ops()
    assert ops._late.interval() == PROGRESS_AFTER_MS == 400
    ops._late.setInterval(PATIENCE_MS)  # short on any machine
    shown: list[object] = []
    ops.busy.connect(lambda *args: shown.append(args))
    done: list[object] = []
    ops.run("short", lambda _: 1, done.append)
    assert ops._late.isActive()
    qtbot.waitUntil(lambda: done == [1])
    assert shown == [] and ops.pending == 0 and not ops._late.isActive()
    ops.close()


def test_what_nobody_handles_is_a_crash(qtbot: QtBot) -> None:
    ops = Ops()
    with qtbot.waitSignal(ops.crashed) as crashed:
        ops.run("x", lambda _: 1 // 0)
    assert isinstance(crashed.args[0], ZeroDivisionError)
    ops.close()


def test_work_beside_the_queue_lets_writes_pass_and_is_begun_once(qtbot: QtBot) -> None:
    ops, go, key = Ops(), Event(), object()
    begun: list[str] = []
    told: list[object] = []

    def beside(pause: Pause) -> int:
        begun.append(threading.current_thread().name)
        while not go.wait(0.005):
            pause()
        return 7

    ops.aside(key, beside, told.append)
    ops.aside(key, beside, lambda result: told.append((threading.current_thread(), result)))
    ops.run("x", lambda _: "written", told.append)
    qtbot.waitUntil(lambda: told == ["written"])
    assert not gc.isenabled()
    go.set()
    qtbot.waitUntil(lambda: told == ["written", 7, (threading.current_thread(), 7)])
    assert begun == ["famgui-aside"] and gc.isenabled()
    ops.close()


def test_work_beside_the_queue_is_given_up_for_another_and_at_the_end(qtbot: QtBot) -> None:
    ops = Ops()
    ends: list[str] = []
    told: list[object] = []

    def endless(pause: Pause) -> None:
        try:
            while True:
                pause()
        except Cancelled:
            ends.append("given up")
            raise

    ops.crashed.connect(told.append)
    ops.aside("first", endless, told.append)
    ops.aside("second", lambda pause: 2, told.append)
    qtbot.waitUntil(lambda: told == [2] and ends == ["given up"])
    ops.aside("third", endless, told.append)
    ops.close()
    ops.aside("fourth", endless, told.append)
    QApplication.processEvents()
    assert (told, ends) == ([2], ["given up"] * 2)


def test_what_fails_beside_the_queue_is_a_crash(qtbot: QtBot) -> None:
    ops = Ops()
    with qtbot.waitSignal(ops.crashed) as crashed:
        ops.aside("x", lambda _: 1 // 0)
    assert isinstance(crashed.args[0], ZeroDivisionError)
    ops.close()


def test_commands_refuse_two_of_the_same(qtbot: QtBot) -> None:
    window, page, other = QMainWindow(), QWidget(), QWidget()
    for widget in (window, page, other):
        qtbot.addWidget(widget)
    commands = Commands()
    commands.add(page, Command("a.record", "A", "Ctrl+Return", lambda: None))
    commands.add(other, Command("b.record", "B", "Ctrl+Return", lambda: None))
    for owner, command in (
        (other, Command("a.record", "A", "", lambda: None)),
        (page, Command("a.other", "A", "Ctrl+Return", lambda: None)),
        (window, Command("w.other", "W", "Ctrl+Return", lambda: None)),
    ):
        with pytest.raises(ValueError, match=r"twice|taken"):
            commands.add(owner, command)
    assert [command.id for command in commands] == ["a.record", "b.record"]
    assert native_keys("Ctrl+Return") == "Ctrl+Enter"


def test_a_toast_acts_once_and_a_new_one_takes_its_place(qtbot: QtBot, qapp: QApplication) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    host.show()
    toasts, acted = Toasts(host), []
    toasts.show("first")
    second = toasts.show("second", [("Undo", lambda: acted.append(1))])
    assert [t.accessibleName() for t in host.findChildren(Toast) if t.isVisible()] == ["second"]
    second.findChild(QPushButton).click()
    assert acted == [1] and not second.isVisible()
    host.close()


def test_settings_keep_what_they_know_and_refuse_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    settings = Settings(path)
    settings.set(THEME, "dark")
    assert Settings(path).get(THEME) == "dark"
    with pytest.raises(ValueError, match="purple"):
        settings.set(THEME, "purple")
    path.write_text(path.read_text("utf-8").replace("dark", "purple"), "utf-8")
    assert Settings(path).get(THEME) == "system"


PAIRS = [
    ("text", "surface"),
    ("text", "window"),
    ("dim", "surface"),
    ("dim", "window"),
    ("dim", "chip"),
    ("accent_text", "accent_soft"),
    ("accent_text", "surface"),
    ("on_accent", "accent"),
    ("warning", "warning_soft"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("text", "selection"),
]


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out(roles: Roles, front: str, back: str) -> None:
    assert contrast(getattr(roles, front), getattr(roles, back)) >= 4.5


def spoken() -> dict[str, str]:
    """Every text inside tr() in the windows, with the place where it stands."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "famgui" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                assert node.args and isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: not a plain text"
                found[str(node.args[0].value)] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_every_text_of_the_window_is_translated_and_none_is_left_over() -> None:
    tables = sorted((ROOT / "resources" / "i18n" / "window").glob("*.zh.toml"))
    entries = [(key, value) for path in tables for key, value in tomllib.loads(path.read_text("utf-8")).items()]
    table = dict(entries)
    texts = spoken()
    assert {text: where for text, where in texts.items() if text not in table} == {}
    assert sorted(set(table) - set(texts)) == []
    assert [key for key, value in entries if not value.strip()] == []
    assert len(entries) == len(table), "a text is translated in two files"


def test_translations_keep_the_names_in_braces() -> None:
    i18n.use_language("zh")
    for text in spoken():
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        translated = {
            name for _, name, _, _ in Formatter().parse(i18n.tr(text) if not names else _tables()[text]) if name
        }
        assert translated == names, text


@cache
def _tables() -> dict[str, str]:
    """Every text of the window with its translation."""
    tables = (ROOT / "resources" / "i18n" / "window").glob("*.zh.toml")
    return {key: value for path in tables for key, value in tomllib.loads(path.read_text("utf-8")).items()}


def test_no_garbage_is_collected_while_the_writer_works(qtbot: QtBot) -> None:
    ops = Ops()
    seen: list[bool] = []
    with qtbot.waitCallback() as finished:
        ops.run("a", lambda _: seen.append(gc.isenabled()))
        ops.run("b", lambda _: seen.append(gc.isenabled()), finished)
    assert seen == [False, False]
    assert gc.isenabled()
    ops.close()


def test_what_waited_behind_other_work_can_be_cancelled_too(qtbot: QtBot) -> None:
    ops = Ops()
    go, begun, stopped = Event(), Event(), []

    def long(progress: Progress) -> None:
        begun.set()
        while True:
            progress.report(0, 1)

    ops.run("short", lambda _: go.wait(PATIENCE))
    ops.run("long", long, failed=stopped.append)
    go.set()
    qtbot.waitUntil(lambda: begun.is_set() and ops.pending == 1)
    ops.cancel()
    qtbot.waitUntil(lambda: ops.pending == 0)
    assert [type(error) for error in stopped] == [Cancelled]
    ops.close()


def test_closing_waits_for_what_is_being_written(qtbot: QtBot, tmp_path: Path) -> None:
    ops = Ops()
    go, begun, written = Event(), Event(), tmp_path / "written"

    def write() -> None:
        begun.set()
        go.wait(PATIENCE)
        written.touch()

    ops.run("write", lambda _: write())
    ops.run("behind it", lambda _: (tmp_path / "too").touch())
    assert begun.wait(PATIENCE)
    soon = threading.Timer(0.1, go.set)
    soon.start()
    ops.close()
    soon.join()
    assert written.exists() and (tmp_path / "too").exists()
