"""Events written down: the event, its settlement or reversal, its postings, and the accounts and register after it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from famgui.domain.account import Balance
from famgui.domain.household import Bind, Unbind
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.store import tables
from famgui.store.eventtext import canonical, event_text, event_type
from famgui.store.household import Keys, binding_row
from famgui.store.journal import Posted, figures, trace

event, settlement, posting, account, binding = (
    tables.event,
    tables.settlement,
    tables.posting,
    tables.account,
    tables.binding,
)

_EVENT, _SETTLEMENT, _POSTING, _BINDING = (insert(table) for table in (event, settlement, posting, binding))
_BALANCE = (
    update(account)
    .where(account.c.person_id == bindparam("person"))
    .values(current=bindparam("new_current"), prior_years=bindparam("new_prior_years"))
)
_LAST = select(func.coalesce(func.max(event.c.seq), 0)).where(event.c.household_id == bindparam("household"))
_EVENT_IDS = select(event.c.seq, event.c.id).where(event.c.household_id == bindparam("household"))
_IN_FORCE = (
    select(settlement.c.event_id, settlement.c.id)
    .join_from(settlement, event, settlement.c.event_id == event.c.id)
    .where(event.c.household_id == bindparam("household"), settlement.c.reverses_id.is_(None))
)
_BINDINGS = select(func.count()).select_from(binding).where(binding.c.household_id == bindparam("household"))
_UNBOUND = select(binding.c.id).where(binding.c.unbound_by_id == bindparam("event"))
_KNOWN_BY = select(event.c.id).where(event.c.household_id == bindparam("household"), event.c.date <= bindparam("day"))
_UNBIND = (
    update(binding)
    .where(
        binding.c.household_id == bindparam("household"),
        binding.c.authorizer_id == bindparam("authorizer"),
        binding.c.user_id == bindparam("bound_user"),
        or_(binding.c.unbound_on.is_(None), binding.c.unbound_on > bindparam("day")),
        or_(binding.c.ends.is_(None), binding.c.ends >= bindparam("day")),
        or_(binding.c.bound_by_id.is_(None), binding.c.bound_by_id.in_(_KNOWN_BY)),
    )
    .values(unbound_on=bindparam("day"), unbound_by_id=bindparam("unbound_by"))
)
"""The rows that `Binding.open_on` calls open, of those that were there on the day."""


class Fact(NamedTuple):
    """One event to write down: its place in the household's file, what it did, the visit it is about, what it moved."""

    seq: int
    outcome: Outcome
    visit: Visit | None
    posted: Sequence[Posted]


@dataclass(frozen=True, slots=True)
class Written:
    """The rows that came of it: events by place, bindings, and of each visit the event and the settlement in force."""

    events: dict[int, int]
    bindings: list[int]
    visits: dict[str, tuple[int, int] | None]


def last_seq(connection: Connection, household_id: int) -> int:
    """The place of the household's last event, 0 without one."""
    return connection.scalar(_LAST, {"household": household_id}) or 0


def append(
    connection: Connection,
    household_id: int,
    keys: Keys,
    facts: Sequence[Fact],
    balances: Mapping[str, Balance],
    now: datetime,
) -> Written:
    """Write facts down in the order given, which is the order of the ledger; `balances` are the accounts to change."""
    ids = _events(connection, household_id, sorted(facts, key=lambda fact: fact.seq), now)
    visits = _settlements(connection, household_id, keys, facts, ids)
    post(connection, household_id, keys, [(ids[fact.seq], fact.posted) for fact in facts])
    if balances:
        rows = [
            {"person": keys.persons[who], "new_current": held.current, "new_prior_years": held.prior_years}
            for who, held in balances.items()
        ]
        connection.execute(_BALANCE, rows)
    bindings: list[int] = []
    for fact in facts:
        bindings += _bind(connection, household_id, keys, fact.outcome, ids[fact.seq])
    return Written(ids, bindings, visits)


def _events(connection: Connection, household_id: int, facts: Sequence[Fact], now: datetime) -> dict[int, int]:
    moment = now.isoformat()
    rows = [
        {
            "household_id": household_id,
            "seq": fact.seq,
            "handle": fact.outcome.event.id,
            "type": event_type(fact.outcome.event),
            "date": fact.outcome.event.date.isoformat(),
            "body": event_text(fact.outcome.event),
            "status": fact.outcome.status,
            "recorded_at": moment,
        }
        for fact in facts
    ]
    if len(rows) == 1:
        return {facts[0].seq: _insert_one(connection, _EVENT, rows[0])}
    if rows:
        connection.execute(_EVENT, rows)
    return {row.seq: row.id for row in connection.execute(_EVENT_IDS, {"household": household_id})}


def _insert_one(connection: Connection, statement: Any, row: Mapping[str, object]) -> int:
    found = connection.execute(statement, row).inserted_primary_key
    assert found is not None
    return int(found[0])


def _settlements(
    connection: Connection, household_id: int, keys: Keys, facts: Sequence[Fact], ids: Mapping[int, int]
) -> dict[str, tuple[int, int] | None]:
    """Settlements first, then the reversals that point at them; what of each visit is in force afterwards."""
    about = [(fact.visit, fact.outcome, ids[fact.seq]) for fact in facts if fact.visit is not None]
    visit_ids = {visit.id: event_id for visit, done, event_id in about if done.event is visit}
    rows = [
        _row(keys, visit, done.settlement, event_id, visit_ids.get(visit.id) or keys.visits[visit.id][0])
        for visit, done, event_id in about
        if done.settlement is not None
    ]
    made = _made(connection, household_id, rows)
    in_force: dict[str, tuple[int, int] | None] = {}
    reversals: list[dict[str, object]] = []
    for visit, done, event_id in about:
        visit_id = visit_ids.get(visit.id) or keys.visits[visit.id][0]
        if done.reversed is not None:
            standing = in_force.get(visit.id) or keys.visits[visit.id]
            reversals.append(_row(keys, visit, done.reversed, event_id, visit_id, standing[1]))
        in_force[visit.id] = None if done.settlement is None else (visit_id, made[event_id])
    if reversals:
        connection.execute(_SETTLEMENT, reversals)
    return in_force


def _made(connection: Connection, household_id: int, rows: Sequence[dict[str, object]]) -> dict[object, int]:
    """Insert settlements; their ids by the event that wrote them."""
    if len(rows) == 1:
        return {rows[0]["event_id"]: _insert_one(connection, _SETTLEMENT, rows[0])}
    if not rows:
        return {}
    connection.execute(_SETTLEMENT, rows)
    return {row.event_id: row.id for row in connection.execute(_IN_FORCE, {"household": household_id})}


def _row(
    keys: Keys, visit: Visit, done: Settlement, event_id: int, visit_id: int, reverses: int | None = None
) -> dict[str, object]:
    return {
        "event_id": event_id,
        "visit_id": visit_id,
        "reverses_id": reverses,
        "patient_id": keys.persons[visit.patient],
        "date": visit.date.isoformat(),
        "kind": visit.kind,
        "trace": canonical(trace(done)) if reverses is None else "{}",
        **figures(done, 1 if reverses is None else -1),
    }


def post(
    connection: Connection, household_id: int, keys: Keys, by_event: Iterable[tuple[int | None, Sequence[Posted]]]
) -> None:
    """Write postings down; an opening has no event."""
    rows = [
        {
            "household_id": household_id,
            "event_id": event_id,
            "person_id": keys.persons[entry.account] if entry.account else None,
            "ledger": entry.ledger,
            "kind": entry.kind,
            "date": entry.date.isoformat(),
            "amount": entry.amount,
            "balance_after": left,
            "account_after": whole,
        }
        for event_id, posted in by_event
        for entry, left, whole in posted
    ]
    if rows:
        connection.execute(_POSTING, rows)


def _bind(connection: Connection, household_id: int, keys: Keys, outcome: Outcome, event_id: int) -> list[int]:
    """Change the register as a bind or unbind did; the rows that are new or different."""
    if outcome.status == "refused":
        return []
    match outcome.event:
        case Bind(binding=row):
            position = connection.scalar(_BINDINGS, {"household": household_id}) or 0
            return [_insert_one(connection, _BINDING, binding_row(household_id, keys, position, row, event_id))]
        case Unbind(authorizer=authorizer, user=user, date=day):
            asked = {
                "household": household_id,
                "authorizer": keys.persons[authorizer],
                "bound_user": keys.persons[user],
                "day": day.isoformat(),
                "unbound_by": event_id,
            }
            connection.execute(_UNBIND, asked)
            return list(connection.scalars(_UNBOUND, {"event": event_id}))
    return []
