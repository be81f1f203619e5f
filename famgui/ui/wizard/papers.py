"""The step of a place that wants proof: the papers brought for each user."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import Card, button, clear, column, label, row
from famgui.ui.widgets.elided import Elided
from famgui.ui.wizard.rows import Blame
from famgui.ui.wizard.view import StepView
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.usecase.attachment import LARGEST


class PapersOfOne(Card):
    """The files of one user; more can be dropped here."""

    def __init__(self, vm: WizardVM, handle: str) -> None:
        super().__init__(vm.names[handle])
        self.setProperty("kind", "person")
        self.setAcceptDrops(True)
        self._vm, self.handle = vm, handle
        for path, proof in vm.shelf.files(handle):
            away = button(tr("Remove"), "more", partial(vm.drop_file, handle, path))
            away.setAccessibleName(tr("Remove {name}", name=proof.name))
            size = tr("{size} KB", size=-(-len(proof.content) // 1024))
            self.body.addWidget(row(Elided(f"✓ {proof.name}"), label(size, "note"), away))
        self.add: QPushButton = button(tr("Add files ..."), "", self._ask)
        self.add.setAccessibleName(f"{tr('Add files ...')} {vm.names[handle]}")
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.body.addWidget(row(self.add, label(tr("or drop them here"), "note")))
        self.body.addWidget(self._problem)

    def say(self, text: str) -> None:
        """Say what is missing here."""
        self._problem.setText(f"✗ {text}")
        self._problem.show()
        self.add.setAccessibleDescription(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._vm.take_files(self.handle, _local(event))

    def _ask(self) -> None:
        kinds = tr("Pictures and PDF (*.jpg *.jpeg *.png *.pdf *.gif *.tif *.tiff *.webp *.heic)")
        names, _ = QFileDialog.getOpenFileNames(self, tr("Add files ..."), in_folder(), kinds)
        keep_folder(*names)
        if names:
            self._vm.take_files(self.handle, [Path(name) for name in names])


class PapersView(StepView):
    """A card for each user."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self.each: list[PapersOfOne] = []
        self.column.addWidget(label(tr("What proves the relation?"), "heading"))
        words = tr(
            "Household register, marriage certificate or the like: pictures or PDF, at most {most} MiB each.",
            most=LARGEST // (1024 * 1024),
        )
        self.column.addWidget(label(words, "dim", wrap=True))
        self._list = column(spacing=16)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def fill(self) -> None:
        clear(self._list)
        self.each = [PapersOfOne(self.vm, wish.party.handle) for wish in self.vm.state.wishes]
        for one in self.each:
            self._list.addWidget(one)

    def take_focus(self) -> bool:
        without = [one for one in self.each if not self.vm.shelf.files(one.handle)]
        if without:
            without[0].add.setFocus()
        return bool(without)

    def point(self, blame: Blame) -> bool:
        one: QWidget | None = next((one for one in self.each if one.handle == blame.handle), None)
        if not isinstance(one, PapersOfOne) or blame.where != "proof":
            return False
        one.say(blame.text)
        one.add.setFocus()
        return True


def _local(event: QDropEvent) -> list[Path]:
    """The files of this machine that are dropped."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
