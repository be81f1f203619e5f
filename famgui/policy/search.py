"""Where something is said: the clauses that answer a query best, with place, date and grade in mind, and why."""

import heapq
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from famgui.policy.ideas import Idea, Ideas
from famgui.policy.index import Index, fields
from famgui.policy.pack import Clause
from famgui.policy.places import Places, chain
from famgui.policy.spelling import folded
from famgui.policy.terms import Terms, Wordbook, Wording

_GRADES: Mapping[str, float] = {"A": 1.10, "B": 1.08, "C": 1.04, "D": 0.85, "S": 0.89, "K": 0.85}
"""What a clause counts by its grade: an unconfirmed one of a place stands behind a confirmed one that it inherits."""
_NEAREST, _STEP, _SAME_PROVINCE, _ELSEWHERE = 1.5, 0.05, 0.85, 0.56
"""What a clause of the place asked about counts, how much less each step up to the nation, and clauses of others."""
_ENDED, _NOT_THAT_YEAR = 0.85, 0.6
"""What a clause counts that is over, and one that was not in force in the year that the query names."""
_SATURATION = 3.0
"""The BM25 score at which a wording counts half of what it can."""
_OWN_ID, _OWN_PLACE, _PLACE_NEAR = 8.0, 3.0, 1.5
_SPOKEN, _LOOSE = 0.8, 0.6
"""How near what only sounds like the query is, and what shares pairs of characters with it."""
_LIGHT, _COVER = 0.6, 0.5
"""What words count that stand everywhere, beside others; how much it counts that all ideas are answered (a power)."""
_LEAST_RARITY = 0.3
"""How rare, at the least, what nearly all clauses hold is taken for (as BM25 counts it)."""
_PAST = re.compile("旧|以前|原来|过去|原先|老政策|老规定|old rule")


class Found(NamedTuple):
    """What of a query a clause answers: as typed, and the wording that stands in the clause."""

    typed: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found: how well (only to be compared within one answer), and the words that are found in it."""

    clause: Clause
    score: float
    matched: tuple[str, ...]
    found: tuple[Found, ...] = ()


class Reason(NamedTuple):
    """Why a clause matches: what was typed, the wording found, by which way (`Wording.way`), the word that what was
    typed was taken for, and the fields that hold the wording."""

    typed: str
    wording: str
    way: str
    through: str
    fields: tuple[str, ...]


def reasons(hit: Hit) -> tuple[Reason, ...]:
    """Why a clause was found, in the order of the query."""
    texts = {name: folded(text) for name, text in fields(hit.clause).items()}

    def holding(word: str) -> tuple[str, ...]:
        return tuple(name for name, text in texts.items() if word in text)

    return tuple(Reason(typed, word.text, word.way, word.through, holding(word.text)) for typed, word in hit.found)


class _Rows(NamedTuple):
    """The rows that answer one idea: how well, and by which of its wordings (None: by sound, or loosely)."""

    worth: dict[int, float]
    by: dict[int, Wording | None]


class Searcher:
    """Answers queries over these clauses with their index. `book` stands in for the index's own wordbook."""

    def __init__(self, clauses: Sequence[Clause], index: Index, book: Wordbook | None = None) -> None:
        self._clauses, self._index = clauses, index
        self._terms = terms = Terms(index.book if book is None else book, index.kept("live"))
        self._sounds = index.sounds
        places = Places(index.kept("places"), index.kept("place_sounds"))
        self._ideas = Ideas(terms, self._sounds, places, frozenset(index.kept("latin")), index.kept("characters"))
        self._rows = lru_cache(maxsize=32)(self._answering)
        self._standing = lru_cache(maxsize=8)(self._standings)

    def find(
        self,
        query: str,
        *,
        place: str = "",
        day: date | None = None,
        limit: int = 20,
        wanted: Callable[[Clause], bool] | None = None,
    ) -> list[Hit]:
        """The clauses that answer a query best, best first: those of `place` and what it inherits before others, and
        those in force on `day`. A place or a year that the query names goes before."""
        ideas = self._ideas.of(query)
        if not ideas or limit < 1:
            return []
        scores = self._scores(ideas)
        asked = next((idea.place for idea in ideas if idea.place), place)
        away = next((idea.away for idea in ideas if idea.away), "")
        year = next((idea.year for idea in ideas if idea.year), None)
        past = bool(_PAST.search(query))
        standing = self._standing(asked, away, None if past else day, year)
        if wanted is not None:
            scores = {row: score for row, score in scores.items() if wanted(self._clauses[row - 1])}
        ranked = [(score * standing[row], -row) for row, score in scores.items()]
        return [self._hit(-row, score, ideas) for score, row in heapq.nlargest(limit, ranked)]

    def _scores(self, ideas: Sequence[Idea]) -> dict[int, float]:
        """How well each row answers all ideas together, rows that answer any."""
        scores: dict[int, float] = {}
        answered: dict[int, float] = {}
        light = [self._light(idea) for idea in ideas]
        for idea, less in zip(ideas, light, strict=True):
            factor = _LIGHT if less and not all(light) else 1.0
            rows = self._rows(idea).worth
            most = max(rows.values(), default=1.0)
            for row, worth in rows.items():
                scores[row] = scores.get(row, 0.0) + worth * factor
                answered[row] = answered.get(row, 0.0) + (1.0 + worth / most) / 2
        return {row: score * (answered[row] / len(ideas)) ** _COVER for row, score in scores.items()}

    def _light(self, idea: Idea) -> bool:
        return not idea.wordings or (idea.wordings[0].through or idea.wordings[0].text) in self._terms.light

    def _hit(self, row: int, score: float, ideas: Sequence[Idea]) -> Hit:
        clause = self._clauses[row - 1]
        found: list[Found] = []
        for idea in ideas:
            rows = self._rows(idea)
            if row in rows.by:
                found.extend(Found(idea.typed, word) for word in self._told(idea, rows.by[row], clause))
        return Hit(clause, round(score, 4), tuple(dict.fromkeys(word.text for _, word in found)), tuple(found))

    def _told(self, idea: Idea, word: Wording | None, clause: Clause) -> Iterable[Wording]:
        """The wordings by which a clause answers an idea, best one that its statement shows; what was found by sound is
        looked up there."""
        text = folded(clause.statement)
        if word is not None:
            by_nearness = sorted(idea.wordings, key=lambda other: -other.near)
            return (next((other for other in by_nearness if other.text in text), word),)
        wanted = idea.spoken or self._sounds.of(idea.typed)
        way = "initials" if all(len(one) == 1 for one in wanted) else "sound"
        stretches = [text[first:last] for first, last in self._sounds.stretches(text, wanted)]
        return tuple(Wording(said, _SPOKEN, way) for said in dict.fromkeys(stretches)) or (
            Wording(idea.typed, _LOOSE, "part"),
        )

    # one idea -------------------------------------------------------------------------------------------------------

    def _answering(self, idea: Idea) -> _Rows:
        found = _Rows({}, {})
        held = [(word, self._index.holding(word.text)) for word in sorted(idea.wordings, key=lambda word: -word.near)]
        best = idea.wordings[0].near if idea.wordings else 0.0
        alike = {row for word, rows in held if word.near >= 0.7 * best for row, _ in rows}
        for word, rows in held:
            self._take(found, rows, word.near, word, max(len(alike) if word.near >= 0.7 * best else 0, len(rows)))
        if idea.spoken and len("".join(idea.spoken)) > 1:
            self._take(found, self._index.spoken(idea.spoken), _SPOKEN, None)
        if idea.place:
            self._take_place(found, idea)
        if idea.id:
            self._take_id(found, idea)
        if not found.worth and not idea.typed.isascii():
            self._take_loose(found, idea.typed)
        return found

    def _take(
        self, found: _Rows, rows: Sequence[tuple[int, float]], near: float, word: Wording | None, many: int = 0
    ) -> None:
        if not rows:
            return
        count = many or len(rows)
        rare = near * math.log(1 + len(self._clauses) / count)
        level = math.sqrt(self._rarity(count) / self._rarity(len(rows)))
        worth, by = found
        for row, score in rows:
            said = score * level
            counts = rare * (0.05 + said / (said + _SATURATION))
            if counts > worth.get(row, 0.0):
                worth[row] = counts
            by.setdefault(row, word)

    def _rarity(self, count: int) -> float:
        """How rare BM25 takes a wording for that so many clauses hold. Wordings of one thing are drawn together by it:
        that one of them is rarer than another says little."""
        others = len(self._clauses) - count
        return max(math.log((others + 0.5) / (count + 0.5)), _LEAST_RARITY)

    def _take_place(self, found: _Rows, idea: Idea) -> None:
        word = idea.wordings[0]
        for row, clause in enumerate(self._clauses, 1):
            if clause.place == idea.place:
                found.worth[row], found.by[row] = _OWN_PLACE, word
            elif idea.place.endswith("0000") and clause.place[:2] == idea.place[:2]:
                found.worth[row], found.by[row] = _PLACE_NEAR, word

    def _take_id(self, found: _Rows, idea: Idea) -> None:
        for row, clause in enumerate(self._clauses, 1):
            if clause.id.upper().startswith(idea.id):
                worth = _OWN_ID if len(clause.id) == len(idea.id) else _OWN_ID / 2
                found.worth[row], found.by[row] = worth, Wording(idea.typed, 1.0)

    def _take_loose(self, found: _Rows, typed: str) -> None:
        """What stands nowhere: by sound, else by its pairs of characters."""
        if len(typed) < 2:
            return
        self._take(found, self._index.spoken(self._sounds.of(typed)), _SPOKEN, None)
        if found.worth:
            return
        pairs = [typed[at : at + 2] for at in range(len(typed) - 1)]
        for pair in pairs:
            self._take(found, self._index.holding(pair), _LOOSE / len(pairs), Wording(pair, _LOOSE, "part"))

    # how much a clause counts ---------------------------------------------------------------------------------------

    def _standings(self, place: str, away: str, day: date | None, year: int | None) -> list[float]:
        near = chain(place) if place else ()
        if away:
            near = (*near, *(other for other in chain(away) if other not in near))
        return [0.0, *(_standing(clause, near, day, year) for clause in self._clauses)]


def _standing(clause: Clause, near: Sequence[str], day: date | None, year: int | None) -> float:
    worth = _GRADES.get(clause.grade, 1.0)
    if near:
        if clause.place in near:
            worth *= _NEAREST - _STEP * near.index(clause.place)
        else:
            worth *= _SAME_PROVINCE if clause.place[:2] == near[0][:2] else _ELSEWHERE
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        if (clause.last is not None and clause.last < first) or (clause.first is not None and clause.first > last):
            worth *= _NOT_THAT_YEAR
    elif day is not None and clause.last is not None and clause.last < day:
        worth *= _ENDED
    return worth


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the matched words of a `Hit` stand in a text as it was written: first and past-last character, in order.

    A word that does not stand whole is shown by those of its character pairs that occur.
    """
    flat_parts = [(part, index) for index, character in enumerate(text) for part in folded(character)]
    flat = "".join(part for part, _ in flat_parts)
    marked: set[int] = set()
    for word in words:
        pieces = [word] if word in flat else [word[at : at + 2] for at in range(len(word) - 1)]
        for piece in pieces:
            at = flat.find(piece) if piece else -1
            while at >= 0:
                marked.update(flat_parts[place][1] for place in range(at, at + len(piece)))
                at = flat.find(piece, at + 1)
    edges = sorted(marked)
    firsts = [at for at in edges if at - 1 not in marked]
    lasts = [at + 1 for at in edges if at + 1 not in marked]
    return tuple(zip(firsts, lasts, strict=True))
