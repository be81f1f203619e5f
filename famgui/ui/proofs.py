"""The proof files of a row of the register in a window of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import CARD_PADDING, GAP, margins, open_medium
from famgui.ui.widgets.basic import Card, button
from famgui.ui.widgets.proofs import ProofFiles


def show_proofs(shell: Shell, binding: int, title: str, parent: QWidget) -> "ProofDialog":
    """Open the proof files of a row of the register, by its id; `title` says whose binding it is."""
    dialog = ProofDialog(shell, binding, title, parent)
    dialog.open()
    return dialog


class ProofDialog(QDialog):
    """A window around the files."""

    def __init__(self, shell: Shell, binding: int, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Proof"))
        self.files = ProofFiles(shell, binding)
        card = Card(title)
        card.body.addWidget(self.files)
        card.body.addStretch(1)
        column = QVBoxLayout(self)
        margins(column, horizontal=CARD_PADDING, vertical=CARD_PADDING, spacing=GAP)
        column.addWidget(card, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), "primary", self.accept))
        column.addLayout(foot)
        open_medium(self, parent)
