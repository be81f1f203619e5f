"""Before a book is opened: what lies at the path, is it ours and sound, how old is it; then make it up to date.

Looks with plain sqlite3, so that a book of today's schema costs no import of Alembic."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from famgui.store.copies import keep_copy
from famgui.store.trouble import (
    BookIsFolder,
    BookUnwritable,
    DamagedBook,
    NewerBook,
    NotABook,
    told_apart,
)

HEAD = "0003"
"""The schema this program writes: the last step under `migrations/versions`."""

MAGIC = b"SQLite format 3\0"
"""How every database of SQLite begins."""


def make_ready(
    path: Path, engine: Engine, *, check: bool = True, now: datetime | None = None, keep: bool = True
) -> bool:
    """Create the book or bring it up to date; whether it is new. `check` looks for damage first; an older book is kept
    aside first, unless it is a copy already (`keep` False).

    Raises `BookTrouble`."""
    found = revision(path, check=check)
    if found == HEAD:
        return False
    if found > HEAD:
        raise NewerBook(path, found, HEAD)
    if found and keep:
        keep_copy(path, f"upgrade-{found}", now or datetime.now(UTC).astimezone())
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
            head = stream.read(len(MAGIC))
    except OSError as error:
        raise BookUnwritable(path, reason=error.strerror or str(error)) from None
    if head and head != MAGIC:
        raise NotABook(path)
