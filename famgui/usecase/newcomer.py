"""People who join a household of the book, within a transaction that has been begun: persons, accounts, balances."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import count

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Event, Household
from famgui.domain.person import Person
from famgui.store.book import Book, Writing
from famgui.store.founding import add_persons
from famgui.store.person_change import fresh_handle
from famgui.store.rows import Batch
from famgui.usecase.household import LiveHousehold, RulesOf, compute, live_at, write_down
from famgui.usecase.record import RecordedAll, numbered, record_in


def found(
    tx: Writing, rules_of: RulesOf, place: str, title: str, newcomers: Sequence[tuple[Person, Balance]], now: datetime
) -> int:
    """A new household of these people; its id. Their balances are those before the first event."""
    persons = tuple(person for person, _ in newcomers)
    balances = {person.id: balance for person, balance in newcomers if person.has_account}
    batch = Batch(tx.connection)
    household_id, _, _ = write_down(
        batch, compute(Household(place, persons, balances), rules_of(place), now), title, now
    )
    batch.write()
    tx.several.append((household_id, title))
    return household_id


def bring_in(
    tx: Writing,
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    newcomers: Sequence[tuple[Person, Balance]],
) -> LiveHousehold:
    """More people for a household, their accounts still empty; the household with them. Handles must be free."""
    live = live_at(book, tx.connection, rules_of, household_id)
    batch = Batch(tx.connection)
    keys = replace(live.keys, persons=dict(live.keys.persons))
    running = live.running.fork()
    add_persons(batch, household_id, keys, [person for person, _ in newcomers])
    for person, _ in newcomers:
        running.persons[person.id] = person
        if person.has_account:
            running.balances[person.id] = Balance()
    batch.write()
    tx.changed.add(household_id)
    tx.several.extend((household_id, f"person {person.id}") for person, _ in newcomers)
    household = replace(
        live.household,
        persons=(*live.household.persons, *(person for person, _ in newcomers)),
        balances={**live.household.balances, **{person.id: Balance() for person, _ in newcomers if person.has_account}},
    )
    return replace(live, household=household, running=running, keys=keys)


def join(
    tx: Writing,
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    newcomers: Sequence[tuple[Person, Balance]],
    *,
    day: date,
    now: datetime,
    events: Sequence[Event] = (),
) -> RecordedAll:
    """More people for a household; what their accounts hold comes as deposits on `day`, `events` after them. Handles
    must be free. When an event is refused the answer says why, and whoever began the transaction abandons it."""
    joined = bring_in(tx, book, rules_of, household_id, newcomers)
    whole = (*deposits(joined, newcomers, day), *events)
    return record_in(tx, book, rules_of, household_id, whole, now=now, live=joined)


def deposits(live: LiveHousehold, newcomers: Sequence[tuple[Person, Balance]], day: date) -> Iterator[Deposit]:
    """What the newcomers' accounts hold, bucket by bucket."""
    handles = numbered(live.household, Deposit)
    for person, balance in newcomers:
        for amount, prior in ((balance.prior_years, True), (balance.current, False)):
            if person.has_account and amount:
                yield Deposit(next(handles), day, person.id, amount, prior_years=prior)


def free_handles(household: Household) -> Iterator[str]:
    """Handles that no person of the household has, counted on from the highest: p1, p2 and so on."""
    first = int(fresh_handle(person.id for person in household.persons).removeprefix("p"))
    return (f"p{number}" for number in count(first))
