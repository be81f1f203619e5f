"""A process killed the moment a visit is in the book leaves no draft of it: a bill is never offered a second time."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from famgui.domain.settlement import Visit
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.settlement.whopays import twin_said
from famgui.ui.shell.page import Shell
from famgui.ui.start import Program
from famgui.usecase.draft import load
from famgui.usecase.repeated import Twin
from tests.conftest import REPOSITORY
from tests.patience import PATIENCE
from tests.ui.building import TODAY
from tests.ui.settlement.building import opened, said, settled_down, texts

CLERK = """
import os
import signal
import sys
from datetime import date
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.start import Program

application = QApplication([])
today = date.fromisoformat(sys.argv[2])
services = App(Home(Path(sys.argv[1])), "zh").services()
program = Program(application, services, pages, language="zh", today=lambda: today)

def record():
    program.go_to("settlement")
    page = program.pages["settlement"]
    page.vm.edit(kind="pharmacy", items=(ItemDraft("amoxicillin", amount=1234),))
    QTest.qWait(500)  # the draft is in the book
    page.vm.edit(items=(ItemDraft("amoxicillin", amount=1230), ItemDraft("gauze", amount=4)))
    page.vm.recorded.connect(lambda _: os.kill(os.getpid(), signal.SIGKILL))
    program.window.activateWindow()
    print("typed", flush=True)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

program.opened.connect(lambda: QTimer.singleShot(0, record))
program.window.show()
program.open()
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_what_is_recorded_is_not_half_done_any_more(
    tmp_path: Path, program: Callable[[], Program], qtbot: QtBot
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    script = [sys.executable, "-c", CLERK, str(tmp_path), TODAY.isoformat()]
    clerk = subprocess.run(script, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=PATIENCE)
    assert (clerk.stdout, clerk.returncode) == ("typed\n", -signal.SIGKILL), clerk.stderr

    app = program()
    app.go_to("settlement")
    page = app.pages["settlement"]
    assert isinstance(page, SettlementPage)
    live, book = app.desk.live, app.desk.book
    assert live is not None and book is not None
    last = live.household.events[-1]
    assert isinstance(last, Visit) and [item.name for item in last.items] == ["amoxicillin", "gauze"]
    assert page.vm.draft.items == () and load(book, f"settlement-{live.id}") == ()
    assert said(app.shell) == ""


def test_the_same_bill_is_recorded_again_only_knowingly(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    recorded: list[str] = []
    page.vm.recorded.connect(lambda outcome: recorded.append(outcome.event.id))
    page.vm.edit(kind="pharmacy", items=(ItemDraft("a", amount=1234), ItemDraft("b", amount=100)))
    assert not page.who.again.isVisible()
    _record(page, shell, qtbot)
    (first,) = recorded
    page.vm.set_items((ItemDraft("B", amount=100), ItemDraft("A", amount=1234)))
    assert f"已记过一笔相同的：{first}，" in texts(page)
    _record(page, shell, qtbot)
    assert recorded == [first] and said(shell).startswith(f"! 已记过一笔相同的：{first}")
    assert page.who.again.hasFocus() and page.vm.draft.items
    qtbot.keyClick(page.who.again, Qt.Key.Key_Return)
    settled_down(shell.desk, qtbot)
    assert len(recorded) == 2 and page.vm.draft.items == ()
    page.close()


def test_what_only_resembles_a_recorded_visit_is_recorded_at_once(shell: Shell, qtbot: QtBot) -> None:
    vm = SettlementVM(shell.desk)
    bill = (ItemDraft("a", amount=1234),)
    vm.edit(kind="pharmacy", items=bill)
    with qtbot.waitSignal(vm.recorded) as first:
        vm.record()
    vm.edit(kind="pharmacy", items=bill)
    assert vm.twin is not None
    for other in (
        {"kind": "outpatient"},
        {"designated": False},
        {"date": date(2026, 11, 23)},
        {"patient": "li"},
        {"items": (*bill, ItemDraft("b", amount=1))},
        {"items": (ItemDraft("a", amount=1233),)},
    ):
        before = vm.draft
        vm.edit(**other)
        assert vm.result is not None and vm.twin is None, other
        vm.restore(before)
    vm.undo(first.args[0].event.id, lambda _: None)
    settled_down(shell.desk, qtbot)
    vm.edit(kind="pharmacy", items=bill)
    assert vm.twin is None, "it was taken back whole"


def test_when_it_was_recorded() -> None:
    at = datetime(2026, 11, 22, 10, 32).astimezone()
    assert twin_said(Twin("v1", at), TODAY) == "已记过一笔相同的：v1，10:32"
    assert twin_said(Twin("v1", at), date(2026, 11, 23)) == "已记过一笔相同的：v1，2026-11-22 10:32"
    assert twin_said(Twin("v1", None), TODAY) == "已记过一笔相同的：v1"


def test_what_is_typed_while_a_visit_is_recorded_brings_no_draft_back(shell: Shell, qtbot: QtBot) -> None:
    vm = SettlementVM(shell.desk)
    live, book = shell.desk.live, shell.desk.book
    assert live is not None and book is not None
    vm.edit(kind="pharmacy", items=(ItemDraft("a", amount=1234),))
    vm.record()
    vm.edit(items=(ItemDraft("a", amount=1235),))
    assert vm.keeper._waiting is None
    settled_down(shell.desk, qtbot)
    assert load(book, f"settlement-{live.id}") == ()


def test_what_is_refused_stays_half_done(shell: Shell, qtbot: QtBot) -> None:
    vm = SettlementVM(shell.desk)
    live, book = shell.desk.live, shell.desk.book
    assert live is not None and book is not None
    vm.edit(kind="pharmacy", date=date(2025, 1, 1), items=(ItemDraft("a", amount=1234),))
    with qtbot.waitSignal(vm.refused):
        vm.record()
    settled_down(shell.desk, qtbot)
    (kept,) = load(book, f"settlement-{live.id}")
    assert kept.body["items"][0]["amount"] == 1234


def _record(page: SettlementPage, shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settled_down(shell.desk, qtbot)
