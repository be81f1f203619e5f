"""The agenda of the whole book, looked up on the worker thread; saved as a calendar file. QtCore only."""

from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from famgui.ui.overview.agenda_words import agenda_rows, appointments
from famgui.ui.overview.rows import AgendaRow
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.usecase.agenda import YEAR_AHEAD, Agenda, agenda, save_calendar


class AgendaVM(QObject):
    """`rows` is what the card shows, None until it is known; `changed` when it has become another. `told(text)`: how
    saving went."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: tuple[AgendaRow, ...] | None = None
        self._looked: date | None = None
        self._looking = False
        desk.changed.connect(self._look_anew)
        self.reload()

    def reload(self) -> None:
        """Look the agenda up, if something has been recorded since or another day has come."""
        if self._looked != self._desk.today and not self._looking:
            self._look()

    def _look_anew(self) -> None:
        self._looked = None
        self.reload()

    def _look(self) -> None:
        book, day, rules_of = self._desk.book, self._desk.today, self._desk.library.book
        several = len(self._desk.titles) > 1
        if book is None or self._desk.live is None:
            self._show(None)
            return
        self._looked, self._looking = day, True

        def found(result: tuple[AgendaRow, ...]) -> None:
            self._looking = False
            self._show(result if self._desk.book is book else None)
            self.reload()

        def failed(error: BaseException) -> None:
            self._looking = False
            if not isinstance(error, Cancelled):
                self._desk.ops.crashed.emit(error)

        work = tr("Looking up dates")
        name = self._desk.place_name
        self._desk.ops.run(work, lambda _: agenda_rows(agenda(book, rules_of, day), several, name), found, failed)

    def _show(self, rows: tuple[AgendaRow, ...] | None) -> None:
        if rows != self.rows:
            self.rows = rows
            self.changed.emit()

    def take_up(self, row: AgendaRow) -> None:
        """Bring up the household that a date is about."""
        live = self._desk.live
        if row.household and (live is None or live.id != row.household):
            self._desk.reload(row.household)

    def save(self, path: Path) -> None:
        """Write the dates of the coming year as a calendar file, whole or not at all."""
        desk, book, day, now = self._desk, self._desk.book, self._desk.today, datetime.now().astimezone()
        rules_of, wording = desk.library.book, desk.wording
        if book is None:
            return

        def write(progress: Progress) -> int:
            told: Agenda = agenda(book, rules_of, day, ahead=YEAR_AHEAD)
            made = appointments(told, wording)
            if not made:
                return 0
            return save_calendar(path, tr("Family sharing"), made, now=now, report=progress.report)

        def saved(count: int) -> None:
            if count:
                self.told.emit(tr("Saved {name}: {count} dates", name=path.name, count=count))
            else:
                self.told.emit(tr("No date comes up within a year; nothing was saved."))

        desk.ops.run(tr("Save for a calendar"), write, saved, self._not_saved)

    def _not_saved(self, error: BaseException) -> None:
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if isinstance(error, Cancelled):
            self.told.emit(tr("Stopped; nothing was saved."))
        elif said is not None:
            self.told.emit(tr("Not saved: {why}", why=said))
        else:
            self._desk.ops.crashed.emit(error)
