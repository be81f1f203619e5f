"""A person's facts changed: put right as if they had always been so, or from a day on; and what there was to change."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Amend, Bind, Event, Unbind
from famgui.domain.person import FACTS, Person, amended
from famgui.domain.persondraft import DraftProblem, PersonDraft, draft_problems, person_of, tidied
from famgui.store import person_change, person_find
from famgui.store.book import Book, Connection
from famgui.store.household import read_household, stored_persons, stored_register
from famgui.usecase.household import LiveHousehold, RulesOf, load
from famgui.usecase.people_proof import forget_kept, look, settle_person, would_change
from famgui.usecase.record import Recorded, Refusal, next_handle, record_event


class AsKnown(NamedTuple):
    """A person as given before the first event, and as they stand after the last one."""

    given: Person
    stands: Person


def as_known(book: Book, person_id: int) -> AsKnown:
    """What there is to correct, and what there is to change from a day on. Raises `NoSuchHousehold`."""
    with book.read() as connection:
        home, handle = person_change.place_of(connection, person_id)
        return AsKnown(person_change.given(connection, person_id), stored_persons(connection, home)[handle])


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction: the fields that say something else now; or why nothing was changed, with the `twin`
    who has the ID number already (0: nobody)."""

    changed: tuple[str, ...] = ()
    changes: Changes = NO_CHANGES
    refusals: tuple[Refusal, ...] = ()
    problems: tuple[DraftProblem, ...] = ()
    twin: int = 0

    @property
    def done(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.refusals or self.problems)


def differing(one: Person, other: Person) -> tuple[str, ...]:
    """The facts in which two persons differ, the handle left out."""
    return tuple(f.name for f in fields(Person) if f.name != "id" and getattr(one, f.name) != getattr(other, f.name))


def grave_problems(
    draft: PersonDraft, before: PersonDraft | None, *, today: date, regions: Container[str]
) -> tuple[DraftProblem, ...]:
    """What keeps a draft from being taken; what stood so `before` may stay so."""
    found = draft_problems(draft, today=today, regions=regions)
    new = None if before is None else tidied(before)
    now = tidied(draft)
    return tuple(
        problem
        for problem in found
        if problem.severity == "error" and (new is None or getattr(new, problem.field) != getattr(now, problem.field))
    )


def correct(book: Book, rules_of: RulesOf, person_id: int, now_so: Person, *, now: datetime) -> Corrected:
    """Let a person's row say `now_so`, as if it had always been so, and keep what it said before.

    Refused when something recorded would come out differently, or when somebody else has the ID number.

    Raises `NoSuchHousehold`, `BookTrouble` and what
    `rules_of` raises."""
    with book.write("correct person", now) as tx:
        home, handle = person_change.place_of(tx.connection, person_id)
        tx.household, tx.detail = home, handle
        forget_kept(tx, home)
        was = person_change.given(tx.connection, person_id)
        changed = differing(was, now_so)
        if not changed:
            tx.abandon()
            return Corrected()
        taken = _number_taken(tx.connection, person_id, now_so) if "id_number" in changed else None
        if taken is not None:
            tx.abandon()
            return taken
        before = look(tx.connection, rules_of, home, now)
        person_change.rewrite(tx.connection, person_id, now_so)
        said = {name: getattr(was, name) for name in changed}
        person_change.remember(tx.connection, person_id, "correct", said, now)
        tx.detail = f"{handle}: {', '.join(changed)}"
        refusal: Refusal | None = None
        if not settle_person(tx.connection, home, person_id, look(tx.connection, rules_of, home, now)):
            refusal = Refusal("HAS_MONEY")
        else:
            refusal = would_change(before, look(tx.connection, rules_of, home, now))
        if refusal is not None:
            tx.abandon()
            return Corrected(refusals=(refusal,))
    changes = Changes(households=frozenset({home}), persons=frozenset({person_id}))
    return Corrected(changed, changes)


def _number_taken(connection: Connection, person_id: int, now_so: Person) -> Corrected | None:
    """The refusal of an ID number that somebody else in the book has."""
    if not now_so.id_number:
        return None
    others = [key for key in person_find.same_number(connection, now_so.id_number) if key != person_id]
    if not others:
        return None
    twin = person_find.hits(connection, others[:1])[0]
    values = (("who", twin.person.name or twin.person.id), ("title", twin.title or str(twin.household)))
    return Corrected(refusals=(Refusal("NUMBER_TAKEN", values),), twin=twin.id)


def amendment(live: LiveHousehold, handle: str, draft: PersonDraft, day: date) -> Amend | None:
    """The event that makes a person what the draft says from a day on; None where nothing of it is different. What a
    person is (name, numbers, day of birth) is no matter of a day."""
    stands = live.running.persons[handle]
    wanted = person_of(draft, handle)
    facts = [
        (name, getattr(wanted, name))
        for name in FACTS
        if name != "has_account" and getattr(wanted, name) != getattr(stands, name)
    ]
    if amended(stands, facts).has_account != wanted.has_account:
        facts.append(("has_account", wanted.has_account))
    if not facts:
        return None
    given = dict(facts)
    ordered = tuple((name, given[name]) for name in FACTS if name in given)
    return Amend(next_handle(live.household, Amend), day, handle, ordered)


def amend_on(
    book: Book, rules_of: RulesOf, person_id: int, draft: PersonDraft, day: date, *, now: datetime
) -> Recorded | None:
    """Record what is different about a person from a day on; None where nothing is. Raises as `record_event` does."""
    with book.read() as connection:
        home, handle = person_change.place_of(connection, person_id)
    event = amendment(load(book, rules_of, home), handle, draft, day)
    return None if event is None else record_event(book, rules_of, home, event, now=now)


Happening: TypeAlias = Literal["entered", "correct", "merge", "forget", "amend", "bound", "ended", "unbound"]


class Fact(NamedTuple):
    """A fact that changed: what it was (None: not told) and what it is since."""

    field: str
    was: object
    now: object


class Moment(NamedTuple):
    """One entry of a person's story. `facts` for corrections and amendments; for a binding the `other` person's handle,
    the `relation` and whether this one authorizes."""

    day: date
    kind: Happening
    facts: tuple[Fact, ...] = ()
    other: str = ""
    relation: str = ""
    authorizes: bool = False


def story(book: Book, person_id: int, today: date) -> tuple[Moment, ...]:
    """What happened to a person in the book, the newest first: corrections, amendments, bindings begun and ended. What
    has one day goes by when it was written down."""
    with book.read() as connection:
        home, handle = person_change.place_of(connection, person_id)
        _, household = read_household(connection, home)
        register = stored_register(connection, home)
        remembered = person_change.remembered(connection, person_id)
        entered = person_change.entered_at(connection, home, person_id)
        recorded = person_change.recorded_at(connection, home)
    given = next(person for person in household.persons if person.id == handle)
    first = _Told(entered.timestamp(), -1)
    told = [(first, Moment(entered.date(), "entered")), *_corrections(remembered, given)]
    places = {event.id: _Told(recorded[event.id].timestamp(), n) for n, event in enumerate(household.events)}
    amends = [event for event in household.events if isinstance(event, Amend) and event.person == handle]
    amends.sort(key=lambda event: event.date)
    told += zip((places[event.id] for event in amends), _amendments(given, amends), strict=True)
    deeds = {deed: places[event.id] for event in household.events if (deed := _deed(event)) is not None}
    for row in register:
        if handle in (row.authorizer, row.user):
            for moment in _bindings(row, handle, today):
                deed = (moment.kind, row.authorizer, row.user, moment.day)
                told.append((deeds.get(deed, first._replace(place=0)), moment))
    told.sort(key=lambda one: (one[1].day, one[0]), reverse=True)
    return tuple(moment for _, moment in told)


class _Told(NamedTuple):
    """When something was written down: the moment, and its place among what was written down then."""

    at: float
    place: int


def _deed(event: Event) -> tuple[str, str, str, date] | None:
    """By what a row of the register knows the event that began or ended it."""
    if isinstance(event, Bind):
        return "bound", event.binding.authorizer, event.binding.user, event.binding.starts
    return ("unbound", event.authorizer, event.user, event.date) if isinstance(event, Unbind) else None


def _corrections(remembered: Sequence[person_change.Remembered], given: Person) -> Iterable[tuple[_Told, Moment]]:
    """What each correction changed, told backwards from what the row says now."""
    now: dict[str, object] = {name.name: getattr(given, name.name) for name in fields(given)}
    for place, entry in reversed([found for found in enumerate(remembered) if found[1].action != "add"]):
        facts = tuple(Fact(name, was, _plain(now.get(name))) for name, was in entry.before.items())
        kind: Happening = "merge" if entry.action == "merge" else "forget" if entry.action == "forget" else "correct"
        yield _Told(entry.at.timestamp(), place), Moment(entry.at.date(), kind, facts)
        if kind == "correct":
            now |= entry.before


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _amendments(person: Person, amends: Iterable[Amend]) -> Iterable[Moment]:
    for event in amends:
        after = amended(person, event.facts)
        changed = [name for name in FACTS if getattr(person, name) != getattr(after, name)]
        facts = tuple(Fact(name, _plain(getattr(person, name)), _plain(getattr(after, name))) for name in changed)
        yield Moment(event.date, "amend", facts)
        person = after


def _bindings(row: Binding, handle: str, today: date) -> Iterable[Moment]:
    authorizes = row.authorizer == handle
    about = Moment(row.starts, "bound", (), row.user if authorizes else row.authorizer, row.relation, authorizes)
    yield about
    if row.unbound_on is not None:
        yield about._replace(day=row.unbound_on, kind="unbound")
    elif row.ends is not None and row.ends < today:
        yield about._replace(day=row.ends, kind="ended")
