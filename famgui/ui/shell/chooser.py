"""The household in the head of the window: one of a list, narrowed by title, name, pinyin or the end of a number."""

from collections.abc import Callable, Sequence
from functools import cached_property

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, PICK_HEIGHT, PICK_WIDTH, at_least, margins, place_popup
from famgui.ui.widgets.basic import label
from famgui.ui.widgets.choice import Choice

FEW = 6
"""Up to so many households a plain list is quicker than a line to type in."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Narrowing(QObject):
    """A popup with a line and the entries that answer it. `taken(value)` when one is chosen.

    Nothing of it is made before it is first opened: the first paint of the window does without."""

    taken = Signal(object)

    def __init__(self, parent: QtWidgets.QWidget, search: Callable[[str], Sequence[object]]) -> None:
        super().__init__(parent)
        self._search = search
        self._texts: dict[object, str] = {}
        self._found: list[object] = []
        self.frame = QtWidgets.QFrame(parent, Qt.WindowType.Popup)
        self.frame.setProperty("kind", "popup")
        self.line = QtWidgets.QLineEdit()
        self.line.setPlaceholderText(tr("Name, pinyin, initials or end of a number"))
        self.line.setAccessibleName(tr("Find a household"))
        self.line.installEventFilter(self)
        self.list = QtWidgets.QListView()
        self.list.setProperty("kind", "dense")
        self.list.setAccessibleName(tr("Households found"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
        self.entries = QtCore.QStringListModel(self)
        self.list.setModel(self.entries)
        self.nobody = label("", "note", wrap=True)
        column = QtWidgets.QVBoxLayout(self.frame)
        margins(column, horizontal=GRID, vertical=GRID, spacing=GRID)
        for widget in (self.line, self.list, self.nobody):
            column.addWidget(widget, 1 if widget is self.list else 0)
        at_least(self.frame, PICK_WIDTH, PICK_HEIGHT)
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._take)
        self.list.clicked.connect(lambda _: self._take())

    def open(self, texts: dict[object, str], current: object, below: QtWidgets.QWidget, typed: str) -> None:
        """Come up below a widget with these entries (texts by value)."""
        self._texts = texts
        self.line.setText(typed)
        self._narrow(typed)
        if not typed and current in self._found:
            self._go(self._found.index(current))
        place_popup(self.frame, below.mapToGlobal(QtCore.QPoint(0, below.height())), below)
        self.frame.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._go(self.list.currentIndex().row() + step)
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        found = self._search(typed) if typed.strip() else [*self._texts]
        self._found = [value for value in found if value in self._texts]
        self.entries.setStringList([self._texts[value] for value in self._found])
        self.nobody.setText("" if self._found else tr("No household answers these words."))
        self.nobody.setVisible(not self._found)
        self._go(0)

    def _go(self, row: int) -> None:
        row = max(0, min(row, len(self._found) - 1))
        self.list.setCurrentIndex(self.entries.index(row))
        self.list.scrollTo(self.entries.index(row))

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.frame.hide()
            self.taken.emit(self._found[index.row()])


class HouseholdChoice(Choice):
    """The household at hand. `search(typed)` gives the households that answer, by id; set by who knows the book."""

    search: Callable[[str], Sequence[object]]

    def __init__(self) -> None:
        super().__init__()
        self.search = lambda typed: ()

    @cached_property
    def popup(self) -> Narrowing:
        """The list to search in, made when it is first opened."""
        made = Narrowing(self, lambda typed: self.search(typed))
        made.taken.connect(self._taken)
        return made

    def showPopup(self) -> None:
        if self.count() > FEW:
            self._open("")
        else:
            super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Who types looks for a household."""
        typed = event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if self.count() > FEW and plain and typed.isprintable() and typed.strip():
            self._open(typed)
        else:
            super().keyPressEvent(event)

    def _open(self, typed: str) -> None:
        texts = {self.itemData(at): self.itemText(at) for at in range(self.count())}
        self.popup.open(texts, self.value, self, typed)

    def _taken(self, value: object) -> None:
        self.setFocus()
        if value != self.value:
            self.set_value(value)
            self.picked.emit(value)
