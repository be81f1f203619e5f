"""The checklist for the official platform in a window of its own."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import CARD_PADDING, GAP, margins, open_medium
from famgui.ui.widgets.basic import button
from famgui.ui.widgets.checklist import ChecklistPanel
from famgui.ui.widgets.checklist_words import deed_words
from famgui.usecase.checklist import Deed


def show_checklist(shell: Shell, deed: Deed, owners: Sequence[int], parent: QWidget) -> "ChecklistDialog":
    """Open the checklist of rows of the register ("bind", "unbind") or of a premium's event ("premium"), by ids."""
    dialog = ChecklistDialog(shell, deed, owners, parent)
    dialog.open()
    return dialog


class ChecklistDialog(QDialog):
    """A window around the panel."""

    def __init__(self, shell: Shell, deed: Deed, owners: Sequence[int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(deed_words(deed))
        self.panel = ChecklistPanel(shell, deed, owners)
        column = QVBoxLayout(self)
        margins(column, horizontal=CARD_PADDING, vertical=CARD_PADDING, spacing=GAP)
        column.addWidget(self.panel, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = button(tr("Close"), "primary", self.accept)
        foot.addWidget(close)
        column.addLayout(foot)
        shell.desk.clause_asked.connect(self.accept)
        open_medium(self, parent)
        self.panel.take_focus()
