"""The audit trail: what was done to the book, when, and about which event; written once, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from famgui.store import tables
from famgui.store.engine import Change

audit, event = tables.audit, tables.event

_NOTE = Change(insert(audit).inline(), ("at", "action", "household_id", "event_id", "detail"))


class AuditLine(NamedTuple):
    """One entry: the moment, what was done ("record visit", "undo refund", ...), the household (None for one that is
    gone), the row of the event (None for what is about no event), and the event's handle with the reason given."""

    at: datetime
    action: str
    household: int | None
    event: int | None
    detail: str


def note(connection: Connection, line: AuditLine) -> None:
    """Write an entry down, inside the command's own transaction."""
    _NOTE.run(connection, [(line.at.isoformat(), *line[1:])])


def trail(connection: Connection, household_id: int, handles: Sequence[str]) -> tuple[AuditLine, ...]:
    """The entries about these events of a household, oldest first."""
    wanted = (
        select(audit.c.at, audit.c.action, audit.c.household_id, audit.c.event_id, audit.c.detail)
        .join_from(audit, event, audit.c.event_id == event.c.id)
        .where(event.c.household_id == household_id, event.c.handle.in_(handles))
        .order_by(audit.c.id)
    )
    return tuple(AuditLine(datetime.fromisoformat(at), *rest) for at, *rest in connection.execute(wanted))
