"""The checklist for the official platform: a place's steps for binding, unbinding and paying premiums, what has to be
typed there, and which steps have been ticked off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Premium
from famgui.domain.person import Person
from famgui.domain.rule import NOTHING, Value
from famgui.domain.rulebook import Rules
from famgui.policy.library import Library
from famgui.store import tick as ticks
from famgui.store.book import Book
from famgui.store.tick import Owner, Pair
from famgui.usecase.household import LiveHousehold

Deed: TypeAlias = Literal["bind", "unbind", "premium"]
Typed: TypeAlias = Literal["name", "id-number", "relation", "starts", "ends", "phone", "place", "amount"]

_CHANNELS = "binding_path"
"""The topic of the clauses that say where one goes, for a place whose steps are not known."""


class Step(NamedTuple):
    """One step on the platform: its key, stable while the place's steps are ("bind-1"), what to do in both languages,
    and the moment in which it was ticked off (ISO text, "": not yet)."""

    item: str
    zh: str
    en: str
    done_at: str = ""


class Entry(NamedTuple):
    """Something that has to be typed on the platform, for whom (handle), as it stands in the book: words of the rules
    with `relation`, a GB/T 2260 code with `place`, fen with `amount`."""

    what: Typed
    person: str
    value: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is to be done on the platform for one row of the register or one premium's event.

    `clauses` stand behind the steps (`weak`: not confirmed); where the place has no steps `channels` are the clauses
    that say where to go, of the nearest place that has any."""

    deed: Deed
    owner: Owner
    authorizer: str
    users: tuple[str, ...]
    steps: tuple[Step, ...]
    clauses: tuple[str, ...]
    weak: bool
    entries: tuple[Entry, ...]
    channels: tuple[str, ...]

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return sum(bool(step.done_at) for step in self.steps)

    @property
    def complete(self) -> bool:
        """Whether there are steps and all of them are done."""
        return bool(self.steps) and self.done == len(self.steps)

    @property
    def last(self) -> str:
        """The day (ISO text) on which the last step was ticked off, "" without one."""
        return max((step.done_at for step in self.steps), default="")[:10]


def load(book: Book, library: Library, live: LiveHousehold, deed: Deed, owner_id: int, day: date) -> Checklist:
    """The checklist of a row of the register, or with `premium` of an event's row, by the rules of `day`. Raises
    LookupError where the household has no such row."""
    with book.read() as connection:
        owner = Owner("event" if deed == "premium" else "binding", owner_id)
        done = ticks.ticked(connection, owner)
        pair = None if deed == "premium" else ticks.pair_of(connection, owner_id)
        paid = ticks.handle_of(connection, owner_id) if deed == "premium" else None
    book_of_rules = library.book(live.household.place)
    rules = book_of_rules.at(day)
    persons = live.running.persons
    if pair is not None and pair.household == live.id:
        entries = tuple(_pair_entries(deed, pair, persons[pair.user], rules))
        way = rules.find(f"platform.{deed}")
        return _made(deed, owner, (pair.authorizer, (pair.user,)), entries, done, way, live, library)
    if paid is not None and paid[0] == live.id:
        premium = next((one for one in live.household.events if one.id == paid[1]), None)
        if isinstance(premium, Premium):
            amounts = _paid(live, premium)
            entries = tuple(_premium_entries(persons, amounts))
            own_window = book_of_rules.at(premium.date).find("premium.window", product=premium.product)
            way = rules.find("platform.premium") if own_window.value is not None else NOTHING
            return _made(deed, owner, (premium.payer, tuple(amounts)), entries, done, way, live, library)
    raise LookupError(owner_id)


def premium_event(book: Book, live: LiveHousehold, handle: str) -> int | None:
    """The row of a premium's event, by its handle; None without one."""
    with book.read() as connection:
        return ticks.event_of(connection, live.id, handle)


def progress(book: Book, household_id: int) -> dict[int, frozenset[str]]:
    """The items ticked off for each row of the register that has any, by its id ("bind-1", "unbind-2")."""
    with book.read() as connection:
        return ticks.of_household(connection, household_id)


def tick(book: Book, owner: Owner, item: str, *, on: bool, now: datetime) -> Changes:
    """Tick a step off, or take the tick away again; nothing changes where it is so already. Raises `BookTrouble`."""
    with book.write("tick" if on else "untick", now) as tx:
        changed = ticks.put(tx.connection, owner, item, now) if on else ticks.remove(tx.connection, owner, item)
        tx.silent = True
    if not changed:
        return NO_CHANGES
    ids = frozenset({owner.id})
    return Changes(bindings=ids) if owner.kind == "binding" else Changes(events=ids)


def _made(
    deed: Deed,
    owner: Owner,
    who: tuple[str, tuple[str, ...]],
    entries: tuple[Entry, ...],
    done: Mapping[str, str],
    way: Value,
    live: LiveHousehold,
    library: Library,
) -> Checklist:
    """The checklist with the steps of a `way`; the platform's way for premiums is that of the resident insurance, which
    has a time to pay, and of no other product."""
    steps = tuple(
        Step(f"{deed}-{number}", one.zh, one.en, done.get(f"{deed}-{number}", ""))
        for number, one in enumerate(way.value or (), 1)
    )
    clauses = tuple(clause for clause in (way.clause, *way.beside) if clause)
    channels = () if steps else _channels(live.household.place, library)
    return Checklist(deed, owner, *who, steps, clauses, way.weak, entries, channels)


def _channels(place: str, library: Library) -> tuple[str, ...]:
    """The clauses on where to go, of the nearest place that has any."""
    for near in library.chain(place):
        found = [one.id for one in library.clauses.values() if (one.place, one.topic) == (near, _CHANNELS)]
        if found:
            return tuple(found)
    return ()


def _pair_entries(deed: Deed, pair: Pair, user: Person, rules: Rules) -> Iterator[Entry]:
    yield Entry("name", user.id, user.name)
    yield Entry("id-number", user.id, user.id_number)
    if deed == "unbind":
        return
    yield Entry("relation", user.id, pair.relation)
    yield Entry("starts", user.id, pair.starts)
    yield Entry("ends", user.id, pair.ends or "")
    if user.phone or rules.find("binding.asks.phone").value:
        yield Entry("phone", user.id, user.phone)


def _premium_entries(persons: Mapping[str, Person], amounts: Mapping[str, int]) -> Iterator[Entry]:
    for who, amount in amounts.items():
        person = persons[who]
        yield Entry("name", who, person.name)
        yield Entry("id-number", who, person.id_number)
        yield Entry("place", who, person.insured_place)
        yield Entry("amount", who, str(amount))


def _paid(live: LiveHousehold, premium: Premium) -> dict[str, int]:
    """What was paid for whom by a premium's event, in fen."""
    outcome = next(one for one in live.outcomes if one.event is premium or one.event == premium)
    return {line.person: line.paid for line in outcome.premiums if line.status == "settled"}
