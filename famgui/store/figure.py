"""What the book says happened: statuses and settlement figures by event, to hold against a computation."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from famgui.store import tables
from famgui.store.journal import FIGURES

event, settlement = tables.event, tables.settlement
_COLUMNS = (*FIGURES, "ratio")


class Stored(NamedTuple):
    """One event's status and figures (by column), of what it settled and of what it reversed; None where it did not."""

    handle: str
    status: str
    settled: dict[str, int] | None
    reversed: dict[str, int] | None


def stored_events(connection: Connection, household_id: int) -> list[Stored]:
    """Every event of a household, in the order of its file."""
    asked = {"household": household_id}
    of_household = event.c.household_id == bindparam("household")
    wanted = (
        select(settlement.c.event_id, settlement.c.reverses_id, *(settlement.c[name] for name in _COLUMNS))
        .join_from(settlement, event, settlement.c.event_id == event.c.id)
        .where(of_household)
    )
    settled: dict[int, dict[str, int]] = {}
    reversed_: dict[int, dict[str, int]] = {}
    for event_id, reverses, *amounts in connection.execute(wanted, asked):
        (settled if reverses is None else reversed_)[event_id] = dict(zip(_COLUMNS, amounts, strict=True))
    events = select(event.c.id, event.c.handle, event.c.status).where(of_household).order_by(event.c.seq)
    return [
        Stored(handle, status, settled.get(key), reversed_.get(key))
        for key, handle, status in connection.execute(events, asked)
    ]
