"""The clauses that began or ended between two days: a line of chips, the rest of them in a menu."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from famgui.ui.matrix.difference import turn_words
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, clause_chip, clear, label
from famgui.usecase.policy_compare import Turn

_ON_THE_LINE = 5
"""So many clauses stand on the line."""
_MOST_OF_WORDS = 40
"""So many characters of a clause stand in the menu."""


class Between(QWidget):
    """Hidden while no clause began or ended."""

    def __init__(self, open_clause: Callable[[str], object]) -> None:
        super().__init__()
        self._open_clause = open_clause
        self._turns: tuple[Turn, ...] = ()
        self._line = QHBoxLayout(self)
        margins(self._line, spacing=GRID // 2)
        self.hide()

    def show_turns(self, turns: Sequence[Turn]) -> None:
        """Show these."""
        self.setVisible(bool(turns))
        if tuple(turns) == self._turns:
            return
        self._turns = tuple(turns)
        clear(self._line)
        self._line.addWidget(label(tr("{count} clauses began or ended between the days:", count=len(turns)), "dim"))
        for turn in turns[:_ON_THE_LINE]:
            self._line.addWidget(label(turn_words(turn), "note"))
            made = clause_chip(turn.clause.id, self._open_clause)
            made.setToolTip(turn.clause.statement)
            self._line.addWidget(made)
        if len(turns) > _ON_THE_LINE:
            self._line.addWidget(self._rest(turns[_ON_THE_LINE:]))
        self._line.addStretch(1)

    def _rest(self, turns: Sequence[Turn]) -> QWidget:
        made = button(tr("{count} more ▾", count=len(turns)), "link")
        menu = QMenu(made)
        menu.setAccessibleName(made.text())
        for turn in turns:
            clause = turn.clause
            said = clause.statement[:_MOST_OF_WORDS].replace("&", "&&")
            action = menu.addAction("  ".join((turn_words(turn), clause.id, said)))
            action.triggered.connect(lambda _=False, id=clause.id: self._open_clause(id))
        made.setMenu(menu)
        return made
