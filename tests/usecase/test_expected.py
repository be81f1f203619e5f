"""What is expected, as events: rhythms, inflow on its day, what lies outside the horizon."""

from collections.abc import Callable
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.household import Deposit, Premium
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Override
from famgui.domain.timeline import Running
from famgui.usecase.expected import (
    ONCE,
    Expected,
    Inflow,
    PremiumOffer,
    Rhythm,
    days_of,
    expected_events,
    likely_inflow,
    premium_offers,
    usual_visit,
)
from tests.domain.building import ZHUZHOU, employee, household, item, resident, row, visit

START, END = date(2025, 7, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("first", "rhythm", "end", "expected"),
    [
        (date(2025, 7, 3), ONCE, END, [date(2025, 7, 3)]),
        (date(2026, 1, 1), ONCE, END, []),
        (date(2025, 12, 1), Rhythm(2, "week"), END, [date(2025, 12, 1), date(2025, 12, 15), date(2025, 12, 29)]),
        (
            date(2025, 12, 31),
            Rhythm(1),
            date(2026, 3, 31),
            [END, *(date(2026, m, d) for m, d in ((1, 31), (2, 28), (3, 31)))],
        ),
        (date(2025, 8, 30), Rhythm(6), date(2026, 3, 1), [date(2025, 8, 30), date(2026, 2, 28)]),
        (date(2025, 7, 10), Rhythm(12), date(2026, 7, 10), [date(2025, 7, 10), date(2026, 7, 10)]),
    ],
)
def test_rhythms(first: date, rhythm: Rhythm, end: date, expected: list[date]) -> None:
    assert list(days_of(first, rhythm, end)) == expected


def test_money_comes_first_on_a_day_then_premiums_then_visits() -> None:
    day = date(2025, 9, 10)
    premium = Premium("p", day, "li", "resident-2026", ("zhou",))
    late = Premium("q", date(2026, 1, 2), "li", "resident-2026", ("zhou",))
    here = Expected(visit("wang", item("10.00"), day=day))
    found = expected_events([here], [Inflow("li", 100, 10)], [premium, late], day, date(2025, 10, 9))
    assert [type(event).__name__ for event in found] == ["Deposit", "Premium", "Visit"]


def test_inflow_comes_every_month_on_its_day_or_the_months_last() -> None:
    found = expected_events([], [Inflow("li", 100, 31), Inflow("wang", 0, 1)], [], date(2026, 1, 31), date(2026, 4, 29))
    assert [(event.date, event.id) for event in found] == [
        (date(2026, 1, 31), "plan-li-0"),
        (date(2026, 2, 28), "plan-li-1"),
        (date(2026, 3, 31), "plan-li-2"),
    ]
    assert all(isinstance(event, Deposit) and event.inflow for event in found)


def test_visits_before_the_start_and_after_their_last_day_are_left_out() -> None:
    monthly = Expected(visit("wang", item("10.00"), day=date(2025, 5, 10)), Rhythm(1), date(2025, 9, 10))
    found = expected_events([monthly], [], [], START, END)
    assert [event.date for event in found] == [date(2025, 7, 10), date(2025, 8, 10), date(2025, 9, 10)]
    assert len({event.id for event in found}) == 3


def test_the_plan_sets_order_and_year_to_date_itself() -> None:
    own = Override("single", False, True, YearToDate(5))
    (event,) = expected_events([Expected(visit("wang", item("1.00"), day=START, override=own))], [], [], START, END)
    assert event.override == Override(None, False, True, None)  # type: ignore[union-attr]


def test_a_visit_of_sums_only() -> None:
    made = usual_visit("wang", "outpatient", "tertiary", 63_000, 3_000, ZHUZHOU, START)
    assert [(one.amount, one.catalogue_class) for one in made.items] == [(63_000, "A"), (3_000, "C")]
    drugs = usual_visit("wang", "pharmacy", "", 0, 500, ZHUZHOU, START)
    assert (drugs.facility.type, len(drugs.items)) == ("pharmacy", 1)


def test_likely_inflow_is_what_was_recorded_last_within_a_year(book: Callable[[str], RuleBook]) -> None:
    events = [
        Deposit("d4", date(2025, 5, 31), "wang", 9_999),
        Deposit("d2", date(2025, 5, 20), "wang", 8_000, inflow=True),
        Deposit("d1", date(2025, 4, 18), "wang", 7_000, inflow=True),
        Deposit("d3", date(2024, 3, 1), "li", 6_000, inflow=True),
    ]
    people = (employee("wang"), employee("li"))
    running = Running(household(*people, accounts={"wang": Balance(), "li": Balance()}), book(ZHUZHOU))
    assert likely_inflow(running, events, START) == (Inflow("wang", 8_000, 20), Inflow("li", 0))


def test_premiums_that_could_be_paid(book: Callable[[str], RuleBook]) -> None:
    people = (
        employee("li"),
        resident("zhou"),
        resident("ming"),
        resident("alone"),
        resident("poor", concession="orphan"),
    )
    rows = [row("li", user, "child", ends=END) for user in ("zhou", "ming", "poor")]
    held = {"li": Balance(50_000)}
    running = Running(household(*people, rows=rows, accounts=held), book(ZHUZHOU))
    running.apply(Premium("p", date(2025, 9, 1), "li", "resident-2026", ("ming",)))
    window = date(2025, 9, 1)
    assert premium_offers(running, START, END) == (
        PremiumOffer("resident-2026", "zhou", "li", window, 40_000, False),
        PremiumOffer("resident-2026", "poor", "li", window, 0, False),
    )
    assert premium_offers(running, date(2025, 10, 3), END)[0].day == date(2025, 10, 3)
    assert premium_offers(running, START, date(2025, 8, 31)) == ()
    assert premium_offers(running, date(2026, 1, 5), date(2026, 12, 31)) == (), "the binding has ended"
