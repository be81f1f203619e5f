"""A home that another process has: hand over to its window where the user sees that, else say who it is, and let the
user decide where nobody can answer for it any more."""

import contextlib
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QLockFile, Qt

from famgui.base.ending import FAULTY, OK
from famgui.base.paths import Home
from famgui.base.wording import Language, Wording
from famgui.ui.shell.handover import Place, announced, hand_over, here, was_taken
from famgui.ui.shell.i18n import tr, use_language
from famgui.ui.theme.style import Theme

PATIENCE = 10.0
"""Seconds that a window has to say where it is, or to take what was handed over."""
_PAUSE = 0.1


class Occupied:
    """A home whose lock somebody else holds."""

    def __init__(self, home: Home, lock: QLockFile, language: Language) -> None:
        self._home, self._lock, self._language = home, lock, language

    def settle(self, files: Sequence[str]) -> int | None:
        """Do what can be done; the exit status, None when the home is ours after all."""
        end = time.monotonic() + PATIENCE
        while not self._lock.tryLock(0):
            pid, host, name = self._lock.getLockInfo()
            mine = here()
            if host and host != mine.host:
                return self._elsewhere(host, f"{name} {pid}")
            window = announced(self._home, pid)
            if window is not None and not window.reaches(mine):
                return self._out_of_sight(window, name, files)
            if window is not None:
                return self._same_screen(files, end, f"{name} {pid}")
            if time.monotonic() > end:
                return self._refused("open-already", process=f"{name} {pid}".strip())
            time.sleep(_PAUSE)
        return None

    def _same_screen(self, files: Sequence[str], end: float, process: str) -> int | None:
        try:
            request = hand_over(self._home, files)
            taken = was_taken(request, lambda: self._lock.tryLock(0), end - time.monotonic())
        except OSError:
            taken = False
        if taken is None:
            return None
        return OK if taken else self._refused("open-already", process=process)

    def _out_of_sight(self, window: Place, name: str, files: Sequence[str]) -> int | None:
        if window.host != here().host or window.machine != here().machine:
            return self._elsewhere(window.host, f"{name} {window.pid}")
        names = ", ".join(Path(file).name for file in files)
        return self._refused(
            "open-other-session",
            session=window.session or "—",
            process=f"{name} {window.pid}",
            since=self._since(),
            folder=self._home.root,
            files=self._words("files-not-opened", names=names) if names else "",
        )

    def _elsewhere(self, host: str, process: str) -> int | None:
        """Another computer holds the home, or held it when it was last seen: nobody here can tell."""
        said = self._words("open-elsewhere", host=host, process=process, since=self._since(), folder=self._home.root)
        box = self._box(said)
        box.setInformativeText(self._words("open-anyway-warning"))
        stay = box.addButton(tr("Do not open"), QtWidgets.QMessageBox.ButtonRole.RejectRole)
        anyway = box.addButton(tr("Open anyway"), QtWidgets.QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.exec()
        if box.clickedButton() is not anyway:
            return FAULTY
        with contextlib.suppress(OSError):
            Path(self._lock.fileName()).unlink(missing_ok=True)
        return None if self._lock.tryLock(100) else self._refused("open-already", process=process)

    def _since(self) -> str:
        """When the lock was taken."""
        try:
            moment = Path(self._lock.fileName()).stat().st_mtime
        except OSError:
            return "—"
        return f"{datetime.fromtimestamp(moment).astimezone():%Y-%m-%d %H:%M}"

    def _refused(self, key: str, **values: object) -> int:
        self._box(self._words(key, **values)).exec()
        return FAULTY

    def _words(self, key: str, **values: object) -> str:
        return Wording(self._language).say("cli", key, **values)

    def _box(self, text: str) -> QtWidgets.QMessageBox:
        use_language(self._language)
        application = QtWidgets.QApplication.instance()
        if isinstance(application, QtWidgets.QApplication):
            Theme(application).apply("system", "standard")
        box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, tr("famgui"), text)
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box
