"""Put back and mend: undo a refund by recording the visit again, or take a visit back so that it can be typed anew.

What is recorded is never changed; what cannot come out to the fen as it was is offered, not done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from famgui.domain.benefit import NOTHING_USED, YearToDate
from famgui.domain.bill import Item, take_back
from famgui.domain.changes import NO_CHANGES, Changes
from famgui.domain.household import Event, Household, Refund, by_date
from famgui.domain.money import Fen
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Running
from famgui.store.book import Book
from famgui.usecase.household import LiveHousehold, RulesOf, load
from famgui.usecase.record import Recorded, RecordedAll, Refusal, next_handle, record_events, try_events


@dataclass(frozen=True, slots=True)
class Way:
    """One way to record a visit again: the events that would do it (the visit last), what it came to before, what it
    would come to now, and the visit as it was recorded first."""

    events: tuple[Event, ...]
    visit: Visit
    was: Settlement
    now: Settlement
    old: Visit

    @property
    def other_day(self) -> bool:
        """Whether the visit is recorded under another day than its own."""
        return self.visit.date != self.old.date

    @property
    def stated(self) -> bool:
        """Whether it is computed with the year to date that it had on its own day."""
        return self.visit.override != self.old.override

    @property
    def same(self) -> bool:
        """Whether everybody pays what they paid before, to the fen."""
        return not self.differences

    @property
    def differences(self) -> tuple[tuple[str, str, Fen, Fen], ...]:
        """Where not: role, account ("" for pool and cash), what was paid, what would be."""
        was, now = _paid(self.was), _paid(self.now)
        payers = dict.fromkeys((*was, *now))
        return tuple(
            (*payer, was.get(payer, 0), now.get(payer, 0)) for payer in payers if was.get(payer, 0) != now.get(payer, 0)
        )


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of undoing a refund: recorded in this `way`; or `ways` to choose from, none of which gives just what
    was; or refused."""

    done: RecordedAll | None = None
    way: Way | None = None
    ways: tuple[Way, ...] = ()
    refused: Recorded | None = None

    @property
    def changes(self) -> Changes:
        """What changed in the book."""
        return NO_CHANGES if self.done is None else self.done.changes


@dataclass(frozen=True, slots=True)
class Mended:
    """A visit taken back to be mended: the refund's answer and, if it is recorded, the visit to type over, dated so
    that its unchanged bill would come to what it was; `same` tells whether there is such a date."""

    done: Recorded
    visit: Visit | None = None
    same: bool = False

    @property
    def changes(self) -> Changes:
        """What changed in the book."""
        return self.done.changes


def standing_bills(household: Household, before: str = "") -> dict[str, tuple[Item, ...]]:
    """What is left of every visit's bill now, or was when the event `before` came; nothing after a whole refund."""
    given: dict[str, tuple[Item, ...]] = {}
    left: dict[str, tuple[Item, ...]] = {}
    for index in by_date(household.events):
        event = household.events[index]
        if event.id == before:
            break
        if isinstance(event, Visit):
            given[event.id] = left[event.id] = event.items
        elif isinstance(event, Refund):
            left[event.of] = () if event.items is None else take_back(left[event.of], event.items)
    return {
        visit: tuple(item for item, first in zip(left[visit], items, strict=False) if item.amount or not first.amount)
        for visit, items in given.items()
    }


def standing_bill(household: Household, visit: str, before: str = "") -> tuple[Item, ...]:
    """What is left of one visit's bill."""
    return standing_bills(household, before)[visit]


def put_back(
    book: Book, rules_of: RulesOf, household_id: int, refund: str, *, now: datetime, reason: str = ""
) -> PutBack:
    """Undo a refund: record the visit as it stood before it in the first way in which all comes to what it was. What is
    left of the visit is taken back first, for `reason`. Raises as `record_event` does."""
    live = load(book, rules_of, household_id)
    found = ways_back(live, refund, reason)
    if isinstance(found, Recorded):
        return PutBack(refused=found)
    if found and found[0].same:
        return take_way(book, rules_of, household_id, found[0], now=now)
    return PutBack(ways=found)


def take_way(book: Book, rules_of: RulesOf, household_id: int, way: Way, *, now: datetime) -> PutBack:
    """Record a visit again in this way, computed anew. Raises as `record_event` does."""
    done = record_events(book, rules_of, household_id, way.events, now=now, action="undo")
    return PutBack(done=done, way=way) if done.refused is None else PutBack(refused=done.refused)


def ways_back(live: LiveHousehold, refund: str, reason: str = "") -> tuple[Way, ...] | Recorded:
    """The one way to undo a refund that gives just what was; without one the ways that give something else: the visit
    under its own date, then under the day of the household's last event. Or why there is none.

    Each day is tried with the year to date of now, then with the one that the visit had (it holds for this visit only).
    Only the last refund of a visit can be undone."""
    household = live.household
    visit, last = _visit_of(household, refund), max(event.date for event in household.events)
    refunds = [household.events[index] for index in by_date(household.events)]
    latest = [event for event in refunds if isinstance(event, Refund) and event.of == visit.id][-1]
    if latest.id != refund:
        return Recorded(None, refusals=(Refusal("NOT_LAST_REFUND", (("id", refund),)),))
    outcome = next(outcome for outcome in live.outcomes if outcome.event.id == refund)
    assert outcome.reversed is not None
    first = () if outcome.settlement is None else (Refund(_next(live, Refund), last, visit.id, None, reason),)
    again = replace(visit, id=_next(live, Visit), items=standing_bill(household, visit.id, refund))
    as_then = visit.override._replace(used=_used_before(live, visit))
    ways: list[Way] = []
    why: Recorded | None = None
    for day, override in product(dict.fromkeys((visit.date, last)), dict.fromkeys((visit.override, as_then))):
        made = replace(again, date=day, override=override)
        tried = try_events(live, (*first, made))
        if isinstance(tried, Recorded):
            why = why or tried
        elif tried[-1].settlement is not None:
            way = Way((*first, made), made, outcome.reversed, tried[-1].settlement, visit)
            if way.same:
                return (way,)
            ways.append(way)
    return tuple(way for way in ways if not way.stated) or why or Recorded(None)


def _used_before(live: LiveHousehold, visit: Visit) -> YearToDate:
    """The year to date with which a visit was computed, as far as it can be stated for a visit: without the month."""
    if visit.override.used is not None:
        return visit.override.used
    household = live.household
    running = Running(household, live.running.book)
    for index in by_date(household.events):
        if household.events[index].id == visit.id:
            break
        running.apply(household.events[index])
    used = running.used.get((visit.patient, visit.date.year, visit.kind), NOTHING_USED)
    return used._replace(month=0, month_met=0)


def mend(book: Book, rules_of: RulesOf, household_id: int, visit: str, reason: str, *, now: datetime) -> Mended:
    """Take what is left of a visit back whole, so that its bill can be typed anew. Raises as `record_event` does.

    The refund takes the visit's own day where nothing recorded since rests on it, else the household's last day."""
    live = load(book, rules_of, household_id)
    old = next(event for event in live.household.events if isinstance(event, Visit) and event.id == visit)
    bill = replace(old, items=standing_bill(live.household, visit))
    was = live.running.records[visit].settlement if visit in live.running.records else None
    last = max(event.date for event in live.household.events)
    chosen, same = _day_to_mend(live, bill, was, last, reason)
    refund = Refund(_next(live, Refund), chosen[0], visit, None, reason)
    done = record_events(book, rules_of, household_id, (refund,), now=now, action="correct")
    if done.refused is not None:
        return Mended(done.refused)
    return Mended(done.each[0], replace(bill, date=chosen[1]), same)


def _day_to_mend(
    live: LiveHousehold, bill: Visit, was: Settlement | None, last: date, reason: str
) -> tuple[tuple[date, date], bool]:
    """The day of the refund and the day of the new bill: the first pair under which the bill as it is comes to what it
    came to; without one the refund on the last day, the bill under its own."""
    for refunded, recorded in dict.fromkeys(((bill.date, bill.date), (last, bill.date), (last, last))):
        refund = Refund(_next(live, Refund), refunded, bill.id, None, reason)
        again = replace(bill, id=_next(live, Visit), date=recorded)
        tried = try_events(live, (refund, again))
        if was is None or isinstance(tried, Recorded):
            continue
        settlement = tried[-1].settlement
        if settlement is not None and Way((), again, was, settlement, bill).same:
            return (refunded, recorded), True
    return (last, bill.date), False


def _next(live: LiveHousehold, kind: type[Event]) -> str:
    return next_handle(live.household, kind)


def _visit_of(household: Household, refund: str) -> Visit:
    of = next(event.of for event in household.events if isinstance(event, Refund) and event.id == refund)
    return next(event for event in household.events if isinstance(event, Visit) and event.id == of)


def _paid(done: Settlement) -> dict[tuple[str, str], Fen]:
    """What every payer paid."""
    paid: dict[tuple[str, str], Fen] = {("pool", ""): done.pool}
    for payment in done.payments:
        paid[payment.payer, payment.account] = payment.draw.total
    paid["cash", ""] = done.cash
    return paid
