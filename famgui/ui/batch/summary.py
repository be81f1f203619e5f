"""What all settled bills come to: figures in a row and who pays as a picture."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from famgui.domain.money import grouped
from famgui.ui.batch.rows import TriedRows
from famgui.ui.batch.viewmodel import BatchVM
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import Card, chip, figure, label
from famgui.ui.widgets.payers import Dot, Part, PayersBar


class SummaryCard(Card):
    """Bills, people, total, and what each kind of payer pays of it; the faulty rows beside."""

    def __init__(self, theme: Theme, vm: BatchVM) -> None:
        super().__init__()
        self._vm = vm
        self._name, self._chip, self._note = label("", "heading"), chip(""), label("", "note")
        self.add_to_head(self._name, self._chip)
        self.add_to_head(self._note, stretch=True)
        line = QHBoxLayout()
        margins(line, spacing=3 * GRID)
        self._figures: list[tuple[QLabel, Callable[[TriedRows], str]]] = []
        for title, role, shown in self._columns():
            line.addLayout(self._column(theme, title, role, shown))
            line.addStretch(1)
        line.takeAt(line.count() - 1)
        self.body.addLayout(line)
        self._bar = PayersBar(theme)
        self.body.addWidget(self._bar)

    def _columns(self) -> tuple[tuple[str, str, Callable[[TriedRows], str]], ...]:
        return (
            (tr("Bills"), "", lambda rows: f"{rows.sums.bills:,}"),
            (tr("Persons"), "", lambda rows: f"{rows.people:,}"),
            (tr("Total cost"), "", lambda rows: grouped(rows.sums.total)),
            (tr("Pooled fund"), "pool", lambda rows: grouped(rows.sums.pool)),
            (tr("Own accounts"), "own", lambda rows: grouped(rows.sums.own)),
            (tr("Shared accounts"), "shared", lambda rows: grouped(rows.sums.shared)),
            (tr("Cash"), "cash", lambda rows: grouped(rows.sums.cash)),
            (tr("Faulty rows"), "", lambda rows: f"{rows.bad_rows:,}"),
        )

    def _column(self, theme: Theme, title: str, role: str, shown: Callable[[TriedRows], str]) -> QVBoxLayout:
        made = QVBoxLayout()
        margins(made, spacing=2)
        head = QHBoxLayout()
        margins(head, spacing=GRID // 2)
        head.addStretch(1)
        if role:
            head.addWidget(Dot(theme, role))
        head.addWidget(label(title, "note"))
        made.addLayout(head)
        amount = figure("")
        amount.setAccessibleName(title)
        self._figures.append((amount, shown))
        made.addWidget(amount)
        return made

    def show_sums(self, rows: TriedRows) -> None:
        """Show what was tried."""
        sums = rows.sums
        self._name.setText(self._vm.name)
        self._chip.setText(tr("In the book") if self._vm.recorded else tr("Tried, not recorded"))
        self._note.setText(self._vm.why_not)
        for amount, shown in self._figures:
            amount.setText(shown(rows))
        parts = (
            Part("pool", tr("Pooled fund"), sums.pool),
            Part("own", tr("Own accounts"), sums.own),
            Part("shared", tr("Shared accounts"), sums.shared),
            Part("cash", tr("Cash"), sums.cash),
        )
        self._bar.show_parts(parts, "; ".join(f"{part.name} {grouped(part.amount)}" for part in parts))
