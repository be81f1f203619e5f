"""The overview: how the household stands, on one page. Shows the view-model's rows and computes nothing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from famgui.ui.overview.agenda_card import AgendaCard
from famgui.ui.overview.agenda_model import AgendaVM
from famgui.ui.overview.rows import AccountRow, AttentionRow, BindingRow, EventRow, Meter, Overview
from famgui.ui.overview.viewmodel import OverviewVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, GRID, METER_HEIGHT, fix_height, fix_width, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, chip, clause_chip, clear, label, rule
from famgui.ui.widgets.basic import row as side_by_side

_SCALE = 1000
_MARK_WIDTH = GAP
_TIGHT = GRID // 2
_MARK_KINDS = {"✗": "problem", "!": "warning", "·": "note"}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class OverviewPage(Page):
    """What needs attention, accounts and bindings at the left; at the right the next dates of the whole book, the year
    and the latest events.

    `page_asked(id)` when a button leads on to another page.
    """

    page_asked = Signal(str)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Overview"), tr("How does this household stand?"))
        self.vm = OverviewVM(shell.desk)
        settle = Command("overview.settle", tr("Record a settlement"), "", lambda: self.page_asked.emit("settlement"))
        self.add_command(settle, primary=True)
        self.agenda = AgendaVM(shell.desk)
        self.agenda.told.connect(shell.toasts.show)
        save = Command("overview.calendar", tr("Save for a calendar"), "", lambda: self.dates.ask())
        action = shell.commands.add(self, save)
        self.dates = AgendaCard(self.agenda, shell.desk, action, self.page_asked.emit)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self.body.addWidget(self._scroll())
        self.vm.changed.connect(self._show)
        self._show()

    def refresh(self) -> None:
        self.vm.reload()
        self.agenda.reload()

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("kind", "plain")
        columns = QHBoxLayout(inner)
        margins(columns, spacing=GAP)
        right = QVBoxLayout()
        margins(right, spacing=GAP)
        right.addWidget(self.dates)
        right.addLayout(self._right, 1)
        for side, whole in ((self._left, self._left), (self._right, right)):
            margins(side, spacing=GAP)
            columns.addLayout(whole, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(tr("Overview"))
        scroll.setWidget(inner)
        return scroll

    def _show(self) -> None:
        clear(self._left)
        clear(self._right)
        shown = self.vm.shown
        self.dates.setVisible(shown is not None)
        for command in ("overview.settle", "overview.calendar"):
            self.shell.commands.enable(command, shown is not None)
        if shown is None:
            card = Card()
            card.body.addWidget(self._nothing(), 1)
            self._left.addWidget(card, 1)
            return
        self._left.addWidget(self._attention(shown.attention))
        self._left.addWidget(self._accounts(shown))
        self._left.addWidget(self._bindings(shown.bindings), 1)
        self._right.addWidget(self._years(shown))
        self._right.addWidget(self._events(shown.events), 1)

    def _nothing(self) -> QWidget:
        """The ways into an empty book: a first binding, a list, a case file."""
        made = EmptyState(tr("This book holds no household yet."))
        steps = [button(tr("New binding"), "primary", self._ask("wizard"))]
        steps.append(button(tr("Import a list"), "", self._ask("roster")))
        case = self.step("household.import")
        column = made.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(
            2, side_by_side(*steps, *([] if case is None else [case])), 0, Qt.AlignmentFlag.AlignHCenter
        )
        return made

    def _ask(self, page: str) -> Callable[[], None]:
        return lambda: self.page_asked.emit(page)

    def _accounts(self, shown: Overview) -> Card:
        card = Card(tr("Accounts"))
        if shown.recorded:
            card.add_to_head(chip(tr("as recorded up to {day}", day=shown.recorded)))
        card.add_to_head(button(tr("Ledger"), "more", self._ask("ledger")), stretch=True)
        if shown.total is None:
            card.body.addWidget(EmptyState(tr("Nobody here has a personal account.")))
            return card
        grid = QGridLayout()
        margins(grid, spacing=_TIGHT)
        grid.setHorizontalSpacing(3 * GRID)
        grid.setColumnStretch(0, 1)
        for column, title in enumerate((tr("Person"), tr("This year"), tr("Prior years"), tr("Total"))):
            head = label(title, "note")
            if column:
                head.setAlignment(_RIGHT)
            grid.addWidget(head, 0, column)
        for line, account in enumerate(shown.accounts):
            grid.addWidget(rule(), 2 * line + 1, 0, 1, 4)
            _account_line(grid, 2 * line + 2, account, "")
        grid.addWidget(rule(), 2 * len(shown.accounts) + 1, 0, 1, 4)
        _account_line(grid, 2 * len(shown.accounts) + 2, shown.total, "heading")
        card.body.addLayout(grid)
        return card

    def _events(self, rows: Sequence[EventRow]) -> Card:
        card = Card(tr("Latest events"))
        if not rows:
            step = button(tr("Record a settlement"), "", self._ask("settlement"))
            card.body.addWidget(EmptyState(tr("Nothing has been recorded yet."), step), 1)
            return card
        card.add_to_head(button(tr("All events"), "more", self._ask("ledger")), stretch=True)
        card.body.setSpacing(_TIGHT // 4)
        for position, row in enumerate(rows):
            if position:
                card.body.addWidget(rule())
            card.body.addLayout(_event_line(row))
        card.body.addStretch(1)
        return card

    def _attention(self, rows: Sequence[AttentionRow]) -> Card:
        card = Card(tr("Needs attention"))
        if not rows:
            card.body.addLayout(_marked("✓", "good", tr("Nothing needs attention.")))
            return card
        card.add_to_head(chip(str(len(rows)), "warning"))
        card.body.setSpacing(_TIGHT)
        for row in rows:
            line = _marked(row.mark, _MARK_KINDS[row.mark], row.text)
            if row.clause:
                line.addWidget(clause_chip(row.clause, self.shell.desk.open_clause))
            card.body.addLayout(line)
        return card

    def _bindings(self, rows: Sequence[BindingRow]) -> Card:
        card = Card(tr("Bindings in force"))
        if not rows:
            line = QHBoxLayout()
            margins(line, spacing=GAP)
            line.addWidget(label(tr("No binding is in force today."), "dim"))
            line.addWidget(button(tr("New binding"), "", self._ask("wizard")))
            line.addStretch(1)
            card.body.addLayout(line)
            card.body.addStretch(1)
            return card
        card.add_to_head(chip(str(len(rows))))
        card.add_to_head(button(tr("All bindings"), "more", self._ask("binding")), stretch=True)
        grid = QGridLayout()
        margins(grid, spacing=GRID)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        for line_number, row in enumerate(rows):
            grid.addWidget(_words(row.pair), line_number, 0)
            grid.addWidget(_words(row.about, "dim"), line_number, 1)
            grid.addWidget(chip(row.chip, row.kind), line_number, 2, _RIGHT)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card

    def _years(self, shown: Overview) -> Card:
        card = Card(tr("Used in {year}", year=shown.year))
        if not shown.years:
            card.body.addWidget(EmptyState(tr("No pool has paid anything this year.")), 1)
            return card
        grid = QGridLayout()
        margins(grid, spacing=_TIGHT)
        grid.setHorizontalSpacing(3 * GRID)
        for column, stretch in enumerate((7, 5, 5)):
            grid.setColumnStretch(column, stretch)
        grid.addWidget(label(tr("Deductible met"), "note"), 0, 1)
        grid.addWidget(label(tr("Pool paid"), "note"), 0, 2)
        for line, row in enumerate(shown.years, 1):
            grid.addWidget(_words(f"{row.name} · {row.benefit}"), line, 0)
            for column, (meter, payer) in enumerate(((row.deductible, "own"), (row.pool, "pool")), 1):
                if meter is not None:
                    grid.addLayout(_meter(meter, payer, row.name), line, column)
        card.body.addLayout(grid)
        return card


def _account_line(grid: QGridLayout, line: int, row: AccountRow, kind: str) -> None:
    grid.addWidget(_words(row.name, kind), line, 0)
    for column, text in enumerate((row.current, row.prior_years, row.total), 1):
        amount = label(text, "heading" if column == 3 else kind)
        amount.setAlignment(_RIGHT)
        grid.addWidget(amount, line, column)


def _event_line(row: EventRow) -> QHBoxLayout:
    line = QHBoxLayout()
    margins(line, spacing=GAP)
    line.addWidget(label(row.day, "note"), alignment=Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    margins(words, spacing=2)
    words.addWidget(_words(row.title))
    if row.detail:
        words.addWidget(_words(row.detail, "note"))
    line.addLayout(words, 1)
    line.addWidget(chip(row.chip, row.kind), alignment=Qt.AlignmentFlag.AlignVCenter)
    return line


def _marked(mark: str, kind: str, text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    margins(line, spacing=GRID)
    sign = label(mark, kind)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    fix_width(sign, _MARK_WIDTH)
    line.addWidget(sign)
    line.addWidget(_words(text), 1)
    return line


def _meter(meter: Meter, payer: str, name: str) -> QVBoxLayout:
    made = QVBoxLayout()
    margins(made, spacing=2)
    made.addWidget(label(meter.text))
    if meter.part is None:
        made.addStretch(1)
        return made
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, _SCALE)
    bar.setValue(meter.part)
    bar.setProperty("payer", payer)
    bar.setAccessibleName(f"{name} {meter.spoken}")
    fix_height(bar, METER_HEIGHT)
    made.addWidget(bar)
    return made


def _words(text: str, kind: str = "") -> QLabel:
    """A text that wraps where it must and asks for no more height than that."""
    made = label(text, kind, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
