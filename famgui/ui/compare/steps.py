"""Where a variant parts from the visit at hand: the steps that differ side by side, with their clauses."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.problem import Problem
from famgui.domain.trace import Step
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.compare.viewmodel import WayRow
from famgui.ui.compare.words import difference_line
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, chip, clause_chip, clear, label, rule

_MARKS = {"error": ("✗", "problem"), "warning": ("!", "warning"), "info": ("·", "note")}
_TOP = Qt.AlignmentFlag.AlignTop


def not_takeable() -> str:
    """Why the calculator does not hold a variant of another insured place."""
    return tr("Nobody is insured elsewhere for one visit, so the calculator does not take this variant over.")


class StepsApart(Card):
    """The steps of one variant that differ, left as it is, right as it would be."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(tr("Where they part"))
        self._shell = shell
        self._summary = label("", "dim", wrap=True)
        self.head.addWidget(self._summary, 1)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        column = QVBoxLayout(inside)
        margins(column)
        self._grid = QGridLayout()
        margins(self._grid, spacing=GRID // 2)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._below = QVBoxLayout()
        margins(self._below, spacing=GRID // 2)
        column.addLayout(self._grid)
        column.addLayout(self._below)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName(tr("Where they part"))
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def show_row(self, row: WayRow | None) -> None:
        """Show where a variant parts from the visit at hand."""
        clear(self._grid)
        clear(self._below)
        if row is None:
            self._summary.setText("")
            return
        done = row.way.settlement is not None
        said = tr("{title}: {said}", title=row.title, said=difference_line(row.way.difference))
        self._summary.setText(said if done else row.title)
        if not done:
            self._below.addWidget(label(tr("This cannot be: {why}.", why=row.notes[0][0]), "dim"))
            return
        if row.way.apart:
            for column, title in enumerate((tr("As it is"), row.title)):
                self._grid.addWidget(label(title, "note"), 0, column)
        for number, (now, then) in enumerate(row.way.apart):
            self._grid.addWidget(rule(), 2 * number + 1, 0, 1, 2)
            for column, step in enumerate((now, then)):
                self._grid.addWidget(self._step(step), 2 * number + 2, column, _TOP)
        if not row.way.apart:
            self._below.addWidget(label(tr("Every step comes out the same."), "dim"))
        for problem in row.problems:
            self._below.addWidget(self._problem(problem))
        if any(change.field == "insured-place" for change in row.way.changes):
            self._below.addWidget(label(not_takeable(), "note", wrap=True))

    def _step(self, step: Step | None) -> QWidget:
        if step is None:
            return label("—", "dim")
        desk = self._shell.desk
        made, layout = _line()
        layout.addWidget(label(step_sentence(step, desk.names, desk.wording), wrap=True), 1)
        if step.weak:
            layout.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=_TOP)
        for clause in (step.clause, *step.beside):
            if clause:
                layout.addWidget(clause_chip(clause, desk.open_clause), alignment=_TOP)
        return made

    def _problem(self, problem: Problem) -> QWidget:
        desk = self._shell.desk
        mark, kind = _MARKS[problem.severity]
        made, layout = _line()
        sentence = problem_sentence(problem, desk.names, desk.wording)
        layout.addWidget(label(f"{mark} {sentence}", kind, wrap=True), 1)
        if problem.clause:
            layout.addWidget(clause_chip(problem.clause, desk.open_clause), alignment=_TOP)
        return made


def _line() -> tuple[QWidget, QHBoxLayout]:
    made = QWidget()
    made.setProperty("kind", "plain")
    layout = QHBoxLayout(made)
    margins(layout, vertical=2, spacing=GRID)
    return made, layout
