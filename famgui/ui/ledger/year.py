"""A year of the ledger: spending by month and payer with what flowed in, and what visits cost by person."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.files.statement import Cell, Heading, Listing
from famgui.ui.ledger.rows import CostRow
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.ledger.words import month_words
from famgui.ui.ledger.year_model import YearVM
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import label
from famgui.ui.widgets.chart import StackedBars
from famgui.ui.widgets.columns import ColumnChooser
from famgui.ui.widgets.export import Exporter, export_button
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.table import Column, Table, TableModel

_NAME_DIGITS = 24


class YearTab(QWidget):
    """年度: how the year went, by month and by person."""

    def __init__(self, shell: Shell, vm: LedgerVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm, self._years_of = vm, YearVM(shell.desk, vm)
        self._year = 0
        self._years = Choice()
        self._years.setAccessibleName(tr("Year"))
        self._years.picked.connect(self._taken)
        self.chart = StackedBars(shell.theme)
        self._rows = TableModel(self._columns())
        self._table = Table(self._rows, tr("Costs of visits"))
        chooser = ColumnChooser(self._table, shell.settings, "costs")
        exporter = Exporter(shell, self, self._listings, shell.desk.wording.say("report", "note"))
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        head = QHBoxLayout()
        margins(head)
        self._title = label("", "dim")
        head.addWidget(self._years)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(chooser.button)
        head.addWidget(export_button(exporter, self._name))
        column.addLayout(head)
        column.addWidget(self.chart, 3)
        column.addWidget(self._table, 2)

    def show_all(self) -> None:
        """Show the year chosen, of the account of the view-model."""
        vm = self._vm
        if self._year not in vm.years:
            self._year = vm.years[0]
        self._years.set_entries([(year, tr("Year {year}", year=year)) for year in vm.years])
        self._years.set_value(self._year)
        found = self._years_of.year_of_months(self._year)
        whole = vm.chosen is None
        self._title.setText(tr("What the household spent") if whole else tr("What this account paid"))
        spoken = f"{vm.title}, {tr('Year {year}', year=self._year)}, {self._title.text()}"
        self.chart.show_bars(month_words(), found.parts, spoken, (tr("Flowed in"), found.came_in))
        self._rows.set_rows(self._years_of.costs(self._year))
        self._table.setVisible(bool(self._rows.rows))

    def _taken(self, year: object) -> None:
        self._year = int(str(year))
        self.show_all()

    def _columns(self) -> Sequence[Column[CostRow]]:
        return (
            Column(tr("Person"), lambda row: row.name, stretch=True, key="person"),
            Column(tr("Benefit"), lambda row: row.benefit, key="benefit", most=_NAME_DIGITS),
            Column(tr("Total"), lambda row: grouped(row.total), number=True, key="total"),
            Column(tr("Pooled fund"), lambda row: grouped(row.pool), number=True, key="pool"),
            Column(tr("Own account"), lambda row: grouped(row.own), number=True, key="own"),
            Column(tr("Shared"), lambda row: grouped(row.shared), number=True, key="shared"),
            Column(tr("Cash"), lambda row: grouped(row.cash), number=True, key="cash"),
        )

    def _name(self) -> str:
        return f"{tr('Year {year}', year=self._year)} {self._vm.title}"

    def _listings(self) -> Sequence[Listing]:
        amounts = (tr("Total"), tr("Pooled fund"), tr("Own account"), tr("Shared"), tr("Cash"))
        headings = (Heading(tr("Person")), Heading(tr("Benefit")), *(Heading(title, "amount") for title in amounts))
        rows = [(r.name, r.benefit, r.total, r.pool, r.own, r.shared, r.cash) for r in self._years_of.costs(self._year)]
        sums: list[Cell] = [tr("Total"), "", *(sum(int(row[place]) for row in rows) for place in range(2, 7))]
        facts = ((tr("Account"), self._vm.title), (tr("Year"), str(self._year)))
        by_month = self._years_of.year_of_months(self._year)
        titles = (*(name for _, name, _ in by_month.parts), tr("Flowed in"))
        amounts_by_month = (*(values for _, _, values in by_month.parts), by_month.came_in)
        months: list[list[Cell]] = [
            [month_words()[month], *(values[month] for values in amounts_by_month)] for month in range(12)
        ]
        total: list[Cell] = [tr("Total"), *map(sum, amounts_by_month)]
        return (
            Listing(tr("Costs of visits"), headings, rows, facts, (sums,)),
            Listing(
                tr("By month"), (Heading(tr("Month")), *(Heading(t, "amount") for t in titles)), months, (), (total,)
            ),
        )
