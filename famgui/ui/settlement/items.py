"""The bill as an editable table: Enter moves on from cell to cell, and past the last one to a new line."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QToolTip,
    QWidget,
)

from famgui.domain.bill import CATEGORIES, CLASSES, MEDICAL
from famgui.domain.money import format_amount
from famgui.ui.settlement.draft import ItemDraft, amount_shown, percent_shown, percent_typed
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import ROW_HEIGHT
from famgui.ui.widgets.basic import restyle
from famgui.ui.widgets.fields import Choice, amount_typed
from famgui.ui.widgets.table import Index

NAME, CATEGORY, CLASS, UPFRONT, AMOUNT = range(5)


def category_words() -> list[tuple[object, str]]:
    """Every category with its word."""
    words = {
        "drug": tr("Drug"),
        "service": tr("Service"),
        "device": tr("Device"),
        "consumable": tr("Consumable"),
        "health-food": tr("Health food"),
        "daily-goods": tr("Daily goods"),
        "wellness": tr("Wellness"),
        "fitness": tr("Fitness"),
        "public-health": tr("Public health"),
    }
    return [(category, words[category]) for category in CATEGORIES]


def class_words() -> list[tuple[object, str]]:
    """The catalogue classes with their words."""
    words = {"A": tr("Class A"), "B": tr("Class B"), "C": tr("Self-paid")}
    return [(catalogue_class, words[catalogue_class]) for catalogue_class in CLASSES]


class ItemsModel(QAbstractTableModel):
    """The lines of the bill; the last line is always empty, for the next item. `edited` after every change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: list[ItemDraft] = [ItemDraft()]
        self._categories = dict(category_words())
        self._classes = dict(class_words())

    @property
    def items(self) -> tuple[ItemDraft, ...]:
        """The lines typed, without the empty one."""
        return tuple(item for item in self._items if not item.empty)

    def set_items(self, items: Sequence[ItemDraft]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._items = [*items, ItemDraft()]
        self.endResetModel()

    def remove(self, line: int) -> None:
        """Take a line out; the empty one stays."""
        if 0 <= line < len(self._items) - 1:
            self.beginRemoveRows(QModelIndex(), line, line)
            del self._items[line]
            self.endRemoveRows()
            self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 5

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index.row(), index.column()) else flags

    def editable(self, line: int, column: int) -> bool:
        """Whether a cell takes input: no class outside the catalogue, no up-front share but for class B."""
        item = self._items[line]
        if column == CLASS:
            return item.category in MEDICAL
        if column == UPFRONT:
            return item.category in MEDICAL and item.catalogue_class == "B"
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._items[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (UPFRONT, AMOUNT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and item.empty:
            return QGuiApplication.palette().placeholderText()
        if role == Qt.ItemDataRole.EditRole:
            values = (item.name, item.category, item.catalogue_class, item.upfront_ratio, item.amount)
            return values[column]
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if item.empty:
            return tr("Next item ...") if column == NAME else ""
        medical = item.category in MEDICAL
        return {
            NAME: item.name,
            CATEGORY: self._categories[item.category],
            CLASS: self._classes[item.catalogue_class] if medical else "—",
            UPFRONT: percent_shown(item.upfront_ratio) if self.editable(index.row(), UPFRONT) else "—",
            AMOUNT: "" if item.amount is None else format_amount(item.amount),
        }[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (UPFRONT, AMOUNT) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("Category"), tr("Catalogue"), tr("Up-front"), tr("Amount"))[section]
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = ("name", "category", "catalogue_class", "upfront_ratio", "amount")[index.column()]
        line = index.row()
        changed = replace(self._items[line], **{field: value})
        if changed == self._items[line]:
            return True
        self._items[line] = changed
        self.dataChanged.emit(self.index(line, 0), self.index(line, AMOUNT))
        if line == len(self._items) - 1 and not changed.empty:
            self.beginInsertRows(QModelIndex(), line + 1, line + 1)
            self._items.append(ItemDraft())
            self.endInsertRows()
        self.edited.emit()
        return True


class _Delegate(QStyledItemDelegate):
    """Editors for the cells: choices for category and class, forgiving text for percentages and amounts."""

    def __init__(self, parent: QObject, moved_on: Callable[[], None]) -> None:
        super().__init__(parent)
        self._moved_on = moved_on

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        column = index.column()
        if column in (CATEGORY, CLASS):
            choice = Choice(category_words() if column == CATEGORY else class_words())
            choice.setParent(parent)
            choice.setAccessibleName(tr("Category") if column == CATEGORY else tr("Catalogue"))
            return choice
        line = QLineEdit(parent)
        line.setAccessibleName(str(index.model().headerData(column, Qt.Orientation.Horizontal)))
        if column in (UPFRONT, AMOUNT):
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.setProperty("reader", "amount" if column == AMOUNT else "percent")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, Choice):
            editor.set_value(value)
        elif isinstance(editor, QLineEdit):
            shown = {UPFRONT: percent_shown, AMOUNT: amount_shown}.get(index.column(), str)
            editor.setText(shown(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Choice):
            model.setData(index, editor.value)
        elif isinstance(editor, QLineEdit):
            read = {UPFRONT: percent_typed, AMOUNT: amount_typed}.get(index.column())
            value = editor.text().strip() if read is None else read(editor.text())
            if read is None or value is not None:
                model.setData(index, value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if isinstance(editor, Choice) and _pick(editor, event.text()):
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                if _is_bad(editor):
                    return True
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self._moved_on()
                return True
        return bool(super().eventFilter(editor, event))


def _is_bad(editor: QWidget) -> bool:
    """Whether what stands in an editor for numbers cannot be read; if so it is marked and says why."""
    read = editor.property("reader")
    if not isinstance(editor, QLineEdit) or read is None or not editor.text().strip():
        return False
    bad = (amount_typed if read == "amount" else percent_typed)(editor.text()) is None
    editor.setProperty("bad", "true" if bad else "false")
    said = tr("Not an amount: digits, at most two decimals") if read == "amount" else tr("Not a share from 0 to 100 %")
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
    """The view: typing starts editing, Enter goes on, Ctrl+Delete takes the line out."""

    def __init__(self, model: ItemsModel) -> None:
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
        self.setItemDelegate(_Delegate(self, self.go_on))
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((CATEGORY, 96), (CLASS, 84), (UPFRONT, 92), (AMOUNT, 108)):
            header.resizeSection(column, width)

    def go_on(self) -> None:
        """To the next cell that takes input, on the next line after the last one."""
        line, column = self.currentIndex().row(), self.currentIndex().column()
        while True:
            column += 1
            if column > AMOUNT:
                line, column = line + 1, NAME
            if line >= self._items.rowCount():
                return
            if self._items.editable(line, column):
                break
        self.setCurrentIndex(self._items.index(line, column))
        self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self._items.index(self._items.rowCount() - 1, NAME))
            self.edit(self.currentIndex())
            return
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._items.remove(self.currentIndex().row())
            return
        super().keyPressEvent(event)
