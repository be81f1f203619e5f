"""Two rows of one person made one, in one household or from two, and computed again before it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Bind, Premium, Reorder, Unbind
from famgui.domain.person import Person
from famgui.domain.renaming import named_in
from famgui.store import person_change, person_move
from famgui.store.book import Book, Connection, Writing
from famgui.store.household import read_household
from famgui.usecase.household import RulesOf
from famgui.usecase.people_join import Joined, join_in
from famgui.usecase.people_proof import drifted, forget_kept, look, said, settle_person, would_change
from famgui.usecase.record import Refusal

IDENTITY = ("name", "id_number", "phone", "born")


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging did or would do: `person` is the row that stays (the one with money on record, else the first
    named), `filled` the facts it takes over from the other, `events` and `bindings` how many were the other's; `joined`
    where two households become one. With `refusals` nothing was changed."""

    refusals: tuple[Refusal, ...] = ()
    changes: Changes = NO_CHANGES
    person: int = 0
    filled: tuple[str, ...] = ()
    events: int = 0
    bindings: int = 0
    joined: Joined | None = None

    @property
    def done(self) -> bool:
        """Whether nothing stands against it."""
        return not self.refusals


def merge(book: Book, rules_of: RulesOf, keep: int, other: int, *, now: datetime, dry: bool = False) -> Merged:
    """Make two persons' rows one, in the household of `keep`; with `dry` only tell what that would do.

    Raises `NoSuchHousehold`, `BookTrouble` and what `rules_of` raises."""
    if not dry:
        book.keep_copy("merge", now)
    with book.write("merge persons", now) as tx:
        done = _merge(tx, rules_of, keep, other, now)
        if done.refusals or dry:
            tx.abandon()
    return done


def _merge(tx: Writing, rules_of: RulesOf, keep: int, other: int, now: datetime) -> Merged:
    connection = tx.connection
    home, away = (person_change.place_of(connection, key).household for key in (keep, other))
    tx.household, tx.detail = home, f"{keep} {other}"
    forget_kept(tx, home, away)
    if keep == other:
        return Merged((Refusal("SAME_PERSON"),))
    refusals = tuple(dict.fromkeys(_refusals(connection, keep, other)))
    if refusals:
        return Merged(refusals)
    joined = None
    if home != away:
        joined = join_in(tx, rules_of, home, away, now)
        if joined.refusals:
            return Merged(joined.refusals, joined=joined)
    before = look(connection, rules_of, home, now)
    refusal = drifted(before)
    if refusal is not None:
        return Merged((refusal,))
    if person_change.holds_money(connection, other):
        keep, other = other, keep
    return replace(_unite(connection, rules_of, home, (keep, other), now), joined=joined)


def _refusals(connection: Connection, one: int, other: int) -> Iterable[Refusal]:
    """Why the two cannot be one person, or their records not one person's."""
    mine, theirs = person_change.given(connection, one), person_change.given(connection, other)
    if mine.id_number and theirs.id_number and mine.id_number != theirs.id_number:
        yield Refusal("OTHER_NUMBER")
    if person_change.holds_money(connection, one) and person_change.holds_money(connection, other):
        yield Refusal("BOTH_MONEY")
    if person_move.bound_together(connection, one, other):
        yield Refusal("BOUND_TOGETHER")
    if person_move.used_by_both(connection, one, other):
        yield Refusal("BOTH_USED")
    if person_change.place_of(connection, one).household == person_change.place_of(connection, other).household:
        yield from _together(connection, one, other)


def _together(connection: Connection, one: int, other: int) -> Iterable[Refusal]:
    """Events that speak of both as of two."""
    home, mine = person_change.place_of(connection, one)
    pair = {mine, person_change.place_of(connection, other).handle}
    both = [event for event in person_change.events_of(connection, home).values() if pair <= named_in(event)]
    named = [event.id for event in both if isinstance(event, Premium | Reorder) and _side_by_side(event, pair)]
    if named:
        yield Refusal("BOTH_NAMED", (("records", said(read_household(connection, home)[1], named)),))
    if any(isinstance(event, Bind | Unbind) for event in both) or len(both) > len(named):
        yield Refusal("BOUND_TOGETHER")


def _side_by_side(event: Premium | Reorder, pair: set[str]) -> bool:
    """Whether an event lists both in one row of persons."""
    return pair <= set(event.persons if isinstance(event, Premium) else event.authorizers)


def _unite(connection: Connection, rules_of: RulesOf, home: int, pair: tuple[int, int], now: datetime) -> Merged:
    """Give everything of the second row to the first."""
    keep, other = pair
    mine, theirs = person_change.given(connection, keep), person_change.given(connection, other)
    bound = person_change.ties(connection, other)
    filled = tuple(name for name in IDENTITY if not getattr(mine, name) and getattr(theirs, name))
    person_move.rename_everywhere(connection, home, theirs.id, mine.id)
    person_move.give_rows(connection, keep, other)
    whole = replace(mine, **{name: getattr(theirs, name) for name in filled})
    person_change.rewrite(connection, keep, whole)
    person_change.remember(connection, keep, "merge", _said(theirs, mine), now)
    after = look(connection, rules_of, home, now)
    if not settle_person(connection, home, keep, after):
        return Merged((Refusal("HAS_MONEY"),))
    refusal = would_change(None, look(connection, rules_of, home, now))
    if refusal is not None:
        return Merged((refusal,))
    rows = person_change.events_of(connection, home)
    changes = Changes(
        households=frozenset({home}),
        persons=frozenset({keep, other}),
        events=frozenset(rows),
        postings=True,
    )
    return Merged((), changes, keep, filled, bound.events, bound.bindings)


def _said(theirs: Person, mine: Person) -> dict[str, object]:
    """What the other row said where it differs."""
    return {name: getattr(theirs, name) for name in IDENTITY if getattr(theirs, name) != getattr(mine, name)}
