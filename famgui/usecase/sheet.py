"""What a settlement sheet says, as data: every item's split, who paid and what was left, and the clauses behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from famgui.domain.bill import Item, Split, split
from famgui.domain.money import Fen
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement, Visit
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.reminder import Reminder, reminders

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
        tuple(reminders(settlement, rules, library, visit.date)),
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
