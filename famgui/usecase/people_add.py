"""Somebody new in the book: in a household that is there, or with one of their own."""

from dataclasses import dataclass
from datetime import date, datetime

from famgui.domain.account import Balance
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import NO_TERMS, Household
from famgui.domain.persondraft import PersonDraft, person_of
from famgui.domain.waterfall import Terms
from famgui.store import person_change
from famgui.store.book import Book
from famgui.usecase.household import RulesOf, import_household, live_at
from famgui.usecase.newcomer import bring_in, deposits, free_handles
from famgui.usecase.record import Refusal, record_in

NOTHING = Balance()
FIRST = person_change.fresh_handle(())
"""The handle of the first person of a household."""


@dataclass(frozen=True, slots=True)
class Added:
    """Who is new: the rows of person and household, the handle; or why nobody is."""

    person: int = 0
    household: int = 0
    handle: str = ""
    changes: Changes = NO_CHANGES
    refusals: tuple[Refusal, ...] = ()

    @property
    def done(self) -> bool:
        """Whether nothing stood against it."""
        return not self.refusals


def add_person(
    book: Book,
    rules_of: RulesOf,
    household_id: int,
    draft: PersonDraft,
    money: Balance = NOTHING,
    *,
    day: date,
    now: datetime,
) -> Added:
    """Bring a person into a household. What the account holds is written down as a deposit of `day`, or of the last
    day recorded if that is later. The draft must be sound.

    Raises `NoSuchHousehold`, `BookTrouble` and what `rules_of` raises."""
    with book.write("add person", now) as tx:
        live = live_at(book, tx.connection, rules_of, household_id)
        one = person_of(draft, next(free_handles(live.household)))
        if money.total and not one.has_account:
            tx.abandon()
            return Added(refusals=(Refusal("MONEY_WITHOUT_ACCOUNT"),))
        joined = bring_in(tx, book, rules_of, household_id, [(one, money)])
        person_id = joined.keys.persons[one.id]
        person_change.remember(tx.connection, person_id, "add", {}, now)
        events = tuple(deposits(joined, [(one, money)], max(day, live.keys.last)))
        done = record_in(tx, book, rules_of, household_id, events, now=now, live=joined)
        if done.refused is not None:
            tx.abandon()
            return Added(refusals=done.refused.refusals)
    changes = Changes(households=frozenset({household_id}), persons=frozenset({person_id})) | done.changes
    return Added(person_id, household_id, one.id, changes)


def found_family(
    book: Book,
    rules_of: RulesOf,
    place: str,
    title: str,
    draft: PersonDraft,
    money: Balance = NOTHING,
    *,
    now: datetime,
    terms: Terms = NO_TERMS,
) -> Added:
    """A new household with its first person; what the account holds is its opening. The draft must be sound.

    Raises `BookTrouble` and what `rules_of` raises."""
    one = person_of(draft, FIRST)
    if money.total and not one.has_account:
        return Added(refusals=(Refusal("MONEY_WITHOUT_ACCOUNT"),))
    balances = {one.id: money} if one.has_account else {}
    household = Household(place, (one,), balances, terms=terms)
    household_id, changes = import_household(book, rules_of, household, title, now=now)
    (person_id,) = changes.persons
    return Added(person_id, household_id, one.id, changes)
