"""The right side of the settlement page: who pays, as picture and figures, and why, step by step with clauses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.domain.problem import Problem
from famgui.domain.trace import Step
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.settlement.viewmodel import PayerRow, Result
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, clause_chip, clear, figure, label, rule
from famgui.ui.widgets.payers import Dot, Part, PayersBar

_MARKS = {"error": "✗", "warning": "!", "info": "·"}


def payer_name(row: PayerRow, names: dict[str, str]) -> str:
    """What a payer is called."""
    name = names.get(row.account, row.account)
    return {
        "pool": tr("Pooled fund"),
        "own": tr("Own account · {name}", name=name),
        "shared": tr("Shared account · {name}", name=name),
        "cash": tr("Cash"),
    }[row.role]


class WhoPays(Card):
    """The payers of the visit: bar, figures, what is left in each account."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(tr("Who pays"))
        self._shell = shell
        self._cash = figure("")
        self.add_to_head(label(tr("Cash"), "dim"), self._cash, stretch=True)
        self._bar = PayersBar(shell.theme)
        self.body.addWidget(self._bar)
        self._rows = QGridLayout()
        margins(self._rows, spacing=4)
        self._rows.setHorizontalSpacing(GRID)
        self._rows.setColumnStretch(1, 1)
        self.body.addLayout(self._rows)

    def show_result(self, result: Result | None) -> None:
        """Show a result, or dashes while the bill is not complete."""
        clear(self._rows)
        names = self._shell.desk.names
        rows = result.rows if result else (PayerRow("pool", "", 0), PayerRow("cash", "", 0))
        self._cash.setText(grouped(rows[-1].amount) if result else "—")
        parts = [Part(row.role, payer_name(row, names), row.amount) for row in rows]
        spoken = ", ".join(f"{part.name} {grouped(part.amount)}" for part in parts) if result else tr("No bill yet")
        self._bar.show_parts(parts if result else (), spoken)
        for number, row in enumerate(rows):
            line = 2 * number
            if number:
                self._rows.addWidget(rule(), line - 1, 0, 1, 4)
            self._rows.addWidget(Dot(self._shell.theme, row.role), line, 0)
            self._rows.addWidget(label(payer_name(row, names)), line, 1)
            self._rows.addWidget(figure(grouped(row.amount) if result else "—"), line, 2)
            note = label(self._note(row, result) if result else "", "note")
            note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._rows.addWidget(note, line, 3)

    @staticmethod
    def _note(row: PayerRow, result: Result) -> str:
        if row.left is not None:
            left = tr("left {amount}", amount=grouped(row.left))
            return tr("used up · {left}", left=left) if row.left == 0 else left
        return f"{row.amount * 1000 // result.total / 10:.1f} %" if result.total and row.role == "pool" else ""


class Why(Card):
    """The trace: numbered steps as formulas, each with its clause, then what is to be known."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(tr("Why"))
        self._shell = shell
        self._count = chip("")
        self.add_to_head(self._count, stretch=False)
        self.head.addStretch(1)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID // 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Why"))
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        self.body.addWidget(area, 1)

    def show_result(self, result: Result | None, missing: str) -> None:
        """Show the steps of a result, or what is still missing."""
        clear(self._column)
        self._count.setVisible(result is not None)
        if result is None:
            self._column.addWidget(EmptyState(missing))
            return
        self._count.setText(tr("{count} steps", count=len(result.steps)))
        for number, step in enumerate(result.steps, 1):
            self._column.addWidget(self._step(number, step))
            self._column.addWidget(rule())
        for problem in result.problems:
            self._column.addWidget(self._problem(problem))
        self._column.addWidget(
            label(
                tr(
                    "Show the patient's own credential and say that the family account is to be used. "
                    "Account money cannot be cashed out."
                ),
                "note",
                wrap=True,
            )
        )
        self._column.addStretch(1)

    def _step(self, number: int, step: Step) -> QWidget:
        desk = self._shell.desk
        line = QWidget()
        line.setProperty("kind", "plain")
        layout = QHBoxLayout(line)
        margins(layout, vertical=2, spacing=GRID)
        layout.addWidget(label(str(number), "dim"), alignment=Qt.AlignmentFlag.AlignTop)
        layout.addWidget(label(step_sentence(step, desk.names, desk.wording), wrap=True), 1)
        if step.weak:
            layout.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=Qt.AlignmentFlag.AlignTop)
        for clause in (step.clause, *step.beside):
            if clause:
                layout.addWidget(clause_chip(clause, desk.open_clause), alignment=Qt.AlignmentFlag.AlignTop)
        return line

    def _problem(self, problem: Problem) -> QWidget:
        desk = self._shell.desk
        line = QWidget()
        line.setProperty("kind", "plain")
        layout = QHBoxLayout(line)
        margins(layout, vertical=2, spacing=GRID)
        kind = {"error": "problem", "warning": "warning", "info": "note"}[problem.severity]
        sentence = problem_sentence(problem, desk.names, desk.wording)
        layout.addWidget(label(f"{_MARKS[problem.severity]} {sentence}", kind, wrap=True), 1)
        if problem.clause:
            layout.addWidget(clause_chip(problem.clause, desk.open_clause), alignment=Qt.AlignmentFlag.AlignTop)
        return line


def right_side(who: WhoPays, why: Why) -> QVBoxLayout:
    """Both cards, one under the other."""
    made = QVBoxLayout()
    margins(made, spacing=GAP)
    made.addWidget(who)
    made.addWidget(why, 1)
    return made
