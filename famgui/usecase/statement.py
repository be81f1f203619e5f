"""The statement of an account (对账单): what it held, what moved on it in a period and for whom, what it holds then."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Event, Refund, by_date
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome
from famgui.store import ledger_find
from famgui.store.book import Book
from famgui.store.journal import Ledger, Met, PostingKind, entries_of, posted
from famgui.store.ledger_find import Bucket, Moved
from famgui.usecase.household import LiveHousehold


class Line(NamedTuple):
    """One movement: the event behind it, what moved it, the bucket, the amount and what the whole account holds after
    it; amounts in fen. `users` are those for whom it was paid (handles), each with the part paid, negative where money
    came back; nobody for money that came in."""

    day: date
    event: Event
    moved: Moved
    bucket: Bucket
    amount: Fen
    balance: Fen
    users: tuple[tuple[str, Fen], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An account from the first to the last day. `by_kind` has the number and the sum of each kind of movement,
    `by_user` what was paid for whom (positive, by handle); all amounts in fen.

    opening + movements = closing, in each bucket; the sums of `by_kind` and, with its sign turned, of `by_user` are
    those of the lines they are about."""

    holder: Person
    first: date
    last: date
    opening: Balance
    lines: tuple[Line, ...]
    closing: Balance
    by_kind: tuple[tuple[Moved, int, Fen], ...]
    by_user: tuple[tuple[str, Fen], ...]


def statement(book: Book, live: LiveHousehold, holder: str, first: date, last: date) -> Statement:
    """The statement of the account of `holder` (a handle) from the first to the last day, both in, in the order of the
    days: what was recorded late stands where it belongs, in the buckets of its day.

    Where the rules no longer give what is recorded, the postings are told as they were recorded."""
    if live.drift:
        opening, movements = _recorded(book, live, holder, first, last)
    else:
        opening, movements = _by_day(live, holder, first, last)
    outcomes = {outcome.event.id: outcome for outcome in live.outcomes}
    lines = tuple(_lines(movements, opening.total, outcomes))
    moved = {
        bucket: sum(line.amount for line in lines if line.bucket == bucket) for bucket in ("current", "prior_years")
    }
    return Statement(
        next(person for person in live.persons if person.id == holder),
        first,
        last,
        opening,
        lines,
        opening.plus(Balance(moved["current"], moved["prior_years"])),
        tuple(_by_kind(lines)),
        tuple(_by_user(lines)),
    )


class _Movement(NamedTuple):
    """What one event (by its handle) moved in one bucket."""

    handle: str
    ledger: Ledger
    kind: PostingKind
    day: date
    amount: Fen


def _by_day(live: LiveHousehold, holder: str, first: date, last: date) -> tuple[Balance, list[_Movement]]:
    """What the account held before the first day, and what moved on it, from the outcomes by date: nothing is settled
    anew."""
    opening = live.household.balances.get(holder, Balance())
    found: list[_Movement] = []
    for one in _ever(live, holder):
        if one.day < first:
            opening = opening.plus(Balance(one.amount) if one.ledger == "current" else Balance(0, one.amount))
        elif one.day <= last:
            found.append(one)
    return opening, found


def _ever(live: LiveHousehold, holder: str) -> Iterator[_Movement]:
    balances = dict(live.household.balances)
    years: dict[str, int] = {}
    """The year in which a visit's money moved, by the visit's handle."""
    year = 0
    for index in by_date(live.household.events):
        outcome = live.outcomes[index]
        event = outcome.event
        of = event.of if isinstance(event, Refund) else event.id
        entries = entries_of(outcome, Met(year, balances, None, years.get(of, 0)))
        posted(entries, balances)
        year = max(year, event.date.year)
        years[of] = year
        for account, ledger, kind, day, amount in entries:
            if account == holder:
                yield _Movement(event.id, ledger, kind, day, amount)


def _recorded(book: Book, live: LiveHousehold, holder: str, first: date, last: date) -> tuple[Balance, list[_Movement]]:
    person_id = live.keys.persons[holder]
    with book.read() as connection:
        held = ledger_find.stood_before(connection, person_id, first)
        postings = ledger_find.in_period(connection, person_id, first, last)
    found = [_Movement(one.handle or "", one.ledger, one.kind, one.date, one.amount) for one in postings]
    return Balance(held.get("current", 0), held.get("prior_years", 0)), found


def moved_by(kind: str, event: Event | None) -> Moved:
    """What moved a posting of this kind: a deposit that is the monthly inflow is one of its own."""
    if kind == "deposit" and isinstance(event, Deposit) and event.inflow:
        return "inflow"
    return kind  # type: ignore[return-value]


def _lines(movements: Iterable[_Movement], held: Fen, outcomes: Mapping[str, Outcome]) -> Iterable[Line]:
    due: dict[str, list[tuple[str, Fen]]] = {}
    for handle, ledger, kind, day, amount in movements:
        held += amount
        event = outcomes[handle].event
        moved = moved_by(kind, event)
        bucket: Bucket = "current" if ledger == "current" else "prior_years"
        users: tuple[tuple[str, Fen], ...] = ()
        if moved == "premium":
            shares = due.setdefault(event.id, [(one.person, one.paid) for one in outcomes[event.id].premiums])
            users = tuple(_taken(shares, -amount))
        elif moved in ("settlement", "reversal"):
            users = ((patient_of(event, outcomes), -amount),)
        yield Line(day, event, moved, bucket, amount, held, users)


def _by_kind(lines: Iterable[Line]) -> Iterable[tuple[Moved, int, Fen]]:
    counts: Counter[Moved] = Counter()
    amounts: Counter[Moved] = Counter()
    for line in lines:
        counts[line.moved] += 1
        amounts[line.moved] += line.amount
    return ((moved, counts[moved], amounts[moved]) for moved in _ORDER if counts[moved])


_ORDER: tuple[Moved, ...] = ("inflow", "deposit", "settlement", "reversal", "premium", "carry-over")


def _by_user(lines: Iterable[Line]) -> Iterable[tuple[str, Fen]]:
    paid: dict[str, Fen] = {}
    for line in lines:
        for who, amount in line.users:
            paid[who] = paid.get(who, 0) + amount
    return paid.items()


def _taken(shares: list[tuple[str, Fen]], amount: Fen) -> Iterable[tuple[str, Fen]]:
    """Take an amount off what a premium paid for one person after the other, in their order."""
    while amount and shares:
        who, left = shares.pop(0)
        part = min(amount, left)
        amount -= part
        if left > part:
            shares.insert(0, (who, left - part))
        if part:
            yield who, part


def patient_of(event: Event, outcomes: Mapping[str, Outcome]) -> str:
    """Whose visit an event is about; "" for what is no visit and no refund of one."""
    visit = outcomes[event.of].event if isinstance(event, Refund) else event
    return visit.patient if isinstance(visit, Visit) else ""
