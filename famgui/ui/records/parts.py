"""Small parts of the records page: payers before and after, the chain of why, lines of the history."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.domain.problem import Problem
from famgui.domain.trace import Step
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.records.moves import Move
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import chip, clause_chip, label
from famgui.ui.widgets.payers import Dot
from famgui.ui.widgets.visit_words import payer_word

_MARKS = {"error": ("✗", "problem"), "warning": ("!", "warning"), "info": ("·", "note")}
_TOP = Qt.AlignmentFlag.AlignTop
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """A widget that may be higher than its place; it scrolls upright only."""
    inside.setProperty("kind", "plain")
    inside.setContentsMargins(0, 0, GRID, 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName(name)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    return area


def amount(text: str, kind: str = "") -> QWidget:
    """An amount set flush right."""
    made = label(text, kind)
    made.setAlignment(_RIGHT)
    return made


def moves_grid(moves: Sequence[Move], desk: Desk, theme: Theme) -> QGridLayout:
    """Payers before and after a refund: paid, to pay then, and what that means for each."""
    grid = QGridLayout()
    margins(grid, spacing=GRID // 2)
    grid.setHorizontalSpacing(GAP)
    grid.setColumnStretch(1, 1)
    for column, title in enumerate((tr("Paid"), tr("After it"), tr("Back")), 2):
        grid.addWidget(amount(title, "note"), 0, column)
    for number, move in enumerate(moves, 1):
        grid.addWidget(Dot(theme, move.role), number, 0)
        name = label(payer_word(move.role, desk.names.get(move.account, move.account)), wrap=True)
        grid.addWidget(name, number, 1)
        grid.addWidget(amount(grouped(move.was)), number, 2)
        grid.addWidget(amount(grouped(move.now)), number, 3)
        grid.addWidget(_outcome(move), number, 4)
    return grid


def _outcome(move: Move) -> QWidget:
    """What comes back, or is owed on top: in words as well, for nobody should have to read a sign."""
    if move.owed:
        return amount(tr("! {amount} more to pay", amount=grouped(move.owed)), "warning")
    return amount(grouped(move.back) if move.back else "—", "heading" if move.back else "dim")


def step_line(number: int, step: Step, desk: Desk) -> QWidget:
    """One step of the why with its clauses."""
    line = QWidget()
    line.setProperty("kind", "plain")
    layout = QHBoxLayout(line)
    margins(layout, vertical=2, spacing=GRID)
    layout.addWidget(label(str(number), "dim"), alignment=_TOP)
    layout.addWidget(label(step_sentence(step, desk.names, desk.wording), wrap=True), 1)
    if step.weak:
        layout.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=_TOP)
    chips = QVBoxLayout()
    margins(chips, spacing=2)
    for clause in (step.clause, *step.beside):
        if clause:
            chips.addWidget(clause_chip(clause, desk.open_clause), alignment=Qt.AlignmentFlag.AlignRight)
    layout.addLayout(chips)
    layout.setAlignment(chips, _TOP)
    return line


def problem_line(problem: Problem, desk: Desk) -> QWidget:
    """One finding with its mark and clause."""
    line = QWidget()
    line.setProperty("kind", "plain")
    layout = QHBoxLayout(line)
    margins(layout, vertical=2, spacing=GRID)
    mark, kind = _MARKS[problem.severity]
    words = label(f"{mark} {problem_sentence(problem, desk.names, desk.wording)}", kind, wrap=True)
    layout.addWidget(words, 1)
    if problem.clause:
        layout.addWidget(clause_chip(problem.clause, desk.open_clause), alignment=_TOP)
    return line
