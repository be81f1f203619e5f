"""The plan: what is expected at the left, what comes of it at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import Fen, format_amount, grouped
from famgui.ui.plan.answer import Ahead, AnswerCard
from famgui.ui.plan.rows import RowsModel
from famgui.ui.plan.rowstable import RowsTable
from famgui.ui.plan.viewmodel import PlanVM
from famgui.ui.plan.words import Note, product_word
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, ROW_HEIGHT, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, chip, clear, label
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field, MoneyEdit, Segments
from famgui.usecase.expected import PremiumOffer

_ACCOUNTS_A_LINE = 3
_TABLE_ROWS = 4


class PlanPage(Page):
    """How long do the balances last, and what will be left to pay in cash?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Plan"), tr("How long the balances last, and what is left to pay in cash"))
        self.vm = PlanVM(shell.desk)
        self._money: dict[str, MoneyEdit] = {}
        self._fields: dict[str, Field] = {}
        self._boxes: dict[PremiumOffer, QCheckBox] = {}
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        margins(columns, spacing=GAP)
        columns.addWidget(self._form(), 3)
        right = QVBoxLayout()
        margins(right, spacing=GAP)
        self._answer, self._ahead = AnswerCard(shell), Ahead(shell)
        self._ahead.orders.picked.connect(self.vm.look_at)
        right.addWidget(self._answer)
        right.addWidget(self._ahead, 1)
        columns.addLayout(right, 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(content)
        self._stack.addWidget(EmptyState(tr("No household yet: import a case file, then plan its year here.")))
        self.body.addWidget(self._stack, 1)
        self.vm.changed.connect(self._show)
        self.vm.found_again.connect(self._found_again)
        shell.desk.visit_changed.connect(self._show_like)
        self._show()
        if self.vm.draft.rows:
            self._found_again()

    def refresh(self) -> None:
        """Plan anew with the household at hand."""
        self.vm.refresh()

    def leave(self) -> None:
        """Save what is half-done at once."""
        self.vm.keeper.flush()

    def _form(self) -> QWidget:
        card = Card(tr("Expected visits"))
        self._like = button(tr("Like the calculator's visit"), "", self.vm.add_like)
        self._remove = button(tr("Remove line"), "", lambda: self._table.remove_line())
        card.add_to_head(self._like, self._remove, stretch=True)
        self._rows = RowsModel(self.shell.desk, self.vm.new_row)
        self._rows.edited.connect(lambda: self.vm.edit(rows=self._rows.rows))
        self._table = RowsTable(self._rows)
        self._table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        at_least(self._table, height=_TABLE_ROWS * ROW_HEIGHT)
        card.body.addWidget(self._table, 1)
        card.body.addLayout(self._inflow_head())
        self._inflow = QGridLayout()
        margins(self._inflow, spacing=GRID)
        card.body.addLayout(self._inflow)
        self._premium_title = label(tr("Premiums to pay for the family"), "heading")
        card.body.addWidget(self._premium_title)
        self._premiums = QVBoxLayout()
        margins(self._premiums, spacing=GRID // 2)
        card.body.addLayout(self._premiums)
        card.body.addLayout(self._horizon())
        return card

    def _inflow_head(self) -> QHBoxLayout:
        self._inflow_day = Choice(
            [(day, tr("on day {day}", day=day)) for day in range(1, 29)] + [(31, tr("on the last day"))]
        )
        self._inflow_day.setAccessibleName(tr("Day of the monthly inflow"))
        self._inflow_day.picked.connect(lambda day: self.vm.edit(inflow_day=day))
        line = QHBoxLayout()
        margins(line)
        line.addWidget(label(tr("Monthly inflow"), "heading"))
        line.addStretch(1)
        line.addWidget(self._inflow_day)
        return line

    def _horizon(self) -> QHBoxLayout:
        self._start = DayEdit(self.vm.horizon.start)
        self._start.dateChanged.connect(lambda _: self.vm.edit(start=self._start.day))
        self._start_field = Field(tr("From"), self._start)
        self._until = Segments([(False, tr("This year")), (True, tr("Next year too"))], tr("Until"))
        self._until.picked.connect(lambda value: self.vm.edit(next_year=bool(value)))
        line = QHBoxLayout()
        margins(line, spacing=GAP)
        line.addWidget(self._start_field)
        line.addStretch(1)
        line.addWidget(self._until)
        return line

    def _show(self) -> None:
        vm = self.vm
        self._stack.setCurrentIndex(0 if vm.inflow or self.shell.desk.live is not None else 1)
        horizon = vm.horizon
        self._rows.set_rows(vm.draft.rows, horizon.start)
        self._show_inflow()
        self._show_premiums()
        self._start.blockSignals(True)
        self._start.set_day(vm.draft.start or horizon.start if horizon.too_early else horizon.start)
        self._start.blockSignals(False)
        early = tr("Recorded up to {day}: the plan starts on {start}.", day=horizon.recorded, start=horizon.start)
        self._start_field.say(early if horizon.too_early else "")
        self._until.set_value(vm.draft.next_year)
        self._inflow_day.set_value(vm.inflow_day)
        missing = tr("Planning ...") if vm.busy else vm.missing
        self._answer.show_plan(vm.plan, vm.course, missing)
        self._ahead.setVisible(vm.plan is not None)
        self._ahead.show_plan(vm.plan, vm.course, self._about_inflow())
        self._show_like()

    def _about_inflow(self) -> list[Note]:
        """The inflow that no deposit but a rule gives."""
        found = []
        for row in self.vm.inflow:
            if row.clause:
                said = tr("Monthly inflow of {name}", name=row.name)
                weak = f" · {tr('Unconfirmed')}" if row.weak else ""
                found.append(Note("·", f"{said} {grouped(row.amount)}{weak}", row.clause))
        return found

    def _show_like(self) -> None:
        self._like.setEnabled(self.vm.visit is not None)
        self._remove.setEnabled(bool(self.vm.draft.rows))

    def _show_inflow(self) -> None:
        rows = self.vm.inflow
        if [row.account for row in rows] != list(self._money):
            clear(self._inflow)
            self._money, self._fields = {}, {}
            for number, row in enumerate(rows):
                edit = MoneyEdit(row.amount)
                edit.setAlignment(Qt.AlignmentFlag.AlignRight)
                edit.setAccessibleName(tr("Monthly inflow of {name}", name=row.name))
                edit.editingFinished.connect(lambda account=row.account: self._typed(account))
                edit.textChanged.connect(lambda _, account=row.account: self._say_again(account))
                self._money[row.account] = edit
                field = self._fields[row.account] = Field(row.name, edit, beside=False)
                self._inflow.addWidget(field, number // _ACCOUNTS_A_LINE, number % _ACCOUNTS_A_LINE)
            for column in range(_ACCOUNTS_A_LINE):
                self._inflow.setColumnStretch(column, 1)
        for row in rows:
            edit = self._money[row.account]
            if row.account not in self.vm.unread and edit.fen != row.amount and not edit.hasFocus():
                edit.setText(format_amount(row.amount))

    def _inflow_typed(self, account: str) -> Fen | None:
        """What was typed, 0 for nothing, None while it is no amount."""
        edit = self._money[account]
        return edit.fen if edit.text().strip() else 0

    def _say_again(self, account: str) -> None:
        """Take back what was said as soon as it holds no more."""
        if self._fields[account].problem and self._inflow_typed(account) is not None:
            self._typed(account)

    def _typed(self, account: str) -> None:
        fen, now = self._inflow_typed(account), {row.account: row.amount for row in self.vm.inflow}
        self._fields[account].say(tr("Not an amount: digits, at most two decimals") if fen is None else "")
        title = self._money[account].accessibleName()
        if fen is None:
            self.vm.mark(account, tr("“{field}” is not an amount: type digits, at most two decimals.", field=title))
        elif fen != now[account]:
            self.vm.set_inflow(account, fen)
        else:
            self.vm.mark(account, "")

    def _show_premiums(self) -> None:
        offers, wanted = self.vm.offers, set(self.vm.draft.premiums)
        if list(self._boxes) != list(offers):
            clear(self._premiums)
            self._boxes = {offer: QCheckBox() for offer in offers}
            for offer, box in self._boxes.items():
                self._premiums.addLayout(self._offer(offer, box))
        for offer, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked((offer.person, offer.product) in wanted)
            box.blockSignals(False)
        self._premium_title.setVisible(bool(offers))

    def _offer(self, offer: PremiumOffer, box: QCheckBox) -> QHBoxLayout:
        names = self.shell.desk.names
        said = tr(
            "{name} · {product} · {amount} · {payer} pays · {day}",
            name=names.get(offer.person, offer.person),
            product=product_word(offer.product),
            amount=grouped(offer.amount),
            payer=names.get(offer.payer, offer.payer),
            day=offer.day,
        )
        box.setText(said)
        box.setAccessibleName(said)
        box.toggled.connect(lambda on: self.vm.pay_premium(offer, wanted=on))
        line = QHBoxLayout()
        margins(line)
        line.addWidget(box)
        if offer.weak:
            line.addWidget(chip(tr("Unconfirmed"), "warning"))
        line.addStretch(1)
        return line

    def _found_again(self) -> None:
        self.shell.toasts.show(tr("Your plan is back"), [(tr("Clear"), self.vm.start_over)])
