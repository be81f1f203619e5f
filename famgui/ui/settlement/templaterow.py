"""Templates of usual bills in the window: the menu that offers them, and the row that takes a new one's name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.templates import Template, Templates
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import at_least_digits, margins
from famgui.ui.widgets.basic import button, label
from famgui.ui.widgets.flow import flow

_LONGEST = 40
"""Letters of a template's name."""


def fill_menu(
    menu: QMenu,
    templates: Templates,
    insert: Callable[[Template], None],
    drop: Callable[[Template], None],
    begin: Callable[[], None],
    has_bill: bool,
) -> None:
    """Offer every template, the way to keep the bill at hand as one, and the way to delete the book's own."""
    menu.clear()
    for template in (*templates.own, *templates.shipped):
        menu.addAction(_escaped(template.name)).triggered.connect(lambda _=False, it=template: insert(it))
    menu.addSeparator()
    save = menu.addAction(tr("Save this bill as a template ..."))
    save.setEnabled(has_bill)
    save.triggered.connect(lambda: begin())
    old: QMenu | None = menu.findChild(QMenu)
    if old is not None:
        old.deleteLater()
    gone = QMenu(tr("Delete a template"), menu)
    gone.setAccessibleName(gone.title())
    menu.addMenu(gone)
    gone.setEnabled(bool(templates.own))
    for template in templates.own:
        gone.addAction(_escaped(template.name)).triggered.connect(lambda _=False, it=template: drop(it))


def _escaped(name: str) -> str:
    """A name as a menu shows it: & is a letter, not a mnemonic."""
    return name.replace("&", "&&")


class TemplateRow(QWidget):
    """Asks for the name of a new template in place; hidden until `begin`."""

    def __init__(
        self, templates: Templates, items: Callable[[], tuple[ItemDraft, ...]], saved: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._templates, self._items, self._saved = templates, items, saved
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the template"))
        self.name.setPlaceholderText(tr("Name of the template"))
        self.name.setMaxLength(_LONGEST)
        at_least_digits(self.name, _LONGEST // 2)
        self.name.returnPressed.connect(self._save)
        self.name.textEdited.connect(lambda _: self._problem.hide())
        column = QVBoxLayout(self)
        margins(column, spacing=2)
        column.addWidget(flow(self.name, button(tr("Save"), "", self._save), button(tr("Cancel"), "link", self.hide)))
        column.addWidget(self._problem)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def begin(self) -> None:
        """Ask for a name."""
        self.name.clear()
        self._problem.hide()
        self.show()
        self.name.setFocus()

    def _save(self) -> None:
        name = self.name.text().strip()
        problem = self._templates.why_not(name)
        if problem:
            self._problem.setText(f"✗ {problem}")
            self._problem.show()
            self.name.setFocus()
            return
        self._templates.keep(name, self._items(), lambda: self._saved(name))
        self.hide()
