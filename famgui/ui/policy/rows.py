"""A clause in the list: two lines of the statement with what matched marked, then place, period and chips."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from famgui.ui.policy.clauserow import ClauseRow
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme, small_font

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
LINES = 2
PAD = GRID + GRID // 2
_SAMPLE, _WIDE = "国Ag（0%", 10_000
"""What a line may hold at most upward and downward, its widest character first."""
_BEFORE_CHINESE = "\u3400"
"""Characters behind this one are as wide as the widest."""


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
            return tr(", ").join((row.id, row.statement, row.where, *(text for text, _ in chips(row)), *row.why))
        return None


def chips(row: ClauseRow) -> list[tuple[str, str]]:
    """A row's chips: text and kind."""
    found: list[tuple[str, str]] = [] if row.origin is None else [row.origin]
    if row.then:
        found.append((tr("in force that day"), "accent"))
    found.append((row.grade, row.grade_kind))
    if row.since:
        found.append((row.since, "plain"))
    if row.ended:
        found.append((tr("ended"), "plain"))
    if row.used:
        found.append((tr("in use"), "plain"))
    if row.starred:
        found.append((tr("★ bookmarked"), "plain"))
    if row.noted:
        found.append((tr("has a note"), "plain"))
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
        self._theme, self._view, self._heights = theme, view, _Heights()

    def sizeHint(self, option: Any, index: Index) -> QSize:
        width, font = self._view.viewport().width(), option.font
        row: ClauseRow = index.data(ROW)
        height = self._heights.of(row.statement, font, width - 2 * PAD)
        if not row.why:
            return QSize(width, height)
        why = sum(layout.boundingRect().height() for layout in _reasons(row, font, width - 2 * PAD))
        return QSize(width, height + round(why) + GRID // 2)

    def on_why(self, place: QPoint, rect: QRect, row: ClauseRow, font: QFont) -> bool:
        """Whether a point of a row lies where the row offers to say why it is there."""
        metrics = QFontMetrics(small_font(font))
        inside = rect.adjusted(PAD, PAD, -PAD, -PAD)
        top = inside.top() + round(self._laid_out(row, font, inside.width()).boundingRect().height()) + GRID // 2
        left = inside.right() - metrics.horizontalAdvance(_ask_why(row))
        return row.explains and place.x() >= left - GRID and top <= place.y() <= top + metrics.height() + 4

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
        asks = row.explains and bool(
            option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        )
        self._foot(painter, self._why(painter, foot, row, option.font) if asks else foot, row, option.font)
        painter.setPen(self._theme.colour("dim"))
        top = foot.top() + QFontMetrics(small_font(option.font)).height() + 4 + GRID // 2
        for reason in _reasons(row, option.font, inside.width()):
            reason.draw(painter, QPointF(inside.left(), top))
            top += round(reason.boundingRect().height())
        painter.restore()

    def _why(self, painter: QPainter, area: QRect, row: ClauseRow, font: QFont) -> QRect:
        """The offer to say why the row is there, at the right; what remains beside it."""
        small = small_font(font)
        words, metrics = _ask_why(row), QFontMetrics(small)
        painter.setFont(small)
        painter.setPen(self._theme.colour("accent_text"))
        line = QRect(area.left(), area.top(), area.width(), metrics.height() + 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return area.adjusted(0, 0, -metrics.horizontalAdvance(words) - GRID, 0)

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
        first = chips(row)[:1] if row.origin is not None or row.then else ()
        kept = sum(metrics.horizontalAdvance(text) + 2 * GRID + PAD for text, _ in first)
        words = metrics.elidedText(row.where, Qt.TextElideMode.ElideRight, area.width() - kept)
        line = QRect(area.left(), area.top(), area.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        left = area.left() + metrics.horizontalAdvance(words) + PAD
        for text, kind in chips(row):
            width = metrics.horizontalAdvance(text) + 2 * GRID
            if left + width > area.right() + 1:
                break
            box = QRectF(left, area.top(), width, height)
            ground, ink = self._COLOURS[kind]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setPen(self._theme.colour(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width + GRID - 2


class _Heights:
    """How high rows are without their reasons: a statement is only laid out where its length does not tell whether it
    takes one line or two, and nothing is measured twice."""

    def __init__(self) -> None:
        self._key: tuple[str, int] = "", -1
        self._known: dict[str, int] = {}
        self._widest, self._line, self._rest = 1, 0.0, 0
        self._font = QFont()

    def of(self, text: str, font: QFont, width: int) -> int:
        """The height of a row with this statement in this font, in pixels."""
        key = font.key(), width
        if key != self._key:
            self._key, self._known = key, {}
            self._measure(font)
        height = self._known.get(text)
        if height is None:
            height = self._known[text] = round(self._lines(text, width) * self._line) + self._rest
        return height

    def _measure(self, font: QFont) -> None:
        self._font = QFont(font)
        self._font.setWeight(QFont.Weight.DemiBold)
        self._widest = QFontMetrics(self._font).horizontalAdvance(_SAMPLE[0])
        self._line = _broken(_SAMPLE, self._font, _WIDE).boundingRect().height()
        self._rest = QFontMetrics(small_font(font)).height() + 4 + GRID // 2 + 2 * PAD

    def _lines(self, text: str, width: int) -> int:
        fitting = width // self._widest
        if len(text) <= fitting:
            return 1
        if sum(map(_BEFORE_CHINESE.__lt__, text[: 2 * fitting])) > fitting:
            return LINES
        return min(_broken(text, self._font, width).lineCount(), LINES)


def _ask_why(row: ClauseRow) -> str:
    return tr("Why ▴") if row.why else tr("Why ▾")


def _reasons(row: ClauseRow, font: QFont, width: int) -> list[QTextLayout]:
    """The lines that say why a row is there."""
    small = small_font(font)
    return [_broken(reason, small, width) for reason in row.why]


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
