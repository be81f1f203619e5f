"""Record what happened to a household: recomputed from what the book holds, written whole or not at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from itertools import count
from operator import or_

from famgui.domain.account import Balance
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import (
    Amend,
    Bind,
    Deposit,
    Event,
    Household,
    Premium,
    Refund,
    Reorder,
    Unbind,
)
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome
from famgui.store import record as journal
from famgui.store.audit import AuditLine, note
from famgui.store.book import Book, Connection, Kept, Writing
from famgui.store.draft import remove_kind
from famgui.store.journal import posted, touched
from famgui.store.record import Fact
from famgui.usecase.household import LiveHousehold, RulesOf, live_at
from famgui.usecase.trial import Computed, compute_event
from famgui.usecase.trial import Recorded as Recorded
from famgui.usecase.trial import Refusal as Refusal

_LETTERS: dict[type, str] = {
    Visit: "v",
    Refund: "r",
    Deposit: "d",
    Premium: "p",
    Bind: "b",
    Unbind: "u",
    Amend: "a",
    Reorder: "o",
}


@dataclass(frozen=True, slots=True)
class RecordedAll:
    """What became of several events: all are in the book, `each` in their order; or none is, and `refused` says why the
    event at `index` (from 0) could not be."""

    each: tuple[Recorded, ...] = ()
    index: int | None = None
    refused: Recorded | None = None

    @property
    def recorded(self) -> bool:
        """Whether all of them are now in the book."""
        return self.refused is None

    @property
    def changes(self) -> Changes:
        """What all of them changed together."""
        return reduce(or_, (one.changes for one in self.each), NO_CHANGES)


def record_event(
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    event: Event,
    *,
    now: datetime,
    action: str = "record",
    draft: str = "",
) -> Recorded:
    """Record one event. What the rules refuse, and what cannot be, is answered and not recorded.

    `action` is the audit entry's verb, `draft` the kind of draft it was typed as, which is gone once it is recorded.
    Raises `NoSuchHousehold`, `BookTrouble`, and what `rules_of` raises."""
    done = record_events(book, rules_of, household_id, (event,), now=now, action=action, draft=draft)
    return done.each[0] if done.refused is None else done.refused


def record_events(
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    events: Sequence[Event],
    *,
    now: datetime,
    action: str = "record",
    draft: str = "",
) -> RecordedAll:
    """Record events one after the other in one transaction, each with an audit entry: all of them or none.

    The first that is refused takes all others back. Raises as `record_event` does."""
    with book.write(action, now) as tx:
        tx.silent = True
        done = record_in(tx, book, rules_of, household_id, events, now=now, action=action)
        if not done.recorded:
            tx.abandon()
        elif draft:
            remove_kind(tx.connection, draft)
    return done


def record_in(
    tx: Writing,
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    events: Sequence[Event],
    *,
    now: datetime,
    action: str = "record",
    live: LiveHousehold | None = None,
) -> RecordedAll:
    """The same within a transaction that has been begun; whoever began it abandons it when an event is refused. `live`
    is the household where the transaction has changed it already."""
    done: list[Recorded] = []
    live = _with_own_keys(live or live_at(book, tx.connection, rules_of, household_id))
    for index, event in enumerate(events):
        computed = compute_event(live, event)
        if isinstance(computed, Recorded):
            return RecordedAll((), index, computed)
        changes, live, row = _write(tx.connection, live, computed, now)
        note(tx.connection, AuditLine(now, f"{action} {_word(event)}", household_id, row, _detail(event)))
        done.append(Recorded(computed.outcome, changes))
    tx.kept[household_id] = Kept(len(live.outcomes), live)
    return RecordedAll(tuple(done))


def try_each(live: LiveHousehold, events: Sequence[Event]) -> Iterator[tuple[Outcome | Recorded, LiveHousehold]]:
    """As `try_events`, but one that is refused is passed over: what each would do or why it would not be recorded, and
    the household after it."""
    live = _with_own_keys(live)
    for event in events:
        computed = compute_event(live, event)
        if isinstance(computed, Recorded):
            yield computed, live
        else:
            live = _after(live, computed)
            yield computed.outcome, live


def try_events(live: LiveHousehold, events: Sequence[Event]) -> tuple[Outcome, ...] | Recorded:
    """What events would do if they were recorded now, one after the other; or why the first refused one would not be.
    Nothing is written and `live` stays as it is."""
    outcomes: list[Outcome] = []
    for found, _ in try_each(live, events):
        if isinstance(found, Recorded):
            return found
        outcomes.append(found)
    return tuple(outcomes)


def undo(book: Book, rules_of: RulesOf, household_id: int, visit: str, *, now: datetime) -> Recorded:
    """Take a recorded visit back whole, on the day of the household's last event, so that no year turns by it."""
    with book.read() as connection:
        household = live_at(book, connection, rules_of, household_id).household
    if not any(isinstance(event, Visit) and event.id == visit for event in household.events):
        return Recorded(None, refusals=(Refusal("NOT_A_VISIT", (("id", visit),)),))
    day = max(event.date for event in household.events)
    refund = Refund(next_handle(household, Refund), day, visit)
    return record_event(book, rules_of, household_id, refund, now=now, action="undo")


def next_handle(household: Household, kind: type[Event]) -> str:
    """A handle that no event has yet: v1, v2 for visits, r1 for refunds, and so on."""
    form = re.compile(rf"{_LETTERS[kind]}([0-9]{{1,9}})")
    numbers = (int(found[1]) for event in household.events if (found := form.fullmatch(event.id)))
    return f"{_LETTERS[kind]}{max(numbers, default=0) + 1}"


def numbered(household: Household, kind: type[Event]) -> Iterator[str]:
    """Handles that no event has yet, one after the other: what `next_handle` gives, and those after it."""
    first = next_handle(household, kind)
    letter = _LETTERS[kind]
    return (f"{letter}{number}" for number in count(int(first.removeprefix(letter))))


def _word(event: Event) -> str:
    return type(event).__name__.lower()


def _detail(event: Event) -> str:
    """What an audit entry says of an event: its handle, and the reason where one was given."""
    reason = event.reason if isinstance(event, Refund | Unbind) else ""
    return f"{event.id}: {reason}" if reason else event.id


def _with_own_keys(live: LiveHousehold) -> LiveHousehold:
    """The same household with keys that may be moved along and thrown away."""
    keys = live.keys
    return replace(live, keys=replace(keys, visits=dict(keys.visits), handles=set(keys.handles)))


def _after(live: LiveHousehold, done: Computed) -> LiveHousehold:
    """The household with an event that has been computed; the keys move along."""
    event = done.outcome.event
    live.keys.happened(event)
    return replace(
        live,
        household=replace(live.household, events=(*live.household.events, event)),
        running=done.running,
        outcomes=(*live.outcomes, done.outcome),
    )


def _write(
    connection: Connection, live: LiveHousehold, done: Computed, now: datetime
) -> tuple[Changes, LiveHousehold, int]:
    """Write it down; what changed, the household as it stands then, and the row of the event."""
    seq = len(live.outcomes) + 1
    balances: dict[str, Balance] = dict(live.running.balances)
    for account in done.running.balances.keys() - balances.keys():
        balances[account] = Balance()
    fact = Fact(seq, done.outcome, done.visit, posted(done.entries, balances))
    moved = {who: balances[who] for who in touched(done.entries)}
    assert balances == done.running.balances
    written = journal.append(connection, live.id, live.keys, [fact], moved, now)
    live.keys.settled(written.visits)
    changes = Changes(
        households=frozenset({live.id}),
        persons=frozenset(live.keys.persons[who] for who in moved),
        bindings=frozenset(written.bindings),
        events=frozenset(written.events.values()),
        postings=bool(fact.posted),
    )
    return changes, _after(live, done), written.events[seq]
