"""What the records page looks at and does, without a window: filters, refunds tried and recorded, undo, correction."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.base.paths import resources
from famgui.domain.household import Deposit, Refund
from famgui.domain.settlement import Visit
from famgui.policy.library import Library
from famgui.ui.records.moves import went_back
from famgui.ui.records.refunding import RefundVM
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.shell.desk import Desk
from famgui.usecase.doctor import examine
from famgui.usecase.record import record_event
from tests.ui.building import NOW, TODAY

MAY, GRANDFATHER, JANUARY = "五月三级医院", "外公二级医院", "一月社区"


@pytest.fixture
def vm(desk: Desk) -> RecordsVM:
    return RecordsVM(desk)


@pytest.fixture
def refund(desk: Desk, vm: RecordsVM, qtbot: QtBot) -> Iterator[RefundVM]:
    """The refund form's view-model; the book is sound afterwards."""
    yield RefundVM(desk, vm)
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    assert desk.book is not None
    assert examine(desk.book, desk.library.book) == ()


def handles(vm: RecordsVM) -> list[str]:
    return [row.handle for row in vm.shown]


def totals(desk: Desk) -> dict[str, int]:
    assert desk.live is not None
    return {who: balance.total for who, balance in desk.live.running.balances.items()}


def test_the_newest_stands_first_with_what_stands_now(vm: RecordsVM) -> None:
    assert [row.day for row in vm.shown] == sorted((row.day for row in vm.shown), reverse=True)
    assert vm.chosen == GRANDFATHER
    may = next(row for row in vm.shown if row.handle == MAY)
    assert (may.total, may.pool, may.own, may.shared, may.cash) == (48_000, 22_800, 25_200, 0, 0)
    assert may.total == may.pool + may.own + may.shared + may.cash
    assert {row.handle: row.state for row in vm.shown} == {
        GRANDFATHER: "settled",
        "奶奶慢特病": "settled",
        MAY: "part-back",
        "三月药店": "partly",
        "一月社区": "settled",
    }


def test_filters_by_person_year_and_words(vm: RecordsVM) -> None:
    vm.look_for(person="wang")
    assert handles(vm) == [MAY, "三月药店"]
    vm.look_for(text="血压")
    assert handles(vm) == ["三月药店"]
    assert vm.chosen == "三月药店", "what is looked at is among what is shown"
    vm.look_for(year=2024)
    assert handles(vm) == [] and vm.record is None
    vm.look_for(person=None, year=None, text="三级 王芳")
    assert handles(vm) == [MAY]
    vm.look_for(text="1200.00")
    assert handles(vm) == [GRANDFATHER]
    vm.choose(MAY)
    assert vm.filters.text == "" and vm.chosen == MAY, "a visit that is asked for is shown"
    assert (vm.years, len(vm.people)) == ([2025], 4)


def test_a_whole_refund_is_tried_as_it_is_typed_and_recorded(
    desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot
) -> None:
    before = totals(desk)
    vm.choose(MAY)
    refund.begin("whole")
    assert refund.draft is not None and refund.draft.day == TODAY
    assert not refund.ready and refund.tried.missing, "the reason is missing"
    assert {(move.role, move.account): move.back for move in refund.tried.moves} == {
        ("pool", ""): 22_800,
        ("own", "wang"): 25_200,
        ("cash", ""): 0,
    }
    assert len(refund.notes) == 1, "the year has turned since"
    refund.edit(day=date(2025, 11, 1), reason="  重复收费 ")
    assert refund.ready and refund.notes == ()
    assert totals(desk) == before, "trying moves nothing"
    with qtbot.waitSignal(refund.refunded) as done:
        refund.confirm()
    assert done.args == ["r1"]
    assert totals(desk)["wang"] == before["wang"] + 25_200
    record = vm.record
    assert record is not None and (record.state, record.visit.id) == ("back", MAY)
    assert record.refunds[-1].event == Refund("r1", date(2025, 11, 1), MAY, None, "重复收费")
    assert not refund.possible and refund.draft is None
    assert [line.action for line in vm.trail] == ["record refund"]
    assert vm.trail[0].detail == "r1: 重复收费"


def test_items_are_refunded_and_what_is_owed_anew_is_said(
    desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot
) -> None:
    vm.choose(MAY)
    refund.begin("items")
    assert refund.left == (("检查费", 25_000), ("乙类药", 20_000), ("自费药", 3_000))
    assert refund.tried.missing and not refund.tried.moves
    refund.edit(amounts=(10_000, None, 3_000), reason="项目未做", day=date(2025, 11, 1))
    assert sum(move.back - move.owed for move in refund.tried.moves) == 13_000
    assert refund.tried.outcome is not None and refund.tried.outcome.settlement is not None
    refund.edit(amounts=(30_000, None, None))
    assert not refund.ready and "多于" in refund.tried.why_not
    refund.edit(amounts=(10_000, None, None), wrong=True)
    assert not refund.ready and "不是金额" in refund.tried.why_not
    refund.edit(amounts=(10_000, None, 3_000), wrong=False)
    with qtbot.waitSignal(refund.refunded):
        refund.confirm()
    record = vm.record
    assert record is not None and record.state == "part-back"
    assert [(item.name, item.amount) for item in record.bill] == [("检查费", 15_000), ("乙类药", 20_000)]
    assert record.shown.split.total == 35_000


def test_money_is_told_back_into_the_bucket_it_left(desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot) -> None:
    vm.choose("三月药店")
    assert vm.record is not None
    draws = {account: draw for _, account, draw in vm.record.first.payments}
    refund.begin("whole")
    refund.edit(reason="药品退回", day=date(2025, 12, 31))
    with qtbot.waitSignal(refund.refunded):
        refund.confirm()
    assert [(line.account, line.into) for line in went_back(vm.record, 0)] == list(draws.items())
    vm.choose(GRANDFATHER)
    refund.begin("whole")
    refund.edit(reason="重复收费", day=date(2026, 1, 2))
    with qtbot.waitSignal(refund.refunded):
        refund.confirm()
    assert all(line.into.current == 0 and line.into.prior_years for line in went_back(vm.record, 0))


def test_a_refund_of_the_last_visits_own_day_is_undone_as_it_was(
    desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot
) -> None:
    assert desk.book is not None and desk.live is not None
    last = max(event.date for event in desk.live.household.events)
    old = next(e for e in desk.live.household.events if isinstance(e, Visit) and e.id == MAY)
    visit = Visit("v1", last, old.patient, old.kind, old.facility, old.items)
    record_event(desk.book, desk.library.book, desk.live.id, visit, now=NOW)
    desk.reload()
    vm.refresh()
    before = totals(desk)
    vm.choose("v1")
    refund.begin("whole")
    refund.edit(reason="重复收费", day=last)
    with qtbot.waitSignal(refund.refunded):
        refund.confirm()
    assert refund.last_refund == "r1"
    with qtbot.waitSignal(refund.put_back) as done:
        refund.undo("r1")
    assert done.args[0] == "v2" == vm.chosen
    assert not done.args[1].other_day and not done.args[1].stated
    assert totals(desk) == before
    assert refund.last_refund is None
    assert [line.action for line in vm.trail] == ["undo visit"]


def test_an_undo_that_would_give_something_else_asks(desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot) -> None:
    take_back(vm, refund, qtbot, JANUARY, date(2026, 12, 1))
    after = totals(desk)
    with qtbot.waitSignal(refund.ways_offered) as asked:
        refund.undo("r1")
    ways = asked.args[0]
    assert totals(desk) == after, "nothing is done yet"
    assert [way.visit.date for way in ways] == [date(2026, 12, 1)]
    assert not ways[0].same and ways[0].differences and ways[0].old.id == JANUARY
    with qtbot.waitSignal(refund.put_back):
        refund.take(ways[0])
    record = vm.record
    assert record is not None and record.visit.date == date(2026, 12, 1)
    assert record.shown == ways[0].now


def take_back(vm: RecordsVM, refund: RefundVM, qtbot: QtBot, handle: str, day: date) -> str:
    """Refund a visit whole; the refund."""
    vm.choose(handle)
    refund.begin("whole")
    refund.edit(reason="重复收费", day=day)
    with qtbot.waitSignal(refund.refunded) as done:
        refund.confirm()
    return str(done.args[0])


def test_undo_is_of_the_visit_that_is_looked_at(desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot) -> None:
    vm.choose(MAY)
    assert vm.record is not None and vm.record.refunds and refund.last_refund is None, "a refund of another session"
    day = date(2025, 12, 1)
    assert [take_back(vm, refund, qtbot, handle, day) for handle in (GRANDFATHER, MAY)] == ["r1", "r2"]
    assert refund.last_refund == "r2"
    vm.choose(GRANDFATHER)
    assert refund.last_refund == "r1"
    with qtbot.waitSignal(refund.put_back) as done:
        refund.undo("r1")
    assert done.args[1].old.id == GRANDFATHER and done.args[1].same
    vm.choose(GRANDFATHER)
    assert refund.last_refund is None, "nothing is put back twice"
    refund.undo("r1")
    refund.undo("r2", home=0)
    assert not refund.working, "undone already; another household"
    vm.choose(MAY)
    assert refund.last_refund == "r2"


def test_after_a_whole_refund_the_row_shows_what_is_left(vm: RecordsVM, refund: RefundVM, qtbot: QtBot) -> None:
    take_back(vm, refund, qtbot, GRANDFATHER, date(2025, 12, 1))
    row = next(row for row in vm.rows if row.handle == GRANDFATHER)
    assert (row.total, row.pool, row.own, row.shared, row.cash) == (0, 0, 0, 0, 0)
    assert (row.at_first, row.state) == (120_000, "back")
    vm.look_for(text="1200.00")
    assert handles(vm) == [GRANDFATHER], "what it came to is still found"


def test_a_correction_takes_the_whole_back_and_hands_the_bill_over(
    desk: Desk, vm: RecordsVM, refund: RefundVM, qtbot: QtBot
) -> None:
    vm.choose(GRANDFATHER)
    refund.begin("mend")
    refund.edit(reason="金额录错")
    assert refund.notes == (), "its day is not the one typed"
    with qtbot.waitSignal(refund.taken_to_mend) as done:
        refund.confirm()
    handle, answer = done.args
    assert (handle, answer.visit.date, answer.same) == ("r1", date(2025, 10, 11), True)
    assert [line.action for line in vm.trail] == ["correct refund"]
    assert vm.record is not None and vm.record.state == "back"


def changed_rules(folder: Path) -> Library:
    """The shipped packs with the employees' outpatient ratio at second- and third-level hospitals changed."""
    folder.mkdir()
    for pack in (resources() / "policies").glob("*.toml"):
        text = pack.read_text("utf-8")
        at = 'insurance = "employee", level = "{}" }}\nvalue = "0.60"'
        for level in ("secondary", "tertiary"):
            text = text.replace(at.format(level), at.format(level).replace("0.60", "0.55"))
        (folder / pack.name).write_text(text, "utf-8")
    shutil.copy(resources() / "policies" / "pack.schema.json", folder)
    return Library([folder], None)


def test_what_other_rules_settled_is_shown_as_recorded_and_not_refunded(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    assert desk.live is not None
    recorded = {outcome.event.id: outcome.settlement for outcome in desk.live.outcomes}
    other = changed_rules(tmp_path / "packs")
    desk.services = desk.services._replace(library=lambda: other)
    desk.reload()
    assert {MAY, GRANDFATHER} <= set(desk.live.drift)
    vm = RecordsVM(desk)
    refund = RefundVM(desk, vm)
    vm.choose(GRANDFATHER)
    record, kept = vm.record, recorded[GRANDFATHER]
    assert record is not None and record.other_rules and kept is not None
    assert record.shown._replace(used=kept.used) == kept, "figures, payments, steps and problems as they were recorded"
    assert next(row for row in vm.rows if row.handle == MAY).pool == 22_800
    refund.begin("whole")
    refund.edit(reason="重复收费")
    assert not refund.ready and "另一版规则" in refund.tried.why_not
    vm.choose("一月社区")
    assert vm.record is not None and not vm.record.other_rules


def test_another_households_filters_begin_anew(vm: RecordsVM, desk: Desk) -> None:
    vm.look_for(person="wang")
    assert desk.book is not None and desk.live is not None
    record_event(desk.book, desk.library.book, desk.live.id, Deposit("d9", TODAY, "li", 1), now=NOW)
    desk.reload()
    vm.refresh()
    assert vm.filters.person == "wang", "the same household keeps them"
    desk.live = None
    vm.refresh()
    assert vm.shown == () and vm.filters.person is None and vm.record is None
