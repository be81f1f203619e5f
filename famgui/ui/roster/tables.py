"""The rows of a list with marks, and below them everything there is to tell of the row at hand."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.ui.roster.rows import VIEWS, ShownRow, TriedRows, View
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, clause_chip, clear, label, row
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.table import Column, Table, TableModel

_REMARKS = 4
"""So many remarks of a row are shown."""


class TablesCard(Card):
    """All rows, those with problems, those to look at, those in the book already: one of the four at a time."""

    def __init__(self, shell: Shell, leave_out: Callable[[bool], object], save: QPushButton) -> None:
        super().__init__()
        self._tried: TriedRows | None = None
        self._open_clause = shell.desk.open_clause
        self._view: View = "all"
        self._choice = QVBoxLayout()
        margins(self._choice)
        self.head.addLayout(self._choice)
        self.leave_out = QCheckBox()
        self.leave_out.setAccessibleName(tr("Leave out the rows with problems"))
        self.leave_out.toggled.connect(leave_out)
        self.add_to_head(self.leave_out, save, stretch=True)
        self._model = TableModel(self._columns(), self._next)
        self.table = Table(self._model, tr("Rows of the list"))
        self._stack = QStackedWidget()
        for widget in (self.table, EmptyState(tr("No row of this kind."))):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._below = QWidget()
        self._below.setProperty("kind", "plain")
        self._lines = QVBoxLayout(self._below)
        margins(self._lines, spacing=GRID // 2)
        self.body.addWidget(self._below)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_remarks())

    def _columns(self) -> list[Column[ShownRow]]:
        def of(ask: Callable[[TriedRows, ShownRow], str]) -> Callable[[ShownRow], str]:
            return lambda one: ask(self._tried, one) if self._tried is not None else ""

        return [
            Column("", of(lambda tried, one: tried.mark(one))),
            Column(tr("Row"), lambda one: one.number, number=True),
            Column(
                tr("Authorizer"),
                of(lambda tried, one: tried.person(one.row.authorizer)),
                most=24,
            ),
            Column(
                tr("User"),
                of(lambda tried, one: tried.person(one.row.user)),
                most=24,
            ),
            Column(tr("Relation"), of(lambda tried, one: tried.relation(one)), most=14),
            Column(tr("First day"), of(lambda tried, one: tried.first_day(one))),
            Column(tr("Last day"), of(lambda tried, one: tried.last_day(one))),
            Column(tr("State"), of(lambda tried, one: tried.state(one))),
            Column(tr("What is wrong"), of(lambda tried, one: tried.remark(one)), stretch=True),
        ]

    def _next(self, after: ShownRow | None) -> Sequence[ShownRow]:
        return () if self._tried is None else self._tried.page(self._view, after)

    def show_tried(self, rows: TriedRows) -> None:
        """Show what was tried: the problems first where there are some."""
        self._tried = rows
        titles = {
            "all": tr("All {count}", count=rows.count("all")),
            "held": tr("Problems {count}", count=rows.count("held")),
            "look": tr("To look at {count}", count=rows.count("look")),
            "there": tr("In the book {count}", count=rows.count("there")),
        }
        clear(self._choice)
        choice = Segments([(view, titles[view]) for view in VIEWS], tr("Show"))
        self._choice.addWidget(choice)
        choice.show()
        self._view = "held" if rows.count("held") else "all"
        choice.set_value(self._view)
        choice.picked.connect(self._pick)
        self._show_view()

    def take_focus(self) -> None:
        """Begin at the rows; at the choice where there are none."""
        if self._stack.currentIndex() == 0:
            self.table.setFocus()
        else:
            self.leave_out.setFocus()

    def show_choice(self, *, leave_out: bool, taken: bool) -> None:
        """Whether rows with problems are left out; nothing is asked where there are none."""
        count = 0 if self._tried is None else self._tried.count("held")
        self.leave_out.setText(tr("Leave out the {count} rows with problems", count=count))
        self.leave_out.setVisible(bool(count) and not taken)
        self.leave_out.blockSignals(True)
        self.leave_out.setChecked(leave_out)
        self.leave_out.blockSignals(False)

    def _pick(self, view: object) -> None:
        self._view = next(one for one in VIEWS if one == view)
        self._show_view()

    def _show_view(self) -> None:
        some = self._tried is not None and bool(self._tried.count(self._view))
        if some:
            self._model.restart()
            self.table.go_to(0)
        self._stack.setCurrentIndex(0 if some else 1)
        self._show_remarks()

    def _show_remarks(self) -> None:
        clear(self._lines)
        current = self.table.current
        if self._tried is None or not isinstance(current, ShownRow) or self._stack.currentIndex() != 0:
            self._below.hide()
            return
        self._lines.addWidget(label(self._tried.whole(current), "heading", wrap=True))
        told = self._tried.told(current)[:_REMARKS]
        for remark in told:
            words = label(remark.text, remark.kind, wrap=True)
            weak = [chip(tr("Unconfirmed"), "warning")] if remark.weak else []
            chips = [clause_chip(remark.clause, self._open_clause)] if remark.clause else []
            line = row(words, *weak, *chips, stretch_last=False)
            layout = line.layout()
            if layout is not None:
                layout.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._lines.addWidget(line)
        self._below.show()
        QTimer.singleShot(0, self, lambda: self.table.scrollTo(self.table.currentIndex()))  # once it has its height
