"""Which clauses answer one idea of a query, by which of its wordings, and how well."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from famgui.policy.idea import Idea
from famgui.policy.index import Index
from famgui.policy.pack import Clause
from famgui.policy.spelling import Sounds
from famgui.policy.terms import Wording

_SATURATION = 3.0
"""The BM25 score at which a wording counts half of what it can."""
_OWN_ID, _OWN_PLACE, _PLACE_NEAR, _OWN_DAY = 8.0, 3.0, 1.5, 3.0
SPOKEN, LOOSE = 0.8, 0.6
"""How near what only sounds like the query is, and what shares pairs of characters with it."""
_LEAST_RARITY = 0.3
"""How rare, at the least, what nearly all clauses hold is taken for (as BM25 counts it)."""
_TITLE, _TITLE_COVERS = 0.5, 0.35
"""How near a wording counts that stands in the title of a source only, and how far an idea is answered by it."""


class Rows(NamedTuple):
    """The rows that answer one idea: how well, how far (1 as far as the best), and by which of its wordings (None: by
    sound, or loosely); which of them by the title of their source only; and whether all of them only come near."""

    worth: dict[int, float]
    covers: dict[int, float]
    by: dict[int, Wording | None]
    titled: set[int]
    loose: list[bool]


class Answers:
    """Looks ideas up in an index over these clauses; the last ones asked are kept."""

    def __init__(self, clauses: Sequence[Clause], index: Index, sounds: Sounds) -> None:
        self._clauses, self._index, self._sounds = clauses, index, sounds
        self.to = lru_cache(maxsize=32)(self._to)
        """The rows that answer an idea."""

    def _to(self, idea: Idea) -> Rows:
        found = Rows({}, {}, {}, set(), [False])
        held = self._held(idea)
        best = held[0][0].near if held else 0.0
        alike = {row for word, rows in held if word.near >= 0.7 * best for row, _ in rows}
        for word, rows in held:
            self._take(found, rows, word.near, word, max(len(alike) if word.near >= 0.7 * best else 0, len(rows)))
        if idea.spoken and len("".join(idea.spoken)) > 1:
            self._take(found, self._index.spoken(idea.spoken), SPOKEN, None)
        if not idea.id:
            self._weigh_titles(found, idea)
        if idea.place:
            self._take_place(found, idea)
        if idea.id:
            self._take_id(found, idea)
        if idea.day:
            self._take_day(found, idea)
        if not found.worth and not idea.typed.isascii():
            self._take_loose(found, idea.typed)
        twice = 2.0 * max(found.worth.values(), default=1.0)
        found.covers.update({row: 0.5 + worth / twice for row, worth in found.worth.items()})
        found.covers.update(dict.fromkeys(found.titled, _TITLE_COVERS))
        return found

    def _held(self, idea: Idea) -> list[tuple[Wording, list[tuple[int, float]]]]:
        """The wordings with the rows that say them, nearest first. What stands nowhere and was taken for other words is
        looked for as if those had been typed."""
        held = [(word, self._index.holding(word.text)) for word in idea.wordings]
        if held and not held[0][1]:
            taken = [word.near for word, _ in held if not word.through and word.way in ("sound", "typo")]
            if taken:
                held = [(word._replace(near=word.near / max(taken)), rows) for word, rows in held[1:]]
        return sorted(held, key=lambda one: -one[0].near)

    def _weigh_titles(self, found: Rows, idea: Idea) -> None:
        """What only the title of a source says is less than what a clause says itself."""
        titled = self._index.titled(word.text for word in idea.wordings)
        found.titled.update(row for row in titled if found.by.get(row) is not None)
        for row in found.titled:
            found.worth[row] *= _TITLE

    def _take(
        self, found: Rows, rows: Sequence[tuple[int, float]], near: float, word: Wording | None, many: int = 0
    ) -> None:
        if not rows:
            return
        count = many or len(rows)
        rare = near * math.log(1 + len(self._clauses) / count)
        level = math.sqrt(self._rarity(count) / self._rarity(len(rows)))
        worth, by = found.worth, found.by
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

    def _take_place(self, found: Rows, idea: Idea) -> None:
        word = idea.wordings[0]
        for row, clause in enumerate(self._clauses, 1):
            if clause.place == idea.place:
                found.worth[row], found.by[row] = _OWN_PLACE, word
            elif idea.place.endswith("0000") and clause.place[:2] == idea.place[:2]:
                found.worth[row], found.by[row] = _PLACE_NEAR, word

    def _take_id(self, found: Rows, idea: Idea) -> None:
        for row, clause in enumerate(self._clauses, 1):
            if clause.id.upper().startswith(idea.id):
                worth = _OWN_ID if len(clause.id) == len(idea.id) else _OWN_ID / 2
                found.worth[row], found.by[row] = worth, Wording(idea.typed, 1.0)

    def _take_day(self, found: Rows, idea: Idea) -> None:
        """Clauses that hold from that day on, or to it."""
        for row, clause in enumerate(self._clauses, 1):
            for day in (clause.first, clause.last):
                if day is not None and (day.year, day.month, day.day)[: len(idea.day)] == idea.day:
                    found.worth[row] = max(found.worth.get(row, 0.0), _OWN_DAY)
                    found.by.setdefault(row, Wording(idea.typed, 1.0, "number"))
                    found.titled.discard(row)

    def _take_loose(self, found: Rows, typed: str) -> None:
        """What stands nowhere: by sound, else by its pairs of characters."""
        if len(typed) < 2:
            return
        self._take(found, self._index.spoken(self._sounds.of(typed)), SPOKEN, None)
        if found.worth:
            return
        found.loose[0] = True
        pairs = [typed[at : at + 2] for at in range(len(typed) - 1)]
        for pair in pairs:
            self._take(found, self._index.holding(pair), LOOSE / len(pairs), Wording(pair, LOOSE, "part"))
