"""What came of it: the verdict in one line, each finding with its figures and its why, and what was not checked."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.receipt.stated import Finding, Verification
from famgui.domain.trace import Step
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.verify.viewmodel import VerifyVM
from famgui.ui.widgets.basic import Card, EmptyState, chip, clause_chip, clear, figure, label, restyle, row, rule
from famgui.ui.widgets.flow import flow
from famgui.usecase.verify import MARKS, SEVERITY_MARKS, clauses_of, names, step_sentence

_TONES = {"agrees": "good", "differs": "bad", "incomplete": "open"}
_FINDING_TONES = {"error": "bad", "warning": "open", "info": "quiet"}
_WIDTH = 4
"""Columns: the field, what is stated, what it should be, the difference."""


class Answer(Card):
    """The card at the right."""

    def __init__(self, shell: Shell, vm: VerifyVM, step: Callable[[], QPushButton]) -> None:
        super().__init__()
        self._shell, self._vm, self._step = shell, vm, step
        self._verdict = label("", "verdict", wrap=True)
        self._behind = label("", "dim", wrap=True)
        self.body.addWidget(self._verdict)
        self.body.addWidget(self._behind)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._column = QVBoxLayout(inside)
        margins(self._column, spacing=GRID)
        self._column.setContentsMargins(0, 0, GRID, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Findings"))
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def show_answer(self) -> None:
        """Show what there is: the answer, why a file could not be read, or the one next step."""
        vm = self._vm
        clear(self._column)
        checked = vm.checked if vm.receipt is not None else None
        self._verdict.setVisible(checked is not None or bool(vm.faults))
        self._behind.setVisible(checked is not None)
        if vm.faults:
            self._say(tr("✗ Could not be read"), "bad")
            for line in vm.faults:
                self._column.addWidget(label(line, wrap=True))
            self._column.addStretch(1)
        elif checked is not None:
            self._show(checked)
        elif vm.receipt is None:
            words = tr("Open or paste a receipt: the answer appears here.")
            self._column.addWidget(EmptyState(words, self._step()))

    def _say(self, text: str, tone: str) -> None:
        self._verdict.setText(text)
        self._verdict.setProperty("tone", tone)
        restyle(self._verdict)

    def _show(self, checked: Verification) -> None:
        teller = self._vm.teller
        self._say(f"{MARKS[checked.verdict]} {teller.verdict(checked)}", _TONES[checked.verdict])
        self._behind.setText(teller.verdict_note(checked))
        if checked.findings:
            self._column.addLayout(self._findings(checked.findings))
        if checked.unchecked:
            self._column.addWidget(label(tr("Not checked"), "heading"))
            for note in checked.unchecked:
                self._column.addWidget(label(f"· {teller.note(note)}", "note", wrap=True))
        if checked.steps:
            self._column.addWidget(label(tr("What the rules give"), "heading"))
            self._column.addLayout(self._steps(checked.steps))
        self._column.addStretch(1)

    def _name(self, found: Finding) -> str:
        return f"{names().label(found.field, self._shell.desk.wording.language)}  {found.field}"

    def _steps(self, steps: tuple[Step, ...]) -> QGridLayout:
        desk, grid = self._shell.desk, QGridLayout()
        margins(grid, spacing=GRID // 2)
        grid.setColumnStretch(0, 1)
        for at, step in enumerate(steps):
            grid.addWidget(label(step_sentence(step, desk.names, desk.wording), wrap=True), at, 0)
            chips: list[QWidget] = [clause_chip(step.clause, desk.open_clause)] if step.clause else []
            if step.weak:
                chips.insert(0, chip(tr("Unconfirmed"), "warning"))
            grid.addWidget(row(*chips, spacing=GRID // 2, stretch_last=False), at, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def _findings(self, findings: tuple[Finding, ...]) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, spacing=GRID // 2)
        grid.setHorizontalSpacing(GRID * 2)
        grid.setColumnStretch(0, 1)
        if any(_has_figures(found) for found in findings):
            for column, title in enumerate((tr("On the receipt"), tr("Should be"), tr("Difference")), 1):
                head = label(title, "note")
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(head, 0, column)
        why = [(self._vm.teller.explanation(found), clauses_of(found)) for found in findings]
        for found, told, after in zip(findings, why, [*why[1:], None], strict=True):
            self._add(grid, found, explained=told != after)
        return grid

    def _add(self, grid: QGridLayout, found: Finding, *, explained: bool) -> None:
        """One finding; of several with the same why, only the last tells it."""
        teller, at = self._vm.teller, grid.rowCount()
        mark = SEVERITY_MARKS[found.severity]
        with_figures = _has_figures(found)
        title = label(f"{mark} {self._name(found) if with_figures else teller.message(found)}", wrap=True)
        title.setProperty("kind", "finding")
        title.setProperty("tone", _FINDING_TONES[found.severity])
        title.setAccessibleName(teller.message(found))
        title.setToolTip(teller.message(found))
        grid.addWidget(title, at, 0, 1, 1 if with_figures else _WIDTH)
        if with_figures:
            by = found.difference or 0
            off = teller.figure(found.field, abs(by))
            shown = (
                teller.figure(found.field, found.stated),
                teller.figure(found.field, found.expected),
                _signed(off, by),
            )
            for column, text in enumerate(shown, 1):
                grid.addWidget(figure(text), at, column)
        if not explained:
            return
        said = teller.explanation(found)
        if said:
            grid.addWidget(label(said, wrap=True), at + 1, 0, 1, _WIDTH)
        chips: list[QWidget] = [clause_chip(clause, self._shell.desk.open_clause) for clause in clauses_of(found)]
        if found.weak:
            chips.insert(0, chip(tr("Unconfirmed"), "warning"))
        if chips:
            grid.addWidget(flow(*chips), at + 2, 0, 1, _WIDTH)
        grid.addWidget(rule(), at + 3, 0, 1, _WIDTH)


def _has_figures(found: Finding) -> bool:
    return found.expected is not None and found.code not in ("one-of", "swapped")


def _signed(text: str, value: int) -> str:
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text
