"""What a tried list comes to: figures in a row, and what will happen with bindings that stand and with new ones."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from famgui.files.roster.form import unread
from famgui.ui.roster.rows import TriedRows
from famgui.ui.roster.viewmodel import RosterVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, chip, figure, label, set_chip
from famgui.ui.widgets.elided import Elided


class SummaryCard(Card):
    """Rows, those to take over, those held back, people and households; below, how the bindings are entered."""

    def __init__(self, vm: RosterVM) -> None:
        super().__init__()
        self._vm = vm
        self._name, self._chip, self._note = label("", "heading"), chip(""), Elided("", "note")
        self.add_to_head(self._name, self._chip)
        self.head.addSpacing(GRID)
        self.head.addWidget(self._note, 1)
        line = QHBoxLayout()
        margins(line, spacing=3 * GRID)
        self._figures: list[tuple[QLabel, Callable[[TriedRows], int]]] = []
        for title, shown in self._columns():
            line.addLayout(self._column(title, shown))
            line.addStretch(1)
        line.takeAt(line.count() - 1)
        self.body.addLayout(line)
        self._how = label("", "dim", wrap=True)
        self.body.addWidget(self._how)

    def _columns(self) -> tuple[tuple[str, Callable[[TriedRows], int]], ...]:
        return (
            (tr("Rows"), lambda rows: len(rows.plan.states)),
            (tr("To take over"), lambda rows: rows.plan.count("new")),
            (tr("With problems"), lambda rows: rows.plan.count("held")),
            (tr("In the book already"), lambda rows: rows.plan.count("there")),
            (tr("New people"), lambda rows: rows.plan.newcomers),
            (tr("New households"), lambda rows: len(rows.plan.foundings)),
            (tr("Bindings as they stand"), lambda rows: rows.plan.standing),
            (tr("Applications of today"), lambda rows: rows.plan.applications),
        )

    def _column(self, title: str, shown: Callable[[TriedRows], int]) -> QVBoxLayout:
        made = QVBoxLayout()
        margins(made, spacing=2)
        head = QHBoxLayout()
        margins(head)
        head.addStretch(1)
        words = label(title, "note")
        head.addWidget(words)
        if len(self._figures) == 1:
            self._good = words
        made.addLayout(head)
        number = figure("")
        number.setAccessibleName(title)
        self._figures.append((number, shown))
        made.addWidget(number)
        return made

    def show_sums(self, rows: TriedRows) -> None:
        """Show what was tried or taken over."""
        taken = self._vm.taken
        self._name.setText(self._vm.name)
        if taken is None:
            set_chip(self._chip, tr("Tried, nothing taken over yet"), "plain")
        else:
            set_chip(self._chip, tr("Taken over"), "accent")
        grid = rows.plan.read.grid
        unknown = tr(", ").join(unread(grid.titles, rows.plan.read.mapped))
        parts = (
            tr("sheet {name}", name=grid.sheet) if grid.sheet else "",
            tr("columns not read: {columns}", columns=unknown) if unknown else "",
        )
        self._note.setText(" · ".join(filter(None, parts)))
        self._good.setText(tr("To take over") if taken is None else tr("Taken over"))
        for number, shown in self._figures:
            number.setText(f"{shown(rows):,}")
        self._how.setText(self._said(rows))
        self._how.setVisible(bool(self._how.text()))

    def _said(self, rows: TriedRows) -> str:
        """How the bindings are entered, and what else is changed."""
        plan, said = rows.plan, []
        if plan.standing:
            said.append(tr("Begun before today, or bound on a day that is named: entered as they stand."))
        if plan.applications:
            said.append(tr("Beginning today or later: applied for today."))
        if plan.count("new"):
            said.append(tr("People in the book stay as they are."))
        return " ".join(said)
