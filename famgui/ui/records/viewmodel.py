"""What the records page looks at: recorded visits, which of them the filters let through, the one chosen, its trail."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from famgui.ui.records.rows import Filters, RecordRow, row_of
from famgui.ui.shell.desk import Desk
from famgui.usecase.household import LiveHousehold
from famgui.usecase.recorded import AuditLine, VisitRecord, trail, visit_records


class RecordsVM(QObject):
    """`changed` when other rows are shown; `looked_at` when another visit is."""

    changed = Signal()
    looked_at = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.records: dict[str, VisitRecord] = {}
        self.rows: tuple[RecordRow, ...] = ()
        self.shown: tuple[RecordRow, ...] = ()
        self.filters = Filters()
        self.chosen: str | None = None
        self._read: LiveHousehold | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the household's visits; what is chosen and looked for stays while it is there."""
        live, book, read = self._desk.live, self._desk.book, self._read
        if live is read and read is not None:
            return
        self._read = live
        found = () if live is None or book is None else visit_records(book, live)
        if live is None or read is None or live.id != read.id:
            self.filters = Filters()
        self.records = {record.visit.id: record for record in found}
        self.rows = tuple(row_of(record, self._desk.names, self._desk.wording) for record in found)
        self._sift(anew=True)

    def _sift(self, anew: bool = False) -> None:
        self.shown = tuple(row for row in self.rows if self.filters.let_through(row))
        before, handles = self.chosen, [row.handle for row in self.shown]
        if before not in handles:
            self.chosen = handles[0] if handles else None
        self.changed.emit()
        if anew or self.chosen != before:
            self.looked_at.emit()

    @property
    def has_household(self) -> bool:
        """Whether a household is at hand."""
        return self._desk.live is not None

    @property
    def people(self) -> list[tuple[str, str]]:
        """Everybody who has a recorded visit, by handle and name."""
        return list({row.patient: row.name for row in self.rows}.items())

    @property
    def years(self) -> list[int]:
        """The years of recorded visits, the latest first."""
        return sorted({row.day.year for row in self.rows}, reverse=True)

    def look_for(self, **fields: Any) -> None:
        """Change filters."""
        self.filters = replace(self.filters, **fields)
        self._sift()

    def choose(self, handle: str) -> None:
        """Look at one visit; filters that hide it are dropped."""
        if handle not in self.records:
            return
        if not any(row.handle == handle for row in self.shown):
            self.filters = Filters()
            self._sift()
        if handle != self.chosen:
            self.chosen = handle
            self.looked_at.emit()

    @property
    def record(self) -> VisitRecord | None:
        """The visit that is looked at."""
        return self.records.get(self.chosen or "")

    @property
    def trail(self) -> tuple[AuditLine, ...]:
        """What was done about the visit that is looked at."""
        live, book, record = self._desk.live, self._desk.book, self.record
        return () if live is None or book is None or record is None else trail(book, live, record)
