"""The ledger page: accounts at the left, what moved on them at the right, a year in sums above."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.ledger.viewmodel import AccountRow, LedgerVM, PostingRow, signed
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, at_least_digits, margins
from famgui.ui.widgets.basic import Card, EmptyState, label, rule
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.table import Column, Table, TableModel

_ACCOUNT_DIGITS = 43
"""How many digits wide the accounts are at least: a name and three amounts."""
_WHOSE = 1
"""The column that says whose account it is; hidden while only one is shown."""


class LedgerPage(Page):
    """Where does every amount come from, where does it go?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Ledger"), tr("Where every amount comes from and goes"))
        self._vm = LedgerVM(shell.desk)
        self._filling = False
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        margins(columns, spacing=GAP)
        columns.addWidget(self._account_card(), 4)
        columns.addWidget(self._posting_card(), 8)
        self._stack = QStackedWidget()
        for widget in (
            content,
            EmptyState(tr("No household yet. Import a case file (Ctrl+O); its money will be listed here.")),
            EmptyState(tr("Nobody here has a personal account. Only employees have one.")),
        ):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._vm.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Read the book anew."""
        self._vm.refresh()

    def _account_card(self) -> Card:
        card = Card(tr("Accounts"))
        at_least_digits(card, _ACCOUNT_DIGITS)
        columns: list[Column[AccountRow]] = [
            Column(tr("Person"), lambda row: row.name, stretch=True),
            Column(tr("This year"), lambda row: grouped(row.current), number=True),
            Column(tr("Prior years"), lambda row: grouped(row.prior_years), number=True),
            Column(tr("Total"), lambda row: grouped(row.total), number=True),
        ]
        self._accounts = TableModel(columns)
        self._account_table = Table(self._accounts, tr("Accounts"))
        self._account_table.selectionModel().currentRowChanged.connect(self._picked)
        self._account_table.setSizeAdjustPolicy(Table.SizeAdjustPolicy.AdjustToContents)
        self._account_table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        card.body.addWidget(self._account_table)
        card.body.addStretch(1)
        return card

    def _posting_card(self) -> Card:
        card = Card()
        self._title = label("", "heading")
        self._years = Choice()
        self._years.setAccessibleName(tr("Year"))
        self._years.picked.connect(lambda year: self._vm.take_year(int(str(year))))
        card.add_to_head(self._title)
        card.body.addLayout(self._summary_row())
        card.body.addWidget(rule())
        columns: list[Column[PostingRow]] = [
            Column(tr("Date"), lambda row: row.day),
            Column(tr("Account"), lambda row: row.account),
            Column(tr("Event"), lambda row: row.event, stretch=True),
            Column(tr("Kind"), lambda row: row.kind),
            Column(tr("Money of"), lambda row: row.bucket),
            Column(tr("Amount"), lambda row: signed(row.amount), number=True),
            Column(tr("Balance"), lambda row: grouped(row.balance), number=True),
        ]
        self._postings = TableModel(columns, self._vm.page)
        self._posting_table = Table(self._postings, tr("Postings"))
        self._posting_stack = QStackedWidget()
        self._posting_stack.addWidget(self._posting_table)
        self._posting_stack.addWidget(
            EmptyState(tr("Nothing has moved here yet. Record a settlement and each amount will be listed."))
        )
        card.body.addWidget(self._posting_stack, 1)
        return card

    def _summary_row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        margins(line, spacing=4 * GRID)
        self._sums: list[QLabel] = []
        for title in (tr("Came in"), tr("Paid out"), tr("of it for family")):
            amount = label("", "figure")
            amount.setAccessibleName(title)
            self._sums.append(amount)
            column = QVBoxLayout()
            margins(column, spacing=2)
            column.addWidget(label(title, "note"))
            column.addWidget(amount)
            line.addLayout(column)
        line.addStretch(1)
        line.addWidget(self._years)
        return line

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid() and not self._filling:
            self._vm.choose(self._accounts.rows[index.row()].person_id)

    def _show(self) -> None:
        vm = self._vm
        self._stack.setCurrentIndex(0 if vm.accounts else 2 if vm.has_household else 1)
        if not vm.accounts:
            return
        self._show_accounts()
        self._title.setText(vm.title)
        self._years.set_entries([(year, tr("Year {year}", year=year)) for year in vm.years])
        self._years.set_value(vm.year)
        sums = vm.summary
        if sums is not None:
            for shown, fen in zip(self._sums, (sums.came_in, sums.paid_out, sums.for_others), strict=True):
                shown.setText(grouped(fen))
        self._postings.restart()
        self._posting_table.setColumnHidden(_WHOSE, vm.chosen is not None)
        self._posting_stack.setCurrentIndex(0 if self._postings.rows else 1)

    def _show_accounts(self) -> None:
        if tuple(self._accounts.rows) == self._vm.accounts:
            return
        self._filling = True
        self._accounts.set_rows(self._vm.accounts)
        chosen = [row.person_id for row in self._vm.accounts].index(self._vm.chosen)
        self._account_table.selectRow(chosen)
        self._filling = False
