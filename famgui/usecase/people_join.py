"""Two households made one: everything of the second moved into the first, and computed again before it is kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from famgui.domain.account import Balance
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Deposit, Event, Household
from famgui.domain.renaming import renamed
from famgui.store import person_change, person_move
from famgui.store.book import Book, Connection, Writing
from famgui.store.household import binding_ids, read_household, read_keys
from famgui.store.record import last_seq
from famgui.usecase.household import RulesOf
from famgui.usecase.people_proof import Look, drifted, forget_kept, look, would_change
from famgui.usecase.record import Refusal, next_handle

_BUCKETS = ("replay-balance", "replay-posted-")
"""Differences that are only about when the year turned for an account: the ledger is written anew for them."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining two households did or would do: who and what moved, which handles changed. `posted_again` where the
    ledger was written anew since the year turns with the other household's events; `opened_by` are deposits that stand
    for what accounts held when they were opened in a later year. With `refusals` nothing was changed."""

    refusals: tuple[Refusal, ...] = ()
    changes: Changes = NO_CHANGES
    persons: int = 0
    events: int = 0
    bindings: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    posted_again: bool = False
    opened_by: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing stands against it."""
        return not self.refusals


@dataclass(slots=True)
class _Side:
    """One of the two while they are joined: its rows, events by row, and what its accounts held at first."""

    id: int
    look: Look
    rows: dict[int, Event]
    opened: person_move.Opened
    new: list[tuple[int, Event]] = field(default_factory=list)

    @property
    def household(self) -> Household:
        return self.look.household

    @property
    def year(self) -> int | None:
        """The year whose money the accounts held at first; None where they held nothing."""
        return None if self.opened.day is None else int(self.opened.day[:4])


def join_households(
    book: Book, rules_of: RulesOf, home: int, other: int, *, now: datetime, dry: bool = False
) -> Joined:
    """Move everybody of `other` into `home`; with `dry` only tell what that would do.

    Both must be under the same place and switches, and all that is recorded must come out as it is. Raises
    `NoSuchHousehold`, `BookTrouble` and what `rules_of` raises."""
    if not dry:
        book.keep_copy("join", now)
    with book.write("join households", now) as tx:
        done = join_in(tx, rules_of, home, other, now)
        if done.refusals or dry:
            tx.abandon()
        tx.household, tx.detail = home, f"{other}"
        forget_kept(tx, home, other)
    return done


def join_in(tx: Writing, rules_of: RulesOf, home: int, other: int, now: datetime) -> Joined:
    """The same within a transaction that has been begun; whoever began it abandons it when it is refused."""
    if home == other:
        return Joined((Refusal("SAME_HOUSEHOLD"),))
    connection = tx.connection
    first, second = (_side(connection, rules_of, key, now) for key in (home, other))
    refusals = tuple(_refusals(first, second))
    if refusals:
        return Joined(refusals)
    names, events = _clashes(first.household, second.household)
    done = Joined(
        persons=len(second.household.persons),
        events=len(second.rows),
        bindings=len(binding_ids(connection, other)),
        renamed=tuple(names.items()),
    )
    _rename(connection, second, names, events)
    person_move.move_in(connection, home, other)
    opened_by = _open_late(connection, home, (first, second), now)
    person_move.order_events(connection, home, _in_order(first, second))
    found = _prove(connection, rules_of, home, now, bool(opened_by))
    if isinstance(found, Refusal):
        return Joined((found,))
    changes = Changes(
        households=frozenset({home, other}),
        persons=frozenset(person_change.handles(connection, home).values()),
        bindings=frozenset(binding_ids(connection, home)),
        postings=True,
    )
    return replace(done, changes=changes, posted_again=found, opened_by=opened_by)


def _side(connection: Connection, rules_of: RulesOf, household_id: int, now: datetime) -> _Side:
    seen = look(connection, rules_of, household_id, now)
    rows = person_change.events_of(connection, household_id)
    return _Side(household_id, seen, rows, person_move.opened(connection, household_id))


def _refusals(first: _Side, second: _Side) -> Iterable[Refusal]:
    if first.household.place != second.household.place:
        yield Refusal("OTHER_PLACE", (("home", first.household.place), ("other", second.household.place)))
    elif first.household.terms != second.household.terms:
        yield Refusal("OTHER_SWITCHES")
    for side in (first, second):
        refusal = drifted(side.look)
        if refusal is not None:
            yield refusal


def _clashes(home: Household, other: Household) -> tuple[dict[str, str], dict[str, str]]:
    """New handles for persons and events of the other household whose handles are taken."""
    taken = {person.id for person in home.persons}
    all_handles = taken | {person.id for person in other.persons}
    names: dict[str, str] = {}
    for person in other.persons:
        if person.id in taken:
            names[person.id] = person_change.fresh_handle(all_handles)
            all_handles.add(names[person.id])
    taken = {event.id for event in home.events}
    both = replace(home, events=(*home.events, *other.events))
    events: dict[str, str] = {}
    for event in other.events:
        if event.id in taken:
            events[event.id] = next_handle(both, type(event))
            both = replace(both, events=(*both.events, replace(event, id=events[event.id])))
    return names, events


def _rename(connection: Connection, side: _Side, names: Mapping[str, str], events: Mapping[str, str]) -> None:
    """Let the rows of a household go by the new handles before it moves."""
    ids = person_change.handles(connection, side.id)
    for old, handle in names.items():
        person_move.rename_person(connection, ids[old], handle)
    now = {key: renamed(event, names, events) for key, event in side.rows.items()}
    changed = {key: (side.rows[key].id, event) for key, event in now.items() if event != side.rows[key]}
    person_move.rewrite_events(connection, changed)
    person_move.rewrite_traces(connection, side.id, names)
    side.rows = now
    opened = {names.get(who, who): held for who, held in side.opened.balances.items()}
    side.opened = side.opened._replace(balances=opened)


def _open_late(connection: Connection, home: int, sides: Sequence[_Side], now: datetime) -> tuple[str, ...]:
    """An account opened in a later year than the joined household's first event held money of that later year: a
    deposit on the day it was opened takes the place of the opening, which would count as the first year's."""
    years = [event.date.year for side in sides for event in side.rows.values()]
    made: list[str] = []
    for side in sides:
        if not years or side.year is None or side.year <= min(years):
            continue
        ids = person_change.handles(connection, home)
        for who, held in side.opened.balances.items():
            if held.current:
                household = read_household(connection, home)[1]
                event = Deposit(next_handle(household, Deposit), _day(side), who, held.current)
                seq = last_seq(connection, home) + 1
                side.new.append((person_move.add_event(connection, home, seq, event, now, "open account"), event))
                person_move.open_with(connection, ids[who], Balance(0, held.prior_years))
                made.append(event.id)
    return tuple(made)


def _day(side: _Side) -> date:
    assert side.opened.day is not None
    return date.fromisoformat(side.opened.day)


def _in_order(*sides: _Side) -> list[int]:
    """The rows of both by date, each household's own order kept."""
    waiting = [[*side.new, *side.rows.items()] for side in sides]
    rows: list[int] = []
    while any(waiting):
        heads = [side for side in waiting if side]
        side = min(heads, key=lambda side: side[0][1].date)
        rows.append(side.pop(0)[0])
    return rows


def _prove(connection: Connection, rules_of: RulesOf, home: int, now: datetime, again: bool) -> Refusal | bool:
    """Whether the ledger had to be written anew; a refusal where what is recorded would not come out any more."""
    after = look(connection, rules_of, home, now)
    grave = frozenset(found for found in after.found if not found.code.startswith(_BUCKETS))
    if grave:
        return would_change(None, replace(after, found=grave)) or False
    again = again or bool(after.found)
    if again:
        keys = read_keys(connection, home, after.events)
        computed = after.computed
        held = person_move.totals(connection, home)
        if held != {who: balance.total for who, balance in computed.running.balances.items()}:
            return would_change(None, after) or Refusal("RESULT_CHANGES", (("records", ""),))
        balances = computed.running.balances
        person_move.post_again(connection, home, keys, computed.openings, computed.facts, balances)
        after = look(connection, rules_of, home, now)
    return would_change(None, after) or again
