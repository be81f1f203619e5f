"""The receipt's fields as a table to look at and to mend: name, what is stated, what the rules give."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import ROW_HEIGHT
from famgui.ui.theme.style import Theme
from famgui.ui.verify.viewmodel import FieldRow, readable
from famgui.ui.widgets.basic import restyle
from famgui.ui.widgets.table import SUFFIX, SuffixDelegate

Index = QModelIndex | QPersistentModelIndex
NAME, STATED, EXPECTED = range(3)
FIELD = int(Qt.ItemDataRole.UserRole) + 2
"""The role of a row's field in the national interface."""
_MARKS = {"error": "✗ ", "warning": "! ", "info": "· ", "": ""}
_ROLES = {"error": "danger", "warning": "warning", "info": "dim"}


class FieldsModel(QAbstractTableModel):
    """The rows as the page's model gives them; `set_value` takes what is typed, and says whether it is a figure."""

    def __init__(self, theme: Theme, set_value: Callable[[str, str], bool]) -> None:
        super().__init__()
        self.rows: tuple[FieldRow, ...] = ()
        self._theme, self._set_value = theme, set_value

    def set_rows(self, rows: Sequence[FieldRow]) -> None:
        """Show these; while the fields are the same, the current cell and an open editor stay."""
        same = [row.name for row in rows] == [row.name for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows = tuple(rows)
        if not same:
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, EXPECTED))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else EXPECTED + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if column == STATED and role == Qt.ItemDataRole.DisplayRole and not row.stated:
                return "—"
            return (f"{_MARKS[row.severity]}{row.label}", row.stated, row.expected)[column]
        if role == FIELD:
            return row.name
        if role == SUFFIX:
            return row.name if column == NAME else ""
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (STATED, EXPECTED):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            if column != EXPECTED and row.severity in ("error", "warning"):
                return self._theme.colour(_ROLES[row.severity])
            quiet = row.expected == row.stated if column == EXPECTED else column == STATED and not row.stated
            return self._theme.colour("dim") if quiet else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return self._set_value(self.rows[index.row()].name, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == STATED else usual

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Field"), tr("On the receipt"), tr("By the rules"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (STATED, EXPECTED) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _FigureDelegate(QStyledItemDelegate):
    """A figure's editor: what is no figure stays open and says so; an answer that comes meanwhile leaves it alone."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        made = QLineEdit(parent)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        made.setAccessibleName(str(index.model().index(index.row(), NAME).data()))
        made.setProperty("field", index.data(FIELD))
        made.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The editor was filled when it was made."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QLineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            leaves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            if leaves and not readable(str(watched.property("field")), watched.text()):
                self._refuse(watched)
                return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _refuse(editor: QLineEdit) -> None:
        said = tr("Not an amount: digits, at most two decimals")
        editor.setProperty("bad", "true")
        editor.setAccessibleDescription(said)
        restyle(editor)
        QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), said, editor)


class FieldsTable(QTableView):
    """The table: Enter or F2 mends the figure of the current line, Enter then goes on to the next."""

    def __init__(self, model: FieldsModel) -> None:
        super().__init__()
        self.setAccessibleName(tr("Fields of the receipt"))
        self.setModel(model)
        self._fields = model
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegateForColumn(NAME, SuffixDelegate(self))
        self.setItemDelegateForColumn(STATED, _FigureDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)

    def show_first_wrong(self) -> None:
        """Go to the first field that something is wrong with, else to the top."""
        rows = self._fields.rows
        first = next((at for at, row in enumerate(rows) if row.severity in ("error", "warning")), 0)
        if rows:
            self.setCurrentIndex(self._fields.index(first, STATED))
            self.scrollTo(self._fields.index(first, STATED), QAbstractItemView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The field at hand stays in sight, whether the answer came before or after the page found its size."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here.isValid():
            if self.state() != QAbstractItemView.State.EditingState:  # else the editor's own key has come through
                self.edit(here.siblingAtColumn(STATED))
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and below.isValid():
            self.setCurrentIndex(below)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Keep to the column that can be mended."""
        found = super().moveCursor(action, modifiers)
        return found.siblingAtColumn(STATED) if found.isValid() else found
