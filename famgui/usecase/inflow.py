"""The monthly inflow of an account (月划入): one deposit a month, none where the month has its inflow already."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from famgui.domain.household import Deposit
from famgui.domain.inflow import monthly_inflow
from famgui.domain.money import Fen
from famgui.domain.rule import NOTHING, Value
from famgui.store.book import Book
from famgui.usecase.household import LiveHousehold, RulesOf
from famgui.usecase.record import RecordedAll, next_handle, record_events

MOST_MONTHS = 240
"""No row of months is longer: somebody who types 2205 for 2025 is to see it at once."""


class MonthOfInflow(NamedTuple):
    """One month: its first day, what flows in (fen; None where no rule says), the rule that says so, and the event that
    brought the month's inflow already, None where none has."""

    day: date
    amount: Fen | None
    rule: Value
    there: Deposit | None

    @property
    def due(self) -> bool:
        """Whether the month is still to be recorded, and can be."""
        return self.there is None and bool(self.amount)


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of every month from the month of `first` to that of `last`, both in; none when they are turned."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    for number in range(min(count, MOST_MONTHS)):
        months = first.month - 1 + number
        yield date(first.year + months // 12, months % 12 + 1, 1)


def plan_inflow(
    live: LiveHousehold, account: str, first: date, last: date, *, base: Fen | None = None, stated: Fen | None = None
) -> tuple[MonthOfInflow, ...]:
    """What flows into an account in each month: what is `stated`, else by each month's rules - a fixed sum, or a share
    of the contribution base of a month, `base` (N-05, N-21). Months without an account holder's rule have no amount."""
    person = next(one for one in live.persons if one.id == account)
    there = {
        (event.date.year, event.date.month): event
        for event in live.household.events
        if isinstance(event, Deposit) and event.inflow and event.account == account
    }
    found: list[MonthOfInflow] = []
    for day in months_between(first, last):
        amount, rule = (stated, NOTHING)
        if stated is None:
            amount, rule = monthly_inflow(person, base, live.running.book.at(day))
        found.append(MonthOfInflow(day, amount, rule, there.get((day.year, day.month))))
    return tuple(found)


def deposits(live: LiveHousehold, account: str, months: Sequence[MonthOfInflow]) -> tuple[Deposit, ...]:
    """The events of the months that are still due, on their first days, with handles of their own."""
    handle = next_handle(live.household, Deposit)
    letters = handle.rstrip("0123456789")
    start = int(handle.removeprefix(letters))
    due = [month for month in months if month.due]
    return tuple(
        Deposit(f"{letters}{number}", month.day, account, month.amount or 0, inflow=True)
        for number, month in enumerate(due, start)
    )


def record_inflow(
    book: Book, rules_of: RulesOf, household_id: int, events: Sequence[Deposit], *, now: datetime
) -> RecordedAll:
    """Record all these deposits or none. Raises as `record_event` does."""
    return record_events(book, rules_of, household_id, events, now=now)
