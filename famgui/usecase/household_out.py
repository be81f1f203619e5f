"""A household taken out of the book again: an import taken back, or a household that was founded by mistake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Household
from famgui.store import household_out as rows
from famgui.store import person_forget
from famgui.store.audit import AuditLine, note
from famgui.store.book import Book, Connection, Writing
from famgui.store.household import read_household
from famgui.store.household_out import Contents as Contents
from famgui.store.household_out import Later as Later
from famgui.usecase.household import RulesOf, import_household


@dataclass(frozen=True, slots=True)
class Leaving:
    """A household that goes or would go: what it is called, who is in it, how much goes with it, what was recorded in
    it `since` it came, and whether anything else was `touched`."""

    id: int
    title: str
    names: tuple[str, ...]
    contents: Contents
    since: tuple[Later, ...]
    touched: bool
    household: Household


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What became of taking households out: all of them went, or none; then `held` are those that may not go."""

    gone: tuple[Leaving, ...] = ()
    held: tuple[Leaving, ...] = ()
    changes: Changes = NO_CHANGES

    @property
    def done(self) -> bool:
        """Whether nothing stands against it."""
        return not self.held


def leaving_of(book: Book, household_id: int) -> Leaving:
    """What deleting a household would take away, and what stands against it. Raises `NoSuchHousehold`."""
    with book.read() as connection:
        return _leaving(connection, household_id)


def take_out(book: Book, households: Sequence[int], *, now: datetime, untouched: bool = False) -> TakenOut:
    """Take households out of the book, all of them or none. Those in which something was recorded after they came
    stay; `untouched`: also those to which anything else was done since (an import is taken back only as it came).

    An audit entry "delete household" says how much went; of names nothing stays. Raises `NoSuchHousehold`,
    `BookTrouble`."""
    if not untouched:
        book.keep_copy("delete", now)
    with book.write("delete household", now) as tx:
        tx.silent = True
        leaving = tuple(_leaving(tx.connection, household) for household in households)
        held = tuple(one for one in leaving if one.since or (untouched and one.touched))
        if held:
            tx.abandon()
            return TakenOut(held=held)
        person_forget.erase_securely(tx.connection, True)
        persons = frozenset[int]().union(*(_take(tx, one, now) for one in leaving))
        person_forget.erase_securely(tx.connection, False)
    return TakenOut(leaving, (), Changes(households=frozenset(households), persons=persons, postings=True))


def _take(tx: Writing, one: Leaving, now: datetime) -> frozenset[int]:
    gone = rows.take_out_whole(tx.connection, one.id)
    said = f"{one.id}: {one.contents.persons} persons, {one.contents.events} events"
    note(tx.connection, AuditLine(now, "delete household", None, None, said))
    tx.changed.add(one.id)
    return gone


def bring_back(book: Book, rules_of: RulesOf, gone: Sequence[Leaving], *, now: datetime) -> tuple[int, Changes]:
    """Bring households back that were just taken out, as they came; the id of the last. What was corrected in them
    stays corrected, without its history. Raises `BookTrouble` and what `rules_of` raises."""
    changes, last = NO_CHANGES, 0
    for one in gone:
        last, done = import_household(book, rules_of, one.household, one.title, now=now)
        changes |= done
    return last, changes


def _leaving(connection: Connection, household_id: int) -> Leaving:
    title, household = read_household(connection, household_id)
    return Leaving(
        household_id,
        title,
        tuple(person.name or person.id for person in household.persons),
        rows.contents(connection, household_id),
        tuple(rows.recorded_since(connection, household_id)),
        rows.touched_since(connection, household_id),
        household,
    )
