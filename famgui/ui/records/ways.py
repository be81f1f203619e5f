"""What to do when an undo would not give what was: each way with its difference, chosen by verb."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from famgui.domain.settlement import Visit
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

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show these ways to record a visit again; the first verb takes the focus."""
        clear(self._column)
        old, names = ways[0].old, self._shell.desk.names
        self._column.addWidget(label(visit_words(old, names), "heading", wrap=True))
        words = tr("The refund stands as it is. The visit can be recorded again; choose how:")
        self._column.addWidget(label(words, wrap=True))
        if all(way.other_day for way in ways):
            words = tr("Not under {day}: that would change what is recorded since.", day=old.date.isoformat())
            self._column.addWidget(label(words, "note", wrap=True))
        first = None
        for way in ways:
            self._column.addWidget(rule())
            verb = tr("Record again under {day}", day=way.visit.date.isoformat())
            made = button(verb, "", partial(self._take, way))
            first = first or made
            self._column.addWidget(row(made))
            self._column.addLayout(moves_grid(moves_between(way.differences), self._shell.desk, self._shell.theme))
        self._column.addWidget(rule())
        self._column.addWidget(row(button(tr("Leave it refunded"), "link", self._leave)))
        self._column.addStretch(1)
        if first is not None:
            first.setFocus()


def visit_words(visit: Visit, names: Mapping[str, str]) -> str:
    """Whose visit it is, and of which day."""
    return f"{names.get(visit.patient, visit.patient)} {visit.date.isoformat()}"


def put_back_words(handle: str, way: Way, names: Mapping[str, str]) -> str:
    """What was done to undo a refund: under which day, with which year to date, and whether all is paid as before."""
    own_day = way.old.date.isoformat()
    said = {"visit": visit_words(way.old, names), "id": handle, "day": way.visit.date.isoformat(), "own_day": own_day}
    if not way.same:
        words = tr("{visit} is recorded again as {id} under {day}; not everybody pays what they paid.", **said)
    elif way.stated:
        words = tr(
            "Undone, {visit}: recorded as {id} under {day} by the year to date of {own_day}, all pay what they paid.",
            **said,
        )
    elif way.other_day:
        words = tr("Undone, {visit}: recorded again as {id} under {day}, everybody pays what they paid.", **said)
    else:
        words = tr("Undone, {visit}: recorded again as {id}, everybody pays what they paid.", **said)
    if way.now.counted and way.visit.date.year != way.old.date.year:
        return f"{words} {tr('It counts in {year}.', year=way.visit.date.year)}"
    return words
