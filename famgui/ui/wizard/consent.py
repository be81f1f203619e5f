"""The step of the commitment: what the authorizer promises, sentence by sentence with its clauses, and the tick."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from famgui.domain.binding_wish import bindings, setting_of
from famgui.ui.commitment import sentence, show_commitment
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, clear, column, label, restyle, row
from famgui.ui.wizard.rows import Blame
from famgui.ui.wizard.view import StepView, scrolled
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.usecase.commitment import Statement, commitments


class ConsentView(StepView):
    """The sentences of the place, and the box that the authorizer ticks."""

    rigid = False

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self.column.addWidget(label(tr("What the authorizer promises"), "heading"))
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._said = column()
        inside.setLayout(self._said)
        self.column.addWidget(scrolled(inside, tr("What the authorizer promises")), 1)
        self.box = QCheckBox()
        self.box.toggled.connect(self._tick)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._space = label(tr("Space ticks the box, Enter goes on."), "note")
        self.column.addWidget(self.box)
        self.column.addWidget(self._problem)
        paper = button(tr("Commitment on paper ..."), "more", self._preview)
        self.column.addWidget(row(self._space, paper))

    def fill(self) -> None:
        clear(self._said)
        vm = self.vm
        giver = vm.state.authorizer
        assert giver is not None
        persons = setting_of(vm.state, vm.around).persons
        papers = commitments(bindings(vm.state, vm.around), persons, vm.around.rules)
        for statement in papers[0].statements if papers else ():
            self._said.addWidget(self._sentence(statement))
        self._said.addStretch(1)
        words = tr("{name} in person has read this and makes the commitment", name=vm.names[giver.handle])
        self.box.setText(words)
        self.box.setAccessibleName(words)
        self._show_tick()

    def typed(self) -> None:
        self._show_tick()

    def take_focus(self) -> bool:
        self.box.setFocus()
        return True

    def point(self, blame: Blame) -> bool:
        if blame.where != "commitment":
            return False
        self._problem.setText(f"✗ {blame.text}")
        self._problem.show()
        self.box.setAccessibleDescription(blame.text)
        self.box.setFocus()
        return True

    def _show_tick(self) -> None:
        self.box.blockSignals(True)
        self.box.setChecked(self.vm.state.committed)
        self.box.blockSignals(False)
        restyle(self.box)

    def _tick(self, on: bool) -> None:
        self._problem.hide()
        self.vm.edit(lambda state: replace(state, committed=on))

    def _sentence(self, statement: Statement) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        line = QHBoxLayout(made)
        margins(line, spacing=GRID)
        top = Qt.AlignmentFlag.AlignTop
        words = label(sentence(statement), wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(label("·", "dim"), alignment=top)
        line.addWidget(words, 1)
        if statement.weak:
            line.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=top)
        for clause in statement.clauses[:2]:
            line.addWidget(clause_chip(clause, self.shell.desk.open_clause), alignment=top)
        return made

    def _preview(self) -> None:
        vm = self.vm
        persons = setting_of(vm.state, vm.around).persons
        if show_commitment(self.shell, bindings(vm.state, vm.around), self, persons) is None:
            vm.told.emit(tr("On paper once it is recorded."))
