"""Starting the program: one window a home, case files handed over, a home that cannot be written."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo
from PySide6.QtWidgets import QApplication

from famgui.base.paths import Home
from famgui.ui.launch import absolute, home_refused
from tests.patience import PATIENCE
from tests.ui.building import app_in
from tests.ui.shell.test_casefiles import case_in

_FIRST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui import launch

application = QApplication([])
begin = launch.Program.open
seen = []

def look(program):
    desk = program.desk
    if desk.live is not None and desk.live.title not in seen:
        seen.append(desk.live.title)
        print(desk.live.title, flush=True)
    if len(seen) == int(sys.argv[2]):
        program.window.close()

def opened(program):
    begin(program)
    program.desk.changed.connect(lambda: look(program))

launch.Program.open = opened
QTimer.singleShot(90_000, application.quit)
sys.exit(App(Home(Path(sys.argv[1])), "zh").run_window("zh", sys.argv[3:]))
"""

_ANSWER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from famgui.app import App
from famgui.base.paths import Home
from famgui.ui import launch

application = QApplication([])
begin = launch.Program.open

def look():
    for box in application.topLevelWidgets():
        if isinstance(box, QMessageBox) and box.isVisible():
            print(" ".join([box.text(), box.informativeText()]).replace(chr(10), " "), flush=True)
            print(box.defaultButton().text() if box.defaultButton() else "", flush=True)
            next(made for made in box.buttons() if made.text() == sys.argv[2] or len(box.buttons()) == 1).click()

def opened(program):
    program.opened.connect(lambda: print("open", flush=True) or program.window.close())
    begin(program)

launch.Program.open = opened
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
QTimer.singleShot(40_000, lambda: sys.exit(9))
sys.exit(App(Home(Path(sys.argv[1])), "zh").run_window("zh", sys.argv[3:]))
"""
_BEFORE_THE_PAINT = """
import gc
import sys
from PySide6.QtCore import QTimer
from famgui.ui import start
begin = start.Program.__init__

def painted(program):
    print(gc.isenabled(), *sorted(sys.modules), flush=True)
    program.opened.connect(lambda: at_rest(program))

def at_rest(program):
    if program.ops.pending or program.ops._asides:
        QTimer.singleShot(20, lambda: at_rest(program))
        return
    print(gc.isenabled(), flush=True)
    program.window.close()

def made(program, *values, **named):
    begin(program, *values, **named)
    program.window.painted.connect(lambda: painted(program))

start.Program.__init__ = made
from famgui.__main__ import main
sys.exit(main())
"""
_AT_THE_PAINT = {
    "famgui": {"", "__main__", "app", "base", "ui"},
    "famgui.base": {"arguments", "crash", "ending", "paths", "wording"},
    "famgui.ui": {"launch", "shell", "start", "theme", "widgets"},
    "famgui.ui.shell": {
        *("ahead", "casefiles", "chooser", "commands", "desk", "drops", "folder", "i18n", "known", "offer", "ops"),
        *("settings", "status", "takeout", "toasts"),
        "window",
    },
    "famgui.ui.theme": {"icons", "metrics", "roles", "style"},
    "famgui.ui.widgets": {"basic", "choice"},
}
"""What of the program is loaded when the window stands; all else comes behind its first paint."""
_LATER = {"dataclasses", "html", "json", "multiprocessing", "sqlalchemy", "sqlite3", "ssl", "ctypes", "hashlib"}
"""What the standard library and others have, and the first paint does without."""


def start(home: Path, count: int, files: Sequence[str], **more: str) -> subprocess.Popen[str]:
    """A program of its own on this home, which closes its window once it has shown so many households."""
    command = [sys.executable, "-c", _FIRST, str(home), str(count), *files]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=environment() | more)


def environment() -> dict[str, str]:
    """No screen, whatever is said here in UTF-8."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}


def test_a_second_start_hands_its_case_file_to_the_open_window(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    home, one, other = tmp_path / "home", case_in(tmp_path, surname="钱"), case_in(tmp_path, "李家.famgui.toml", "李")
    first = start(home, 3, [str(one)])
    request.addfinalizer(first.kill)
    assert first.stdout is not None
    assert [first.stdout.readline().strip() for _ in range(2)] == ["示例家庭", "王家 的 案例"]
    second = subprocess.run(
        [sys.executable, "-m", "famgui", "--home", str(home), other.as_uri()],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
        timeout=PATIENCE,
    )
    said, complained = first.communicate(timeout=PATIENCE)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert first.returncode == 0, complained
    assert said.splitlines() == ["李家"]
    assert list((home / "handover").iterdir()) == []


def answered(
    home: Path, button: str, files: Sequence[str] = (), *, screen: str = "", before: Sequence[str] = ()
) -> tuple[int, list[str]]:
    """A program of its own, whose dialogs are answered with this button: its exit status, and what was said."""
    command = [*before, sys.executable, "-c", _ANSWER, str(home), button, *files]
    env = {**environment(), **({"DISPLAY": screen} if screen else {})}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, env=env, timeout=PATIENCE
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines()


def locked(home: Path, *lines: object) -> Path:
    """A lock as the window of another process leaves it: process, program, computer, its id, its start."""
    home.mkdir()
    lock = home / "famgui.lock"
    lock.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return lock


@pytest.mark.parametrize(
    ("button", "status", "more"), [("不打开", 2, []), ("仍然打开", 0, ["open"])], ids=["stay", "anyway"]
)
def test_a_lock_of_another_computer_names_it_and_leaves_the_choice(
    tmp_path: Path, button: str, status: int, more: list[str]
) -> None:
    lock = locked(tmp_path / "home", 4242, "famgui", "STICK-PC", "a" * 32, "b" * 36)
    found, said = answered(tmp_path / "home", button)
    assert found == status
    assert "STICK-PC" in said[0] and "famgui 4242" in said[0] and "可能损坏" in said[0]
    assert said[1:] == ["不打开", *more]
    assert lock.exists() is (status == 2)


def test_a_lock_of_a_process_that_is_gone_holds_nobody_up(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    locked(tmp_path / "home", gone.pid, "famgui", QSysInfo.machineHostName(), "", "")
    assert answered(tmp_path / "home", "不打开") == (0, ["open"])


def test_a_start_on_another_screen_or_computer_hands_nothing_over(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    home, other = tmp_path / "home", case_in(tmp_path, "李家.famgui.toml", "李")
    first = start(home, 2, [], DISPLAY=":89")
    request.addfinalizer(first.kill)
    assert first.stdout is not None
    assert first.stdout.readline().strip() == "示例家庭"
    status, said = answered(home, "不打开", [str(other)], screen=":88")
    assert status == 2
    assert ":89" in said[0] and f" {first.pid}" in said[0] and "李家.famgui.toml" in said[0]
    apart = ["unshare", "-ru", "sh", "-c", 'hostname OTHER-PC && exec "$@"', "sh"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0:
        status, said = answered(home, "不打开", [str(other)], screen=":89", before=apart)
        assert (status, said[1]) == (2, "不打开")
        assert QSysInfo.machineHostName() in said[0]
    assert not (home / "handover").exists()
    handed = subprocess.run(
        [sys.executable, "-m", "famgui", "--home", str(home), str(other)],
        check=False,
        env={**environment(), "DISPLAY": ":89.0"},
        timeout=PATIENCE,
    )
    said_there, complained = first.communicate(timeout=PATIENCE)
    assert (handed.returncode, said_there.split()) == (0, ["李家"]), complained


def test_a_start_paints_before_it_loads_anything_else(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BEFORE_THE_PAINT, str(case_in(tmp_path, surname="钱"))],
        capture_output=True,
        text=True,
        check=False,
        env={**environment(), "FAMGUI_HOME": str(tmp_path / "home")},
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    before, after = done.stdout.splitlines()
    collecting, *loaded = before.split()
    ours = {f"{place}.{name}".rstrip(".") for place, names in _AT_THE_PAINT.items() for name in names}
    assert {name for name in loaded if name.split(".")[0] == "famgui"} == ours
    assert _LATER & {name.split(".")[0] for name in loaded} == set()
    assert (collecting, after) == ("False", "True"), "garbage waits until the book is open"


def test_the_style_is_ours_whatever_the_system_asks_for() -> None:
    code = "from famgui.ui.theme.style import new_application as new\nprint(new().style().name())"
    named = {**environment(), "QT_STYLE_OVERRIDE": "windows"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=named)
    assert done.stdout == "fusion\n"


def test_what_an_argument_means() -> None:
    assert absolute("file:///tmp/%E6%A1%88%E4%BE%8B%201.famgui.toml") == "/tmp/案例 1.famgui.toml"
    assert absolute("案例 1.toml") == str(Path.cwd() / "案例 1.toml")
    assert absolute("/a/b.toml") == "/a/b.toml"


@pytest.mark.parametrize("portable", [True, False])
def test_a_home_that_cannot_be_written_is_told_at_the_start(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, portable: bool
) -> None:
    (tmp_path / "product.json").touch()
    (tmp_path / "data").write_bytes(b"")
    if portable:
        (tmp_path / "portable.txt").touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "famgui"))
    told: list[str] = []
    monkeypatch.setattr("famgui.ui.launch._say", lambda text, language: told.append(text))
    assert app_in(tmp_path / "data").run_window("zh") == 2
    assert told == [home_refused(Home(tmp_path / "data"), "zh")]
    assert str(tmp_path / "data") in told[0]
    assert ("portable.txt" in told[0]) is portable
