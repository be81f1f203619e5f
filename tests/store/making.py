"""Books for tests: real files, filled from the worked cases and from small households."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from famgui.domain.household import Household
from famgui.domain.rulebook import RuleBook
from famgui.files.casefile import read_case
from famgui.store.book import Book
from famgui.usecase.household import import_household

REPOSITORY = Path(__file__).parent.parent.parent
SAMPLE = REPOSITORY / "tests" / "museum" / "family-year.famgui.toml"
"""The sample family's year as the old books hold it: with bindings that run out at its end."""
CASES = [
    *sorted((REPOSITORY / "tests" / "cases").glob("*.toml")),
    SAMPLE,
    *sorted((REPOSITORY / "resources" / "samples").glob("*.toml")),
]
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

RulesOf = Callable[[str], RuleBook]


@cache
def _blank() -> bytes:
    """The file of an empty book: making its tables takes a hundred times as long as opening it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.sqlite"
        Book.open(path, now=NOW).close()
        return path.read_bytes()


def open_new(path: Path) -> Book:
    """The book at a path, an empty one where none is yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_blank())
    return Book.open(path, now=NOW)


@contextmanager
def new_book(folder: Path, name: str = "book.sqlite") -> Iterator[Book]:
    """An empty book in a folder, closed at the end."""
    found = open_new(folder / name)
    try:
        yield found
    finally:
        found.close()


def filled(book: Book, rules_of: RulesOf, path: Path = SAMPLE) -> int:
    """A case file's household in the book; its id."""
    return import_household(book, rules_of, read_case(path), path.stem, now=NOW)[0]


def put(book: Book, rules_of: RulesOf, household: Household) -> int:
    """A household in the book; its id."""
    return import_household(book, rules_of, household, "", now=NOW)[0]


def tamper(path: Path, *statements: str) -> None:
    """Change a book behind the program's back, with every check of the database off."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1, statement


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}
