"""Makes the museum's books: `python -m tests.museum.make SCHEMA` writes book-SCHEMA.sqlite with today's program.

A book is made once, when its schema is released, and never again: it stands for what users have on their disks."""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from famgui.policy.library import Library
from famgui.store.book import Book
from famgui.store.upgrade import HEAD
from famgui.usecase.draft import save
from famgui.usecase.household import load
from famgui.usecase.record import record_event, undo
from tests.domain.building import item, visit
from tests.museum import COPIED_CASE, since_0002, since_0003
from tests.store.making import NOW, REPOSITORY, SAMPLE, filled, put

MUSEUM = Path(__file__).parent


def make(target: Path) -> None:
    """Four households, an event recorded after the import, one undone, a draft."""
    library = Library([REPOSITORY / "resources" / "policies"], None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.sqlite"
        book = Book.open(path, title="家庭共济账本", is_sample=True, now=NOW)
        home = filled(book, library.book, SAMPLE)
        filled(book, library.book, REPOSITORY / COPIED_CASE)
        put(book, library.book, since_0002.HOUSEHOLD)
        since_0003.more(book, put(book, library.book, since_0003.HOUSEHOLD))
        last = load(book, library.book, home).household.events[-1].date
        event = visit("wang", item("120.00"), day=last, handle="v1", level="community")
        assert record_event(book, library.book, home, event, now=NOW).recorded
        assert undo(book, library.book, home, "奶奶慢特病", now=NOW).recorded
        save(book, "settlement", {"patient": "ming", "items": []}, now=NOW)
        book.close()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        target.write_bytes(path.read_bytes())


if __name__ == "__main__":
    (wanted,) = sys.argv[1:]
    if wanted != HEAD or (MUSEUM / f"book-{wanted}.sqlite").exists():
        sys.exit(f"schema {wanted}: only {HEAD} can be made, and only once")
    make(MUSEUM / f"book-{wanted}.sqlite")
