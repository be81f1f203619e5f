"""The list of open questions in the place of answers and clause: by place, each with what is known and its clauses."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.policy.gaps import Gap, by_place
from famgui.ui.policy.parts import OpenClause, gap_lines
from famgui.ui.shell.i18n import language, tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, label, rule


class GapArea(QScrollArea):
    """What is read; Escape leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class GapView(Card):
    """Every open question that the filters let through. `left` on Escape, `dropped` when the filters shall go."""

    left = Signal()
    dropped = Signal()

    def __init__(self, open_clause: OpenClause, actions: Sequence[QPushButton]) -> None:
        super().__init__(tr("What could not be confirmed"))
        self._open_clause = open_clause
        self._shown: tuple[Gap, ...] | None = None
        self._actions = tuple(actions)
        self.head.addStretch(1)
        for made in self._actions:
            self.head.addWidget(made)
        self._area = GapArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("What could not be confirmed"))
        self._area.left.connect(self.left.emit)
        self.body.addWidget(self._area, 1)

    def show_gaps(self, found: tuple[Gap, ...]) -> None:
        """Show these questions; those that stand there already are not laid out again."""
        if found == self._shown:
            return
        self._shown = found
        for made in self._actions:
            made.setVisible(bool(found))
        self._area.setWidget(self._content(found) if found else self._nothing())
        self._area.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Let the keys scroll the questions."""
        self._area.setFocus()

    def _nothing(self) -> EmptyState:
        drop = button(tr("Drop the query and the filters"), "", self.dropped.emit)
        return EmptyState(tr("The packs name no open question here; that is no promise that there is none."), drop)

    def _content(self, found: tuple[Gap, ...]) -> QWidget:
        content = QWidget()
        content.setProperty("kind", "plain")
        column = QVBoxLayout(content)
        margins(column, spacing=GRID)
        column.addWidget(
            label(
                tr("No good source answers these; where the calculator needs one, it says what it assumes."),
                "dim",
                wrap=True,
            )
        )
        if language() != "zh":
            said = tr("The questions are told in English; what is known of them is in Chinese, as the packs word it.")
            column.addWidget(label(said, "note", wrap=True))
        for place, group in by_place(found):
            column.addSpacing(GAP - GRID)
            column.addWidget(label(place, "statement"))
            for gap in group:
                column.addWidget(rule())
                column.addLayout(gap_lines(gap, self._open_clause))
        column.addStretch(1)
        column.setContentsMargins(0, 0, GRID, 0)
        return content
