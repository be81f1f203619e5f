"""Accounts, postings by filter and page, the entry behind one, a year by month: from a real book without a window."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.domain.household import Deposit, Refund
from famgui.policy.library import Library
from famgui.ui.ledger.rows import Filter, PostingRow
from famgui.ui.ledger.viewmodel import NOTHING, PAGE, LedgerVM
from famgui.ui.ledger.words import moved_words, product_words, signed
from famgui.ui.ledger.year_model import YearVM
from famgui.ui.shell.desk import Desk
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, money
from tests.store.making import NOW
from tests.ui.building import close, desk_of, sample


@pytest.fixture
def vm(desk: Desk) -> LedgerVM:
    return LedgerVM(desk)


def person(vm: LedgerVM, name: str) -> int:
    return next(row.person_id for row in vm.accounts if row.name == name and row.person_id is not None)


def ask(vm: LedgerVM, **wanted: object) -> Filter:
    """Narrow the filter to this and nothing else, of all years unless told otherwise."""
    bare = replace(vm.filter, period="all", moved=None, bucket=None, words="")
    vm.narrow(replace(bare, **wanted))  # type: ignore[arg-type]
    return vm.filter


def test_accounts_are_those_of_the_state_after_the_last_event(vm: LedgerVM, desk: Desk) -> None:
    assert desk.live is not None
    together, *rows = vm.accounts
    balances = desk.live.running.balances
    assert {row.handle: (row.current, row.prior_years) for row in rows} == dict(balances)
    assert together.person_id is None
    assert together.total == sum(balance.total for balance in balances.values())


def test_each_posting_continues_the_balance_of_its_account(vm: LedgerVM) -> None:
    rows = list(vm.every())
    balances: dict[str, int] = {}
    for row in reversed(rows):
        balances[row.account] = balances.get(row.account, 0) + row.amount
        assert row.balance == balances[row.account], row
    assert balances == {row.name: row.total for row in vm.accounts[1:] if row.name in balances}
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)


def test_a_chosen_account_shows_its_own_postings_only(vm: LedgerVM, qtbot: QtBot) -> None:
    both = list(vm.every())
    with qtbot.waitSignal(vm.changed):
        vm.choose(person(vm, "李强"))
    assert (vm.title, vm.account.handle if vm.account else "") == ("李强", "li")
    assert list(vm.every()) == [row for row in both if row.account == "李强"]


def test_words_of_a_posting(vm: LedgerVM) -> None:
    words = {(moved_words()[row.moved], row.what, row.about, row.bucket) for row in vm.every()}
    assert ("结算", "王芳 普通门诊 · 三级", "五月三级医院", "历年") in words
    assert ("结算", "王芳 药店购药", "三月药店", "历年") in words
    assert ("退费冲回", "退费 王芳 普通门诊 · 三级", "退一项检查", "当年") in words
    assert ("结算", "退费后重新结算 王芳 普通门诊 · 三级", "退一项检查", "当年") in words
    assert ("代缴", "代缴居民医保 2026 周秀英、李小明", "代缴居民医保", "历年") in words
    assert ("存入", "存入", "上半年入账", "当年") in words
    assert ("期初余额", "开始记账前的余额", "", "历年") in words


def test_words_of_products() -> None:
    assert product_words("resident-2027") == "居民医保 2027"
    assert product_words("supplementary") == "惠民保"
    assert product_words("城市定制-2026") == "城市定制-2026"


def test_the_sums_of_all_accounts(vm: LedgerVM) -> None:
    opening = sum(row.amount for row in vm.every() if row.moved == "opening")
    assert vm.sums.came_in == 1152_00
    assert opening + vm.sums.came_in - vm.sums.paid_out == vm.accounts[0].total


def test_what_was_paid_for_others_is_what_others_visits_and_premiums_took(vm: LedgerVM) -> None:
    """周秀英 220.00, 李小明 17.88, two premiums of 400.00; the refund gave 11.10 for 王芳 back."""
    vm.choose(person(vm, "李强"))
    assert (vm.sums.paid_out, vm.sums.for_family) == (1037_88, 1037_88)
    vm.choose(person(vm, "王建国"))
    assert (vm.sums.paid_out, vm.sums.for_family) == (385_00, 0)


@pytest.fixture
def long(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample with a deposit a day from the turn of the year on, for two and a half pages, every other one monthly
    inflow; and a refund with a reason."""
    first = date(2026, 1, 1)
    more = tuple(
        Deposit(f"入账{n}", first + timedelta(n), "li", 100 + n, inflow=n % 2 == 0) for n in range(PAGE * 5 // 2)
    )
    back = Refund("r1", date(2026, 6, 1), "外公二级医院", None, "重复收费")
    household = sample()
    made = desk_of(tmp_path, library, [replace(household, events=(*household.events, *more, back))])
    yield made
    close(made)


def test_pages_are_whole_and_lose_nothing(long: Desk) -> None:
    vm = LedgerVM(long)
    vm.choose(person(vm, "李强"))
    ask(vm)
    assert len(vm.page(None)) == PAGE
    rows = list(vm.every())
    assert len({row.id for row in rows}) == len(rows) == vm.sums.postings
    assert sum(row.moved in ("deposit", "inflow") for row in rows) == PAGE * 5 // 2 + 1
    assert sum(row.amount for row in rows) == vm.accounts[2].total
    vm.turn(False)
    assert list(vm.every()) == rows[::-1]


def test_the_year_chosen_filters_the_rows(long: Desk) -> None:
    vm = LedgerVM(long)
    assert vm.years == (2026, 2025)
    assert (vm.filter.period, vm.filter.year) == ("year", 2026)
    assert {row.day.year for row in vm.every()} == {2026}
    assert (vm.sums.paid_out, vm.sums.for_family) == (-385_00, 0), "the refund brought it back"
    ask(vm, period="year", year=2025)
    assert {row.day.year for row in vm.every()} == {2025}
    assert vm.sums.came_in == 1152_00
    ask(vm)
    assert {row.day.year for row in vm.every()} == {2025, 2026}
    ask(vm, period="days", first=date(2026, 1, 2), last=date(2026, 1, 5))
    assert [row.day.day for row in vm.every()] == [5, 4, 3, 2]


def test_filters_by_kind_bucket_and_words(long: Desk) -> None:
    vm = LedgerVM(long)
    ask(vm, moved="inflow")
    assert {row.what for row in vm.every()} == {"月划入"}
    ask(vm, moved="carry-over", bucket="prior_years")
    assert {(row.what, row.about, row.bucket) for row in vm.every()} == {("年度结转", "", "历年")}
    assert vm.sums.came_in == vm.sums.paid_out == 0, "the turn of a year moves nothing in or out"
    ask(vm, words="重复收费")
    assert {row.what for row in vm.every()} == {"退费（重复收费） 王建国 普通门诊 · 二级"}
    ask(vm, words="没有这个词")
    assert (list(vm.every()), vm.sums) == ([], NOTHING)


def test_a_filter_is_kept_for_another_day(long: Desk) -> None:
    vm = LedgerVM(long)
    kept = ask(vm, moved="inflow", bucket="current", words="x").kept
    again = LedgerVM(long).filter.again(kept)
    assert (again.period, again.moved, again.bucket, again.words) == ("all", "inflow", "current", "")
    for nonsense in ("", "x y z", "all", "all nothing nowhere more"):
        assert vm.filter.again(nonsense) == vm.filter
    assert vm.filter.again("year rubbish rubbish").moved is None


def posting(vm: LedgerVM, about: str, moved: str) -> PostingRow:
    return next(row for row in vm.every() if row.about == about and row.moved == moved)


def test_behind_a_settlement_stands_its_whole_entry_and_why(vm: LedgerVM) -> None:
    detail = vm.detail(posting(vm, "五月三级医院", "settlement"))
    assert detail is not None
    assert detail.title == "王芳 普通门诊 · 三级"
    assert {(entry.ledger, entry.amount) for entry in detail.entries} == {
        ("王芳 · 历年", -134_50),
        ("王芳 · 当年", -186_40),
        ("李强 · 历年", -11_10),
        ("统筹基金", -348_00),
        ("医药机构", 680_00),
    }
    clauses = {clause for reason in detail.why for clause in reason.clauses}
    assert {"HN-34", "SYS-02"} <= clauses
    assert any(reason.weak for reason in detail.why)
    assert any("680.00" in reason.text for reason in detail.why)


def test_behind_a_refund_stand_both_entries(vm: LedgerVM) -> None:
    detail = vm.detail(posting(vm, "退一项检查", "reversal"))
    assert detail is not None
    assert detail.title == "退费 王芳 普通门诊 · 三级"
    assert {entry.kind for entry in detail.entries} == {"结算", "退费冲回"}
    assert detail.why[0].text == "每一笔都退回它来的账户和资金。"
    assert any("480.00" in reason.text for reason in detail.why), "and why what is left was settled so"
    assert sum(entry.amount for entry in detail.entries) == 0


def test_behind_a_premium_stand_price_and_time(vm: LedgerVM) -> None:
    detail = vm.detail(posting(vm, "代缴居民医保", "premium"))
    assert detail is not None
    assert {(reason.text, reason.clauses) for reason in detail.why} >= {
        ("保费标准", ("HN-42",)),
        ("缴费期", ("HN-43",)),
    }


def test_behind_the_turn_of_a_year_stands_only_its_account(long: Desk) -> None:
    vm = LedgerVM(long)
    ask(vm, moved="carry-over")
    row = next(row for row in vm.every() if row.account == "李强")
    detail = vm.detail(row)
    assert detail is not None
    assert [entry.ledger for entry in detail.entries] == ["李强 · 当年", "李强 · 历年"]
    assert sum(entry.amount for entry in detail.entries) == 0
    assert (detail.title, detail.about) == ("年度结转", "")
    first = vm.detail(posting_of_event(vm, "入账0"))
    assert first is not None
    assert {entry.kind for entry in first.entries} == {"月划入"}, "not the turn that it brought"


@pytest.fixture
def late(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """Money of 2027, then a deposit of new year 2026 and one of 2028, which turns a year."""
    home = household(employee("li", name="李强"), accounts={"li": money("100.00", "20.00")})
    made = desk_of(tmp_path / "late", library, [home])
    assert made.book is not None and made.live is not None
    for handle, day in (("d1", date(2027, 6, 1)), ("补", date(2026, 1, 1)), ("年初", date(2028, 1, 1))):
        deposit = Deposit(handle, day, "li", 10_00)
        assert record_event(made.book, library.book, made.live.id, deposit, now=NOW).recorded
    made.reload()
    yield made
    close(made)


def test_a_late_record_is_no_turn_of_the_year(late: Desk) -> None:
    vm = LedgerVM(late)
    ask(vm, moved="carry-over")
    rows = list(vm.every())
    assert [(row.day, row.kind, row.what, row.about, row.late) for row in rows] == [
        (date(2028, 1, 1), "年度结转", "年度结转", "", False),
        (date(2028, 1, 1), "年度结转", "年度结转", "", False),
        (date(2026, 1, 1), "补记调整", "补记调整", "补", True),
        (date(2026, 1, 1), "补记调整", "补记调整", "补", True),
    ]
    told = [vm.detail(row) for row in (rows[0], rows[2])]
    assert all(one is not None for one in told)
    turn, adjusted = (one for one in told if one is not None)
    assert "每年 1 月 1 日" in turn.why[0].text
    assert "补记" in adjusted.why[0].text and "1 月 1 日" not in adjusted.why[0].text
    assert (adjusted.title, {entry.kind for entry in adjusted.entries}) == ("补记调整", {"补记调整"})


def test_a_turn_of_the_year_that_came_with_the_import_is_one(
    qapp: QApplication, tmp_path: Path, library: Library, zh: None
) -> None:
    """On new year, and in the file before the event of the year before."""
    days = (date(2027, 3, 1), date(2026, 1, 1), date(2025, 5, 1))
    deposits = [Deposit(f"d{number}", day, "li", 10_00) for number, day in enumerate(days)]
    home = household(employee("li"), accounts={"li": money("100.00")}, events=deposits)
    desk = desk_of(tmp_path / "file", library, [home])
    vm = LedgerVM(desk)
    ask(vm, moved="carry-over")
    assert [(row.day, row.late) for row in vm.every()] == [(date(2027, 1, 1), False)] * 2 + [
        (date(2026, 1, 1), False)
    ] * 2
    close(desk)


def posting_of_event(vm: LedgerVM, about: str) -> PostingRow:
    ask(vm)
    return next(row for row in vm.every() if row.about == about)


def test_months_of_the_household_and_of_one_account(vm: LedgerVM, desk: Desk) -> None:
    years = YearVM(desk, vm)
    whole = years.year_of_months(2025)
    assert [role for role, _, _ in whole.parts] == ["pool", "own", "shared", "cash"]
    spent = {role: values for role, _, values in whole.parts}
    assert (spent["pool"][4], spent["own"][4], spent["shared"][9]) == (228_00, 252_00, 800_00)
    assert sum(spent["own"]) + sum(spent["shared"]) == vm.sums.paid_out
    assert whole.came_in[5] == sum(whole.came_in) == 1152_00
    vm.choose(person(vm, "李强"))
    mine = years.year_of_months(2025)
    assert [(role, sum(values)) for role, _, values in mine.parts] == [("own", 0), ("shared", 1037_88)]


def test_what_visits_cost(vm: LedgerVM, desk: Desk) -> None:
    years = YearVM(desk, vm)
    assert [(row.name, row.benefit, row.total) for row in years.costs(2025)] == [
        ("王芳", "普通门诊", 480_00),
        ("王芳", "药店购药", 443_50),
        ("周秀英", "慢特病门诊", 500_00),
        ("王建国", "普通门诊", 1200_00),
        ("李小明", "普通门诊", 50_60),
    ]
    vm.choose(person(vm, "王建国"))
    assert [row.name for row in years.costs(2025)] == ["王建国"]
    assert years.costs(2024) == ()


def test_year_by_year(long: Desk) -> None:
    vm = LedgerVM(long)
    found = dict(YearVM(long, vm).year_by_year)
    assert list(found) == [2026, 2025]
    assert found[2025].came_in == 1152_00
    assert found[2026].came_in == sum(100 + n for n in range(PAGE * 5 // 2))


def test_a_recorded_deposit_is_there_after_a_refresh(vm: LedgerVM, desk: Desk, qtbot: QtBot) -> None:
    vm.choose(person(vm, "王芳"))
    done: list[object] = []
    desk.record(Deposit("补记", date(2025, 12, 1), "wang", 50_00), done.append)
    qtbot.waitUntil(lambda: bool(done))
    vm.refresh()
    assert vm.title == "王芳"
    assert (vm.page(None)[0].about, vm.page(None)[0].amount) == ("补记", 50_00)


def test_without_a_household_there_is_nothing(qapp: QApplication, tmp_path: Path, library: Library) -> None:
    desk = desk_of(tmp_path, library, [])
    try:
        vm = LedgerVM(desk)
        assert (vm.accounts, vm.page(None), vm.sums, vm.has_household) == ((), (), NOTHING, False)
        years = YearVM(desk, vm)
        assert (vm.years, years.year_by_year, years.costs(2026)) == ((2026,), (), ())
        assert sum(map(sum, (values for _, _, values in years.year_of_months(2026).parts))) == 0
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
        assert (vm.accounts, vm.page(None), vm.sums, vm.has_household) == ((), (), NOTHING, True)
    finally:
        close(desk)


@pytest.mark.parametrize(("fen", "text"), [(1152_00, "+1,152.00"), (-212_00, "-212.00"), (0, "0.00")])
def test_signed(fen: int, text: str) -> None:
    assert signed(fen) == text
