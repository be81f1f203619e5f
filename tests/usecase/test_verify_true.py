"""True receipts that are unlike the usual ones, held against the rules: nothing is claimed that is not so."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from famgui.base.wording import Wording
from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.receipt.stated import NO_FACTS, Facts, Receipt, Verification
from famgui.domain.settlement import Facility, Override, Stated, Visit
from famgui.domain.waterfall import Terms
from famgui.files.answer import settlement_fields
from famgui.policy.library import Library
from famgui.usecase.household import LiveHousehold, load
from famgui.usecase.record import record_event
from famgui.usecase.verify import check, parse_text, report
from famgui.usecase.verify_book import Recorded, facts_of, ledger_at, recorded_visits
from tests.domain.building import employee, household, resident, row
from tests.store.making import NOW, new_book, put

PLACE, DAY = "430200", date(2025, 5, 1)
TERTIARY = Facility("hospital", PLACE, "tertiary")
DRUG = (Item("药", "drug", 50_000, "A"),)
VISITS = {
    "not-designated": Visit("not-designated", DAY, "w", "outpatient", replace(TERTIARY, designated=False), DRUG),
    "other-province": Visit("other-province", DAY, "r", "outpatient", Facility("hospital", "310000", "primary"), DRUG),
    "stated": Visit("stated", DAY, "r", "inpatient", TERTIARY, DRUG, stated=Stated(60_000, 6_000)),
    "pool-paid": Visit("pool-paid", DAY, "r", "inpatient", TERTIARY, DRUG, pool_paid=20_000),
    "two-disease": Visit(
        *("two-disease", DAY, "r", "two-disease", Facility("hospital", PLACE, "community")),
        (Item("药", "drug", 10_000, "A"), Item("检查", "service", 20_000, "A")),
        disease="hypertension",
    ),
    "override": Visit(
        *("override", DAY, "w", "outpatient", TERTIARY, DRUG),
        override=Override(None, False, True, YearToDate(149_000, (0, 0, 0, 5_000), 5_000)),
    ),
}


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[LiveHousehold]:
    home = household(
        employee("w"),
        resident("r"),
        accounts={"w": Balance(400_000)},
        rows=(row("w", "r", "child", date(2024, 6, 1)),),
        terms=Terms(None, None, True),
    )
    with new_book(tmp_path_factory.mktemp("true")) as book:
        made = put(book, library.book, home)
        for visit in VISITS.values():
            assert record_event(book, library.book, made, visit, now=NOW).recorded
        yield load(book, library.book, made)


def own_receipt(live: LiveHousehold, handle: str) -> tuple[Receipt, Recorded]:
    one = next(one for one in recorded_visits(live) if one.visit.id == handle)
    document = settlement_fields(one.done) | {"setl_time": one.visit.date.isoformat()}
    (found,) = parse_text(json.dumps(document), "own")
    return found, one


def by_ledger(live: LiveHousehold, library: Library, handle: str, told: Facts = NO_FACTS) -> Verification:
    receipt, one = own_receipt(live, handle)
    who = next(person for person in live.household.persons if person.id == one.visit.patient)
    facts = told.beside(receipt.facts).beside(one.facts).beside(facts_of(who))
    ledger = ledger_at(live, who.id, facts.day, facts.kind, one)
    return check(receipt, facts, library, place=PLACE, ledger=ledger)


@pytest.mark.parametrize("handle", VISITS)
def test_a_true_receipt_of_a_recorded_visit_never_differs(live: LiveHousehold, library: Library, handle: str) -> None:
    checked = by_ledger(live, library, handle)
    assert (checked.verdict, checked.findings) == ("incomplete" if handle in ("stated", "pool-paid") else "agrees", ())


@pytest.mark.parametrize("handle", VISITS)
def test_nor_does_it_where_its_circumstances_are_told(live: LiveHousehold, library: Library, handle: str) -> None:
    receipt, one = own_receipt(live, handle)
    who = next(person for person in live.household.persons if person.id == one.visit.patient)
    used = ledger_at(live, who.id, DAY, one.visit.kind, one).used
    assert used is not None
    told = one.facts.beside(facts_of(who)).beside(Facts(used_pool=used.pool, used_deductible=used.all_levels))
    checked = check(receipt, told, library, place=PLACE)
    assert checked.verdict != "differs", report(checked, handle, Wording("zh"), {})
    notes = {note.code for note in checked.unchecked}
    assert {"other-province": "cross-province", "two-disease": "items", "stated": "no-rule"}.get(handle, "") in (
        *notes,
        "",
    )


def test_no_amount_below_0_and_no_field_twice(live: LiveHousehold, library: Library) -> None:
    """The receipt of a facility that was not designated, held against the rules of a designated one."""
    checked = by_ledger(live, library, "not-designated", Facts(designated=True))
    assert checked.verdict == "differs"
    fields = [found.field for found in checked.findings]
    assert len(fields) == len(set(fields)) and min(checked.expected.values()) >= 0
    assert all(found.expected is None or found.expected >= 0 for found in checked.findings)
    assert "-" not in report(checked, "单", Wording("zh"), {}).replace("not-", "").replace(DAY.isoformat(), "").replace(
        "HN-", ""
    ).replace("N-", "").replace("SYS-", "")


def test_whether_it_was_designated_stands_on_the_receipt(library: Library) -> None:
    (found,) = parse_text('{"medfee_sumamt": "1.00", "psn_cash_pay": "1.00", "是否定点": "非定点"}', "own")
    assert found.facts.designated is False
    (found,) = parse_text('{"medfee_sumamt": "1.00", "psn_cash_pay": "1.00", "是否定点": "是", "签约": "否"}', "own")
    assert (found.facts.designated, found.facts.contracted) == (True, False)
