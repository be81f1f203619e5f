"""An insured place: one that the packs know, or any other by its code or its name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import margins
from famgui.ui.widgets.basic import label
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.placelist import place_entries

_OTHER = ""


class PlaceChoice(QWidget):
    """The place's GB/T 2260 code in `code`: what was typed where it is no place, so that it can be told."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._desk = desk
        self._choice = Choice()
        self._choice.setAccessibleName(tr("Insured place"))
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(tr("name or six-digit code"))
        self._typed.setAccessibleName(tr("name or six-digit code"))
        known = QCompleter(desk.services.regions.names, self._typed)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        known.activated.connect(self._type)
        self._typed.setCompleter(known)
        self._means = label("", "note", wrap=True)
        self.setFocusProxy(self._choice)
        column = QVBoxLayout(self)
        margins(column, spacing=4)
        for widget in (self._choice, self._typed, self._means):
            column.addWidget(widget)
        self._choice.set_entries([(_OTHER, tr("Another place ...")), *place_entries(desk)])
        self._choice.picked.connect(self._picked)
        self._typed.textEdited.connect(self._type)
        self.set_code("")

    @property
    def code(self) -> str:
        """The code chosen; of a name typed its code where there is only one such place, else what was typed."""
        chosen = str(self._choice.value or "")
        return chosen or self._code_of(self._typed.text().strip())

    def set_code(self, code: str) -> None:
        """Show a place; "" is none chosen yet."""
        known = code and self._choice.findData(code) >= 0
        self._choice.set_value(code if known else _OTHER)
        self._typed.setText("" if known else code)
        self._show()

    def _code_of(self, typed: str) -> str:
        """Codes of cities come before those of counties of the same name."""
        found = self._desk.services.regions.codes(typed)
        cities = [code for code in found if code.endswith("00")] or list(found)
        return cities[0] if len(cities) == 1 else typed

    def _picked(self) -> None:
        self._show()
        if self._choice.value == _OTHER:
            self._typed.setFocus()
        self.changed.emit()

    def _type(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        other = self._choice.value == _OTHER
        self._typed.setVisible(other)
        code, name = self.code, self._desk.place_name(self.code)
        self._means.setText(f"{name} {code}" if name != code else "")
        self._means.setVisible(other and name != code)
