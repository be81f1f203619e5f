"""Every rule that a new binding meets, looked at one by one: passed, failed or a warning, each with its clause.

Refusals are those of `binding.bind_problems`, asked through the same code. Beside them stands what an application must
bring (numbers, dates, proof, changes a year): asked of whoever applies now, never of what already stands in a register.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding, bind_problems, first_start, limits
from famgui.domain.person import Person, province
from famgui.domain.plausibility import Odd, oddities, years_older
from famgui.domain.problem import Code, Problem
from famgui.domain.rule import Value
from famgui.domain.rulebook import Rules

Demand: TypeAlias = Literal["ID_NEEDED", "PHONE_NEEDED", "DATES_NEEDED", "PROOF_NEEDED", "CHANGE_LIMIT"]
Other: TypeAlias = Literal[
    "RELATION_NEEDED", "DATES", "LONG_AGO", "NO_FIRST_DAY", "NO_LAST_DAY", "APPROVAL", "COMMITMENT", "TWICE", "IN_BOOK"
]
CheckCode: TypeAlias = Code | Demand | Other | Odd

State: TypeAlias = Literal["passed", "failed", "warning", "unasked"]


class Check(NamedTuple):
    """One rule looked at. `code` is the refusal it guards against; `subject` is the person it speaks of, `user` whose
    binding it is about ("" for the authorizer's own).

    `taken` of `limit` places stand with limits (`limit` None: there is none), years with ages; `takes` says that this
    binding needs one more place. `weak` marks a rule that is not confirmed: a demand that rests on one may be waived.
    `about` is what the sentence needs beside the subject: why there is no account (`resident`, `single-pool`, `none`),
    who could authorize an in-law (a handle), the first day that may be (ISO), what was typed for a day, who it is.
    """

    code: CheckCode
    state: State
    subject: str
    user: str = ""
    clause: str = ""
    taken: int = 0
    limit: int | None = None
    weak: bool = False
    about: str = ""
    takes: bool = False


PAIR_CODES: tuple[Code, ...] = (
    "SELF_BINDING",
    "NOT_INSURED",
    "OTHER_PROVINCE",
    "SUSPENDED",
    "RELATION_NOT_ALLOWED",
    "DUPLICATE_BINDING",
    "BIND_LIMIT",
    "LIFETIME_LIMIT",
    "AUTHORIZER_LIMIT",
    "STARTS_TOO_EARLY",
)
"""The refusals of a pair in the order in which people think of them; the authorizer's own stand before them."""

AUTHORIZER_CODES: tuple[Code, ...] = ("NO_ACCOUNT", "NOT_INSURED", "OTHER_PROVINCE", "SUSPENDED")

_VALUE_OF: Mapping[str, str] = {
    "RELATION_NOT_ALLOWED": "binding.relations",
    "BIND_LIMIT": "binding.at-once",
    "LIFETIME_LIMIT": "binding.lifetime",
    "AUTHORIZER_LIMIT": "binding.authorizers",
    "STARTS_TOO_EARLY": "binding.effective",
}
_SILENT = frozenset({"AUTHORIZER_LIMIT", "STARTS_TOO_EARLY"})
"""Rules that most places do not have: nothing is said where there is none."""
_LONG_AGO = 30
"""Days before the application from which on a first day is more often mistyped than meant."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a binding is checked against: everybody's facts, the register, the rules of the day on which it is asked."""

    persons: Mapping[str, Person]
    register: Sequence[Binding]
    rules: Rules
    day: date

    def with_row(self, row: Binding) -> "Setting":
        """The same after one more binding."""
        return replace(self, register=(*self.register, row))


def authorizer_checks(person: Person, setting: Setting) -> Iterator[Check]:
    """May this person authorize anybody: an employee with a personal account (N-20), insured here, not suspended."""
    rules = setting.rules
    failed: dict[str, str] = {}
    if not person.has_account:
        failed["NO_ACCOUNT"] = "single-pool" if person.insurance == "employee" else person.insurance
    if person.insurance == "none":
        failed["NOT_INSURED"] = ""
    elif province(person.insured_place) != province(rules.place):
        failed["OTHER_PROVINCE"] = ""
    if person.suspended_on(setting.day):
        failed["SUSPENDED"] = ""
    for code in AUTHORIZER_CODES:
        state: State = "failed" if code in failed else "passed"
        if state == "failed" or code not in ("NOT_INSURED", "SUSPENDED"):
            yield Check(code, state, person.id, clause=rules.reason(code), about=failed.get(code, ""))


def pair_checks(new: Binding, setting: Setting) -> tuple[Check, ...]:
    """Every rule that a new binding meets, passed ones too, and what an application for it must bring. It may be
    recorded when none has failed; what is said of the authorizer alone is left to `authorizer_checks`."""
    rows = [row for row in setting.register if row.authorizer == new.authorizer or row.user == new.user]
    problems = bind_problems(new, rows, setting.persons, setting.rules, day=setting.day)
    problems = [problem for problem in problems if problem.subject != new.authorizer or new.authorizer == new.user]
    alone = any(problem.code == "SELF_BINDING" for problem in problems)
    found = list(_refusals(new, rows, problems, setting, alone=alone))
    if not alone:
        found.extend(_dates(new, setting))
        found.extend(demands(new, setting))
        found.extend(_odd(new, setting))
    return tuple(found)


def _refusals(
    new: Binding, rows: Sequence[Binding], problems: Sequence[Problem], setting: Setting, *, alone: bool
) -> Iterator[Check]:
    places = {limit.code: limit for limit in limits(new, rows, setting.rules, setting.day)}
    for code in PAIR_CODES:
        value = setting.rules.find(_VALUE_OF[code]) if code in _VALUE_OF else None
        limit = places.get(code)
        blank = Check(code, "passed", new.user, new.user, setting.rules.reason(code))
        if value is not None and value.clause:
            blank = blank._replace(clause=value.clause, weak=value.weak)
        if limit is not None:
            blank = blank._replace(taken=limit.taken, limit=limit.rule.value)
        failed = [problem for problem in problems if problem.code == code]
        for problem in failed:
            yield blank._replace(
                state="failed", clause=problem.clause or blank.clause, about=_about(code, new, setting), weak=False
            )
        if failed or (code in _SILENT and (value is None or value.value in (None, "at-once"))):
            continue
        if code == "SUSPENDED" and not alone:
            continue
        state: State = "unasked" if alone else "warning" if blank.weak else "passed"
        yield blank._replace(state=state, takes=limit is not None and limit.takes and not alone)


def _about(code: Code, new: Binding, setting: Setting) -> str:
    if code == "STARTS_TOO_EARLY":
        earliest = first_start(setting.day, setting.rules)
        return "" if earliest is None else earliest.isoformat()
    if code == "RELATION_NOT_ALLOWED" and new.relation == "in-law":
        return next(spouses(new.authorizer, setting), "")
    return ""


def spouses(person: str, setting: Setting) -> Iterator[str]:
    """Somebody's spouses by the register who have an account to share: a parent-in-law is their parent."""
    for row in setting.register:
        if row.relation == "spouse" and person in (row.authorizer, row.user):
            other = row.user if row.authorizer == person else row.authorizer
            if setting.persons[other].has_account:
                yield other


def _dates(new: Binding, setting: Setting) -> Iterator[Check]:
    if new.ends is not None and new.ends < new.starts:
        yield Check("DATES", "failed", new.user, new.user)
    else:
        yield Check("DATES", "passed" if new.open_on(setting.day) else "warning", new.user, new.user)
    if (setting.day - new.starts).days > _LONG_AGO:
        yield Check("LONG_AGO", "warning", new.user, new.user)
    effect = setting.rules.find("binding.effective")
    if effect.value == "approval":
        yield Check("APPROVAL", "warning", new.user, new.user, effect.clause, weak=effect.weak)


def demands(new: Binding, setting: Setting) -> Iterator[Check]:
    """What an application must bring here: the user's ID number and phone, both dates, a proof, and a change that is
    still free this year. A demand that the place does not make is not named."""
    user = setting.persons[new.user]
    given: tuple[tuple[Demand, str, bool], ...] = (
        ("ID_NEEDED", "binding.asks.id-number", bool(user.id_number)),
        ("PHONE_NEEDED", "binding.asks.phone", bool(user.phone)),
        ("DATES_NEEDED", "binding.asks.dates", new.ends is not None),
        ("PROOF_NEEDED", "binding.proof", bool(new.proof)),
    )
    for code, key, brought in given:
        value = setting.rules.find(key)
        if value.value:
            state: State = "passed" if brought else "failed"
            yield Check(code, state, new.user, new.user, value.clause, weak=value.weak)
    allowed = setting.rules.find("binding.changes-per-year")
    if allowed.value is not None:
        yield _changes(new, allowed, setting)


def _changes(new: Binding, allowed: Value, setting: Setting) -> Check:
    days = change_days(new.authorizer, setting.register, setting.day)
    full = len(days) >= allowed.value and setting.day not in days and _bound_before(new.authorizer, setting)
    state: State = "failed" if full else "passed"
    return Check("CHANGE_LIMIT", state, new.user, new.user, allowed.clause, len(days), allowed.value, allowed.weak)


def _bound_before(authorizer: str, setting: Setting) -> bool:
    return any(row.authorizer == authorizer and row.bound_at.date() < setting.day for row in setting.register)


def change_days(authorizer: str, register: Iterable[Binding], day: date) -> frozenset[date]:
    """The days of the natural year on which an authorizer's bindings were changed: bound or unbound, several on one day
    being one change; the first day on which anybody was bound is the beginning, not a change (S2-16)."""
    rows = [row for row in register if row.authorizer == authorizer]
    first = min((row.bound_at.date() for row in rows), default=None)
    days = {row.bound_at.date() for row in rows} | {row.unbound_on for row in rows if row.unbound_on is not None}
    return frozenset(one for one in days if one != first and one.year == day.year and one <= day)


def _odd(new: Binding, setting: Setting) -> Iterator[Check]:
    found = oddities(new, setting.register, setting.persons, setting.day)
    for code, years in found:
        yield Check(code, "warning", new.user, new.user, taken=years)
    known = years_older(setting.persons[new.user], setting.persons[new.authorizer]) is not None
    if not found and known:
        yield Check("AGES", "passed", new.user, new.user)
