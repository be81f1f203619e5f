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
from famgui.policy.places import Places
from famgui.policy.spelling import folded
from famgui.policy.standing import Where, elsewhere, standings
from famgui.policy.terms import Terms, Wordbook, Wording

_SATURATION = 3.0
"""The BM25 score at which a wording counts half of what it can."""
_OWN_ID, _OWN_PLACE, _PLACE_NEAR = 8.0, 3.0, 1.5
_SPOKEN, _LOOSE = 0.8, 0.6
"""How near what only sounds like the query is, and what shares pairs of characters with it."""
_LIGHT, _COVER = 0.6, 0.5
"""What words count that stand everywhere, beside others; how much it counts that all ideas are answered (a power)."""
_LEAST_RARITY = 0.3
"""How rare, at the least, what nearly all clauses hold is taken for (as BM25 counts it)."""
_TITLE, _TITLE_COVERS = 0.5, 0.35
"""How near a wording counts that stands in the title of a source only, and how far an idea is answered by it."""
_FITS, _BELOW = 0.7, 0.999
"""A clause of the place fits when it answers so much of what the best one does; clauses of others stand below it."""
_PAST = re.compile("旧|以前|原来|过去|原先|老政策|老规定|old rule")


class Found(NamedTuple):
    """What of a query a clause answers: as typed, and the wording that stands in the clause."""

    typed: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found: how well (only to be compared within one answer), and the words that are found in it. `guessed`:
    it only comes near, what was typed may mean anything."""

    clause: Clause
    score: float
    matched: tuple[str, ...]
    found: tuple[Found, ...] = ()
    guessed: bool = False


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
    """The rows that answer one idea: how well, and by which of its wordings (None: by sound, or loosely); which of them
    by the title of their source only; and whether all of them only come near."""

    worth: dict[int, float]
    by: dict[int, Wording | None]
    titled: set[int]
    loose: list[bool]


class Searcher:
    """Answers queries over these clauses with their index. `book` stands in for the index's own wordbook."""

    def __init__(self, clauses: Sequence[Clause], index: Index, book: Wordbook | None = None) -> None:
        self._clauses, self._index = clauses, index
        self._terms = terms = Terms(index.book if book is None else book, index.kept("live"))
        self._sounds = index.sounds
        places = Places(index.kept("places"), index.kept("place_sounds"))
        self._ideas = Ideas(terms, self._sounds, places, frozenset(index.kept("latin")), index.kept("characters"))
        self._rows = lru_cache(maxsize=32)(self._answering)
        self._standing = lru_cache(maxsize=8)(lambda where: standings(clauses, where))

    def find(
        self,
        query: str,
        *,
        place: str = "",
        day: date | None = None,
        limit: int = 20,
        wanted: Callable[[Clause], bool] | None = None,
        dated: bool = False,
    ) -> list[Hit]:
        """The clauses that answer a query best, best first: those of `place` and what it inherits before others, and
        those in force on `day`. A place or a year that the query names goes before. `dated`: the day was asked for, so
        that what is undated stands behind what is known to hold."""
        ideas = self._ideas.of(query)
        if not ideas or limit < 1:
            return []
        scores, answered = self._scores(ideas)
        asked = next((idea.place for idea in ideas if idea.place), place)
        away = next((idea.away for idea in ideas if idea.away), "")
        year = next((idea.year for idea in ideas if idea.year), None)
        past = bool(_PAST.search(query))
        where = Where(asked, away, None if past else day, year, dated)
        standing = self._standing(where)
        if wanted is not None:
            scores = {row: score for row, score in scores.items() if wanted(self._clauses[row - 1])}
        ranked = {row: score * standing[row] for row, score in scores.items()}
        self._hold_back(ranked, answered, where.near)
        best = heapq.nlargest(limit, ((score, -row) for row, score in ranked.items()))
        return [self._hit(-row, score, ideas) for score, row in best]

    def _hold_back(self, ranked: dict[int, float], answered: Mapping[int, float], near: Sequence[str]) -> None:
        """Clauses of other places stand below those of the place that fit what is asked as well."""
        if not near or not ranked:
            return
        others = {row for row in ranked if elsewhere(self._clauses[row - 1], near)}
        enough = _FITS * max(answered[row] for row in ranked)
        fitting = [score for row, score in ranked.items() if answered[row] >= enough and row not in others]
        if fitting:
            least = min(fitting) * _BELOW
            most = max((ranked[row] for row in others), default=0.0)
            if most > least:
                ranked.update({row: ranked[row] * least / most for row in others})

    def _scores(self, ideas: Sequence[Idea]) -> tuple[dict[int, float], dict[int, float]]:
        """How well each row answers all ideas together, rows that answer any; and how many it answers."""
        guessed = [self._rows(idea).worth.keys() for idea in ideas if idea.guess and idea.wordings]
        likely = frozenset(guessed[0]).intersection(*guessed[1:]) if guessed else frozenset()
        scores: dict[int, float] = {}
        answered: dict[int, float] = {}
        light = [self._light(idea) for idea in ideas]
        for idea, less in zip(ideas, light, strict=True):
            factor = _LIGHT if less and not all(light) else 1.0
            rows, _, titled, _ = self._rows(idea)
            most = max(rows.values(), default=1.0)
            for row, worth in rows.items():
                if not ((idea.weighs and row in titled) or (idea.guess and idea.wordings and row not in likely)):
                    scores[row] = scores.get(row, 0.0) + worth * factor
                    covers = _TITLE_COVERS if row in titled else (1.0 + worth / most) / 2
                    answered[row] = answered.get(row, 0.0) + covers
        return {row: score * (answered[row] / len(ideas)) ** _COVER for row, score in scores.items()}, answered

    def _light(self, idea: Idea) -> bool:
        return not idea.weighs and self._stands_everywhere(idea)

    def _stands_everywhere(self, idea: Idea) -> bool:
        return not idea.wordings or (idea.wordings[0].through or idea.wordings[0].text) in self._terms.light

    def _hit(self, row: int, score: float, ideas: Sequence[Idea]) -> Hit:
        clause = self._clauses[row - 1]
        found: list[Found] = []
        shown: list[str] = []
        guessed = True
        for idea in ideas:
            rows = self._rows(idea)
            if row in rows.by:
                guessed = guessed and (idea.guess or rows.loose[0])
                told = [Found(idea.typed, word) for word in self._told(idea, rows.by[row], clause)]
                shown += [] if row in rows.titled else [word.text for _, word in told]
                found += told
        words = shown or [word.text for _, word in found]
        return Hit(clause, round(score, 4), tuple(dict.fromkeys(words)), tuple(found), guessed)

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
        found = _Rows({}, {}, set(), [False])
        held = self._held(idea)
        best = held[0][0].near if held else 0.0
        alike = {row for word, rows in held if word.near >= 0.7 * best for row, _ in rows}
        for word, rows in held:
            self._take(found, rows, word.near, word, max(len(alike) if word.near >= 0.7 * best else 0, len(rows)))
        if idea.spoken and len("".join(idea.spoken)) > 1:
            self._take(found, self._index.spoken(idea.spoken), _SPOKEN, None)
        if not idea.id:
            self._weigh_titles(found, idea)
        if idea.place:
            self._take_place(found, idea)
        if idea.id:
            self._take_id(found, idea)
        if not found.worth and not idea.typed.isascii():
            self._take_loose(found, idea.typed)
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

    def _weigh_titles(self, found: _Rows, idea: Idea) -> None:
        """What only the title of a source says is less than what a clause says itself."""
        said = {row for word in idea.wordings for row in self._index.saying(word.text)}
        found.titled.update(row for row, word in found.by.items() if word is not None and row not in said)
        for row in found.titled:
            found.worth[row] *= _TITLE

    def _take(
        self, found: _Rows, rows: Sequence[tuple[int, float]], near: float, word: Wording | None, many: int = 0
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
        found.loose[0] = True
        pairs = [typed[at : at + 2] for at in range(len(typed) - 1)]
        for pair in pairs:
            self._take(found, self._index.holding(pair), _LOOSE / len(pairs), Wording(pair, _LOOSE, "part"))


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
