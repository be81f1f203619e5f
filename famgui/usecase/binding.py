"""Binding asked about before it is done: every rule looked at, the places taken, and what was shared under a row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.binding import Binding, bind_problems
from famgui.domain.household import Premium, Refund
from famgui.domain.identity import Relation, birth_date
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.problem import Code
from famgui.domain.rule import NOTHING, Value
from famgui.domain.rulebook import Rules
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome, Running

RuleCode: TypeAlias = Literal[
    "SELF_BINDING",
    "NO_ACCOUNT",
    "NOT_INSURED",
    "OTHER_PROVINCE",
    "RELATION_NOT_ALLOWED",
    "DUPLICATE_BINDING",
    "BIND_LIMIT",
    "LIFETIME_LIMIT",
]
RULE_CODES: tuple[RuleCode, ...] = get_args(RuleCode)
"""The rules of a new binding in the order in which people think of them, by the code of their refusal."""

State: TypeAlias = Literal["passed", "failed", "warning", "unasked"]

_VALUE_OF: dict[RuleCode, str] = {
    "RELATION_NOT_ALLOWED": "binding.relations",
    "BIND_LIMIT": "binding.at-once",
    "LIFETIME_LIMIT": "binding.lifetime",
}
_OLDER_BY: dict[Relation, int] = {
    "parent": 16,
    "child": -16,
    "paternal-grandparent": 32,
    "maternal-grandparent": 32,
    "sons-child": -32,
    "daughters-child": -32,
}
"""Years by which the user is older than the authorizer at the least, in most families. Only ever a warning."""


class Check(NamedTuple):
    """One rule looked at. `code` is the refusal it guards against, or `DATES` or `AGES`; `unasked`: another refusal
    leaves nothing to ask.

    `taken` of `limit` places stand with the two limits (`limit` None: there is none), years older with `AGES`. `weak`
    marks a rule that is not confirmed.
    """

    code: RuleCode | Literal["DATES", "AGES"]
    state: State
    subject: str
    clause: str = ""
    taken: int = 0
    limit: int | None = None
    weak: bool = False


def checks(new: Binding, running: Running, rules: Rules, day: date) -> tuple[Check, ...]:
    """Every rule that a new binding meets on `day`, passed ones too; it may be recorded when none has failed.

    Refusals are those of `domain.binding.bind_problems`; ages from ID numbers only warn (domain.md, Who may be bound).
    """
    register = [row for row in running.register if row.authorizer == new.authorizer]
    problems = bind_problems(new, register, running.persons, rules, day=day)
    alone = any(problem.code == "SELF_BINDING" for problem in problems)
    places = places_taken(new.authorizer, running.register, rules, day)
    found: list[Check] = []
    for code in RULE_CODES:
        value = rules.find(_VALUE_OF[code]) if code in _VALUE_OF else NOTHING
        taken, limit = places.of(code)
        failed = [problem for problem in problems if problem.code == code]
        for problem in failed:
            found.append(Check(code, "failed", problem.subject, problem.clause, taken, limit))
        if not failed:
            subject = new.authorizer if code == "NO_ACCOUNT" else new.user
            state: State = "unasked" if alone else "warning" if value.weak else "passed"
            clause = value.clause or rules.reason(code)
            found.append(Check(code, state, subject, clause, taken, limit, value.weak))
    found.append(_dates(new, day))
    if not alone:
        found.extend(_ages(new.relation, running.persons[new.authorizer], running.persons[new.user]))
    return tuple(found)


def _dates(new: Binding, day: date) -> Check:
    if new.ends is not None and new.ends < new.starts:
        return Check("DATES", "failed", new.user)
    return Check("DATES", "passed" if new.open_on(day) else "warning", new.user)


def _ages(relation: Relation, authorizer: Person, user: Person) -> Iterator[Check]:
    least = _OLDER_BY.get(relation)
    births = [birth_date(person.id_number) if person.id_number else None for person in (authorizer, user)]
    if least is None or births[0] is None or births[1] is None:
        return
    elder, younger = (births[1], births[0]) if least > 0 else (births[0], births[1])
    older = younger.year - elder.year - ((younger.month, younger.day) < (elder.month, elder.day))
    yield Check("AGES", "passed" if older >= abs(least) else "warning", user.id, taken=older)


@dataclass(frozen=True, slots=True)
class Places:
    """How many different users an authorizer has bound, at once and ever, and how many the place allows (None: any)."""

    at_once: int
    at_once_rule: Value
    lifetime: int
    lifetime_rule: Value

    def of(self, code: Code) -> tuple[int, int | None]:
        """Places taken and allowed under the limit that refuses with this code; (0, None) for any other code."""
        if code == "BIND_LIMIT":
            return self.at_once, self.at_once_rule.value
        if code == "LIFETIME_LIMIT":
            return self.lifetime, self.lifetime_rule.value
        return 0, None


def places_taken(authorizer: str, register: Iterable[Binding], rules: Rules, day: date) -> Places:
    """The places that an authorizer's rows take on a day: at once those of open rows, over a lifetime those of all."""
    rows = [row for row in register if row.authorizer == authorizer]
    return Places(
        len({row.user for row in rows if row.open_on(day)}),
        rules.find("binding.at-once"),
        len({row.user for row in rows}),
        rules.find("binding.lifetime"),
    )


SOON = 30
"""Days before its end from which a binding is said to expire."""
RECENT = 365
"""Days for which an ended binding that nobody renewed is still worth a word."""

RowState: TypeAlias = Literal["in-force", "expiring", "upcoming", "expired", "unbound"]


def row_state(row: Binding, day: date) -> tuple[RowState, int]:
    """What a row is on a day, and the days until it ends (`expiring`) or begins (`upcoming`), else 0."""
    if row.unbound(day):
        return "unbound", 0
    if row.ends is not None and row.ends < day:
        return "expired", 0
    if day < row.starts:
        return "upcoming", (row.starts - day).days
    if row.ends is not None and (row.ends - day).days <= SOON:
        return "expiring", (row.ends - day).days
    return "in-force", 0


def to_renew(register: Iterable[Binding], day: date) -> tuple[Binding, ...]:
    """The last row of every pair that ends soon or ended of late, earliest end first; none for a pair unbound."""
    pairs: dict[tuple[str, str], Binding] = {}
    for row in register:
        kept = pairs.get((row.authorizer, row.user))
        if kept is None or _end(kept) <= _end(row):
            pairs[row.authorizer, row.user] = row
    ending = [row for row in pairs.values() if not row.unbound(day) and -RECENT <= (_end(row) - day).days <= SOON]
    return tuple(sorted(ending, key=_end))


def _end(row: Binding) -> date:
    return min(row.unbound_on or date.max, row.ends or date.max)


def shared_by_row(register: Sequence[Binding], outcomes: Iterable[Outcome], year: int) -> tuple[Fen, ...]:
    """What was shared under each row in a natural year, in fen: visits and premiums less what refunds brought back."""
    sums = [0] * len(register)
    for authorizer, user, day, amount in _shared(outcomes, year):
        rows = [index for index, row in enumerate(register) if (row.authorizer, row.user) == (authorizer, user)]
        live = [index for index in rows if register[index].in_force(day)]
        begun = [index for index in rows if register[index].starts <= day]
        chosen = live[:1] or begun[-1:] or rows[-1:]
        for index in chosen:
            sums[index] += amount
    return tuple(sums)


def _shared(outcomes: Iterable[Outcome], year: int) -> Iterator[tuple[str, str, date, Fen]]:
    visits: dict[str, Visit] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.event.date):
        event = outcome.event
        if isinstance(event, Visit):
            visits[event.id] = event
        if event.date.year != year:
            continue
        visit = visits.get(event.of) if isinstance(event, Refund) else event if isinstance(event, Visit) else None
        if visit is not None:
            for settlement, sign in ((outcome.reversed, -1), (outcome.settlement, 1)):
                for account, amount in _paid(settlement):
                    yield account, visit.patient, visit.date, sign * amount
        if isinstance(event, Premium):
            for line in outcome.premiums:
                if line.paid:
                    yield event.payer, line.person, event.date, line.paid


def _paid(settlement: Settlement | None) -> Iterator[tuple[str, Fen]]:
    if settlement is not None:
        for payment in settlement.payments:
            if payment.payer == "shared":
                yield payment.account, payment.draw.total


def year_at_hand(running: Running, outcomes: Iterable[Outcome], today: date) -> int:
    """The natural year whose figures are worth showing: this one, or the latest one with figures when it has none."""
    years = {outcome.event.date.year for outcome in outcomes} | {year for _, year, _ in running.used}
    if today.year in years or not years:
        return today.year
    return max((year for year in years if year < today.year), default=min(years))
