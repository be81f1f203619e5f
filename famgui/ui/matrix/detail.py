"""The cell at hand below the table: one line with its clauses, and unfolded what each of them says."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from famgui.ui.matrix.lines import Detail
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, clear, label, row
from famgui.ui.widgets.elided import Elided

_MOST = 8
"""So many further clauses of a cell are shown."""
_ON_THE_LINE = 4
"""So many clauses stand on the one line."""


def _said(detail: Detail) -> str:
    """A cell with what is to be said of it, on one line."""
    return tr(" · ").join((detail.text, *detail.remarks))


class CellDetail(Card):
    """`folded` after the clauses were folded away or unfolded."""

    folded = Signal(bool)

    def __init__(self, open_clause: Callable[[str], object]) -> None:
        super().__init__()
        self._open_clause = open_clause
        self._detail: Detail | None = None
        self.is_folded = True
        margins(self.body, horizontal=GRID * 2, vertical=GRID // 2, spacing=GRID // 2)
        self._line = QHBoxLayout()
        margins(self._line)
        self.toggle = button("", "link", self._turn)
        policy = self.toggle.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.toggle.setSizePolicy(policy)
        head = QHBoxLayout()
        margins(head)
        head.addLayout(self._line, 1)
        head.addWidget(self.toggle)
        self.body.addLayout(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(tr("The cell in full"))
        self.body.addWidget(self._area, 1)
        self.fold(True)

    def fold(self, folded: bool) -> None:
        """Fold the clauses' words away, or unfold them."""
        self.is_folded = folded
        upright = QSizePolicy.Policy.Fixed if folded else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self._area.setVisible(not folded)
        self.toggle.setText(tr("Show the clauses") if folded else tr("Fold away"))
        self.toggle.setAccessibleName(self.toggle.text())
        if self._detail is not None:
            self.show_detail(self._detail)

    def show_detail(self, detail: Detail) -> None:
        """Show a cell."""
        self._detail = detail
        clear(self._line)
        self._line.addWidget(label(detail.title, "heading"))
        self._line.addWidget(
            Elided(_said(detail) if detail.clauses else tr("The packs at hand say nothing about this.")), 1
        )
        if detail.timing:
            self._line.addWidget(chip(detail.timing, "warning"))
        if detail.weak:
            self._line.addWidget(chip(tr("Unconfirmed"), "warning"))
        self.toggle.setVisible(bool(detail.clauses) or not self.is_folded)
        if self.is_folded:
            for clause, _ in detail.clauses[:_ON_THE_LINE]:
                self._line.addWidget(clause_chip(clause, self._open_clause))
            self._tell_more(self._line, len(detail.clauses) - _ON_THE_LINE)
            return
        inside = QWidget()
        inside.setProperty("kind", "plain")
        column = QVBoxLayout(inside)
        margins(column, spacing=GRID // 2)
        for said in detail.remarks:
            column.addWidget(label(said, "warning", wrap=True))
        for clause, said in detail.clauses[:_MOST]:
            words = label(said or tr("no pack at hand has this clause"), "", wrap=True)
            column.addWidget(row(clause_chip(clause, self._open_clause), words, stretch_last=False))
        self._tell_more(column, len(detail.clauses) - _MOST)
        column.addStretch(1)
        self._area.setWidget(inside)

    @staticmethod
    def _tell_more(layout: QHBoxLayout | QVBoxLayout, count: int) -> None:
        if count > 0:
            layout.addWidget(label(tr("{count} more", count=count), "note"))

    def _turn(self) -> None:
        self.fold(not self.is_folded)
        self.folded.emit(self.is_folded)
