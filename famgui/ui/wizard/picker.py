"""Somebody of the book, found by name, pinyin, initials or the end of the ID number; or somebody new."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.widgets.basic import label
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.ui.wizard.rows import Candidate
from famgui.ui.wizard.words import facts, id_tail
from famgui.usecase.people import find

_MOST, _AT_FIRST = 30, 200
"""People who are listed at most: of those found, and of the household while nothing is typed."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
_ROWS = 5


class Picker(QWidget):
    """`chosen(Candidate)`; `new_asked(text)` when nobody is found. Arrows walk the list while one types."""

    chosen = Signal(object)
    new_asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._desk = desk
        self._left_out: frozenset[tuple[int, str]] = frozenset()
        self._notes: Mapping[str, str] = {}
        self._first = ""
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Name, pinyin, initials or the end of the ID number"))
        self.line.setAccessibleName(tr("Look for somebody"))
        self.line.setClearButtonEnabled(True)
        self.line.textEdited.connect(lambda _: self._search())
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)
        columns: tuple[Column[Candidate], ...] = (
            Column(tr("Full name"), lambda one: one.person.name or one.handle, most=22),
            Column(tr("ID number"), lambda one: id_tail(one.person.id_number)),
            Column(tr("Insurance"), self._facts, stretch=True),
            Column(tr("Household"), lambda one: one.title, most=22),
        )
        self._model = TableModel(columns)
        self.table = Table(self._model, tr("People"))
        at_least(self.table, height=_ROWS * ROW_HEIGHT)
        self.table.clicked.connect(lambda _: self.pick())
        self._nobody = label("", "dim", wrap=True)
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self.line)
        column.addWidget(self.table, 1)
        column.addWidget(self._nobody, alignment=Qt.AlignmentFlag.AlignTop)

    @property
    def rows(self) -> Sequence[Candidate]:
        """Who is on offer now."""
        return self._model.rows

    def offer(
        self,
        left_out: frozenset[tuple[int, str]] = frozenset(),
        *,
        first: str = "",
        notes: Mapping[str, str] | None = None,
    ) -> None:
        """Offer everybody but these (household, handle); `first` is marked while nothing is typed, `notes` are about
        people of this household, by handle."""
        self._left_out, self._first, self._notes = left_out, first, notes or {}
        self.line.clear()
        self._search()

    def enter(self) -> bool:
        """Take whoever is marked; somebody new where the name typed is not known. Whether anything was taken."""
        if self.table.current is not None:
            self.pick()
            return True
        typed = self.line.text().strip()
        if typed:
            self.new_asked.emit(typed)
        return bool(typed)

    def pick(self) -> None:
        """Take whoever is marked."""
        if self.table.current is not None:
            self.chosen.emit(self.table.current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and self.rows and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                at = self.table.currentIndex().row() if self.table.current is not None else -1 if step > 0 else 0
                self.table.go_to(max(0, min(len(self.rows) - 1, at + step)))
                return True
        return bool(super().eventFilter(watched, event))

    def _search(self) -> None:
        typed = self.line.text().strip()
        self._model.set_rows([one for one in self._found(typed) if (one.household, one.handle) not in self._left_out])
        self.table.clearSelection()
        marked = [place for place, one in enumerate(self.rows) if typed or one.handle == self._first]
        if marked:
            self.table.go_to(marked[0])
        self.table.setVisible(bool(self.rows))
        said = tr("Nobody is called so here. Enter: {name} as a new person.", name=typed) if typed else ""
        self._nobody.setText(said or tr("Everybody of this household is chosen already; look for others by name."))
        self._nobody.setVisible(not self.rows)
        live = self._desk.live
        self.table.withhold(3, live is None or all(one.household == live.id for one in self.rows))

    def _found(self, typed: str) -> list[Candidate]:
        """The household's people while nothing is typed; then everybody who matches, the household's own first."""
        live, book = self._desk.live, self._desk.book
        if not typed:
            return (
                [] if live is None else [Candidate(live.id, live.title, person) for person in live.persons[:_AT_FIRST]]
            )
        if book is None:
            return []
        found = [Candidate(hit.household, hit.title, hit.person) for hit in find(book, typed, _MOST)]
        return sorted(found, key=lambda one: live is None or one.household != live.id)

    def _facts(self, one: Candidate) -> str:
        live = self._desk.live
        said = facts(one.person, self._desk.place_name(one.person.insured_place), self._desk.wording)
        note = self._notes.get(one.handle, "") if live is not None and one.household == live.id else ""
        return f"{said} · {note}" if note else said
