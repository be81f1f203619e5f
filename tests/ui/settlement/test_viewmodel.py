"""The settlement page's view-model, without a window: live answer, what is missing, record, undo, refusal."""

from dataclasses import replace
from datetime import date

from pytestqt.qtbot import QtBot

from famgui.domain.settlement import settle
from famgui.ui.settlement.answer import Meter
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.desk import Desk
from tests.ui.settlement.building import BILL

DAY = date(2025, 11, 20)


def filled(desk: Desk) -> SettlementVM:
    vm = SettlementVM(desk)
    vm.edit(patient="wang", date=DAY, items=BILL)
    return vm


def test_nothing_is_answered_before_the_first_amount(desk: Desk) -> None:
    vm = SettlementVM(desk)
    assert vm.result is None and vm.draft.patient == "wang" and vm.draft.date == desk.today
    vm.edit(items=(ItemDraft("检查"),))
    assert vm.result is None
    vm.edit(items=(ItemDraft("检查", amount=100), ItemDraft("药")))
    assert vm.result is None, "a line without an amount is not a bill"
    vm.edit(items=(ItemDraft("检查", amount=100), ItemDraft()))
    assert vm.result is not None


def test_the_answer_is_what_the_domain_says(desk: Desk) -> None:
    vm = filled(desk)
    live, rules = desk.live, desk.rules(DAY)
    visit = vm.visit("preview")
    assert live is not None and rules is not None and visit is not None and vm.result is not None
    running = live.running
    patient = next(person for person in live.household.persons if person.id == "wang")
    used = running.used["wang", 2025, "outpatient"]
    stands = running.standing("wang", DAY)
    expected = settle(visit, patient, running.balances, stands, used, rules, live.household.terms)
    assert vm.result.settlement == expected
    assert vm.result.total == 68_000
    assert [(row.role, row.account, row.amount) for row in vm.result.rows] == [
        ("pool", "", expected.pool),
        ("own", "wang", expected.own),
        ("shared", "li", expected.shared),
        ("cash", "", expected.cash),
    ]
    assert vm.result.rows[1].left == 0
    assert sum(row.amount for row in vm.result.rows) == vm.result.total


def test_the_preview_changes_nothing(desk: Desk) -> None:
    live = desk.live
    assert live is not None
    before = dict(live.running.balances), dict(live.running.used)
    filled(desk)
    assert (dict(live.running.balances), dict(live.running.used)) == before


def test_meters_show_the_year(desk: Desk) -> None:
    vm = filled(desk)
    assert vm.result is not None
    assert vm.meters() == (Meter("deductible", 30_000, 30_000), Meter("pool", 62_800, 150_000))
    assert vm.result.meters[1].used == 62_800 + vm.result.settlement.pool
    vm.edit(kind="pharmacy")
    assert vm.meters() == ()


def test_a_chronic_visit_waits_for_its_limit(desk: Desk) -> None:
    vm = filled(desk)
    vm.edit(patient="zhou", kind="chronic")
    assert vm.result is None
    vm.edit(disease_limit=40_000)
    assert vm.result is not None and vm.result.settlement.pool == 28_000


def test_inpatient_takes_the_pool_off_the_receipt_and_pharmacy_has_no_level(desk: Desk) -> None:
    vm = filled(desk)
    vm.edit(kind="inpatient", pool_paid=40_000)
    assert vm.result is not None and vm.result.settlement.pool == 40_000
    vm.edit(kind="pharmacy")
    visit = vm.visit("x")
    assert visit is not None and visit.facility.type == "pharmacy" and visit.facility.level == ""
    assert visit.pool_paid is None


def test_record_writes_what_was_shown_and_undo_takes_it_back(desk: Desk, qtbot: QtBot) -> None:
    vm = filled(desk)
    assert vm.result is not None and desk.live is not None
    shown, before = vm.result.settlement, dict(desk.live.running.balances)
    with qtbot.waitSignal(vm.recorded) as recorded:
        vm.record()
    outcome = recorded.args[0]
    assert outcome.settlement == shown and outcome.event.id == "v1"
    assert vm.draft.items == () and vm.result is None
    assert desk.live.running.balances["wang"].total == 0
    assert desk.live.household.events[-1] == outcome.event
    back: list[object] = []
    vm.undo("v1", back.append)
    qtbot.waitUntil(lambda: bool(back))
    assert dict(desk.live.running.balances) == before
    assert desk.live.running.used["wang", 2025, "outpatient"].pool == 62_800


def test_a_visit_that_would_change_later_records_is_refused_with_a_sentence(desk: Desk, qtbot: QtBot) -> None:
    vm = filled(desk)
    vm.edit(date=date(2025, 1, 2), patient="li")
    assert desk.live is not None
    count = len(desk.live.household.events)
    with qtbot.waitSignal(vm.refused) as refused:
        vm.record()
    assert refused.args[0].startswith("该日期之后已有记录")
    assert len(desk.live.household.events) == count
    assert vm.draft.items == BILL, "what was typed stays"


def test_an_unknown_patient_gives_way_to_the_household_at_hand(desk: Desk) -> None:
    vm = filled(desk)
    vm.draft = replace(vm.draft, patient="nobody")
    vm.refresh()
    assert vm.draft.patient == "wang"
