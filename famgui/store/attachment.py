"""Papers that were brought for a binding, whole, kept with the event that recorded it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from famgui.store import tables

attachment, binding = tables.attachment, tables.binding


class Attachment(NamedTuple):
    """One file of the book, without what it holds: its name, kind, SHA-256, bytes, when it was added (ISO text)."""

    id: int
    name: str
    media_type: str
    sha256: str
    size: int
    added_at: str


class Origin(NamedTuple):
    """Where a row of the register comes from: its household and the event that asked for it, None for a row from
    before the first event."""

    household: int
    event: int | None


_KEPT = select(
    attachment.c.id,
    attachment.c.name,
    attachment.c.media_type,
    attachment.c.sha256,
    func.length(attachment.c.content),
    attachment.c.added_at,
)


def put(
    connection: Connection,
    origin: tuple[int, int],
    name: str,
    media_type: str,
    sha256: str,
    content: bytes,
    now: datetime,
) -> int:
    """Keep a file with an event (`origin`: household, event); its id."""
    row = {
        "household_id": origin[0],
        "event_id": origin[1],
        "name": name,
        "media_type": media_type,
        "sha256": sha256,
        "content": content,
        "added_at": now.isoformat(),
    }
    found = connection.execute(insert(attachment), row).inserted_primary_key
    assert found is not None
    return int(found[0])


def of_event(connection: Connection, event_id: int) -> tuple[Attachment, ...]:
    """The files kept with an event, in the order in which they were added."""
    rows = connection.execute(_KEPT.where(attachment.c.event_id == event_id).order_by(attachment.c.id))
    return tuple(Attachment(*row) for row in rows)


def of_binding(connection: Connection, binding_id: int) -> tuple[Attachment, ...]:
    """The files kept with the event behind a row of the register."""
    wanted = _KEPT.join_from(attachment, binding, attachment.c.event_id == binding.c.bound_by_id)
    rows = connection.execute(wanted.where(binding.c.id == binding_id).order_by(attachment.c.id))
    return tuple(Attachment(*row) for row in rows)


def origin_of(connection: Connection, binding_id: int) -> Origin | None:
    """The event behind a row of the register; None without such a row."""
    wanted = select(binding.c.household_id, binding.c.bound_by_id).where(binding.c.id == binding_id)
    row = connection.execute(wanted).first()
    return None if row is None else Origin(*row)


def content_of(connection: Connection, attachment_id: int) -> tuple[str, bytes] | None:
    """The SHA-256 noted and what the file holds; None without such a file."""
    wanted = select(attachment.c.sha256, attachment.c.content).where(attachment.c.id == attachment_id)
    row = connection.execute(wanted).first()
    return None if row is None else (row.sha256, bytes(row.content))
