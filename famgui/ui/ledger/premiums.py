"""Premiums of the ledger page: who is due, who has paid, and paying for several in one go."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.checklist import show_checklist
from famgui.ui.ledger.named import named
from famgui.ui.ledger.premium_model import DueRow, PremiumVM, Said
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.ledger.words import product_words
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, clear, command_button, label, row, rule
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.fields import Choice, MoneyEdit
from famgui.ui.widgets.flow import flow
from famgui.usecase.checklist import premium_event

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PremiumsTab(QWidget):
    """代缴: premiums due and paid."""

    def __init__(self, page: Page, vm: LedgerVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell: Shell = page.shell
        self._ledger = vm
        self._shown: tuple[DueRow, ...] | None = None
        self._boxes: dict[str, QCheckBox] = {}
        self.vm = PremiumVM(page.shell.desk)
        action = page.shell.commands.add(page, Command("ledger.premium", tr("Pay premiums"), "", self.vm.pay))
        self._pay = command_button(action, "primary")
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._head())
        self._window = QHBoxLayout()
        margins(self._window)
        column.addLayout(self._window)
        column.addWidget(rule())
        column.addWidget(self._list(), 1)
        column.addWidget(rule())
        self._said = QVBoxLayout()
        margins(self._said, spacing=4)
        column.addLayout(self._said)
        column.addLayout(self._foot())
        self.vm.changed.connect(self._show)
        self.vm.recorded.connect(self._recorded)

    def show_all(self) -> None:
        """Show the household's premiums; the account chosen on the page is to pay, where it can."""
        account = self._ledger.account
        self.vm.refresh("" if account is None else account.handle)

    def _head(self) -> QWidget:
        self._product = Choice()
        self._product.picked.connect(lambda name: self.vm.take(product=str(name)))
        self._day = DayEdit(self.vm.day)
        self._day.dateChanged.connect(lambda _: self.vm.take(day=self._day.day))
        self._price = MoneyEdit()
        self._price.changed.connect(lambda: self.vm.take(price=self._price.fen))
        self._price_field = named(tr("Price a person"), self._price)
        return flow(
            named(tr("Product"), self._product), named(tr("Paid on"), self._day), self._price_field, spacing=GAP
        )

    def _list(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "plain")
        outer = QVBoxLayout(inside)
        margins(outer)
        self._grid = QGridLayout()
        margins(self._grid, spacing=GRID)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setColumnStretch(2, 1)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Premiums due and paid"))
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        return area

    def _foot(self) -> QHBoxLayout:
        self._payer = Choice()
        self._payer.picked.connect(lambda handle: self.vm.take(payer=str(handle)))
        line = QHBoxLayout()
        margins(line)
        line.addWidget(named(tr("Paying account"), self._payer))
        line.addStretch(1)
        line.addWidget(self._pay)
        return line

    def _show(self) -> None:
        vm, product = self.vm, self.vm.chosen
        self._product.set_entries([(one.name, product_words(one.name)) for one in vm.products])
        self._product.set_value(None if product is None else product.name)
        self._price_field.setVisible(product is not None and product.stated)
        self._payer.set_entries(vm.payers)
        self._payer.set_value(vm.payer)
        self._payer.setEnabled(bool(vm.payers))
        self._show_window()
        self._show_rows(vm.rows)
        clear(self._said)
        for line in vm.result or vm.preview:
            self._said.addWidget(self._line(line))
        self._shell.commands.enable("ledger.premium", vm.can_pay)

    def _show_window(self) -> None:
        clear(self._window)
        product = self.vm.chosen
        if product is None:
            self._window.addWidget(label(tr("The rules of this place know no premium on this day."), "dim", wrap=True))
            return
        words = self.vm.window_words
        text = tr("Time to pay: {days}", days=words) if words else tr("The place sets no time to pay and no price.")
        self._window.addWidget(label(text, "dim"))
        if product.rule.weak:
            self._window.addWidget(chip(tr("Unconfirmed"), "warning"))
        if product.rule.clause:
            self._window.addWidget(clause_chip(product.rule.clause, self._shell.desk.open_clause))
        self._window.addStretch(1)

    def _show_rows(self, rows: tuple[DueRow, ...]) -> None:
        """The people; built anew only when something about them is different, so that a tick keeps its focus."""
        if rows != self._shown:
            self._shown = rows
            clear(self._grid)
            self._boxes = {one.handle: self._row(line, one) for line, one in enumerate(rows)}
            if not rows:
                said = label(tr("Nobody here is insured as the product wants it."), "dim", wrap=True)
                self._grid.addWidget(said, 0, 0, 1, 5)
        for handle, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(handle in self.vm.picked)
            box.blockSignals(False)

    def _row(self, line: int, one: DueRow) -> QCheckBox:
        box: QCheckBox = QCheckBox()
        box.setAccessibleName(tr("Pay for {name}", name=one.name))
        box.setEnabled(not one.paid)
        box.setHidden(one.paid)
        box.toggled.connect(lambda on: self._pick(one.handle, on))
        amount = label("—" if one.amount is None else grouped(one.amount), "heading")
        amount.setAlignment(_RIGHT)
        marks: list[QWidget] = [chip(tr("Unconfirmed"), "warning")] if one.weak else []
        if one.clause:
            marks.append(clause_chip(one.clause, self._shell.desk.open_clause))
        if one.event:
            steps = button(tr("Checklist"), "more", lambda: self._open_checklist(one.event))
            steps.setAccessibleName(tr("Checklist for {name}", name=one.name))
            marks.append(steps)
        state = Elided(("✓ " if one.paid else "· ") + one.state, "good" if one.paid else "note")
        for place, widget in enumerate((box, Elided(one.name), state, amount, row(*marks))):
            self._grid.addWidget(widget, line, place)
        return box

    def _pick(self, handle: str, on: bool) -> None:
        self.vm.take(picked=self.vm.picked | {handle} if on else self.vm.picked - {handle})

    def _line(self, said: Said) -> QWidget:
        text = label(f"{'✓' if said.good else '✗'} {said.text}", "good" if said.good else "problem", wrap=True)
        chips = [clause_chip(said.clause, self._shell.desk.open_clause)] if said.clause else []
        made = row(text, *chips, stretch_last=False)
        layout = made.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.setStretch(0, 1)
        return made

    def _recorded(self, handle: str) -> None:
        steps = (tr("Checklist"), lambda: self._open_checklist(handle))
        self._shell.toasts.show(tr("Premiums paid, recorded as {id}", id=handle), [steps])

    def _open_checklist(self, handle: str) -> None:
        """The steps on the official platform for a premium that is paid."""
        desk = self._shell.desk
        event = None if desk.book is None or desk.live is None else premium_event(desk.book, desk.live, handle)
        if event is not None:
            show_checklist(self._shell, "premium", (event,), self)
