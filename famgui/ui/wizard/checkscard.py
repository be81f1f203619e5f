"""The checks beside the form: a line each, its clause a way to the policy page, what may be waived a button."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, fix_width, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, label
from famgui.ui.widgets.elided import Elided
from famgui.ui.wizard import edits
from famgui.ui.wizard.rows import CheckLine
from famgui.ui.wizard.view import scrolled
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.ui.wizard.words import spoken_mark

_WAIVER = "waiver"
_CODE = 6
"""Digits of a place's code; what is shorter is still being typed."""


class ChecksCard(Card):
    """Every rule that the binding meets, as it stands after the last keystroke. `waived` when a demand was."""

    waived = Signal()

    def __init__(self, vm: WizardVM, desk: Desk) -> None:
        super().__init__(tr("Checks"))
        self._vm, self._desk = vm, desk
        self._shown: Sequence[CheckLine] | None = None
        self._made: dict[CheckLine, QWidget] = {}
        self._empty = label(tr("Every rule is checked here while you type."), "dim", wrap=True)
        self._where = Elided("", "note")
        self.add_to_head(self._where, stretch=True)
        self._elsewhere = label("", "warning", wrap=True)
        self.body.addWidget(self._elsewhere)
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._lines = QVBoxLayout(inside)
        margins(self._lines, spacing=0)
        self._area = scrolled(inside, tr("Checks"))
        self.body.addWidget(self._area, 1)
        note = tr("✓ kept, ! look again, ✗ stands against it, · asked later. A number opens its clause.")
        self.body.addWidget(label(note, "note", wrap=True))

    def show_checks(self) -> None:
        """Show the checks as they are now."""
        vm = self._vm
        self._where.setText(f"{self._desk.place_name(vm.place)} · {vm.around.day.isoformat()}")
        unruled = _without_rules(vm)
        self._elsewhere.setVisible(bool(unruled))
        used = self._desk.place_name(vm.place)
        self._elsewhere.setText(
            tr(
                "! No pack has rules for {place}: checked, and kept, under the rules of {used}.",
                place=unruled,
                used=used,
            )
        )
        if vm.lines == self._shown:
            return
        self._shown = vm.lines
        before, self._made = self._made, {}
        while self._lines.count():
            self._lines.takeAt(0)
        for line in vm.lines:
            made = before.pop(line, None) or self._line(line)
            self._made[line] = made
            self._lines.addWidget(made)
        for gone in before.values():
            gone.hide()
            gone.deleteLater()
        self._empty.setVisible(not vm.lines)
        self._lines.addWidget(self._empty)
        self._lines.addStretch(1)

    @property
    def waivers(self) -> list[QPushButton]:
        """The buttons that pass a demand over, from above."""
        made: list[QPushButton] = []
        for line in self._vm.lines:
            if line.waive:
                made += self._made[line].findChildren(QPushButton, _WAIVER)
        return made

    def show_failure(self) -> None:
        """Bring the first line that stands against the binding into sight."""
        failed = next((self._made[line] for line in self._vm.lines if line.mark == "✗"), None)
        if failed is not None:
            self._area.ensureWidgetVisible(failed)

    def _line(self, line: CheckLine) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "step")
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        made.setAccessibleName(f"{spoken_mark(line.mark)}: {line.text}")
        across = QHBoxLayout(made)
        margins(across, spacing=GRID, vertical=4)
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
        made.setObjectName(_WAIVER)
        return made

    def _waive(self, line: CheckLine) -> None:
        self._vm.edit(lambda state: edits.waive(state, line.waive))
        self.waived.emit()


def _without_rules(vm: WizardVM) -> str:
    """The place typed for a new authorizer of a household of one's own that no pack speaks for; "" where one does."""
    giver = vm.state.authorizer
    typed = "" if giver is None or giver.draft is None else giver.draft.insured_place
    own = vm.apart or vm.desk.live is None
    if not own or typed == vm.place or not (len(typed) == _CODE and typed.isascii() and typed.isdigit()):
        return ""
    name = vm.desk.place_name(typed)
    return name if name == typed else f"{name} {typed}"
