"""One visit settled in several ways - elsewhere, on another day, in another order - and where the ways part."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.binding import ORDERS
from famgui.domain.money import Fen
from famgui.domain.problem import Problem
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Settlement, Visit, settle
from famgui.domain.timeline import Running
from famgui.domain.trace import Step

Field: TypeAlias = Literal[
    "insured-place", "facility-place", "level", "designated", "date", "order", "own-first", "cross-province"
]
"""What may differ: where the household is insured, where the visit is, its level, designated or not, its day, the order
of the authorizers, own account first or last, shared accounts paying in other provinces or not."""
Obstacle: TypeAlias = Literal["no-level", "no-rule-book"]
"""Why a variant cannot be: only a hospital has a level; nobody knows the rules of the place."""
Why: TypeAlias = Literal["rules", "year", "binding-starts", "binding-ends"]
"""Why a day may matter: other rules for this visit, a new year's deductible and caps, an authorizer more or less."""


class Change(NamedTuple):
    """One field and what it becomes: a code of a place, a level, a day, an order, or yes and no."""

    field: Field
    value: str | bool | date


class Apart(NamedTuple):
    """A step as it is in the visit at hand and in the variant; None where one of them has no such step."""

    now: Step | None
    then: Step | None


class Difference(NamedTuple):
    """What each payer pays more (or, below 0, less) than in the visit at hand, in fen."""

    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen


NO_DIFFERENCE = Difference(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Way:
    """What comes of one way to have the visit. `settlement` is None where `obstacle` says why it cannot be."""

    changes: tuple[Change, ...]
    visit: Visit
    settlement: Settlement | None
    obstacle: Obstacle | None = None
    difference: Difference = NO_DIFFERENCE
    apart: tuple[Apart, ...] = ()

    @property
    def cash(self) -> Fen | None:
        """What is left to pay in cash, None where the way cannot be."""
        return None if self.settlement is None else self.settlement.cash

    @property
    def shared(self) -> tuple[tuple[str, Fen], ...]:
        """The authorizers that pay, and how much."""
        paid = () if self.settlement is None else self.settlement.payments
        return tuple((payment.account, payment.draw.total) for payment in paid if payment.payer == "shared")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the settlement names."""
        return () if self.settlement is None else self.settlement.problems

    @property
    def weak(self) -> bool:
        """Whether a figure rests on a rule that is not confirmed."""
        steps = () if self.settlement is None else self.settlement.steps
        return any(step.weak for step in steps) or any(found.code == "UNVERIFIED_RULE" for found in self.problems)

    @property
    def without_pool(self) -> Step | None:
        """The step that says why the pool pays nothing, None where a pool rule applies."""
        steps = () if self.settlement is None else self.settlement.steps
        return next((step for step in steps if step.name.startswith("pool-no")), None)

    @property
    def takeable(self) -> bool:
        """Whether the calculator could hold this visit: nobody moves to another insured place for one visit."""
        return self.settlement is not None and all(change.field != "insured-place" for change in self.changes)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The visit at hand and the other ways, as they were asked for."""

    base: Way
    ways: tuple[Way, ...]


class LikelyDay(NamedTuple):
    """A day after the visit's on which it may settle differently, and why."""

    day: date
    why: tuple[Why, ...]


def compare(
    running: Running, visit: Visit, variants: Iterable[Sequence[Change]], book_of: Callable[[str], RuleBook]
) -> Comparison:
    """Settle the visit as it is and in every variant, each on a fork of the household as it stands.

    `book_of` gives the rule book of an insured place; LookupError where there is none.
    """
    done = _settled(running, visit)
    base = Way((), visit, done)
    return Comparison(base, tuple(_way(running, visit, done, tuple(changes), book_of) for changes in variants))


def by_cash(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Least cash first; ways that cannot be stand last, equal ones as they were."""
    return tuple(sorted(ways, key=lambda way: (way.cash is None, way.cash or 0)))


def levels(visit: Visit) -> tuple[tuple[Change, ...], ...]:
    """Every other level, and the same place designated or not."""
    facility = visit.facility
    others = [level for level in LEVELS if level != facility.level] if facility.type == "hospital" else []
    flipped = (Change("designated", not facility.designated),)
    return (*((Change("level", level),) for level in others), flipped)


def orders(running: Running, visit: Visit) -> tuple[tuple[Change, ...], ...]:
    """Every other order of the authorizers, and the own account at the other end."""
    now, own_first = order_now(running, visit)
    return (*((Change("order", order),) for order in ORDERS if order != now), (Change("own-first", not own_first),))


def order_now(running: Running, visit: Visit) -> tuple[str, bool]:
    """The order of the authorizers and whether the own account pays first, as they hold for this visit."""
    sharing, terms = running.book.at(visit.date).sharing, visit.override.over(running.terms)
    return terms.order or sharing.order, sharing.own_first if terms.own_first is None else terms.own_first


def insured_elsewhere(running: Running, places: Iterable[str]) -> tuple[tuple[Change, ...], ...]:
    """The household insured in each other place."""
    return tuple((Change("insured-place", place),) for place in places if place != running.book.place)


def moved(running: Running, book: RuleBook) -> Running:
    """A fork of the household as if it were insured where the rule book holds: everybody who is insured at the
    household's place moves along; balances, register and year to date stay."""
    twin, home = running.fork(), running.book.place
    twin.book = book
    twin.persons = {
        person.id: replace(person, insured_place=book.place) if person.insured_place == home else person
        for person in running.persons.values()
    }
    return twin


def likely_days(running: Running, visit: Visit) -> tuple[LikelyDay, ...]:
    """The days ahead on which this visit may settle differently: the first on which other rules hold for it, the new
    year, and the days on which a binding of the patient begins or has ended."""
    found: dict[date, list[Why]] = {}
    ruled = _next_rules(running, visit)
    if ruled is not None:
        found.setdefault(ruled, []).append("rules")
    if visit.date.year < date.max.year:
        found.setdefault(date(visit.date.year + 1, 1, 1), []).append("year")
    for row in running.register:
        if row.user != visit.patient or row.unbound(visit.date):
            continue
        if row.starts > visit.date:
            found.setdefault(row.starts, []).append("binding-starts")
        if row.ends is not None and visit.date <= row.ends < date.max:
            found.setdefault(row.ends + timedelta(days=1), []).append("binding-ends")
    return tuple(LikelyDay(day, tuple(dict.fromkeys(found[day]))) for day in sorted(found))


def _next_rules(running: Running, visit: Visit) -> date | None:
    """The first day after the visit's whose rules, with all else as it is, settle it by another step."""

    def under(day: date) -> list[tuple[str, Fen, str]]:
        used = running.used.get((visit.patient, visit.date.year, visit.kind), YearToDate())
        stands, patient = running.standing(visit.patient, visit.date), running.persons[visit.patient]
        done = settle(visit, patient, running.balances, stands, used, running.book.at(day), running.terms)
        return [(step.name, step.value, step.clause) for step in done.steps]

    now = under(visit.date)
    return next((day for day in running.book.changes_after(visit.date) if under(day) != now), None)


def _settled(running: Running, visit: Visit) -> Settlement:
    done = running.fork().apply(visit).settlement
    assert done is not None
    return done


def _way(
    running: Running,
    visit: Visit,
    base: Settlement,
    changes: tuple[Change, ...],
    book_of: Callable[[str], RuleBook],
) -> Way:
    home, state = running.book.place, running
    insured = next((str(change.value) for change in changes if change.field == "insured-place"), home)
    if insured != home:
        try:
            state = moved(running, book_of(insured))
        except LookupError:
            return Way(changes, visit, None, "no-rule-book")
        if visit.facility.place == home:
            visit = _edited(visit, Change("facility-place", insured))
    for change in changes:
        if change.field == "level" and visit.facility.type != "hospital":
            return Way(changes, visit, None, "no-level")
        visit = _edited(visit, change)
    done = _settled(state, visit)
    difference = Difference(
        done.pool - base.pool, done.own - base.own, done.shared - base.shared, done.cash - base.cash
    )
    return Way(changes, visit, done, None, difference, parted(base.steps, done.steps))


def parted(now: Sequence[Step], then: Sequence[Step]) -> tuple[Apart, ...]:
    """The steps that differ in value or clause, or that only one side has, in the order of the settlement."""
    left, right = _by_place(now), _by_place(then)
    keys = list(left)
    spot = 0
    for key in right:
        if key in left:
            spot = keys.index(key) + 1
        else:
            keys.insert(spot, key)
            spot += 1
    pairs = (Apart(left.get(key), right.get(key)) for key in keys)
    return tuple(pair for pair in pairs if _told(pair.now) != _told(pair.then))


def _told(step: Step | None) -> tuple[Fen, str] | None:
    return None if step is None else (step.value, step.clause)


def _by_place(steps: Iterable[Step]) -> dict[tuple[str, str, int], Step]:
    """Steps by name, account and, where several are alike, their number."""
    found: dict[tuple[str, str, int], Step] = {}
    for step in steps:
        number = 0
        while (step.name, step.account, number) in found:
            number += 1
        found[step.name, step.account, number] = step
    return found


def _edited(visit: Visit, change: Change) -> Visit:
    """The visit with one field changed; where a household is insured is not the visit's to say."""
    value: Any = change.value
    if change.field in _OF_FACILITY:
        return replace(visit, facility=replace(visit.facility, **_OF_FACILITY[change.field](value)))
    if change.field in _OF_TERMS:
        return replace(visit, override=visit.override._replace(**{_OF_TERMS[change.field]: value}))
    if change.field != "date":
        return visit
    if value.year == visit.date.year:
        return replace(visit, date=value)
    return replace(visit, date=value, override=visit.override._replace(used=None))  # typed for the other year


_OF_FACILITY: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "facility-place": lambda place: {"place": place},
    "level": lambda level: {"level": level, "grade": ""},
    "designated": lambda designated: {"designated": designated},
}
"""What a field changes of the facility; a grade belongs to a level and goes with it."""
_OF_TERMS: Mapping[str, str] = {"order": "order", "own-first": "own_first", "cross-province": "cross_province"}
"""The switches that hold for one visit."""
