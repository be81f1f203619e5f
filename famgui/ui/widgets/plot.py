"""What both charts share: axis, legend, and the column looked at by mouse or arrow keys with its values beside."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from famgui.domain.money import Fen, grouped
from famgui.ui.theme.metrics import DOT, GRID
from famgui.ui.theme.style import Theme, small_font
from famgui.ui.widgets.axis import Scale, scale_for

_PATTERNS = {
    "own": Qt.BrushStyle.BDiagPattern,
    "shared": Qt.BrushStyle.HorPattern,
    "cash": Qt.BrushStyle.DiagCrossPattern,
}
"""What lies over a payer's colour, so that parts differ without colour; the pool is plain."""
_LIGHT = 110
"""How strong a pattern is over its colour, of 255."""
LINE = 2.2
"""How thick a line of amounts is."""
EDGE = GRID // 2
"""What stays free all around, for the ring of the focus."""
_VALUES_ROOM = 0.5
"""The part of the width that the values of a column may take."""
_SPOKEN_POINTS = 31
"""Up to so many columns a screen reader is told each one's values."""
AT = Qt.AlignmentFlag


class Series(NamedTuple):
    """One part of the bars or one line: the colour's role, its name, an amount in fen for every label."""

    role: str
    name: str
    values: tuple[Fen, ...]


class Chart(QWidget):
    """A frame to draw in; `_draw` draws the amounts. All of them are fen, colours the theme's roles."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._labels: tuple[str, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._line: Series | None = None
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    @property
    def chosen(self) -> int:
        """The column looked at, -1 for none."""
        return self._chosen

    def choose(self, column: int) -> None:
        """Look at a column; its values are drawn beside it and spoken. -1 looks at none."""
        self._chosen = column if 0 <= column < len(self._labels) else -1
        self.setAccessibleDescription(self._described())
        self.update()

    def values_at(self, column: int) -> tuple[tuple[str, str], ...]:
        """Names and amounts of a column, as shown beside it."""
        return tuple((one.name, grouped(one.values[column])) for one in self._everything())

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(34 * line, 14 * line)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(18 * line, 9 * line)

    def _take(self, labels: Sequence[str], series: Sequence[Series], line: Series | None, spoken: str) -> None:
        if any(len(one.values) != len(labels) for one in (*series, *((line,) if line else ()))):
            raise ValueError("an amount for every label")
        self._labels, self._series, self._line = tuple(labels), tuple(series), line
        self.setAccessibleName(spoken)
        self.choose(-1)

    def _everything(self) -> tuple[Series, ...]:
        return self._series if self._line is None else (*self._series, self._line)

    def _described(self) -> str:
        if self._chosen >= 0:
            return self._said(self._chosen)
        if len(self._labels) > _SPOKEN_POINTS:
            return "; ".join(self._said(column) for column in (0, len(self._labels) - 1))
        moved = (n for n in range(len(self._labels)) if any(one.values[n] for one in self._everything()))
        return "; ".join(map(self._said, moved))

    def _said(self, column: int) -> str:
        return f"{self._labels[column]}: " + ", ".join(f"{name} {amount}" for name, amount in self.values_at(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._labels) - 1
        to = {
            Qt.Key.Key_Left: max(0, self._chosen - 1) if self._chosen >= 0 else last,
            Qt.Key.Key_Right: min(last, self._chosen + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if to is not None:
            self.choose(to)
        elif event.key() == Qt.Key.Key_Escape and self._chosen >= 0:
            self.choose(-1)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._column_at(event.position())
        if found != self._chosen:
            self.choose(found)

    def leaveEvent(self, event: QEvent) -> None:
        self.choose(-1)

    def _column_at(self, point: QPointF) -> int:
        plot = self._plot()
        if not self._labels or not plot.contains(point):
            return -1
        return min(range(len(self._labels)), key=lambda column: abs(self._middle(plot, column) - point.x()))

    def _small(self) -> QFont:
        return small_font(self.font())

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._small())

    def _range(self) -> tuple[Fen, Fen]:
        values = [value for one in self._everything() for value in one.values]
        return min(values, default=0), max(values, default=0)

    def _scale(self, height: float) -> Scale:
        low, high = self._range()
        return scale_for(low, high, max(2, min(6, int(height / (2.4 * self._metrics().height())))))

    def _legend(self) -> list[tuple[Series, QRectF]]:
        """Where each name stands above the plot, in as many lines as it takes."""
        metrics = self._metrics()
        found: list[tuple[Series, QRectF]] = []
        x, y, line = float(EDGE), float(EDGE), metrics.height() + 4
        for one in self._everything():
            wide = DOT + GRID + metrics.horizontalAdvance(one.name)
            if found and x + wide > self.width() - EDGE:
                x, y = float(EDGE), y + line
            found.append((one, QRectF(x, y, min(wide, self.width() - 2 * EDGE), line)))
            x += wide + 2 * GRID
        return found

    def _plot(self) -> QRectF:
        metrics, legend = self._metrics(), self._legend()
        top = (legend[-1][1].bottom() if legend else EDGE) + GRID
        bottom = self.height() - metrics.height() - GRID - EDGE
        ticks = self._scale(bottom - top).ticks
        left = max(metrics.horizontalAdvance(f"{tick // 100:,}") for tick in ticks) + GRID + EDGE
        return QRectF(left, top, max(1.0, self.width() - left - self._end_room()), max(1.0, bottom - top))

    def _end_room(self) -> float:
        return EDGE

    def _middle(self, plot: QRectF, column: int) -> float:
        return plot.left() + plot.width() * (2 * column + 1) / (2 * len(self._labels))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        if self._labels:
            plot = self._plot()
            scale = self._scale(plot.height())
            self._paint_legend(painter)
            self._paint_axis(painter, plot, scale)
            self._draw(painter, plot, scale)
            if self._chosen >= 0:
                self._paint_values(painter, plot)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _draw(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        raise NotImplementedError

    def _paint_swatch(self, painter: QPainter, one: Series, box: QRectF) -> None:
        if one is self._line:
            painter.setPen(QPen(self._theme.colour("text"), LINE))
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))
        else:
            self._fill(painter, one.role, box)

    def _fill(self, painter: QPainter, role: str, box: QRectF) -> None:
        over = self._theme.colour("surface")
        over.setAlpha(_LIGHT)
        painter.fillRect(box, self._theme.colour(role))
        painter.fillRect(box, QBrush(over, _PATTERNS.get(role, Qt.BrushStyle.NoBrush)))

    def _paint_legend(self, painter: QPainter) -> None:
        for one, box in self._legend():
            self._paint_swatch(painter, one, QRectF(box.left(), box.center().y() - DOT / 2, DOT, DOT))
            painter.setPen(self._theme.colour("dim"))
            words = box.adjusted(DOT + GRID / 2, 0, 0, 0)
            name = self._metrics().elidedText(one.name, Qt.TextElideMode.ElideRight, words.width() + 1)
            painter.drawText(words, AT.AlignLeft | AT.AlignVCenter, name)

    def _paint_axis(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        metrics = self._metrics()
        for tick in scale.ticks:
            y = scale.y(tick, plot.top(), plot.height())
            painter.setPen(QPen(self._theme.colour("line" if tick else "dim"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(self._theme.colour("dim"))
            beside = QRectF(EDGE, y - metrics.height() / 2, plot.left() - GRID - EDGE, metrics.height())
            painter.drawText(beside, AT.AlignRight | AT.AlignVCenter, f"{tick // 100:,}")
        painter.setPen(self._theme.colour("dim"))
        widest = max(map(metrics.horizontalAdvance, self._labels))
        every = 1 + int((widest + GRID) * len(self._labels) / max(1.0, plot.width()))
        for column in range(0, len(self._labels), every):
            middle = self._middle(plot, column)
            left = max(EDGE, min(middle - widest / 2, self.width() - EDGE - widest))
            below = QRectF(left, plot.bottom() + GRID / 2, widest, metrics.height())
            painter.drawText(below, AT.AlignHCenter | AT.AlignVCenter, self._labels[column])

    def _paint_values(self, painter: QPainter, plot: QRectF) -> None:
        """A small box beside the column looked at: its label, names and amounts."""
        metrics, values = self._metrics(), self.values_at(self._chosen)
        names = max(metrics.horizontalAdvance(name) for name, _ in values)
        amounts = max(metrics.horizontalAdvance(amount) for _, amount in values)
        line = metrics.height()
        wide = max(names + amounts + 2 * GRID, metrics.horizontalAdvance(self._labels[self._chosen])) + 2 * GRID
        wide, high = min(wide, _VALUES_ROOM * self.width()), line * (len(values) + 1) + 2 * GRID
        x = self._middle(plot, self._chosen) + 3 * GRID
        if x > self.width() / 2 or x + wide > self.width():
            x = max(0.0, x - 6 * GRID - wide)
        y = max(0.0, min(plot.top(), self.height() - high))
        painter.setPen(QPen(self._theme.colour("dim"), 1))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawRoundedRect(QRectF(x, y, wide, high), 6, 6)
        painter.setPen(self._theme.colour("text"))
        box = QRectF(x + GRID, y + GRID, wide - 2 * GRID, line)
        painter.drawText(box, AT.AlignLeft, self._labels[self._chosen])
        for name, amount in values:
            box.translate(0, line)
            room = box.width() - amounts - GRID
            painter.drawText(box, AT.AlignLeft, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
            painter.drawText(box, AT.AlignRight, amount)
