"""Rows that get another home or another name: a household's rows moved into another, a person's rows made another's."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, or_, select, true, update

from famgui.domain.account import Balance
from famgui.domain.household import Event
from famgui.domain.money import Fen
from famgui.domain.problem import Code
from famgui.domain.renaming import named_in, renamed
from famgui.store import tables
from famgui.store.audit import AuditLine, note
from famgui.store.eventtext import canonical, event_text, event_type
from famgui.store.household import Keys
from famgui.store.journal import Posted
from famgui.store.person_change import drop_drafts, events_of
from famgui.store.record import Fact, add_postings, set_balances
from famgui.store.rows import Batch, EventRow

person, account, event, binding = tables.person, tables.account, tables.event, tables.binding
posting, settlement, used, history = tables.posting, tables.settlement, tables.used_before, tables.person_history
household, audit, attachment = tables.household, tables.audit, tables.attachment

_ABOUT_ITEMS: frozenset[Code] = frozenset({"PROHIBITED", "OUT_OF_SCOPE"})
"""Problems whose subject is a line of the bill and never a person."""


class Opened(NamedTuple):
    """What a household's accounts held at first, and on which day they were opened (ISO text; None: empty)."""

    day: str | None
    balances: dict[str, Balance]


def opened(connection: Connection, household_id: int) -> Opened:
    """The openings of a household, by handle."""
    days = select(func.min(posting.c.date)).where(posting.c.household_id == household_id, posting.c.kind == "opening")
    wanted = (
        select(person.c.handle, account.c.opening_current, account.c.opening_prior_years)
        .join_from(account, person)
        .where(person.c.household_id == household_id)
    )
    rows = connection.execute(wanted)
    return Opened(connection.scalar(days), {who: Balance(current, prior) for who, current, prior in rows})


def rename_person(connection: Connection, person_id: int, handle: str) -> None:
    """Give a person another handle, which nobody of the household has."""
    connection.execute(update(person).where(person.c.id == person_id).values(handle=handle))


def rewrite_events(connection: Connection, events: Mapping[int, tuple[str, Event]]) -> None:
    """Let events say this, by row, each with the handle that it had; their audit entries follow."""
    for key, (old, now) in events.items():
        values = {"handle": now.id, "body": event_text(now)}
        connection.execute(update(event).where(event.c.id == key).values(values))
        if now.id != old:
            _retell(connection, key, old, now.id)


def _retell(connection: Connection, event_id: int, old: str, handle: str) -> None:
    """Audit entries begin with the handle of their event."""
    for line in connection.execute(select(audit.c.id, audit.c.detail).where(audit.c.event_id == event_id)):
        if line.detail == old or line.detail.startswith(f"{old}:"):
            detail = handle + line.detail[len(old) :]
            connection.execute(update(audit).where(audit.c.id == line.id).values(detail=detail))


def rewrite_traces(connection: Connection, household_id: int, names: Mapping[str, str]) -> None:
    """Let the traces of a household's settlements name persons by other handles."""
    if not names:
        return
    wanted = select(settlement.c.id, settlement.c.trace).join_from(
        settlement, event, settlement.c.event_id == event.c.id
    )
    for key, text in connection.execute(wanted.where(event.c.household_id == household_id)).all():
        said = canonical(_renamed(json.loads(text), names))
        if said != text:
            connection.execute(update(settlement).where(settlement.c.id == key).values(trace=said))


def _renamed(trace: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    for payment in trace.get("payments", ()):
        payment[1] = names.get(payment[1], payment[1])
    for step in trace.get("steps", ()):
        if "account" in step:
            step["account"] = names.get(step["account"], step["account"])
    for problem in trace.get("problems", ()):
        if problem["code"] not in _ABOUT_ITEMS:
            problem["subject"] = names.get(problem["subject"], problem["subject"])
    return trace


def rename_everywhere(connection: Connection, household_id: int, old: str, handle: str) -> None:
    """Let every event and trace of a household name one person where it named another."""
    changed: dict[int, tuple[str, Event]] = {}
    for key, one in events_of(connection, household_id).items():
        if old in named_in(one):
            changed[key] = one.id, renamed(one, {old: handle}, {})
    rewrite_events(connection, changed)
    rewrite_traces(connection, household_id, {old: handle})


def move_in(connection: Connection, home: int, other: int) -> None:
    """Move everything of another household behind what is here; that household is gone then. Handles must not clash,
    and the order of the events is set afterwards (`order_events`)."""
    _tell_who_brought(connection, other)
    for table, column in ((person, person.c.position), (binding, binding.c.position), (event, event.c.seq)):
        last = select(func.coalesce(func.max(column), -1)).where(table.c.household_id == home)
        offset = (connection.scalar(last) or 0) + 1
        moved = update(table).where(table.c.household_id == other)
        connection.execute(moved.values({"household_id": home, column.name: column + offset}))
    for table in (posting, attachment, audit):
        connection.execute(update(table).where(table.c.household_id == other).values(household_id=home))
    drop_drafts(connection, other)
    connection.execute(delete(household).where(household.c.id == other))


def _tell_who_brought(connection: Connection, household_id: int) -> None:
    """Events that came with the import of their household get an audit entry of their own: the household's goes."""
    own = select(true()).where(audit.c.event_id == event.c.id).exists()
    silent = select(event.c.id, event.c.handle, event.c.recorded_at).where(event.c.household_id == household_id, ~own)
    for key, handle, at in connection.execute(silent).all():
        note(connection, AuditLine(datetime.fromisoformat(at), "import household", household_id, key, handle))


def order_events(connection: Connection, household_id: int, rows: Iterable[int]) -> None:
    """Put a household's events into this order."""
    here = update(event).where(event.c.household_id == household_id)
    connection.execute(here.values(seq=-event.c.seq - 1))
    for seq, key in enumerate(rows, 1):
        connection.execute(update(event).where(event.c.id == key).values(seq=seq))


def add_event(connection: Connection, household_id: int, seq: int, one: Event, now: datetime, action: str) -> int:
    """One more event with its audit entry, settled, its postings still to come; its row."""
    key = Batch(connection).key(EventRow)
    moment = now.isoformat()
    row = EventRow(
        key, household_id, seq, one.id, event_type(one), one.date.isoformat(), event_text(one), "settled", moment
    )
    connection.execute(insert(event), row._asdict())
    note(connection, AuditLine(now, action, household_id, key, one.id))
    return key


def open_with(connection: Connection, person_id: int, held: Balance) -> None:
    """What an account held before the first event."""
    values = {"opening_current": held.current, "opening_prior_years": held.prior_years}
    connection.execute(update(account).where(account.c.person_id == person_id).values(values))


def post_again(
    connection: Connection,
    household_id: int,
    keys: Keys,
    openings: Iterable[Posted],
    facts: Iterable[Fact],
    balances: Mapping[str, Balance],
) -> None:
    """Write a household's ledger anew, by its days: the same money, the turns of the year where they are."""
    wanted = select(event.c.seq, event.c.id).where(event.c.household_id == household_id)
    rows = {row.seq: row.id for row in connection.execute(wanted)}
    connection.execute(delete(posting).where(posting.c.household_id == household_id))
    batch = Batch(connection)
    add_postings(batch, household_id, keys, None, openings)
    for fact in facts:
        add_postings(batch, household_id, keys, rows[fact.seq], fact.posted)
    batch.write()
    set_balances(connection, keys, balances)


def bound_together(connection: Connection, one: int, other: int) -> bool:
    """Whether the register has a row between two persons."""
    there = (binding.c.authorizer_id == one) & (binding.c.user_id == other)
    back = (binding.c.authorizer_id == other) & (binding.c.user_id == one)
    return connection.execute(select(binding.c.id).where(or_(there, back)).limit(1)).first() is not None


def used_by_both(connection: Connection, one: int, other: int) -> bool:
    """Whether both have a year told from before the first event, of the same benefit."""
    mine, theirs = used.alias("mine"), used.alias("theirs")
    same = (mine.c.year == theirs.c.year) & (mine.c.benefit == theirs.c.benefit)
    wanted = select(mine.c.year).join_from(mine, theirs, same)
    return connection.execute(wanted.where(mine.c.person_id == one, theirs.c.person_id == other)).first() is not None


def give_rows(connection: Connection, one: int, other: int) -> None:
    """Make everything of another person's this one's; that person is gone then. Their account must be empty."""
    links = (
        (binding, binding.c.authorizer_id),
        (binding, binding.c.user_id),
        (settlement, settlement.c.patient_id),
        (posting, posting.c.person_id),
        (used, used.c.person_id),
        (history, history.c.person_id),
    )
    for table, column in links:
        connection.execute(update(table).where(column == other).values({column.name: one}))
    connection.execute(delete(account).where(account.c.person_id == other))
    connection.execute(delete(person).where(person.c.id == other))


def totals(connection: Connection, household_id: int) -> dict[str, Fen]:
    """What each account holds in all, by handle."""
    wanted = select(person.c.handle, account.c.current + account.c.prior_years).join_from(account, person)
    rows = connection.execute(wanted.where(person.c.household_id == household_id))
    return {row[0]: row[1] for row in rows}
