"""What was begun and not yet recorded: drafts as JSON, by kind."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from famgui.store import tables
from famgui.store.eventtext import canonical

draft = tables.draft


class Draft(NamedTuple):
    """Something begun: its kind, what it holds, when it was last saved (ISO text)."""

    id: int
    kind: str
    body: Mapping[str, Any]
    updated_at: str


def put(connection: Connection, kind: str, body: Mapping[str, Any], now: datetime, draft_id: int | None) -> int:
    """Write a draft anew, or over the one named if it is still of this kind (ids are given again); its id."""
    row = {"kind": kind, "body": canonical(body), "updated_at": now.isoformat()}
    same = update(draft).where(draft.c.id == draft_id, draft.c.kind == kind)
    if draft_id is not None and connection.execute(same.values(row)).rowcount:
        return draft_id
    found = connection.execute(insert(draft), row).inserted_primary_key
    assert found is not None
    return int(found[0])


def take(connection: Connection, kind: str) -> tuple[Draft, ...]:
    """The drafts of a kind, the one saved last first."""
    wanted = select(draft).where(draft.c.kind == kind).order_by(draft.c.updated_at.desc(), draft.c.id.desc())
    return tuple(Draft(row.id, row.kind, json.loads(row.body), row.updated_at) for row in connection.execute(wanted))


def remove(connection: Connection, draft_id: int) -> bool:
    """Whether there was such a draft; now there is none."""
    return connection.execute(delete(draft).where(draft.c.id == draft_id)).rowcount > 0


def remove_kind(connection: Connection, kind: str) -> frozenset[int]:
    """Which drafts of a kind there were; now there are none."""
    gone = frozenset(connection.scalars(select(draft.c.id).where(draft.c.kind == kind)))
    connection.execute(delete(draft).where(draft.c.kind == kind))
    return gone
