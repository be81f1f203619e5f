"""A household whose rows were changed in place must still compute to what is written down: seen before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from famgui.domain.household import Amend, Bind, Event, Household, Refund, Unbind
from famgui.domain.person import amended
from famgui.domain.renaming import named_in
from famgui.store import person_change
from famgui.store.book import Connection, Kept, Writing
from famgui.store.eventtext import event_type
from famgui.store.household import read_household
from famgui.store.proof import unlike_ledger
from famgui.usecase.household import Computed, RulesOf, compute, differences
from famgui.usecase.record import Refusal

MOST_NAMED = 5
"""So many records are named when some would change."""


class Said(NamedTuple):
    """A record as people know it: the kind of its event ("account" or "binding" for what stands beside events), whom it
    is about, and its day where it has one."""

    kind: str
    names: tuple[str, ...]
    day: date | None = None


class Found(NamedTuple):
    """Something that does not come out as it is written: a code and the event, person or pair it is about."""

    code: str
    subject: str


@dataclass(frozen=True, slots=True)
class Look:
    """A household as written, all that its events do, and where the two differ."""

    title: str
    household: Household
    computed: Computed
    found: frozenset[Found]

    @property
    def events(self) -> tuple[Event, ...]:
        """The events in the order of the file."""
        return self.household.events


def look(connection: Connection, rules_of: RulesOf, household_id: int, now: datetime) -> Look:
    """Compute a household and hold it against its rows. Raises `NoSuchHousehold` and what `rules_of` raises."""
    title, household = read_household(connection, household_id)
    computed = compute(household, rules_of(household.place), now)
    found = {Found(*one) for one in differences(connection, household_id, computed.running, computed.outcomes)}
    found |= {Found(*one) for one in unlike_ledger(connection, household_id, computed.facts)}
    return Look(title, household, computed, frozenset(found))


def drifted(before: Look) -> Refusal | None:
    """The refusal where a household does not come out as recorded even before anything is changed."""
    if not before.found:
        return None
    return Refusal("RULES_CHANGED", (("subjects", _told(before.found, before)),))


def would_change(before: Look | None, after: Look, names: Mapping[str, str] | None = None) -> Refusal | None:
    """The refusal where something came out as recorded before and does not now; it names what. `names` are handles that
    have changed meanwhile."""
    known = set() if before is None else {_renamed(found, names or {}) for found in before.found}
    new = after.found - known
    return None if not new else Refusal("RESULT_CHANGES", (("records", _told(new, after)),))


def _renamed(found: Found, names: Mapping[str, str]) -> Found:
    return found._replace(subject=" ".join(names.get(word, word) for word in found.subject.split(" ")))


def _told(found: Iterable[Found], seen: Look) -> tuple[Said, ...]:
    """Records by day, then accounts and pairs; one more than are named where there are more."""
    events = {event.id: event for event in seen.events}
    subjects = sorted({one.subject for one in found}, key=lambda one: (one not in events, one))
    subjects.sort(key=lambda one: events[one].date if one in events else date.max)
    return said(seen.household, subjects[: MOST_NAMED + 1])


def said(household: Household, subjects: Iterable[str]) -> tuple[Said, ...]:
    """Events, accounts and pairs of a household as people know them."""
    events = {event.id: event for event in household.events}
    return tuple(dict.fromkeys(_said(household, events, subject) for subject in subjects))


def _said(household: Household, events: Mapping[str, Event], subject: str) -> Said:
    names = {person.id: person.name or person.id for person in household.persons}
    event = events.get(subject)
    if event is None:
        words = tuple(names.get(word, word) for word in subject.split(" "))
        return Said("binding" if len(words) > 1 else "account", words)
    if isinstance(event, Refund):
        bill = events.get(event.of)
        who = tuple(named_in(bill)) if bill is not None else ()
    elif isinstance(event, Bind):
        who = (event.binding.authorizer, event.binding.user)
    elif isinstance(event, Unbind):
        who = (event.authorizer, event.user)
    else:
        who = tuple(sorted(named_in(event)))
    return Said(event_type(event), tuple(names.get(one, one) for one in who), event.date)


def settle_person(connection: Connection, household_id: int, person_id: int, after: Look) -> bool:
    """Let what the book keeps beside a person's row - how they stand now, whether they have an account - follow the
    row; False where an account with money would have to go."""
    handle = person_change.place_of(connection, person_id).handle
    person_change.stand(connection, person_id, after.computed.running.persons[handle])
    has, opened_by = _account_of(connection, household_id, person_id, handle, after)
    return person_change.fit_account(connection, person_id, has, opened_by)


def _account_of(
    connection: Connection, household_id: int, person_id: int, handle: str, after: Look
) -> tuple[bool, int | None]:
    """Whether there is an account, and the row of the event that brought it (None: from before the first)."""
    person = person_change.given(connection, person_id)
    if person.has_account:
        return True, None
    for fact in after.computed.facts:
        event = fact.outcome.event
        if isinstance(event, Amend) and event.person == handle:
            person = amended(person, event.facts)
            if person.has_account:
                rows = list(person_change.events_of(connection, household_id))
                return True, rows[fact.seq - 1]
    return False, None


def forget_kept(tx: Writing, *households: int) -> None:
    """What was computed of these households is not as they stand any more."""
    for household_id in households:
        tx.kept[household_id] = Kept(-1, None)
