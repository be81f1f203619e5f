"""Record what happened to a household: recomputed from what the book holds, written whole or not at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from famgui.base.toml_source import Fault
from famgui.domain.account import Balance
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Bind, Deposit, Event, Household, Premium, Refund, Unbind, by_date, refund_faults
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome, Running
from famgui.files.case_events import read_event
from famgui.files.casewrite import event_table
from famgui.files.reading import Table
from famgui.store import record as journal
from famgui.store.book import Book, Connection, Kept
from famgui.store.journal import Entry, Met, entries_of, late_entries, met, posted, touched
from famgui.store.record import Fact
from famgui.usecase.household import LiveHousehold, RulesOf, live_at

_LETTERS: dict[type, str] = {Visit: "v", Refund: "r", Deposit: "d", Premium: "p", Bind: "b", Unbind: "u"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event cannot be recorded: BACKDATED (it would change what is recorded after its day), RULES_CHANGED (the
    rules no longer give what is recorded, see `values`), NOT_A_VISIT, or the code of a fault of case files."""

    code: str
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an event. It is in the book if `recorded`; else `outcome` says what the rules refused, or
    `refusals` why it was not computed."""

    outcome: Outcome | None
    changes: Changes = NO_CHANGES
    refusals: tuple[Refusal, ...] = ()

    @property
    def recorded(self) -> bool:
        """Whether the event is now in the book."""
        return bool(self.changes)


@dataclass(frozen=True, slots=True)
class _Computed:
    """An event as it will stand in the book: its fact without postings, what it moves, the states around it."""

    outcome: Outcome
    visit: Visit | None
    entries: list[Entry]
    running: Running


def record_event(book: Book, rules_of: RulesOf, household_id: int, event: Event, *, now: datetime) -> Recorded:
    """Record one event. What the rules refuse, and what cannot be, is answered and not recorded.

    Raises `NoSuchHousehold`, `BookTrouble`, and what `rules_of` raises."""
    with book.write(f"record {_word(event)}", now) as tx:
        live = live_at(book, tx.connection, rules_of, household_id)
        done = _compute(live, event)
        if isinstance(done, Recorded):
            tx.abandon()
            return done
        recorded, renewed, moved = _write(tx.connection, live, done, now)
        tx.household, tx.event, tx.detail = household_id, *moved
        tx.kept[household_id] = renewed
    return recorded


def undo(book: Book, rules_of: RulesOf, household_id: int, visit: str, *, now: datetime) -> Recorded:
    """Take a recorded visit back whole, on the day of the household's last event, so that no year turns by it."""
    with book.read() as connection:
        household = live_at(book, connection, rules_of, household_id).household
    if not any(isinstance(event, Visit) and event.id == visit for event in household.events):
        return Recorded(None, refusals=(Refusal("NOT_A_VISIT", (("id", visit),)),))
    day = max(event.date for event in household.events)
    refund = Refund(next_handle(household, Refund), day, visit)
    return record_event(book, rules_of, household_id, refund, now=now)


def next_handle(household: Household, kind: type[Event]) -> str:
    """A handle that no event has yet: v1, v2 for visits, r1 for refunds, and so on."""
    form = re.compile(rf"{_LETTERS[kind]}([0-9]{{1,9}})")
    numbers = (int(found[1]) for event in household.events if (found := form.fullmatch(event.id)))
    return f"{_LETTERS[kind]}{max(numbers, default=0) + 1}"


def _word(event: Event) -> str:
    return type(event).__name__.lower()


def _compute(live: LiveHousehold, event: Event) -> _Computed | Recorded:
    """What the event does now, or why it is not to be recorded."""
    faults = tuple(_faults(live, event))
    if live.drift:
        faults = (Refusal("RULES_CHANGED", (("subjects", live.drift),)),)
    if faults:
        return Recorded(None, refusals=faults)
    if event.date < live.keys.last:
        return _late(live, event)
    before = met(live.running, event)
    running = live.running.fork()
    outcome = running.apply(event)
    if outcome.status == "refused":
        return Recorded(outcome)
    return _Computed(outcome, before.visit, entries_of(outcome, before), running)


def _faults(live: LiveHousehold, event: Event) -> Iterable[Refusal]:
    """What a case file with this event would be refused for: the same checks, so that every book can be exported."""
    household = live.household
    known = frozenset(live.keys.persons)
    taken = {event.id} & live.keys.handles
    faults: list[Fault] = []
    again = read_event(Table(event_table(event, household.place), (), faults), known, household.place, taken)
    for fault in faults:
        yield Refusal(fault.code, (("key", ".".join(map(str, fault.path))), *fault.values))
    if faults:
        return
    if again != event:
        raise ValueError(event)
    if isinstance(event, Refund):
        events = (*household.events, event)
        for index, code, about in refund_faults(events):
            last = index == len(household.events)
            yield Refusal(f"refund-{code}" if last else "BACKDATED", (("about", about),))


def _late(live: LiveHousehold, event: Event) -> _Computed | Recorded:
    """An event dated before others: taken if, computed by date, every recorded outcome stays as it is."""
    events = (*live.household.events, event)
    backdated = Recorded(None, refusals=(Refusal("BACKDATED", (("date", event.date.isoformat()),)),))
    running = Running(live.household, live.running.book)
    before: Met | None = None
    found: Outcome | None = None
    for index in by_date(events):
        if index == len(live.outcomes):
            before = met(running, event)
            found = running.apply(event)
            if found.status == "refused":
                return Recorded(found)
        elif running.apply(events[index]) != live.outcomes[index]:
            return backdated
    assert found is not None and before is not None
    entries = late_entries(found, before, live.running, running)
    return backdated if entries is None else _Computed(found, before.visit, entries, running)


def _write(
    connection: Connection, live: LiveHousehold, done: _Computed, now: datetime
) -> tuple[Recorded, Kept, tuple[int, str]]:
    """Write it down; the answer, the household as it stands then, and what the audit entry names."""
    seq = len(live.outcomes) + 1
    balances: dict[str, Balance] = dict(live.running.balances)
    fact = Fact(seq, done.outcome, done.visit, posted(done.entries, balances))
    moved = {who: balances[who] for who in touched(done.entries)}
    assert balances == done.running.balances
    written = journal.append(connection, live.id, live.keys, [fact], moved, now)
    event = done.outcome.event
    renewed = replace(
        live,
        household=replace(live.household, events=(*live.household.events, event)),
        running=done.running,
        outcomes=(*live.outcomes, done.outcome),
    )
    live.keys.happened(event)
    live.keys.settled(written.visits)
    changes = Changes(
        households=frozenset({live.id}),
        persons=frozenset(live.keys.persons[who] for who in moved),
        bindings=frozenset(written.bindings),
        events=frozenset(written.events.values()),
        postings=bool(fact.posted),
    )
    return Recorded(done.outcome, changes), Kept(seq, renewed), (written.events[seq], event.id)
