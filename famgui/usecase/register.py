"""The register looked into: the household's rows with what was shared, the whole book's page by page, a pair's past."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.household import Bind, Event, Reorder, Unbind, by_date
from famgui.domain.money import Fen
from famgui.domain.rule import Value
from famgui.domain.timeline import Outcome
from famgui.store import audit, register_find
from famgui.store.book import Book
from famgui.store.eventtext import event_from
from famgui.store.register_find import STATES as STATES
from famgui.store.register_find import Found as Found
from famgui.store.register_find import RowState as RowState
from famgui.store.register_find import Sorted as Sorted
from famgui.store.register_find import Wanted as Wanted
from famgui.usecase.binding import SOON, row_state, shared_by_row
from famgui.usecase.household import LiveHousehold


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register of the household at hand: its id, what it is today, the days until it begins or ends (None:
    it does neither), and what was shared under it in the year asked for (fen)."""

    id: int
    row: Binding
    state: RowState
    days: int | None
    shared: Fen


class Page(NamedTuple):
    """Some rows of the whole book in order; `next` is what to ask with as `after` for those that follow, None at the
    end."""

    rows: tuple[Found, ...]
    next: tuple[str, int] | None


def entries(book: Book, live: LiveHousehold, day: date, year: int) -> tuple[Entry, ...]:
    """The household's register in its order."""
    with book.ask() as connection:
        keys = register_find.keys_of(connection, live.id)
    given = iter([key.id for key in keys if key.bound_by is None])
    bound = {key.bound_by: key.id for key in keys}
    register = live.running.register
    shared = shared_by_row(register, live.outcomes, year)
    return tuple(
        Entry(bound[came] if came else next(given), row, row_state(row, day)[0], days_left(row, day), amount)
        for came, row, amount in zip(_came_by(live), register, shared, strict=True)
    )


def _came_by(live: LiveHousehold) -> Iterator[str | None]:
    """For every row of the register, in its order, the event that bound it; None for those from before."""
    yield from (None for _ in live.household.bindings)
    for index in by_date(live.household.events):
        outcome = live.outcomes[index]
        if isinstance(outcome.event, Bind) and outcome.status != "refused":
            yield outcome.event.id


def days_left(row: Binding | Found, day: date) -> int | None:
    """Days until a row ends, or begins where it is still to come; None where it is over or has no end."""
    if row.unbound_on is not None and row.unbound_on <= day:
        return None
    if row.starts > day:
        return (row.starts - day).days
    return None if row.ends is None or row.ends < day else (row.ends - day).days


def as_binding(found: Found) -> Binding:
    """A row of the whole book as the domain knows it."""
    return Binding(
        found.authorizer,
        found.user,
        found.relation,  # type: ignore[arg-type]
        found.starts,
        found.bound_at,
        found.ends,
        found.priority,
        found.unbound_on,
    )


def wanted_on(day: date, *, state: RowState | None = None, place: str = "", words: str = "") -> Wanted:
    """What is looked for on a day, with the program's own idea of soon."""
    return Wanted(day, day + timedelta(SOON), state, place, words)


def find_rows(
    book: Book, wanted: Wanted, order: Sorted, *, after: tuple[str, int] | None = None, limit: int = 100
) -> Page:
    """A page of the rows of the whole book."""
    with book.ask() as connection:
        found = register_find.find(connection, wanted, order, after, limit + 1)
    if len(found) <= limit:
        return Page(found, None)
    return Page(found[:limit], (found[limit - 1].key, found[limit - 1].id))


def count_rows(book: Book, wanted: Wanted) -> dict[RowState, int]:
    """How many rows there are of each state, whatever state is wanted."""
    with book.ask() as connection:
        return register_find.counts(connection, wanted)


def places(book: Book) -> dict[str, int]:
    """The places whose households have rows, and how many, the most first."""
    with book.ask() as connection:
        return register_find.places(connection)


Deed: TypeAlias = Literal["given", "bound", "renewed", "reordered", "unbound", "undone"]


class Happened(NamedTuple):
    """One thing that happened to a pair: on which day, when it was written down (None: it came with the household), the
    row or the reason it is about, the place in the order of payment (`reordered`), and the clause that allows it."""

    deed: Deed
    day: date
    at: datetime | None = None
    handle: str = ""
    row: Binding | None = None
    reason: str = ""
    place: int = 0
    rule: Value | None = None


def history(book: Book, live: LiveHousehold, authorizer: str, user: str) -> tuple[Happened, ...]:
    """What happened to a pair, oldest first: rows given, bound and renewed, put in order, unbound, undone."""
    pair, found = (authorizer, user), list[Happened]()
    for row in live.household.bindings:
        if (row.authorizer, row.user) == pair:
            found.append(Happened("given", row.starts, row=row))
            if row.unbound_on is not None:
                found.append(Happened("unbound", row.unbound_on))
    events = [event for outcome in _done(live) if _concerns(event := outcome.event, pair)]
    with book.read() as connection:
        lines = audit.trail(connection, live.id, [event.id for event in events])
        gone = register_find.undone(connection, live.id)
    written = {line.detail.partition(":")[0]: line.at for line in lines}
    known = any(one.deed == "given" for one in found)
    for event in events:
        found.append(_happened(live, event, authorizer, written.get(event.id), known))
        known = known or isinstance(event, Bind)
    for line in gone:
        event = event_from(line.detail)
        if _concerns(event, pair):
            found.append(Happened("undone", line.at.date(), line.at, event.id, reason=line.action.split(" ", 1)[1]))
    return tuple(sorted(found, key=lambda one: (one.day, one.at.isoformat() if one.at else "")))


def _done(live: LiveHousehold) -> Iterator[Outcome]:
    """What was not refused, by day."""
    for index in by_date(live.household.events):
        if live.outcomes[index].status != "refused":
            yield live.outcomes[index]


def _concerns(event: Event, pair: tuple[str, str]) -> bool:
    match event:
        case Bind(binding=row):
            return (row.authorizer, row.user) == pair
        case Unbind():
            return (event.authorizer, event.user) == pair
        case Reorder():
            return event.user == pair[1] and pair[0] in event.authorizers
    return False


def _happened(live: LiveHousehold, event: Event, authorizer: str, at: datetime | None, known: bool) -> Happened:
    rules = live.running.book.at(event.date)
    match event:
        case Bind(binding=row):
            rule = rules.find("binding.relations")
            return Happened("renewed" if known else "bound", event.date, at, event.id, row, rule=rule)
        case Reorder():
            place = event.authorizers.index(authorizer) + 1
            return Happened("reordered", event.date, at, event.id, place=place)
    reason = event.reason if isinstance(event, Unbind) else ""
    return Happened("unbound", event.date, at, event.id, reason=reason)


def shared_by_year(live: LiveHousehold, authorizer: str, user: str) -> tuple[tuple[int, Fen], ...]:
    """What was shared by a pair in each year in which something was, the latest year first."""
    register = live.running.register
    rows = [place for place, row in enumerate(register) if (row.authorizer, row.user) == (authorizer, user)]
    found: list[tuple[int, Fen]] = []
    for year in sorted({outcome.event.date.year for outcome in live.outcomes}, reverse=True):
        shared = shared_by_row(register, live.outcomes, year)
        amount = sum(shared[place] for place in rows)
        if amount:
            found.append((year, amount))
    return tuple(found)


class PaymentOrder(NamedTuple):
    """In which order a user's authorizers pay by their open rows; `order` is the one that decides in truth (`priority`,
    `latest-bound`, `balance-desc`, `single`), by `rule`, or by the household's own switch."""

    authorizers: tuple[str, ...]
    order: str
    rule: Value
    own_switch: bool

    @property
    def decides(self) -> bool:
        """Whether it matters who comes first by priority."""
        return self.order in ("priority", "single")


def payment_order(live: LiveHousehold, user: str, day: date) -> PaymentOrder:
    """The authorizers of a user's rows that are open on a day, by priority."""
    rows = [row for row in live.running.register if row.user == user and row.open_on(day)]
    line = dict.fromkeys(row.authorizer for row in sorted(rows, key=lambda row: (row.priority, row.bound_at)))
    sharing = live.running.book.at(day).sharing
    own = live.household.terms.order
    return PaymentOrder(tuple(line), own or sharing.order, sharing.order_rule, own is not None)
