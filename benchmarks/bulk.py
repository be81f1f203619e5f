"""Many families settled and stored against raw sqlite3 writing the same rows after the bare computation."""

import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.measure import Ratio, timed
from benchmarks.settlement import EVENTS_EACH, book, families
from benchmarks.store import NOW, folder, raw_connection
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import run
from famgui.store.book import Book
from famgui.store.rows import TABLES
from famgui.usecase.bulk import import_many

FAMILIES = 2_000
MEMORY_FAMILIES = 4_000
ROUNDS = 5
_TABLES = [table.name for table in TABLES.values()]

Chunk: TypeAlias = dict[str, list[tuple[Any, ...]]]
"""The rows of one transaction by table."""


def batch_stored(count: int = FAMILIES, rounds: int = ROUNDS) -> Ratio:
    """Families with five events each, brought in as many transactions as the chunks are."""
    rules = book()
    with folder() as place:
        empty = place / "empty.sqlite"
        Book.open(empty).close()
        chunks = list(_chunks(rules, count, _copied(empty, place / "rows.sqlite")))

        def ours() -> float:
            found = Book.open(_copied(empty, place / "ours.sqlite"))
            spent = timed(lambda: _bring(found, rules, count))
            found.close()
            return spent

        def theirs() -> float:
            with closing(raw_connection(_copied(empty, place / "raw.sqlite"))) as raw:
                return timed(lambda: (_compute(rules, count), _write(raw, chunks)))

        pairs = [(ours(), theirs()) for _ in range(rounds + 1)][1:]
    events = count * EVENTS_EACH
    return Ratio(
        f"{events:,} events of {count:,} families settled and stored, an event",
        statistics.median(a for a, _ in pairs) / events,
        "bare computation and raw sqlite3, same rows",
        statistics.median(b for _, b in pairs) / events,
        statistics.median(a / b for a, b in pairs),
    )


def _copied(empty: Path, target: Path) -> Path:
    for beside in target.parent.glob(f"{target.name}*"):
        beside.unlink()
    return Path(shutil.copy(empty, target))


def _bring(into: Book, rules: RuleBook, count: int, report: Callable[[int], bool] | None = None) -> None:
    named = ((family, "家") for family in families(count))
    import_many(into, lambda place: rules, named, now=NOW, report=report)


def _compute(rules: RuleBook, count: int) -> None:
    for family in families(count):
        run(family, rules)


def _chunks(rules: RuleBook, count: int, path: Path) -> Iterator[Chunk]:
    """The rows that come to be, by transaction."""
    found = Book.open(path)
    chunks: list[Chunk] = []
    with closing(raw_connection(path)) as raw:
        seen = {table: raw.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0] for table in _TABLES}

        def report(done: int) -> bool:
            chunk: Chunk = {}
            for table in _TABLES:
                rows = raw.execute(f"SELECT rowid, * FROM {table} WHERE rowid > ? ORDER BY rowid", (seen[table],))
                chunk[table] = [row[1:] for row in rows if not seen.update({table: row[0]})]
            chunks.append(chunk)
            return True

        _bring(found, rules, count, report)
    found.close()
    yield from chunks


def _write(raw: sqlite3.Connection, chunks: list[Chunk]) -> None:
    for chunk in chunks:
        raw.execute("BEGIN IMMEDIATE")
        for table, rows in chunk.items():
            if rows:
                raw.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        raw.execute("COMMIT")


def memory(count: int = MEMORY_FAMILIES) -> Ratio:
    """What a process needs at most that brings in twice as many families: flat, whatever comes."""
    once, twice = (_peak(families_) for families_ in (count, 2 * count))
    return Ratio(
        f"{2 * count * EVENTS_EACH:,} events brought in, peak memory",
        twice,
        f"{count * EVENTS_EACH:,} events",
        once,
        twice / once,
        "MiB",
    )


def _peak(count: int) -> float:
    done = subprocess.run([sys.executable, "-m", "benchmarks.bulk", str(count)], stdout=subprocess.PIPE, check=True)
    return int(done.stdout) / 1024


def _measure_peak(count: int) -> int:
    rules = book()
    with folder() as place:
        found = Book.open(place / "book.sqlite")
        _bring(found, rules, count)
        found.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(_measure_peak(int(sys.argv[1])))
