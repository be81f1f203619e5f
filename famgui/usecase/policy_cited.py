"""How far the clauses that a value cites speak for the place and the day that it is shown for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from famgui.domain.rule import Row
from famgui.policy.library import NATION, Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_links import in_force
from famgui.usecase.policy_matter import by_trust, matters_of

_ARTICLES = "99"
"""Codes that begin so stand for an article's own rules, not for a place."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What is odd about a value. `out`: a clause it cites that is not in force on the day; `since`: from when on the
    calculator goes by the value (None: on every date); `then`: what else was in force that day on the matter, for
    reading. `ended`: the clause is over by the day, not still to come. `lent_by`: the other place whose rule it is, ""
    for one of its own chain; `doubt` as in `Row`."""

    out: Clause | None = None
    since: date | None = None
    then: tuple[Clause, ...] = ()
    lent_by: str = ""
    doubt: str = ""
    ended: bool = False


NOTHING_ODD = Cited()


class Citations:
    """The clauses of a library as they stand on a day."""

    def __init__(self, library: Library, day: date) -> None:
        self._library = library
        self._day = day
        self._standing: dict[str, list[Clause]] = {}
        for clause in library.clauses.values():
            if clause.first is not None and in_force(clause, day):
                self._standing.setdefault(clause.place, []).append(clause)

    def of(self, row: Row, chain: Sequence[str]) -> Cited:
        """What is odd about a value that holds for a place with this chain of packs."""
        clause = self._library.clauses.get(row.clause)
        foreign = clause is not None and row.doubt and clause.place not in (*chain, NATION)
        lent_by = clause.place if clause is not None and foreign and not clause.place.startswith(_ARTICLES) else ""
        out = self._out(row, chain)
        if out is None:
            return Cited(lent_by=lent_by, doubt=row.doubt) if lent_by or row.doubt else NOTHING_ODD
        coming = out.first is not None and out.first > self._day
        return Cited(out, row.first, self._then(out, row, chain), lent_by, row.doubt, not coming)

    def _out(self, row: Row, chain: Sequence[str]) -> Clause | None:
        """A clause cited that is not in force: the first one where none of them is, else one that another clause in
        force on the day contradicts."""
        known = self._library.clauses
        cited = [known[id] for id in (row.clause, *row.beside) if id in known]
        late = [clause for clause in cited if not in_force(clause, self._day)]
        if cited and len(late) == len(cited):
            return late[0]
        return next((clause for clause in late if self._against(clause, chain)), None)

    def _against(self, clause: Clause, chain: Sequence[str]) -> list[Clause]:
        """What contradicts a clause and is in force on the day."""
        rivals = self._library.contradicting(clause.id)
        return [one for place in chain for one in self._standing.get(place, ()) if one.id in rivals]

    def _then(self, out: Clause, row: Row, chain: Sequence[str]) -> tuple[Clause, ...]:
        """What was in force that day on the matter of a clause: first what contradicts it, then the nearest place and
        the best grade."""
        against = sorted(self._against(out, chain), key=by_trust)
        matters = matters_of(out)
        about = [
            one
            for place in chain
            for one in sorted(self._standing.get(place, ()), key=by_trust)
            if (matters_of(one) & matters if matters else one.topic == out.topic)
        ]
        cited = {row.clause, *row.beside}
        return tuple(one for one in dict.fromkeys((*against, *about)) if one.id not in cited)
