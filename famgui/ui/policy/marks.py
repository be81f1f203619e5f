"""The user's bookmarks and notes while the program runs: read once, saved soon after every change. QtCore only."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.policy_notes import Marks, load_marks, marks_file, save_marks

DELAY_MS = 300


class MarksKeeper(QObject):
    """`changed` when a bookmark is set or taken away; `saved` when a note has reached the disk; `told(sentence)` when
    something went wrong."""

    changed = Signal()
    saved = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path = marks_file(desk.services.home)
        self._marks = Marks()
        self._trouble = ""
        self._waits = False
        self._readable = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)
        self._read()

    @property
    def bookmarks(self) -> tuple[str, ...]:
        """The clauses bookmarked, the latest first."""
        return self._marks.bookmarks

    @property
    def notes(self) -> Mapping[str, str]:
        """The notes by clause."""
        return self._marks.notes

    @property
    def trouble(self) -> str:
        """What was wrong with the file when it was read, "" where nothing was."""
        return self._trouble

    def star(self, clause: str) -> None:
        """Bookmark a clause, or take its bookmark away."""
        self._marks = self._marks.starred(clause)
        self._waits = True
        self.flush()
        self.changed.emit()

    def note(self, clause: str, text: str) -> None:
        """Keep a note, blank for none; saved a moment after the last change."""
        if text != self._marks.notes.get(clause, ""):
            self._marks = self._marks.noted(clause, text)
            self._waits = True
            self._timer.start()

    def flush(self) -> None:
        """Save now what waits."""
        self._timer.stop()
        if not self._waits:
            return
        if not self._readable:  # what stands there is never written over unseen
            self.told.emit(self._trouble)
            return
        self._waits = False
        path, marks = self._path, self._marks
        self._desk.ops.run(
            tr("Saving the notes"), lambda _: save_marks(path, marks), lambda _: self.saved.emit(), self._failed
        )

    def _read(self) -> None:
        try:
            self._marks, kept = load_marks(self._path, datetime.now().astimezone())
        except OSError as error:
            self._readable = False
            self._trouble = tr("Bookmarks and notes cannot be read: {why}", why=error.strerror or str(error))
            return
        if kept is not None:
            self._trouble = tr("Bookmarks and notes made no sense; the file is kept as {name}.", name=kept.name)

    def _failed(self, error: BaseException) -> None:
        self._waits = True
        if isinstance(error, OSError):
            self.told.emit(tr("Bookmarks and notes are not saved: {why}", why=error.strerror or str(error)))
        else:
            self._desk.ops.crashed.emit(error)
