"""The column chooser of a table: which columns are shown, remembered from one day to the next."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.settings import Option, Settings
from famgui.ui.widgets.basic import button
from famgui.ui.widgets.table import Table, TableModel

_NONE = "-"
"""What is kept when nothing is put away; an empty value means that nobody has chosen."""


class ColumnChooser:
    """The choice of one table's columns: a menu behind `button`, and on the table's header. Columns have keys."""

    def __init__(self, table: Table, settings: Settings, name: str) -> None:
        self._table, self._settings = table, settings
        self._option = Option(f"columns/{name}", "")
        model = table.model()
        assert isinstance(model, TableModel)
        self._columns = [(place, column) for place, column in enumerate(model.columns) if column.key]
        self._menu = QMenu(table)
        self._menu.setAccessibleName(tr("Columns"))
        self._actions = [self._action(place, column.title) for place, column in self._columns]
        self._menu.aboutToShow.connect(self._tick)
        self.button: QPushButton = button(tr("Columns ▾"), "link")
        self.button.setAccessibleName(tr("Columns"))
        self.button.setMenu(self._menu)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_at)
        kept = settings.get(self._option)
        if kept:
            table.put_away(place for place, column in self._columns if column.key in kept.split())

    def _ask_at(self, place: QPoint) -> None:
        self._menu.popup(self._table.horizontalHeader().mapToGlobal(place))

    def _action(self, place: int, title: str) -> QAction:
        action = self._menu.addAction(title)
        action.setCheckable(True)
        action.triggered.connect(lambda on: self.show_column(place, on))
        return action

    def _tick(self) -> None:
        """Tick what is shown; the last column that is shown stays."""
        shown = {place for place, _ in self._columns} - self._table.away
        for (place, _), action in zip(self._columns, self._actions, strict=True):
            action.setChecked(place in shown)
            action.setEnabled(shown != {place})

    def show_column(self, place: int, on: bool) -> None:
        """Show or put away a column, and remember it."""
        self._table.put_away(self._table.away - {place} if on else self._table.away | {place})
        away = [column.key for place, column in self._columns if place in self._table.away]
        self._settings.set(self._option, " ".join(away) or _NONE)
