"""The register's card: scope and filter, limits, the table with what can be done to its rows, and the detail below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStackedWidget

from famgui.ui.binding.detail import LimitBar
from famgui.ui.binding.filters import FilterBar
from famgui.ui.binding.papers import PapersMenu
from famgui.ui.binding.register import HOUSEHOLD, SHARED, RegisterModel, RegisterTable
from famgui.ui.binding.rows import Filter, RegisterRow
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, ROW_HEIGHT, at_least
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button
from famgui.ui.widgets.columns import ColumnChooser
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.flow import flow

_ROWS, _NO_ROWS, _NOBODY, _NONE_FOUND = range(4)
_TABLE_HEIGHT = 4 * ROW_HEIGHT + GRID
"""The head and three rows."""


class RegisterCard(Card):
    """The table of rows and everything around it; the page says what its buttons do."""

    def __init__(self, shell: Shell, vm: BindingVM, step: QPushButton) -> None:
        super().__init__(tr("Register"))
        self._shell, self._vm = shell, vm
        self.model = RegisterModel(shell.theme, vm.year, vm.page, vm.sort)
        self.table = RegisterTable(shell.theme, self.model)
        self.limits = LimitBar(shell)
        self.filters = FilterBar(vm)
        self.scope = Segments([("household", tr("This household")), ("book", tr("Whole book"))], tr("Whose bindings"))
        self.papers = PapersMenu(shell, self)
        self._columns = ColumnChooser(self.table, shell.settings, "register")
        self.head.addWidget(self.limits, 1, Qt.AlignmentFlag.AlignVCenter)
        self.head.addWidget(self.scope)
        self.body.addWidget(self.filters)
        self._stack = QStackedWidget()
        drop = button(tr("Drop the filters"), "", lambda: vm.narrow(**_EVERYTHING))
        for widget in (
            self.table,
            EmptyState(tr("No binding yet."), step),
            EmptyState(tr("Nobody here has a personal account, so nothing can be shared.")),
            EmptyState(tr("No binding answers these filters."), drop),
        ):
            self._stack.addWidget(widget)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        at_least(self._stack, height=_TABLE_HEIGHT)
        self.body.addWidget(self._stack, 1)

    def add_foot(self, actions: list[QAction], exporter: QPushButton) -> None:
        """The buttons below the table."""
        buttons = [command_button(action) for action in actions]
        self._foot = flow(*buttons, self.papers.button, self._columns.button, exporter)
        self.body.addWidget(self._foot)

    def add_command(self, command: Command) -> QAction:
        """A command whose key works in the table only."""
        made = self._shell.commands.add(self.table, command)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        return made

    def show_rows(self, has_accounts: bool) -> None:
        """Show the rows of the view-model; the row that is chosen stays so, whatever page it was on."""
        vm, in_book, before = self._vm, self._vm.scope == "book", len(self.model.rows)
        kept = vm.chosen
        self.model.set_year(vm.year)
        self.scope.set_value(vm.scope)
        self.filters.setVisible(in_book)
        self.limits.setVisible(bool(vm.total))
        self.table.withhold(SHARED, in_book)
        self.table.withhold(HOUSEHOLD, not in_book)
        if in_book:
            self.filters.show_filter()
            self.model.restart()
        else:
            self.model.set_rows(vm.register)
        place = None if kept is None else self.model.place_of(kept)
        while in_book and place is None and kept is not None and len(self.model.rows) < before and self._more():
            place = self.model.place_of(kept)
        self._stack.setCurrentIndex(self._state(in_book, has_accounts))
        self._foot.setVisible(bool(self.model.rows))
        self.table.fit_columns()
        if self.model.rows:
            self.table.go_to(place or 0)
        else:
            vm.choose(None)

    def _more(self) -> bool:
        """Read one page more; whether there was one."""
        before = len(self.model.rows)
        self.model.fetchMore(self.table.rootIndex())
        return len(self.model.rows) > before

    def _state(self, in_book: bool, has_accounts: bool) -> int:
        if self.model.rows:
            return _ROWS
        if in_book and self._vm.filter != Filter():
            return _NONE_FOUND
        return _NO_ROWS if in_book or has_accounts else _NOBODY

    def picked_here(self) -> list[RegisterRow]:
        """The rows that are selected and belong to the household at hand, as they stand in its register."""
        ids = {row.id for row in self.table.picked}
        return [row for row in self._vm.register if row.id in ids]


_EVERYTHING = {"state": None, "place": "", "words": ""}
"""A filter that narrows nothing."""
