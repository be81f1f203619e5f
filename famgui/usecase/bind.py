"""A finished binding wizard put into the book: new people, their bindings and the papers brought; all or nothing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from famgui.domain.binding_check import Check, Setting
from famgui.domain.binding_flow import blocking, checks
from famgui.domain.binding_wish import Circumstances, Known, Party, State, bindings, orders, person
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Bind, Household, Reorder
from famgui.domain.identity import normal_id_number
from famgui.domain.persondraft import person_of
from famgui.domain.rulebook import RuleBook
from famgui.store.book import Book, Connection, Writing
from famgui.store.draft import remove_kind
from famgui.store.person_find import hits, same_number
from famgui.usecase.attachment import Proof, add_in
from famgui.usecase.household import LiveHousehold, RulesOf, live_at
from famgui.usecase.newcomer import found, free_handles, join
from famgui.usecase.record import Recorded, numbered


@dataclass(frozen=True, slots=True)
class Asked:
    """What a wizard asks to be recorded: the household (None: a new one, at `place`, called `title`), everything
    entered, and by the handle of a user the proofs brought."""

    household: int | None
    place: str
    title: str
    state: State
    proofs: Mapping[str, Sequence[Proof]]
    draft: str = ""
    """The kind of draft in which it is kept while it is half-done: gone once it is recorded."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of it. It is in the book if `recorded`: the household, the handles of the events and of the people as
    they are called there (by their names in the flow); else `failed` are the checks that stand against it, or `refused`
    says why an event could not be recorded."""

    household: int | None = None
    events: tuple[str, ...] = ()
    handles: Mapping[str, str] | None = None
    changes: Changes = NO_CHANGES
    failed: tuple[Check, ...] = ()
    refused: Recorded | None = None

    @property
    def recorded(self) -> bool:
        """Whether all of it is now in the book."""
        return bool(self.changes)


def circumstances(live: LiveHousehold | None, rules: RuleBook, day: date, regions: Container[str]) -> Circumstances:
    """What a wizard is checked against on a day: the household as it stands, or nobody where there is none yet."""
    persons = {} if live is None else live.running.persons
    register = () if live is None else tuple(live.running.register)
    return Circumstances(Setting(persons, register, rules.at(day), day), regions)


def known_people(connection: Connection, state: State, home: int | None) -> dict[str, Known]:
    """By ID number who is in the book already of those who are typed as new, those of the household `home` first."""
    found: dict[str, Known] = {}
    for party in _parties(state):
        number = "" if party.draft is None else person_of(party.draft, party.handle).id_number
        if number and normal_id_number(number):
            same = hits(connection, same_number(connection, number))
            for hit in sorted(same, key=lambda hit: hit.household != home)[:1]:
                found[number] = Known(hit.household, hit.title, hit.person)
    return found


def known_in(book: Book, state: State, home: int | None) -> dict[str, Known]:
    """The same, of a book."""
    with book.read() as connection:
        return known_people(connection, state, home)


def record_binding(
    book: Book, rules_of: RulesOf, asked: Asked, *, regions: Container[str], now: datetime, day: date | None = None
) -> Bound:
    """Record everything that a wizard holds, in one transaction, after checking it once more against the book as it is
    then. `day` is the day on which it is asked for (default: of `now`). Raises `BookTrouble`, `NoSuchHousehold` and
    what `rules_of` raises."""
    with book.write("bind", now) as tx:
        done = _record(tx, book, rules_of, asked, regions, now, day or now.date())
        if not done.recorded:
            tx.abandon()
        elif asked.draft:
            remove_kind(tx.connection, asked.draft)
    return done


def _record(
    tx: Writing, book: Book, rules_of: RulesOf, asked: Asked, regions: Container[str], now: datetime, day: date
) -> Bound:
    live = None if asked.household is None else live_at(book, tx.connection, rules_of, asked.household)
    around = circumstances(live, rules_of(asked.place if live is None else live.household.place), day, regions)
    around = replace(around, known=known_people(tx.connection, asked.state, asked.household))
    state = replace(asked.state, step="review")
    if blocking(state, around):
        return Bound(failed=tuple(check for check in checks(state, around) if check.state == "failed"))
    state, named = _named(state, Household(asked.place, ()) if live is None else live.household)
    newcomers = [(person(party, around), party.balance) for party in _parties(state) if party.is_new]
    moment = datetime.combine(day, now.time().replace(microsecond=0))
    rows = bindings(state, around, moment)
    if live is None:
        household_id = found(tx, rules_of, asked.place, asked.title, newcomers, now)
        live, newcomers = live_at(book, tx.connection, rules_of, household_id), []
    handles = numbered(live.household, Bind)
    events = tuple(Bind(next(handles), day, row) for row in rows)
    handles = numbered(live.household, Reorder)
    moved = tuple(Reorder(next(handles), day, user, line) for user, line in orders(state, around))
    all_events: tuple[Bind | Reorder, ...] = (*events, *moved)
    done = join(tx, book, rules_of, live.id, newcomers, day=day, now=now, events=all_events)
    if done.refused is not None:
        return Bound(refused=done.refused)
    tx.silent = not tx.several
    by_user = _events_by_user(done.each[: len(done.each) - len(moved)], events)
    for user, files in asked.proofs.items():
        add_in(tx, (live.id, by_user[named.get(user, user)]), files, now=now)
    handles_of = {party.handle: named.get(party.handle, party.handle) for party in _parties(asked.state)}
    changes = done.changes | Changes(households=frozenset({live.id}))
    return Bound(live.id, tuple(event.id for event in all_events), handles_of, changes)


def _parties(state: State) -> tuple[Party, ...]:
    giver = () if state.authorizer is None else (state.authorizer,)
    return (*giver, *(wish.party for wish in state.wishes))


def _named(state: State, household: Household) -> tuple[State, dict[str, str]]:
    """The state with free handles for the people who are new, and which they are by their provisional names."""
    free = free_handles(household)
    names = {party.handle: next(free) for party in _parties(state) if party.is_new}

    def called(party: Party) -> Party:
        return replace(party, handle=names.get(party.handle, party.handle))

    wishes = tuple(replace(wish, party=called(wish.party)) for wish in state.wishes)
    giver = None if state.authorizer is None else called(state.authorizer)
    return replace(state, authorizer=giver, wishes=wishes), names


def _events_by_user(each: Sequence[Recorded], events: Sequence[Bind]) -> dict[str, int]:
    """By user the row of the event that bound them; the bindings are the last of what was recorded."""
    rows: dict[str, int] = {}
    for recorded, event in zip(each[len(each) - len(events) :], events, strict=True):
        (rows[event.binding.user],) = recorded.changes.events
    return rows
