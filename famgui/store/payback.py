"""Accounts against traces: each account paid what its settlement says, and each refund went back where it came from."""

import json
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from sqlalchemy import Connection, select

from famgui.domain.account import Balance
from famgui.store import tables
from famgui.store.check import Finding

event, person, posting, settlement = tables.event, tables.person, tables.posting, tables.settlement

Draws: TypeAlias = dict[str, Balance]
"""What accounts paid or got back, by their owners' handles."""


class _Made(NamedTuple):
    """A settlement or reversal: the event that made it, and that event's year."""

    event_id: int
    handle: str
    year: int
    reverses: int | None
    trace: str


def payments(connection: Connection) -> Iterator[Finding]:
    """Settlements and reversals whose postings on accounts are not the payments that the trace names."""
    made = _made(connection)
    moved = _moved(connection)
    late = _late(connection)
    for row in made.values():
        code, source, sign = ("paid", row, -1) if row.reverses is None else ("paid-back", made.get(row.reverses), 1)
        said = None if source is None else _said(source.trace)
        if source is None or said is None:
            if row.reverses is None:
                yield Finding("trace", (("event", row.handle),))
            continue
        turned = {who: draw.carried_over() for who, draw in said.items()}
        allowed = [turned] if source.year < row.year else [said, turned] if row.event_id in late else [said]
        found = moved.get((row.event_id, code), {})
        if {who: Balance(sign * held.current, sign * held.prior_years) for who, held in found.items()} not in allowed:
            yield Finding(code, (("event", row.handle),))


def _made(connection: Connection) -> dict[int, _Made]:
    wanted = (
        select(settlement.c.id, event.c.id, event.c.handle, event.c.date, settlement.c.reverses_id, settlement.c.trace)
        .join_from(settlement, event, settlement.c.event_id == event.c.id)
        .order_by(settlement.c.id)
    )
    return {
        key: _Made(event_id, handle, int(day[:4]), reverses, trace)
        for key, event_id, handle, day, reverses, trace in connection.execute(wanted)
    }


def _moved(connection: Connection) -> dict[tuple[int, str], Draws]:
    """What each event moved on accounts by paying ("paid") and by taking back ("paid-back")."""
    wanted = (
        select(posting.c.event_id, posting.c.kind, person.c.handle, posting.c.ledger, posting.c.amount)
        .join_from(posting, person, posting.c.person_id == person.c.id)
        .where(posting.c.kind.in_(("settlement", "reversal")))
    )
    moved: dict[tuple[int, str], Draws] = {}
    for event_id, kind, who, ledger, amount in connection.execute(wanted):
        draws = moved.setdefault((event_id, "paid" if kind == "settlement" else "paid-back"), {})
        more = Balance(amount) if ledger == "current" else Balance(0, amount)
        draws[who] = draws.get(who, Balance()).plus(more)
    return moved


def _late(connection: Connection) -> set[int]:
    """Events that stand in the book behind one of a later year, so that their money may be prior years' already."""
    found: set[int] = set()
    last: dict[int, int] = {}
    for event_id, home, day in connection.execute(
        select(event.c.id, event.c.household_id, event.c.date).order_by(event.c.id)
    ):
        year = int(day[:4])
        if year < last.setdefault(home, year):
            found.add(event_id)
        last[home] = max(last[home], year)
    return found


def _said(trace: str) -> Draws | None:
    """The payments that a trace names, by account; None for a text that is no trace."""
    try:
        named = json.loads(trace)["payments"]
        draws: Draws = {}
        for _, account, current, prior_years in named:
            draws[account] = draws.get(account, Balance()).plus(Balance(current, prior_years))
    except (ValueError, KeyError, TypeError):
        return None
    return draws
