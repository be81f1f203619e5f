"""A book put in another's place, whole: until the last step the old one lies where it lay."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from famgui.store.copies import KEPT, Report, back_up, connected, folder_of, keep_copy
from famgui.store.engine import engine_for
from famgui.store.facts import BookFacts, look
from famgui.store.trouble import (
    BackupFailed,
    BookIsFolder,
    BookLocked,
    BookTrouble,
    BookUnwritable,
    DamagedBook,
    EncryptedBook,
    HollowBook,
    NotABook,
    TargetIsBook,
    told_apart,
)
from famgui.store.upgrade import make_ready

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""
_NO_BOOK = (BackupFailed, DamagedBook, NotABook, HollowBook, EncryptedBook)


def put_in_place(
    source: Path, path: Path, now: datetime, *, kept: int = KEPT, report: Report = lambda done, total: None
) -> Path | None:
    """Put the book at `source` in the place of the one at `path`, brought up to date; nobody may have that open. Where
    the old one is kept, None where there was none.

    Raises `BookTrouble`, and what `report` raises; then the old book lies where it was."""
    if path.is_dir():
        raise BookIsFolder(path)
    look(source)
    if path.exists() and path.samefile(source):
        raise TargetIsBook(source)
    with _made_ready(source, path, now, report) as fresh, _system_words(path):
        old = _set_aside(path, now, kept)
        fresh.replace(path)
    return old


@contextmanager
def _made_ready(source: Path, path: Path, now: datetime, report: Report) -> Iterator[Path]:
    """A copy of the source beside the book, checked and of today's schema, as one file."""
    fresh = path.with_name(f"{path.name}.restore")
    try:
        with _system_words(path):
            _remove(fresh)
        back_up(source, fresh, report, still=True)
        engine = engine_for(fresh)
        try:
            make_ready(fresh, engine, now=now, keep=False)
        finally:
            engine.dispose()
        _alone(fresh)
        look(fresh)
        yield fresh
    finally:
        with _system_words(path):
            _remove(fresh)


def _set_aside(path: Path, now: datetime, kept: int) -> Path | None:
    """Keep the book that is there; then nothing of it is left beside its file."""
    if not path.exists():
        _remove_beside(path)
        return None
    try:
        _alone(path)
        return keep_copy(path, "restore", now, kept=kept)
    except _NO_BOOK:
        aside = _as_it_is(path, now)
        _remove_beside(path)
        return aside


def _as_it_is(path: Path, now: datetime) -> Path:
    """What cannot be read is kept as it is, with what lies beside it."""
    aside = folder_of(path) / f"{path.name}.{now.astimezone():%Y%m%d-%H%M%S}.aside"
    aside.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("", *_BESIDE):
        part = path.with_name(path.name + ending)
        if part.exists():
            shutil.copy2(part, aside.with_name(aside.name + ending))
    return aside


def _alone(path: Path) -> None:
    """Let the file hold everything and nothing lie beside it. Raises `BookLocked` while anybody has it open."""
    with told_apart(path), closing(connected(path)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise BookLocked(path)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    _remove_beside(path)


def _remove_beside(path: Path) -> None:
    for ending in _BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def _system_words(path: Path) -> Iterator[None]:
    """What the system refuses, as a book's trouble."""
    try:
        yield
    except OSError as error:
        raise BookUnwritable(path, reason=error.strerror or str(error)) from None


def facts_or_none(path: Path) -> BookFacts | None:
    """What the book at a path holds; None where there is none, or none that can be read."""
    try:
        return look(path)
    except BookTrouble:
        return None
