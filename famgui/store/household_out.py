"""A household taken out of the book whole: what was recorded in it since it came, and every row that is its own."""

from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, exists, func, or_, select, update

from famgui.store import tables
from famgui.store.person_change import take_out_household

event, person, binding, audit = tables.event, tables.person, tables.binding, tables.audit
household, posting = tables.household, tables.posting


class Later(NamedTuple):
    """Something recorded in a household after it came: the handle of its event, the type, the day (ISO)."""

    handle: str
    type: str
    day: str


class Contents(NamedTuple):
    """How much goes with a household: persons, rows of the register, events, postings, papers."""

    persons: int
    bindings: int
    events: int
    postings: int
    papers: int


def recorded_since(connection: Connection, household_id: int) -> list[Later]:
    """The events that did not come with the household, in their order: those of another moment than its own, and those
    with an audit entry of their own."""
    noted = exists().where(audit.c.event_id == event.c.id)
    wanted = (
        select(event.c.handle, event.c.type, event.c.date)
        .join_from(event, household, event.c.household_id == household.c.id)
        .where(household.c.id == household_id, or_(event.c.recorded_at != household.c.created_at, noted))
        .order_by(event.c.seq)
    )
    return [Later(*row) for row in connection.execute(wanted)]


def touched_since(connection: Connection, household_id: int) -> bool:
    """Whether anything was done to the household after it came, were it only to a person's row."""
    entries = select(func.count()).select_from(audit).where(audit.c.household_id == household_id)
    history = tables.person_history
    changed = select(history.c.id).join_from(history, person, history.c.person_id == person.c.id)
    changed = changed.where(person.c.household_id == household_id).limit(1)
    return (connection.scalar(entries) or 0) > 1 or connection.execute(changed).first() is not None


def contents(connection: Connection, household_id: int) -> Contents:
    """What a household holds."""
    counted = (
        connection.scalar(select(func.count()).select_from(table).where(table.c.household_id == household_id)) or 0
        for table in (person, binding, event, posting, tables.attachment)
    )
    return Contents(*counted)


def take_out_whole(connection: Connection, household_id: int) -> frozenset[int]:
    """Delete a household with everything that is its own; whose rows went. Older audit entries stay, about nobody."""
    gone = frozenset(connection.scalars(select(person.c.id).where(person.c.household_id == household_id)))
    persons, events, bindings = (
        select(table.c.id).where(table.c.household_id == household_id) for table in (person, event, binding)
    )
    tick, settled, history = tables.tick.c, tables.settlement.c, tables.person_history
    reversals = and_(settled.event_id.in_(events), settled.reverses_id.is_not(None))
    connection.execute(update(audit).where(audit.c.event_id.in_(events)).values(event_id=None))
    for table, condition in (
        (tables.tick, or_(tick.binding_id.in_(bindings), tick.event_id.in_(events))),
        (tables.attachment, tables.attachment.c.household_id == household_id),
        (posting, posting.c.household_id == household_id),
        (tables.settlement, reversals),
        (tables.settlement, settled.event_id.in_(events)),
        (tables.used_before, tables.used_before.c.person_id.in_(persons)),
        (tables.account, tables.account.c.person_id.in_(persons)),
        (binding, binding.c.household_id == household_id),
        (history, history.c.person_id.in_(persons)),
        (event, event.c.household_id == household_id),
        (person, person.c.household_id == household_id),
    ):
        connection.execute(delete(table).where(condition))
    take_out_household(connection, household_id)
    return gone
