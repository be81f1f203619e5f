"""What an event would do if it were recorded now, or why it would not be. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass

from famgui.base.toml_source import Fault
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Amend, Bind, Event, Refund, Reorder, Unbind, by_date, refund_faults
from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome, Running
from famgui.files.case_events import read_event
from famgui.files.casewrite import event_table
from famgui.files.reading import Table
from famgui.store.journal import Entry, Met, entries_of, late_entries, met
from famgui.usecase.household import LiveHousehold


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event cannot be recorded: BACKDATED (it would change what is recorded after its day), RULES_CHANGED (the
    rules no longer give what is recorded, see `values`), REFUND_OTHER_RULES (they no longer give what is to be
    refunded), NOT_A_VISIT, NOT_LAST_REFUND, or the code of a fault of case files."""

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
class Computed:
    """An event as it will stand in the book: its fact without postings, what it moves, the states around it."""

    outcome: Outcome
    visit: Visit | None
    entries: list[Entry]
    running: Running


def compute_event(live: LiveHousehold, event: Event) -> Computed | Recorded:
    """What the event does now, or why it is not to be recorded."""
    faults = tuple(_faults(live, event))
    if live.drift:
        faults = (_drifted(live, event),)
    if faults:
        return Recorded(None, refusals=faults)
    if event.date < live.keys.last:
        return _late(live, event)
    before = met(live.running, event)
    running = live.running.fork()
    outcome = running.apply(event)
    if outcome.status == "refused":
        return Recorded(outcome)
    return Computed(outcome, before.visit, entries_of(outcome, before), running)


def _drifted(live: LiveHousehold, event: Event) -> Refusal:
    """The rules no longer give what is recorded; a refund of such a visit says so in its own words."""
    about = (("subjects", live.drift),)
    if isinstance(event, Refund):
        same = {event.of, *(e.id for e in live.household.events if isinstance(e, Refund) and e.of == event.of)}
        if same & set(live.drift):
            return Refusal("REFUND_OTHER_RULES", (("id", event.of), *about))
    return Refusal("RULES_CHANGED", about)


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
        later = [e for e in household.events if isinstance(e, Refund) and e.of == event.of and e.date > event.date]
        if later:
            yield Refusal("BACKDATED", (("date", event.date.isoformat()),))
        events = (*household.events, event)
        for index, code, about in refund_faults(events):
            last = index == len(household.events)
            yield Refusal(f"refund-{code}" if last else "BACKDATED", (("about", about),))


def _late(live: LiveHousehold, event: Event) -> Computed | Recorded:
    """An event dated before others: taken if, computed by date, every recorded outcome stays as it is."""
    events = (*live.household.events, event)
    backdated = Recorded(None, refusals=(Refusal("BACKDATED", (("date", event.date.isoformat()),)),))
    if any(_overtaken(event, other) for other in live.household.events):
        return backdated
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
    return backdated if entries is None else Computed(found, before.visit, entries, running)


def _overtaken(event: Event, other: Event) -> bool:
    """Whether a recorded event of a later day has the last word on what `event` would say."""
    if other.date <= event.date:
        return False
    if isinstance(event, Amend):
        return isinstance(other, Amend) and other.person == event.person
    if not isinstance(event, Reorder | Unbind | Bind) or not isinstance(other, Reorder | Unbind | Bind):
        return False
    if _user_of(event) != _user_of(other):
        return False
    if isinstance(event, Bind) and isinstance(other, Unbind):
        return event.binding.authorizer == other.authorizer
    return isinstance(event, Reorder) or isinstance(other, Reorder)


def _user_of(event: Reorder | Unbind | Bind) -> str:
    return event.binding.user if isinstance(event, Bind) else event.user
