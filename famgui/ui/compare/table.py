"""The variants as a table: title, a small picture of who pays, amounts, cash more or less, what is to be known."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from famgui.domain.money import grouped
from famgui.ui.compare.viewmodel import WayRow
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import chip
from famgui.ui.widgets.payers import Part, PayersBar
from famgui.ui.widgets.table import Column, Table, TableModel

TITLE, BAR, POOL, OWN, SHARED, CASH, CHANGE, NOTES = range(8)
_LEAST_ROWS = 3
_BAR_DIGITS = 20
"""How many digits wide the picture of who pays is."""


def parts_of(row: WayRow, names: dict[str, str]) -> tuple[list[Part], str]:
    """A row's payers for the bar, and the same spoken."""
    done = row.way.settlement
    if done is None:
        return [], row.title
    parts = [Part("pool", tr("Pooled fund"), done.pool)]
    for payment in done.payments:
        parts.append(Part(payment.payer, names.get(payment.account, payment.account), payment.draw.total))
    parts.append(Part("cash", tr("Cash"), done.cash))
    return parts, ", ".join(f"{part.name} {grouped(part.amount)}" for part in parts if part.amount)


class _Model(TableModel[WayRow]):
    """Rows in which the change of cash has its colour beside sign and word."""

    def __init__(self, theme: Theme, columns: Sequence[Column[WayRow]]) -> None:
        super().__init__(columns)
        self._theme = theme

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(self.rows[index.row()], index.column())
        return super().data(index, role)

    def _colour(self, row: WayRow, column: int) -> QColor | None:
        if row.way.settlement is None:
            return self._theme.colour("dim")
        if column != CHANGE or not row.change:
            return None
        return self._theme.colour("accent_text" if row.change < 0 else "warning")


class _Covered(QStyledItemDelegate):
    """A cell whose text only copying and screen readers see: a widget stands on it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined]


class WaysTable(Table):
    """`wanted` when Enter or a double click asks for the current variant, `unwanted` when Delete drops it."""

    wanted = Signal()
    unwanted = Signal()

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        columns: list[Column[WayRow]] = [
            Column(tr("Variant"), lambda row: row.title, stretch=True),
            Column(tr("Who pays"), lambda row: parts_of(row, shell.desk.names)[1]),
            Column(tr("Pooled fund"), lambda row: _amount(row, "pool"), number=True),
            Column(tr("Own account"), lambda row: _amount(row, "own"), number=True),
            Column(tr("Shared"), lambda row: _amount(row, "shared"), number=True),
            Column(tr("Cash"), lambda row: _amount(row, "cash"), number=True),
            Column(tr("Change of cash"), lambda row: row.change_text, number=True),
            Column(tr("To know"), lambda row: tr(", ").join(text for text, _ in row.notes)),
        ]
        self.ways = _Model(shell.theme, columns)
        super().__init__(self.ways, tr("Variants"))
        header = self.horizontalHeader()
        self._covers = _Covered(self)
        for column in (BAR, NOTES):
            self.setItemDelegateForColumn(column, self._covers)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(BAR, self.fontMetrics().horizontalAdvance("0") * _BAR_DIGITS)
        self.doubleClicked.connect(lambda _: self.wanted.emit())
        self._most = _LEAST_ROWS
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        at_least(self, height=_LEAST_ROWS * ROW_HEIGHT)

    def allow(self, height: int) -> None:
        """Grow with the rows up to so many pixels; beyond that scroll."""
        self._most = max(_LEAST_ROWS, height // ROW_HEIGHT)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = min(len(self.ways.rows), self._most)
        high = self.horizontalHeader().sizeHint().height() + lines * ROW_HEIGHT + 2 * self.frameWidth()
        return QSize(super().sizeHint().width(), high)

    def show_rows(self, rows: Sequence[WayRow], chosen: WayRow | None) -> None:
        """Show these rows, the chosen one current."""
        selection = self.selectionModel()
        selection.blockSignals(True)
        self.ways.set_rows(rows)
        widest = 0
        for line, row in enumerate(rows):
            bar = PayersBar(self._shell.theme)
            bar.show_parts(*parts_of(row, self._shell.desk.names))
            self.setIndexWidget(self.ways.index(line, BAR), _cell(bar))
            chips = [chip(text, kind) for text, kind in row.notes]
            self.setIndexWidget(self.ways.index(line, NOTES), _cell(*chips, stretch=True))
            for one in chips:
                one.ensurePolished()
            widest = max(widest, sum(one.sizeHint().width() + GRID for one in chips) + 2 * GRID)
        title = self.fontMetrics().horizontalAdvance(tr("To know")) + 3 * GRID
        self.horizontalHeader().resizeSection(NOTES, max(widest, title))
        if chosen is not None and chosen in rows:
            self.selectRow(list(rows).index(chosen))
        selection.blockSignals(False)
        self.updateGeometry()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            self.wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.unwanted.emit()
        else:
            super().keyPressEvent(event)


_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def _amount(row: WayRow, payer: str) -> str:
    return "—" if row.way.settlement is None else grouped(getattr(row.way.settlement, payer))


def _cell(*widgets: QWidget, stretch: bool = False) -> QWidget:
    made = QWidget()
    made.setProperty("kind", "plain")
    layout = QHBoxLayout(made)
    margins(layout, horizontal=GRID, spacing=GRID // 2)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch:
        layout.addStretch(1)
    return made
