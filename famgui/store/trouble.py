"""What can be wrong with a book or its surroundings: exceptions with a code and values; sentences are made elsewhere.

Every `BookTrouble` is the environment's doing and can be told in one sentence. All else a database raises is a bug."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class BookTrouble(Exception):
    """Something outside the program keeps it from using the book; `code` is the key of the sentence."""

    code = "book-trouble"

    def __init__(self, path: Path, **values: object) -> None:
        super().__init__(self.code, str(path), *values.values())
        self.path = path
        self.values: tuple[tuple[str, object], ...] = (("path", str(path)), *values.items())


class NewerBook(BookTrouble):
    """Written by a later version of the program (values: found, known)."""

    code = "book-newer"

    def __init__(self, path: Path, found: str, known: str) -> None:
        super().__init__(path, found=found, known=known)
        self.found = found
        self.known = known


class NotABook(BookTrouble):
    """A file of another kind."""

    code = "book-not-a-book"


class DamagedBook(BookTrouble):
    """The database says that its file is damaged (values: reason)."""

    code = "book-damaged"


class BookIsFolder(BookTrouble):
    """A folder stands where the book should be."""

    code = "book-is-folder"


class BookUnwritable(BookTrouble):
    """The file or its folder may not be written, or cannot be reached (values: reason)."""

    code = "book-unwritable"


class BookLocked(BookTrouble):
    """Another program holds the book."""

    code = "book-locked"


class DiskFull(BookTrouble):
    """No room is left."""

    code = "book-disk-full"


class MissingBook(BookTrouble):
    """Nothing lies there."""

    code = "book-missing"


class HollowBook(BookTrouble):
    """A database without any table: nothing was ever written, or its write-ahead log was left behind."""

    code = "book-hollow"


class EncryptedBook(BookTrouble):
    """A file that looks encrypted."""

    code = "book-encrypted"


class LogLeftBehind(BookTrouble):
    """What a book's write-ahead log holds cannot be read where they lie."""

    code = "book-log-unread"


class TargetIsBook(BookTrouble):
    """A copy was to be written over a book that is in use."""

    code = "book-target-in-use"


class BackupFailed(BookTrouble):
    """A copy does not hold what the book holds; nothing was changed (values: backup)."""

    code = "book-backup-failed"


_KINDS: dict[int, type[BookTrouble]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: BookLocked,
    sqlite3.SQLITE_LOCKED: BookLocked,
    sqlite3.SQLITE_READONLY: BookUnwritable,
    sqlite3.SQLITE_CANTOPEN: BookUnwritable,
    sqlite3.SQLITE_PERM: BookUnwritable,
    sqlite3.SQLITE_IOERR: BookUnwritable,
    sqlite3.SQLITE_CORRUPT: DamagedBook,
    sqlite3.SQLITE_NOTADB: NotABook,
}
_WITH_REASON = (BookUnwritable, DamagedBook)


def trouble(path: Path, error: BaseException | None) -> BookTrouble | None:
    """What a database error says about the surroundings, or None where it is a bug of ours."""
    number = getattr(error, "sqlite_errorcode", None)
    if number is None:
        return None
    kind = _KINDS.get(number & 0xFF)
    if kind is None:
        return None
    return kind(path, reason=str(error)) if kind in _WITH_REASON else kind(path)


@contextmanager
def told_apart(path: Path) -> Iterator[None]:
    """Raise `BookTrouble` for what the environment did; let everything else through as it is."""
    try:
        yield
    except DBAPIError as error:
        found = trouble(path, error.orig)
        if found is None:
            raise
        raise found from error
    except sqlite3.Error as error:
        found = trouble(path, error)
        if found is None:
            raise
        raise found from error
