"""A cell of the comparison of all places: the values found there, the clauses behind them, what else is said."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from famgui.domain.money import Fen
from famgui.domain.rule import Value
from famgui.policy.pack import WEAK_GRADES, Clause
from famgui.usecase.policy_cited import NOTHING_ODD, Cited

Case: TypeAlias = tuple[str, tuple[str, ...]]
"""A dimension of the rules and the words that make a special case of it: a grade of hospital, contracted there."""


class Found(NamedTuple):
    """A value of a key at a level ("" where levels are not told apart), and the place whose pack has it."""

    key: str
    level: str
    place: str
    value: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place says in a matter: `found` by the rule book; `stated` the best clause where nothing was found, or
    where words are asked for; `others` are further clauses of the place on the matter, contrary ones among them.
    What holds instead, as far as it differs: `bands` from an age on, `tiers` above a cost of the year (fen), `cases` in
    a special case. `cited` is what is odd about the values, first of all a clause that is not in force on the day."""

    found: tuple[Found, ...] = ()
    stated: Clause | None = None
    others: tuple[Clause, ...] = ()
    inherited: bool = False
    bands: tuple[tuple[int, tuple[Found, ...]], ...] = ()
    cited: Cited = NOTHING_ODD
    tiers: tuple[tuple[Fen, tuple[Found, ...]], ...] = ()
    cases: tuple[tuple[Case, tuple[Found, ...]], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is known at all."""
        return not self.found and self.stated is None

    @property
    def clause(self) -> str:
        """The clause behind it, the first one where there are several."""
        return self.found[0].value.clause if self.found else self.stated.id if self.stated else ""

    @property
    def _all(self) -> tuple[Found, ...]:
        instead = (found for part in (self.bands, self.tiers, self.cases) for _, band in part for found in band)
        return (*self.found, *instead)

    @property
    def behind(self) -> tuple[str, ...]:
        """The clauses behind its further figures."""
        return tuple(id for id in dict.fromkeys(found.value.clause for found in self._all) if id != self.clause)

    @property
    def disputed(self) -> tuple[Clause, ...]:
        """The further clauses that contradict the one stated and are worth no less than it: none of them decides."""
        one = self.stated
        if one is None or self.found:
            return ()
        against = (other for other in self.others if other.id in one.conflicts or one.id in other.conflicts)
        return tuple(other for other in against if other.grade == one.grade)

    @property
    def weak(self) -> bool:
        """Whether what is told - the words of a clause, else any figure - rests on an unconfirmed clause."""
        if self.stated is not None:
            return self.stated.grade in WEAK_GRADES
        return any(found.value.weak for found in self._all)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and its cells, one for each column of the subject."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def own(self) -> bool:
        """Whether the place says anything itself, beyond or against what it inherits."""
        return any(cell.others or not (cell.empty or cell.inherited) for cell in self.cells)
