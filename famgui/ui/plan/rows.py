"""The expected visits as an editable model: one line a visit, the last one empty for the next."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from famgui.domain.benefit import BENEFITS, LEVELS
from famgui.domain.money import grouped
from famgui.ui.plan.draft import RHYTHMS, Row
from famgui.ui.plan.words import often_word
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.table import Index

PERSON, KIND, LEVEL, IN_SCOPE, SELF_PAID, OFTEN, FIRST, LAST = range(8)
FIELDS = ("patient", "kind", "level", "in_scope", "self_paid", "often", "first", "last")
AMOUNTS, DAYS, CHOICES = (IN_SCOPE, SELF_PAID), (FIRST, LAST), (PERSON, KIND, LEVEL, OFTEN)
_OF_BILL = (PERSON, KIND, LEVEL, IN_SCOPE, SELF_PAID)
"""What a row that is like the calculator's visit has from it."""


def column_titles() -> tuple[str, ...]:
    """The head of every column."""
    return (
        tr("Person"),
        tr("Kind"),
        tr("Level"),
        tr("In scope"),
        tr("Outside"),
        tr("Every"),
        tr("From"),
        tr("To"),
    )


class RowsModel(QAbstractTableModel):
    """The lines as typed; `edited` after every change. `fresh` gives what a new line begins with."""

    edited = Signal()

    def __init__(self, desk: Desk, fresh: Callable[[], Row]) -> None:
        super().__init__()
        self._desk, self._fresh = desk, fresh
        self._rows: list[Row] = []
        self._titles = column_titles()
        self.start = date.min

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines typed."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[Row], start: date) -> None:
        """Show these lines, if they are not shown already; `start` is what an empty first day means."""
        if (tuple(rows), start) != (self.rows, self.start):
            self.beginResetModel()
            self._rows, self.start = list(rows), start
            self.endResetModel()

    def remove(self, line: int) -> None:
        """Take a line out; the empty one stays."""
        if 0 <= line < len(self._rows):
            self.beginRemoveRows(QModelIndex(), line, line)
            del self._rows[line]
            self.endRemoveRows()
            self.edited.emit()

    def choices(self, column: int) -> list[tuple[object, str]]:
        """What a column offers."""
        say = self._desk.wording.say
        if column == PERSON:
            return [*self._desk.names.items()]
        if column == OFTEN:
            return [(often, often_word(often)) for often in RHYTHMS]
        return [(word, say("word", word)) for word in (BENEFITS if column == KIND else LEVELS)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(FIELDS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index.row(), index.column()) else flags

    def editable(self, line: int, column: int) -> bool:
        """Whether a cell takes input: a pharmacy has no level, a single day no last one, a bill is as it is."""
        row = self._row(line)
        if row.like is not None and column in _OF_BILL:
            return False
        return not (column == LEVEL and row.kind == "pharmacy") and not (column == LAST and row.often == "once")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column, empty = index.column(), index.row() == len(self._rows)
        if role == Qt.ItemDataRole.TextAlignmentRole and column in AMOUNTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and (empty or not self.editable(index.row(), column)):
            return QGuiApplication.palette().placeholderText()
        if role == Qt.ItemDataRole.EditRole:
            return getattr(self._row(index.row()), FIELDS[column])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if empty:
            return tr("Next") if column == PERSON else ""
        return self._shown(self._rows[index.row()], index.row(), column)

    def _shown(self, row: Row, line: int, column: int) -> str:
        value = getattr(row, FIELDS[column])
        if column == KIND and row.like is not None:
            return tr("bill · {kind}", kind=self._desk.wording.say("word", row.kind))
        if column in (LEVEL, LAST) and not self.editable(line, column) and row.like is None:
            return "—"
        if column == LEVEL and row.kind == "pharmacy":
            return "—"
        if column in AMOUNTS:
            return "" if value is None else grouped(value)
        if column in DAYS:
            day = value or (self.start if column == FIRST else None)
            return "—" if day is None else f"{day:%m-%d}" if day.year == self.start.year else day.isoformat()
        return dict(self.choices(column)).get(value, str(value))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in AMOUNTS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return self._titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, new = index.row(), index.row() == len(self._rows)
        changed = replace(self._row(line), **{FIELDS[index.column()]: value})
        if new:  # the empty line becomes this one, and a new empty one follows it
            self.beginInsertRows(QModelIndex(), line + 1, line + 1)
            self._rows.append(changed)
            self.endInsertRows()
            self.dataChanged.emit(self.index(line, 0), self.index(line, LAST))
        elif changed != self._rows[line]:
            self._rows[line] = changed
            self.dataChanged.emit(self.index(line, 0), self.index(line, LAST))
        else:
            return True
        self.edited.emit()
        return True

    def _row(self, line: int) -> Row:
        return self._rows[line] if line < len(self._rows) else self._fresh()
