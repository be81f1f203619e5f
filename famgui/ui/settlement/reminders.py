"""What is to be remembered at the counter, each with the clause that says so: credential, cashier, no cash."""

from typing import NamedTuple

from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement
from famgui.policy.library import Library, NoRuleBook
from famgui.ui.shell.i18n import tr

_AUTHORIZERS_CODE = "S2-14"
"""Article C's advice to show the authorizer's code, which N-10 contradicts."""


class Reminder(NamedTuple):
    """A sentence, the clauses behind it, and whether they are unconfirmed."""

    text: str
    clauses: tuple[str, ...]
    weak: bool = False


def reminders(settlement: Settlement, rules: Rules, library: Library) -> list[Reminder]:
    """What to remember for this settlement under the rules of the day; no place's words without a clause of its own."""
    found: list[Reminder] = []
    credential = rules.find("remind.credential")
    if credential.value:
        text = tr("At the counter show the patient's own credential only; cards cannot be shared.")
        found.append(_reminder(text, credential))
        if _AUTHORIZERS_CODE in library.clauses:
            wrong = tr("To show the authorizer's code, as one source has it, is wrong.")
            found.append(Reminder(wrong, (_AUTHORIZERS_CODE,)))
    if settlement.shared:
        found.extend(_tell_cashier(rules, library))
    no_cash = rules.find("remind.no-cash")
    if no_cash.value and settlement.own + settlement.shared:
        found.append(_reminder(tr("Account money cannot be cashed out."), no_cash))
    return found


def _tell_cashier(rules: Rules, library: Library) -> list[Reminder]:
    """Whether the cashier has to be told; where the place's sources differ, both sides."""
    rule = rules.find("remind.tell-cashier")
    if rule.value:
        return [_reminder(tr("Tell the cashier that the family account is to pay."), rule)]
    if rule.value is None:
        return []
    made = [_reminder(tr("The system shares by itself; there is no need to ask for it."), rule)]
    against = _against(rule.clause, rules.place, library)
    if against:
        made.append(Reminder(tr("Another source: tell the cashier that the family account is to pay."), against, True))
    return made


def _reminder(text: str, rule: Value) -> Reminder:
    return Reminder(text, (rule.clause, *rule.beside), rule.weak)


def _against(clause: str, place: str, library: Library) -> tuple[str, ...]:
    """The clauses of the place itself that contradict one of its province or of the nation."""
    try:
        own = library.chain(place)[0]
    except NoRuleBook:
        return ()
    found = library.clauses.get(clause)
    conflicts = () if found is None else found.conflicts
    topic = "" if found is None else found.topic
    return tuple(
        name
        for name in conflicts
        if name in library.clauses and library.clauses[name].place == own and library.clauses[name].topic == topic
    )
