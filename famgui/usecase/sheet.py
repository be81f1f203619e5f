"""What a settlement sheet says, as data: every item's split, who paid and what was left, and the clauses behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from famgui.domain.bill import Item, Split, split
from famgui.domain.money import Fen
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement, Visit
from famgui.policy.library import Library
from famgui.policy.pack import Clause

WEAK_GRADES = frozenset("DSK")
"""Grades of clauses that no good source confirms."""


class BillLine(NamedTuple):
    """One item and how the catalogue splits it."""

    item: Item
    split: Split


class PayerLine(NamedTuple):
    """One payer: role (pool, own, shared, cash), whose account, how much, and what the account held after it."""

    role: str
    account: str
    amount: Fen
    left: Fen | None = None


class Basis(NamedTuple):
    """A clause behind the figures; `clause` None where no pack at hand has it. `weak`: not confirmed."""

    id: str
    clause: Clause | None
    weak: bool


class Reminder(NamedTuple):
    """Something to be remembered at the counter: credential, tell-cashier, by-itself (the system shares unasked),
    tell-cashier-too (another source of the place says to tell), cash-out; the clauses that say so. `weak`: unconfirmed.
    """

    key: str
    clauses: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class SheetData:
    """All that a settlement sheet needs beside names and words."""

    lines: tuple[BillLine, ...]
    payers: tuple[PayerLine, ...]
    bases: tuple[Basis, ...]
    reminders: tuple[Reminder, ...]


def sheet_data(visit: Visit, settlement: Settlement, rules: Rules, library: Library) -> SheetData:
    """The sheet of one visit and its settlement; `rules` are those of the visit's day."""
    return SheetData(
        tuple(BillLine(item, split((item,))) for item in visit.items),
        payers(settlement),
        bases(settlement, library),
        tuple(reminders(settlement, rules, library)),
    )


def payers(settlement: Settlement) -> tuple[PayerLine, ...]:
    """Who paid what, pool first and cash last; what was left in an account is read off the step that names it."""
    held: dict[tuple[str, str], Fen] = {}
    for step in settlement.steps:
        inputs: Mapping[str, int] = dict(step.inputs)
        if step.account and "balance" in inputs:
            held[step.name, step.account] = inputs["balance"] - step.value
    accounts = [
        PayerLine(payer, account, draw.total, held.get((payer, account)))
        for payer, account, draw in settlement.payments
    ]
    return (PayerLine("pool", "", settlement.pool), *accounts, PayerLine("cash", "", settlement.cash))


def bases(settlement: Settlement, library: Library) -> tuple[Basis, ...]:
    """Every clause that a step or a problem names, in the order in which they come up, once each."""
    weak: dict[str, bool] = {}
    for step in settlement.steps:
        for clause in (step.clause, *step.beside):
            weak[clause] = weak.get(clause, False) or (step.weak and clause == step.clause)
    for problem in settlement.problems:
        weak.setdefault(problem.clause, False)
    found = ((clause, library.clauses.get(clause)) for clause in weak if clause)
    return tuple(
        Basis(name, clause, weak[name] or (clause is not None and clause.grade in WEAK_GRADES))
        for name, clause in found
    )


def reminders(settlement: Settlement, rules: Rules, library: Library) -> Iterator[Reminder]:
    """What to remember for this settlement under the rules of its day; nothing that no rule says."""
    credential = rules.find("remind.credential")
    if credential.value:
        yield _reminder("credential", credential)
    cashier = rules.find("remind.tell-cashier")
    if settlement.shared and cashier.value is not None:
        yield _reminder("tell-cashier" if cashier.value else "by-itself", cashier)
        against = () if cashier.value else _against(cashier.clause, rules.place, library)
        if against:
            yield Reminder("tell-cashier-too", against, True)
    no_cash = rules.find("remind.no-cash")
    if no_cash.value and settlement.own + settlement.shared:
        yield _reminder("cash-out", no_cash)


def _reminder(key: str, rule: Value) -> Reminder:
    return Reminder(key, (rule.clause, *rule.beside), rule.weak)


def _against(clause: str, place: str, library: Library) -> tuple[str, ...]:
    """The clauses of the place itself that contradict one of its province or of the nation on the same topic."""
    found = library.clauses.get(clause)
    others = () if found is None else (library.clauses.get(name) for name in found.conflicts)
    topic = "" if found is None else found.topic
    return tuple(other.id for other in others if other is not None and (other.place, other.topic) == (place, topic))
