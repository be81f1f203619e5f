"""One clause in full, with the user's own note below it; keys scroll it, Escape leads back to the answers."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.policy.parts import OpenClause, besides, conflicts, facts, heritage, open_questions, text, timeline
from famgui.ui.policy.reading import Reading
from famgui.ui.shell.i18n import language, tr
from famgui.ui.theme.metrics import GAP, GRID, ROW_HEIGHT, fix_height, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, clear, label

_NOTE_ROWS = 3


class _Area(QScrollArea):
    """What is read; Escape leaves it."""

    left = Signal()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Content(QWidget):
    """What stands in the area, as high as its texts are at the area's width and no higher."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Reader(Card):
    """The card at the right of the policy page. `noted(clause, text)` while a note is typed; `left` on Escape."""

    noted = Signal(str, str)
    left = Signal()

    def __init__(self, open_clause: OpenClause, actions: Sequence[QPushButton]) -> None:
        super().__init__()
        self._open_clause = open_clause
        self._actions = tuple(actions)
        self._clause = ""
        self._chips = QHBoxLayout()
        margins(self._chips)
        self.head.addLayout(self._chips)
        self.head.addStretch(1)
        for made in self._actions:
            self.head.addWidget(made)
        self._area = _Area()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Clause"))
        self._area.left.connect(self.left.emit)
        self.body.addWidget(self._area, 1)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(tr("My note"))
        self.note.setPlaceholderText(tr("Only for you; saved while you type."))
        self.note.setTabChangesFocus(True)
        fix_height(self.note, _NOTE_ROWS * ROW_HEIGHT)
        self.note.textChanged.connect(self._typed)

    def show_reading(self, reading: Reading | None, note: str) -> None:
        """Show a clause with the user's note on it, or that none is at hand."""
        self._clause = "" if reading is None else reading.id
        clear(self._chips)
        for made in self._actions:
            made.setVisible(reading is not None)
        self.note.setParent(None)
        if reading is None:
            self._area.setWidget(EmptyState(tr("Choose a clause at the left to read it here.")))
            return
        self._chips.addWidget(chip(reading.id, "accent"))
        if reading.origin is not None:
            self._chips.addWidget(chip(reading.origin.words, reading.origin.kind))
        self._chips.addWidget(chip(reading.grade, reading.grade_kind))
        if reading.validity.then:
            self._chips.addWidget(chip(tr("in force that day"), "accent"))
        if reading.validity.ended:
            self._chips.addWidget(chip(tr("ended"), "plain"))
        elif reading.validity.since:
            self._chips.addWidget(label(reading.validity.since, "note"))
        self.note.blockSignals(True)
        self.note.setPlainText(note)
        self.note.blockSignals(False)
        self._area.setWidget(self._content(reading))
        self.note.show()
        self._area.verticalScrollBar().setValue(0)

    def take_focus(self) -> None:
        """Let the keys scroll the clause."""
        self._area.setFocus()

    def to_note(self) -> None:
        """Go to the note."""
        self.note.setFocus()
        self._area.ensureWidgetVisible(self.note)

    def _typed(self) -> None:
        if self._clause:
            self.noted.emit(self._clause, self.note.toPlainText())

    def _content(self, reading: Reading) -> QWidget:
        content = _Content()
        content.setProperty("kind", "plain")
        column = QVBoxLayout(content)
        margins(column, spacing=GAP)
        column.addWidget(text(reading.statement, "reading"))
        if language() != "zh":
            said = tr("Statements are in Chinese, as the packs word them; place, dates and trust are told in English.")
            column.addWidget(label(said, "note", wrap=True))
        column.addLayout(facts(reading))
        if reading.conflicts:
            column.addWidget(conflicts(reading.conflicts, self._open_clause))
        if reading.succession:
            self._section(column, tr("Not in force at the same time"))
            column.addLayout(besides(reading.succession, self._open_clause))
        if reading.gaps:
            column.addWidget(open_questions(reading.gaps, self._open_clause, reading.id))
        if reading.note:
            self._section(column, tr("Note"))
            column.addWidget(text(reading.note, "dim"))
        if reading.uses:
            self._section(column, tr("In the calculator"))
            for place, keys in reading.uses:
                column.addWidget(text(tr("{title}: {said}", title=place, said=keys)))
        if reading.heritage:
            self._section(column, tr("Which rule goes first"))
            column.addLayout(heritage(reading.heritage, self._open_clause))
        if reading.history:
            self._section(column, tr("Earlier and later"))
            column.addLayout(timeline(reading.history, self._open_clause))
        self._section(column, tr("My note"))
        column.addWidget(self.note)
        column.addStretch(1)
        column.setContentsMargins(0, 0, GRID, 0)
        return content

    @staticmethod
    def _section(column: QVBoxLayout, title: str) -> None:
        column.addWidget(label(title, "heading"))
