"""The bill's table: typing edits, Enter goes on from cell to cell and past the last one to a new line, arrows move."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QToolTip,
    QWidget,
)

from famgui.ui.settlement.draft import amount_shown, one_line, percent_typed
from famgui.ui.settlement.items import (
    AMOUNT,
    CATEGORY,
    CLASS,
    NAME,
    OVER,
    UPFRONT,
    ItemsModel,
    category_words,
    class_words,
    column_titles,
)
from famgui.ui.settlement.paste import looks_like_rows
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CELL_PADDING, NUMBER_PADDING, ROW_HEIGHT
from famgui.ui.widgets.basic import restyle
from famgui.ui.widgets.fields import Choice, amount_typed
from famgui.ui.widgets.table import Index
from famgui.ui.widgets.visit_words import percent as percent_shown

READ: dict[int, Callable[[str], int | None]] = {UPFRONT: percent_typed, OVER: amount_typed, AMOUNT: amount_typed}
"""How what is typed in a column is read; the other columns take it as it is, or offer choices."""
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FIGURE = "0123456789."
_WIDE_AMOUNT = "999999.99"


class _Delegate(QStyledItemDelegate):
    """Editors for the cells: choices for category and class, forgiving text for percentages and amounts."""

    def __init__(self, table: "ItemsTable", names: Callable[[], list[str]]) -> None:
        super().__init__(table)
        self._table, self._names = table, names

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        column = index.column()
        if column in (CATEGORY, CLASS):
            choice = Choice(category_words() if column == CATEGORY else class_words())
            choice.setParent(parent)
            choice.setAccessibleName(column_titles()[column])
            return choice
        line = QLineEdit(parent)
        line.setAccessibleName(column_titles()[column])
        if column in READ:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setProperty("column", column)
        else:
            completer = QCompleter(self._names(), line)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            line.setCompleter(completer)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value, column = index.data(Qt.ItemDataRole.EditRole), index.column()
        if isinstance(editor, Choice):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit):
            editor.setText(
                percent_shown(value) if column == UPFRONT else amount_shown(value) if column in READ else str(value)
            )
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Choice):
            model.setData(index, editor.value)
        elif isinstance(editor, QLineEdit):
            read = READ.get(index.column())
            text = one_line(editor.text())
            value = text if read is None else 0 if index.column() == OVER and not text else read(text)
            if read is None or value is not None:
                model.setData(index, value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            plain = event.modifiers() in _PLAIN
            if isinstance(editor, Choice) and (self._carry(editor, event.text()) or _pick(editor, event.text())):
                return True
            if event.key() in _ENTER and plain:
                if not is_bad(editor):
                    self._close(editor)
                    self._table.go_on()
                return True
            if isinstance(editor, QLineEdit) and event.key() in _UP_DOWN and plain:
                if not is_bad(editor):
                    self._close(editor)
                    self._table.move_lines(_UP_DOWN[event.key()])  # type: ignore[index]
                return True
            if event.matches(QKeySequence.StandardKey.Paste) and looks_like_rows(QGuiApplication.clipboard().text()):
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
                self._table.rows_pasted.emit()
                return True
        return bool(super().eventFilter(editor, event))

    def _carry(self, choice: Choice, typed: str) -> bool:
        """A number key chooses; a second digit, a dot, or a digit that is no choice says that an amount is being typed:
        the choice is taken back and the figure goes to the amount. Whether it went."""
        if not typed or typed not in _FIGURE:
            return False
        begun = choice.property("begun")
        if begun is None or choice.currentIndex() != int(begun[0]) - 1:
            if typed in "123456789" and int(typed) <= choice.count():
                choice.setProperty("begun", (typed, choice.currentIndex()))
                return False
            begun = ("", choice.currentIndex())
        choice.setCurrentIndex(begun[1])
        self.closeEditor.emit(choice, QStyledItemDelegate.EndEditHint.RevertModelCache)
        self._table.type_amount(begun[0] + typed)
        return True

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


def is_bad(editor: QWidget) -> bool:
    """Whether what stands in an editor for numbers cannot be read; if so it is marked and says why."""
    column = editor.property("column")
    if not isinstance(editor, QLineEdit) or column is None or not editor.text().strip():
        return False
    bad = READ[column](editor.text()) is None
    editor.setProperty("bad", "true" if bad else "false")
    share = column == UPFRONT
    said = tr("Not a share from 0 to 100 %") if share else tr("Not an amount: digits, at most two decimals")
    editor.setToolTip(said if bad else "")
    editor.setAccessibleDescription(said if bad else "")
    restyle(editor)
    if bad:
        QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), said, editor)
    return bad


def _pick(choice: Choice, typed: str) -> bool:
    """Choose by number (1 is the first) or by the value's own letter (A, B, C); whether anything was chosen."""
    number = int(typed) - 1 if typed in "123456789" and typed else choice.findData(typed.upper() or None)
    if not 0 <= number < choice.count():
        return False
    choice.setCurrentIndex(number)
    return True


class ItemsTable(QTableView):
    """The view: typing starts editing, Enter goes on; `rows_pasted` when rows of a spreadsheet are to be taken in."""

    rows_pasted = Signal()

    def __init__(self, model: ItemsModel, names: Callable[[], list[str]] = list) -> None:
        super().__init__()
        self.setModel(model)
        self._items = model
        self.setAccessibleName(tr("Bill"))
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setItemDelegate(_Delegate(self, names))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(OVER, True)

    def sizeHint(self) -> QSize:
        """No higher than it must be: the rest is what the page has to spare."""
        return super().sizeHint().boundedTo(self.minimumSize())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit_columns()

    def fit_columns(self) -> None:
        """Make every column as wide as its longest word in the font in use."""
        words = {
            CATEGORY: [word for _, word in category_words()],
            CLASS: [word for _, word in class_words()],
            UPFRONT: [percent_shown(9_999)],
            OVER: [_WIDE_AMOUNT],
            AMOUNT: [_WIDE_AMOUNT],
        }
        metrics, titles = self.fontMetrics(), column_titles()
        for column, texts in words.items():
            widest = max(metrics.horizontalAdvance(text) for text in (*texts, titles[column]))
            self.horizontalHeader().resizeSection(column, widest + (NUMBER_PADDING if column in READ else CELL_PADDING))

    def go_on(self) -> None:
        """To the next cell that takes input, on the next line after the last one; past what the item's name filled."""
        line, column = self.currentIndex().row(), self.currentIndex().column()
        if column == NAME and self._items.filled == line:
            self._items.filled, column = -1, AMOUNT - 1
        while True:
            column += 1
            if column > AMOUNT:
                line, column = line + 1, NAME
            if line >= self._items.rowCount():
                return
            if not self.isColumnHidden(column) and self._items.editable(line, column):
                break
        self.setCurrentIndex(self._items.index(line, column))
        self.edit(self.currentIndex())

    def type_amount(self, figure: str) -> None:
        """Open the amount of the line with what was typed of it so far."""
        self.setCurrentIndex(self._items.index(self.currentIndex().row(), AMOUNT))
        self.edit(self.currentIndex())
        editor = self.viewport().focusWidget()
        if isinstance(editor, QLineEdit):
            editor.setText(figure)

    def move_lines(self, step: int) -> None:
        """To the same cell some lines further; the table keeps the keyboard."""
        line = min(max(0, self.currentIndex().row() + step), self._items.rowCount() - 1)
        self.setCurrentIndex(self._items.index(line, self.currentIndex().column()))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() in _PLAIN:
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self._items.index(self._items.rowCount() - 1, NAME))
            self.edit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            if self.currentIndex().isValid():
                QGuiApplication.clipboard().setText("\t".join(self._items.texts(self.currentIndex().row())))
        else:
            super().keyPressEvent(event)
