"""The postings of the ledger page: filters, sums and the table; the row chosen is explained elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.files.statement import Heading, Listing
from famgui.ui.ledger.rows import Filter, PostingRow
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.ledger.words import bucket_words, moved_words, signed
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, at_least_digits, margins
from famgui.ui.widgets.basic import EmptyState, button, label, row
from famgui.ui.widgets.columns import ColumnChooser
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.export import Exporter, export_button
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.flow import flow
from famgui.ui.widgets.table import Column, Table, TableModel

_WHOSE = 1
"""The column that says whose account it is; withheld while only one is shown."""
_NAME_DIGITS = 16
_WORDS_DIGITS = 24
_TABLE, _STILL, _NONE_FOUND = range(3)


class FilterBar(QWidget):
    """Which postings: period, kind, bucket, words."""

    def __init__(self, vm: LedgerVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm = vm
        self._period, self._kind, self._bucket = Choice(), Choice(), Choice()
        self._kind.set_entries([(None, tr("All kinds")), *moved_words().items()])
        self._bucket.set_entries([(None, tr("All money")), *bucket_words().items()])
        self._first, self._last = DayEdit(vm.filter.first), DayEdit(vm.filter.last)
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("Name, item or number"))
        self._words.setClearButtonEnabled(True)
        at_least_digits(self._words, _WORDS_DIGITS)
        names = {
            self._period: tr("Period"),
            self._kind: tr("Kind"),
            self._bucket: tr("Money of"),
            self._first: tr("From"),
            self._last: tr("To"),
            self._words: tr("Search the postings"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)
        for choice in (self._period, self._kind, self._bucket):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
            choice.picked.connect(lambda _: self._taken())
        for day in (self._first, self._last):
            day.dateChanged.connect(lambda _: self._taken())
        self._words.textChanged.connect(lambda _: self._taken())
        layout = QVBoxLayout(self)
        margins(layout)
        layout.addWidget(flow(self._period, self._first, self._last, self._kind, self._bucket, self._words))

    def show_filter(self, wanted: Filter) -> None:
        """Bring every control in line with the filter; what already agrees is left alone."""
        years = [(year, tr("Year {year}", year=year)) for year in self._vm.years]
        self._period.set_entries([*years, ("all", tr("All years")), ("days", tr("From day to day"))])
        self._period.set_value(wanted.year if wanted.period == "year" else wanted.period)
        self._kind.set_value(wanted.moved)
        self._bucket.set_value(wanted.bucket)
        for edit, day in ((self._first, wanted.first), (self._last, wanted.last)):
            edit.setVisible(wanted.period == "days")
            if edit.day != day:
                edit.blockSignals(True)
                edit.set_day(day)
                edit.blockSignals(False)
        if self._words.text() != wanted.words:
            self._words.setText(wanted.words)

    def _taken(self) -> None:
        old, picked = self._vm.filter, self._period.value
        kind, bucket = self._kind.value, self._bucket.value
        first, last = self._first.day, self._last.day
        if picked == "days" and old.period == "year":
            first, last = date(old.year, 1, 1), date(old.year, 12, 31)
        wanted = Filter(
            "year" if isinstance(picked, int) else "all" if picked == "all" else "days",
            picked if isinstance(picked, int) else old.year,
            first,
            max(first, last),
            kind,  # type: ignore[arg-type]
            bucket,  # type: ignore[arg-type]
            self._words.text(),
        )
        self._vm.narrow(wanted)


class PostingsTab(QWidget):
    """流水: what moved, line by line. `explained` when another posting is chosen: its `Detail`, or None."""

    explained = Signal(object)

    def __init__(self, shell: Shell, vm: LedgerVM) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm = vm
        self._filters = FilterBar(vm)
        self._rows = TableModel(self._columns(), vm.page)
        self.table = Table(self._rows, tr("Postings"))
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        chooser = ColumnChooser(self.table, shell.settings, "postings")
        exporter = Exporter(shell, self, self._listings, shell.desk.wording.say("report", "note"))
        self._order: QPushButton = button("", "link", lambda: vm.turn(not vm.newest_first))
        self._stack = QStackedWidget()
        clear = button(tr("Drop the filters"), "", self._drop_filters)
        for widget in (
            self.table,
            EmptyState(tr("Nothing has moved here yet. Record a settlement and each amount will be listed.")),
            EmptyState(tr("No posting answers these filters."), clear),
        ):
            self._stack.addWidget(widget)
        self._numbers: list[tuple[QLabel, QLabel]] = []
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._filters)
        export = export_button(exporter, self._name)
        column.addLayout(self._summary((self._order, chooser.button, export)))
        column.addWidget(self._stack, 1)

    def _columns(self) -> Sequence[Column[PostingRow]]:
        return (
            Column(tr("Date"), lambda row: row.day.isoformat(), key="day"),
            Column(tr("Account"), lambda row: row.account, key="account", most=_NAME_DIGITS),
            Column(tr("Event"), lambda row: row.what, key="event", stretch=True, suffix=lambda row: row.about),
            Column(tr("Kind"), lambda row: row.kind, key="kind", away=True),
            Column(tr("Money of"), lambda row: row.bucket, key="bucket"),
            Column(tr("Amount"), lambda row: signed(row.amount), number=True, key="amount"),
            Column(tr("Balance"), lambda row: grouped(row.balance), number=True, key="balance"),
        )

    def _summary(self, actions: Sequence[QWidget]) -> QHBoxLayout:
        parts: list[QWidget] = []
        for title in (tr("Came in"), tr("Paid out"), tr("of it for family")):
            amount = label("", "heading")
            amount.setAccessibleName(title)
            caption = label(title, "note")
            self._numbers.append((caption, amount))
            parts.append(row(caption, amount))
        self._count = label("", "note")
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        middle = QVBoxLayout()
        margins(middle)
        middle.addStretch(1)
        middle.addWidget(flow(*parts, self._count, spacing=GAP))
        middle.addStretch(1)
        line.addLayout(middle, 1)
        for action in actions:
            line.addWidget(action)
        return line

    def show_all(self) -> None:
        """Show the postings of the account and the filter of the view-model."""
        vm = self._vm
        self._filters.show_filter(vm.filter)
        sums = vm.sums
        for (_, shown), fen in zip(self._numbers, (sums.came_in, sums.paid_out, sums.for_family), strict=True):
            shown.setText(grouped(abs(fen)))
        for (caption, _), usual, back, fen in (
            (self._numbers[1], tr("Paid out"), tr("Paid back"), sums.paid_out),
            (self._numbers[2], tr("of it for family"), tr("of it from family's visits"), sums.for_family),
        ):
            caption.setText(back if fen < 0 else usual)
        self._count.setText(tr("{count} postings", count=sums.postings))
        self._order.setText(tr("Newest first ↓") if vm.newest_first else tr("Oldest first ↑"))
        self._order.setAccessibleName(self._order.text())
        kept = self.table.current
        self._rows.restart()
        self.table.withhold(_WHOSE, vm.chosen is not None)
        self._stack.setCurrentIndex(_TABLE if self._rows.rows else _NONE_FOUND if vm.ever_moved else _STILL)
        again = (line for line, row in enumerate(self._rows.rows) if kept is not None and row.id == kept.id)
        if self._rows.rows:
            self.table.go_to(next(again, 0))
        else:
            self.explained.emit(None)

    def _picked(self, index: QModelIndex) -> None:
        row = self._rows.rows[index.row()] if index.isValid() else None
        self.explained.emit(None if row is None else self._vm.detail(row))

    def _drop_filters(self) -> None:
        self._vm.narrow(replace(self._vm.filter, period="all", moved=None, bucket=None, words=""))

    def _name(self) -> str:
        return f"{tr('Postings')} {self._vm.title}"

    def _listings(self) -> Sequence[Listing]:
        """All postings asked for, for export: with numbers as numbers and days as days."""
        headings = (
            Heading(tr("Date"), "day"),
            Heading(tr("Account")),
            Heading(tr("Event")),
            Heading(tr("Number")),
            Heading(tr("Kind")),
            Heading(tr("Money of")),
            Heading(tr("Amount"), "amount"),
            Heading(tr("Balance"), "amount"),
        )
        rows = [
            (row.day, row.account, row.what, row.about, row.kind, row.bucket, row.amount, row.balance)
            for row in self._vm.every()
        ]
        total = (None, tr("Total"), "", "", "", "", sum(row[6] for row in rows), None)
        return (Listing(tr("Postings"), headings, rows, ((tr("Account"), self._vm.title),), (total,)),)
