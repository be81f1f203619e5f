"""A year of the ledger: by month, by person and benefit, and year after year. QtCore only, by way of the ledger's."""

from collections.abc import Iterable
from datetime import date

from famgui.ui.ledger.rows import CostRow, YearOfMonths
from famgui.ui.ledger.viewmodel import LedgerVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.ledger import MonthSum, Sums, Wanted, months, sums, year_summary


class YearVM:
    """Years of the account that the ledger's view-model has chosen, or of all."""

    def __init__(self, desk: Desk, ledger: LedgerVM) -> None:
        self._desk, self._ledger = desk, ledger

    @property
    def year_by_year(self) -> tuple[tuple[int, Sums], ...]:
        """What each year came to, of the account chosen or of all; latest first."""
        live, book = self._desk.live, self._desk.book
        if live is None or book is None or not self._ledger.accounts:
            return ()
        asked = Wanted(live.id, self._ledger.chosen)
        return tuple(
            (year, sums(book, asked._replace(first=date(year, 1, 1), last=date(year, 12, 31))))
            for year in self._ledger.years
        )

    def year_of_months(self, year: int) -> YearOfMonths:
        """What the year came to by month: for all accounts the whole household's spending by payer, for one account
        what it paid for its holder and for the family."""
        live, book = self._desk.live, self._desk.book
        moved = () if live is None or book is None else months(book, live.id, year)
        mine = [one for one in moved if one.person_id is not None and self._ledger.chosen in (None, one.person_id)]
        own = _by_month((one for one in mine if one.own), -1)
        family = _by_month((one for one in mine if not one.own and one.kind != "deposit"), -1)
        came_in = _by_month((one for one in mine if one.kind == "deposit"), 1)
        if self._ledger.chosen is not None:
            return YearOfMonths((("own", tr("For the holder"), own), ("shared", tr("For the family"), family)), came_in)
        pool, cash = (_by_month((one for one in moved if one.ledger == name), -1) for name in ("pool", "cash"))
        parts = (
            ("pool", tr("Pooled fund"), pool),
            ("own", tr("Own accounts"), own),
            ("shared", tr("Shared, with premiums"), family),
            ("cash", tr("Cash"), cash),
        )
        return YearOfMonths(parts, came_in)

    def costs(self, year: int) -> tuple[CostRow, ...]:
        """What the year's visits came to, by person and benefit: of the account's holder, or of everybody."""
        live, book = self._desk.live, self._desk.book
        if live is None or book is None:
            return ()
        whose = self._ledger.account
        names, say = self._desk.names, self._desk.wording.say
        return tuple(
            CostRow(names[one.handle], say("word", one.kind), one.total, one.pool, one.own, one.shared, one.cash)
            for one in year_summary(book, live.id, year).visits
            if one.total and (whose is None or one.handle == whose.handle)
        )


def _by_month(moved: Iterable[MonthSum], sign: int) -> tuple[int, ...]:
    amounts = [0] * 12
    for one in moved:
        amounts[one.month - 1] += sign * one.amount
    return tuple(amounts)
