"""Events taken out of the book again: what they wrote is removed, what stands is put as it would be without them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, select, update

from famgui.domain.account import Balance
from famgui.domain.changes import Changes
from famgui.domain.person import Person
from famgui.store import tables
from famgui.store.eventtext import iso
from famgui.store.household import person_from, stored_balances
from famgui.store.register import facts_text

event, person, account, binding = tables.event, tables.person, tables.account, tables.binding
posting, audit = tables.posting, tables.audit


class LastEvent(NamedTuple):
    """One of a household's last events: its row, its text, and whether an audit entry of its own says who recorded it
    (what came with an import has none)."""

    id: int
    handle: str
    type: str
    body: str
    noted: bool


class RowAsItStands(NamedTuple):
    """What events have made of a row of the register: `bound_by` and `unbound_by` are handles of events, None for what
    no event did."""

    bound_by: str | None
    priority: int
    unbound_on: date | None
    unbound_by: str | None


def last_events(connection: Connection, household_id: int, count: int) -> list[LastEvent]:
    """Up to `count` events of a household, the one recorded last first."""
    noted = exists().where(audit.c.event_id == event.c.id)
    wanted = select(event.c.id, event.c.handle, event.c.type, event.c.body, noted)
    wanted = wanted.where(event.c.household_id == household_id).order_by(event.c.seq.desc()).limit(count)
    return [LastEvent(*row) for row in connection.execute(wanted)]


def take_out(connection: Connection, events: Sequence[int]) -> Changes:
    """Remove events with all that they wrote: rows bound, accounts opened, postings, papers and steps ticked off.

    Older audit entries stay and no longer point at them."""
    bound = list(connection.scalars(select(binding.c.id).where(binding.c.bound_by_id.in_(events))))
    moved = connection.scalar(select(posting.c.id).where(posting.c.event_id.in_(events)).limit(1)) is not None
    tick, unbound = tables.tick.c, binding.c.unbound_by_id
    for table, column, keys in (
        (tables.tick, tick.binding_id, bound),
        (tables.tick, tick.event_id, events),
        (tables.attachment, tables.attachment.c.event_id, events),
        (posting, posting.c.event_id, events),
        (account, account.c.opened_by_id, events),
        (binding, binding.c.id, bound),
    ):
        connection.execute(delete(table).where(column.in_(keys)))
    connection.execute(update(binding).where(unbound.in_(events)).values(unbound_by_id=None))
    connection.execute(update(audit).where(audit.c.event_id.in_(events)).values(event_id=None))
    connection.execute(delete(event).where(event.c.id.in_(events)))
    return Changes(bindings=frozenset(bound), events=frozenset(events), postings=moved)


def put_register(connection: Connection, household_id: int, rows: Sequence[RowAsItStands]) -> frozenset[int]:
    """Write what differs of the register. `rows` are those from before the first event in their order, then those that
    events bound, in any order; the ids of the rows that are different now."""
    events = {row.handle: row.id for row in connection.execute(_EVENTS, {"household": household_id})}
    given = iter([row for row in rows if row.bound_by is None])
    bound = {events[row.bound_by]: row for row in rows if row.bound_by is not None}
    changed: set[int] = set()
    for stored in connection.execute(_REGISTER, {"household": household_id}):
        row = next(given) if stored.bound_by_id is None else bound[stored.bound_by_id]
        unbound_by = None if row.unbound_by is None else events[row.unbound_by]
        wanted = (row.priority, iso(row.unbound_on), unbound_by)
        if wanted != (stored.priority, stored.unbound_on, stored.unbound_by_id):
            values = dict(zip(("priority", "unbound_on", "unbound_by_id"), wanted, strict=True))
            connection.execute(update(binding).where(binding.c.id == stored.id).values(values))
            changed.add(stored.id)
    return frozenset(changed)


_EVENTS = select(event.c.handle, event.c.id).where(
    event.c.household_id == bindparam("household"), event.c.type.in_(("bind", "unbind"))
)
_REGISTER = (
    select(binding.c.id, binding.c.bound_by_id, binding.c.priority, binding.c.unbound_on, binding.c.unbound_by_id)
    .where(binding.c.household_id == bindparam("household"))
    .order_by(binding.c.position)
)


def put_persons(
    connection: Connection, household_id: int, persons: Mapping[str, Person], balances: Mapping[str, Balance]
) -> frozenset[int]:
    """Write what differs of the persons' facts and of what their accounts hold; the ids of whom that is."""
    held = stored_balances(connection, household_id)
    changed: set[int] = set()
    found = connection.execute(select(person).where(person.c.household_id == household_id)).mappings().all()
    for row in found:
        key, handle = row["id"], row["handle"]
        facts = facts_text(person_from(row), persons[handle])
        if facts != row["amended"]:
            connection.execute(update(person).where(person.c.id == key).values(amended=facts))
            changed.add(key)
        if handle in held and held[handle] != balances[handle]:
            values = balances[handle]._asdict()
            connection.execute(update(account).where(account.c.person_id == key).values(values))
            changed.add(key)
    return frozenset(changed)
