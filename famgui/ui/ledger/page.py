"""The ledger page: accounts at the left; at the right what moved, the year, premiums and monthly inflow."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.ledger.detail import DetailCard
from famgui.ui.ledger.inflow import InflowTab
from famgui.ui.ledger.postings import PostingsTab
from famgui.ui.ledger.premiums import PremiumsTab
from famgui.ui.ledger.rows import AccountRow
from famgui.ui.ledger.statement import StatementDialog
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.ledger.year import YearTab
from famgui.ui.ledger.year_model import YearVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import Option
from famgui.ui.theme.metrics import GAP, at_least_digits, margins
from famgui.ui.widgets.basic import Card, EmptyState
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.ledger import Sums

_FILTER = Option("ledger/filter", "")
_TAB = Option("ledger/tab", "postings")
_ACCOUNT_DIGITS = 43
"""How many digits wide the accounts are at least: a name and three amounts."""


class LedgerPage(Page):
    """Where does every amount come from, where does it go?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Ledger"), tr("Where every amount comes from and goes"))
        self.vm = LedgerVM(shell.desk)
        self.add_command(Command("ledger.statement", tr("Statement"), "Ctrl+P", self._statement))
        self.vm.narrow(self.vm.filter.again(shell.settings.get(_FILTER)))
        self._filling = False
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        margins(columns, spacing=GAP)
        left = QVBoxLayout()
        margins(left, spacing=GAP)
        self._detail = DetailCard(shell)
        left.addWidget(self._account_card())
        left.addWidget(self._detail, 1)
        self._years = self._year_card()
        left.addWidget(self._years, 1)
        columns.addLayout(left, 4)
        columns.addWidget(self._right_card(), 8)
        self._postings.explained.connect(self._detail.show_detail)
        self._detail.show_detail(None)
        self._stack = QStackedWidget()
        for widget in (
            content,
            EmptyState(tr("No household yet. Import a case file (Ctrl+O); its money will be listed here.")),
            EmptyState(tr("Nobody here has a personal account. Only employees have one.")),
        ):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.vm.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        """Read the book anew."""
        self.vm.refresh()

    def show_part(self, part: str) -> None:
        """Bring a tab up."""
        if part in self._tab_keys:
            self._tab_picked(part)

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

    def _year_card(self) -> Card:
        card = Card(tr("Year by year"))
        columns: list[Column[tuple[int, Sums]]] = [
            Column(tr("Year"), lambda row: str(row[0]), stretch=True),
            Column(tr("Came in"), lambda row: grouped(row[1].came_in), number=True),
            Column(tr("Paid out"), lambda row: grouped(row[1].paid_out), number=True),
            Column(tr("of it for family"), lambda row: grouped(row[1].for_family), number=True),
        ]
        self._by_year = TableModel(columns)
        card.body.addWidget(Table(self._by_year, tr("Year by year")), 1)
        return card

    def _right_card(self) -> Card:
        card = Card()
        self._title = Elided("", "heading")
        self._postings, self._year = PostingsTab(self.shell, self.vm), YearTab(self.shell, self.vm)
        self.premiums, self.inflow = PremiumsTab(self, self.vm), InflowTab(self, self.vm)
        tabs = {
            "postings": (tr("Postings"), self._postings),
            "year": (tr("Year"), self._year),
            "premiums": (tr("Premiums"), self.premiums),
            "inflow": (tr("Inflow"), self.inflow),
        }
        self.tabs = Segments([(key, title) for key, (title, _) in tabs.items()], tr("Ledger"))
        self._tab_stack = QStackedWidget()
        for _, widget in tabs.values():
            self._tab_stack.addWidget(widget)
        self._tab_keys = list(tabs)
        kept = self.shell.settings.get(_TAB)
        self._go_to(kept if kept in tabs else "postings")
        self.tabs.picked.connect(self._tab_picked)
        card.head.addWidget(self._title, 1)
        card.head.addWidget(self.tabs)
        card.body.addWidget(self._tab_stack, 1)
        return card

    def _statement(self) -> None:
        StatementDialog(self.shell, self.vm, self).open()

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid() and not self._filling:
            self.vm.choose(self._accounts.rows[index.row()].person_id)

    def _show(self) -> None:
        vm = self.vm
        self._stack.setCurrentIndex(0 if vm.accounts else 2 if vm.has_household else 1)
        self.shell.commands.enable("ledger.statement", bool(vm.accounts))
        if not vm.accounts:
            return
        self._show_accounts()
        self._title.setText(vm.title)
        self.shell.settings.set(_FILTER, vm.filter.kept)
        self._show_tab()

    def _go_to(self, key: str) -> None:
        self.tabs.set_value(key)
        self._tab_stack.setCurrentIndex(self._tab_keys.index(key))

    def _tab_picked(self, key: object) -> None:
        self._go_to(str(key))
        self.shell.settings.set(_TAB, str(key))
        self._show_tab()

    def _show_tab(self) -> None:
        tab = self._tab_stack.currentWidget()
        self._detail.setVisible(isinstance(tab, PostingsTab))
        self._years.setVisible(not isinstance(tab, PostingsTab))
        if not isinstance(tab, PostingsTab):
            self._by_year.set_rows(YearVM(self.shell.desk, self.vm).year_by_year)
        if isinstance(tab, PostingsTab | YearTab | PremiumsTab | InflowTab):
            tab.show_all()

    def _show_accounts(self) -> None:
        if tuple(self._accounts.rows) == self.vm.accounts:
            return
        self._filling = True
        self._accounts.set_rows(self.vm.accounts)
        chosen = [row.person_id for row in self.vm.accounts].index(self.vm.chosen)
        self._account_table.go_to(chosen)
        self._filling = False
