"""Two small charts of amounts: bars stacked by payer, and lines of balances in steps.

They are painted here with QPainter: QtCharts comes under the GPL, and pyqtgraph would bring numpy for a dozen bars.
Colours are the theme's roles; patterns and dashes tell the parts apart in grey print; amounts are fen."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from famgui.domain.money import Fen, grouped
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.axis import Scale, spread
from famgui.ui.widgets.plot import AT, EDGE, LINE, Chart, Series

_LINE_ROLES = ("own", "pool", "cash", "shared")
_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_WIDEST_BAR = 5 * GRID
_MARK = 0.7
"""How far the mark of an amount beside the bars reaches, in widths of a bar from its middle."""
_END_ROOM = 0.36
"""The part of the width that the names at the ends of lines may take."""
_SAMPLE = 3 * GRID
"""How long a piece of a line stands before its name."""


class StackedBars(Chart):
    """A bar for every label, stacked by payer (pool, own, shared, cash); money that came back hangs below zero."""

    def show_bars(
        self,
        labels: Sequence[str],
        parts: Sequence[tuple[str, str, Sequence[Fen]]],
        spoken: str,
        line: tuple[str, Sequence[Fen]] | None = None,
    ) -> None:
        """Draw these parts - role, name, an amount in fen a label - and over them, if given, marks with their name.
        `spoken` is the chart's name for screen readers."""
        over = None if line is None else Series("text", line[0], tuple(line[1]))
        self._take(labels, [Series(role, name, tuple(values)) for role, name, values in parts], over, spoken)

    def values_at(self, column: int) -> tuple[tuple[str, str], ...]:
        total = (tr("Total"), grouped(sum(one.values[column] for one in self._series)))
        parts = tuple((one.name, grouped(one.values[column])) for one in self._series)
        beside = () if self._line is None else ((self._line.name, grouped(self._line.values[column])),)
        return (*parts, total, *beside) if len(parts) > 1 else (*parts, *beside)

    def _range(self) -> tuple[Fen, Fen]:
        low = high = 0
        for column in range(len(self._labels)):
            values = [one.values[column] for one in self._series]
            beside = 0 if self._line is None else self._line.values[column]
            low = min(low, sum(value for value in values if value < 0), beside)
            high = max(high, sum(value for value in values if value > 0), beside)
        return low, high

    def _draw(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        wide = min(_WIDEST_BAR, 0.62 * plot.width() / len(self._labels))
        for column in range(len(self._labels)):
            middle = self._middle(plot, column)
            if column == self._chosen:
                slot = plot.width() / len(self._labels)
                painter.fillRect(QRectF(middle - slot / 2, plot.top(), slot, plot.height()), self._theme.colour("chip"))
            ends = {True: 0, False: 0}
            for one in self._series:
                value = one.values[column]
                if not value:
                    continue
                start, ends[value > 0] = ends[value > 0], ends[value > 0] + value
                y = [scale.y(edge, plot.top(), plot.height()) for edge in (start, ends[value > 0])]
                box = QRectF(middle - wide / 2, min(y), wide, max(1.0, abs(y[0] - y[1])))
                self._fill(painter, one.role, box)
                painter.fillRect(QRectF(box.left(), min(y), wide, 1), self._theme.colour("surface"))
        if self._line is not None:
            painter.setPen(QPen(self._theme.colour("text"), LINE))
            for column, value in enumerate(self._line.values):
                if value:
                    x, at = self._middle(plot, column), scale.y(value, plot.top(), plot.height())
                    painter.drawLine(QPointF(x - _MARK * wide, at), QPointF(x + _MARK * wide, at))


class StepLines(Chart):
    """A line for every account: each amount holds until the next label. The name and the last amount stand at its end.

    `show_lines` may mark one label as today."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._today: tuple[int, str] | None = None

    def show_lines(
        self,
        labels: Sequence[str],
        lines: Sequence[tuple[str, str | int, Sequence[Fen]]],
        spoken: str,
        today: tuple[int, str] | None = None,
    ) -> None:
        """Draw these lines: name, colour (a role, or a number for one of its own), an amount in fen a label; `today` is
        the label to mark and the word for it. `spoken` is the chart's name for screen readers."""
        self._today = today
        self._take(labels, [Series(_role(role), name, tuple(values)) for name, role, values in lines], None, spoken)

    def _ends(self) -> list[str]:
        return [f"{one.name} {grouped(one.values[-1])}" for one in self._series if one.values]

    def _end_room(self) -> float:
        widest = max(map(self._metrics().horizontalAdvance, self._ends()), default=0.0)
        return min(widest + _SAMPLE + 3 * GRID, _END_ROOM * self.width())

    def _legend(self) -> list[tuple[Series, QRectF]]:
        return []

    def _middle(self, plot: QRectF, column: int) -> float:
        return plot.left() + plot.width() * column / len(self._labels)

    def _pen(self, number: int) -> QPen:
        turn = number // len(_DASHES)
        return QPen(self._theme.colour(self._series[number].role), LINE, _DASHES[(number + turn) % len(_DASHES)])

    def _draw(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        self._paint_marks(painter, plot)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, one in enumerate(self._series):
            points = [
                QPointF(self._middle(plot, column), scale.y(value, plot.top(), plot.height()))
                for column, value in enumerate(one.values)
            ]
            steps = points[:1]
            for before, after in pairwise(points):
                steps += (QPointF(after.x(), before.y()), after)
            steps.append(QPointF(plot.right(), points[-1].y()))
            painter.setPen(self._pen(number))
            painter.drawPolyline(QPolygonF(steps))
            if self._chosen >= 0:
                painter.drawEllipse(points[self._chosen], 3.5, 3.5)
        self._paint_ends(painter, plot, scale)

    def _paint_marks(self, painter: QPainter, plot: QRectF) -> None:
        """The line of today with its word, and the line of the column looked at."""
        if self._today is not None:
            x = self._middle(plot, self._today[0])
            painter.setPen(QPen(self._theme.colour("dim"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            wide = self._metrics().horizontalAdvance(self._today[1])
            left = x + 4 if x + 4 + wide <= plot.right() else x - 4 - wide
            word = QRectF(left, plot.top(), wide + 1, self._metrics().height())
            painter.drawText(word, AT.AlignLeft | AT.AlignVCenter, self._today[1])
        if self._chosen >= 0:
            x = self._middle(plot, self._chosen)
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_ends(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        metrics = self._metrics()
        high = metrics.height()
        wanted = [scale.y(one.values[-1], plot.top(), plot.height()) - high / 2 for one in self._series]
        room = self.width() - plot.right() - _SAMPLE - 2 * GRID - EDGE
        places = spread(wanted, high, 0, self.height() - high)
        for number, (text, y) in enumerate(zip(self._ends(), places, strict=True)):
            x, middle = plot.right() + GRID, y + high / 2
            painter.setPen(self._pen(number))
            painter.drawLine(QPointF(x, middle), QPointF(x + _SAMPLE, middle))
            painter.setPen(self._theme.colour("text"))
            box = QRectF(x + _SAMPLE + GRID, y, room, high)
            painter.drawText(box, AT.AlignVCenter, metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room))


def _role(given: str | int) -> str:
    return given if isinstance(given, str) else _LINE_ROLES[given % len(_LINE_ROLES)]
