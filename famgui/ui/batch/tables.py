"""The bills of a workbook and what is wrong in its rows, as tables; what is to be known of the bill at hand below."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.batch.rows import BillRow, ProblemRow, TriedRows, View
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, clause_chip, clear, label, row
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.table import Column, Table, TableModel

_REMARKS = 3
"""So many remarks of a bill are shown."""


class TablesCard(Card):
    """Bills, bills with remarks, problems: one of the three at a time."""

    def __init__(self, shell: Shell, *buttons: QPushButton) -> None:
        super().__init__()
        self._tried: TriedRows | None = None
        self._open_clause = shell.desk.open_clause
        self._view: View = "bills"
        self._choice = QVBoxLayout()
        margins(self._choice)
        self.head.addLayout(self._choice)
        self.add_to_head(*buttons, stretch=True)
        self._bills = TableModel(self._bill_columns(), self._next_bills)
        self.bill_table = Table(self._bills, tr("Bills"))
        self._problems = TableModel(self._problem_columns(), self._next_problems)
        self.problem_table = Table(self._problems, tr("Problems"))
        self._stack = QStackedWidget()
        for widget in (self.bill_table, self.problem_table, EmptyState(tr("No bill could be settled."))):
            self._stack.addWidget(widget)
        self._stack.addWidget(EmptyState(tr("Nothing is wrong with this workbook.")))
        self._stack.addWidget(EmptyState(tr("No bill needs a remark.")))
        self.body.addWidget(self._stack, 1)
        self._below = QWidget()
        self._below.setProperty("kind", "plain")
        self._lines = QVBoxLayout(self._below)
        margins(self._lines, spacing=GRID // 2)
        self.body.addWidget(self._below)
        self.bill_table.selectionModel().currentRowChanged.connect(lambda *_: self._show_remarks())

    def _bill_columns(self) -> list[Column[BillRow]]:
        return [
            Column(tr("Bill number"), lambda one: one.result.bill.number, most=18),
            Column(tr("Patient"), lambda one: one.person, most=16),
            Column(tr("Date"), lambda one: one.result.bill.visit.date.isoformat()),
            Column(tr("Kind"), lambda one: self._tried.kind(one) if self._tried else ""),
            Column(tr("Total cost"), lambda one: grouped(one.result.settlement.split.total), number=True),
            Column(tr("Pooled fund"), lambda one: grouped(one.result.settlement.pool), number=True),
            Column(tr("Own account"), lambda one: grouped(one.result.settlement.own), number=True),
            Column(tr("Shared"), lambda one: grouped(one.result.settlement.shared), number=True),
            Column(tr("Cash"), lambda one: grouped(one.result.settlement.cash), number=True),
            Column(tr("Remark"), lambda one: self._tried.remark(one) if self._tried else "", stretch=True),
        ]

    def _problem_columns(self) -> list[Column[ProblemRow]]:
        return [
            Column("", lambda one: one.mark),
            Column(tr("Sheet"), lambda one: one.sheet, most=18),
            Column(tr("Row"), lambda one: one.row, number=True),
            Column(tr("Column"), lambda one: one.column, most=18),
            Column(tr("What is wrong"), lambda one: one.sentence, stretch=True),
        ]

    def _next_bills(self, after: BillRow | None) -> Sequence[BillRow]:
        return () if self._tried is None else self._tried.bills(self._view, after)

    def _next_problems(self, after: ProblemRow | None) -> Sequence[ProblemRow]:
        return () if self._tried is None else self._tried.problems(after)

    def show_tried(self, rows: TriedRows) -> None:
        """Show what was tried: the problems first where nothing could be settled."""
        self._tried = rows
        counts: tuple[tuple[View, str], ...] = (
            ("bills", tr("Bills {count}", count=rows.count("bills"))),
            ("remarks", tr("With remarks {count}", count=rows.count("remarks"))),
            ("problems", tr("Problems {count}", count=rows.count("problems"))),
        )
        clear(self._choice)
        choice = Segments(counts, tr("Show"))
        self._choice.addWidget(choice)
        choice.show()
        self._view = "bills" if rows.count("bills") or not rows.count("problems") else "problems"
        choice.set_value(self._view)
        choice.picked.connect(self._pick)
        self._show_view()

    def _pick(self, view: object) -> None:
        self._view = "problems" if view == "problems" else "remarks" if view == "remarks" else "bills"
        self._show_view()

    def _show_view(self) -> None:
        empty = {"bills": 2, "problems": 3, "remarks": 4}[self._view]
        if self._tried is None or not self._tried.count(self._view):
            self._stack.setCurrentIndex(empty)
        elif self._view == "problems":
            self._problems.restart()
            self._stack.setCurrentIndex(1)
        else:
            self._bills.restart()
            self._stack.setCurrentIndex(0)
            self.bill_table.selectRow(0)
        self._show_remarks()

    def _show_remarks(self) -> None:
        clear(self._lines)
        current = self.bill_table.current
        if self._tried is None or not isinstance(current, BillRow) or self._stack.currentIndex() != 0:
            self._below.hide()
            return
        for remark in self._tried.remarks(current)[:_REMARKS]:
            self._lines.addWidget(label(f"! {remark}", "warning", wrap=True))
        clauses = [clause_chip(clause, self._open_clause) for clause in current.result.clauses]
        weak = [chip(tr("Unconfirmed"), "warning")] if current.result.unverified else []
        self._lines.addWidget(row(label(tr("Rests on"), "note"), *clauses, *weak))
        self._below.show()
