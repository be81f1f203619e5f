"""Steps on the official platform that were ticked off, kept with a binding or with a premium's event."""

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from famgui.store import tables

tick, binding, event, person = tables.tick, tables.binding, tables.event, tables.person

Kind: TypeAlias = Literal["binding", "event"]
_COLUMN = {"binding": tick.c.binding_id, "event": tick.c.event_id}


class Owner(NamedTuple):
    """What a step was taken for: a row of the register, or a premium's event."""

    kind: Kind
    id: int


class Pair(NamedTuple):
    """Who a row of the register binds, by handle, and the household it stands in; dates as ISO text."""

    household: int
    authorizer: str
    user: str
    relation: str
    starts: str
    ends: str | None


def ticked(connection: Connection, owner: Owner) -> dict[str, str]:
    """The items ticked off, each with the moment (ISO text)."""
    wanted = select(tick.c.item, tick.c.done_at).where(_COLUMN[owner.kind] == owner.id).order_by(tick.c.id)
    return {row.item: row.done_at for row in connection.execute(wanted)}


def put(connection: Connection, owner: Owner, item: str, now: datetime) -> bool:
    """Tick an item off; False where it was already, whose moment stays."""
    if item in ticked(connection, owner):
        return False
    row = {_COLUMN[owner.kind].name: owner.id, "item": item, "done_at": now.isoformat()}
    connection.execute(insert(tick), row)
    return True


def remove(connection: Connection, owner: Owner, item: str) -> bool:
    """Whether the item was ticked off; now it is not."""
    gone: ColumnElement[bool] = _COLUMN[owner.kind] == owner.id
    return connection.execute(delete(tick).where(gone, tick.c.item == item)).rowcount > 0


def of_household(connection: Connection, household_id: int) -> dict[int, frozenset[str]]:
    """The items ticked off for each row of a household's register that has any, by the row's id."""
    wanted = (
        select(tick.c.binding_id, tick.c.item)
        .join_from(tick, binding, tick.c.binding_id == binding.c.id)
        .where(binding.c.household_id == household_id)
    )
    found: dict[int, set[str]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.binding_id, set()).add(row.item)
    return {key: frozenset(items) for key, items in found.items()}


def pair_of(connection: Connection, binding_id: int) -> Pair | None:
    """Whom a row of the register binds; None without such a row."""
    giver, taker = person.alias(), person.alias()
    row = connection.execute(
        select(
            binding.c.household_id,
            giver.c.handle,
            taker.c.handle.label("user"),
            binding.c.relation,
            binding.c.starts,
            binding.c.ends,
        )
        .join_from(binding, giver, binding.c.authorizer_id == giver.c.id)
        .join(taker, binding.c.user_id == taker.c.id)
        .where(binding.c.id == binding_id)
    ).first()
    return None if row is None else Pair(*row)


def event_of(connection: Connection, household_id: int, handle: str) -> int | None:
    """The row of a household's event; None without one."""
    wanted = select(event.c.id).where(event.c.household_id == household_id, event.c.handle == handle)
    return connection.scalar(wanted)


def handle_of(connection: Connection, event_id: int) -> tuple[int, str] | None:
    """The household and the handle of an event's row; None without such a row."""
    row = connection.execute(select(event.c.household_id, event.c.handle).where(event.c.id == event_id)).first()
    return None if row is None else (row.household_id, row.handle)
