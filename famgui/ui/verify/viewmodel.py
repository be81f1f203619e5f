"""What the verify page shows: a receipt as read and mended by hand, whose it is, and what came of checking it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.money import grouped
from famgui.domain.receipt.stated import FIELDS, NO_FACTS, RATIO, USUAL, Facts, Finding, Reading, Receipt, Verification
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.verify import (
    DEFAULT_PLACE,
    FaultyReceipt,
    Ledger,
    Teller,
    amount_typed,
    check,
    fault_lines,
    names,
    parse_text,
    ratio_typed,
    read_receipts,
)
from famgui.usecase.verify_book import Recorded, facts_of, ledger_at, likely, recorded_visits

_KEYS: tuple[str, ...] = ("medfee_sumamt", "hifp_pay", "fund_pay_sumamt", "psn_part_amt", "acct_pay", "psn_cash_pay")
"""Fields that are shown even where the receipt does not list them."""


def readable(name: str, text: str) -> bool:
    """Whether what is typed can stand in a field: a figure, or nothing."""
    try:
        ratio_typed(text) if name == RATIO else amount_typed(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the receipt as texts, "" where there is nothing; `severity` of what is wrong with it, if any."""

    name: str
    label: str
    stated: str
    expected: str
    severity: str


class VerifyVM(QObject):
    """Holds the receipt; `changed` when it, its circumstances or the answer changed. The check runs on the worker
    thread, so that typing is never held up; only the latest answer is taken."""

    changed = Signal()

    def __init__(self, desk: Desk, reading: Reading = USUAL) -> None:
        super().__init__()
        self._desk = desk
        self.title = ""
        self.receipts: tuple[Receipt, ...] = ()
        self.receipt: Receipt | None = None
        self.at = 0
        self.faults: tuple[str, ...] = ()
        self.asked: Facts = NO_FACTS
        self.person = ""
        self.record: Recorded | None = None
        self.reading = reading
        self.checked: Verification | None = None
        self.ledger: Ledger | None = None
        self._turn = 0
        self._kept: tuple[object, Ledger] | None = None
        desk.changed.connect(self.refresh)

    @property
    def teller(self) -> Teller:
        """Who tells what was found, with thousands commas."""
        return Teller(self._desk.wording, self._desk.names, grouped)

    @property
    def facts(self) -> Facts:
        """The circumstances in force: typed here, else of the receipt, of the record, of the household's person."""
        facts = self.asked
        if self.receipt is not None:
            facts = facts.beside(self.receipt.facts)
        if self.record is not None:
            facts = facts.beside(self.record.facts)
        person = next((person for person in self._desk.persons if person.id == self.person), None)
        return facts if person is None else facts.beside(facts_of(person))

    @property
    def visits(self) -> tuple[Recorded, ...]:
        """The visits of the ledger that the receipt may be of: the person's, or everybody's."""
        live = self._desk.live
        found = () if live is None else recorded_visits(live)
        return tuple(one for one in found if self.person in ("", one.visit.patient))

    def open_file(self, path: Path) -> None:
        """Read a file; its first receipt is taken."""
        self._read(path.name, lambda: read_receipts(path))

    def take_text(self, text: str) -> None:
        """Read what was pasted."""
        title = tr("Pasted")
        self._read(title, lambda: parse_text(text, title))

    def _read(self, title: str, read: Callable[[], tuple[Receipt, ...]]) -> None:
        def failed(error: BaseException) -> None:
            if not isinstance(error, FaultyReceipt):
                self._desk.ops.crashed.emit(error)
                return
            self.clear()
            self.faults = fault_lines(error, self._desk.wording)
            self.changed.emit()

        def done(receipts: tuple[Receipt, ...]) -> None:
            self.title, self.receipts, self.faults = title, receipts, ()
            self.choose(0)

        self._desk.ops.run(tr("Reading the receipt"), lambda _: read(), done, failed)

    def choose(self, at: int) -> None:
        """Take one of the file's receipts, and whose it probably is."""
        self.at, self.receipt, self.checked = at, self.receipts[at], None
        self.asked, self.person, self.record = NO_FACTS, "", None
        live = self._desk.live
        if live is not None:
            self.person, self.record = likely(live, self.receipt)
        self._check()

    def clear(self) -> None:
        """Put the receipt away."""
        self.title, self.receipts, self.receipt, self.checked, self.faults = "", (), None, None, ()
        self.asked, self.person, self.record, self.ledger = NO_FACTS, "", None, None
        self._turn += 1
        self.changed.emit()

    def refresh(self) -> None:
        """The household at hand is another one, or has changed."""
        self._kept = None
        if self.person not in {person.id for person in self._desk.persons}:
            self.person, self.record = "", None
        if self.receipt is not None:
            self._check()
        else:
            self.changed.emit()

    def set_value(self, name: str, text: str) -> bool:
        """Put a figure in a field's place, "" takes it away; False when it is none."""
        if self.receipt is None or not readable(name, text):
            return False
        value = ratio_typed(text) if name == RATIO else amount_typed(text)
        if value != self.receipt.get(name):
            if name == RATIO:
                self.receipt = replace(self.receipt, ratio=value)
            else:
                amounts = {other: amount for other, amount in self.receipt.amounts.items() if other != name}
                self.receipt = replace(self.receipt, amounts=amounts if value is None else {**amounts, name: value})
            self._check()
        return True

    def ask(self, **facts: Any) -> None:
        """Take a circumstance as told here; None leaves it to the receipt, the record and the household."""
        self.asked = replace(self.asked, **facts)
        self._check()

    def set_person(self, handle: str) -> None:
        """Whose receipt it is; "" for nobody of the household."""
        self.person = handle
        if self.record is not None and self.record.visit.patient != handle:
            self.record = None
        self._check()

    def set_record(self, visit: str) -> None:
        """Of which recorded visit; "" for none."""
        self.record = next((one for one in self.visits if one.visit.id == visit), None)
        if self.record is not None:
            self.person = self.record.visit.patient
        self._check()

    def set_reading(self, reading: Reading) -> None:
        """How account and fund fields are read where both readings fit."""
        self.reading = reading
        self._check()

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The fields worth a line: what is stated, what should be, and the main ones."""
        receipt, checked = self.receipt, self.checked
        if receipt is None:
            return ()
        expected = {} if checked is None else checked.expected
        found: dict[str, Finding] = {}
        for one in () if checked is None else checked.findings:
            for name in (one.field, *(other for other, _ in one.others)):
                found.setdefault(name, one)
        return tuple(
            FieldRow(
                name,
                names().label(name, self._desk.wording.language),
                "" if receipt.get(name) is None else self.teller.figure(name, receipt.get(name)),
                self.teller.figure(name, expected[name]) if name in expected else "",
                found[name].severity if name in found else "",
            )
            for name in FIELDS
            if name in _KEYS or receipt.get(name) is not None or (expected.get(name) and name not in _NEVER)
        )

    def _check(self) -> None:
        receipt, live = self.receipt, self._desk.live
        if receipt is None:
            return
        self._turn += 1
        turn, facts, reading = self._turn, self.facts, self.reading
        place = DEFAULT_PLACE if live is None else live.household.place
        person, record, library = self.person, self.record, self._desk.library
        key = (id(live), person, facts.day, facts.kind, record and record.visit.id)

        def work() -> tuple[Verification, Ledger | None]:
            ledger = None
            if live is not None and person:
                kept = self._kept
                ledger = kept[1] if kept and kept[0] == key else ledger_at(live, person, facts.day, facts.kind, record)
            return check(receipt, facts, library, place=place, reading=reading, ledger=ledger), ledger

        def done(answer: tuple[Verification, Ledger | None]) -> None:
            if turn == self._turn:
                self.checked, self.ledger = answer
                self._kept = (key, self.ledger) if self.ledger is not None else None
                self.changed.emit()

        self._desk.ops.run(tr("Checking the receipt"), lambda _: work(), done)
        self.changed.emit()


_NEVER = frozenset({"selfAcctPay", "balc"})
"""Fields that no line is opened for when the receipt does not list them."""
