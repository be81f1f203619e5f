"""The table of the comparison: cells with value, clause and a mark where it is weak; walked cell by cell."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from famgui.ui.matrix.lines import Line, Shown
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, at_most
from famgui.ui.theme.style import Theme, small_font
from famgui.ui.widgets.table import Column, Table, TableModel

Index = QModelIndex | QPersistentModelIndex
CELL = int(Qt.ItemDataRole.UserRole) + 2
_WIDEST, _WIDEST_SAID = 38, 54
"""Digits that a cell may be wide at most, and one of a clause's words."""
_NAME_WIDTH = 190
"""What the names of places may take at most."""


class LinesModel(TableModel[Line]):
    """Lines with their cells; the title is a column of its own or, `titles_aside`, stands before the row."""

    def __init__(self, columns: Sequence[str], *, titles_aside: bool) -> None:
        self.first = 0 if titles_aside else 1
        said = tr("What is said there")
        made = [
            _column(number, title, _WIDEST_SAID if title == said else _WIDEST) for number, title in enumerate(columns)
        ]
        title: Column[Line] = Column(
            tr("What is ruled"), lambda line: line.title, lambda line: line.order, stretch=True
        )
        super().__init__(made if titles_aside else [title, *made])

    def cell(self, index: Index) -> Shown | None:
        """The cell at an index, None for a title."""
        at = index.column() - self.first
        return self.rows[index.row()].cells[at] if index.isValid() and at >= 0 else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == CELL:
            return self.cell(index)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell, line = self.cell(index), self.rows[index.row()]
            said = (line.whole, self.columns[index.column()].title, cell.spoken) if cell else (line.whole,)
            return tr(", ").join(said)
        return super().data(index, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self.rows[section].title if shown else None
        return super().headerData(section, orientation, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            super().sort(column, order)
            return
        self.set_rows(sorted(self.rows, key=lambda line: line.order))


def _column(number: int, title: str, most: int) -> Column[Line]:
    def key(line: Line) -> tuple[bool, int, str]:
        cell = line.cells[number]
        return cell.figure is None, cell.figure or 0, cell.text

    return Column(title, lambda line: line.cells[number].text, key, most=most)


class CellDelegate(QStyledItemDelegate):
    """Draws a cell's words and, at its right edge, its chips."""

    def __init__(self, theme: Theme, table: "CellTable") -> None:
        super().__init__(table)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell: Shown | None = index.data(CELL)
        hint = super().sizeHint(option, index)
        if cell is None:
            return hint
        small = QFontMetrics(small_font(option.font))  # type: ignore[attr-defined]
        chips = sum(small.horizontalAdvance(text) + 2 * GRID for text, _ in _chips(cell))
        words = option.fontMetrics.horizontalAdvance(cell.text)  # type: ignore[attr-defined]
        return QSize(words + chips + 4 * GRID, ROW_HEIGHT)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if index.data(CELL) is not None:
            option.text = ""  # type: ignore[attr-defined]
        else:  # what is ruled begins with the matter and ends with what tells two lines apart
            option.textElideMode = Qt.TextElideMode.ElideMiddle  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        cell: Shown | None = index.data(CELL)
        if cell is None:
            return
        area: QRect = option.rect  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = area.adjusted(GRID, 0, -GRID, 0)
        left = self._draw_chips(painter, inside, cell, option)
        font = option.font  # type: ignore[attr-defined]
        painter.setFont(font)
        painter.setPen(self._theme.colour("dim" if cell.quiet else "text"))
        room = QRect(inside.left(), inside.top(), left - inside.left() - GRID // 2, inside.height())
        words = QFontMetrics(font).elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def _draw_chips(self, painter: QPainter, area: QRect, cell: Shown, option: QStyleOptionViewItem) -> int:
        """Draw the chips from the right; where they begin."""
        font = small_font(option.font)  # type: ignore[attr-defined]
        metrics, right = QFontMetrics(font), area.right()
        high = metrics.height() + 2
        painter.setFont(font)
        whole = option.fontMetrics.horizontalAdvance(cell.text) + GRID  # type: ignore[attr-defined]
        for text, (ground, ink) in reversed(_fitting(cell, metrics, area.width() - whole)):
            width = _chip_width(metrics, text)
            box = QRectF(right - width, area.center().y() - high / 2 + 1, width, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(box, high / 2, high / 2)
            painter.setPen(self._theme.colour(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            right -= width + GRID // 2
        return right


def _chips(cell: Shown) -> list[tuple[str, tuple[str, str]]]:
    found: list[tuple[str, tuple[str, str]]] = []
    if cell.timing:
        found.append((cell.timing, ("warning_soft", "warning")))
    if cell.weak:
        found.append((tr("Unconfirmed"), ("warning_soft", "warning")))
    if cell.clause:
        found.append((cell.clause, ("accent_soft", "accent_text") if cell.grade in "AB" else ("chip", "text")))
    if cell.others:
        found.append((tr("{count} more", count=len(cell.others)), ("chip", "dim")))
    return found


def _chip_width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) + GRID + GRID // 2


def _fitting(cell: Shown, metrics: QFontMetrics, room: int) -> list[tuple[str, tuple[str, str]]]:
    """The chips of a cell that leave its words uncut: how many more clauses there are gives way first; where the words
    are a figure, or there is something to be said of the value, the clause does, which the line below names, too."""
    found = _chips(cell)
    said = cell.timing or cell.figure is not None or (cell.quiet and cell.remarks)
    kept = bool(cell.timing) + cell.weak + (bool(cell.clause) and not said)
    while len(found) > kept and sum(_chip_width(metrics, text) + GRID // 2 for text, _ in found) > room:
        found.pop()
    return found


class CellTable(Table):
    """`opened(clause)` when Enter, or a double click, asks for the clause of the cell at hand; `moved` when another
    cell is."""

    opened = Signal(str)
    moved = Signal()

    def __init__(self, theme: Theme, columns: Sequence[str], name: str, *, titles_aside: bool) -> None:
        self.lines = LinesModel(columns, titles_aside=titles_aside)
        super().__init__(self.lines, name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.make_sortable()
        self.horizontalHeader().setSortIndicatorClearable(True)
        if titles_aside:
            names = self.verticalHeader()
            names.show()
            names.setHighlightSections(False)
            names.setSectionsClickable(False)
            names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            names.setTextElideMode(Qt.TextElideMode.ElideRight)
            at_most(names, _NAME_WIDTH)
            names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _: self._open())
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        theme.changed.connect(self.viewport().update)

    @property
    def at_hand(self) -> tuple[Line, int] | None:
        """The line at hand and the number of its cell, None where a title or nothing is."""
        index = self.currentIndex()
        at = index.column() - self.lines.first
        return (self.lines.rows[index.row()], max(at, 0)) if index.isValid() else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines in the order that the header asks for, with a cell at hand."""
        before = self.currentIndex()
        at = (before.row(), before.column()) if before.isValid() else (0, self.lines.first)
        self.lines.set_rows(lines)
        header = self.horizontalHeader()
        if header.sortIndicatorSection() >= 0 and header.sortIndicatorSection() < self.lines.columnCount():
            self.lines.sort(header.sortIndicatorSection(), header.sortIndicatorOrder())
        if lines:
            self.setCurrentIndex(self.lines.index(min(at[0], len(lines) - 1), at[1]))

    def as_tsv(self) -> str:
        """The selected cells, tab-separated, in the lines that they stand in."""
        picked = sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in picked:
            lines.setdefault(row, []).append(str(self.lines.index(row, column).data()))
        return "\n".join("\t".join(cells) for cells in lines.values())

    def tip(self, index: Index) -> str:
        cell: Shown | None = index.data(CELL) if index.isValid() else None
        if cell is not None:
            return cell.spoken
        return self.lines.rows[index.row()].whole if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        found = self.at_hand
        if found is not None:
            line, column = found
            cell = line.cells[column]
            if cell.clauses:
                self.opened.emit(cell.clauses[0])
