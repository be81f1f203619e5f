"""The list of recorded visits: filters above, the newest first, sorted by a click, out of the program as a table."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from famgui.domain.money import grouped
from famgui.files.statement import Listing
from famgui.ui.records.rows import RecordRow, listing, state_words
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, label
from famgui.ui.widgets.columns import ColumnChooser
from famgui.ui.widgets.export import Exporter, export_button
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.table import Column, Table, TableModel

_EVERYBODY, _ANY_YEAR = "", 0
_MEASURED = 40
"""How many rows decide how wide a column is: about what is on screen."""


class VisitList(Card):
    """Which visit is looked at is chosen here."""

    def __init__(self, shell: Shell, vm: RecordsVM) -> None:
        super().__init__()
        self._shell, self._vm = shell, vm
        self._filling = False
        self.model = TableModel(_columns())
        self.model.layoutChanged.connect(self.select)
        self.table = Table(self.model, tr("Recorded settlements"))
        self.table.make_sortable()
        header = self.table.horizontalHeader()
        header.setResizeContentsPrecision(_MEASURED)
        header.setSortIndicatorShown(False)  # it takes room in every column, even where nothing is sorted
        header.sectionClicked.connect(lambda _: header.setSortIndicatorShown(True))
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.body.addLayout(self._filters())
        nothing = button(tr("Show all"), "", lambda: vm.look_for(person=None, year=None, text=""))
        self._stack = QStackedWidget()
        for widget in (self.table, EmptyState(tr("No settlement answers this."), nothing)):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)

    def _filters(self) -> QHBoxLayout:
        vm, shell = self._vm, self._shell
        self.person, self.year, self.text = Choice(), Choice(), QLineEdit()
        self.person.setAccessibleName(tr("User"))
        self.year.setAccessibleName(tr("Year"))
        self.text.setAccessibleName(tr("Find a settlement"))
        self.text.setPlaceholderText(tr("Find: name, item, amount, reason"))
        self.text.setClearButtonEnabled(True)
        self.person.picked.connect(lambda handle: vm.look_for(person=handle or None))
        self.year.picked.connect(lambda year: vm.look_for(year=year or None))
        self.text.textEdited.connect(lambda text: vm.look_for(text=text))
        self._count = label("", "note")
        exporter = Exporter(shell, self, self._listings, shell.desk.wording.say("report", "note"))
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self.person)
        line.addWidget(self.year)
        line.addWidget(self.text, 1)
        line.addWidget(self._count)
        self._chooser = ColumnChooser(self.table, shell.settings, "records")
        line.addWidget(self._chooser.button)
        line.addWidget(export_button(exporter, lambda: tr("Recorded settlements")))
        return line

    def show_rows(self) -> None:
        """Show what the filters let through."""
        vm, filters = self._vm, self._vm.filters
        self.person.set_entries([(_EVERYBODY, tr("Everybody")), *vm.people])
        self.person.set_value(filters.person or _EVERYBODY)
        years: Sequence[tuple[object, str]] = [(year, tr("Year {year}", year=year)) for year in vm.years]
        self.year.set_entries([(_ANY_YEAR, tr("All years")), *years])
        self.year.set_value(filters.year or _ANY_YEAR)
        if self.text.text() != filters.text:
            self.text.setText(filters.text)
        self._count.setText(tr("{count} settlements", count=len(vm.shown)))
        self._stack.setCurrentIndex(0 if vm.shown else 1)
        self._filling = True
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.set_rows(vm.shown)
        self._filling = False
        self.select()

    def select(self) -> None:
        """Bring the table's current row in line with the visit that is looked at."""
        at = next((n for n, row in enumerate(self.model.rows) if row.handle == self._vm.chosen), None)
        if at is not None and self.table.currentIndex().row() != at:
            self._filling = True
            self.table.selectRow(at)
            self._filling = False

    def begin_search(self) -> None:
        """Let the user type what is looked for."""
        self.text.setFocus()
        self.text.selectAll()

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid() and not self._filling:
            self._vm.choose(self.model.rows[index.row()].handle)

    def _listings(self) -> Sequence[Listing]:
        """The rows that are shown, for export."""
        live = self._shell.desk.live
        facts = () if live is None else ((tr("Household"), live.title),)
        return (listing(self._vm.shown, facts),)


def _beside(row: RecordRow) -> str:
    """The facility; after a refund first what the bill had come to, so that no amount is cut."""
    if row.at_first == row.total:
        return row.facility
    return tr("first {amount}, {facility}", facility=row.facility, amount=grouped(row.at_first))


def _columns() -> list[Column[RecordRow]]:
    return [
        Column(tr("Date"), lambda row: row.day.isoformat(), key="date"),
        Column(tr("User"), lambda row: row.name, most=10, key="user"),
        Column(tr("Kind and facility"), lambda row: row.kind, stretch=True, suffix=_beside, key="kind"),
        Column(tr("State"), lambda row: state_words(row.state), key="state"),
        Column(tr("Total"), lambda row: grouped(row.total), lambda row: row.total, number=True, key="total"),
        Column(tr("Pool"), lambda row: grouped(row.pool), lambda row: row.pool, number=True, key="pool"),
        Column(tr("Own"), lambda row: grouped(row.own), lambda row: row.own, number=True, key="own"),
        Column(tr("Family"), lambda row: grouped(row.shared), lambda row: row.shared, number=True, key="family"),
        Column(tr("Cash"), lambda row: grouped(row.cash), lambda row: row.cash, number=True, key="cash"),
    ]
