"""What a clause stands beside: what contradicts it, whose values it gives way to, what came before and after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.person import province
from famgui.domain.rule import Row
from famgui.policy.library import NATION, Library, NoRuleBook
from famgui.policy.pack import Clause, Unconfirmed
from famgui.usecase.policy_matter import matters_of

MOST_IN_HISTORY = 12
"""How many clauses a history shows; those nearest in time to the one at hand."""


class Conflict(NamedTuple):
    """A clause in conflict: found None where no pack has it; whether this one names it, and whether it names this."""

    id: str
    found: Clause | None
    named: bool
    names: bool


def conflicts(library: Library, clause: Clause) -> tuple[Conflict, ...]:
    """Every clause that contradicts this one, whichever of the two says so; those that this one names come first."""
    clauses = library.clauses
    both = dict.fromkeys((*clause.conflicts, *library.contradicting(clause.id)))
    return tuple(
        Conflict(id, clauses.get(id), id in clause.conflicts, id in clauses and clause.id in clauses[id].conflicts)
        for id in both
        if id != clause.id
    )


def never_together(one: Clause, other: Clause) -> bool:
    """Whether one of two clauses ended before the other began; an unknown day is open."""
    return _ended_before(one, other) or _ended_before(other, one)


def _ended_before(one: Clause, other: Clause) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


Succession: TypeAlias = Literal["", "replaced", "replaces", "earlier", "later"]


def succession(clause: Clause, other: Clause) -> Succession:
    """What a clause that this one contradicts is to it in time: "" while both may be in force on the same day, and it
    is a conflict. Replaced by it or replacing it where one place inherits from the other, else earlier or later."""
    if not never_together(clause, other):
        return ""
    earlier = _ended_before(other, clause)
    if clause.place in lineage(other.place) or other.place in lineage(clause.place):
        return "replaced" if earlier else "replaces"
    return "earlier" if earlier else "later"


class Ruling(NamedTuple):
    """A value of a place's pack."""

    place: str
    row: Row


@dataclass(frozen=True, slots=True)
class Standing:
    """A value that rests on a clause, what wins over it elsewhere or in special cases, and what it wins over."""

    place: str
    row: Row
    gives_way_to: tuple[Ruling, ...]
    wins_over: tuple[Ruling, ...]


def standings(library: Library, clause: Clause, day: date) -> tuple[Standing, ...]:
    """The values in force on a day that rest on a clause, each with the values it meets on the way of inheritance.

    A nearer place wins over a farther one; within a place the more specific value, then the later one. Only values that
    differ and may meet for the same person are told."""
    found = []
    for place, key in library.used_by(clause.id):
        rows = [row for row in library.rows(place) if row.key == key and clause.id in (row.clause, *row.beside)]
        for row in rows:
            if row.in_force(day):
                found.append(_standing(library, place, row, day))
    return tuple(found)


def _standing(library: Library, place: str, row: Row, day: date) -> Standing:
    nearer: list[Ruling] = []
    farther: list[Ruling] = []
    for other in _related(library, place):
        for rival in library.rows(other):
            if rival.key != row.key or rival is row or not rival.in_force(day):
                continue
            if rival.value == row.value or not may_meet(row, rival):
                continue
            mine, theirs = _rank(place, row), _rank(other, rival)
            (nearer if theirs > mine else farther).append(Ruling(other, rival))
    return Standing(place, row, tuple(nearer), tuple(farther))


def _related(library: Library, place: str) -> tuple[str, ...]:
    """The places whose rule books hold this place's values, and those that this place's own book holds."""
    held = chain_of(library, place)
    holding = [pack.place for pack in library.packs if place in chain_of(library, pack.place)]
    return tuple(dict.fromkeys((*held, *holding)))


def chain_of(library: Library, place: str) -> tuple[str, ...]:
    """The packs that speak for a place, nearest first; the nation's own for the nation, none where nobody does."""
    if place == NATION:
        return (NATION,)
    try:
        return library.chain(place)
    except NoRuleBook:
        return ()


def _rank(place: str, row: Row) -> tuple[int, int, date]:
    """What wins: the nearer place, the more specific value, the later one."""
    nearness = 0 if place == NATION else 1 if place == province(place) else 2
    return nearness, row.conditions, row.first or date.min


def may_meet(one: Row, other: Row) -> bool:
    """Whether some person at some facility meets the conditions of both."""
    theirs = dict(other.when)
    if any(dimension in theirs and not set(words) & set(theirs[dimension]) for dimension, words in one.when):
        return False
    if one.ages is not None and other.ages is not None:
        return one.ages[0] < other.ages[1] and other.ages[0] < one.ages[1]
    return one.above == other.above


def history(library: Library, clause: Clause) -> tuple[Clause, ...]:
    """The clauses of the same place on the same matter by the day they begin, the clause itself among them, with those
    of any place that contradict it but were never in force together with it; a clause without a known day is not on the
    line, and one alone is no history."""
    if clause.first is None and clause.last is None:
        return ()
    rows, matters = _rows_on(library, clause), matters_of(clause)
    found = [clause]
    for other in library.clauses.values():
        if other.place != clause.place or other.id == clause.id or (other.first is None and other.last is None):
            if clause.id != other.id and _contradict(clause, other) and never_together(clause, other):
                found.append(other)
            continue
        shares = any(one.key == two.key and may_meet(one, two) for one in rows for two in _rows_on(library, other))
        same_topic = other.topic == clause.topic and (matters_of(other) & matters if matters else not matters_of(other))
        if shares or same_topic or _contradict(clause, other):
            found.append(other)
    if len(found) == 1:
        return ()
    return _nearest(sorted(found, key=_when), clause)


def _contradict(one: Clause, other: Clause) -> bool:
    return other.id in one.conflicts or one.id in other.conflicts


def _rows_on(library: Library, clause: Clause) -> list[Row]:
    """The values that rest on a clause, whatever their day."""
    places = dict.fromkeys(place for place, _ in library.used_by(clause.id))
    rows = (row for place in places for row in library.rows(place))
    return [row for row in rows if clause.id in (row.clause, *row.beside)]


def _when(clause: Clause) -> tuple[date, date, str]:
    return clause.first or date.min, clause.last or date.max, clause.id


def _nearest(ordered: list[Clause], clause: Clause) -> tuple[Clause, ...]:
    at = ordered.index(clause)
    start = max(0, min(at - MOST_IN_HISTORY // 2, len(ordered) - MOST_IN_HISTORY))
    return tuple(ordered[start : start + MOST_IN_HISTORY])


def unconfirmed_about(library: Library, clause: str) -> tuple[Unconfirmed, ...]:
    """The open questions that name a clause."""
    return tuple(gap for gap in library.unconfirmed if clause in gap.clauses)


def lineage(place: str) -> tuple[str, ...]:
    """A place with what it inherits from: its province and the nation, nearest first."""
    return tuple(dict.fromkeys((place, province(place), NATION)))


def in_force(clause: Clause, day: date) -> bool:
    """Whether a clause speaks of this day; an unknown day is open."""
    return (clause.first is None or clause.first <= day) and (clause.last is None or day <= clause.last)


def topics(clauses: Iterable[Clause]) -> tuple[str, ...]:
    """The topics that clauses have, the commonest first."""
    counted: dict[str, int] = {}
    for clause in clauses:
        counted[clause.topic] = counted.get(clause.topic, 0) + 1
    return tuple(sorted(counted, key=lambda topic: (-counted[topic], topic)))
