"""The overview's view-model over a real book: every card's rows, and the states that ask for attention."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from famgui.domain.household import Household
from famgui.policy.library import Library
from famgui.ui.overview.rows import Overview
from famgui.ui.overview.viewmodel import LATEST, MOST_ATTENTION, OverviewVM
from famgui.ui.shell.desk import Desk
from tests.domain.building import back, deposit, employee, household, money, purchase, resident, row
from tests.ui.binding.building import desk_on

MAY = date(2025, 5, 10)


@pytest.fixture
def glance(tmp_path: Path, library: Library, zh: None) -> Callable[..., Overview]:
    """What the overview shows of a household on a day."""

    def shown(home: Household, day: date = MAY) -> Overview:
        with desk_on(day, tmp_path, library, home) as desk:
            found = OverviewVM(desk).shown
        assert found is not None
        return found

    return shown


def test_the_sample_family(desk: Desk) -> None:
    shown = OverviewVM(desk).shown
    assert shown is not None
    assert (shown.year, shown.recorded) == (2025, "2025-10-20")
    assert [(a.name, a.current, a.prior_years, a.total) for a in (*shown.accounts, shown.total) if a] == [
        ("王芳", "68.90", "0.00", "68.90"),
        ("李强", "2,112.00", "2,212.62", "4,324.62"),
        ("王建国", "0.00", "0.00", "0.00"),
        ("合计", "2,180.90", "2,212.62", "4,393.52"),
    ]
    assert [(b.pair, b.about, b.chip, b.kind) for b in shown.bindings] == [
        ("李强 → 王芳", "配偶 · 至 2025-12-31", "21 天后到期", "warning"),
        ("李强 → 李小明", "子女 · 至 2025-12-31", "21 天后到期", "warning"),
        ("王芳 → 李小明", "子女 · 至 2025-12-31", "21 天后到期", "warning"),
        ("李强 → 周秀英", "父母 · 至 2026-06-30", "还有 202 天", "accent"),
    ]


def test_the_year_to_date_stands_against_its_limits(desk: Desk) -> None:
    shown = OverviewVM(desk).shown
    assert shown is not None
    told = [(r.name, r.benefit, r.deductible and r.deductible.text, r.pool and r.pool.text) for r in shown.years]
    assert told == [
        ("王芳", "普通门诊", "300.00 / 300.00", "628.00 / 1,500.00"),
        ("李强", "普通门诊", "0.00 / 300.00", "0.00 / 1,500.00"),
        ("周秀英", "普通门诊", None, "0.00 / 420.00"),
        ("周秀英", "慢特病门诊", None, "280.00"),
        ("王建国", "普通门诊", "50.00 / 300.00", "690.00 / 2,000.00"),
        ("李小明", "普通门诊", None, "32.72 / 420.00"),
    ]
    parts = [meter.part for row in shown.years for meter in (row.deductible, row.pool) if meter]
    assert parts == [1000, 418, 0, 0, 0, None, 166, 345, 77]


def test_latest_events_newest_first(desk: Desk) -> None:
    shown = OverviewVM(desk).shown
    assert shown is not None
    assert len(shown.events) == LATEST
    assert [(e.day, e.title, e.detail, e.chip) for e in shown.events[:2]] == [
        ("2025-10-20", "李强 → 周秀英、李小明 · 代缴保费", "李强 800.00", "已结算"),
        ("2025-10-11", "王建国 · 普通门诊 · 二级", "统筹基金 690.00 · 王建国 385.00 · 现金 125.00", "已结算"),
    ]


def test_events_of_other_kinds(glance: Callable[..., Overview]) -> None:
    home = household(
        employee("li", name="李"),
        resident("mei", name="梅"),
        accounts={"li": money("100.00")},
        rows=[row("li", "mei", "child")],
        events=[
            purchase("mei", "60.00"),
            back(("drug", "20.00")),
            deposit("5.00"),
            purchase("mei", "500.00", handle="v2"),
        ],
    )
    shown = glance(home)
    assert [(e.title, e.detail, e.chip, e.kind) for e in shown.events] == [
        ("梅 · 药店购药", "李 65.00 · 现金 435.00", "已结算", "accent"),
        ("李 · 入账", "+5.00", "已办", "accent"),
        ("梅 · 退 2025-05-10 的费用", "退回 20.00，剩下 40.00", "已结算", "accent"),
        ("梅 · 药店购药", "李 60.00", "已结算", "accent"),
    ]


def test_attention_names_unconfirmed_rules(desk: Desk) -> None:
    shown = OverviewVM(desk).shown
    assert shown is not None
    assert [(a.mark, a.text, a.clause) for a in shown.attention] == [
        ("·", "依据待核 · 王芳 · 3 次", "HN-34"),
        ("·", "依据待核 · 周秀英 · 1 次", "HN-51"),
        ("·", "依据待核 · 李小明 · 1 次", "X-02"),
    ]


def test_attention_names_odd_id_numbers(glance: Callable[..., Overview]) -> None:
    home = household(
        employee("li", name="李", id_number="430202190001010020"),
        resident("mei", name="梅", id_number="990202190001010029"),
    )
    marks = [(a.mark, a.text) for a in glance(home).attention]
    assert marks[0] == ("✗", "李的证件号码校验位不对，请核对。")
    assert ("!", "梅的证件号码开头的地区代码不在代码表中；号码可能仍是对的，请核对。") in marks


def test_attention_is_cut_and_says_so(glance: Callable[..., Overview]) -> None:
    people = [resident(f"u{number}", id_number="430202190001010020") for number in range(9)]
    shown = glance(household(employee("li"), *people))
    assert len(shown.attention) == MOST_ATTENTION
    assert shown.attention[-1].text == "另有 4 项"


def test_upcoming_open_and_ending_today(glance: Callable[..., Overview]) -> None:
    rows = [
        row("li", "a", "child", ends=MAY),
        row("li", "b", "child", starts=date(2025, 5, 13)),
        row("li", "c", "child"),
        row("li", "d", "child", ends=date(2025, 5, 9)),
    ]
    shown = glance(household(employee("li"), *(resident(handle) for handle in "abcd"), rows=rows))
    assert [(b.pair, b.chip, b.kind) for b in shown.bindings] == [
        ("li → a", "今天到期", "warning"),
        ("li → c", "生效", "accent"),
        ("li → b", "3 天后生效", "warning"),
    ]
    assert shown.attention == ()


def test_nothing_yet(glance: Callable[..., Overview]) -> None:
    shown = glance(household(resident("mei", "310000")))
    assert shown == Overview(2025)


def test_no_household(tmp_path: Path, library: Library, zh: None) -> None:
    with desk_on(MAY, tmp_path, library) as desk:
        assert OverviewVM(desk).shown is None


def test_told_only_when_something_else_is_to_be_shown(desk: Desk, qtbot: Any) -> None:
    vm = OverviewVM(desk)
    with qtbot.assertNotEmitted(vm.changed):
        desk.reload()
    with qtbot.waitSignal(vm.changed):
        desk.record(deposit("1.00", date(2025, 12, 10)), lambda _: None)
    assert vm.shown is not None
    assert vm.shown.events[0].detail == "+1.00"


def test_who_stands_in_another_household_too_asks_for_attention(tmp_path: Path, library: Library, zh: None) -> None:
    one = household(employee("p1", name="王芳", id_number="430202190001010029"), employee("p2", name="李强"))
    other = household(employee("p9", name="王芳", id_number="430202190001010029"))
    with desk_on(MAY, tmp_path, library, one, other, one) as desk:
        found = OverviewVM(desk).shown
    assert found is not None
    told = [line.text for line in found.attention if line.mark == "!"]
    assert len(told) == 2 and all(text.startswith("王芳在“") and "删除多余的家庭" in text for text in told)
