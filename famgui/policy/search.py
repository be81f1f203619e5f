"""A first plain search over the clauses: every word looked for as it stands, then by pairs of characters."""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from famgui.policy.pack import Clause

_GRADE_BONUS = {"A": 0.10, "B": 0.08, "C": 0.05, "D": 0.0, "S": 0.02, "K": 0.0}

_OWN_ID = 2.0
"""What a word counts that is the clause's own id."""


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
        own = _normal(clause.id)
        scores = {word: _OWN_ID if word == own else _found(word, text) for word in words}
        score = sum(scores.values()) / len(words)
        if score >= 0.5:
            matched = tuple(word for word in words if scores[word] >= 0.5)
            hits.append(Hit(clause, round(score + _GRADE_BONUS.get(clause.grade, 0.0), 4), matched))
    hits.sort(key=lambda hit: (-hit.score, hit.clause.id))
    return hits[:limit]


def spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the matched words of a `Hit` stand in a text as it was written: first and past-last character, in order.

    A word that does not stand whole is shown by those of its character pairs that occur.
    """
    folded = [(part, index) for index, character in enumerate(text) for part in _normal(character)]
    flat = "".join(part for part, _ in folded)
    marked: set[int] = set()
    for word in words:
        pieces = [word] if word in flat else [word[at : at + 2] for at in range(len(word) - 1)]
        for piece in pieces:
            at = flat.find(piece) if piece else -1
            while at >= 0:
                marked.update(folded[place][1] for place in range(at, at + len(piece)))
                at = flat.find(piece, at + 1)
    edges = sorted(marked)
    firsts = [at for at in edges if at - 1 not in marked]
    lasts = [at + 1 for at in edges if at + 1 not in marked]
    return tuple(zip(firsts, lasts, strict=True))


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _found(word: str, text: str) -> float:
    """1 where the word stands whole, otherwise the part of its character pairs that occur, weighed down."""
    if word in text:
        return 1.0
    pairs = {word[index : index + 2] for index in range(len(word) - 1)}
    return 0.8 * sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
