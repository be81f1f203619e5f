"""Bindings (共济绑定关系): who may be bound, who is in force on a day, and in which order authorizers pay."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from famgui.domain.identity import Relation
from famgui.domain.money import Fen
from famgui.domain.person import Person, province
from famgui.domain.problem import Code, Problem
from famgui.domain.rulebook import Rules

ORDERS = ("priority", "latest-bound", "balance-desc", "single")
"""The orders in which several authorizers may pay (X-02)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One row of the register: `relation` is what the user is to the authorizer; first and last day count; `ends`
    None is open; unbinding works at once, on `unbound_on` itself; `bound_at` carries no zone."""

    authorizer: str
    user: str
    relation: Relation
    starts: date
    bound_at: datetime
    ends: date | None = None
    priority: int = 1
    unbound_on: date | None = None

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
    """Why the rules could never allow this pair, whatever the dates: codes, each with the person it speaks of.

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


def bind_problems(
    new: Binding, register: Sequence[Binding], persons: Mapping[str, Person], rules: Rules, *, day: date
) -> list[Problem]:
    """Every check that a new binding fails on `day`; none: it may be recorded (case-format, Bind).

    `register` holds the authorizer's rows, ended ones included. Limits count different users: at once those with an
    open row, over a lifetime those of all rows; a user already counted takes no new place (HN-22).
    """
    authorizer, user = persons[new.authorizer], persons[new.user]
    problems = [
        rules.problem(code, subject, "error") for code, subject in never_allowed(authorizer, user, new.relation, rules)
    ]
    if authorizer.id == user.id:
        return problems
    if any(row.user == user.id and row.overlaps(new) for row in register):
        problems.append(rules.problem("DUPLICATE_BINDING", user.id, "error"))
    limits: tuple[tuple[Code, str, set[str]], ...] = (
        ("BIND_LIMIT", "binding.at-once", {row.user for row in register if row.open_on(day)}),
        ("LIFETIME_LIMIT", "binding.lifetime", {row.user for row in register}),
    )
    for code, key, counted in limits:
        limit = rules.find(key)
        if limit.value is not None and user.id not in counted and len(counted) >= limit.value:
            problems.append(Problem(code, "error", user.id, limit.clause))
    return problems
