"""Copies of a book: made through the database and read again before they count; and those that the program keeps by
itself before much is changed at once.

Plain sqlite3, so that a copy costs no import of SQLAlchemy's tables."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from famgui.store.trouble import BackupFailed, BookUnwritable, DiskFull, LogLeftBehind, TargetIsBook, told_apart

FOLDER = "backups"
"""Beside a book: where the copies are that the program makes by itself."""
KEPT = 10
"""So many of them are kept of each book; the oldest go."""
BUSY_SECONDS = 10
_PAGES = 1_000
"""Pages of the database copied between two reports."""
_NAME = re.compile(r"(?P<day>\d{8})-(?P<time>\d{6})-(?P<reason>[a-z]+)(-(?P<schema>\d{4}))?(\.\d+)?\.sqlite")

Report = Callable[[int, int], None]
"""Told how many pages are copied of how many; may raise to stop."""


class Copy(NamedTuple):
    """An automatic copy. `reason` is why it was made: "import", "batch", "merge", "join", "forget", "delete",
    "restore", "upgrade"; `size` in bytes."""

    path: Path
    at: datetime
    reason: str
    size: int


def back_up(path: Path, target: Path, report: Report = lambda done, total: None, *, still: bool = False) -> None:
    """A copy of the book in one file, its write-ahead log included, of one moment whatever is written meanwhile. It is
    there whole and checked or not at all; what lay at the target before stays until then. Where the book lies `still`
    nothing is written beside it.

    Raises `TargetIsBook` where a database that is in use lies at the target, `BackupFailed` or another `BookTrouble`,
    and what `report` raises."""
    if _in_use(path, target):
        raise TargetIsBook(target)
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        _copy(path, half, target, report, still)
        half.replace(target)
    except (DiskFull, BookUnwritable) as found:
        raise type(found)(target, **{name: value for name, value in found.values if name != "path"}) from None
    except OSError as error:
        raise BookUnwritable(target, reason=error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            for ending in ("", "-journal", "-wal", "-shm"):
                half.with_name(half.name + ending).unlink(missing_ok=True)


def _in_use(path: Path, target: Path) -> bool:
    if target.with_name(f"{target.name}-wal").exists():
        return True
    return target.exists() and path.exists() and target.samefile(path)


def _copy(path: Path, half: Path, target: Path, report: Report, still: bool) -> None:
    opened = reading if still else connected
    with told_apart(path), closing(opened(path)) as source, closing(sqlite3.connect(half)) as copy:
        source.execute("BEGIN")
        wanted = _counts(source)
        source.backup(copy, pages=_PAGES, progress=lambda _, left, total: report(total - left, total))
        copy.execute("PRAGMA journal_mode = DELETE")
        sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        same = _counts(copy) == wanted
    if not (sound and same):
        raise BackupFailed(path, backup=str(target))


def connected(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to a database that is there; none is made anew."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=BUSY_SECONDS)


def reading(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, on a medium that takes nothing too. Raises `LogLeftBehind`, sqlite3.Error."""
    beside = [one for ending in ("-wal", "-journal") if (one := path.with_name(path.name + ending)).exists()]
    if not beside:
        return sqlite3.connect(frozen(path), uri=True, isolation_level=None)
    connection = connected(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if any(one.stat().st_size for one in beside):
            raise LogLeftBehind(path) from None
        return sqlite3.connect(frozen(path), uri=True, isolation_level=None)
    return connection


def frozen(path: Path) -> str:
    """The address of a database that nobody writes."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def folder_of(path: Path) -> Path:
    """Where the automatic copies of a book are."""
    return path.parent / FOLDER


def keep_copy(path: Path, reason: str, now: datetime, *, kept: int = KEPT, report: Report = lambda a, b: None) -> Path:
    """Keep a copy of a book beside it, and of the older ones only so many that there are `kept`; where it is.

    Raises as `back_up` does."""
    target = _free(folder_of(path) / f"{path.stem}-{now.astimezone():%Y%m%d-%H%M%S}-{reason}.sqlite")
    back_up(path, target, report)
    _thin_out(path, kept, target)
    return target


def _free(wanted: Path) -> Path:
    """The name, or with a number what nobody has taken yet."""
    found, turn = wanted, 1
    while found.exists():
        turn += 1
        found = wanted.with_name(f"{wanted.stem}.{turn}{wanted.suffix}")
    return found


def _thin_out(path: Path, kept: int, newest: Path) -> None:
    """Let the oldest go, and what was left half-written; what cannot be removed now is removed another time."""
    with suppress(OSError):
        for half in folder_of(path).glob(f"{path.stem}-*.sqlite.part*"):
            half.unlink()
    for old in copies_of(path)[max(kept, 1) :]:
        if old.path != newest:
            try:
                old.path.unlink()
            except OSError:
                return


def copies_of(path: Path) -> tuple[Copy, ...]:
    """The automatic copies of a book that are there, the newest first."""
    found: list[tuple[int, Copy]] = []
    waiting: list[Path] = []
    with suppress(OSError):
        waiting = list(folder_of(path).glob(f"{path.stem}-*.sqlite"))
    for one in waiting:
        told = _NAME.fullmatch(one.name.removeprefix(f"{path.stem}-"))
        if told is None:
            continue
        with suppress(OSError, ValueError):  # taken away meanwhile, or named after no day: no copy of ours
            at = datetime.strptime(told["day"] + told["time"], "%Y%m%d%H%M%S").astimezone()
            state = one.stat()
            found.append((state.st_mtime_ns, Copy(one, at, told["reason"], state.st_size)))
    return tuple(copy for _, copy in sorted(found, key=lambda pair: (pair[1].at, pair[0]), reverse=True))
