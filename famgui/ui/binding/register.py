"""The register's table: states as chips with a mark, ended rows dimmed, sorted by whoever holds the rows."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from famgui.domain.money import grouped
from famgui.ui.binding.rows import ChipKind, RegisterRow
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID
from famgui.ui.theme.style import Theme, small_font
from famgui.ui.widgets.table import Column, Index, Table, TableModel

KEYS = ("authorizer", "user", "relation", "starts", "state", "days", "shared", "household", "place")
"""What the columns are called; they are sorted by these, days by the end, places by the household."""
STATE, DAYS, SHARED, HOUSEHOLD = (KEYS.index(key) for key in ("state", "days", "shared", "household"))
_SORTED_BY = {"days": "ends", "place": "household"}
_AROUND, _ARROW = 2 * GRID, 3 * GRID
_NAME_DIGITS = 18
_MEASURED = 15
"""So many rows decide how wide the columns are."""
_ROLES: dict[ChipKind, tuple[str, str]] = {
    "plain": ("chip", "dim"),
    "accent": ("accent_soft", "accent_text"),
    "warning": ("warning_soft", "warning"),
    "danger": ("danger_soft", "danger"),
}


class RegisterModel(TableModel[RegisterRow]):
    """The rows of the register; `sort` hands the wish to whoever holds them."""

    def __init__(
        self,
        theme: Theme,
        year: int,
        fetch: Callable[[RegisterRow | None], Sequence[RegisterRow]],
        sort: Callable[[str, bool], None],
    ) -> None:
        super().__init__(_columns(year), fetch)
        self._theme, self._sort = theme, sort

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and not self.rows[index.row()].open:
            return self._theme.colour("dim")
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(KEYS):
            by = KEYS[column]
            self._sort(_SORTED_BY.get(by, by), order == Qt.SortOrder.DescendingOrder)

    def set_year(self, year: int) -> None:
        """Head the column of shared amounts with this year."""
        self.columns = _columns(year)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, SHARED, SHARED)

    def place_of(self, row: RegisterRow) -> int | None:
        """Where a row stands, None where it is not among those read."""
        return next((place for place, one in enumerate(self.rows) if one.id == row.id), None)


def _columns(year: int) -> tuple[Column[RegisterRow], ...]:
    return (
        Column(tr("Authorizer"), lambda row: row.authorizer, most=_NAME_DIGITS),
        Column(tr("User"), lambda row: row.user, most=_NAME_DIGITS),
        Column(tr("Relation"), lambda row: row.relation),
        Column(tr("Validity"), lambda row: row.validity),
        Column(tr("State"), lambda row: row.said),
        Column(tr("Days left"), lambda row: "" if row.days is None else str(row.days), number=True, key="days"),
        Column(
            tr("Shared {year}", year=year),
            lambda row: "" if row.shared is None else grouped(row.shared),
            number=True,
            key="shared",
        ),
        Column(tr("Household"), lambda row: row.title, key="household", most=_NAME_DIGITS),
        Column(tr("Place"), lambda row: row.place, key="place", away=True),
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
        font = small_font(painter.font())
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
    """The table over the register; its last column takes what is left and nothing is cut. The days give way where there
    is no room, for the state tells them where they matter."""

    def __init__(self, theme: Theme, model: RegisterModel) -> None:
        super().__init__(model, tr("Register"))
        self._model = model
        self.setItemDelegateForColumn(STATE, ChipDelegate(theme, model, self))
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)  # nobody has chosen an order yet
        self.make_sortable()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        theme.changed.connect(self.viewport().update)

    @property
    def picked(self) -> list[RegisterRow]:
        """The rows selected, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._model.rows[place] for place in places]

    def fit_columns(self) -> None:
        """Make every column as wide as its texts and its title with the sort arrow."""
        left = self.viewport().width()
        self.withhold(DAYS, False)
        widths = self._widths()
        if sum(widths.values()) > left:
            self.withhold(DAYS)
            widths.pop(DAYS, None)
        last = max(widths, default=0)
        for position, width in widths.items():
            self.horizontalHeader().resizeSection(position, max(width, left) if position == last else width)
            left -= width

    def _widths(self) -> dict[int, int]:
        """How wide every column that is shown wants to be."""
        header, columns = self.horizontalHeader(), self._model.columns
        metrics, sorted_by = header.fontMetrics(), header.sortIndicatorSection()
        titles = [metrics.horizontalAdvance(column.title) + _AROUND for column in columns]
        if 0 <= sorted_by < len(titles):
            titles[sorted_by] += _ARROW
        return {
            place: max(titles[place], self.sizeHintForColumn(place))
            for place in range(len(columns))
            if not self.isColumnHidden(place)
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
