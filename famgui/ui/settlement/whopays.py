"""The card that says who pays: bar, figures and their share, what is left in each account; a figure shows its step."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from famgui.domain.money import grouped
from famgui.ui.settlement.answer import PayerRow, Result, share
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clear, figure, label, row, rule
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.flow import flow
from famgui.ui.widgets.payers import Dot, Part, PayersBar
from famgui.ui.widgets.visit_words import payer_word
from famgui.usecase.repeated import Twin

_DOT, _NAME, _AMOUNT, _SHARE, _LEFT = range(5)
_NOBODY = (PayerRow("pool", "", 0), PayerRow("cash", "", 0))
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WhoPays(Card):
    """The payers of the visit, and whether its like is recorded already. `show_step(number)` is called for a figure
    that was clicked, `record_again` to record the visit all the same."""

    def __init__(self, shell: Shell, show_step: Callable[[int], None], record_again: Callable[[], None]) -> None:
        super().__init__(tr("Who pays"))
        self._shell, self._show_step = shell, show_step
        self.by_hand = chip(tr("Year to date by hand"), "warning")
        self.add_to_head(self.by_hand)
        self._cash = figure("")
        self.add_to_head(label(tr("Cash"), "dim"), self._cash, stretch=True)
        self._said = label("", "warning", wrap=True)
        self.again = button(tr("Record it again"), "warning", record_again)
        self.again.setAutoDefault(True)  # Enter presses it as Space does, on every system
        self._twin = row(self._said, self.again, stretch_last=False)
        self._twin.hide()
        self.body.addWidget(self._twin)
        self._bar = PayersBar(shell.theme)
        self.body.addWidget(self._bar)
        self._grid = QGridLayout()
        margins(self._grid, spacing=2)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setColumnStretch(_NAME, 1)
        self.body.addLayout(self._grid)
        self._payers: list[tuple[str, str]] = []
        self._rows: list[_Row] = []

    def show_result(self, result: Result | None) -> None:
        """Show a result, or dashes while the bill is not complete."""
        names = self._shell.desk.names
        rows = result.rows if result else _NOBODY
        words = [payer_word(payer.role, names.get(payer.account, payer.account)) for payer in rows]
        self._cash.setText(grouped(rows[-1].amount) if result else "—")
        self.by_hand.setVisible(result is not None and result.used_by_hand)
        parts = [Part(payer.role, word, payer.amount) for payer, word in zip(rows, words, strict=True)]
        spoken = ", ".join(f"{part.name} {grouped(part.amount)}" for part in parts) if result else tr("No bill yet")
        self._bar.show_parts(parts if result else (), spoken)
        self._make_rows([(payer.role, word) for payer, word in zip(rows, words, strict=True)])
        for shown, payer, word in zip(self._rows, rows, words, strict=True):
            shown.show_payer(payer, word, result)

    def show_twin(self, twin: Twin | None, *, busy: bool) -> None:
        """Say that a visit just like this one is in the book, if one is."""
        text = "" if twin is None else twin_said(twin, self._shell.desk.today)
        self._said.setText(f"! {text}" if text else "")
        self.again.setAccessibleDescription(text)
        self.again.setEnabled(not busy)
        self._twin.setVisible(bool(text))

    @property
    def figures(self) -> list[QPushButton]:
        """The figures from top to bottom, as the keyboard reaches them."""
        return [shown.amount for shown in self._rows]

    def _make_rows(self, payers: Sequence[tuple[str, str]]) -> None:
        """Make a row for each payer; rows that are there for the same payers stay."""
        if payers == self._payers:
            return
        clear(self._grid)
        self._payers = list(payers)
        self._rows = [_Row(word, self._show_step) for _, word in payers]
        for number, ((role, _), shown) in enumerate(zip(payers, self._rows, strict=True)):
            if number:
                self._grid.addWidget(rule(), 2 * number - 1, 0, 1, _LEFT + 1)
            self._grid.addWidget(Dot(self._shell.theme, role), 2 * number, _DOT)
            parts = ((_NAME, shown.name), (_AMOUNT, shown.amount), (_SHARE, shown.share), (_LEFT, shown.left))
            for column, part in parts:
                self._grid.addWidget(part, 2 * number, column)


def twin_said(twin: Twin, today: date) -> str:
    """That a visit is recorded already: which one, and when, the hour alone where it was today."""
    if twin.at is None:
        return tr("The same visit is recorded already: {id}", id=twin.id)
    at = twin.at.astimezone()
    form = "%H:%M" if at.date() == today else "%Y-%m-%d %H:%M"
    return tr("The same visit is recorded already: {id}, {at}", id=twin.id, at=at.strftime(form))


class _Row:
    """The widgets of one payer."""

    def __init__(self, word: str, show_step: Callable[[int], None]) -> None:
        self._weak = chip(tr("Unconfirmed"), "warning")
        self.name = flow(Elided(word), self._weak, spacing=4)
        self.amount: QPushButton = button("", "figure", self._clicked)
        self.share, self.left = _note(), _note()
        self._show_step = show_step
        self._step: int | None = None

    def show_payer(self, payer: PayerRow, word: str, result: Result | None) -> None:
        """Show what a payer pays, or a dash."""
        self._step = payer.step
        amount = grouped(payer.amount) if result else "—"
        self.amount.setText(amount)
        spoken = f"{word} {amount}"
        self.amount.setAccessibleName(f"{spoken} {tr('Unconfirmed')}" if payer.weak else spoken)
        self.amount.setEnabled(result is not None and payer.step is not None)
        self.amount.setToolTip(tr("Show step {number}", number=payer.step + 1) if payer.step is not None else "")
        self._weak.setVisible(payer.weak)
        self.share.setText(_per_cent(share(payer.amount, result.total)) if result and result.total else "")
        self.left.setText(_left(payer) if result else "")

    def _clicked(self) -> None:
        if self._step is not None:
            self._show_step(self._step)


def _note() -> QLabel:
    made = label("", "note")
    made.setAlignment(_RIGHT)
    return made


def _per_cent(tenths: int) -> str:
    """A share in tenths of a per cent: 512 is "51.2 %"."""
    return f"{tenths // 10}.{tenths % 10} %"


def _left(payer: PayerRow) -> str:
    if payer.left is None:
        return ""
    left = tr("left {amount}", amount=grouped(payer.left))
    return tr("used up · {left}", left=left) if payer.left == 0 else left
