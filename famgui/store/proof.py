"""A household's ledger computed again, event by event, against the postings that the book has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, true

from famgui.domain.money import Fen
from famgui.store import tables
from famgui.store.record import Fact

audit, event, person, posting = tables.audit, tables.event, tables.person, tables.posting


class Unlike(NamedTuple):
    """An event whose postings of one kind are not those that it gives: the code says which kind."""

    code: str
    subject: str


class _Side(NamedTuple):
    """A posting as far as an event decides it; the day as ISO text."""

    account: str
    ledger: str
    day: str
    amount: Fen


def unlike_ledger(connection: Connection, household_id: int, facts: Sequence[Fact]) -> Iterator[Unlike]:
    """Where the postings are not what the events give; `facts` are the whole household computed by date.

    An event recorded behind later ones moved what it moves among the accounts as they stood by then: its buckets, and
    those of the events around it, are only held to their sums."""
    stored = _stored(connection, household_id)
    same = _alike if _in_order(connection, household_id) else _alike_in_sum
    for fact in sorted(facts, key=lambda fact: fact.seq):
        wanted, found = _given(fact), stored.get(fact.seq, {})
        for kind in sorted(wanted.keys() | found.keys()):
            if not same(kind, wanted.get(kind, []), found.get(kind, [])):
                yield Unlike(f"replay-posted-{kind}", fact.outcome.event.id)


def _given(fact: Fact) -> dict[str, list[_Side]]:
    found: dict[str, list[_Side]] = {}
    for (account, ledger, kind, day, amount), _, _ in fact.posted:
        found.setdefault(kind, []).append(_Side(account, ledger, day.isoformat(), amount))
    return found


def _stored(connection: Connection, household_id: int) -> dict[int, dict[str, list[_Side]]]:
    """The postings of every event, by its place in the household's file and by kind."""
    wanted = (
        select(event.c.seq, posting.c.kind, person.c.handle, posting.c.ledger, posting.c.date, posting.c.amount)
        .join_from(posting, event, posting.c.event_id == event.c.id)
        .outerjoin(person, posting.c.person_id == person.c.id)
        .where(event.c.household_id == household_id)
    )
    found: dict[int, dict[str, list[_Side]]] = {}
    for seq, kind, who, *rest in connection.execute(wanted):
        found.setdefault(seq, {}).setdefault(kind, []).append(_Side(who or "", *rest))
    return found


def _in_order(connection: Connection, household_id: int) -> bool:
    """Whether every event was recorded behind those of earlier days: what came with the import was put in order."""
    alone = select(true()).where(audit.c.event_id == event.c.id).exists()
    wanted = select(event.c.date, alone).where(event.c.household_id == household_id).order_by(event.c.seq)
    last = ""
    for day, recorded in connection.execute(wanted):
        if recorded and day < last:
            return False
        last = max(last, day)
    return True


def _alike(kind: str, wanted: Iterable[_Side], found: Iterable[_Side]) -> bool:
    return Counter(wanted) == Counter(found)


def _alike_in_sum(kind: str, wanted: Iterable[_Side], found: Iterable[_Side]) -> bool:
    if kind == "carry-over":
        return not any(_sums(found).values())
    return _sums(wanted) == _sums(found)


def _sums(sides: Iterable[_Side]) -> dict[tuple[str, str], Fen]:
    """By account, the buckets together, and by every other ledger."""
    found: dict[tuple[str, str], Fen] = {}
    for side in sides:
        key = (side.account, "" if side.account else side.ledger)
        found[key] = found.get(key, 0) + side.amount
    return found
