"""The book: one file, one writer, any number of readers. Everything that is kept goes through `write` and `read`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection as Connection
from sqlalchemy import Engine, insert, select

from famgui.store import tables
from famgui.store.copies import KEPT, keep_copy
from famgui.store.engine import ASKING, READING, Change, engine_for, frozen_engine, merge_log
from famgui.store.trouble import BookTrouble, told_apart
from famgui.store.upgrade import make_ready

_AUDIT = Change(insert(tables.audit).inline(), ("at", "action", "household_id", "event_id", "detail"))


_SEEN = "famgui-written"
"""What a connection's `info` remembers: how often the book had been written when it began to read."""


class Kept(NamedTuple):
    """A household as the last command left it, good as long as its last event is still `seq`."""

    seq: int
    live: object


class BookInfo(NamedTuple):
    """What the book says of itself."""

    title: str
    is_sample: bool
    created_at: str


@dataclass(slots=True)
class Writing:
    """One command's transaction. What it notes here is the audit entry, or `several` of household and detail (`silent`:
    none, for what is no record); households whose rows it has `changed` otherwise than by events are read anew;
    `abandon` takes everything back."""

    connection: Connection
    household: int | None = None
    event: int | None = None
    detail: str = ""
    several: list[tuple[int, str]] = field(default_factory=list)
    silent: bool = False
    abandoned: bool = False
    kept: dict[int, Kept] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)

    def abandon(self) -> None:
        """Nothing of this command is to stay."""
        self.abandoned = True


def _audit_rows(action: str, now: datetime, done: Writing) -> list[tuple[object, ...]]:
    noted: list[tuple[object, ...]] = [(household, None, detail) for household, detail in done.several]
    return [(now.isoformat(), action, *about) for about in noted or [(done.household, done.event, done.detail)]]


class Book:
    """An open book. `read` may be used from any thread; writers wait for one another. So many automatic copies are kept
    as `copies_kept` says."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._reader = engine.execution_options(**READING)
        self._asker = engine.execution_options(**ASKING)
        self._lock = threading.Lock()
        self._writer: Connection | None = None
        self._kept: dict[int, Kept] = {}
        self._written = 0
        self._merged, self._closed = -1, False
        self.copies_kept = KEPT

    @classmethod
    def open(
        cls, path: Path, *, title: str = "", is_sample: bool = False, now: datetime | None = None, check: bool = True
    ) -> "Book":
        """The book at a path, created (with this title) or brought up to date first. Raises `BookTrouble`.

        `check` runs the database's own quick check before anything else."""
        engine = engine_for(path)
        try:
            make_ready(path, engine, check=check, now=now)
            found = cls(path, engine)
            found._entitle(title, is_sample, now or datetime.now(UTC))
        except BaseException:
            engine.dispose()
            raise
        return found

    @classmethod
    def frozen(cls, path: Path) -> "Book":
        """A book that lies where nothing can be written, to be read only; it must be of today's schema (`look`)."""
        return cls(path, frozen_engine(path))

    def close(self) -> None:
        """Let go of the file; the book is not to be used afterwards."""
        with self._lock:
            self._closed = True
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()

    @property
    def info(self) -> BookInfo:
        """Title, sample or not, day of creation."""
        row = tables.book.c
        with self.read() as connection:
            found = connection.execute(select(row.title, row.is_sample, row.created_at)).one()
        return BookInfo(*found)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees the book as it is now, in one piece, whatever is written meanwhile."""
        with told_apart(self.path), self._reader.connect() as connection:
            connection.info[_SEEN] = self._written
            yield connection

    @contextmanager
    def ask(self) -> Iterator[Connection]:
        """A connection for a single question: as `read`, and quicker."""
        with told_apart(self.path), self._asker.connect() as connection:
            yield connection

    @contextmanager
    def write(self, action: str, now: datetime) -> Iterator[Writing]:
        """One command: all of it or nothing, with an audit entry; on the disk when this returns."""
        with self._lock, told_apart(self.path):
            if self._writer is None:
                self._writer = self._engine.connect()
            done = Writing(self._writer)
            try:
                with self._writer.begin() as transaction:
                    yield done
                    if done.abandoned:
                        transaction.rollback()
                        self._kept.clear()
                        return
                    if not done.silent:
                        _AUDIT.run(self._writer, _audit_rows(action, now, done))
            except BaseException:
                self._kept.clear()
                raise
            self._written += 1
            for household_id in done.changed:
                self._kept.pop(household_id, None)
            self._kept.update(done.kept)

    def sweep(self) -> None:
        """Leave nothing on the disk of what was deleted: the file is written anew from what is in the book."""
        with self._lock, told_apart(self.path), self._asker.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("VACUUM")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def rest(self) -> bool:
        """Nothing is asked of the book for now: let its file alone hold everything that was written. Waits for nobody;
        whether that is so."""
        written = self._written
        if self._merged == written or not self._lock.acquire(blocking=False):
            return self._merged == written
        try:
            if self._closed:
                return True
            with told_apart(self.path), self._asker.connect() as connection:
                if merge_log(connection):
                    self._merged = written
        except BookTrouble:  # the log still holds it; who writes next will be told
            return False
        finally:
            self._lock.release()
        return self._merged == written

    def keep_copy(self, reason: str, now: datetime) -> Path:
        """Keep an automatic copy of the book as it is, before much of it is changed at once; where it is. Raises
        `BookTrouble`."""
        return keep_copy(self.path, reason, now, kept=self.copies_kept)

    def kept(self, household_id: int) -> Kept | None:
        """The household as it was last computed, if it was."""
        return self._kept.get(household_id)

    def keep(self, household_id: int, kept: Kept, connection: Connection) -> None:
        """Remember a household that was computed from what a connection saw, unless the book was written since."""
        if connection.info.get(_SEEN, self._written) != self._written:
            return
        known = self._kept.get(household_id)
        if known is None or known.seq <= kept.seq:
            self._kept[household_id] = kept

    def _entitle(self, title: str, is_sample: bool, now: datetime) -> None:
        with self.read() as connection:
            named = connection.execute(select(tables.book.c.id)).first() is not None
        if not named:
            with self.write("create book", now) as tx:
                row = {"id": 1, "title": title, "is_sample": is_sample, "created_at": now.isoformat()}
                tx.connection.execute(insert(tables.book), row)
