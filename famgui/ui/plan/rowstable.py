"""The expected visits' table: typing edits, Enter goes on from cell to cell and past the last one to a new line."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QToolTip,
    QWidget,
)

from famgui.domain.money import format_amount
from famgui.ui.plan.draft import day_typed
from famgui.ui.plan.rows import (
    AMOUNTS,
    CHOICES,
    DAYS,
    FIRST,
    IN_SCOPE,
    KIND,
    LAST,
    LEVEL,
    OFTEN,
    PERSON,
    SELF_PAID,
    RowsModel,
    column_titles,
)
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT
from famgui.ui.widgets.basic import restyle
from famgui.ui.widgets.fields import Choice, amount_typed
from famgui.ui.widgets.table import Index

_WIDEST_EDITOR = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_WIDEST = {IN_SCOPE: "9999.99", SELF_PAID: "9999.99", FIRST: "12-31 "}


class _Delegate(QStyledItemDelegate):
    """Editors for the cells: choices by list or number, forgiving text for amounts and days."""

    def __init__(self, table: "RowsTable", model: RowsModel) -> None:
        super().__init__(table)
        self._table, self._rows = table, model

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        column = index.column()
        editor: Choice | QLineEdit
        if column in CHOICES:
            editor = Choice(self._rows.choices(column))
            editor.setParent(parent)
        else:
            editor = QLineEdit(parent)
            editor.setProperty("column", column)
            if column in AMOUNTS:
                editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(column_titles()[column])
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, Choice):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit):
            shown = index.data() if index.column() in DAYS else "" if value is None else format_amount(value)
            editor.setText("" if value is None else shown)
            editor.setPlaceholderText(str(index.data()))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        """An editor needs more room than the text it stands for; it never reaches over the table's edge."""
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), min(editor.sizeHint().width(), _WIDEST_EDITOR * GRID)))
        rect.moveRight(min(rect.right(), self._table.viewport().width() - 1))
        editor.setGeometry(rect)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Choice):
            model.setData(index, editor.value)
        elif isinstance(editor, QLineEdit):
            value = self.read(editor)
            if value is not None or not editor.text().strip():
                model.setData(index, value)

    def read(self, editor: QLineEdit) -> object:
        """What an editor's text means: fen, a day, or None."""
        if editor.property("column") in DAYS:
            return day_typed(editor.text(), self._rows.start.year)
        return amount_typed(editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            if isinstance(editor, Choice) and _pick(editor, event.text()):
                return True
            if event.key() in _ENTER and event.modifiers() in _PLAIN:
                if not self._is_bad(editor):
                    self.commitData.emit(editor)
                    self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                    self._table.go_on()
                return True
        return bool(super().eventFilter(editor, event))

    def _is_bad(self, editor: QWidget) -> bool:
        """Whether what stands in an editor cannot be read; if so it is marked and says why."""
        if not isinstance(editor, QLineEdit) or not editor.text().strip():
            return False
        bad = self.read(editor) is None
        said = ""
        if bad:
            day = editor.property("column") in DAYS
            said = (
                tr("Not a day: such as 7-1 or 2025-07-01") if day else tr("Not an amount: digits, at most two decimals")
            )
        editor.setProperty("bad", "true" if bad else "false")
        editor.setToolTip(said)
        editor.setAccessibleDescription(said)
        restyle(editor)
        if bad:
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), said, editor)
        return bad


def _pick(choice: Choice, typed: str) -> bool:
    """Choose by number, 1 is the first; whether anything was chosen."""
    number = int(typed) - 1 if typed and typed in "123456789" else -1
    if not 0 <= number < choice.count():
        return False
    choice.setCurrentIndex(number)
    return True


class RowsTable(QTableView):
    """The view: typing starts editing, Enter goes on, Ctrl+Delete takes the line out."""

    def __init__(self, model: RowsModel) -> None:
        super().__init__()
        self.setModel(model)
        self._rows = model
        self.setAccessibleName(tr("Expected visits"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self._cells = _Delegate(self, model)
        self.setItemDelegate(self._cells)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(True)
        self._fit()
        model.modelReset.connect(self._fit)
        model.edited.connect(self._fit)

    def _fit(self) -> None:
        """Every column as wide as its title and the widest that it offers, so that nothing moves while one types."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        for column, title in enumerate(column_titles()):
            words = [title, _WIDEST.get(column, "")]
            if column in (LEVEL, OFTEN):
                words += [text for _, text in self._rows.choices(column)]
            if column == KIND:
                words += [tr("bill · {kind}", kind=text) for _, text in self._rows.choices(column)[:1]]
            if column in (*AMOUNTS, FIRST):
                words += [str(self._rows.index(line, column).data()) for line in range(self._rows.rowCount())]
            if column == PERSON:
                words += [tr("Next"), *(text[:8] for _, text in self._rows.choices(column))]
            room = 2 * GRID + (2 if column in (PERSON, LEVEL, FIRST) else GRID // 2)
            header.resizeSection(column, max(map(metrics.horizontalAdvance, words)) + room)

    def go_on(self) -> None:
        """To the next cell that takes input, on the next line after the last one."""
        line, column = self.currentIndex().row(), self.currentIndex().column()
        while True:
            column += 1
            if column > LAST:
                line, column = line + 1, PERSON
            if line >= self._rows.rowCount():
                return
            if self._rows.editable(line, column):
                break
        self.setCurrentIndex(self._rows.index(line, column))
        self.edit(self.currentIndex())

    def remove_line(self) -> None:
        """Take the current line out."""
        self._rows.remove(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() in _PLAIN:
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self._rows.index(self._rows.rowCount() - 1, PERSON))
            self.edit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.remove_line()
            return
        super().keyPressEvent(event)
