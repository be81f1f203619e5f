"""From names and values as they were written to a receipt: spellings joined, codes read, faults told in place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from famgui.domain.money import Fen
from famgui.domain.receipt.stated import CASH, FIELDS, OWN, POOL, RATIO, SHARED, Facts, Receipt
from famgui.files.receipt import values as read
from famgui.files.receipt.names import Names, plain

_MOBILE = frozenset({"feesumamt", "othfeeamt"})
_FLAGS = frozenset({"designated", "contracted"})
_SPLIT_INPUTS = {
    "total": "medfee_sumamt",
    "self_paid": "fulamt_ownpay_amt",
    "over_limit": "overlmt_selfpay",
    "upfront": "preselfpay_amt",
}
"""Our own trace's names of a bill's parts."""


class ReceiptFault(NamedTuple):
    """What cannot be read: where (`line` from 1, None where unknown; `field` as written), and why."""

    code: str
    field: str = ""
    line: int | None = None
    values: tuple[tuple[str, object], ...] = ()


class FaultyReceipt(Exception):
    """A file or text that is no receipt, or has values that cannot be read; every fault is told."""

    def __init__(self, path: str, faults: Sequence[ReceiptFault]) -> None:
        super().__init__(path)
        self.path = path
        self.faults = tuple(faults)


class Written(NamedTuple):
    """One name with its value, as written, and its line or row."""

    name: str
    value: object
    line: int | None = None


@dataclass(slots=True)
class Raw:
    """One settlement result as written. `around` is what stands near it and may tell circumstances only; `funds` are
    the rows of setldetail, `payments` and `steps` those of our own answer; `strangers` names that nobody knows."""

    written: list[Written]
    around: list[Written] = field(default_factory=list)
    funds: list[Mapping[str, Any]] = field(default_factory=list)
    payments: list[Mapping[str, Any]] = field(default_factory=list)
    steps: list[Mapping[str, Any]] = field(default_factory=list)
    strangers: list[Written] = field(default_factory=list)


class _Reader:
    def __init__(self, raw: Raw, names: Names, faults: list[ReceiptFault]) -> None:
        self.raw, self.names, self.faults = raw, names, faults
        self.stated: dict[str, list[tuple[str, int]]] = {}
        self.unread: list[tuple[str, str]] = []
        self.unsure: list[tuple[str, str]] = []

    def amounts(self) -> None:
        """Every field, in all its spellings."""
        for written in self.raw.written:
            name = self.names.field(written.name)
            if name is not None:
                found = self._value(written, name)
                if found is not None:
                    self.stated.setdefault(name, []).append((written.name, found))

    def _value(self, written: Written, name: str) -> int | None:
        try:
            return read.ratio(written.value) if name == RATIO else read.amount(written.value)
        except read.NotReadable as wrong:
            shown = (("value", read.text(written.value)),)
            self.faults.append(ReceiptFault(wrong.code, written.name, written.line, shown))
            return None

    def chosen(self, name: str) -> tuple[str, int] | None:
        """The spelling taken: the interface's own if it is there, else the first."""
        found = self.stated.get(name)
        if not found:
            return None
        return next((pair for pair in found if plain(pair[0]) == plain(name)), found[0])

    def fact(self, name: str) -> Any:
        """A fact's value, from the receipt itself or from what stands around it; None where nobody tells."""
        named = self.names.facts[name]
        unread: list[tuple[str, str]] = []
        for spelling in dict.fromkeys((named.name, *named.spellings, named.zh)):
            for written in (*self.raw.written, *self.raw.around):
                if plain(written.name) != plain(spelling):
                    continue
                try:
                    found = self._read(name, written)
                except read.NotReadable:
                    unread.append((written.name, read.text(written.value)))
                    continue
                if found is not None:
                    if read.text(written.value).zfill(2) in named.unsure and name == "level":
                        self.unsure.append((written.name, read.text(written.value)))
                    return found
        self.unread += [pair for pair in unread if pair not in self.unread]
        return None

    def _read(self, name: str, written: Written) -> Any:
        value = written.value
        if name in ("day", "born"):
            return read.day(value)
        if name in ("used_pool", "used_deductible", "disease_limit"):
            return read.amount(value)
        if name in ("place", "facility_place"):
            code = read.text(value)
            if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
                raise read.NotReadable("place")
            return code or None
        if self.names.facts[name].codes:
            said = read.word(value, self.names.facts[name])
            return said if said is None or name not in _FLAGS else said == "yes"
        return read.text(value) or None


def receipt(raw: Raw, names: Names, faults: list[ReceiptFault]) -> Receipt:
    """The receipt; what cannot be read is added to `faults`."""
    reader = _Reader(raw, names, faults)
    reader.amounts()
    amounts: dict[str, Fen] = {}
    doubled: list[tuple[str, str, Fen]] = []
    for name in FIELDS:
        taken = reader.chosen(name)
        if taken is not None:
            amounts[name] = taken[1]
            others = dict.fromkeys(reader.stated[name])
            doubled += [(name, spelling, value) for spelling, value in others if value != taken[1]]
    ratio = amounts.pop(RATIO, None)
    details = [*_funds(raw, names), *_own_answer(raw, amounts)]
    facts = Facts(**{name: reader.fact(name) for name in Facts.__dataclass_fields__})
    mark = reader.fact("refund")
    strangers = [(written.name, read.text(written.value)) for written in raw.strangers]
    return Receipt(
        amounts,
        ratio,
        tuple(details),
        facts,
        refund=mark in ("1", "true", "True", "是"),
        number=reader.fact("number") or "",
        patient=reader.fact("patient") or "",
        id_masked=masked(reader.fact("id_number") or ""),
        mobile=any(plain(written.name) in _MOBILE for written in raw.written),
        doubled=tuple(doubled),
        unread=(*reader.unread, *strangers),
        unsure=tuple(reader.unsure),
    )


def masked(number: str) -> str:
    """An ID number with its first 3 and last 4 characters only."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) > 7 else "*" * len(number)


def _funds(raw: Raw, names: Names) -> Iterator[tuple[str, Fen]]:
    for row in raw.funds:
        name = names.funds.get(read.text(row.get("fund_pay_type")))
        try:
            paid = read.amount(row.get("fund_payamt"))
        except read.NotReadable:
            continue
        if name is not None and paid is not None:
            yield name, paid


def _own_answer(raw: Raw, amounts: dict[str, Fen]) -> Iterator[tuple[str, Fen]]:
    """What our own answer says a second time: payments by payer, the split behind them."""
    sums: dict[str, Fen] = {}
    for row in raw.payments:
        name = {"pool": POOL, "own": OWN, "shared": SHARED, "cash": CASH}.get(str(row.get("payer")))
        try:
            paid = read.amount(row.get("amount"))
        except read.NotReadable:
            continue
        if name is not None and paid is not None:
            sums[name] = sums.get(name, 0) + paid
    if raw.payments:
        amounts.setdefault(OWN, sums.pop(OWN, 0))
        sums.setdefault(SHARED, 0)
    yield from sums.items()
    for step in raw.steps:
        if step.get("name") == "split" and isinstance(step.get("inputs"), dict):
            parts = {name: step["inputs"].get(inside) for inside, name in _SPLIT_INPUTS.items()}
            for name, value in {**parts, "inscp_scp_amt": step.get("value")}.items():
                try:
                    listed = read.amount(value)
                except read.NotReadable:
                    continue
                if listed is not None:
                    yield name, listed
