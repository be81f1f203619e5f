"""Look into the ledger: accounts, postings page by page, a year in sums."""

from typing import NamedTuple

from famgui.store import ledger, ledger_find
from famgui.store.book import Book
from famgui.store.ledger import AccountLine as AccountLine
from famgui.store.ledger import Posting as Posting
from famgui.store.ledger import YearOfAccount as YearOfAccount
from famgui.store.ledger import YearOfVisits as YearOfVisits
from famgui.store.ledger_find import Bucket as Bucket
from famgui.store.ledger_find import MonthSum as MonthSum
from famgui.store.ledger_find import Moved as Moved
from famgui.store.ledger_find import Sums as Sums
from famgui.store.ledger_find import Wanted as Wanted


class Page(NamedTuple):
    """Some postings in order; `next` is what to ask with as `after` for those that follow, None at the end."""

    postings: tuple[Posting, ...]
    next: int | None


class YearSummary(NamedTuple):
    """What a year came to: costs by patient and benefit (of visits dated in it), and what each account moved."""

    year: int
    visits: tuple[YearOfVisits, ...]
    accounts: tuple[YearOfAccount, ...]


def accounts(book: Book, household_id: int) -> tuple[AccountLine, ...]:
    """Every account of a household as it stands."""
    with book.ask() as connection:
        return ledger.accounts(connection, household_id)


def postings_page(
    book: Book,
    *,
    person: int | None = None,
    household: int | None = None,
    after: int | None = None,
    limit: int = 50,
    newest_first: bool = True,
) -> Page:
    """A page of the postings of one person's account, or of every ledger of a household; name one of the two."""
    if (person is None) == (household is None):
        raise ValueError("person or household")
    column, whose = ("household_id", household) if person is None else ("person_id", person)
    with book.ask() as connection:
        found = ledger.page(connection, column, whose or 0, after, limit + 1, newest_first)
    if len(found) <= limit:
        return Page(found, None)
    return Page(found[:limit], found[limit - 1].id)


def year_summary(book: Book, household_id: int, year: int) -> YearSummary:
    """The sums of one natural year."""
    with book.read() as connection:
        return YearSummary(
            year,
            ledger.visits_of_year(connection, household_id, year),
            ledger.accounts_of_year(connection, household_id, year),
        )


def find_postings(
    book: Book, wanted: Wanted, *, after: int | None = None, limit: int = 50, newest_first: bool = True
) -> Page:
    """A page of the postings on accounts that are wanted; an account without further wishes is read the quick way."""
    if wanted.person is not None and wanted == Wanted(wanted.household, wanted.person):
        return postings_page(book, person=wanted.person, after=after, limit=limit, newest_first=newest_first)
    with book.read() as connection:
        found = ledger_find.find(connection, wanted, after, limit + 1, newest_first)
    return Page(found, None) if len(found) <= limit else Page(found[:limit], found[limit - 1].id)


def sums(book: Book, wanted: Wanted) -> Sums:
    """What all postings that are wanted come to."""
    with book.read() as connection:
        return ledger_find.sums(connection, wanted)


def months(book: Book, household_id: int, year: int) -> tuple[MonthSum, ...]:
    """What moved in each month of a natural year: on the accounts, from the pool, in cash."""
    with book.ask() as connection:
        return ledger_find.months(connection, household_id, year)


def moved_late(book: Book, event_id: int) -> bool:
    """Whether the carry-overs of an event turn no year but make good what came late (`ledger_find.moved_late`)."""
    with book.ask() as connection:
        return ledger_find.moved_late(connection, event_id)


def entry_of(book: Book, household_id: int, event_id: int | None) -> tuple[Posting, ...]:
    """The whole double entry of an event, or of the household's opening (None): amounts that sum to 0."""
    with book.ask() as connection:
        return ledger_find.of_event(connection, household_id, event_id)
