"""A person taken out of the book: whole where nothing refers to them, else everything that makes them known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.identity import birth_date
from famgui.domain.person import Person
from famgui.store import person_change, person_forget, person_move
from famgui.store.book import Book, Connection, Writing
from famgui.store.person_change import NO_TIES, Ties
from famgui.store.person_forget import GONE
from famgui.store.trouble import BookTrouble
from famgui.usecase.household import RulesOf
from famgui.usecase.people_proof import Look, forget_kept, look, settle_person, would_change
from famgui.usecase.record import Refusal


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What taking a person out did or would do. `whole`: the row is gone (`household_gone`: the last of the household,
    which goes too); else the records in `ties` stay and only who it was is gone: `papers` emptied, `drafts` dropped,
    `trail` entries and `reasons` rewritten, `title` where the household had their name. `born` is what is kept of the
    day of birth, where a rule goes by age. `swept`: nothing of it is left in the file. With `refusals` nothing was
    changed."""

    refusals: tuple[Refusal, ...] = ()
    changes: Changes = NO_CHANGES
    whole: bool = False
    household_gone: bool = False
    ties: Ties = NO_TIES
    papers: int = 0
    drafts: int = 0
    trail: int = 0
    reasons: int = 0
    title: bool = False
    born: date | None = None
    swept: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing stands against it."""
        return not self.refusals


def forget(
    book: Book, rules_of: RulesOf, person_id: int, *, now: datetime, title: str = GONE, dry: bool = False
) -> Forgotten:
    """Take a person out of the book; with `dry` only tell what that would do. `title` is what a household is called
    that had their name. Backups keep what they hold.

    Raises `NoSuchHousehold`, `BookTrouble` and what `rules_of` raises."""
    if not dry:
        book.keep_copy("forget", now)
    with book.write("forget person", now) as tx:
        person_forget.erase_securely(tx.connection, True)
        done = _forget(tx, rules_of, person_id, title, now)
        person_forget.erase_securely(tx.connection, False)
        if done.refusals or dry:
            tx.abandon()
    return done if dry or done.refusals else replace(done, swept=_swept(book))


def _swept(book: Book) -> bool:
    """The file written anew, so that not even what was corrected long ago is left in it; False where that fails."""
    try:
        book.sweep()
    except BookTrouble:
        return False
    return True


def _forget(tx: Writing, rules_of: RulesOf, person_id: int, title: str, now: datetime) -> Forgotten:
    connection = tx.connection
    home, handle = person_change.place_of(connection, person_id)
    forget_kept(tx, home)
    ties = person_change.ties(connection, person_id)
    known = person_forget.marks(connection, person_id)
    drafts = person_forget.erase_drafts(connection, home, known)
    words = known.words if person_change.is_plain(handle) else (*known.words, handle)
    trail = person_forget.erase_in_trail(connection, home, words)
    named = person_forget.erase_title(connection, home, known.words, title)
    changes = Changes(households=frozenset({home}), persons=frozenset({person_id}))
    done = Forgotten((), changes, ties.none, False, ties, 0, drafts, trail, 0, named)
    if not ties.none:
        return _anonymise(tx, rules_of, person_id, replace(done), known, now)
    person_change.take_out(connection, person_id)
    if person_change.handles(connection, home):
        tx.household = home
        return done
    person_change.take_out_household(connection, home)
    return replace(done, household_gone=True)


def _anonymise(
    tx: Writing, rules_of: RulesOf, person_id: int, done: Forgotten, known: person_forget.Marks, now: datetime
) -> Forgotten:
    connection = tx.connection
    home, handle = person_change.place_of(connection, person_id)
    was = person_change.given(connection, person_id)
    before = look(connection, rules_of, home, now)
    papers = person_forget.erase_papers(connection, person_id)
    reasons = person_forget.erase_in_events(connection, home, handle, known.words)
    names = _call_plainly(connection, home, person_id, handle)
    tx.household, tx.detail = home, names.get(handle, handle)
    done = replace(done, papers=papers, reasons=reasons)
    refusal: Refusal | None = None
    for born in _births(was):
        person_forget.erase_person(connection, person_id, born)
        refusal = _changed(connection, rules_of, (home, person_id), (before, names), now)
        if refusal is None:
            person_change.remember(connection, person_id, "forget", {}, now)
            return replace(done, born=born)
    return Forgotten(() if refusal is None else (refusal,))


def _changed(
    connection: Connection,
    rules_of: RulesOf,
    where: tuple[int, int],
    before: tuple[Look, dict[str, str]],
    now: datetime,
) -> Refusal | None:
    """What would come out differently without name, numbers and day of birth."""
    home, person_id = where
    settle_person(connection, home, person_id, look(connection, rules_of, home, now))
    seen, names = before
    return would_change(seen, look(connection, rules_of, home, now), names)


def _births(person: Person) -> Iterator[date | None]:
    """What may be kept of a day of birth: nothing, else the year."""
    yield None
    born = person.born or (birth_date(person.id_number) if person.id_number else None)
    if born is not None:
        yield date(born.year, 1, 1)
        yield date(born.year, 12, 31)


def _call_plainly(connection: Connection, home: int, person_id: int, handle: str) -> dict[str, str]:
    """A handle that says nothing takes the place of one that may; the old and the new, nothing where it may stay."""
    if person_change.is_plain(handle):
        return {}
    plain = person_change.fresh_handle(person_change.handles(connection, home))
    person_move.rename_person(connection, person_id, plain)
    person_move.rename_everywhere(connection, home, handle, plain)
    return {handle: plain}
