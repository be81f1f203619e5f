"""What the plan shows of the sample family: start, inflow, premiums, long plans, what is missing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.domain.household import Deposit
from famgui.policy.library import Library
from famgui.ui.plan.draft import Row
from famgui.ui.plan.viewmodel import AT_ONCE, Horizon, InflowRow, PlanVM
from famgui.ui.plan.words import answer, notes, often_word, product_word, used_up
from famgui.ui.shell.desk import Desk
from tests.domain.building import item, visit
from tests.patience import PATIENCE
from tests.ui.building import close, desk_of, sample

NEXT = date(2025, 10, 21)
"""The day after the sample's last event."""
MONTHLY = Row("ming", "outpatient", "tertiary", 60_000, 5_000, "month-1", date(2025, 11, 10))


def planned(desk: Desk, *rows: Row, **more: object) -> PlanVM:
    vm = PlanVM(desk)
    vm.edit(rows=rows, start=NEXT, **more)
    return vm


def test_a_plan_begins_today_but_never_before_what_is_recorded(desk: Desk) -> None:
    vm = PlanVM(desk)
    recorded = date(2025, 10, 20)
    assert vm.horizon == Horizon(desk.today, date(2026, 12, 31), recorded, False)
    vm.edit(start=NEXT)
    assert vm.horizon == Horizon(NEXT, date(2025, 12, 31), recorded, False)
    vm.edit(start=date(2025, 5, 1), next_year=True)
    assert vm.horizon == Horizon(NEXT, date(2026, 12, 31), recorded, True)


def test_two_visits_are_paid_by_the_father(desk: Desk) -> None:
    vm = planned(desk, MONTHLY)
    assert vm.plan is not None and vm.course is vm.plan.now
    held = {account: balance.total for account, balance in desk.live.running.balances.items()}  # type: ignore[union-attr]
    paid = [month.shared for month in vm.course.months]
    assert paid == [0, 65_000, 65_000] and vm.course.cash == 0
    assert vm.course.months[-1].balances["li"] == held["li"] - 130_000
    said = answer(vm.plan, vm.course, desk)
    assert said == "各账户够用到 2025-12-31；预计现金 0.00；四种次序现金一样。"


def test_the_answer_names_who_runs_out_and_what_another_order_would_save(desk: Desk) -> None:
    """Li holds 4324.62, Wang 68.90; only Li shares with Zhou: what Wang pays for Ming is left for Zhou."""
    once = {"often": "once", "level": "tertiary"}
    ming = Row("ming", in_scope=430_000, first=date(2025, 11, 1), **once)  # type: ignore[arg-type]
    zhou = Row("zhou", in_scope=10_000, first=date(2025, 11, 2), **once)  # type: ignore[arg-type]
    vm = planned(desk, ming, zhou)
    assert vm.plan is not None and vm.course is not None
    said = answer(vm.plan, vm.course, desk)
    assert said == "李强的账户到 2025-11-02 用完；预计现金 75.38；改用“最近绑定者先付”少付 68.90。"
    vm.look_at("latest-bound")
    said = answer(vm.plan, vm.course, desk)
    assert said == "王芳的账户到 2025-11-01 用完；李强的账户到 2025-11-02 用完；预计现金 6.48；其他次序不会更少。"


def test_inflow_is_what_was_recorded_until_it_is_typed_over(desk: Desk, qtbot: QtBot) -> None:
    vm = PlanVM(desk)
    with qtbot.waitSignal(desk.changed):
        desk.record(Deposit("d1", date(2025, 10, 25), "li", 12_300, inflow=True), lambda _: None)
    vm.edit(start=date(2025, 10, 26))
    amounts = {row.account: row.amount for row in vm.inflow}
    assert (amounts["li"], amounts["wang"], vm.inflow_day) == (12_300, 0, 25)
    vm.set_inflow("wang", 8_000)
    vm.set_inflow("li", 0)
    vm.edit(inflow_day=3)
    assert [row for row in vm.inflow if row.account in ("wang", "li")] == [
        InflowRow("wang", "王芳", 8_000),
        InflowRow("li", "李强", 0),
    ]
    vm.edit(rows=(MONTHLY,))
    assert vm.course is not None and [month.inflow for month in vm.course.months][1:] == [
        8_000 + amounts["wang-senior"],
        8_000 + amounts["wang-senior"],
    ]


def test_premiums_are_offered_and_planned(
    qapp: QApplication, tmp_path: Path, library: Library, zh: None, qtbot: QtBot
) -> None:
    """The sample's year up to July: both premiums of 2026 are still to be paid; Li holds 5356.62 then."""
    whole = sample()
    early = replace(whole, events=tuple(event for event in whole.events if event.date <= date(2025, 7, 1)))
    desk = desk_of(tmp_path, library, [early])
    vm = PlanVM(desk)
    vm.edit(start=date(2025, 7, 2))
    assert [(one.person, one.payer, one.day, one.amount) for one in vm.offers] == [
        ("zhou", "li", date(2025, 9, 1), 40_000),
        ("ming", "li", date(2025, 9, 1), 40_000),
    ]
    vm.pay_premium(vm.offers[0], wanted=True)
    vm.pay_premium(vm.offers[1], wanted=True)
    vm.pay_premium(vm.offers[1], wanted=False)
    assert vm.course is not None and [month.premium for month in vm.course.months] == [0, 0, 40_000, 0, 0, 0]
    assert vm.draft.premiums == (("zhou", "resident-2026"),)
    close(desk)


def test_nothing_is_offered_that_is_paid(desk: Desk) -> None:
    assert planned(desk).offers == ()
    words = [product_word(word) for word in ("resident-2026", "supplementary-2027", "else")]
    assert words == ["居民医保 2026", "惠民保 2027", "else"]


def test_what_is_missing_is_said(desk: Desk) -> None:
    vm = planned(desk)
    assert vm.missing == "在左边填预计的就诊，填好第一个金额就有结果。"
    vm.edit(rows=(MONTHLY, Row("zhou")))
    assert vm.missing == "第 2 行还没有金额。" and vm.plan is not None
    vm.edit(rows=(MONTHLY, Row("zhou", in_scope=100, often="once", first=date(2025, 3, 1))))
    assert vm.missing == "第 2 行在 2025-10-21 至 2025-12-31 之间没有一次。"
    vm.edit(rows=(MONTHLY, Row("zhou", in_scope=100, last=date(2025, 3, 1))))
    assert vm.missing.startswith("第 2 行在")


def test_a_bill_of_the_calculator_becomes_a_line(desk: Desk) -> None:
    vm = planned(desk)
    vm.add_like()
    assert vm.draft.rows == ()
    desk.visit = visit("wang", item("100.00"), item("58.00", category="health-food"))
    vm.add_like()
    (row,) = vm.draft.rows
    assert (row.patient, row.in_scope, row.self_paid) == ("wang", 10_000, 5_800)
    assert vm.course is not None and vm.course.months[0].cash == 5_800, "health food is paid in cash, whatever is left"


def test_another_order_is_looked_at(desk: Desk) -> None:
    vm = planned(desk, MONTHLY)
    told: list[bool] = []
    vm.changed.connect(lambda: told.append(True))
    vm.look_at("single")
    assert vm.course is not None and vm.course.order == "single"
    vm.look_at("single")
    assert told == [True]


def test_a_new_line_follows_the_one_before(desk: Desk) -> None:
    vm = planned(desk)
    assert vm.new_row() == Row("wang")
    vm.edit(rows=(Row("zhou", "chronic", "secondary", 100, 5, "week-2"),))
    assert vm.new_row() == Row("zhou", "chronic", "secondary")


def test_a_plan_is_back_after_a_crash(desk: Desk, qtbot: QtBot) -> None:
    vm = planned(desk, MONTHLY, next_year=True)
    vm.keeper.flush()
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    again = PlanVM(desk)
    assert again.draft == vm.draft and again.plan == vm.plan
    again.start_over()
    again.keeper.flush()
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    assert PlanVM(desk).draft.rows == ()


def test_a_long_plan_runs_beside_the_window_and_the_last_one_counts(desk: Desk, qtbot: QtBot) -> None:
    weekly = Row("ming", "outpatient", "tertiary", 1_000, None, "week-1", NEXT)
    vm = planned(desk, *[weekly] * 5, next_year=True)
    assert vm.busy and vm.plan is None
    vm.edit(rows=(weekly,) * 6)
    qtbot.waitUntil(lambda: not vm.busy)
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    assert vm.plan is not None and len(vm.plan.now.moments) > 6 * 60 > AT_ONCE
    assert len({moment.outcome.event.id for moment in vm.plan.now.moments if moment.outcome.settlement}) == 6 * 63


def test_a_long_plan_that_comes_too_late_is_passed_over(desk: Desk, qtbot: QtBot) -> None:
    vm = planned(desk, *[Row("ming", "outpatient", "tertiary", 1_000, None, "week-1", NEXT)] * 5, next_year=True)
    computed = Event()
    desk.ops.run("", lambda _: computed.set())
    assert computed.wait(PATIENCE), "the long plan is ready, and its answer waits for the window"
    vm.edit(rows=(MONTHLY,), next_year=False)
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    assert vm.plan is not None and vm.plan.end == date(2025, 12, 31)


def test_a_long_plan_can_be_stopped(desk: Desk, qtbot: QtBot) -> None:
    vm = planned(desk, *[Row("ming", "outpatient", "tertiary", 1_000, None, "week-1", NEXT)] * 40, next_year=True)
    assert vm._work is not None
    vm._work.cancel()
    qtbot.waitUntil(lambda: not vm.busy)
    assert vm.plan is None and "在左边填" in vm.missing


def test_notes_say_what_the_figures_rest_on(desk: Desk) -> None:
    rows = (
        MONTHLY,
        Row("zhou", "chronic", "secondary", 50_000, None, "once", date(2025, 11, 1)),
        Row("zhou", "outpatient", "tertiary", 100, None, "month-1", date(2026, 6, 20)),
    )
    vm = planned(desk, *rows, next_year=True)
    assert vm.plan is not None and vm.course is not None
    said = [(note.mark, note.text) for note in notes(vm.plan, vm.course, desk)]
    assert ("!", "李小明：李强的共济绑定已经到期，需重新绑定后才能用（2026-01-10 起 12 次）") in said
    assert ("!", "周秀英：李强的共济绑定已经到期，需重新绑定后才能用（2026-07-20 起 6 次）") in said
    assert ("!", "周秀英：慢特病没有填病种余额，按不受限额计算。") in said
    assert ("!", "李小明 · 普通门诊：没有已知的统筹规则，统筹按 0 计。") in said
    assert any(text.startswith("周秀英 · 慢特病门诊 · 2025：统筹") for _, text in said)
    marks = [mark for mark, _ in said]
    assert marks == sorted(marks, key="✗!·".index)


def test_words_of_rhythms() -> None:
    assert [often_word(one) for one in ("once", "week-1", "week-3", "month-1", "month-6")] == [
        "一次",
        "每周",
        "每 3 周",
        "每月",
        "每 6 个月",
    ]


def test_who_is_used_up_is_told_with_days(desk: Desk) -> None:
    vm = planned(desk, Row("ming", "outpatient", "tertiary", 99_999_900, None, "once", date(2025, 11, 1)))
    assert vm.plan is not None and vm.course is not None
    assert used_up(vm.plan, vm.course, desk.names) in ("李强 11-01 · 王芳 11-01", "王芳 11-01 · 李强 11-01")
