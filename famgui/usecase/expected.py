"""What a household expects: visits once or in a rhythm, monthly inflow, premiums, as events between two days."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.benefit import Benefit, Level
from famgui.domain.bill import Item
from famgui.domain.binding import in_order
from famgui.domain.household import Deposit, Event, Premium
from famgui.domain.inflow import monthly_inflow
from famgui.domain.money import Fen
from famgui.domain.settlement import Facility, Visit
from famgui.domain.timeline import Running

Unit: TypeAlias = Literal["week", "month"]


class Rhythm(NamedTuple):
    """How often: once (`every` 0), or every so many weeks or months."""

    every: int = 0
    unit: Unit = "month"


ONCE = Rhythm()


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit that is expected: first on its own date, then in this rhythm, `last` day included (None: to the end)."""

    visit: Visit
    rhythm: Rhythm = ONCE
    last: date | None = None


class Inflow(NamedTuple):
    """What arrives in an account every month (fen), and on which day; in a shorter month on its last one. `clause` is
    the rule behind an amount that nobody recorded, `weak` whether that is unconfirmed."""

    account: str
    amount: Fen
    day: int = 1
    clause: str = ""
    weak: bool = False


class PremiumOffer(NamedTuple):
    """A premium that could be paid ahead: for whom, by the authorizer first in line, on the first day that allows it;
    `amount` in fen, `weak` where price or window are not confirmed."""

    product: str
    person: str
    payer: str
    day: date
    amount: Fen
    weak: bool


def usual_visit(
    patient: str, kind: Benefit, level: Level | Literal[""], in_scope: Fen, self_paid: Fen, place: str, day: date
) -> Visit:
    """A visit of which only the sums are known: cost in scope and cost that the person pays, accounts included."""
    facility = Facility("pharmacy", place) if kind == "pharmacy" else Facility("hospital", place, level)
    items = (Item("in scope", "drug", in_scope, "A"), Item("self-paid", "drug", self_paid, "C"))
    return Visit("", day, patient, kind, facility, tuple(item for item in items if item.amount))


def likely_inflow(running: Running, events: Iterable[Event], day: date) -> tuple[Inflow, ...]:
    """For every account the inflow recorded last within a year before the day, else the rule's fixed sum (pensions),
    else nothing."""
    recorded: dict[str, Inflow] = {}
    since = day - timedelta(days=366)
    for event in sorted(events, key=lambda event: event.date):
        if isinstance(event, Deposit) and event.inflow and since <= event.date <= day:
            recorded[event.account] = Inflow(event.account, event.amount, event.date.day)
    rules = running.book.at(day)

    def by_rule(account: str) -> Inflow:
        amount, rule = monthly_inflow(running.persons[account], None, rules)
        return Inflow(account, amount, 1, rule.clause, rule.weak) if amount else Inflow(account, 0)

    return tuple(recorded.get(account) or by_rule(account) for account in running.balances)


def premium_offers(running: Running, start: date, end: date) -> tuple[PremiumOffer, ...]:
    """The premiums that accounts may pay between two days, whether or not there is money enough: each is tried on a
    fork on the first day of its window. Products whose price is only stated are left out."""
    found: list[PremiumOffer] = []
    rules = running.book.at(start)
    for product in rules.products():
        window = rules.find("premium.window", product=product).value
        if window is None or max(start, window.first) > min(end, window.last):
            continue
        day = max(start, window.first)
        for person in running.persons:
            line = in_order(running.standing(person, day).line, "priority", lambda _: 0)
            payer = line[0].authorizer if line else ""
            tried = running.fork().apply(Premium("", day, payer, product, (person,))) if payer else None
            if tried is not None and {problem.code for problem in tried.problems} <= {
                "INSUFFICIENT",
                "UNVERIFIED_RULE",
            }:
                amount, weak = tried.premiums[0].amount, any(one.code == "UNVERIFIED_RULE" for one in tried.problems)
                found.append(PremiumOffer(product, person, payer, day, amount, weak))
    return tuple(found)


def days_of(first: date, rhythm: Rhythm, end: date) -> Iterator[date]:
    """The days of a rhythm up to the end; a month without the first one's day has it on its last."""
    for number in count():
        if not rhythm.every:
            day = first if number == 0 else date.max
        elif rhythm.unit == "week":
            day = first + timedelta(weeks=number * rhythm.every)
        else:
            months = first.month - 1 + number * rhythm.every
            day = _in_month(first.year + months // 12, months % 12 + 1, first.day)
        if day > end or day == date.max:
            return
        yield day


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def expected_events(
    expected: Iterable[Expected], inflow: Iterable[Inflow], premiums: Iterable[Premium], start: date, end: date
) -> list[Event]:
    """All that falls between start and end, both in, by day; on one day money arrives first, then premiums are paid,
    then visits. A visit's own order and year to date are left out: the plan has its own."""
    found: list[Event] = []
    months = [*days_of(start.replace(day=1), Rhythm(1), end)]
    for flow in inflow:
        for number, month in enumerate(months):
            at = _in_month(month.year, month.month, flow.day)
            if flow.amount and start <= at <= end:
                found.append(Deposit(f"plan-{flow.account}-{number}", at, flow.account, flow.amount, inflow=True))
    found.extend(premium for premium in premiums if start <= premium.date <= end)
    for index, one in enumerate(expected):
        last = end if one.last is None else min(one.last, end)
        visit = replace(one.visit, override=one.visit.override._replace(order=None, used=None))
        for number, at in enumerate(days_of(visit.date, one.rhythm, last)):
            if at >= start:
                found.append(replace(visit, id=f"plan-{index}-{number}", date=at))
    return sorted(found, key=lambda event: event.date)
