"""What stands behind one posting: the event, its whole double entry, and why it came out so, with clauses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.ledger.rows import Detail, EntryRow, Reason
from famgui.ui.ledger.words import signed
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, clause_chip, clear, label, row, rule
from famgui.ui.widgets.elided import Elided

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DetailCard(Card):
    """Below the accounts: the entry, and under it the reasons."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._title, self._about = Elided("", "heading"), Elided("", "note")
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID // 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Behind this posting"))
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        for widget in (self._title, self._about, area):
            self.body.addWidget(widget)
        self.body.setStretch(self.body.count() - 1, 1)

    def show_detail(self, detail: Detail | None) -> None:
        """Show what is behind a posting; how to choose one for None."""
        clear(self._column)
        self._title.setVisible(detail is not None)
        self._about.setVisible(detail is not None)
        if detail is None:
            self._column.addWidget(EmptyState(tr("Choose a posting to see what is behind it.")))
            return
        self._title.setText(detail.title)
        self._about.setText(" · ".join(part for part in (detail.day.isoformat(), detail.about) if part))
        self._column.addWidget(label(tr("Double entry"), "note"))
        self._show_entries(detail.entries)
        self._column.addWidget(rule())
        self._column.addWidget(label(tr("Why"), "note"))
        for reason in detail.why or (Reason(tr("No rule decides this amount.")),):
            self._column.addWidget(self._reason(reason))
        self._column.addStretch(1)

    def _show_entries(self, entries: tuple[EntryRow, ...]) -> None:
        grid = QGridLayout()
        margins(grid, spacing=4)
        grid.setHorizontalSpacing(GRID)
        grid.setColumnStretch(0, 1)
        kinds = len({entry.kind for entry in entries}) > 1
        for line, entry in enumerate(entries):
            name = f"{entry.ledger} · {entry.kind}" if kinds else entry.ledger
            grid.addWidget(Elided(name), line, 0)
            grid.addWidget(_right(signed(entry.amount)), line, 1)
            held = "" if entry.balance is None else tr("then {amount}", amount=grouped(entry.balance))
            grid.addWidget(_right(held, "note"), line, 2)
        self._column.addLayout(grid)

    def _reason(self, reason: Reason) -> QWidget:
        parts: list[QWidget] = [chip(tr("Unconfirmed"), "warning")] if reason.weak else []
        parts += [clause_chip(clause, self._shell.desk.open_clause) for clause in reason.clauses]
        made = row(label(reason.text, wrap=True), *parts, stretch_last=False)
        layout = made.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretch(0, 1)
        for place in range(1, layout.count()):
            layout.setAlignment(layout.itemAt(place).widget(), Qt.AlignmentFlag.AlignTop)
        return made


def _right(text: str, kind: str = "") -> QLabel:
    made = label(text, kind)
    made.setAlignment(_RIGHT)
    return made
