"""What is to be remembered at the counter, each with the clause that says so: credential, cashier, no cash."""

from collections.abc import Iterator
from typing import NamedTuple

from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement
from famgui.policy.library import Library

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


def reminders(settlement: Settlement, rules: Rules, library: Library) -> Iterator[Reminder]:
    """What to remember for this settlement under the rules of its day; nothing that no rule says."""
    credential = rules.find("remind.credential")
    if credential.value:
        yield _reminder("credential", credential)
        if _AUTHORIZERS_CODE in library.clauses:
            yield Reminder("authorizers-code", (_AUTHORIZERS_CODE,))
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
