"""The card about newer versions: where to look, a button, and what came of it."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit

from famgui.ui.settings.updates import UpdatesVM
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.basic import Card, button, label, restyle, row
from famgui.ui.widgets.fields import Field

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class UpdateCard(Card):
    """Shows `UpdatesVM`; nothing is looked for before the button is pressed."""

    def __init__(self, vm: UpdatesVM) -> None:
        super().__init__(tr("Updates"))
        self._vm = vm
        self.add_to_head(label(tr("Version {version}", version=vm.version), "note"), stretch=True)
        self._source = QLineEdit()
        self._source.setPlaceholderText(tr("https address or shared folder"))
        self._source.setText(vm.source)
        self._source.setReadOnly(vm.source_ordered)
        self._source.editingFinished.connect(self._keep)
        self._check = button(tr("Check for updates"), "", self._ask)
        self._open = button(tr("Open its page"), "primary", self._open_page)
        self._said = label("", "", wrap=True)
        self._notes = label("", "note", wrap=True)
        for shown in (self._said, self._notes):
            shown.setTextInteractionFlags(SELECTABLE)
        self._source.setAccessibleName(tr("Look here"))
        self._field = Field(tr("Look here"), row(self._source, self._check, stretch_last=False))
        self._way = row(self._open)
        self._note = label(self._rules(), "note", wrap=True)
        for widget in (self._field, self._said, self._notes, self._way, self._note):
            self.body.addWidget(widget)
        vm.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show what is known now."""
        vm, off = self._vm, self._vm.off
        for widget in (self._field, self._note):
            widget.setVisible(not off)
        self._check.setEnabled(not vm.busy)
        self._way.setVisible(bool(vm.page))
        said = off or (tr("Looking for a newer version") + " ..." if vm.busy else vm.said)
        wrong = vm.wrong and not off
        self._said.setText(f"✗ {said}" if wrong else f"! {said}" if off else said)
        self._said.setProperty("kind", "problem" if wrong else "warning" if off else "")
        restyle(self._said)
        self._said.setVisible(bool(said))
        self._notes.setText(vm.notes)
        self._notes.setVisible(bool(vm.notes))

    def _rules(self) -> str:
        ordered = tr("The administrator says where to look.") + " " if self._vm.source_ordered else ""
        return ordered + tr("Looked for only when you press the button; nothing is sent, nothing installed.")

    def _keep(self) -> None:
        self._vm.keep_source(self._source.text())

    def _ask(self) -> None:
        self._keep()
        self._vm.check()

    def _open_page(self) -> None:
        if self._vm.page:
            QDesktopServices.openUrl(QUrl(self._vm.page))
