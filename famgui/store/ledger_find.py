"""Postings on accounts looked for: by account, days, kind, bucket and words, page by page, and what they come to."""

from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from famgui.domain.money import Fen
from famgui.store import tables
from famgui.store.eventtext import canonical
from famgui.store.journal import Ledger, PostingKind
from famgui.store.ledger import COLUMNS, Posting

person, event, posting, settlement = tables.person, tables.event, tables.posting, tables.settlement
audit, _sooner = tables.audit, tables.event.alias()

Moved: TypeAlias = Literal["settlement", "reversal", "premium", "deposit", "inflow", "carry-over", "opening"]
"""What moved money, as people ask for it: a posting's kind, with the monthly inflow apart from other deposits."""
Bucket: TypeAlias = Literal["current", "prior_years"]


class Wanted(NamedTuple):
    """Which postings of a household's accounts; what is left open does not narrow. Both days are included; `words` are
    part of a name (of the account's holder, the patient, whose premium it is), of a handle or of what was billed."""

    household: int
    person: int | None = None
    first: date | None = None
    last: date | None = None
    moved: Moved | None = None
    bucket: Bucket | None = None
    words: str = ""


class Sums(NamedTuple):
    """What some postings come to, in fen: how many there are, what came in, what was paid, the part of it for others.

    Openings and carry-overs count as postings and move nothing in or out."""

    postings: int
    came_in: Fen
    paid_out: Fen
    for_family: Fen


class MonthSum(NamedTuple):
    """What moved in one month (1-12) of a year, in fen as posted: on whose account, None for every other ledger. `own`:
    for the account's holder, not for somebody else."""

    month: int
    person_id: int | None
    ledger: Ledger
    kind: PostingKind
    own: bool
    amount: Fen


_INFLOW = event.c.body.contains('"inflow":true', autoescape=True)
"""Whether a deposit is the monthly inflow, as `eventtext` writes it."""
_PATIENT = (
    select(settlement.c.patient_id)
    .where(settlement.c.event_id == posting.c.event_id)
    .limit(1)
    .correlate(posting)
    .scalar_subquery()
)
_whose = posting.c.person_id + 0
"""Whose posting it is, out of sight of the index of accounts, so that days are found by the index of days."""
_OWN = func.coalesce(posting.c.person_id == _PATIENT, False)


def find(
    connection: Connection, wanted: Wanted, after: int | None, limit: int, newest_first: bool
) -> tuple[Posting, ...]:
    """Up to `limit` postings that are wanted, beyond the posting `after`."""
    asked = _where(connection, wanted, select(*COLUMNS))
    if after is not None:
        asked = asked.where(posting.c.id < after if newest_first else posting.c.id > after)
    asked = asked.order_by(posting.c.id.desc() if newest_first else posting.c.id).limit(limit)
    return tuple(Posting._make(row) for row in connection.execute(asked))


def sums(connection: Connection, wanted: Wanted) -> Sums:
    """What all postings that are wanted come to."""
    amounts = select(posting.c.kind, _OWN.label("own"), posting.c.amount)
    found = _where(connection, wanted, amounts, by_day=wanted.first is not None or wanted.last is not None).subquery()
    asked = select(found.c.kind, found.c.own, func.count(), func.sum(found.c.amount)).group_by(
        found.c.kind, found.c.own
    )
    postings = came_in = paid_out = for_family = 0
    for kind, own, number, amount in connection.execute(asked):
        postings += number
        if kind == "deposit":
            came_in += int(amount)
        elif kind in ("settlement", "reversal", "premium"):
            paid_out -= int(amount)
            for_family -= 0 if own else int(amount)
    return Sums(postings, came_in, paid_out, for_family)


def months(connection: Connection, household_id: int, year: int) -> tuple[MonthSum, ...]:
    """What moved in each month of a natural year, on the accounts, and of what the pool and cash paid."""
    month = func.substr(posting.c.date, 6, 2)
    amounts = (
        select(month.label("month"), posting.c.person_id, posting.c.ledger, posting.c.kind, _OWN.label("own"))
        .add_columns(posting.c.amount)
        .where(
            posting.c.household_id == household_id,
            posting.c.date.between(f"{year:04d}-01-01", f"{year:04d}-12-31"),
            posting.c.kind.in_(("settlement", "reversal", "premium", "deposit")),
            posting.c.ledger.in_((*tables.ACCOUNT_LEDGERS, "pool", "cash")),
        )
        .subquery()
    )
    keys = [amounts.c[name] for name in MonthSum._fields[:-1]]
    asked = select(*keys, func.sum(amounts.c.amount)).group_by(*keys).order_by(*keys)
    return tuple(
        MonthSum(int(row[0]), row[1], row[2], row[3], bool(row[4]), int(row[5])) for row in connection.execute(asked)
    )


def of_event(connection: Connection, household_id: int, event_id: int | None) -> tuple[Posting, ...]:
    """The whole double entry of one event, or of the household's opening (None)."""
    which = posting.c.event_id.is_(None) if event_id is None else posting.c.event_id == event_id
    asked = select(*COLUMNS).outerjoin_from(posting, event, posting.c.event_id == event.c.id)
    asked = asked.where(posting.c.household_id == household_id, which).order_by(posting.c.id)
    return tuple(Posting._make(row) for row in connection.execute(asked))


def moved_late(connection: Connection, event_id: int) -> bool:
    """Whether carry-overs that stand with an event turn no year but move money between the buckets for a late record.

    Only an event recorded by itself, in a year before the years of all that were recorded sooner, does that: it gives
    the household a turn of the year that it had not. An event that turns the year has one of an earlier year before
    it; what came with the import was put in order."""
    earlier = exists().where(
        _sooner.c.household_id == event.c.household_id,
        _sooner.c.seq < event.c.seq,
        _sooner.c.date < func.substr(event.c.date, 1, 4),
    )
    alone = exists().where(audit.c.event_id == event.c.id)
    asked = select(event.c.id).where(event.c.id == event_id, alone, ~earlier)
    return connection.execute(asked).first() is not None


def in_period(connection: Connection, person_id: int, first: date, last: date) -> tuple[Posting, ...]:
    """What moved on one account from the first to the last day, by day; openings are left out."""
    asked = (
        select(*COLUMNS)
        .outerjoin_from(posting, event, posting.c.event_id == event.c.id)
        .where(
            posting.c.person_id == person_id,
            posting.c.kind != "opening",
            posting.c.date.between(first.isoformat(), last.isoformat()),
        )
        .order_by(posting.c.date, posting.c.id)
    )
    return tuple(Posting._make(row) for row in connection.execute(asked))


def stood_before(connection: Connection, person_id: int, day: date) -> dict[str, Fen]:
    """What an account's buckets held before a day; the opening always counts, for it is older than any event."""
    asked = (
        select(posting.c.ledger, func.sum(posting.c.amount))
        .where(
            posting.c.person_id == person_id,
            or_(posting.c.kind == "opening", posting.c.date < day.isoformat()),
        )
        .group_by(posting.c.ledger)
    )
    return {ledger: int(amount) for ledger, amount in connection.execute(asked)}


def _where(connection: Connection, wanted: Wanted, asked: Select[Any], *, by_day: bool = False) -> Select[Any]:
    """Narrow a question about postings; the event is joined for what only it knows. `by_day`: all of some days are
    wanted, not the first of an account."""
    asked = asked.outerjoin_from(posting, event, posting.c.event_id == event.c.id)
    if wanted.person is None:
        asked = asked.where(posting.c.household_id == wanted.household, posting.c.person_id.is_not(None))
    elif by_day:
        asked = asked.where(posting.c.household_id == wanted.household, _whose == wanted.person)
    else:
        asked = asked.where(posting.c.person_id == wanted.person)
    if wanted.first is not None:
        asked = asked.where(posting.c.date >= wanted.first.isoformat())
    if wanted.last is not None:
        asked = asked.where(posting.c.date <= wanted.last.isoformat())
    if wanted.moved is not None:
        asked = asked.where(*_moved(wanted.moved))
    if wanted.bucket is not None:
        asked = asked.where(posting.c.ledger == wanted.bucket)
    if wanted.words.strip():
        asked = asked.where(_about(connection, wanted.household, wanted.words.strip()))
    return asked


def _moved(moved: Moved) -> tuple[ColumnElement[bool], ...]:
    if moved == "inflow":
        return posting.c.kind == "deposit", _INFLOW
    if moved == "deposit":
        return posting.c.kind == "deposit", ~_INFLOW
    return (posting.c.kind == moved,)


def _about(connection: Connection, household_id: int, words: str) -> ColumnElement[bool]:
    """Words in a name, a handle, the bill or the reason (there no latin ones, which name the keys as well). The turn of
    a year is about its account only, not about the event that came first in the year."""
    told: list[ColumnElement[bool]] = [event.c.handle.contains(words, autoescape=True)]
    if not words.isascii():
        told.append(event.c.body.contains(canonical(words)[1:-1], autoescape=True))
    people = [row for row in _people(connection, household_id) if words.casefold() in row.name.casefold()]
    if people:
        ids = [row.id for row in people]
        told.append(posting.c.event_id.in_(select(settlement.c.event_id).where(settlement.c.patient_id.in_(ids))))
        insured = [event.c.body.contains(canonical(row.handle), autoescape=True) for row in people]
        told.append(and_(event.c.type == "premium", or_(*insured)))
    found = and_(posting.c.kind != "carry-over", or_(*told))
    return or_(found, posting.c.person_id.in_([row.id for row in people])) if people else found


class _Named(NamedTuple):
    id: int
    handle: str
    name: str


def _people(connection: Connection, household_id: int) -> list[_Named]:
    asked = select(person.c.id, person.c.handle, person.c.name).where(person.c.household_id == household_id)
    return [_Named(*row) for row in connection.execute(asked)]
