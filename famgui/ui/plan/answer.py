"""The plan's answer: the sentence on top, months in pictures and figures, every order side by side, what to know."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import Fen, grouped
from famgui.ui.plan.words import Note, answer, notes, short_day, used_up
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.widgets.basic import Card, chip, clause_chip, clear, figure, label, restyle
from famgui.ui.widgets.chart import StackedBars, StepLines
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.orders import order_word
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.plan import Course, Month, Plan

_KINDS = {"✗": "problem", "!": "warning", "·": "note"}
_PICTURE_ROWS = 5
"""How many rows high a picture is at least."""


def month_word(month: date, plan: Plan) -> str:
    """A month by its number; with its year where the plan goes on into another one."""
    return tr("Month {number}", number=month.month) if plan.start.year == plan.end.year else f"{month:%Y-%m}"


class AnswerCard(Card):
    """When money runs out, what cash will be, which order leaves least."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(tr("What lies ahead"))
        self._shell = shell
        self._unconfirmed = chip(tr("Unconfirmed"), "warning")
        self._warnings = chip("", "warning")
        self._cash = figure("")
        self._cash.setAccessibleName(tr("Cash"))
        self.head.addWidget(self._unconfirmed)
        self.head.addWidget(self._warnings)
        self.head.addStretch(1)
        self.head.addWidget(label(tr("Cash"), "dim"))
        self.head.addWidget(self._cash)
        self._words = label("", "", wrap=True)
        self._missing = label("", "warning", wrap=True)
        self.body.addWidget(self._words)
        self.body.addWidget(self._missing)
        self.body.addStretch(1)

    def show_plan(self, plan: Plan | None, course: Course | None, missing: str) -> None:
        """Show the answer, or what is missing before there is one."""
        self._cash.setText("—" if course is None else grouped(course.cash))
        done = plan is not None and course is not None
        self._words.setText(
            answer(plan, course, self._shell.desk) if plan is not None and course is not None else missing
        )
        self._words.setProperty("kind", "" if done else "dim")
        restyle(self._words)
        self._missing.setText(f"! {missing}")
        self._missing.setVisible(done and bool(missing))
        warned = (
            0
            if plan is None or course is None
            else sum(note.mark != "·" for note in notes(plan, course, self._shell.desk))
        )
        self._warnings.setText(tr("! {count} to know", count=warned))
        self._warnings.setVisible(bool(warned))
        findings = () if course is None else course.findings
        self._unconfirmed.setVisible(any(one.problem.code == "UNVERIFIED_RULE" for one in findings))


class OrdersTable(Table):
    """Every order with its cash and the days on which accounts run out; `picked(order)` when one is looked at."""

    picked = Signal(str)

    def __init__(self) -> None:
        self._plan: Plan | None = None
        columns: list[Column[Course]] = [
            Column(tr("Order"), self._title),
            Column(tr("Cash"), lambda course: grouped(course.cash), number=True),
            Column(tr("Change"), self._change, number=True),
            Column(tr("Used up"), self._run_outs, stretch=True),
        ]
        self.courses: TableModel[Course] = TableModel(columns)
        super().__init__(self.courses, tr("Orders of authorizers"))
        self.selectionModel().currentRowChanged.connect(self._current)

    def show_plan(self, plan: Plan | None, course: Course | None) -> None:
        """Show every course, the one looked at current."""
        self._plan = plan
        selection = self.selectionModel()
        selection.blockSignals(True)
        self.courses.set_rows(() if plan is None else plan.courses)
        if plan is not None and course is not None:
            self.selectRow(plan.courses.index(course))
        selection.blockSignals(False)
        self.viewport().update()

    def _title(self, course: Course) -> str:
        word = order_word(course.order)
        return tr("{order} (now)", order=word) if self._plan is not None and course is self._plan.now else word

    def _change(self, course: Course) -> str:
        if self._plan is None or course is self._plan.now:
            return ""
        change = course.cash - self._plan.now.cash
        if not change:
            return tr("the same")
        amount = grouped(abs(change))
        return tr("− {amount} less", amount=amount) if change < 0 else tr("+ {amount} more", amount=amount)

    def _run_outs(self, course: Course) -> str:
        plan = self._plan
        if plan is None:
            return ""
        if not course.run_out:
            return tr("lasts")
        first = short_day(min(one.day for one in course.run_out), plan)
        return tr("from {day} ({count})", count=len(course.run_out), day=first)

    def _current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self.courses.rows[index.row()].order)


class Ahead(Card):
    """The course looked at: balances, who pays, every order beside it, month by month, what is to be known."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        views: list[tuple[object, str]] = [
            (0, tr("Balances")),
            (1, tr("Who pays")),
            (2, tr("Order")),
            (3, tr("By month")),
            (4, tr("To know")),
        ]
        self._view = Segments(views, tr("Show"))
        self._stack = QStackedWidget()
        self._view.picked.connect(lambda view: self._stack.setCurrentIndex(int(str(view))))
        self.head.addWidget(self._view)
        self.lines, self.bars = StepLines(shell.theme), StackedBars(shell.theme)
        self.months = _MonthsTable(shell)
        self._notes = QVBoxLayout()
        self.orders = OrdersTable()
        self._used_up = label("", "note", wrap=True)
        for view in (self.lines, self.bars, self._orders_view(), self.months, self._notes_area()):
            self._stack.addWidget(view)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        at_least(self._stack, height=_PICTURE_ROWS * ROW_HEIGHT)
        self._other = label("", "note")
        self.body.addWidget(self._other)
        self.body.addWidget(self._stack, 1)

    def show_plan(self, plan: Plan | None, course: Course | None, more: Sequence[Note] = ()) -> None:
        """Show a course of the plan; `more` is what is to be known beside it."""
        names = self._shell.desk.names
        self.orders.show_plan(plan, course)
        if plan is None or course is None:
            return
        self._show_pictures(plan, course, names)
        self.months.show_course(plan, course, names)
        order = order_word(course.order)
        self._other.setText(tr("Shown: {order}", order=order))
        self._other.setVisible(course is not plan.now)
        said = tr("{order}, used up: {days}", order=order, days=used_up(plan, course, names))
        self._used_up.setText(said if course.run_out else f"{order} · {used_up(plan, course, names)}")
        found = [*notes(plan, course, self._shell.desk), *more]
        clear(self._notes)
        for note in found:
            self._notes.addWidget(self._note(note))
        self._notes.addStretch(1)

    def _show_pictures(self, plan: Plan, course: Course, names: Mapping[str, str]) -> None:
        months = [month_word(month.first, plan) for month in course.months]
        title = order_word(course.order)
        held: list[tuple[str, str | int, Sequence[Fen]]] = [
            (names.get(account, account), number, [opening, *(month.balances[account] for month in course.months)])
            for number, (account, opening) in enumerate(plan.opening.items())
        ]
        self.lines.show_lines(
            [tr("Start"), *months], held, tr("Balances at the end of every month, {order}", order=title)
        )
        parts = [
            ("pool", tr("Pooled fund"), [month.pool for month in course.months]),
            ("own", tr("Own account"), [month.own for month in course.months]),
            ("shared", tr("Shared"), [month.shared + month.premium for month in course.months]),
            ("cash", tr("Cash"), [month.cash for month in course.months]),
        ]
        self.bars.show_bars(months, parts, tr("Who pays in every month, {order}", order=title))

    def _orders_view(self) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        column = QVBoxLayout(made)
        margins(column, spacing=GRID)
        self.orders.setSizeAdjustPolicy(Table.SizeAdjustPolicy.AdjustToContents)
        self.orders.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        column.addWidget(self.orders)
        column.addWidget(self._used_up)
        column.addStretch(1)
        return made

    def _notes_area(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "plain")
        margins(self._notes, spacing=GRID // 2)
        inside.setLayout(self._notes)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("To know"))
        area.setWidget(inside)
        return area

    def _note(self, note: Note) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        line = QHBoxLayout(made)
        margins(line, vertical=2, spacing=GRID)
        line.addWidget(label(f"{note.mark} {note.text}", _KINDS[note.mark], wrap=True), 1)
        if note.clause:
            line.addWidget(clause_chip(note.clause, self._shell.desk.open_clause), alignment=Qt.AlignmentFlag.AlignTop)
        return made


class _MonthsTable(Table):
    """A month a line: what each payer pays, what flows in, what every account holds at its end."""

    def __init__(self, shell: Shell) -> None:
        self._plan: Plan | None = None
        self._names: Mapping[str, str] = {}
        columns: list[Column[Month]] = [
            Column(tr("Month"), lambda month: "" if self._plan is None else month_word(month.first, self._plan)),
            Column(tr("Cash"), lambda month: grouped(month.cash), number=True),
            Column(tr("Pooled fund"), lambda month: grouped(month.pool), number=True),
            Column(tr("Own account"), lambda month: grouped(month.own), number=True),
            Column(tr("Shared"), lambda month: grouped(month.shared), number=True),
            Column(tr("Premiums"), lambda month: grouped(month.premium), number=True),
            Column(tr("Flows in"), lambda month: grouped(month.inflow), number=True),
            Column(tr("Balances"), self._held),
        ]
        self.model_of_months: TableModel[Month] = TableModel(columns)
        super().__init__(self.model_of_months, tr("By month"))

    def show_course(self, plan: Plan, course: Course, names: Mapping[str, str]) -> None:
        """Show the months of a course."""
        self._plan, self._names = plan, names
        self.model_of_months.set_rows(course.months)

    def _held(self, month: Month) -> str:
        return " · ".join(f"{self._names.get(one, one)} {grouped(fen)}" for one, fen in month.balances.items())
