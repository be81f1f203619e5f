"""Events written down: the event, its settlement or reversal, its postings, and the accounts and register after it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select, update

from famgui.domain.account import Balance
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.store import tables
from famgui.store.engine import Change
from famgui.store.eventtext import canonical, event_text, event_type
from famgui.store.household import Keys
from famgui.store.journal import Posted, amounts, trace
from famgui.store.register import change_register
from famgui.store.rows import Batch, EventRow, PostingRow, SettlementRow

event, account = tables.event, tables.account

_BALANCE = Change(
    update(account)
    .where(account.c.person_id == bindparam("person"))
    .values(current=bindparam("new_current"), prior_years=bindparam("new_prior_years")),
    ("new_current", "new_prior_years", "person"),
)
_LAST = select(func.coalesce(func.max(event.c.seq), 0)).where(event.c.household_id == bindparam("household"))


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
    set_balances(connection, keys, balances)
    return written


def set_balances(connection: Connection, keys: Keys, balances: Mapping[str, Balance]) -> None:
    """What accounts hold from now on, by handle."""
    if balances:
        _BALANCE.run(connection, [(*held, keys.persons[who]) for who, held in balances.items()])


def add_facts(batch: Batch, household_id: int, keys: Keys, facts: Sequence[Fact], now: datetime) -> Written:
    """The rows of facts in the order given, which is the order of the ledger."""
    ids = _events(batch, household_id, sorted(facts, key=lambda fact: fact.seq), now)
    written = Written(ids, [], {})
    for fact in facts:
        event_id = ids[fact.seq]
        if fact.visit is not None:
            _settle(batch, keys, fact.visit, fact.outcome, event_id, written.visits)
        add_postings(batch, household_id, keys, event_id, fact.posted)
        written.bindings.extend(change_register(batch, household_id, keys, fact.outcome, event_id))
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
