"""Verify a receipt: read it, find the rules for it, check it, tell it, offer the template."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from famgui.base.wording import Wording
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.money import grouped
from famgui.domain.person import Person, province
from famgui.domain.receipt.check import verify
from famgui.domain.receipt.known import Known
from famgui.domain.receipt.stated import USUAL, Facts, Reading, Receipt, Verification
from famgui.domain.receipt.trial import Wallet
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Facility
from famgui.files.receipt.names import Names, names
from famgui.files.receipt.raw import FaultyReceipt
from famgui.files.receipt.reading import parse_text, read_receipts
from famgui.files.receipt.sentence import MARKS, SEVERITY_MARKS, Teller, clauses_of, lines
from famgui.files.receipt.template import write_template
from famgui.files.receipt.values import amount as amount_typed
from famgui.files.receipt.values import ratio as ratio_typed
from famgui.files.sentence import step_sentence
from famgui.policy.library import Library, NoRuleBook

__all__ = [
    "DEFAULT_PLACE",
    "MARKS",
    "SEVERITY_MARKS",
    "FaultyReceipt",
    "Ledger",
    "Names",
    "Teller",
    "amount_typed",
    "check",
    "clauses_of",
    "fault_lines",
    "names",
    "parse_text",
    "ratio_typed",
    "read_receipts",
    "report",
    "rules_at",
    "step_sentence",
    "write_template",
]


DEFAULT_PLACE = "430200"
"""Where a receipt is from when neither it nor anybody says so."""


class Ledger(NamedTuple):
    """What the ledger knew of a household's person when the visit was: the year to date (None: not known for which
    kind), the accounts, and of the recorded settlement that the receipt is of, the figures by field, bill, facility."""

    patient: Person
    used: YearToDate | None
    wallet: Wallet | None
    recorded: Mapping[str, int] | None = None
    items: tuple[Item, ...] = ()
    facility: Facility | None = None


def rules_at(library: Library, place: str) -> RuleBook | None:
    """The rule book of a place as receipts name it: its own, its city's (430202 and 430299 are Zhuzhou), its
    province's; None where nobody has one."""
    known = {pack.place for pack in library.packs}
    city = f"{place[:4]}00"
    for code in (place, city, province(place)):
        if code in known or code == province(place):
            try:
                return library.book(code)
            except NoRuleBook:
                continue
    return None


def check(
    receipt: Receipt,
    facts: Facts,
    library: Library,
    *,
    place: str,
    reading: Reading = USUAL,
    ledger: Ledger | None = None,
) -> Verification:
    """Hold a receipt against identities and rules. `facts` come before the receipt's own, `place` after both; `ledger`
    is what a household's ledger knows, where it is of one."""
    told = facts.beside(receipt.facts)
    told = told if told.place else replace(told, place=place)
    own = ledger is not None and ledger.facility is not None and told.place == ledger.patient.insured_place
    book = rules_at(library, place if own else told.place or place)  # the ledger settles by the household's rules
    if ledger is not None and receipt.turned and ledger.recorded is None:
        ledger = ledger._replace(used=None, wallet=None)  # the ledger's state is after what the refund takes back
    known = Known(book) if ledger is None else Known(book, *ledger)
    return verify(receipt, told, known, names().clauses, reading)


def report(checked: Verification, title: str, wording: Wording, people: Mapping[str, str]) -> str:
    """The whole report as text, to be printed or copied."""
    return "\n".join(lines(checked, title, Teller(wording, people, grouped)))


def fault_lines(error: FaultyReceipt, wording: Wording) -> tuple[str, ...]:
    """What is wrong with a file or text, one line a fault."""
    teller = Teller(wording)
    return tuple(teller.fault(Path(error.path).name, fault) for fault in error.faults)
