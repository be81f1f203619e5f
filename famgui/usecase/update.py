"""Whether a newer version exists: a small file is read where the user or the administrator says, when he asks.

Nothing is sent but a plain GET, nothing is downloaded but that file, and nobody asks unasked.
"""

import contextlib
import json
import queue
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, TypeAlias
from urllib.parse import SplitResult, urlsplit

from famgui.usecase.update_limits import LARGEST, TIMEOUT
from famgui.usecase.update_limits import Unreadable as Unreadable

FILE = "famgui-version.json"
_NOTES, _ADDRESS = 2_000, 500
_PAUSE = 0.1
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

Standing: TypeAlias = Literal["newer", "same", "older"]


@dataclass(frozen=True, slots=True)
class Notice:
    """The version that the file tells of. `notes` by language and `page` (https) may be empty."""

    version: str
    day: date | None
    notes: tuple[tuple[str, str], ...]
    page: str

    def note(self, language: str) -> str:
        """The notes in a language, else in any."""
        notes = dict(self.notes)
        return notes.get(language) or next(iter(notes.values()), "")


def numbers(version: str) -> tuple[int, int, int]:
    """A version X.Y.Z (or X.Y) as numbers. Raises `Unreadable`."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise Unreadable("no-version", version=version[:40])
    return int(found[1]), int(found[2]), int(found[3] or 0)


def standing(version: str, mine: str) -> Standing:
    """How a version stands to mine. Raises `Unreadable`."""
    theirs, ours = numbers(version), numbers(mine)
    return "newer" if theirs > ours else "same" if theirs == ours else "older"


def look(source: str, report: Callable[[], None]) -> Notice:
    """The notice at a source: an https address, or the path of the file or of its folder.

    `report` is called several times a second and may raise to give up. Raises `Unreadable`.
    """
    source = source.strip().strip('"')
    if not source:
        raise Unreadable("no-source")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", source):  # a single letter is a drive
        from famgui.usecase.update_line import Line  # start-up seam: TLS, which only a question to a server needs

        asked: _Asked = Line(_address(source))
    else:
        path = Path(source)
        if not path.is_absolute():
            raise Unreadable("no-path", source=source)
        asked = _File(path)
    return understood(_awaited(asked, report))


def _address(source: str) -> str:
    parts = _split(source)
    if parts is None or parts.scheme != "https" or not parts.hostname:
        raise Unreadable("not-https", source=source)
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise Unreadable("not-plain", source=source)
    return source + FILE if source.endswith("/") else source


def _split(address: str) -> SplitResult | None:
    if not address.isascii() or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts


class _Asked(Protocol):
    def read(self) -> bytes:
        """What stands there, and no more than a byte beyond `LARGEST`."""

    def give_up(self) -> None:
        """Nobody waits for it any more."""


class _File:
    """A file on this computer or a share; one that hangs is left alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> bytes:
        path = self._path / FILE if self._path.is_dir() else self._path
        if not path.exists():
            raise Unreadable("no-file", path=path)
        if not path.is_file():
            raise Unreadable("strange-file", path=path)
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)

    def give_up(self) -> None:
        """Nothing can be done about a share that hangs."""


def _awaited(asked: _Asked, report: Callable[[], None]) -> bytes:
    """What stands there, read on a thread of its own: giving up must not have to wait for a server or a share."""
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def read() -> None:
        try:
            answers.put(asked.read())
        except Exception as error:
            answers.put(error)

    thread = threading.Thread(target=read, name="famgui-update", daemon=True)
    thread.start()
    end = time.monotonic() + TIMEOUT
    try:
        while True:
            report()
            with contextlib.suppress(queue.Empty):
                found = answers.get(timeout=_PAUSE)
                break
            if time.monotonic() > end:
                raise Unreadable("slow", seconds=int(TIMEOUT))
    finally:
        asked.give_up()
        thread.join(TIMEOUT)
    if isinstance(found, Exception):
        raise _told(found) from None
    if len(found) > LARGEST:
        raise Unreadable("large", limit=LARGEST // 1024)
    return found


def _told(error: Exception) -> Exception:
    """What failed on the way, as something to be told; a bug stays itself."""
    if isinstance(error, Unreadable):
        return error
    inner = getattr(error, "reason", error)
    if isinstance(inner, TimeoutError):
        return Unreadable("slow", seconds=int(TIMEOUT))
    if isinstance(inner, OSError):
        if verify := getattr(inner, "verify_message", ""):
            return Unreadable("certificate", reason=verify)
        return Unreadable("unreachable", reason=inner.strerror or str(inner))
    if isinstance(error, OSError | UnicodeError):  # a name that cannot be one
        return Unreadable("unreachable", reason=str(inner))
    return error


def understood(text: bytes) -> Notice:
    """The notice in the file's text. Raises `Unreadable`."""
    try:
        found = json.loads(text.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable("no-json") from None
    if not isinstance(found, dict) or not isinstance(found.get("version"), str):
        raise Unreadable("no-notice")
    version = found["version"]
    numbers(version)
    return Notice(version, _day(found.get("date")), _notes(found.get("notes")), _page(found.get("page")))


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise Unreadable("wrong-entry", entry="date") from None


def _notes(value: object) -> tuple[tuple[str, str], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise Unreadable("wrong-entry", entry="notes")
    kept = ((name, _CONTROL.sub("", value[name])[:_NOTES].strip()) for name in ("zh", "en") if name in value)
    return tuple(kept)


def _page(value: object) -> str:
    if value is None or value == "":
        return ""
    parts = _split(value) if isinstance(value, str) and len(value) <= _ADDRESS else None
    if parts is None or parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise Unreadable("wrong-entry", entry="page")
    return str(value)
