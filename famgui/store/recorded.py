"""Settlements as they were written down, read back with their trace: what was true then, whatever the rules say now."""

import json
from typing import Any

from sqlalchemy import Connection, select

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Split
from famgui.domain.problem import Problem
from famgui.domain.settlement import Settlement
from famgui.domain.trace import Step
from famgui.domain.waterfall import Payment
from famgui.store import tables

event, settlement = tables.event, tables.settlement

_SPLIT = ("total", "self_paid", "over_limit", "upfront", "in_scope")
_WANTED = (
    select(event.c.handle, settlement)
    .join_from(settlement, event, settlement.c.event_id == event.c.id)
    .where(settlement.c.reverses_id.is_(None))
)


def settlements(connection: Connection, household_id: int, handles: frozenset[str]) -> dict[str, Settlement]:
    """What these events of a household settled, by handle, as it was computed when they were recorded. The year to date
    after each is not kept."""
    wanted = _WANTED.where(event.c.household_id == household_id, event.c.handle.in_(handles))
    return {row["handle"]: _settlement(row) for row in connection.execute(wanted).mappings()}


def _settlement(row: Any) -> Settlement:
    trace = json.loads(row["trace"])
    return Settlement(
        split=Split(*(row[name] for name in _SPLIT)),
        pool=row["pool"],
        deductible=row["deductible"],
        ratio=row["ratio"],
        own=row["own"],
        shared=row["shared"],
        cash=row["cash"],
        payments=tuple(Payment(payer, account, Balance(*draw)) for payer, account, *draw in trace["payments"]),
        used=YearToDate(),
        counted=trace["counted"],
        problems=tuple(Problem(**problem) for problem in trace["problems"]),
        steps=tuple(_step(step) for step in trace["steps"]),
    )


def _step(kept: dict[str, Any]) -> Step:
    pairs = tuple((name, number) for name, number in kept["inputs"])
    return Step(**{**kept, "inputs": pairs, "beside": tuple(kept.get("beside", ()))})
