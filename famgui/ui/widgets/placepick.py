"""One place out of many: a button that opens a list by province, narrowed by name, code or pinyin while one types."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from famgui.base.pinyin import sound_of
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, PICK_HEIGHT, PICK_WIDTH, at_least, margins, place_popup
from famgui.ui.widgets.basic import restyle

Index = QModelIndex | QPersistentModelIndex
_INDENT = "　"
_SHORTEST = 2
"""Pinyin is looked at from so many letters on."""


def _is_city(code: str) -> bool:
    return code.isdigit() and not code.endswith("0000") and code < "820000"


def matching(entries: Sequence[tuple[str, str]], typed: str) -> tuple[tuple[str, str], ...]:
    """The entries (code and name) that hold what is typed in name or code, or sound like it; all for nothing typed."""
    wanted = "".join(typed.split()).casefold()
    if not wanted:
        return tuple(entries)
    sounds = wanted.isascii() and wanted.isalpha() and len(wanted) >= _SHORTEST
    return tuple(
        (code, name)
        for code, name in entries
        if wanted in name.casefold()
        or (wanted.isdigit() and code.startswith(wanted))
        or (sounds and any(word.startswith(wanted) for word in sound_of(name).split()))
    )


class _Entries(QAbstractListModel):
    """Places as they are listed, cities set in under their province while nothing is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[tuple[str, str], ...] = ()
        self.indented = True

    def show_entries(self, entries: tuple[tuple[str, str], ...], *, indented: bool) -> None:
        """Show these."""
        self.beginResetModel()
        self.entries, self.indented = entries, indented
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        code, name = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _INDENT + name if self.indented and _is_city(code) else name
        return name if role == Qt.ItemDataRole.AccessibleTextRole else None


class _Line(QLineEdit):
    """What is typed; the arrow keys walk the list below."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


class _Popup(QFrame):
    """The line and the list. `taken(code)` when one is chosen."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self._all: tuple[tuple[str, str], ...] = ()
        self.line = _Line()
        self.line.setPlaceholderText(tr("Name, code or pinyin"))
        self.line.setAccessibleName(title)
        self.list = QListView()
        self.list.setProperty("kind", "dense")
        self.list.setAccessibleName(title)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.entries = _Entries()
        self.list.setModel(self.entries)
        column = QVBoxLayout(self)
        margins(column, horizontal=GRID, vertical=GRID, spacing=GRID)
        column.addWidget(self.line)
        column.addWidget(self.list, 1)
        at_least(self, PICK_WIDTH, PICK_HEIGHT)
        self.line.textChanged.connect(self._narrow)
        self.line.walked.connect(self._walk)
        self.line.returnPressed.connect(self._take)
        self.list.clicked.connect(lambda _: self._take())

    def offer(self, entries: tuple[tuple[str, str], ...], current: str) -> None:
        """Show every entry, the chosen one current."""
        self._all = entries
        self.line.clear()
        self._narrow("")
        at = next((row for row, (code, _) in enumerate(entries) if code == current), 0)
        self._go(at)

    def _narrow(self, typed: str) -> None:
        found = matching(self._all, typed)
        if typed.strip():  # a shortcut to a place, which is listed under its own code as well, is not offered twice
            named = {name for code, name in found if code.isdigit()}
            found = tuple((code, name) for code, name in found if code.isdigit() or name not in named)
        self.entries.show_entries(found, indented=not typed.strip())
        self._go(0)

    def _walk(self, by: int) -> None:
        self._go(self.list.currentIndex().row() + by)

    def _go(self, row: int) -> None:
        row = max(0, min(row, len(self.entries.entries) - 1))
        self.list.setCurrentIndex(self.entries.index(row))
        self.list.scrollTo(self.entries.index(row))

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.hide()
            self.taken.emit(self.entries.entries[index.row()][0])


class PlacePick(QPushButton):
    """The place chosen, by its code or another word that an entry has; `picked(code)` when the user chooses."""

    picked = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "pick")
        restyle(self)
        self._title = title
        self._entries: tuple[tuple[str, str], ...] = ()
        self._said = ""
        self.code = ""
        self.clicked.connect(self._open)
        self._show()

    @cached_property
    def popup(self) -> _Popup:
        """The list, made when it is first opened."""
        made = _Popup(self, self._title)
        made.taken.connect(self._taken)
        return made

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Offer these: codes with names, in the order in which they are listed."""
        if self._entries != tuple(entries):
            self._entries = tuple(entries)
            self._show()

    def set_code(self, code: str, said: str = "") -> None:
        """Show an entry, without telling; in other words than its own where these are `said`."""
        self.code, self._said = code, said
        self._show()

    @property
    def name(self) -> str:
        """What the place chosen is called."""
        return self._said or dict(self._entries).get(self.code, self.code)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        room = self.width() - 4 * GRID
        self.setText(self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, max(room, 1)) + " ▾")
        self.setAccessibleName(f"{self._title} {self.name}")
        self.setToolTip(self.name)

    def _open(self) -> None:
        self.popup.offer(self._entries, self.code)
        place_popup(self.popup, self.mapToGlobal(QPoint(0, self.height())), self)
        self.popup.show()
        self.popup.line.setFocus()

    def _taken(self, code: str) -> None:
        self.setFocus()
        if code != self.code:
            self.set_code(code)
            self.picked.emit(code)
