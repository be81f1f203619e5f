"""The list of clauses: two lines of the statement with what matched marked, then place, period and chips."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from famgui.ui.policy.viewmodel import ClauseRow
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme, small_font

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
LINES = 2
PAD = GRID + GRID // 2


class ClauseModel(QAbstractListModel):
    """The rows found, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ClauseRow, ...] = ()

    def set_rows(self, rows: tuple[ClauseRow, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def position(self, clause: str) -> int:
        """Where a clause stands, -1 where it does not."""
        return next((at for at, row in enumerate(self.rows) if row.id == clause), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.statement
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr(", ").join((row.id, row.statement, row.where, *(text for text, _ in chips(row))))
        return None


def chips(row: ClauseRow) -> list[tuple[str, str]]:
    """A row's chips: text and kind."""
    found: list[tuple[str, str]] = [(row.grade, row.grade_kind)]
    if row.ended:
        found.append((tr("ended"), "plain"))
    if row.used:
        found.append((tr("in use"), "plain"))
    return found


class ClauseDelegate(QStyledItemDelegate):
    """Paints a row in the theme's roles; a clause that has ended is dim."""

    _COLOURS = {  # noqa: RUF012 - a table, never changed
        "plain": ("chip", "dim"),
        "accent": ("accent_soft", "accent_text"),
        "warning": ("warning_soft", "warning"),
    }

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: Any, index: Index) -> QSize:
        width = self._view.viewport().width()
        row: ClauseRow = index.data(ROW)
        head = self._laid_out(row, option.font, width - 2 * PAD).boundingRect().height()
        foot = QFontMetrics(small_font(option.font)).height() + 4
        return QSize(width, round(head) + foot + GRID // 2 + 2 * PAD)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        row: ClauseRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._background(painter, option)
        inside = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        layout = self._laid_out(row, option.font, inside.width())
        painter.setPen(self._theme.colour("dim" if row.ended else "text"))
        layout.draw(painter, QPointF(inside.topLeft()))
        foot = QRect(inside)
        foot.setTop(inside.top() + round(layout.boundingRect().height()) + GRID // 2)
        self._foot(painter, foot, row, option.font)
        painter.restore()

    def _background(self, painter: QPainter, option: Any) -> None:
        role = ""
        if option.state & QStyle.StateFlag.State_Selected:
            role = "selection"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            role = "chip"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(role))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), GRID, GRID)

    def _laid_out(self, row: ClauseRow, font: QFont, width: int) -> QTextLayout:
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        text, whole = _two_lines(row.statement, bold, width)
        mark = QTextCharFormat()
        mark.setBackground(QBrush(self._theme.colour("warning_soft")))
        mark.setForeground(QBrush(self._theme.colour("warning")))
        return _broken(text, bold, width, _ranges(row, whole, mark))

    def _foot(self, painter: QPainter, area: QRect, row: ClauseRow, font: QFont) -> None:
        font = small_font(font)
        metrics = QFontMetrics(font)
        height = metrics.height() + 4
        painter.setFont(font)
        painter.setPen(self._theme.colour("dim"))
        words = metrics.elidedText(row.where, Qt.TextElideMode.ElideRight, area.width())
        line = QRect(area.left(), area.top(), area.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        left = area.left() + metrics.horizontalAdvance(words) + PAD
        for text, kind in chips(row):
            width = metrics.horizontalAdvance(text) + 2 * GRID
            if left + width > area.right():
                break
            box = QRectF(left, area.top(), width, height)
            ground, ink = self._COLOURS[kind]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(self._theme.colour(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width + GRID - 2


def _two_lines(text: str, font: QFont, width: int) -> tuple[str, int]:
    """The text as far as it fits into two lines of this width, "…" for the rest, and how much of it is still whole."""
    layout = _broken(text, font, width)
    if layout.lineCount() <= LINES:
        return text, len(text)
    start = layout.lineAt(LINES - 1).textStart()
    rest = QFontMetrics(font).elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
    return text[:start] + rest, start + len(rest) - 1


def _ranges(row: ClauseRow, whole: int, mark: QTextCharFormat) -> list[QTextLayout.FormatRange]:
    ranges = []
    for first, last in row.spans:
        if last <= whole:
            span: Any = QTextLayout.FormatRange()
            span.start, span.length, span.format = first, last - first, mark
            ranges.append(span)
    return ranges


def _broken(text: str, font: QFont, width: int, ranges: Sequence[QTextLayout.FormatRange] = ()) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setFormats(list(ranges))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout


class ClauseList(QListView):
    """The view of the rows; the arrow keys of the search line move here too."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.clauses = ClauseModel()
        self.setModel(self.clauses)
        self.setItemDelegate(ClauseDelegate(theme, self))
        self.setAccessibleName(tr("Clauses found"))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setSpacing(0)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[ClauseRow], current: str) -> None:
        """Show these rows with one of them current; rows that stand already are not laid out again."""
        if self.clauses.rows != tuple(rows):
            self.clauses.set_rows(tuple(rows))
        at = self.clauses.position(current)
        if at >= 0 and self.currentIndex().row() != at:
            self.setCurrentIndex(self.clauses.index(at))
            self.scrollTo(self.clauses.index(at))

    def step(self, by: int) -> None:
        """Move the current row up or down."""
        at = min(max(self.currentIndex().row() + by, 0), len(self.clauses.rows) - 1)
        if at >= 0:
            self.setCurrentIndex(self.clauses.index(at))
