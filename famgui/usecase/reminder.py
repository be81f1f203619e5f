"""What is to be remembered at the counter, each with the clause that says so: credential, cashier, no cash."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement
from famgui.policy.library import Library
from famgui.usecase.policy_links import in_force, succession

_AUTHORIZERS_CODE = "S2-14"
"""Article C's advice to show the authorizer's code, which N-10 contradicts."""


class Reminder(NamedTuple):
    """Something to be remembered at the counter: credential, authorizers-code (it is wrong to show
    it), tell-cashier, by-itself (the system shares unasked),
    tell-cashier-too (another source of the place says to tell), cash-out; the clauses that say so. `weak`: unconfirmed.
    """

    key: str
    clauses: tuple[str, ...]
    weak: bool = False


def reminders(settlement: Settlement, rules: Rules, library: Library, day: date) -> Iterator[Reminder]:
    """What to remember for a settlement of this day under the rules of that day; nothing that no rule says."""
    credential = rules.find("remind.credential")
    if credential.value:
        yield _reminder("credential", credential)
        if _AUTHORIZERS_CODE in library.clauses:
            yield Reminder("authorizers-code", (_AUTHORIZERS_CODE,))
    cashier = rules.find("remind.tell-cashier")
    if settlement.shared and cashier.value is not None:
        yield _reminder("tell-cashier" if cashier.value else "by-itself", cashier)
        against = () if cashier.value else _against(cashier.clause, rules.place, library, day)
        if against:
            yield Reminder("tell-cashier-too", against, True)
    no_cash = rules.find("remind.no-cash")
    if no_cash.value and settlement.own + settlement.shared:
        yield _reminder("cash-out", no_cash)


def _reminder(key: str, rule: Value) -> Reminder:
    return Reminder(key, (rule.clause, *rule.beside), rule.weak)


def _against(clause: str, place: str, library: Library, day: date) -> tuple[str, ...]:
    """The clauses of the place itself in force on the day that contradict one of its province or of the nation on the
    same topic; what was never in force together with it replaces it, or was replaced by it, and is no conflict."""
    found = library.clauses.get(clause)
    if found is None:
        return ()
    others = (library.clauses[name] for name in found.conflicts if name in library.clauses)
    return tuple(
        other.id
        for other in others
        if (other.place, other.topic) == (place, found.topic) and in_force(other, day) and not succession(found, other)
    )
