"""What the ledger page shows: accounts, postings page by page, and what a year came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Event, Premium, Refund
from famgui.domain.money import Fen, grouped
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr

if TYPE_CHECKING:
    from famgui.usecase.ledger import Posting

PAGE = 50
"""How many postings are read at once."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account, or all together (`person_id` None); amounts in fen."""

    person_id: int | None
    handle: str
    name: str
    current: Fen
    prior_years: Fen

    @property
    def total(self) -> Fen:
        """Both buckets together."""
        return self.current + self.prior_years


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One movement of money on an account, in words; `amount` and `balance` (of the whole account) in fen."""

    id: int
    day: str
    account: str
    event: str
    kind: str
    bucket: str
    amount: Fen
    balance: Fen


@dataclass(frozen=True, slots=True)
class YearRow:
    """What a year came to, in fen: money that came in, that was paid out, and the part of it paid for others."""

    year: int
    came_in: Fen
    paid_out: Fen
    for_others: Fen


class LedgerVM(QObject):
    """The account chosen and the year chosen decide what is shown. `changed` after every change of either."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.accounts: tuple[AccountRow, ...] = ()
        self.chosen: int | None = None
        self.year = 0
        self._events: dict[str, Event] = {}
        self._people: dict[int, str] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read accounts and years anew; the account and the year chosen stay while they are there."""
        live, book = self._desk.live, self._desk.book
        lines = () if live is None or book is None else self._uses.accounts(book, live.id)
        rows = tuple(
            AccountRow(line.person_id, line.handle, line.name or line.handle, line.current, line.prior_years)
            for line in lines
        )
        together = (sum(row.current for row in rows), sum(row.prior_years for row in rows))
        self.accounts = (AccountRow(None, "", tr("All"), *together), *rows) if rows else ()
        self._people = {line.person_id: line.name or line.handle for line in lines}
        self._events = {} if live is None else {event.id: event for event in live.household.events}
        if self.chosen not in self._people:
            self.chosen = None
        if self.year not in self.years:
            self.year = self.years[0]
        self.changed.emit()

    def choose(self, person_id: int | None) -> None:
        """Show one account's postings, or all (None)."""
        if person_id != self.chosen:
            self.chosen = person_id
            self.changed.emit()

    def take_year(self, year: int) -> None:
        """Sum up this year."""
        if year != self.year:
            self.year = year
            self.changed.emit()

    @property
    def has_household(self) -> bool:
        """Whether a household is at hand."""
        return self._desk.live is not None

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which something happened, latest first; without events the year of today."""
        found = {event.date.year for event in self._events.values()}
        return tuple(sorted(found or {self._desk.today.year}, reverse=True))

    @property
    def title(self) -> str:
        """Whose postings are shown."""
        return tr("All accounts") if self.chosen is None else self._people[self.chosen]

    def page(self, after: PostingRow | None) -> Sequence[PostingRow]:
        """The postings that follow a row, newest first; the first ones after None; none at the end."""
        live, book = self._desk.live, self._desk.book
        if live is None or book is None or not self.accounts:
            return ()
        edge = None if after is None else after.id
        whose: dict[str, int] = {"household": live.id} if self.chosen is None else {"person": self.chosen}
        while True:
            page: Any = self._uses.postings_page(book, **whose, after=edge, limit=PAGE, newest_first=True)
            rows = [self._row(posting) for posting in page.postings if posting.person_id is not None]
            edge = page.next
            if rows or edge is None:
                return rows

    @property
    def summary(self) -> YearRow | None:
        """The year chosen in sums, of the account chosen or of all."""
        live, book = self._desk.live, self._desk.book
        if live is None or book is None or not self.accounts:
            return None
        whose = next(row.handle for row in self.accounts if row.person_id == self.chosen)
        moved = [
            line
            for line in self._uses.year_summary(book, live.id, self.year).accounts
            if not whose or line.handle == whose
        ]
        came_in = sum(line.amount for line in moved if line.kind == "deposit")
        paid_out = -sum(line.amount for line in moved if line.kind in ("settlement", "reversal", "premium"))
        outcomes = (outcome for outcome in live.outcomes if outcome.event.date.year == self.year)
        for_others = sum(
            amount for outcome in outcomes for payer, amount in _for_others(outcome) if not whose or payer == whose
        )
        return YearRow(self.year, came_in, paid_out, for_others)

    @property
    def _uses(self) -> Any:
        return self._desk.services.usecases()

    def _row(self, posting: "Posting") -> PostingRow:
        return PostingRow(
            id=posting.id,
            day=posting.day,
            account=self._people.get(posting.person_id or 0, ""),
            event=self._event_words(posting.handle),
            kind=_kind_words(posting.kind),
            bucket=tr("This year") if posting.ledger == "current" else tr("Prior years"),
            amount=posting.amount,
            balance=posting.account_after or 0,
        )

    def _event_words(self, handle: str | None) -> str:
        """The event's name, and for a visit or its refund whose visit it was."""
        event = self._events.get(handle or "")
        if event is None:
            return handle or tr("before the first event")
        visit = self._events.get(event.of) if isinstance(event, Refund) else event
        if isinstance(visit, Visit):
            patient = self._desk.names.get(visit.patient, visit.patient)
            return f"{event.id} · {patient} · {self._desk.wording.say('word', visit.kind)}"
        if isinstance(event, Premium):
            return f"{event.id} · {tr(', ').join(self._desk.names.get(who, who) for who in event.persons)}"
        return event.id


def signed(fen: Fen) -> str:
    """An amount with its sign: +1,152.00 came in, -212.00 went out."""
    return f"+{grouped(fen)}" if fen > 0 else grouped(fen)


def _kind_words(kind: str) -> str:
    return {
        "opening": tr("Opening"),
        "deposit": tr("Deposit"),
        "settlement": tr("Settled"),
        "reversal": tr("Reversed"),
        "premium": tr("Premium"),
        "carry-over": tr("Carried over"),
    }[kind]


def _for_others(outcome: Outcome) -> Iterator[tuple[str, Fen]]:
    """What an event moved from accounts for people other than their owners: whose account, how much in fen."""
    yield from _shared(outcome.settlement, 1)
    yield from _shared(outcome.reversed, -1)
    if isinstance(outcome.event, Premium):
        payer = outcome.event.payer
        yield from ((payer, line.paid) for line in outcome.premiums if line.person != payer)


def _shared(done: Settlement | None, sign: int) -> Iterator[tuple[str, Fen]]:
    for payment in () if done is None else done.payments:
        if payment.payer == "shared":
            yield payment.account, sign * payment.draw.total
