"""Before a book is opened: what lies at the path, is it ours and sound, how old is it; then make it up to date.

Looks with plain sqlite3, so that a book of today's schema costs no import of Alembic."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from famgui.store.trouble import (
    BackupFailed,
    BookIsFolder,
    BookUnwritable,
    DamagedBook,
    NewerBook,
    NotABook,
    told_apart,
)

HEAD = "0003"
"""The schema this program writes: the last step under `migrations/versions`."""

_MAGIC = b"SQLite format 3\0"


def make_ready(path: Path, engine: Engine, *, check: bool = True) -> bool:
    """Create the book or bring it up to date; whether it is new. `check` looks for damage first.

    Raises `BookTrouble`."""
    found = revision(path, check=check)
    if found == HEAD:
        return False
    if found > HEAD:
        raise NewerBook(path, found, HEAD)
    if found:
        back_up(path, path.with_name(f"{path.name}.{found}.backup"))
    # Start-up seam: Alembic is a fifth of a second, wanted only when the schema is behind.
    from famgui.store.migrations.run import migrate

    with told_apart(path):
        migrate(engine)
    return not found


def revision(path: Path, *, check: bool = True) -> str:
    """The schema of what lies at the path, "" for nothing yet. Raises `BookTrouble`."""
    _reachable(path)
    if not path.exists() or path.stat().st_size == 0:
        return ""
    with told_apart(path), closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return ""
        if "alembic_version" not in tables or not ("book" in tables or tables == {"alembic_version"}):
            raise NotABook(path)
        if check:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if answer != "ok":
                raise DamagedBook(path, reason=answer)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else ""


def _reachable(path: Path) -> None:
    if path.is_dir():
        raise BookIsFolder(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
        with path.open("rb") as stream:
            head = stream.read(len(_MAGIC))
    except OSError as error:
        raise BookUnwritable(path, reason=error.strerror or str(error)) from None
    if head and head != _MAGIC:
        raise NotABook(path)


def back_up(path: Path, target: Path) -> None:
    """A copy of the book, made through the database (its write-ahead log included) and read again before it counts.

    Raises `BackupFailed` or another `BookTrouble`."""
    half = target.with_name(f"{target.name}.part")
    half.unlink(missing_ok=True)
    try:
        with told_apart(path), closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            same = _counts(source) == _counts(copy)
        if not (sound and same):
            raise BackupFailed(path, backup=str(target))
        half.replace(target)
    except OSError as error:
        raise BookUnwritable(target, reason=error.strerror or str(error)) from None
    finally:
        half.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
