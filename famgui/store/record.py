"""Events written down: the event, its settlement or reversal, its postings, and the accounts and register after it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, or_, select, update

from famgui.domain.account import Balance
from famgui.domain.household import Bind, Unbind
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.store import tables
from famgui.store.engine import Change
from famgui.store.eventtext import canonical, event_text, event_type
from famgui.store.founding import add_binding
from famgui.store.household import Keys
from famgui.store.journal import Posted, amounts, trace
from famgui.store.rows import Batch, EventRow, PostingRow, SettlementRow

event, account, binding = tables.event, tables.account, tables.binding

_BALANCE = Change(
    update(account)
    .where(account.c.person_id == bindparam("person"))
    .values(current=bindparam("new_current"), prior_years=bindparam("new_prior_years")),
    ("new_current", "new_prior_years", "person"),
)
_LAST = select(func.coalesce(func.max(event.c.seq), 0)).where(event.c.household_id == bindparam("household"))
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
    """Write facts of a household down; `balances` are the accounts to change."""
    batch = Batch(connection)
    written = add_facts(batch, household_id, keys, facts, now)
    batch.write()
    if balances:
        _BALANCE.run(connection, [(*held, keys.persons[who]) for who, held in balances.items()])
    return written


def add_facts(batch: Batch, household_id: int, keys: Keys, facts: Sequence[Fact], now: datetime) -> Written:
    """The rows of facts in the order given, which is the order of the ledger."""
    ids = _events(batch, household_id, sorted(facts, key=lambda fact: fact.seq), now)
    written = Written(ids, [], {})
    for fact in facts:
        event_id = ids[fact.seq]
        if fact.visit is not None:
            _settle(batch, keys, fact.visit, fact.outcome, event_id, written.visits)
        add_postings(batch, household_id, keys, event_id, fact.posted)
        written.bindings.extend(_bind(batch, household_id, keys, fact.outcome, event_id))
    return written


def _events(batch: Batch, household_id: int, facts: Sequence[Fact], now: datetime) -> dict[int, int]:
    moment = now.isoformat()
    ids: dict[int, int] = {}
    for seq, outcome, *_ in facts:
        happened = outcome.event
        ids[seq] = event_id = batch.key(EventRow)
        batch.add(
            EventRow(
                event_id,
                household_id,
                seq,
                happened.id,
                event_type(happened),
                happened.date.isoformat(),
                event_text(happened),
                outcome.status,
                moment,
            )
        )
    return ids


def _settle(
    batch: Batch,
    keys: Keys,
    visit: Visit,
    done: Outcome,
    event_id: int,
    in_force: dict[str, tuple[int, int] | None],
) -> None:
    """What a visit or refund settled and reversed; `in_force` learns what of the visit holds afterwards."""
    standing = in_force.get(visit.id) or keys.visits.get(visit.id)
    visit_id = event_id if standing is None else standing[0]
    if done.reversed is not None:
        assert standing is not None
        _add(batch, keys, visit, done.reversed, event_id, visit_id, standing[1])
    if done.settlement is None:
        in_force[visit.id] = None
    else:
        in_force[visit.id] = visit_id, _add(batch, keys, visit, done.settlement, event_id, visit_id)


def _add(
    batch: Batch,
    keys: Keys,
    visit: Visit,
    done: Settlement,
    event_id: int,
    visit_id: int,
    reverses: int | None = None,
) -> int:
    settlement_id = batch.key(SettlementRow)
    where = (settlement_id, event_id, visit_id, reverses, keys.persons[visit.patient])
    why = canonical(trace(done)) if reverses is None else "{}"
    paid = amounts(done, 1 if reverses is None else -1)
    batch.add(SettlementRow._make((*where, visit.date.isoformat(), visit.kind, *paid, done.ratio, why)))
    return settlement_id


def add_postings(batch: Batch, household_id: int, keys: Keys, event_id: int | None, posted: Iterable[Posted]) -> None:
    """The postings of one event; an opening has none."""
    for (who, ledger, kind, day, amount), left, whole in posted:
        batch.add(
            PostingRow(
                batch.key(PostingRow),
                household_id,
                event_id,
                keys.persons[who] if who else None,
                ledger,
                kind,
                day.isoformat(),
                amount,
                left,
                whole,
            )
        )


def _bind(batch: Batch, household_id: int, keys: Keys, outcome: Outcome, event_id: int) -> list[int]:
    """Change the register as a bind or unbind did; the rows that are new or different."""
    if outcome.status == "refused":
        return []
    match outcome.event:
        case Bind(binding=row):
            return [add_binding(batch, household_id, keys, row, event_id)]
        case Unbind(authorizer=authorizer, user=user, date=day):
            asked = {
                "household": household_id,
                "authorizer": keys.persons[authorizer],
                "bound_user": keys.persons[user],
                "day": day.isoformat(),
                "unbound_by": event_id,
            }
            batch.write()
            batch.connection.execute(_UNBIND, asked)
            return list(batch.connection.scalars(_UNBOUND, {"event": event_id}))
    return []
