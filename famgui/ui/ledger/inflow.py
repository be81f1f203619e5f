"""Monthly inflow of the ledger page: the base or the amount, the months that come of it, and a single deposit."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.ledger.inflow_model import InflowVM, MonthRow
from famgui.ui.ledger.named import named
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import chip, clause_chip, clear, command_button, label, rule
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, MoneyEdit, Segments
from famgui.ui.widgets.flow import flow
from famgui.ui.widgets.table import Column, Table, TableModel


class MonthEdit(DayEdit):
    """A month, typed or stepped; its day is the first."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.setDisplayFormat("yyyy-MM")

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self.day.replace(day=1)


class InflowTab(QWidget):
    """划入: what flows into an account every month."""

    def __init__(self, page: Page, vm: LedgerVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._ledger = page.shell, vm
        self.vm = InflowVM(page.shell.desk)
        commands = page.shell.commands
        action = commands.add(page, Command("ledger.inflow", tr("Record the months"), "", self.vm.record))
        self._record: QPushButton = command_button(action, "primary")
        single = commands.add(page, Command("ledger.deposit", tr("Put in"), "", self.vm.deposit))
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._form())
        self._rule = QHBoxLayout()
        margins(self._rule)
        column.addLayout(self._rule)
        self._rows = TableModel(self._columns())
        self._table = Table(self._rows, tr("Months"))
        column.addWidget(self._table, 1)
        self._sum = label("", "dim")
        foot = QHBoxLayout()
        margins(foot)
        foot.addWidget(self._sum)
        foot.addStretch(1)
        foot.addWidget(self._record)
        column.addLayout(foot)
        self._problem = label("", "problem", wrap=True)
        column.addWidget(self._problem)
        column.addWidget(rule())
        column.addWidget(self._single(command_button(single)))
        self.vm.changed.connect(self._show)
        self.vm.recorded.connect(self._recorded)

    def show_all(self) -> None:
        """Show the account chosen on the page."""
        account = self._ledger.account
        self.vm.refresh("" if account is None else account.handle)

    def _form(self) -> QWidget:
        vm = self.vm
        self._account = Choice()
        self._account.picked.connect(lambda handle: vm.take(account=str(handle)))
        self._way = Segments([("rule", tr("By the rules")), ("stated", tr("Amount stated"))], tr("How much"))
        self._way.picked.connect(lambda way: vm.take(way=way))
        self._base, self._stated = MoneyEdit(), MoneyEdit()
        self._base.changed.connect(lambda: vm.take(base=self._base.fen))
        self._stated.changed.connect(lambda: vm.take(stated=self._stated.fen))
        self._first, self._last = MonthEdit(vm.first), MonthEdit(vm.last)
        self._first.dateChanged.connect(lambda _: vm.take(first=self._first.month))
        self._last.dateChanged.connect(lambda _: vm.take(last=self._last.month))
        self._base_field = named(tr("Base a month"), self._base)
        self._stated_field = named(tr("A month"), self._stated)
        return flow(
            named(tr("Account"), self._account),
            self._way,
            self._base_field,
            self._stated_field,
            named(tr("First month"), self._first),
            named(tr("Last month"), self._last),
            spacing=GAP,
        )

    def _single(self, put_in: QWidget) -> QWidget:
        self._amount = MoneyEdit()
        self._amount.changed.connect(lambda: self.vm.take(single=self._amount.fen))
        self._day = DayEdit(self.vm.single_day)
        self._day.dateChanged.connect(lambda _: self.vm.take(single_day=self._day.day))
        return flow(
            named(tr("Single deposit"), self._amount), named(tr("Deposited on"), self._day), put_in, spacing=GAP
        )

    @staticmethod
    def _columns() -> tuple[Column[MonthRow], ...]:
        return (
            Column(tr("Month"), lambda row: f"{row.day:%Y-%m}"),
            Column(tr("State"), lambda row: row.state, stretch=True),
            Column(tr("Amount"), lambda row: "—" if row.amount is None else grouped(row.amount), number=True),
        )

    def _show(self) -> None:
        vm = self.vm
        self._account.set_entries(vm.accounts)
        self._account.set_value(vm.account)
        self._base_field.setVisible(vm.needs_base)
        self._stated_field.setVisible(vm.way == "stated")
        if vm.single is None and self._amount.fen:
            self._amount.clear()
        rows = vm.rows
        self._rows.set_rows(rows)
        count, total = vm.total
        self._sum.setText(tr("{count} months, {amount} together", count=count, amount=grouped(total)) if count else "")
        said = vm.problem or vm.late
        self._problem.setText(f"✗ {said}" if said else "")
        self._problem.setVisible(bool(said))
        self._show_rule(rows)
        self._shell.commands.enable("ledger.inflow", vm.can_record)
        self._shell.commands.enable("ledger.deposit", vm.can_deposit)

    def _show_rule(self, rows: tuple[MonthRow, ...]) -> None:
        """Which rule gives the amounts; each one once."""
        clear(self._rule)
        vm = self.vm
        if vm.first > vm.last:
            self._rule.addWidget(label(f"✗ {tr('The last month is before the first.')}", "problem"))
        elif vm.way == "rule":
            rules = dict.fromkeys((one.clause, one.weak) for one in rows if one.clause)
            words = vm.rule_words if rules else tr("The rules of this place give no amount; state it.")
            self._rule.addWidget(label(words, "dim"))
            for clause, weak in rules:
                if weak:
                    self._rule.addWidget(chip(tr("Unconfirmed"), "warning"))
                self._rule.addWidget(clause_chip(clause, self._shell.desk.open_clause))
        self._rule.addStretch(1)

    def _recorded(self, said: str) -> None:
        self._shell.toasts.show(said)
