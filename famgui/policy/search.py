"""Where something is said: the clauses that answer a query best, with place, date and grade in mind, and why."""

import heapq
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from famgui.policy.answers import LOOSE, SPOKEN, Answers, Rows
from famgui.policy.idea import Idea
from famgui.policy.ideas import Ideas
from famgui.policy.index import Index, fields
from famgui.policy.pack import WEAK_GRADES, Clause
from famgui.policy.places import NATION, Places
from famgui.policy.spelling import folded
from famgui.policy.standing import Where, elsewhere, standings
from famgui.policy.terms import Terms, Wording
from famgui.policy.wordbook import Wordbook

_LIGHT, _STRAY, _COVER = 0.6, 0.5, 0.5
"""What words count that stand everywhere, beside others, and single characters that belong to no word; how much it
counts that all ideas are answered (a power)."""
_FITS, _BELOW = 0.7, 0.999
"""A clause of the place fits when it answers so much of what the best one does; clauses of others stand below it."""
_OWN, _AROUND, _LAST = 1.25, 1.15, 0.02
"""What confirmed clauses of a place count that the query names, others of it and of its province, and what those count,
of the least that answers, that speak of nothing else."""
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


class Searcher:
    """Answers queries over these clauses with their index. `book` stands in for the index's own wordbook."""

    def __init__(self, clauses: Sequence[Clause], index: Index, book: Wordbook | None = None) -> None:
        self._clauses, self._index = clauses, index
        self._terms = terms = Terms(index.book if book is None else book, index.kept("live"))
        self._sounds = index.sounds
        places = Places(index.kept("places"), index.kept("place_sounds"))
        self._ideas = Ideas(terms, self._sounds, places, frozenset(index.kept("latin")), index.kept("characters"))
        self._rows = Answers(clauses, index, self._sounds).to
        setting = frozenset(index.kept("rules"))
        self._standing = lru_cache(maxsize=8)(lambda where: standings(clauses, where, setting))

        self._others = lru_cache(maxsize=8)(
            lambda near: frozenset(row for row, clause in enumerate(clauses, 1) if elsewhere(clause, near))
        )

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
        subjects = self._subjects(ideas)
        scores, answered = self._scores(subjects)
        where = self._where(ideas, place, None if _PAST.search(query) else day, dated)
        if len(subjects) < len(ideas):
            self._take_named(scores, answered, [idea for idea in ideas if idea.place], where.near)
        standing = self._standing(where)
        if wanted is not None:
            scores = {row: score for row, score in scores.items() if wanted(self._clauses[row - 1])}
        ranked = {row: score * standing[row] for row, score in scores.items()}
        self._hold_back(ranked, answered, where.near, guessed=all(idea.guess for idea in subjects))
        best = heapq.nlargest(limit, ((score, -row) for row, score in ranked.items()))
        return [self._hit(-row, score, ideas) for score, row in best]

    def _subjects(self, ideas: Sequence[Idea]) -> Sequence[Idea]:
        """What is asked about. A place says where, and what it is asked of it is found among all clauses that hold
        there; it is asked about itself where nothing else that is asked stands in any clause."""
        others = [idea for idea in ideas if not idea.place]
        return others if any(self._rows(idea).worth for idea in others) else ideas

    @staticmethod
    def _where(ideas: Sequence[Idea], place: str, day: date | None, dated: bool) -> Where:
        """For where and when an answer is wanted: what the query names goes before what is set."""
        named = [idea.place for idea in ideas if idea.place]
        away = next((idea.away for idea in ideas if idea.away), "") or "".join(named[1:2])
        year = next((idea.year for idea in ideas if idea.year), None)
        return Where(named[0] if named else place, away, day, year, dated)

    def _take_named(
        self, scores: dict[int, float], answered: dict[int, float], named: Sequence[Idea], near: Sequence[str]
    ) -> None:
        """Clauses of a place that the query names, and of its province, count more; those that only speak of the place,
        and of nothing that is asked, stand behind all others."""
        least = min(scores.values(), default=1.0)
        own = near[0]
        for row in scores:
            clause = self._clauses[row - 1]
            if clause.place in near and clause.place != NATION:
                scores[row] *= _OWN if clause.place == own and clause.grade not in WEAK_GRADES else _AROUND
        for row, worth in ((row, worth) for idea in named for row, worth in self._rows(idea).worth.items()):
            if row not in scores:
                scores[row], answered[row] = least * _LAST * worth, 0.0

    def _hold_back(
        self, ranked: dict[int, float], answered: Mapping[int, float], near: tuple[str, ...], *, guessed: bool
    ) -> None:
        """Clauses of other places stand below those of the place that fit what is asked as well; where letters are but
        guessed at, below all of them."""
        if not near or not ranked:
            return
        others = self._others(near).intersection(ranked)
        enough = 0.0 if guessed else _FITS * max(map(answered.__getitem__, ranked))
        fitting = [ranked[row] for row in ranked.keys() - others if answered[row] >= enough]
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
        shares = [_STRAY if idea.stray else 1.0 for idea in ideas]
        for idea, less, share in zip(ideas, light, shares, strict=True):
            factor = share * (_LIGHT if less and not all(light) else 1.0)
            rows = self._rows(idea)
            for row in self._telling(idea, rows, likely):
                scores[row] = scores.get(row, 0.0) + rows.worth[row] * factor
                answered[row] = answered.get(row, 0.0) + rows.covers[row] * share
        whole = sum(shares)
        return {row: score * (answered[row] / whole) ** _COVER for row, score in scores.items()}, answered

    @staticmethod
    def _telling(idea: Idea, rows: Rows, likely: Collection[int]) -> Iterable[int]:
        """The rows that count for an idea: not titles where it means something else beside another, and of guesses only
        those that answer all of them."""
        if idea.guess and idea.wordings:
            return [row for row in rows.worth if row in likely]
        return [row for row in rows.worth if row not in rows.titled] if idea.weighs else rows.worth

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
        return tuple(Wording(said, SPOKEN, way) for said in dict.fromkeys(stretches)) or (
            Wording(idea.typed, LOOSE, "part"),
        )


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
