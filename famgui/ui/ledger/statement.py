"""The statement of an account: whose, from when to when, what it comes to; printed, or written as PDF, xlsx or CSV."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from famgui.domain.account import Balance
from famgui.domain.household import Premium
from famgui.domain.money import Fen, grouped
from famgui.files.statement import Cell, Heading, Listing
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.ledger.words import EventWords, bucket_words, moved_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import CARD_PADDING, GAP, GRID, margins
from famgui.ui.widgets.basic import button, label, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.export import Exporter, Form
from famgui.ui.widgets.fields import Choice, Field, masked
from famgui.usecase.statement import Line, Statement, statement


def listings(found: Statement, words: EventWords, desk: Desk) -> tuple[Listing, ...]:
    """The statement as tables: every movement between opening and closing, the sums by kind, and by whom it served."""
    names = desk.names
    return (
        Listing(
            tr("Statement of account"),
            (
                Heading(tr("Date"), "day"),
                Heading(tr("Event")),
                Heading(tr("Number")),
                Heading(tr("Money of")),
                Heading(tr("Came in"), "amount"),
                Heading(tr("Paid out"), "amount"),
                Heading(tr("Balance"), "amount"),
            ),
            [_opening(found), *(_line(line, words) for line in found.lines)],
            tuple(_facts(found, desk)),
            (_closing(found),),
        ),
        Listing(
            tr("By kind"),
            (Heading(tr("Kind")), Heading(tr("How many"), "count"), Heading(tr("Amount"), "amount")),
            [(moved_words()[moved], count, amount) for moved, count, amount in found.by_kind],
            (),
            ((tr("Total"), len(found.lines), sum(line.amount for line in found.lines)),),
        ),
        Listing(
            tr("Spent for"),
            (Heading(tr("User")), Heading(tr("Amount"), "amount")),
            [(names.get(who, who), amount) for who, amount in found.by_user if amount],
            (),
            ((tr("Total"), sum(amount for _, amount in found.by_user)),),
        ),
    )


def _facts(found: Statement, desk: Desk) -> Sequence[tuple[str, str]]:
    holder = found.holder
    return (
        (tr("Holder"), holder.name or holder.id),
        (tr("ID number"), masked(holder.id_number) or "—"),
        (tr("Insured place"), f"{desk.place_name(holder.insured_place)} {holder.insured_place}"),
        (tr("Period"), tr("{first} to {last}", first=found.first.isoformat(), last=found.last.isoformat())),
        (tr("Opening"), _held(found.opening)),
        (tr("Closing"), _held(found.closing)),
    )


def _held(balance: Balance) -> str:
    amounts = {
        "amount": grouped(balance.total),
        "current": grouped(balance.current),
        "prior": grouped(balance.prior_years),
    }
    return tr("{amount}, of it this year's {current} and prior years' {prior}", **amounts)


def _opening(found: Statement) -> list[Cell]:
    return [found.first, tr("Opening"), "", "", None, None, found.opening.total]


def _line(line: Line, words: EventWords) -> list[Cell]:
    came, went = (line.amount, None) if line.amount > 0 else (None, -line.amount)
    what = words.of_posting(line.moved, line.event.id)
    if isinstance(line.event, Premium) and line.moved == "premium":
        what = words.of_premium(line.event, (who for who, _ in line.users))
    number = "" if line.moved == "carry-over" else line.event.id
    return [line.day, what, number, bucket_words()[line.bucket], came, went, line.balance]


def _closing(found: Statement) -> list[Cell]:
    came: Fen = sum(line.amount for line in found.lines if line.amount > 0)
    went: Fen = -sum(line.amount for line in found.lines if line.amount < 0)
    return [found.last, tr("Closing"), "", "", came, went, found.closing.total]


class StatementDialog(QDialog):
    """Account and period, what it comes to, and the ways to take it along."""

    def __init__(self, shell: Shell, vm: LedgerVM, page: QWidget) -> None:
        super().__init__(page)
        self.setWindowTitle(tr("Statement of account"))
        self.setProperty("kind", "page")
        self._desk, self._vm = shell.desk, vm
        self.found: Statement | None = None
        self._account, self._period = Choice(), Choice()
        self._account.set_entries([(row.handle, row.name) for row in vm.accounts if row.handle])
        self._period.set_entries(
            [*((year, tr("Year {year}", year=year)) for year in vm.years), (0, tr("From day to day"))]
        )
        first, last = self._days_asked()
        self._first, self._last = DayEdit(first), DayEdit(last)
        self._first.setAccessibleName(tr("From"))
        self._last.setAccessibleName(tr("To"))
        self._said = label("", "", wrap=True)
        self.exporter = Exporter(shell, self, self.collect, shell.desk.wording.say("report", "note"))
        column = QVBoxLayout(self)
        margins(column, horizontal=CARD_PADDING, vertical=CARD_PADDING, spacing=GAP)
        column.addWidget(Field(tr("Account"), self._account))
        column.addWidget(Field(tr("Period"), self._period))
        column.addWidget(Field(tr("Days"), row(self._first, self._last)))
        column.addWidget(self._said)
        column.addLayout(self._buttons())
        self._preset()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addStretch(1)
        self._takes: list[QPushButton] = []
        forms: tuple[tuple[Form, str], ...] = (("xlsx", tr("Excel (xlsx)")), ("csv", "CSV"), ("pdf", "PDF"))
        for form, title in forms:
            self._takes.append(button(title, "", partial(self._take, form)))
        preview = button(tr("Preview and print"), "primary", self.exporter.preview)
        preview.setDefault(True)
        self._takes.append(preview)
        for made in self._takes:
            line.addWidget(made)
        return line

    def _take(self, form: Form) -> None:
        self.exporter.ask(form, self._name())

    def _days_asked(self) -> tuple[date, date]:
        first, last = self._vm.filter.days
        years = self._vm.years
        return first or date(years[-1], 1, 1), last or date(years[0], 12, 31)

    def _preset(self) -> None:
        vm = self._vm
        account = vm.account
        if account is not None:
            self._account.set_value(account.handle)
        self._period.set_value(vm.filter.year if vm.filter.period == "year" else 0)
        self._account.picked.connect(lambda _: self._show())
        self._period.picked.connect(lambda _: self._show())
        for edit in (self._first, self._last):
            edit.dateChanged.connect(lambda _: self._show())
        self._show()

    def _find(self) -> Statement | None:
        desk, holder = self._desk, str(self._account.value or "")
        year = int(str(self._period.value or 0))
        first, last = (date(year, 1, 1), date(year, 12, 31)) if year else (self._first.day, self._last.day)
        if desk.live is None or desk.book is None or not holder or first > last:
            return None
        return statement(desk.book, desk.live, holder, first, last)

    def collect(self) -> Sequence[Listing]:
        """The statement as tables; runs on the worker thread, so that it asks no widget."""
        return () if self.found is None else listings(self.found, self._vm.words, self._desk)

    def _show(self) -> None:
        for edit in (self._first, self._last):
            edit.setEnabled(not self._period.value)
        found = self.found = self._find()
        for made in self._takes:
            made.setEnabled(found is not None)
        if found is None:
            self._said.setText(f"✗ {tr('The last day is before the first')}")
            return
        self._said.setText(
            tr(
                "Opening {opening}, {count} postings, closing {closing}.",
                opening=grouped(found.opening.total),
                count=len(found.lines),
                closing=grouped(found.closing.total),
            )
        )

    def _name(self) -> str:
        found = self.found
        if found is None:
            return tr("Statement of account")
        return f"{tr('Statement of account')} {found.holder.name} {found.first:%Y%m%d}-{found.last:%Y%m%d}"
