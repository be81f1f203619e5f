"""Questions to the ledger: what accounts hold, postings page by page, and what a year came to."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select

from famgui.domain.money import Fen
from famgui.store import tables
from famgui.store.engine import Prepared
from famgui.store.journal import Ledger, PostingKind

person, account, event = tables.person, tables.account, tables.event
posting, settlement = tables.posting, tables.settlement


class AccountLine(NamedTuple):
    """One account as it stands; amounts in fen."""

    person_id: int
    handle: str
    name: str
    current: Fen
    prior_years: Fen

    @property
    def total(self) -> Fen:
        """Both buckets together."""
        return self.current + self.prior_years


class Posting(NamedTuple):
    """One line of the ledger. `day` is ISO text. `person_id`, `balance_after` (its bucket) and `account_after` (both
    buckets) only on accounts; an opening has no event."""

    id: int
    event_id: int | None
    handle: str | None
    person_id: int | None
    ledger: Ledger
    kind: PostingKind
    day: str
    amount: Fen
    balance_after: Fen | None
    account_after: Fen | None

    @property
    def date(self) -> date:
        """The day on which the money moved."""
        return date.fromisoformat(self.day)


class YearOfVisits(NamedTuple):
    """What the visits of one year came to for one patient and benefit, refunds taken off; amounts in fen."""

    handle: str
    kind: str
    total: Fen
    self_paid: Fen
    over_limit: Fen
    upfront: Fen
    in_scope: Fen
    deductible: Fen
    pool: Fen
    own: Fen
    shared: Fen
    cash: Fen


class YearOfAccount(NamedTuple):
    """What one account took in and paid in one year, by the kind of posting; amounts in fen, payments negative."""

    handle: str
    kind: PostingKind
    amount: Fen


COLUMNS = (
    posting.c.id,
    posting.c.event_id,
    event.c.handle,
    posting.c.person_id,
    posting.c.ledger,
    posting.c.kind,
    posting.c.date,
    posting.c.amount,
    posting.c.balance_after,
    posting.c.account_after,
)
"""What a `Posting` is made of, in its order; needs the event joined."""
_WANTED = select(*COLUMNS).outerjoin_from(posting, event, posting.c.event_id == event.c.id).limit(bindparam("most"))


def _page(column: Any, newest_first: bool, after: bool) -> Select[Any]:
    wanted = _WANTED.where(column == bindparam("whose"))
    if after:
        edge: BindParameter[int] = bindparam("after")
        wanted = wanted.where(posting.c.id < edge if newest_first else posting.c.id > edge)
    return wanted.order_by(posting.c.id.desc() if newest_first else posting.c.id)


_PAGES = {
    (name, newest_first, after): Prepared(_page(posting.c[name], newest_first, after))
    for name in ("person_id", "household_id")
    for newest_first in (False, True)
    for after in (False, True)
}


def page(
    connection: Connection, column: str, whose: int, after: int | None, limit: int, newest_first: bool
) -> tuple[Posting, ...]:
    """Up to `limit` postings of a person's account or of a household (`column`), beyond the posting `after`."""
    asked = {"whose": whose, "most": limit, "after": after}
    return tuple(map(Posting._make, _PAGES[column, newest_first, after is not None].rows(connection, asked)))


def accounts(connection: Connection, household_id: int) -> tuple[AccountLine, ...]:
    """Every account of a household, in the order of its persons."""
    wanted = (
        select(person.c.id, person.c.handle, person.c.name, account.c.current, account.c.prior_years)
        .join_from(account, person)
        .where(person.c.household_id == household_id)
        .order_by(person.c.position)
    )
    return tuple(AccountLine(*row) for row in connection.execute(wanted))


def visits_of_year(connection: Connection, household_id: int, year: int) -> tuple[YearOfVisits, ...]:
    """By patient and benefit, of the visits dated in a year."""
    amounts = [func.sum(settlement.c[name]) for name in YearOfVisits._fields[2:]]
    wanted = (
        select(person.c.handle, settlement.c.kind, *amounts)
        .join_from(settlement, person, settlement.c.patient_id == person.c.id)
        .where(person.c.household_id == household_id, settlement.c.date.between(*_bounds(year)))
        .group_by(person.c.position, person.c.handle, settlement.c.kind)
        .order_by(person.c.position, settlement.c.kind)
    )
    return tuple(YearOfVisits(row[0], row[1], *map(int, row[2:])) for row in connection.execute(wanted))


def accounts_of_year(connection: Connection, household_id: int, year: int) -> tuple[YearOfAccount, ...]:
    """By account and kind of posting, of the money that moved in a year."""
    wanted = (
        select(person.c.handle, posting.c.kind, func.sum(posting.c.amount))
        .join_from(posting, person, posting.c.person_id == person.c.id)
        .where(posting.c.household_id == household_id, posting.c.date.between(*_bounds(year)))
        .group_by(person.c.position, person.c.handle, posting.c.kind)
        .order_by(person.c.position, posting.c.kind)
    )
    return tuple(YearOfAccount(handle, kind, int(amount)) for handle, kind, amount in connection.execute(wanted))


def _bounds(year: int) -> tuple[str, str]:
    return f"{year:04d}-01-01", f"{year:04d}-12-31"
