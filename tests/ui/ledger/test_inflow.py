"""Monthly inflow on the page: by the rules or as stated, each month once, refusals in sentences; a single deposit."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from famgui.ui.ledger.inflow_model import InflowVM, percent
from famgui.ui.ledger.page import LedgerPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell


@pytest.fixture
def vm(desk: Desk) -> InflowVM:
    made = InflowVM(desk)
    made.refresh("wang")
    made.take(first=date(2026, 1, 1), last=date(2026, 3, 1))
    return made


def test_at_work_the_base_is_asked_for(vm: InflowVM) -> None:
    assert vm.accounts == (("wang", "王芳"), ("li", "李强"), ("wang-senior", "王建国"))
    assert vm.needs_base and not vm.can_record
    assert vm.rule_words == "按缴费基数的 2 % 划入，请填每月缴费基数"
    vm.take(base=6_000_00)
    assert vm.rule_words == "按缴费基数的 2 % 划入"
    assert [(row.amount, row.clause, row.state) for row in vm.rows] == [(120_00, "HN-10", "· 将记入")] * 3
    assert vm.total == (3, 360_00) and vm.can_record


def test_retired_people_have_a_fixed_sum(vm: InflowVM) -> None:
    vm.take(account="wang-senior")
    assert not vm.needs_base
    assert vm.rule_words == "每月定额划入"
    assert vm.total == (3, 225_00)


def test_months_are_recorded_and_not_twice(vm: InflowVM, desk: Desk, qtbot: QtBot) -> None:
    vm.take(way="stated", stated=100_00)
    with qtbot.waitSignal(vm.recorded) as recorded:
        vm.record()
    assert recorded.args == ["已记入 3 个月"]
    assert desk.live is not None and desk.live.running.balances["wang"].current == 300_00
    vm.take(last=date(2026, 4, 1))
    assert [row.state for row in vm.rows] == ["✓ 已有划入"] * 3 + ["· 将记入"]
    assert vm.total == (1, 100_00)


def test_what_cannot_be_recorded_is_told_with_its_month(vm: InflowVM) -> None:
    """Money of March 2025 would change what the visit of May took."""
    vm.take(first=date(2025, 3, 1), last=date(2026, 3, 1), way="stated", stated=100_00)
    assert vm.late.startswith("2025-03 已不能补记：") and "补记会改变已记的金额" in vm.late
    assert not vm.can_record, "said before it is asked for"
    vm.take(first=date(2026, 1, 1))
    assert vm.late == "" and vm.can_record


def test_a_single_deposit(vm: InflowVM, desk: Desk, qtbot: QtBot) -> None:
    assert not vm.can_deposit
    vm.take(single=50_00, single_day=date(2025, 12, 1))
    with qtbot.waitSignal(vm.recorded) as recorded:
        vm.deposit()
    assert recorded.args == ["已存入，记录为 d1"]
    assert desk.live is not None and not desk.live.household.events[-1].inflow  # type: ignore[union-attr]
    assert vm.single is None
    vm.take(single=50_00, single_day=date(2025, 4, 1))
    vm.deposit()
    qtbot.waitUntil(lambda: not vm.recording)
    assert "补记会改变已记的金额" in vm.problem


@pytest.mark.parametrize("wish", ["record", "deposit"])
def test_a_write_that_failed_can_be_tried_again(vm: InflowVM, desk: Desk, qtbot: QtBot, wish: str) -> None:
    vm.take(way="stated", stated=100_00, single=50_00)
    assert desk.book is not None
    with closing(sqlite3.connect(desk.book.path)) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'disk is full'); END")
        with qtbot.waitSignals([desk.ops.crashed, vm.changed]):
            getattr(vm, wish)()
        other.execute("DROP TRIGGER full")
    assert not vm.recording and vm.can_record and vm.can_deposit
    with qtbot.waitSignal(vm.recorded):
        getattr(vm, wish)()


@pytest.mark.parametrize(("ratio", "text"), [(200, "2"), (280, "2.8"), (205, "2.05"), (10_000, "100"), (5, "0.05")])
def test_percent(ratio: int, text: str) -> None:
    assert percent(ratio) == text


def test_on_the_page(shell: Shell, qtbot: QtBot) -> None:
    page = LedgerPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 620)
    page._tab_picked("inflow")
    with qtbot.waitExposed(page):
        page.show()
    tab = page.inflow
    li = next(row for row in page.vm.accounts if row.handle == "li")
    page.vm.choose(li.person_id)
    assert tab.vm.account == "li", "the account of the page"
    tab._base.setFocus()
    qtbot.keyClicks(tab._base, "9600")
    tab._first.set_day(date(2026, 1, 17))
    tab._last.set_day(date(2026, 2, 3))
    QApplication.processEvents()
    texts = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "共 2 个月，合计 384.00" in texts
    action = page.shell.commands.action("ledger.inflow")
    assert action.isEnabled()
    with qtbot.waitSignal(tab.vm.recorded):
        action.trigger()
    page.refresh()
    assert [row.state for row in tab.vm.rows] == ["✓ 已有划入"] * 2
    assert not action.isEnabled()
    tab._first.set_day(date(2026, 5, 1))
    QApplication.processEvents()
    texts = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "✗ 末月早于首月。" in texts
