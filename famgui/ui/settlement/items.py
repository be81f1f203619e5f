"""The lines of a bill as a model: what is shown, what takes input, and what a new line begins with."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication

from famgui.domain.bill import CATEGORIES, CLASSES, MEDICAL
from famgui.domain.money import format_amount
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.paste import Known
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.table import Index
from famgui.ui.widgets.visit_words import category_word, class_word
from famgui.ui.widgets.visit_words import percent as percent_shown

NAME, CATEGORY, CLASS, UPFRONT, OVER, AMOUNT = range(6)
FIELDS = ("name", "category", "catalogue_class", "upfront_ratio", "over_limit", "amount")
NUMBERS = (UPFRONT, OVER, AMOUNT)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def category_words() -> list[tuple[object, str]]:
    """Every category with its word."""
    return [(category, category_word(category)) for category in CATEGORIES]


def class_words() -> list[tuple[object, str]]:
    """The catalogue classes with their words."""
    return [(catalogue_class, class_word(catalogue_class)) for catalogue_class in CLASSES]


def column_titles() -> tuple[str, ...]:
    """The columns' titles."""
    return tr("Name"), tr("Category"), tr("Catalogue"), tr("Up-front"), tr("Over limit"), tr("Amount")


class ItemsModel(QAbstractTableModel):
    """The lines of the bill; the last line is always empty, for the next item. `edited` after every change.

    A line just begun takes category, class and up-front share of the same item name typed before (`known`), else of
    the line above; `filled` is the line that took them by its name.
    """

    edited = Signal()

    def __init__(self, known: Callable[[str], Known | None] = lambda name: None) -> None:
        super().__init__()
        self._items: list[ItemDraft] = [ItemDraft()]
        self._known = known
        self.filled = -1
        self._categories, self._classes = dict(category_words()), dict(class_words())

    @property
    def items(self) -> tuple[ItemDraft, ...]:
        """The lines typed, without the empty one."""
        return tuple(item for item in self._items if not item.empty)

    def set_items(self, items: Sequence[ItemDraft]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._items = [*items, ItemDraft()]
        self.filled = -1
        self.endResetModel()

    def remove(self, line: int) -> None:
        """Take a line out; the empty one stays."""
        if 0 <= line < len(self._items) - 1:
            self.beginRemoveRows(QModelIndex(), line, line)
            del self._items[line]
            self.endRemoveRows()
            self.edited.emit()

    def duplicate(self, line: int) -> bool:
        """Put a copy below a line; whether there was one to copy."""
        if not 0 <= line < len(self._items) - 1 or self._items[line].empty:
            return False
        self.beginInsertRows(QModelIndex(), line + 1, line + 1)
        self._items.insert(line + 1, self._items[line])
        self.endInsertRows()
        self.edited.emit()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(FIELDS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable(index.row(), index.column()) else flags

    def editable(self, line: int, column: int) -> bool:
        """Whether a cell takes input: no class outside the catalogue, no up-front share but for class B, nothing over a
        price limit for what is self-paid anyway."""
        item = self._items[line]
        medical = item.category in MEDICAL
        if column == CLASS:
            return medical
        if column == UPFRONT:
            return medical and item.catalogue_class == "B"
        return column != OVER or (medical and item.catalogue_class != "C")

    def texts(self, line: int) -> tuple[str, ...]:
        """A line as it is shown."""
        item = self._items[line]
        if item.empty:
            return (tr("Next item ..."), "", "", "", "", "")
        medical = item.category in MEDICAL
        return (
            item.name,
            self._categories[item.category],
            self._classes[item.catalogue_class] if medical else "—",
            percent_shown(item.upfront_ratio) if self.editable(line, UPFRONT) else "—",
            format_amount(item.over_limit) if self.editable(line, OVER) else "—",
            "" if item.amount is None else format_amount(item.amount),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item, column = self._items[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and item.empty:
            return QGuiApplication.palette().placeholderText()
        if role == Qt.ItemDataRole.EditRole:
            return getattr(item, FIELDS[column])
        return self.texts(index.row())[column] if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in NUMBERS else _LEFT
        return column_titles()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = index.row()
        old = self._items[line]
        changed = replace(old, **{FIELDS[index.column()]: value})
        if changed == old:
            return True
        if old.empty:
            changed = self._begun(line, changed)
        self._items[line] = changed
        self.dataChanged.emit(self.index(line, 0), self.index(line, AMOUNT))
        if line == len(self._items) - 1 and not changed.empty:
            self.beginInsertRows(QModelIndex(), line + 1, line + 1)
            self._items.append(ItemDraft())
            self.endInsertRows()
        self.edited.emit()
        return True

    def _begun(self, line: int, item: ItemDraft) -> ItemDraft:
        """A line just begun, with what is remembered of its name or stands in the line above."""
        known = self._known(item.name) if item.name else None
        self.filled = -1 if known is None else line
        if known is None and line and not item.empty:
            above = self._items[line - 1]
            known = Known(above.category, above.catalogue_class, above.upfront_ratio)
        if known is None:
            return item
        category, catalogue_class, ratio = known
        return replace(item, category=category, catalogue_class=catalogue_class, upfront_ratio=ratio)
