"""A receipt held against a real book: whose it is, what the ledger knew then, and the verdict that follows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.domain.receipt.stated import NO_FACTS, Facts, Receipt, Verification
from famgui.files.answer import settlement_fields
from famgui.files.casefile import read_case
from famgui.files.receipt.raw import FaultyReceipt
from famgui.policy.library import Library
from famgui.usecase.household import LiveHousehold, import_household, load
from famgui.usecase.verify import check, fault_lines, parse_text, report, rules_at
from famgui.usecase.verify_book import facts_of, ledger_at, likely, recorded_visits
from tests.store.making import NOW, SAMPLE, new_book

PLACE = "430200"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[LiveHousehold]:
    """The sample family's year in a book."""
    with new_book(tmp_path_factory.mktemp("verify")) as book:
        home, _ = import_household(book, library.book, read_case(SAMPLE), "家", now=NOW)
        yield load(book, library.book, home)


def receipts(live: LiveHousehold) -> Mapping[str, Receipt]:
    """A receipt of every recorded visit, as our own answer states it, by the visit's handle."""
    found = {}
    for one in recorded_visits(live):
        document = settlement_fields(one.done) | {"setl_time": one.visit.date.isoformat(), "id": one.visit.id}
        (found[one.visit.id],) = parse_text(json.dumps(document), "own")
    return found


def held(live: LiveHousehold, library: Library, receipt: Receipt, *, record: bool = True) -> Verification:
    """The receipt as the window holds it: person and record found, the rest from the household."""
    person, found = likely(live, receipt)
    facts = receipt.facts.beside(found.facts if found is not None else NO_FACTS)
    who = next((one for one in live.household.persons if one.id == person), None)
    facts = facts if who is None else facts.beside(facts_of(who))
    ledger = ledger_at(live, person, facts.day, facts.kind, found if record else None) if person else None
    return check(receipt, facts, library, place=PLACE, ledger=ledger)


def test_every_recorded_visit_agrees_with_its_own_receipt(live: LiveHousehold, library: Library) -> None:
    found = receipts(live)
    assert len(found) >= 5
    for handle, receipt in found.items():
        assert likely(live, receipt)[1].visit.id == handle  # type: ignore[union-attr]
        checked = held(live, library, receipt)
        assert (handle, checked.verdict, checked.findings) == (handle, "agrees", ())


def test_a_receipt_with_one_wrong_field_is_found_and_named(live: LiveHousehold, library: Library) -> None:
    for handle, receipt in receipts(live).items():
        for name, amount in receipt.amounts.items():
            checked = held(live, library, receipt.having(**{name: amount + 10}))
            named = [one.field for one in checked.findings if one.severity != "info"]
            assert (handle, named) == (handle, [name])
            assert checked.findings[0].expected == amount


def test_the_ledger_knows_the_year_and_the_accounts_before_the_visit(live: LiveHousehold) -> None:
    may = next(one for one in recorded_visits(live) if one.visit.patient == "wang" and one.visit.kind == "outpatient")
    ledger = ledger_at(live, "wang", None, None, may)
    assert ledger.used is not None and (ledger.used.pool, ledger.used.all_levels) == (40_000, 25_000)
    assert ledger.recorded is not None and ledger.recorded["hifp_pay"] == may.done.pool
    later = ledger_at(live, "wang", date(2025, 12, 31), "outpatient")
    assert later.used is not None and later.used == live.running.used["wang", 2025, "outpatient"]
    assert later.recorded is None and later.wallet is not None
    same_day = ledger_at(live, "wang", may.visit.date, "outpatient")
    assert same_day.used is not None and same_day.used.pool == 40_000 + may.done.pool
    after = ledger_at(live, "wang", date(2026, 1, 5), "outpatient")
    assert after.used is not None and after.used.pool == 0, "a new year begins"
    assert after.wallet is not None and after.wallet.balances["wang"].current == 0


def test_whose_receipt_it_is(live: LiveHousehold) -> None:
    anybody = Receipt({"medfee_sumamt": 1})
    assert likely(live, anybody) == ("", None)
    assert likely(live, replace(anybody, patient="李强")) == ("li", None)
    assert likely(live, replace(anybody, id_masked="430***********0029")) == ("wang", None)
    assert likely(live, replace(anybody, id_masked="430***********9999", patient="王芳")) == ("", None)


def test_a_refund_is_not_held_against_the_accounts_after_it(live: LiveHousehold, library: Library) -> None:
    receipt = receipts(live)["五月三级医院"]
    back = replace(receipt, amounts={name: -amount for name, amount in receipt.amounts.items()}, details=())
    who = replace(back, patient="王芳", facts=Facts(kind="outpatient", level="tertiary", day=date(2025, 12, 30)))
    checked = held(live, library, who)
    assert "refund" in [note.code for note in checked.unchecked]
    assert (checked.verdict, checked.findings) == ("agrees", ())


@pytest.mark.parametrize(
    ("place", "book"), [("430200", "430200"), ("430299", "430200"), ("430281", "430200"), ("430105", "430000")]
)
def test_places_as_receipts_name_them(library: Library, place: str, book: str) -> None:
    found = rules_at(library, place)
    assert found is not None and found.place == book
    assert rules_at(library, "999999") is None


def test_a_place_without_rules_leaves_the_sums(library: Library) -> None:
    (receipt,) = parse_text('{"medfee_sumamt": 10, "psn_part_amt": 10, "fund_pay_sumamt": 0, "hifp_pay": 0}', "r")
    checked = check(receipt, Facts(place="999999"), library, place=PLACE)
    assert (checked.verdict, [note.code for note in checked.unchecked]) == ("incomplete", ["place"])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_tells_everything(live: LiveHousehold, library: Library, language: str) -> None:
    wording, names = Wording(language), {person.id: person.name for person in live.household.persons}  # type: ignore[arg-type]
    receipt = next(one for one in receipts(live).values() if one.amounts["act_pay_dedc"])
    wrong = receipt.having(psn_cash_pay=receipt.amounts["psn_cash_pay"] + 123, act_pay_dedc=1)
    text = report(held(live, library, wrong), "r.json", wording, names)
    assert text.startswith("✗ r.json")
    for shown in ("psn_cash_pay", "act_pay_dedc", "1.23", "[SYS-06]"):
        assert shown in text
    assert "{" not in text


def test_faults_are_told_with_the_files_name_only() -> None:
    with pytest.raises(FaultyReceipt) as raised:
        parse_text('{"medfee_sumamt": "x", "psn_cash_pay": 1}', str(Path("/somewhere/else/r.json")))
    (line,) = fault_lines(raised.value, Wording("zh"))
    assert line.startswith("r.json:1: medfee_sumamt: ")
