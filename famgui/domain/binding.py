"""Bindings (共济绑定关系): who may be bound, who is in force on a day, and in which order authorizers pay."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from famgui.domain.identity import Relation
from famgui.domain.money import Fen
from famgui.domain.person import Person, province
from famgui.domain.problem import Code, Problem
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules

ORDERS = ("priority", "latest-bound", "balance-desc", "single")
"""The orders in which several authorizers may pay (X-02)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the register: `relation` is what the user is to the authorizer; first and last day count; `ends`
    None is open; unbinding works at once, on `unbound_on` itself; `bound_at` carries no zone; `proof` names the paper
    that was brought."""

    authorizer: str
    user: str
    relation: Relation
    starts: date
    bound_at: datetime
    ends: date | None = None
    priority: int = 1
    unbound_on: date | None = None
    proof: str = ""

    def unbound(self, day: date) -> bool:
        """Whether the row has been unbound by that day."""
        return self.unbound_on is not None and self.unbound_on <= day

    def open_on(self, day: date) -> bool:
        """Neither unbound nor ended on that day; rows not yet begun are open."""
        return not self.unbound(day) and (self.ends is None or day <= self.ends)

    def in_force(self, day: date) -> bool:
        """Whether accounts may be shared under this row on that day."""
        return self.starts <= day and self.open_on(day)

    def overlaps(self, other: "Binding") -> bool:
        """Whether the two rows are in force on a common day."""
        first = max(self.starts, other.starts)
        return self.in_force(first) and other.in_force(first)


def never_allowed(authorizer: Person, user: Person, relation: Relation, rules: Rules) -> tuple[tuple[Code, str], ...]:
    """Why the rules could never allow this pair, whatever the row's dates: codes, each with the person it speaks of.

    The authorizer needs a personal account (N-20), both must be insured and in this province, the relation must be one
    the place allows. Oneself is named alone.
    """
    if authorizer.id == user.id:
        return (("SELF_BINDING", user.id),)
    codes: list[tuple[Code, str]] = []
    if not authorizer.has_account:
        codes.append(("NO_ACCOUNT", authorizer.id))
    for person in (authorizer, user):
        if person.insurance == "none":
            codes.append(("NOT_INSURED", person.id))
        elif province(person.insured_place) != province(rules.place):
            codes.append(("OTHER_PROVINCE", person.id))
    if relation not in (rules.find("binding.relations").value or ()):
        codes.append(("RELATION_NOT_ALLOWED", user.id))
    return tuple(codes)


class Standing(NamedTuple):
    """A user's authorizers on a day: every permitted row in force, and why the others do not pay (code, authorizer)."""

    line: tuple[Binding, ...]
    absent: tuple[tuple[Code, str], ...]


NOBODY = Standing((), ())


def standing(
    rows: Sequence[Binding], day: date, refused: Callable[[Binding], tuple[tuple[Code, str], ...]]
) -> Standing:
    """Who stands in line for a user on a day (case-format, Authorizers). `rows` are all the user's, in register order;
    `refused` tells why the rules could never allow a row."""
    if not rows:
        return NOBODY
    pairs: dict[str, list[tuple[Binding, tuple[tuple[Code, str], ...]]]] = {}
    for row in rows:
        pairs.setdefault(row.authorizer, []).append((row, refused(row)))
    paying: set[Binding] = set()
    absent: list[tuple[Code, str]] = []
    for authorizer, judged in pairs.items():
        permitted = [row for row, codes in judged if not codes]
        live = [row for row in permitted if row.in_force(day)]
        if live:
            paying.update(live)
        elif permitted:
            absent.append((_why_not(permitted, day), authorizer))
        else:
            absent.extend((code, authorizer) for code in _refusals(judged, day))
    return Standing(tuple(row for row in rows if row in paying), tuple(absent))


def _refusals(judged: Sequence[tuple[Binding, tuple[tuple[Code, str], ...]]], day: date) -> Iterable[Code]:
    """What a pair says whose rows could never be allowed: the codes of the row begun last, even if it has ended."""
    rows = [row for row, _ in judged]
    begun = _last_begun(rows, day)
    if begun is None:
        return (_why_not(rows, day),)
    return dict.fromkeys(code for row, codes in judged if row is begun for code, _ in codes)


def _last_begun(rows: Sequence[Binding], day: date) -> Binding | None:
    begun = [row for row in rows if row.starts <= day and not (row.unbound_on and row.unbound_on < row.starts)]
    return max(reversed(begun), key=lambda row: row.starts, default=None)


def _why_not(rows: Sequence[Binding], day: date) -> Code:
    begun = _last_begun(rows, day)
    if begun is not None:
        return "UNBOUND" if begun.unbound(day) else "BIND_EXPIRED"
    return "UNBOUND" if all(row.unbound(day) for row in rows) else "BIND_NOT_STARTED"


def in_order(line: Iterable[Binding], order: str, shareable: Callable[[str], Fen]) -> list[Binding]:
    """The line in the order of payment; `shareable` tells what an authorizer could share now. Ties as in priority; a
    pair pays once, by the row that comes first."""
    ordered = sorted(line, key=lambda row: (row.priority, row.bound_at))
    if order == "latest-bound":
        ordered.sort(key=lambda row: row.bound_at, reverse=True)
    elif order == "balance-desc":
        ordered.sort(key=lambda row: shareable(row.authorizer), reverse=True)
    elif order == "single":
        del ordered[1:]
    first: dict[str, Binding] = {}
    for row in ordered:
        first.setdefault(row.authorizer, row)
    return list(first.values())


def ends_when_suspended(authorizer: Person, user: Person, day: date, rules: Rules) -> tuple[tuple[Code, str], ...]:
    """Whose suspended insurance ends the pair's sharing on a day, where the place has it so (JX-02)."""
    if not rules.find("binding.ends-when-suspended").value:
        return ()
    return tuple(("SUSPENDED", person.id) for person in (authorizer, user) if person.suspended_on(day))


def first_start(day: date, rules: Rules) -> date | None:
    """The first day that a binding asked for on `day` may begin, None where the place sets none (at once; or with the
    agency's approval, whose day nobody knows before)."""
    match rules.find("binding.effective").value:
        case "next-day":
            return min(day, date.max - timedelta(days=1)) + timedelta(days=1)
        case "next-month":
            return _months_after(day.replace(day=1), 1)
        case _:
            return None


def free_from(row: Binding, rules: Rules) -> date:
    """The first day on which a row may be unbound: any, or so many months after it was bound (HB-04)."""
    months = rules.find("binding.minimum-months").value
    return _months_after(row.bound_at.date(), months) if months else date.min


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last; the last of all days where the calendar ends."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    if year > date.max.year:
        return date.max
    last = 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


class Limit(NamedTuple):
    """One limit looked at: the code of its refusal, the rule, places `taken` before this binding and whether it needs
    one more."""

    code: Code
    rule: Value
    taken: int
    takes: bool

    @property
    def reached(self) -> bool:
        """Whether there is no place left for this binding."""
        return self.rule.value is not None and self.takes and self.taken >= self.rule.value


def limits(new: Binding, register: Sequence[Binding], rules: Rules, day: date) -> tuple[Limit, ...]:
    """The limits that a new binding meets on a day. `register` holds the rows of its authorizer and of its user.

    At once and over a lifetime different users count (HN-22), unless the place counts every binding anew; how many
    authorizers a user may have counts their open rows (JX-03).
    """
    rows = [row for row in register if row.authorizer == new.authorizer]
    open_now = {row.user for row in rows if row.open_on(day)}
    ever = {row.user for row in rows}
    givers = {row.authorizer for row in register if row.user == new.user and row.open_on(day)}
    lifetime = Limit("LIFETIME_LIMIT", rules.find("binding.lifetime"), len(ever), new.user not in ever)
    if rules.find("binding.rebinding-counts").value:
        lifetime = lifetime._replace(taken=len(rows), takes=True)
    return (
        Limit("BIND_LIMIT", rules.find("binding.at-once"), len(open_now), new.user not in open_now),
        lifetime,
        Limit("AUTHORIZER_LIMIT", rules.find("binding.authorizers"), len(givers), new.authorizer not in givers),
    )


Who = TypeVar("Who", bound=Hashable)


def priorities(named: Sequence[Who], rows: Iterable[tuple[Who, int, Any]]) -> dict[Who, int]:
    """The priority (from 1) of every authorizer of a user's open rows (authorizer, priority, bound_at): those named in
    their order, then the others as they stood."""
    others: list[tuple[Who, int, Any]] = sorted(rows, key=itemgetter(1, 2))
    numbers: dict[Who, int] = {}
    for authorizer in (*named, *(row[0] for row in others)):
        numbers.setdefault(authorizer, len(numbers) + 1)
    return numbers


def bind_problems(
    new: Binding, register: Sequence[Binding], persons: Mapping[str, Person], rules: Rules, *, day: date
) -> list[Problem]:
    """Every check that a new binding fails on `day`; none: it may be recorded (case-format, Bind).

    `register` holds the rows of its authorizer and of its user, ended ones included.
    """
    authorizer, user = persons[new.authorizer], persons[new.user]
    problems = [
        rules.problem(code, subject, "error") for code, subject in never_allowed(authorizer, user, new.relation, rules)
    ]
    if authorizer.id == user.id:
        return problems
    suspended = [person for person in (authorizer, user) if person.suspended_on(day)]
    problems += [rules.problem("SUSPENDED", person.id, "error") for person in suspended]
    if any((row.authorizer, row.user) == (new.authorizer, user.id) and row.overlaps(new) for row in register):
        problems.append(rules.problem("DUPLICATE_BINDING", user.id, "error"))
    reached = [limit for limit in limits(new, register, rules, day) if limit.reached]
    problems += [Problem(limit.code, "error", user.id, limit.rule.clause) for limit in reached]
    earliest = first_start(day, rules)
    if earliest is not None and new.starts < earliest:
        problems.append(Problem("STARTS_TOO_EARLY", "error", user.id, rules.find("binding.effective").clause))
    return problems
