"""What happened to a pair: bound, renewed, put in order, unbound, undone, and what was shared year by year."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import Fen, grouped
from famgui.ui.binding.rows import PastLine
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import clause_chip, clear, label


class PastPanel(QWidget):
    """A line for every deed, the oldest first."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell = shell
        self._sums = label("", "note", wrap=True)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID // 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("History"))
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._sums)
        column.addWidget(area, 1)

    def show_past(self, lines: Sequence[PastLine], years: Sequence[tuple[int, Fen]]) -> None:
        """Show what happened, and what was shared in which year."""
        shared = " · ".join(tr("{year}: {amount}", year=year, amount=grouped(amount)) for year, amount in years)
        self._sums.setText(tr("Shared {years}", years=shared) if shared else tr("Nothing has been shared yet."))
        clear(self._column)
        grid = QGridLayout()
        margins(grid, spacing=GRID // 2)
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for number, line in enumerate(lines):
            grid.addWidget(label(line.day.isoformat(), "dim"), number, 0, Qt.AlignmentFlag.AlignTop)
            said = label(line.text, wrap=True)
            said.setToolTip(line.about)
            grid.addWidget(said, number, 1)
            grid.addWidget(label(line.about, "note"), number, 2, Qt.AlignmentFlag.AlignRight)
            if line.clause:
                grid.addWidget(clause_chip(line.clause, self._shell.desk.open_clause), number, 3)
        self._column.addLayout(grid)
        self._column.addStretch(1)
