"""The table kit: column specs over frozen rows, fixed row height, sort by value, Ctrl+C as TSV, pages by key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from famgui.ui.theme.metrics import ROW_HEIGHT

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what a row shows and sorts by (default: the text), whether it is a number, whether it stretches."""

    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    number: bool = False
    stretch: bool = False


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows held in memory; texts are made once a row. With `fetch` further rows come page by page, by key."""

    def __init__(self, columns: Sequence[Column[R]], fetch: Callable[[R | None], Sequence[R]] | None = None) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._texts: list[tuple[str, ...]] = []
        self._fetch = fetch
        self._more = False

    def set_rows(self, rows: Sequence[R]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self._texts = [self._render(row) for row in self.rows]
        self._more = False
        self.endResetModel()

    def restart(self) -> None:
        """Read the first page anew."""
        if self._fetch is not None:
            first = self._fetch(None)
            self.set_rows(first)
            self._more = bool(first)

    def _render(self, row: R) -> tuple[str, ...]:
        return tuple(column.text(row) for column in self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._fetch is None or not self.rows:
            return
        page = self._fetch(self.rows[-1])
        if not page:
            self._more = False
            return
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(page) - 1)
        self.rows.extend(page)
        self._texts.extend(self._render(row) for row in page)
        self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._fetch is not None or not 0 <= column < len(self.columns):
            return
        spec = self.columns[column]
        key = spec.sort or spec.text
        self.layoutAboutToBeChanged.emit()
        self.rows.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._texts = [self._render(row) for row in self.rows]
        self.layoutChanged.emit()


class Table(QTableView):
    """A view with the house's habits: whole rows, fixed height, no grid, tabular digits, TSV on Ctrl+C."""

    def __init__(self, model: TableModel[Any], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self._rows: TableModel[Any] = model
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for position, column in enumerate(model.columns):
            if column.stretch:
                header.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
        font = QFont(self.font())
        font.setStyleHint(QFont.StyleHint.SansSerif)
        self.setFont(font)

    def make_sortable(self) -> None:
        """Let a click on a header sort by its values."""
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    @property
    def current(self) -> Any:
        """The row that is current, None without one."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tsv())
            return
        super().keyPressEvent(event)

    def as_tsv(self) -> str:
        """The selected rows, tab-separated."""
        picked = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = range(self._rows.columnCount())
        lines = ["\t".join(str(self._rows.index(line, column).data()) for column in columns) for line in picked]
        return "\n".join(lines)
