"""Accounts, postings by pages and a year in sums, read from a real book without a window."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.domain.household import Deposit
from famgui.policy.library import Library
from famgui.ui.ledger.viewmodel import PAGE, LedgerVM, PostingRow, signed
from famgui.ui.shell.desk import Desk
from tests.ui.building import close, desk_of, sample


@pytest.fixture
def vm(desk: Desk) -> LedgerVM:
    return LedgerVM(desk)


def person(vm: LedgerVM, name: str) -> int:
    return next(row.person_id for row in vm.accounts if row.name == name and row.person_id is not None)


def every(vm: LedgerVM) -> list[PostingRow]:
    """All postings, page after page."""
    rows: list[PostingRow] = []
    while page := vm.page(rows[-1] if rows else None):
        rows += page
    return rows


def test_accounts_are_those_of_the_state_after_the_last_event(vm: LedgerVM, desk: Desk) -> None:
    assert desk.live is not None
    together, *rows = vm.accounts
    balances = desk.live.running.balances
    assert {row.handle: (row.current, row.prior_years) for row in rows} == dict(balances)
    assert together.person_id is None
    assert together.total == sum(balance.total for balance in balances.values())


def test_each_posting_continues_the_balance_of_its_account(vm: LedgerVM, desk: Desk) -> None:
    rows = every(vm)
    balances: dict[str, int] = {}
    for row in reversed(rows):
        balances[row.account] = balances.get(row.account, 0) + row.amount
        assert row.balance == balances[row.account], row
    assert balances == {row.name: row.total for row in vm.accounts[1:] if row.name in balances}
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)


def test_a_chosen_account_shows_its_own_postings_only(vm: LedgerVM, qtbot: QtBot) -> None:
    both = every(vm)
    with qtbot.waitSignal(vm.changed):
        vm.choose(person(vm, "李强"))
    assert vm.title == "李强"
    assert every(vm) == [row for row in both if row.account == "李强"]


def test_words_of_a_posting(vm: LedgerVM) -> None:
    rows = every(vm)
    words = {(row.kind, row.event, row.bucket) for row in rows}
    assert ("结算", "五月三级医院 · 王芳 · 普通门诊", "历年") in words
    assert ("冲回", "退一项检查 · 王芳 · 普通门诊", "当年") in words
    assert ("代缴", "代缴居民医保 · 周秀英、李小明", "历年") in words
    assert ("入账", "上半年入账", "当年") in words
    assert ("期初", "开始使用前的余额", "历年") in words


def test_the_year_of_all_accounts(vm: LedgerVM) -> None:
    opening = sum(row.amount for row in every(vm) if row.kind == "期初")
    assert vm.summary is not None
    assert (vm.summary.year, vm.summary.came_in) == (2025, 1152_00)
    assert opening + vm.summary.came_in - vm.summary.paid_out == vm.accounts[0].total


def test_what_was_paid_for_others_is_what_others_visits_and_premiums_took(vm: LedgerVM) -> None:
    """周秀英 220.00, 李小明 17.88, two premiums of 400.00; the refund gave 11.10 for 王芳 back."""
    vm.choose(person(vm, "李强"))
    assert vm.summary is not None
    assert (vm.summary.paid_out, vm.summary.for_others) == (1037_88, 1037_88)
    vm.choose(person(vm, "王建国"))
    assert vm.summary is not None
    assert (vm.summary.paid_out, vm.summary.for_others) == (385_00, 0)


@pytest.fixture
def long(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample with a deposit a day from the turn of the year on, for two and a half pages."""
    first = date(2026, 1, 1)
    more = tuple(Deposit(f"入账{n}", first + timedelta(n), "li", 100 + n) for n in range(PAGE * 5 // 2))
    household = sample()
    made = desk_of(tmp_path, library, [replace(household, events=household.events + more)])
    yield made
    close(made)


def test_pages_are_whole_and_lose_nothing(long: Desk) -> None:
    vm = LedgerVM(long)
    vm.choose(person(vm, "李强"))
    first = vm.page(None)
    assert len(first) == PAGE
    rows = every(vm)
    assert len({row.id for row in rows}) == len(rows)
    assert sum(row.kind == "入账" for row in rows) == PAGE * 5 // 2 + 1
    assert sum(row.amount for row in rows) == vm.accounts[2].total


def test_the_turn_of_the_year_moves_nothing_in_or_out(long: Desk) -> None:
    vm = LedgerVM(long)
    assert vm.years == (2026, 2025)
    assert vm.summary is not None
    assert (vm.summary.year, vm.summary.paid_out, vm.summary.for_others) == (2026, 0, 0)
    assert vm.summary.came_in == sum(100 + n for n in range(PAGE * 5 // 2))
    vm.take_year(2025)
    assert vm.summary is not None
    assert vm.summary.came_in == 1152_00
    assert {row.kind for row in every(vm)} == {"期初", "入账", "结算", "冲回", "代缴", "结转"}


def test_a_recorded_deposit_is_there_after_a_refresh(vm: LedgerVM, desk: Desk, qtbot: QtBot) -> None:
    vm.choose(person(vm, "王芳"))
    done: list[object] = []
    desk.record(Deposit("补记", date(2025, 12, 1), "wang", 50_00), done.append)
    qtbot.waitUntil(lambda: bool(done))
    vm.refresh()
    assert vm.title == "王芳"
    assert (vm.page(None)[0].event, vm.page(None)[0].amount) == ("补记", 50_00)


def test_without_a_household_there_is_nothing(qapp: QApplication, tmp_path: Path, library: Library) -> None:
    desk = desk_of(tmp_path, library, [])
    try:
        vm = LedgerVM(desk)
        assert (vm.accounts, vm.page(None), vm.summary, vm.has_household) == ((), (), None, False)
        assert vm.years == (2026,)
    finally:
        close(desk)


def test_residents_only_have_no_account(qapp: QApplication, tmp_path: Path, library: Library) -> None:
    household = sample()
    resident = tuple(one for one in household.persons if not one.has_account)
    desk = desk_of(
        tmp_path, library, [replace(household, persons=resident, balances={}, bindings=(), used={}, events=())]
    )
    try:
        vm = LedgerVM(desk)
        assert (vm.accounts, vm.page(None), vm.summary, vm.has_household) == ((), (), None, True)
    finally:
        close(desk)


@pytest.mark.parametrize(("fen", "text"), [(1152_00, "+1,152.00"), (-212_00, "-212.00"), (0, "0.00")])
def test_signed(fen: int, text: str) -> None:
    assert signed(fen) == text
