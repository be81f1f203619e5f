"""One window a home: a second start hands its case files to the window that is open, through small files in the home,
where that window stands on the same screen; everybody else is told who has the home open.

QtCore only; nothing here needs a network or a socket.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QSysInfo, QTimer, Signal

from famgui.base.paths import Home, write_whole

if sys.platform == "win32":
    import ctypes

EVERY_MS = 500
STALE_SECONDS = 30
_LARGEST = 64 * 1024
_PAUSE = 0.1


class Place(NamedTuple):
    """Where a window is: computer (name, and the system's own id for it), the session or screen there, the process."""

    host: str
    machine: str
    session: str
    pid: int

    def reaches(self, other: "Place") -> bool:
        """Whether the user here sees the window there."""
        return self[:3] == other[:3]


def here() -> Place:
    """Where this process is."""
    machine = bytes(QSysInfo.machineUniqueId().data()).decode("ascii", "replace")
    return Place(QSysInfo.machineHostName(), machine, _session(), os.getpid())


def _session() -> str:
    """What tells the screens of one computer apart; "" where that cannot be said."""
    if sys.platform == "win32":
        number = ctypes.c_ulong()
        found = ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(number))
        return str(number.value) if found else ""
    server, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    screen = os.environ.get("WAYLAND_DISPLAY") or f"{server}:{number.partition('.')[0]}".rstrip(":")
    return f"{os.environ.get('USER', '')} {screen}".strip()


def announce(home: Home) -> None:
    """Write down where the window of this home is. Where that fails nothing can be handed over, and that is all."""
    with contextlib.suppress(OSError):
        write_whole(_announced(home), json.dumps(here()).encode())


def announced(home: Home, pid: int) -> Place | None:
    """Where the window of this home is, if the process that holds it has said so."""
    try:
        with _announced(home).open("rb") as stream:
            host, machine, session, found = json.loads(stream.read(_LARGEST))
        place = Place(str(host), str(machine), str(session), int(found))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return place if place.pid == pid else None


def _announced(home: Home) -> Path:
    return home.root / "famgui.window"


def folder(home: Home) -> Path:
    """Where files are handed over."""
    return home.root / "handover"


def hand_over(home: Home, files: Sequence[str]) -> Path:
    """Ask the window that is open to come forward and open these files; the request, which vanishes when it is taken.
    Raises OSError."""
    path = folder(home) / f"{time.time_ns()}-{os.getpid()}.json"
    write_whole(path, json.dumps({"files": list(files), "moment": time.time()}).encode())
    if sys.platform == "win32":
        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # Windows lets nobody else come forward
    return path


def was_taken(request: Path, free: Callable[[], bool], patience: float = 10.0) -> bool | None:
    """Wait until the request is taken (True), until the other window has gone and `free()` is ours (None), or until
    patience ends (False); a request that nobody took is removed."""
    end = time.monotonic() + patience
    while request.exists():
        if free():
            request.unlink(missing_ok=True)
            return None
        if time.monotonic() > end:
            request.unlink(missing_ok=True)
            return False
        time.sleep(_PAUSE)
    return True


def take(home: Home) -> list[list[str]]:
    """The requests that wait, oldest first, each a list of files (empty: only come forward); they are removed. Those
    that nobody can still mean, being old or unreadable, are removed and left out."""
    asked: list[list[str]] = []
    try:
        waiting = sorted(folder(home).glob("*.json"))
    except OSError:
        return asked
    for path in waiting:
        try:
            with path.open("rb") as stream:
                text = stream.read(_LARGEST)
            path.unlink()
        except OSError:
            continue
        if (files := _understood(text)) is not None:
            asked.append(files)
    return asked


def _understood(text: bytes) -> list[str] | None:
    try:
        found = json.loads(text)
        files, moment = found["files"], float(found["moment"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(files, list) or not all(isinstance(file, str) for file in files):
        return None
    return files if abs(time.time() - moment) < STALE_SECONDS else None


class Doorbell(QObject):
    """Says where the window is, and looks twice a second whether another start has handed something over:
    `rung(files)`."""

    rung = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = home
        announce(home)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        for files in take(self._home):
            self.rung.emit(files)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        with contextlib.suppress(OSError):
            _announced(self._home).unlink(missing_ok=True)
