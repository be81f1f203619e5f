"""The table kit: column specs over frozen rows, fixed row height, sort by value, Ctrl+C as TSV, pages by key."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from famgui.ui.theme.metrics import GRID, ROW_HEIGHT
from famgui.ui.widgets.basic import tip

SUFFIX = int(Qt.ItemDataRole.UserRole) + 1
"""The role of what stands quietly after a cell's text."""
_STEPS = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)
R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: what a row shows and sorts by (default: the text), whether it is a number, whether it stretches.

    `key` is what the choice of columns remembers it by, `away` whether it is hidden until asked for; it never
    takes more than `most` digits of width (0: any); `suffix` stands quietly after the text."""

    title: str
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    number: bool = False
    stretch: bool = False
    key: str = ""
    away: bool = False
    most: int = 0
    suffix: Callable[[R], str] | None = None


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
        if role == SUFFIX:
            suffix = self.columns[index.column()].suffix
            return suffix(self.rows[index.row()]) if suffix is not None else ""
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


class SuffixDelegate(QStyledItemDelegate):
    """Draws a cell's text and, where there is room, its suffix in the quiet colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        suffix = str(index.data(SUFFIX) or "")
        metrics = option.fontMetrics  # type: ignore[attr-defined]
        room = option.rect.adjusted(GRID, 0, -GRID, 0)  # type: ignore[attr-defined]
        room.setLeft(room.left() + metrics.horizontalAdvance(str(index.data())) + GRID)
        shown = metrics.elidedText(suffix, Qt.TextElideMode.ElideRight, room.width())
        if suffix and len(shown) > 1:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))  # type: ignore[attr-defined]
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
            painter.restore()


class Table(QTableView):
    """A view with the house's habits: whole rows, fixed height, no grid, tabular digits, TSV on Ctrl+C, cut texts whole
    in a tooltip. The row that is current is always selected too: what is done to either is done to the one that is
    highlighted. A column is hidden when the user has put it away or when the page withholds it."""

    def __init__(self, model: TableModel[Any], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self._rows: TableModel[Any] = model
        self._away = {position for position, column in enumerate(model.columns) if column.away}
        self._withheld: set[int] = set()
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
            if column.suffix is not None:
                self.setItemDelegateForColumn(position, SuffixDelegate(self))
        self._hide()
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

    @property
    def away(self) -> frozenset[int]:
        """The columns that the user has put away, by position."""
        return frozenset(self._away)

    def put_away(self, columns: Iterable[int]) -> None:
        """Hide these columns and no others; at least one stays."""
        away = set(columns)
        self._away = away if len(away) < len(self._rows.columns) else set()
        self._hide()

    def withhold(self, column: int, on: bool = True) -> None:
        """Hide a column that says nothing now, whatever the user has chosen; or give it back."""
        (self._withheld.add if on else self._withheld.discard)(column)
        self._hide()

    def _hide(self) -> None:
        for position in range(len(self._rows.columns)):
            self.setColumnHidden(position, position in self._away or position in self._withheld)

    def sizeHintForColumn(self, column: int) -> int:
        wanted, most = super().sizeHintForColumn(column), self._rows.columns[column].most
        return min(wanted, most * self.fontMetrics().horizontalAdvance("0")) if most else wanted

    def go_to(self, row: int) -> None:
        """Make a row the current and only one selected, whatever keys are held down meanwhile."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._rows.index(row, 0), flags)
        self.scrollTo(self.currentIndex())  # once more: with new rows Qt scrolls before it knows how far it can

    def tip(self, index: Index) -> str:
        """The whole text of a cell with its suffix, where it is cut; "" where all of it is seen."""
        text = "  ".join(part for part in (index.data(), index.data(SUFFIX)) if part) if index.isValid() else ""
        room = self.columnWidth(index.column()) - 2 * GRID
        return text if self.fontMetrics().horizontalAdvance(text) > room else ""

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.tip(self.indexAt(event.pos()))), self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tsv())
            return
        super().keyPressEvent(event)
        self._agree()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._agree()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._agree()

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """As Qt has it; but Ctrl with a key that moves takes the selection along instead of leaving it behind."""
        flags, held = QItemSelectionModel.SelectionFlag, Qt.KeyboardModifier
        some = (
            self.selectionMode() is not QAbstractItemView.SelectionMode.NoSelection
            and self.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows
        )
        if some and isinstance(event, QKeyEvent) and event.key() in _STEPS and event.modifiers() & held.ControlModifier:
            kept = flags.SelectCurrent if event.modifiers() & held.ShiftModifier else flags.ClearAndSelect
            return kept | flags.Rows
        return super().selectionCommand(index, event)

    def _agree(self) -> None:
        """Let the row that is current be a selected one: a selected row takes its place, or else it is selected."""
        index, chosen = self.currentIndex(), self.selectionModel()
        by_rows = self.selectionBehavior() is QAbstractItemView.SelectionBehavior.SelectRows
        if not by_rows or not index.isValid() or chosen.isRowSelected(index.row(), self.rootIndex()):
            return
        flags = QItemSelectionModel.SelectionFlag
        picked = chosen.selectedRows()
        if picked:
            nearest = min(picked, key=lambda one: abs(one.row() - index.row()))
            chosen.setCurrentIndex(nearest, flags.NoUpdate)
        elif self.selectionMode() is not QAbstractItemView.SelectionMode.NoSelection:
            chosen.select(index, flags.Select | flags.Rows)

    def as_tsv(self) -> str:
        """The selected rows with the columns that are shown, tab-separated."""
        picked = sorted({index.row() for index in self.selectionModel().selectedRows()})
        columns = [column for column in range(self._rows.columnCount()) if not self.isColumnHidden(column)]
        lines = ["\t".join(str(self._rows.index(line, column).data()) for column in columns) for line in picked]
        return "\n".join(lines)
