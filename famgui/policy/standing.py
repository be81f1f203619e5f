"""How much a clause counts before anything is asked: its grade, how near its place is, and whether it holds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from famgui.policy.pack import Clause
from famgui.policy.places import NATION, chain, nowhere

_GRADES: Mapping[str, float] = {"A": 1.10, "B": 1.08, "C": 1.04, "D": 0.85, "S": 0.89, "K": 0.85}
"""What a clause counts by its grade: an unconfirmed one of a place stands behind a confirmed one that it inherits."""
_NEAREST, _STEP, _SAME_PROVINCE, _ELSEWHERE = 1.5, 0.05, 0.85, 0.56
"""What a clause of the place asked about counts, how much less each step up to the nation, and clauses of others."""
_ENDED, _NOT_THAT_YEAR, _UNDATED = 0.85, 0.6, 0.5
"""What a clause counts that is over, one that was not in force in the year that the query names, and one of unknown
dates where a day is asked about."""
_SETS = 1.08
"""What a clause counts that sets a rule of the calculator, beside others that speak of it."""


class Where(NamedTuple):
    """For where and when an answer is wanted: the chains of the `place` asked about and of the place `away` where a
    relative is; `dated`: only what may hold on the `day` is wanted. A `year` goes before a day."""

    place: str = ""
    away: str = ""
    day: date | None = None
    year: int | None = None
    dated: bool = False

    @property
    def near(self) -> tuple[str, ...]:
        """The places whose clauses hold there, nearest first; none where no place is asked about."""
        asked = chain(self.place) if self.place else ()
        return tuple(dict.fromkeys((*asked, *(chain(self.away) if self.away else ()))))


def standings(clauses: Sequence[Clause], where: Where, setting: Collection[str]) -> list[float]:
    """What each clause counts, by row (from 1); `setting` are the ids of those that set rules of the calculator."""
    near = where.near
    return [0.0, *(_standing(clause, near, where) * (_SETS if clause.id in setting else 1.0) for clause in clauses)]


def elsewhere(clause: Clause, near: Sequence[str]) -> bool:
    """Whether a clause speaks of another place only."""
    return bool(near) and clause.place not in near and not nowhere(clause.place)


def _standing(clause: Clause, near: Sequence[str], where: Where) -> float:
    """What a clause counts by its grade, its place (an article of no place stands like the nation) and its dates."""
    worth = _GRADES.get(clause.grade, 1.0)
    if near:
        speaks_of = NATION if nowhere(clause.place) else clause.place
        if speaks_of in near:
            worth *= _NEAREST - _STEP * near.index(speaks_of)
        else:
            worth *= _SAME_PROVINCE if clause.place[:2] == near[0][:2] else _ELSEWHERE
    if where.dated and clause.first is None and clause.last is None:
        worth *= _UNDATED
    if where.year is not None:
        first, last = date(where.year, 1, 1), date(where.year, 12, 31)
        if (clause.last is not None and clause.last < first) or (clause.first is not None and clause.first > last):
            worth *= _NOT_THAT_YEAR
    elif where.day is not None and clause.last is not None and clause.last < where.day:
        worth *= _ENDED
    return worth
