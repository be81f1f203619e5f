"""What every step of the wizard offers the page around it, and the pieces that several steps share."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, button, label, row
from famgui.ui.widgets.elided import Elided
from famgui.ui.wizard.rows import Blame
from famgui.ui.wizard.viewmodel import WizardVM

FORM_ORDER = ("name", "id_number", "phone")
"""The lines of a new person through which Enter goes."""


class StepView(QWidget):
    """One step on screen. `fill` shows the state anew, `typed` what the checks say now."""

    rigid = True
    """Whether nothing of it gives way where there is no room: the page scrolls instead."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.shell, self.vm = shell, vm
        self.column = QVBoxLayout(self)
        margins(self.column, spacing=GAP)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self.sizeHint().height())) if self.rigid else least

    def fill(self) -> None:
        """Show everything anew."""

    def typed(self) -> None:
        """Show what the checks say of what was typed."""

    def take_focus(self) -> bool:
        """Begin at the first field; whether there is one."""
        return False

    def enter(self) -> bool:
        """Enter was pressed: whether it meant something here, rather than the next step."""
        return False

    def more(self) -> None:
        """The step's own "one more"."""

    def point(self, blame: Blame) -> bool:
        """Go to the field that keeps the step from going on and say so there; whether there is one."""
        return False


def person_card(name: str, facts: str, *actions: QWidget) -> Card:
    """Somebody who has been chosen: name, facts, what can be done."""
    made = Card()
    made.setProperty("kind", "person")
    margins(made.body, horizontal=GAP, vertical=GRID)
    words = QVBoxLayout()
    margins(words, spacing=2)
    words.addWidget(Elided(name, "heading"))
    words.addWidget(Elided(facts, "note"))
    made.head.addLayout(words, 1)
    for action in actions:
        made.head.addWidget(action)
    return made


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """A column that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    return area


class OfferView(StepView):
    """A half-done binding was found: go on with it, or begin anew."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self._head = label("", "statement", wrap=True)
        self._about = label("", "dim", wrap=True)
        self.resume = button(tr("Go on with it"), "primary", vm.resume)
        self.anew = button(tr("Begin anew"), "", vm.anew)
        self.column.addStretch(1)
        self.column.addWidget(self._head)
        self.column.addWidget(self._about)
        self.column.addWidget(row(self.resume, self.anew))
        note = tr("Beginning anew forgets what was typed; nothing of it is in the register.")
        self.column.addWidget(label(note, "note", wrap=True))
        self.column.addStretch(2)

    def fill(self) -> None:
        found = self.vm.waiting
        if found is not None:
            self._head.setText(tr("There is a half-done binding from {time}", time=found.at))
            self._about.setText(tr("{people} · at the step “{step}”", people=found.summary, step=found.stage))

    def take_focus(self) -> bool:
        self.resume.setFocus()
        return True
