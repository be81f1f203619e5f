"""Windows without a screen: the sample household in a real book, a shell, the program; nothing may be left behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # Qt complains of others

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famgui.app import pages
from famgui.policy.library import Library
from famgui.ui.shell import toasts
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from famgui.ui.start import Program
from tests.ui.building import TODAY, app_in, close, desk_of, sample, shell_of
from tests.ui.patient_bot import PatientBot


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Waits for what must come, on a slow machine too."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """No thread, no running timer and no visible window may outlive its test."""
    before = set(threading.enumerate())
    yield
    qapp.processEvents()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [f"thread {thread.name}" for thread in set(threading.enumerate()) - before if thread.is_alive()]
    for window in qapp.topLevelWidgets():
        if window.isVisible():
            left.append(f"window {window.metaObject().className()} {window.windowTitle()}")
        left += [f"timer in {window}" for timer in window.findChildren(QTimer) if timer.isActive()]
    assert left == []


@pytest.fixture(autouse=True)
def toasts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test has to read does not go away by itself, however slow the machine is."""
    monkeypatch.setattr(toasts, "SECONDS", 3_600)


@pytest.fixture
def zh(qapp: QApplication) -> None:
    """The window speaks Chinese."""
    use_language("zh")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample household at hand, in Chinese."""
    made = desk_of(tmp_path, library, [sample()])
    yield made
    close(made)


@pytest.fixture
def shell(desk: Desk, qapp: QApplication) -> Iterator[Shell]:
    """The shell of the sample's desk."""
    host = QWidget()
    host.resize(800, 600)
    yield shell_of(desk, qapp, host)
    host.deleteLater()


@pytest.fixture
def program(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Opens whole programs on a home of their own; each is closed at the end."""
    opened: list[Program] = []

    def open_one() -> Program:
        app = app_in(tmp_path)
        made = Program(qapp, app.services(), pages, language="zh", today=lambda: TODAY)
        opened.append(made)
        made.window.show()
        with qtbot.waitSignal(made.opened):
            made.open()
        return made

    yield open_one
    for made in opened:
        made.window.close()
        made.close()
        made.window.deleteLater()
        made.deleteLater()
