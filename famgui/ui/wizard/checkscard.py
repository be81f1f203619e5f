"""The checks beside the form: a line each, its clause a way to the policy page, what may be waived a button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, fix_width, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, clear, label, rule
from famgui.ui.widgets.elided import Elided
from famgui.ui.wizard import edits
from famgui.ui.wizard.rows import CheckLine
from famgui.ui.wizard.view import scrolled
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.ui.wizard.words import spoken_mark


class ChecksCard(Card):
    """Every rule that the binding meets, as it stands after the last keystroke. `waived` when a demand was."""

    waived = Signal()

    def __init__(self, vm: WizardVM, desk: Desk) -> None:
        super().__init__(tr("Checks"))
        self._vm, self._desk = vm, desk
        self._shown: Sequence[CheckLine] | None = None
        self.waivers: list[QPushButton] = []
        self._where = Elided("", "note")
        self.add_to_head(self._where, stretch=True)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._lines = QVBoxLayout(inside)
        margins(self._lines, spacing=4)
        self.body.addWidget(scrolled(inside, tr("Checks")), 1)
        note = tr("✓ kept, ! look again, ✗ stands against it, · asked later. A number opens its clause.")
        self.body.addWidget(label(note, "note", wrap=True))

    def show_checks(self) -> None:
        """Show the checks as they are now."""
        vm = self._vm
        self._where.setText(f"{self._desk.place_name(vm.place)} · {vm.around.day.isoformat()}")
        if vm.lines == self._shown:
            return
        self._shown = vm.lines
        clear(self._lines)
        self.waivers = []
        for number, line in enumerate(vm.lines):
            if number:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._line(line))
        if not vm.lines:
            self._lines.addWidget(label(tr("Every rule is checked here while you type."), "dim", wrap=True))
        self._lines.addStretch(1)

    def _line(self, line: CheckLine) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        made.setAccessibleName(f"{spoken_mark(line.mark)}: {line.text}")
        across = QHBoxLayout(made)
        margins(across, spacing=GRID, vertical=2)
        top = Qt.AlignmentFlag.AlignTop
        mark = label(line.mark, line.kind)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fix_width(mark, GAP)
        across.addWidget(mark, alignment=top)
        words = QVBoxLayout()
        margins(words, spacing=4)
        text = label(line.text, "dim" if line.mark == "·" else "", wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.addWidget(text)
        if line.waive:
            words.addWidget(self._waiver(line), alignment=Qt.AlignmentFlag.AlignLeft)
        across.addLayout(words, 1)
        if line.weak:
            across.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=top)
        if line.clause:
            across.addWidget(clause_chip(line.clause, self._desk.open_clause), alignment=top)
        return made

    def _waiver(self, line: CheckLine) -> QPushButton:
        made = button(tr("Record without it"), "more", partial(self._waive, line))
        made.setAccessibleName(f"{tr('Record without it')}: {line.text}")
        self.waivers.append(made)
        return made

    def _waive(self, line: CheckLine) -> None:
        self._vm.edit(lambda state: edits.waive(state, line.waive))
        self.waived.emit()
