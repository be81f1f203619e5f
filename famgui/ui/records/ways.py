"""What to do when an undo would not give what was: each way with its difference, chosen by verb."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.ui.records.moves import moves_between
from famgui.ui.records.parts import moves_grid, scrolling
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, clear, label, row, rule
from famgui.usecase.undo import Way


class WaysCard(Card):
    """Offers ways to record a visit again; `take(way)` or `leave()` is called."""

    def __init__(self, shell: Shell, take: Callable[[Way], object], leave: Callable[[], object]) -> None:
        super().__init__(tr("It cannot be undone just as it was"))
        self._shell, self._take, self._leave = shell, take, leave
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID)
        self.body.addWidget(scrolling(inside, tr("It cannot be undone just as it was")), 1)

    def show_ways(self, ways: Sequence[Way], own_day: date) -> None:
        """Show these ways to record a visit of that day; the first verb takes the focus."""
        clear(self._column)
        words = tr("The refund stands as it is. The visit can be recorded again; choose how:")
        self._column.addWidget(label(words, wrap=True))
        if not any(way.visit.date == own_day for way in ways):
            words = tr("Not under {day}: that would change what is recorded since.", day=own_day.isoformat())
            self._column.addWidget(label(words, "note", wrap=True))
        first = None
        for way in ways:
            self._column.addWidget(rule())
            verb = tr("Record again under {day}", day=way.visit.date.isoformat())
            made = button(verb, "", partial(self._take, way))
            first = first or made
            self._column.addWidget(row(made))
            if way.same:
                self._column.addWidget(label(tr("Everybody pays what they paid; only the day is another."), "note"))
            else:
                grid = moves_grid(moves_between(way.differences), self._shell.desk, self._shell.theme)
                self._column.addLayout(grid)
        self._column.addWidget(rule())
        self._column.addWidget(row(button(tr("Leave it refunded"), "link", self._leave)))
        self._column.addStretch(1)
        if first is not None:
            first.setFocus()
