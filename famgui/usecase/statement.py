"""The statement of an account (对账单): what it held, what moved on it in a period and for whom, what it holds then."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Event, Refund
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome
from famgui.store import ledger_find
from famgui.store.book import Book
from famgui.store.ledger import Posting
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
    """The statement of the account of `holder` (a handle) from the first to the last day, both in."""
    person_id = live.keys.persons[holder]
    with book.read() as connection:
        held = ledger_find.stood_before(connection, person_id, first)
        postings = ledger_find.in_period(connection, person_id, first, last)
    opening = Balance(held.get("current", 0), held.get("prior_years", 0))
    outcomes = {outcome.event.id: outcome for outcome in live.outcomes}
    lines = tuple(_lines(postings, opening.total, outcomes))
    moved = {
        bucket: sum(line.amount for line in lines if line.bucket == bucket) for bucket in ("current", "prior_years")
    }
    return Statement(
        next(person for person in live.household.persons if person.id == holder),
        first,
        last,
        opening,
        lines,
        opening.plus(Balance(moved["current"], moved["prior_years"])),
        tuple(_by_kind(lines)),
        tuple(_by_user(lines)),
    )


def moved_by(kind: str, event: Event | None) -> Moved:
    """What moved a posting of this kind: a deposit that is the monthly inflow is one of its own."""
    if kind == "deposit" and isinstance(event, Deposit) and event.inflow:
        return "inflow"
    return kind  # type: ignore[return-value]


def _lines(postings: Iterable[Posting], held: Fen, outcomes: Mapping[str, Outcome]) -> Iterable[Line]:
    due: dict[str, list[tuple[str, Fen]]] = {}
    for posting in postings:
        held += posting.amount
        event = outcomes[posting.handle or ""].event
        moved = moved_by(posting.kind, event)
        bucket: Bucket = "current" if posting.ledger == "current" else "prior_years"
        users: tuple[tuple[str, Fen], ...] = ()
        if moved == "premium":
            shares = due.setdefault(event.id, [(one.person, one.paid) for one in outcomes[event.id].premiums])
            users = tuple(_taken(shares, -posting.amount))
        elif moved in ("settlement", "reversal"):
            users = ((patient_of(event, outcomes), -posting.amount),)
        yield Line(posting.date, event, moved, bucket, posting.amount, held, users)


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
