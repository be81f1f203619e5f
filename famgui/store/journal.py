"""What an event's outcome becomes in the ledger: postings that sum to 0 and settlement figures. Pure, no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Event, Household, Premium, Refund
from famgui.domain.money import Fen
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome, Running
from famgui.domain.trace import Step

Ledger: TypeAlias = Literal["current", "prior_years", "pool", "cash", "provider", "premium", "inflow", "opening"]
PostingKind: TypeAlias = Literal["opening", "deposit", "settlement", "reversal", "premium", "carry-over"]


class Entry(NamedTuple):
    """One side of a movement. `account` is whose bucket it is, "" for every other ledger; money that comes to a ledger
    is positive."""

    account: str
    ledger: Ledger
    kind: PostingKind
    date: date
    amount: Fen


class Posted(NamedTuple):
    """An entry with what its bucket and its whole account hold after it; None for every other ledger."""

    entry: Entry
    balance_after: Fen | None
    account_after: Fen | None


class Met(NamedTuple):
    """What an event meets: the year and the accounts before it; for a refund the visit as it stood and the year in
    which its money moved."""

    year: int
    balances: Mapping[str, Balance]
    visit: Visit | None = None
    money_year: int = 0


def met(running: Running, event: Event) -> Met:
    """What stands before `event` is applied; stays as it is when the state moves on."""
    visit, money_year = event if isinstance(event, Visit) else None, 0
    if isinstance(event, Refund):
        record = running.records[event.of]
        visit, money_year = record.visit, record.money_year
    return Met(running.year, dict(running.balances), visit, money_year)


def opening(household: Household, day: date) -> list[Entry]:
    """What everyone had before the first event."""
    entries: list[Entry] = []
    for account, balance in household.balances.items():
        entries += _bucketed(account, "opening", day, balance, 1)
        entries.append(Entry("", "opening", "opening", day, -balance.total))
    return [entry for entry in entries if entry.amount]


def entries_of(outcome: Outcome, before: Met) -> list[Entry]:
    """All that an event moved, the turn of the year before it included; `before` is the state it met."""
    moved = [*_carried_over(before, outcome.event.date), *own_entries(outcome, before)]
    assert not sum(entry.amount for entry in moved)
    return moved


def own_entries(outcome: Outcome, before: Met) -> list[Entry]:
    """What the event itself moved."""
    event, day = outcome.event, outcome.event.date
    entries: list[Entry] = []
    if outcome.reversed is not None:
        turned = before.money_year != day.year
        entries += _settled(outcome.reversed, "reversal", day, 1, turned)
    if outcome.settlement is not None:
        entries += _settled(outcome.settlement, "settlement", day, -1, False)
    if isinstance(event, Deposit) and outcome.status == "settled":
        entries += _bucketed(event.account, "deposit", day, event.money, 1)
        entries.append(Entry("", "inflow", "deposit", day, -event.amount))
    if isinstance(event, Premium):
        left = before.balances.get(event.payer, Balance())
        left = left.carried_over() if _turns(before, day) else left
        for line in outcome.premiums:
            if line.paid:
                draw = left.draw(line.paid)
                left = left.less(draw)
                entries += _bucketed(event.payer, "premium", day, draw, -1)
                entries.append(Entry("", "premium", "premium", day, line.paid))
    return [entry for entry in entries if entry.amount]


def _settled(done: Settlement, kind: PostingKind, day: date, sign: int, turned: bool) -> Iterator[Entry]:
    for _, account, draw in done.payments:
        yield from _bucketed(account, kind, day, draw.carried_over() if turned else draw, sign)
    yield Entry("", "pool", kind, day, sign * done.pool)
    yield Entry("", "cash", kind, day, sign * done.cash)
    yield Entry("", "provider", kind, day, -sign * done.split.total)


def _bucketed(account: str, kind: PostingKind, day: date, amounts: Balance, sign: int) -> Iterator[Entry]:
    yield Entry(account, "prior_years", kind, day, sign * amounts.prior_years)
    yield Entry(account, "current", kind, day, sign * amounts.current)


def _turns(before: Met, day: date) -> bool:
    return bool(before.year) and day.year > before.year


def _carried_over(before: Met, day: date) -> Iterator[Entry]:
    if _turns(before, day):
        first = date(day.year, 1, 1)
        for account, balance in before.balances.items():
            if balance.current:
                yield from _from_current(account, balance.current, first)


def _from_current(account: str, amount: Fen, day: date) -> Iterator[Entry]:
    yield Entry(account, "current", "carry-over", day, -amount)
    yield Entry(account, "prior_years", "carry-over", day, amount)


def late_entries(outcome: Outcome, then: Met, standing: Running, final: Running) -> list[Entry] | None:
    """What an event moves that is dated before others in the book.

    `then` is what it meets on its day, `standing` the book's last state without it, `final` the last state with it.
    None when the accounts could not come out right."""
    entries = own_entries(outcome, then)
    if outcome.event.date.year < standing.year:
        entries = [entry._replace(ledger="prior_years") if entry.account else entry for entry in entries]
    moved: dict[str, Balance] = {}
    for entry in entries:
        if entry.account:
            moved[entry.account] = _with(moved.get(entry.account, Balance()), entry)
    first: list[Entry] = []
    for account, balance in final.balances.items():
        wanted = balance.less(standing.balances.get(account, Balance())).less(moved.get(account, Balance()))
        if wanted.total:
            return None
        if wanted.current:
            first += _from_current(account, -wanted.current, outcome.event.date)
    moves = first + entries
    if _overdrawn(moves, standing.balances):
        moves.sort(key=lambda entry: entry.amount < 0)  # money that comes in stands before what goes out
    return moves


def _overdrawn(entries: Iterable[Entry], balances: Mapping[str, Balance]) -> bool:
    """Whether a bucket would go below zero on the way, taken in this order."""
    held = dict(balances)
    for entry in entries:
        if entry.account:
            held[entry.account] = _with(held[entry.account], entry)
            if min(held[entry.account]) < 0:
                return True
    return False


def _with(balance: Balance, entry: Entry) -> Balance:
    amount = entry.amount
    return balance.plus(Balance(amount) if entry.ledger == "current" else Balance(0, amount))


def posted(entries: Sequence[Entry], balances: dict[str, Balance]) -> list[Posted]:
    """The entries of one event with their balances. `balances` are the book's and move along."""
    found: list[Posted] = []
    for entry in entries:
        if not entry.account:
            found.append(Posted(entry, None, None))
            continue
        balance = balances[entry.account] = _with(balances[entry.account], entry)
        found.append(
            Posted(entry, balance.current if entry.ledger == "current" else balance.prior_years, balance.total)
        )
    return found


def touched(entries: Iterable[Entry]) -> set[str]:
    """Whose accounts the entries move."""
    return {entry.account for entry in entries if entry.account}


FIGURES = ("total", "self_paid", "over_limit", "upfront", "in_scope", "deductible", "pool", "own", "shared", "cash")
"""The amounts of a settlement as the book names them; the ratio stands beside them."""


def amounts(done: Settlement, sign: int = 1) -> tuple[Fen, ...]:
    """A settlement's `FIGURES`, negative for a reversal (sign -1)."""
    found = (*done.split, done.deductible, done.pool, done.own, done.shared, done.cash)
    return found if sign == 1 else tuple(-amount for amount in found)


def figures(done: Settlement, sign: int = 1) -> dict[str, int]:
    """A settlement's amounts (negative for a reversal) and its ratio, by column."""
    found = dict(zip(FIGURES, amounts(done, sign), strict=True))
    found["ratio"] = done.ratio
    return found


def trace(done: Settlement) -> dict[str, object]:
    """Why the figures are what they are, as they were computed then: payments, steps (what says nothing left out) and
    problems."""
    return {
        "payments": [(*payment[:2], *payment.draw) for payment in done.payments],
        "steps": [_step(step) for step in done.steps],
        "problems": [problem._asdict() for problem in done.problems],
        "counted": done.counted,
    }


def _step(step: Step) -> dict[str, object]:
    said: dict[str, object] = {"name": step.name, "inputs": step.inputs, "value": step.value, "clause": step.clause}
    for name, default in Step._field_defaults.items():
        if (value := getattr(step, name)) != default:
            said[name] = value
    return said
