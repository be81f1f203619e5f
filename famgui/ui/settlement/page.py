"""The settlement page: the visit at the left, the answer at the right while one types."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from famgui.domain.money import format_amount, grouped
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome
from famgui.ui.paper import Sheet, print_sheet
from famgui.ui.settlement.items import ItemsModel, ItemsTable
from famgui.ui.settlement.result import WhoPays, Why, right_side
from famgui.ui.settlement.sheet import settlement_sheet
from famgui.ui.settlement.viewmodel import KINDS, LEVEL_CHOICES, Meter, SettlementVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import (
    ANSWER_WIDTH,
    BILL_WIDTH,
    GAP,
    GRID,
    METER_HEIGHT,
    ROW_HEIGHT,
    at_least,
    fix_height,
    margins,
)
from famgui.ui.widgets.basic import Card, figure, label, row
from famgui.ui.widgets.fields import Choice, DayEdit, Field, MoneyEdit, Segments

_SCALE = 1000


class SettlementPage(Page):
    """Answers while one types; Ctrl+Enter records."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Settlement"), tr("Who pays how much, and why"))
        self.vm = SettlementVM(shell.desk)
        self.add_command(Command("settlement.print", tr("Print"), "Ctrl+P", self._print))
        self.add_command(Command("settlement.record", tr("Record"), "Ctrl+Return", self.vm.record), primary=True)
        columns = QHBoxLayout()
        margins(columns, spacing=GAP)
        columns.addWidget(self._form(), 1)
        self._who, self._why = WhoPays(shell), Why(shell)
        at_least(self._who, ANSWER_WIDTH)
        columns.addLayout(right_side(self._who, self._why), 1)
        self.body.addLayout(columns, 1)
        self.vm.changed.connect(self._show)
        self.vm.recorded.connect(self._recorded)
        self.vm.refused.connect(self._refused)
        self.vm.found_again.connect(self._found_again)
        self._fill()
        self._show()
        if self.vm.draft.items:
            self._found_again()

    def refresh(self) -> None:
        """Take up the household at hand."""
        self.vm.refresh()
        self._fill()

    def _form(self) -> QWidget:
        card = Card()
        self._patient = Choice()
        self._patient.picked.connect(lambda value: self.vm.edit(patient=value))
        self._day = DayEdit(self.vm.draft.date)
        self._day.setAccessibleName(tr("Date"))
        self._day.dateChanged.connect(lambda _: self.vm.edit(date=self._day.day))
        words = {kind: self._word(kind) for kind in KINDS}
        self._kind = Segments([(kind, words[kind]) for kind in KINDS], tr("Kind"))
        self._kind.picked.connect(lambda value: self.vm.edit(kind=value))
        self._level = Segments([(level, self._word(level)) for level in LEVEL_CHOICES], tr("Level"))
        self._level.set_value(self.vm.draft.level)
        self._level.picked.connect(lambda value: self.vm.edit(level=value))
        self._designated = QCheckBox(tr("Designated"))
        self._designated.setAccessibleName(tr("Designated"))
        self._designated.setChecked(True)
        self._designated.toggled.connect(lambda on: self.vm.edit(designated=on))
        self._limit = MoneyEdit()
        self._limit.changed.connect(lambda: self.vm.edit(disease_limit=self._limit.fen))
        self._pool_paid = MoneyEdit()
        self._pool_paid.changed.connect(lambda: self.vm.edit(pool_paid=self._pool_paid.fen))
        self._limit_field = Field(tr("Disease limit left"), self._limit)
        self._pool_field = Field(tr("Pool by receipt"), self._pool_paid)
        self._level_field = Field(tr("Facility"), row(self._level, self._designated))
        for field in (
            Field(tr("User"), self._patient),
            Field(tr("Date"), row(self._day)),
            Field(tr("Kind"), self._kind),
            self._level_field,
            self._limit_field,
            self._pool_field,
        ):
            card.body.addWidget(field)
        card.body.addWidget(label(tr("Bill"), "heading"))
        self._items = ItemsModel()
        self._items.edited.connect(lambda: self.vm.set_items(self._items.items))
        self._table = ItemsTable(self._items)
        at_least(self._table, BILL_WIDTH, 5 * ROW_HEIGHT)
        card.body.addWidget(self._table, 1)
        self._total = figure("0.00")
        card.body.addWidget(row(label(tr("Total"), "heading"), self._spring(), self._total, stretch_last=False))
        card.body.addLayout(self._meters())
        return card

    @staticmethod
    def _spring() -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        layout = QHBoxLayout(made)
        margins(layout)
        layout.addStretch(1)
        return made

    def _meters(self) -> QHBoxLayout:
        layout = QHBoxLayout()
        margins(layout, spacing=GAP)
        self._meter_parts: dict[str, tuple[QWidget, Callable[[Meter], None]]] = {}
        for name, title in (("deductible", tr("Deductible this year")), ("pool", tr("Pool this year"))):
            words, bar = label("", "dim"), QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, _SCALE)
            bar.setProperty("payer", "pool" if name == "pool" else "own")
            bar.setAccessibleName(title)
            fix_height(bar, METER_HEIGHT)
            holder = QWidget()
            holder.setProperty("kind", "plain")
            column = QVBoxLayout(holder)
            margins(column, spacing=GRID // 2)
            column.addWidget(row(label(title, "dim"), words))
            column.addWidget(bar)
            layout.addWidget(holder, 1)

            def show(meter: Meter, words: object = words, bar: QProgressBar = bar) -> None:
                limit = grouped(meter.limit) if meter.limit is not None else "—"
                words.setText(f"{grouped(meter.used)} / {limit}")  # type: ignore[attr-defined]
                bar.setValue(min(_SCALE, _SCALE * meter.used // meter.limit) if meter.limit else 0)

            self._meter_parts[name] = (holder, show)
        return layout

    def _word(self, key: str) -> str:
        return self.shell.desk.wording.say("word", key)

    def _fill(self) -> None:
        self._patient.set_entries([(person.id, self._person_line(person.id)) for person in self.vm.patients])
        self._patient.set_value(self.vm.draft.patient)

    def _person_line(self, handle: str) -> str:
        person = next(person for person in self.vm.patients if person.id == handle)
        insurance = {"employee": tr("employee"), "resident": tr("resident"), "none": tr("not insured")}
        status = {"active": tr("working"), "retired": tr("retired"), "flexible": tr("flexible")}
        parts = [self.shell.desk.names[handle], insurance[person.insurance]]
        if person.insurance == "employee":
            parts.append(status[person.status])
        balance = self.vm.balance(handle)
        if balance is not None:
            parts.append(tr("account {amount}", amount=grouped(balance.total)))
        return " · ".join(parts)

    def _show_draft(self) -> None:
        """Bring every control in line with the draft; what already agrees is left alone, so typing is not disturbed."""
        draft = self.vm.draft
        self._patient.set_value(draft.patient)
        self._kind.set_value(draft.kind)
        self._level.set_value(draft.level)
        for control in (self._day, self._designated):
            control.blockSignals(True)
        if self._day.day != draft.date:
            self._day.set_day(draft.date)
        self._designated.setChecked(draft.designated)
        for control in (self._day, self._designated):
            control.blockSignals(False)
        for edit, fen in ((self._limit, draft.disease_limit), (self._pool_paid, draft.pool_paid)):
            if edit.fen != fen:
                edit.setText("" if fen is None else format_amount(fen))
        if draft.items != self._items.items:
            self._items.set_items(draft.items)

    def _show(self) -> None:
        draft, result = self.vm.draft, self.vm.result
        self._show_draft()
        self._limit_field.setVisible(draft.kind == "chronic")
        self._pool_field.setVisible(draft.kind == "inpatient")
        self._level.setVisible(draft.kind != "pharmacy")
        self._total.setText(grouped(sum(item.amount or 0 for item in draft.items)))
        self._who.show_result(result)
        self._why.show_result(result, self._missing())
        meters = {meter.name: meter for meter in (result.meters if result else self.vm.meters())}
        for name, (holder, show) in self._meter_parts.items():
            holder.setVisible(name in meters)
            if name in meters:
                show(meters[name])
        self.shell.commands.enable("settlement.record", result is not None and not self.vm.recording)
        self.shell.commands.enable("settlement.print", result is not None)

    def _missing(self) -> str:
        line = self.vm.line_without_amount
        if line is not None:
            return tr("Line {number} has no amount yet.", number=line)
        if self.vm.draft.kind == "chronic" and self.vm.draft.disease_limit is None:
            return tr("A chronic visit needs what the disease's limit leaves.")
        return tr("Type the bill: the answer appears with the first amount.")

    def _sheet(self) -> Sheet | None:
        visit = self.vm.visit("preview")
        if self.vm.result is None or visit is None:
            return None
        return settlement_sheet(visit, self.vm.result.settlement, self.shell.desk)

    def _print(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            print_sheet(sheet, self)

    def _recorded(self, outcome: Outcome) -> None:
        self._fill()
        handle, visit, done = outcome.event.id, outcome.event, outcome.settlement

        def undo() -> None:
            self.vm.undo(handle, lambda _: self._say_undone(handle))

        def show_paper() -> None:
            if isinstance(visit, Visit) and done is not None:
                print_sheet(settlement_sheet(visit, done, self.shell.desk), self)

        actions = [(tr("Undo"), undo), (tr("Print"), show_paper)]
        self.shell.toasts.show(tr("Recorded {id}", id=handle), actions)

    def _found_again(self) -> None:
        self.shell.toasts.show(tr("Your unfinished bill is back"), [(tr("Clear"), self.vm.start_over)])

    def leave(self) -> None:
        """Save what is half-done at once: the window closes, or the book is changed."""
        self.vm.keeper.flush()

    def _say_undone(self, handle: str) -> None:
        self._fill()
        self.shell.toasts.show(tr("Took back {id}: every amount is back where it came from", id=handle))

    def _refused(self, why: str) -> None:
        self.shell.toasts.show(why)
