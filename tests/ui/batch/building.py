"""Workbooks for the sample family, and waiting until they are tried."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pytestqt.qtbot import QtBot

from famgui.ui.batch.viewmodel import BatchVM
from tests.files.workbooks import BILLS, Rows, alone, bill, write

GOOD: Rows = (
    bill("N1", "王芳", date(2026, 1, 10), 金额=500),
    bill("N2", "李强", date(2026, 1, 11), 金额=80),
    bill("N3", "周秀英", date(2026, 1, 12), 类别="保健食品", 目录类=None, 金额=68),
)
BAD: Rows = (bill("N4", "赵六", date(2026, 1, 13)), bill("N5", "王芳", date(2026, 1, 14), 金额="五十"))


def sample_workbook(folder: Path, rows: Rows = (*GOOD, *BAD)) -> Path:
    """Bills of the sample family, two of them faulty."""
    return write(folder / "sample.xlsx", {"费用": (BILLS, rows)})


def own_people(folder: Path) -> Path:
    """A workbook that brings its own people."""
    return alone(folder / "alone.xlsx", [bill("A1", 金额=200)])


def wait(qtbot: QtBot, vm: BatchVM, act: Callable[[], object]) -> None:
    """Do something and wait until nothing runs any more."""
    act()
    qtbot.waitUntil(lambda: vm.state != "running")
