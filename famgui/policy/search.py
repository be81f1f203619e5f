"""A first plain search over the clauses: every word looked for as it stands, then by pairs of characters."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from famgui.policy.pack import Clause

_GRADE_BONUS = {"A": 0.10, "B": 0.08, "C": 0.05, "D": 0.0, "S": 0.02, "K": 0.0}


class Hit(NamedTuple):
    """A clause found: how well (0 to about 1), and the words of the query that it holds."""

    clause: Clause
    score: float
    matched: tuple[str, ...]


def search(clauses: Iterable[Clause], query: str, limit: int = 20) -> list[Hit]:
    """The clauses that answer a query best, best first; none for an empty query."""
    words = _normal(query).split()
    if not words:
        return []
    hits: list[Hit] = []
    for clause in clauses:
        text = _normal(
            " ".join((clause.id, clause.statement, clause.value, clause.doc_no, clause.source_title, clause.note))
        )
        scores = {word: _found(word, text) for word in words}
        score = sum(scores.values()) / len(words)
        if score >= 0.5:
            matched = tuple(word for word in words if scores[word] >= 0.5)
            hits.append(Hit(clause, round(score + _GRADE_BONUS.get(clause.grade, 0.0), 4), matched))
    hits.sort(key=lambda hit: (-hit.score, hit.clause.id))
    return hits[:limit]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _found(word: str, text: str) -> float:
    """1 where the word stands whole, otherwise the part of its character pairs that occur, weighed down."""
    if word in text:
        return 1.0
    pairs = {word[index : index + 2] for index in range(len(word) - 1)}
    return 0.8 * sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
