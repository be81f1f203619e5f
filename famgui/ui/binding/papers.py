"""The papers of the rows that are chosen: commitment, confirmation, the checklist of the official platform."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from famgui.domain.binding import Binding
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.checklist import show_checklist
from famgui.ui.commitment import show_commitment
from famgui.ui.confirmation import show_confirmation
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import button
from famgui.ui.widgets.checklist_words import deed_words


class PapersMenu:
    """A button with a menu; `show_rows` says for which rows."""

    def __init__(self, shell: Shell, page: QWidget) -> None:
        self._shell, self._page = shell, page
        self._rows: tuple[RegisterRow, ...] = ()
        self.button: QPushButton = button(tr("Papers ▾"), "link")
        self.button.setAccessibleName(tr("Papers"))
        menu = QMenu(self.button)
        menu.setAccessibleName(tr("Papers"))
        self._commitment = self._add(menu, tr("Commitment ..."))
        self._confirmation = self._add(menu, tr("Confirmation ..."))
        self._bind, self._unbind = self._add(menu, deed_words("bind")), self._add(menu, deed_words("unbind"))
        self._commitment.triggered.connect(lambda: show_commitment(shell, self._bindings, page))
        self._confirmation.triggered.connect(lambda: show_confirmation(shell, self._bindings, page))
        self._bind.triggered.connect(lambda: self._checklist(gone=False))
        self._unbind.triggered.connect(lambda: self._checklist(gone=True))
        self.button.setMenu(menu)

    @property
    def _bindings(self) -> list[Binding]:
        return [row.binding for row in self._rows]

    def _add(self, menu: QMenu, title: str) -> QAction:
        return menu.addAction(title)

    def show_rows(self, rows: Sequence[RegisterRow]) -> None:
        """These rows of the household at hand are chosen."""
        self._rows = tuple(rows)
        self.button.setEnabled(bool(rows))
        gone = [row.state == "unbound" for row in rows]
        self._bind.setEnabled(not all(gone))
        self._unbind.setEnabled(any(gone))

    def _checklist(self, *, gone: bool) -> None:
        ids = [row.id for row in self._rows if (row.state == "unbound") == gone]
        show_checklist(self._shell, "unbind" if gone else "bind", ids, self._page)
