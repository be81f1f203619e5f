"""What a file that may be a book says of itself, before anybody uses it: nothing is written, not even beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from famgui.store.copies import reading
from famgui.store.trouble import (
    BookIsFolder,
    BookUnwritable,
    DamagedBook,
    EncryptedBook,
    HollowBook,
    MissingBook,
    NewerBook,
    NotABook,
    told_apart,
)
from famgui.store.upgrade import HEAD, MAGIC

_PAGE = 4096
_NEARLY_ALL = 240
"""So many different bytes on a page that starts like nothing known: encrypted, as far as one can see."""
_TABLES = {"alembic_version", "book", "household", "person", "event", "audit"}


class BookFacts(NamedTuple):
    """`schema` as the file says; counts of what it holds; `last_day` of the latest event and `changed_at`, the moment
    of the last entry, "" where there is none; `size` in bytes."""

    path: Path
    size: int
    schema: str
    title: str
    is_sample: bool
    households: int
    persons: int
    events: int
    last_day: str
    changed_at: str

    @property
    def behind(self) -> bool:
        """Whether an older program wrote it."""
        return self.schema < HEAD


def look(path: Path) -> BookFacts:
    """What the book at a path holds. Raises `BookTrouble` for anything that is none, is damaged or of a newer
    program."""
    _is_database(path)
    with told_apart(path), closing(reading(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            raise HollowBook(path)
        if not names >= _TABLES:
            raise NotABook(path)
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if answer != "ok":
            raise DamagedBook(path, reason=answer)
        with _ours(path):
            return _facts(path, connection)


def _facts(path: Path, connection: sqlite3.Connection) -> BookFacts:
    def one(question: str) -> tuple[object, ...]:
        return tuple(connection.execute(question).fetchone() or ("", 0))

    schema = str(one("SELECT version_num FROM alembic_version")[0])
    if schema > HEAD:
        raise NewerBook(path, schema, HEAD)
    title, is_sample = one("SELECT title, is_sample FROM book")
    households, persons, events = (
        int(str(one(f"SELECT count(*) FROM {table}")[0])) for table in ("household", "person", "event")
    )
    return BookFacts(
        path,
        path.stat().st_size,
        schema,
        str(title),
        bool(is_sample),
        households,
        persons,
        events,
        str(one("SELECT coalesce(max(date), '') FROM event")[0]),
        str(one("SELECT coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), '')")[0]),
    )


@contextmanager
def _ours(path: Path) -> Iterator[None]:
    """A database that has our tables, but not our columns, is somebody else's."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:
            raise NotABook(path) from None
        raise


def _is_database(path: Path) -> None:
    if path.is_dir():
        raise BookIsFolder(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_PAGE)
    except FileNotFoundError:
        raise MissingBook(path) from None
    except OSError as error:
        raise BookUnwritable(path, reason=error.strerror or str(error)) from None
    if not head:
        raise HollowBook(path)
    if not head.startswith(MAGIC):
        sealed = len(head) == _PAGE and path.stat().st_size % _PAGE == 0 and len(set(head)) > _NEARLY_ALL
        raise (EncryptedBook if sealed else NotABook)(path)
