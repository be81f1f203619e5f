"""The full-text index of the clauses in SQLite: built from the packs when they change, kept whole in the cache."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from famgui.base.paths import write_whole
from famgui.policy.pack import Clause
from famgui.policy.spelling import Sounds, folded, grams, phrase, runs, syllables, usual_readings
from famgui.policy.topics import TOPICS
from famgui.policy.wordbook import Wordbook

FIELDS = ("statement", "topic", "value", "note", "source", "place", "rules")
OWN = ("statement", "topic", "value", "note", "rules")
TITLES = ("source", "place")
"""What a clause says itself; the title of its source is of the whole document."""
WEIGHTS = (10.0, 5.0, 4.0, 1.5, 0.3, 0.3, 20.0)
_SOUND, _INITIALS = 3.0, 2.0
_OPTIONS = "content='', prefix='1', tokenize=\"unicode61 tokenchars '%.'\""
_FILE = "search.index"


class Words(NamedTuple):
    """What the searched words may be, besides what the clauses say: synonyms, places by name, and by clause what the
    rules are called that it sets."""

    book: Wordbook
    places: Mapping[str, str]
    rules: Mapping[str, str] = MappingProxyType({})


def fields(clause: Clause) -> dict[str, str]:
    """The text of a clause by the field in which it is searched."""
    return {
        "statement": clause.statement,
        "topic": TOPICS.get(clause.topic, ""),
        "value": f"{clause.value} {clause.unit}",
        "note": clause.note,
        "source": f"{clause.id} {clause.source_title} {clause.doc_no}",
        "place": clause.place_name,
    }


class Index:
    """Clauses in an FTS5 table: a column a field, one for how the statement sounds, one for its initials. Rows are
    numbered from 1 as the clauses came."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def build(
        cls, clauses: Sequence[Clause], words: Words, stamp: str = "", pause: Callable[[], None] = lambda: None
    ) -> "Index":
        """Index clauses in memory. Slow: all sounds are computed here. `pause` is called every few milliseconds; what
        it raises ends the work."""

        def slowly(many: Iterable[Any]) -> Iterator[Any]:
            for one in many:
                pause()
                yield one

        index = cls(sqlite3.connect(":memory:", check_same_thread=False))
        columns = ", ".join((*FIELDS, "sound", "initial"))
        index._db.execute(f"CREATE VIRTUAL TABLE clause USING fts5({columns}, {_OPTIONS})")
        marks = ", ".join("?" * (len(FIELDS) + 3))
        insert = f"INSERT INTO clause(rowid, {columns}) VALUES ({marks})"
        rows = (_row(number, clause, words) for number, clause in enumerate(slowly(clauses), 1))
        index._db.executemany(insert, rows)
        index._db.execute("INSERT INTO clause(clause) VALUES ('optimize')")
        index._keep({"stamp": stamp, **_words(clauses, words)})
        index._keep({"live": [word for word in slowly(words.book.words()) if index.holding(word)]})
        return index

    def _keep(self, found: Mapping[str, Any]) -> None:
        self._db.execute("CREATE TABLE IF NOT EXISTS kept(name TEXT PRIMARY KEY, body TEXT NOT NULL)")
        rows = ((name, json.dumps(body, ensure_ascii=False)) for name, body in found.items())
        self._db.executemany("INSERT INTO kept VALUES (?, ?)", rows)
        self._db.commit()

    def kept(self, name: str) -> Any:
        """What was kept under a name when the index was built."""
        return json.loads(self._db.execute("SELECT body FROM kept WHERE name = ?", (name,)).fetchone()[0])

    @property
    def book(self) -> Wordbook:
        """The wordbook with its sounds."""
        book = self.kept("book")
        for flag in ("light", "kin", "exact", "only"):
            book[flag] = tuple(book[flag])
        book["groups"] = tuple(map(tuple, book["groups"]))
        book["company"] = tuple(tuple(map(tuple, one)) for one in book["company"])
        book["leads"] = tuple((tuple(said), tuple(meant)) for said, meant in book["leads"])
        return Wordbook(**book)

    @cached_property
    def sounds(self) -> Sounds:
        """How characters are read."""
        return Sounds(self.kept("readings"))

    def holding(self, word: str) -> list[tuple[int, float]]:
        """Rows that hold a folded wording, with how much they speak of it (BM25, larger is better)."""
        asked = phrase(word)
        return self._ask(f"{{{' '.join(FIELDS)}}} : {asked}") if asked else []

    def titled(self, words: Iterable[str]) -> set[int]:
        """Rows that say one of these folded wordings in the title of their source only, not themselves."""
        asked = " OR ".join(dict.fromkeys(filter(None, map(phrase, words))))
        found = self._rows(TITLES, asked) if asked else set()
        return found - self._rows(OWN, asked) if found else found

    def _rows(self, columns: Iterable[str], asked: str) -> set[int]:
        sql = "SELECT rowid FROM clause WHERE clause MATCH ?"
        return {row for (row,) in self._db.execute(sql, (f"{{{' '.join(columns)}}} : ({asked})",))}

    def spoken(self, wanted: Sequence[str]) -> list[tuple[int, float]]:
        """Rows whose statement sounds like these syllables, the last perhaps unfinished; single letters: with these
        initials."""
        if len(wanted) > 1 and all(len(syllable) == 1 for syllable in wanted):
            return self._ask(f'initial : "{" ".join(_joined(wanted)[:-1])}"')
        tokens = _joined(wanted)
        return self._ask(f'sound : "{" ".join(tokens[:-1] or tokens)}" *')

    def _ask(self, asked: str) -> list[tuple[int, float]]:
        weights = ", ".join(map(str, (*WEIGHTS, _SOUND, _INITIALS)))
        sql = f"SELECT rowid, -bm25(clause, {weights}) FROM clause WHERE clause MATCH ?"
        return self._db.execute(sql, (asked,)).fetchall()

    def save(self, cache: Path) -> None:
        """Keep the index, a checksum before it; a cache that cannot be written costs time at the next start only."""
        body = self._db.serialize()
        try:
            write_whole(cache / _FILE, sha256(body).digest() + body)
        except OSError:
            return

    @classmethod
    def load(cls, cache: Path, stamp: str) -> "Index | None":
        """The index kept for this stamp; None where there is none, or not a whole one."""
        try:
            body = (cache / _FILE).read_bytes()
        except OSError:
            return None
        if sha256(body[32:]).digest() != body[:32]:
            return None
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(body[32:])
        index = cls(connection)
        return index if index.kept("stamp") == stamp else None


def _words(clauses: Iterable[Clause], words: Words) -> dict[str, Any]:
    """All that is looked up in a query before the clauses are."""
    nicknames = words.book.places or {}
    places = {**{said: words.places[name] for said, name in nicknames.items() if name in words.places}, **words.places}
    said = folded(" ".join(text for clause in clauses for text in fields(clause).values()))
    sounds: dict[str, str] = {}
    for name in (name for name in places if len(name) > 1):
        sounds.setdefault("".join(syllables(name)) if not name.isascii() else name, name)
    return {
        "book": words.book.spoken().__dict__,
        "places": places,
        "place_sounds": sounds,
        "latin": sorted({run for run in runs(said) if run.isalpha() and run.isascii()}),
        "characters": "".join(sorted(set(said))),
        "rules": sorted(words.rules),
        "readings": usual_readings(),
    }


def _row(number: int, clause: Clause, words: Words) -> tuple[int | str, ...]:
    told = fields(clause)
    texts = [folded(text) for text in (*told.values(), words.rules.get(clause.id, ""))]
    spoken = [syllables(run) for run in runs(texts[0]) if not run.isascii()]
    sound = " ".join(token for run in spoken for token in _joined(run))
    initial = " ".join(token for run in spoken for token in _joined([syllable[0] for syllable in run]))
    return (number, *map(grams, texts), sound, initial)


def _joined(parts: Sequence[str]) -> list[str]:
    return ["".join(parts[at : at + 2]) for at in range(len(parts))]
