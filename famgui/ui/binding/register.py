"""The register's table: states as chips, ended rows dimmed."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from famgui.domain.money import grouped
from famgui.ui.binding.rows import ChipKind, RegisterRow
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.table import Column, Index, Table, TableModel

_STATE, _SHARED = 4, 5
_ARROW = 2 * GRID
_ROLES: dict[ChipKind, tuple[str, str]] = {
    "plain": ("chip", "dim"),
    "accent": ("accent_soft", "accent_text"),
    "warning": ("warning_soft", "warning"),
    "danger": ("danger_soft", "danger"),
}


class RegisterModel(TableModel[RegisterRow]):
    """The rows of the register; `show_rows` keeps the order that the user has chosen."""

    def __init__(self, theme: Theme, year: int) -> None:
        super().__init__(_columns(year))
        self._theme = theme

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and not self.rows[index.row()].open:
            return self._theme.colour("dim")
        return super().data(index, role)

    def set_year(self, year: int) -> None:
        """Head the column of shared amounts with this year."""
        self.columns = _columns(year)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, _SHARED, _SHARED)


def _columns(year: int) -> tuple[Column[RegisterRow], ...]:
    return (
        Column(tr("Authorizer"), lambda row: row.authorizer),
        Column(tr("User"), lambda row: row.user),
        Column(tr("Relation"), lambda row: row.relation),
        Column(tr("Validity"), lambda row: row.validity, lambda row: (row.starts, row.validity)),
        Column(tr("State"), lambda row: row.state, lambda row: (row.rank, row.validity)),
        Column(
            tr("Shared {year}", year=year),
            lambda row: grouped(row.shared),
            lambda row: row.shared,
            number=True,
        ),
    )


class ChipDelegate(QStyledItemDelegate):
    """Draws a state as a rounded chip."""

    def __init__(self, theme: Theme, model: RegisterModel, table: Table) -> None:
        super().__init__(table)
        self._theme, self._model = theme, model

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""  # type: ignore[attr-defined]
        style = option.widget.style() if option.widget else QApplication.style()  # type: ignore[attr-defined]
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)  # type: ignore[attr-defined]
        back, front = (self._theme.colour(role) for role in _ROLES[self._model.rows[index.row()].kind])
        self._chip(painter, QRectF(option.rect), text, back, front)  # type: ignore[attr-defined]

    def _chip(self, painter: QPainter, cell: QRectF, text: str, back: QColor, front: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.9)
        font.setBold(True)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        height = metrics.height() + 2
        width = min(metrics.horizontalAdvance(text) + 2 * GRID, cell.width() - GRID)
        box = QRectF(cell.left() + GRID / 2, cell.center().y() - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(front)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + GRID // 2, hint.height())


class RegisterTable(Table):
    """The table over the register; its last column takes what is left and never cuts an amount."""

    def __init__(self, theme: Theme, model: RegisterModel) -> None:
        super().__init__(model, tr("Register"))
        self._model = model
        self.setItemDelegateForColumn(_STATE, ChipDelegate(theme, model, self))
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.make_sortable()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        theme.changed.connect(self.viewport().update)

    def fit_columns(self) -> None:
        """Make every column as wide as its texts and its title with the sort arrow."""
        header = self.horizontalHeader()
        left = self.viewport().width()
        for position, column in enumerate(self._model.columns):
            title = header.fontMetrics().horizontalAdvance(column.title) + _ARROW
            width = max(title, self.sizeHintForColumn(position))
            header.resizeSection(position, max(width, left) if position == _SHARED else width)
            left -= width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
