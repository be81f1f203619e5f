"""Lists for the sample family, and waiting until they are tried."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from famgui.ui.roster.viewmodel import RosterVM
from tests.files.rosters import LI, Row, line, text

GOOD: tuple[Row, ...] = (
    line(1, 2),
    line(3, 4, 开始日期="2025-03-01", 结束日期="长期"),
    line(0, 5, 授权人姓名="李强", 授权人身份证号=LI, 授权人参保=None),
    line(6, 7, "父亲"),
    line(0, None, 授权人姓名="李强", 授权人身份证号=LI, 授权人参保=None),
)
"""Two new households, one of them standing; a newcomer; ages to look at; somebody there already."""
BAD: tuple[Row, ...] = (line(8, 9, "岳父"), line(10, 11, 开始日期="哪天"))


def sample_list(folder: Path, rows: tuple[Row, ...] = (*GOOD, *BAD), name: str = "名单.csv") -> Path:
    """A list, two of its rows faulty."""
    return text(folder / name, rows)


def strange_list(folder: Path) -> Path:
    """A list whose headings nobody knows."""
    headings = ("甲方", "号一", "状况", "乙方", "号二", "险种", "电话二", "怎么称呼", "从", "到")
    return text(folder / "别的.csv", GOOD[:2], headings)


def wait(qtbot: QtBot, vm: RosterVM, act: Callable[[], object]) -> None:
    """Do something and wait until nothing runs any more."""
    act()
    qtbot.waitUntil(lambda: vm.state != "running")
