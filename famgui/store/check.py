"""What the book must satisfy beyond what the database enforces: questions whose every answer is a fault."""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Select, and_, case, func, or_, select, text, true

from famgui.store import tables
from famgui.store.eventtext import canonical
from famgui.store.journal import FIGURES

person, account, event = tables.person, tables.account, tables.event
posting, settlement = tables.posting, tables.settlement
_ON_ACCOUNT = posting.c.ledger.in_(tables.ACCOUNT_LEDGERS)


class Finding(NamedTuple):
    """One fault of the book: a code and the values that its sentence needs."""

    code: str
    values: tuple[tuple[str, object], ...] = ()


def damage(connection: Connection) -> Iterator[Finding]:
    """What the database says of its own file."""
    if connection.dialect.name == "sqlite":
        for (answer,) in connection.execute(text("PRAGMA quick_check")):
            if answer != "ok":
                yield Finding("damaged", (("reason", answer),))


def orphans(connection: Connection) -> Iterator[Finding]:
    """Rows that point at nothing, and visits, accounts and postings without what belongs to them."""
    for table in tables.metadata.sorted_tables:
        for foreign in table.foreign_key_constraints:
            column, target = next(iter(foreign.columns)), foreign.elements[0].column
            aim = target.table.alias("aim")
            missing = ~select(true()).where(aim.c[target.name] == column).exists()
            key = next(iter(table.primary_key.columns))
            for row in connection.execute(select(key).where(column.is_not(None), missing)):
                yield Finding("orphan", (("table", table.name), ("row", row[0]), ("column", column.name)))
    yield from _found(connection, "no-settlement", ("event",), _unsettled())
    yield from _found(connection, "no-account", ("person",), _without_account())
    yield from _opened(connection)
    for owner, link in ((event, posting.c.event_id), (person, posting.c.person_id)):
        strays = select(posting.c.id).join_from(posting, owner, link == owner.c.id)
        strays = strays.where(posting.c.household_id != owner.c.household_id)
        yield from _found(connection, "stray-posting", ("posting",), strays)


def _unsettled() -> Select[Any]:
    """Visits and refunds that left no row behind."""
    none = ~select(true()).where(settlement.c.event_id == event.c.id).exists()
    return select(event.c.handle).where(event.c.type.in_(("visit", "refund")), none)


def _without_account() -> Select[Any]:
    none = ~select(true()).where(account.c.person_id == person.c.id).exists()
    return select(person.c.handle).where(person.c.has_account, none)


def _opened(connection: Connection) -> Iterator[Finding]:
    """Accounts of people who were given none and that no amendment of theirs brought, or the other way round."""
    wanted = select(person.c.handle, person.c.household_id, person.c.has_account, event.c.household_id, event.c.body)
    wanted = wanted.select_from(account).join(person).outerjoin(event, account.c.opened_by_id == event.c.id)
    wanted = wanted.where(or_(account.c.opened_by_id.is_not(None), ~person.c.has_account))
    for who, home, given, happened, body in connection.execute(wanted):
        if given or home != happened or f'"person":{canonical(who)}' not in body:
            yield Finding("account-opened", (("person", who),))


def sums(connection: Connection) -> Iterator[Finding]:
    """Double entry, and balances against their postings."""
    total = func.sum(posting.c.amount)
    by_event = select(event.c.handle, total).join_from(posting, event, posting.c.event_id == event.c.id)
    by_event = by_event.group_by(event.c.id, event.c.handle).having(total != 0)
    yield from _found(connection, "unbalanced", ("event", "off"), by_event)
    openings = select(posting.c.household_id, total).where(posting.c.event_id.is_(None))
    openings = openings.group_by(posting.c.household_id).having(total != 0)
    yield from _found(connection, "opening-unbalanced", ("household", "off"), openings)
    for bucket in tables.ACCOUNT_LEDGERS:
        yield from _found(connection, "balance", ("person", "bucket", "stored", "posted"), _off_balance(bucket, False))
        yield from _found(connection, "opening", ("person", "bucket", "stored", "posted"), _off_balance(bucket, True))
    yield from _found(connection, "running-balance", ("posting",), _off_running())


def _off_balance(bucket: str, opening: bool) -> Select[Any]:
    held = account.c[f"opening_{bucket}" if opening else bucket]
    moved = func.coalesce(func.sum(posting.c.amount), 0)
    joined = and_(posting.c.person_id == account.c.person_id, posting.c.ledger == bucket)
    if opening:
        joined = and_(joined, posting.c.event_id.is_(None))
    name: BindParameter[str] = BindParameter(None, bucket, unique=True)
    return (
        select(person.c.handle, name, held, moved)
        .join_from(account, person)
        .outerjoin(posting, joined)
        .group_by(person.c.id, person.c.handle, held)
        .having(moved != held)
    )


def _off_running() -> Select[Any]:
    """Postings whose balances are not the sums up to them."""
    columns = posting.c
    on_account = (
        select(
            columns.id,
            columns.balance_after,
            columns.account_after,
            func.sum(columns.amount)
            .over(partition_by=(columns.person_id, columns.ledger), order_by=columns.id)
            .label("bucket"),
            func.sum(columns.amount).over(partition_by=columns.person_id, order_by=columns.id).label("whole"),
        )
        .where(_ON_ACCOUNT)
        .subquery()
    )
    off = or_(on_account.c.balance_after != on_account.c.bucket, on_account.c.account_after != on_account.c.whole)
    return select(on_account.c.id).where(off)


def settlements(connection: Connection) -> Iterator[Finding]:
    """Settlement rows in themselves, reversals against their originals, and both against the postings."""
    row = settlement.c
    crooked = select(event.c.handle).join_from(settlement, event, row.event_id == event.c.id)
    crooked = crooked.where(
        or_(
            row.total != row.self_paid + row.over_limit + row.upfront + row.in_scope,
            row.total != row.pool + row.own + row.shared + row.cash,
        )
    )
    yield from _found(connection, "settlement-sum", ("event",), crooked)
    back, first = settlement.alias("back"), settlement.alias("first")
    unlike = select(event.c.handle).join_from(back, first, back.c.reverses_id == first.c.id)
    unlike = unlike.join(event, back.c.event_id == event.c.id)
    unlike = unlike.where(
        or_(back.c.visit_id != first.c.visit_id, *(back.c[name] != -first.c[name] for name in FIGURES))
    )
    yield from _found(connection, "reversal", ("event",), unlike)
    yield from _found(connection, "settlement-postings", ("event",), _unlike_postings())


def _unlike_postings() -> Select[Any]:
    """Events whose postings to provider, pool, cash and accounts are not what their settlement rows say."""
    row = settlement.c
    said = (
        select(
            row.event_id,
            func.sum(row.total).label("provider"),
            func.sum(-row.pool).label("pool"),
            func.sum(-row.cash).label("cash"),
            func.sum(-row.own - row.shared).label("accounts"),
        )
        .group_by(row.event_id)
        .subquery()
    )

    def moved(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, posting.c.amount), else_=0)), 0)

    provider, pool, cash = (moved(posting.c.ledger == name) for name in ("provider", "pool", "cash"))
    accounts = moved(and_(_ON_ACCOUNT, posting.c.kind != "carry-over"))
    columns = said.c
    return (
        select(event.c.handle)
        .join_from(said, event, columns.event_id == event.c.id)
        .outerjoin(posting, posting.c.event_id == columns.event_id)
        .group_by(columns.event_id, event.c.handle, columns.provider, columns.pool, columns.cash, columns.accounts)
        .having(
            or_(
                provider != columns.provider,
                pool != columns.pool,
                cash != columns.cash,
                accounts != columns.accounts,
            )
        )
    )


_KIND_OF = {
    "settlement": ("visit", "refund"),
    "reversal": ("refund",),
    "deposit": ("deposit",),
    "premium": ("premium",),
}
"""The types of event that a kind of posting comes from; the turn of the year comes with any."""


def kinds(connection: Connection) -> Iterator[Finding]:
    """Postings of a kind that their event cannot have, or of another day than the event's."""
    columns = posting.c
    wrong = [and_(columns.kind == kind, event.c.type.not_in(types)) for kind, types in _KIND_OF.items()]
    moved = and_(columns.kind != "carry-over", columns.date != event.c.date)
    foreign = select(columns.id).join_from(posting, event, columns.event_id == event.c.id).where(or_(moved, *wrong))
    yield from _found(connection, "posting-kind", ("posting",), foreign)
    homeless = select(columns.id).where((columns.kind == "opening") != columns.event_id.is_(None))
    yield from _found(connection, "posting-kind", ("posting",), homeless)


def years(connection: Connection) -> Iterator[Finding]:
    """What the pool, cash and the provider came to in a year, against the settlements made and reversed in it."""
    row, year = settlement.c, func.substr(event.c.date, 1, 4)
    sides = {"pool": -row.pool, "cash": -row.cash, "provider": row.total}
    said = select(event.c.household_id, year, *(func.sum(amount) for amount in sides.values()))
    said = said.join_from(settlement, event, row.event_id == event.c.id).group_by(event.c.household_id, year)
    stored = {
        (household, when, ledger): int(amount)
        for household, when, *amounts in connection.execute(said)
        for ledger, amount in zip(sides, amounts, strict=True)
    }
    columns, year = posting.c, func.substr(posting.c.date, 1, 4)
    moved = select(columns.household_id, year, columns.ledger, func.sum(columns.amount))
    moved = moved.where(columns.ledger.in_(sides)).group_by(columns.household_id, year, columns.ledger)
    posted = {(household, when, ledger): int(amount) for household, when, ledger, amount in connection.execute(moved)}
    for key in sorted(stored.keys() | posted.keys()):
        if stored.get(key, 0) != posted.get(key, 0):
            values = (("household", key[0]), ("year", key[1]))
            amounts = (("stored", stored.get(key, 0)), ("posted", posted.get(key, 0)))
            yield Finding(f"year-{key[2]}", values + amounts)


def audited(connection: Connection) -> Iterator[Finding]:
    """Events without an entry that says who recorded them: their own, or that of the import they came with."""
    note, home = tables.audit.c, tables.household
    own = select(true()).where(note.event_id == event.c.id, note.household_id == event.c.household_id).exists()
    brought = select(true()).where(note.household_id == home.c.id, note.event_id.is_(None)).exists()
    silent = select(event.c.handle).join_from(event, home, event.c.household_id == home.c.id)
    silent = silent.where(~own, or_(event.c.recorded_at != home.c.created_at, ~brought))
    yield from _found(connection, "no-audit", ("event",), silent)


def papers(connection: Connection) -> Iterator[Finding]:
    """Proof files that are not what was kept once. One at a time is read: together they may be large."""
    columns = tables.attachment.c
    kept = connection.execute(select(columns.id, columns.name, columns.sha256).order_by(columns.id)).all()
    for key, name, noted in kept:
        content = connection.scalar(select(columns.content).where(columns.id == key))
        if hashlib.sha256(content or b"").hexdigest() != noted:
            yield Finding("paper-changed", (("row", key), ("name", name)))


def _found(connection: Connection, code: str, names: tuple[str, ...], wanted: Select[Any]) -> Iterator[Finding]:
    for row in connection.execute(wanted):
        yield Finding(code, tuple(zip(names, row, strict=True)))


def household_ids(connection: Connection) -> list[int]:
    """Every household."""
    return list(connection.scalars(select(tables.household.c.id).order_by(tables.household.c.id)))
