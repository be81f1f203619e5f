"""The list of answers: walked with the arrow keys, opened with Enter, left again for the search line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from famgui.ui.policy.clauserow import ClauseRow
from famgui.ui.policy.rows import ROW, ClauseDelegate, ClauseModel
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.style import Theme


class ClauseList(QListView):
    """The view of the rows. `opened` when the current clause is to be read, `left` when the search line is wanted
    again, `typed(text)` when somebody types on, `why_asked` when the current row shall say why it is there."""

    opened = Signal()
    left = Signal()
    typed = Signal(str)
    why_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.clauses = ClauseModel()
        self.setModel(self.clauses)
        self._delegate = ClauseDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Clauses found"))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setSpacing(0)
        theme.changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[ClauseRow], current: str) -> None:
        """Show these rows with one of them current; rows that stand already are not laid out again."""
        if self.clauses.rows != tuple(rows):
            same = [row.id for row in self.clauses.rows] == [row.id for row in rows]
            seen = self.verticalScrollBar().value()
            self.clauses.set_rows(tuple(rows))
            if same and self.isVisible():
                self.doItemsLayout()
                self.verticalScrollBar().setValue(seen)
        at = self.clauses.position(current)
        if at >= 0 and self.currentIndex().row() != at:
            self.setCurrentIndex(self.clauses.index(at))
            if self.isVisible():
                self.scrollTo(self.clauses.index(at))

    def step(self, by: int) -> None:
        """Move the current row up or down."""
        at = min(max(self.currentIndex().row() + by, 0), len(self.clauses.rows) - 1)
        if at >= 0:
            self.setCurrentIndex(self.clauses.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.currentIndex().row() <= 0):
            self.left.emit()
        elif event.text().strip() and held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and index == self.currentIndex():
            row: ClauseRow = index.data(ROW)
            if self._delegate.on_why(place, self.visualRect(index), row, self.font()):
                self.why_asked.emit()
