"""The legend of a map: a piece of line and a word for every state that is on it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import DOT, GRID
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import label, row
from famgui.ui.widgets.familymap.figures import EdgeState
from famgui.ui.widgets.familymap.paint import STROKES, line_pen
from famgui.ui.widgets.familymap.words import state_word
from famgui.ui.widgets.flow import Flow

_SHOWN: tuple[EdgeState, ...] = ("in-force", "expiring", "upcoming", "expired")
_SAMPLE = 3 * GRID
_THICK = 3.0


class LineSample(QWidget):
    """A piece of the line of a state."""

    def __init__(self, theme: Theme, state: EdgeState) -> None:
        super().__init__()
        self._theme, self._state = theme, state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(_SAMPLE, DOT)

    def paintEvent(self, event: QPaintEvent) -> None:
        stroke = STROKES[self._state]
        thick = _THICK if stroke.pattern == Qt.PenStyle.SolidLine else _THICK / 2
        painter = QPainter(self)
        painter.setPen(line_pen(self._theme.colour(stroke.role), thick, stroke.pattern))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        painter.end()


class MapLegend(QWidget):
    """Names the states on a map, on as many lines as it takes; hidden while there is no edge."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._theme = theme
        self._flow = Flow(self, spacing=GRID)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._states: tuple[EdgeState, ...] = ()
        self._rows = {state: self._row(state) for state in _SHOWN}
        self._flow.addWidget(label(tr("Thicker: more shared this year"), "note"))
        self.hide()

    @property
    def states(self) -> tuple[EdgeState, ...]:
        """What is named; bindings that are over share one entry."""
        return self._states

    def show_states(self, states: Iterable[EdgeState]) -> None:
        """Name these states."""
        found = {"expired" if state == "unbound" else state for state in states}
        self._states = tuple(state for state in _SHOWN if state in found)
        for state, made in self._rows.items():
            made.setVisible(state in self._states)
        self._appear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._appear()

    def _appear(self) -> None:
        """Stand where there is something to name; without a place of its own it would be a window."""
        self.setVisible(bool(self._states) and self.parent() is not None)

    def _row(self, state: EdgeState) -> QWidget:
        made = row(LineSample(self._theme, state), label(_word(state), "note"), spacing=GRID // 2, stretch_last=False)
        self._flow.addWidget(made)
        return made


def _word(state: EdgeState) -> str:
    if state == "expiring":
        return f"! {state_word(state)}"
    return tr("ended or unbound") if state == "expired" else state_word(state)
