"""Refunds: back where it came from, and a new settlement in the old one's place."""

from datetime import date, timedelta

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.household import Bind, Unbind
from tests.domain.building import (
    DAY,
    back,
    codes,
    computed,
    deposit,
    employee,
    item,
    money,
    paid,
    purchase,
    resident,
    row,
    together,
    visit,
)

EVE, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)
AFTER = DAY + timedelta(1)


def test_a_whole_refund_returns_everything_to_where_it_came_from(book):
    found = together(
        book, visit("wang", item("600.00")), back(), held=money("300.00", "20.00"), own=money("5.00", "7.00")
    )
    assert found.balances == {"wang": money("5.00", "7.00"), "li": money("300.00", "20.00")}
    assert found.used == {("wang", 2025, "outpatient"): YearToDate()}
    assert (found.outcomes[1].status, found.outcomes[1].settlement) == ("settled", None)
    assert found.outcomes[1].reversed == found.outcomes[0].settlement


def test_after_the_year_turned_money_returns_to_prior_years(book):
    found = together(book, purchase("wang", "60.00", EVE), back(day=NEW_YEAR), held=money("100.00"))
    assert found.balances["li"] == money("0.00", "100.00")


def test_in_the_same_year_money_returns_to_the_bucket_it_left(book):
    found = together(book, purchase("wang", "60.00", DAY), back(day=EVE), held=money("50.00", "20.00"))
    assert found.balances["li"] == money("50.00", "20.00")


def test_what_a_refund_in_the_new_year_takes_anew_is_money_of_that_year(book):
    events = [
        purchase("wang", "60.00", EVE),
        deposit("50.00", NEW_YEAR),
        back(("drug", "10.00"), day=NEW_YEAR),
        back(day=NEW_YEAR, handle="r2"),
    ]
    found = together(book, *events, held=money("10.00"))
    assert found.outcomes[2].settlement.payments[0].draw == money("40.00", "10.00")
    assert found.balances["li"] == money("50.00", "10.00")


def test_a_refund_after_the_year_turned_changes_the_old_years_figures(book):
    events = [
        visit("wang", item("600.00"), day=EVE),
        visit("wang", item("600.00"), day=NEW_YEAR, handle="v2"),
        back(("drug", "100.00"), day=NEW_YEAR),
    ]
    assert together(book, *events).used == {
        ("wang", 2025, "outpatient"): YearToDate(24000, (0, 0, 0, 10000), 10000),
        ("wang", 2026, "outpatient"): YearToDate(30000, (0, 0, 0, 10000), 10000),
    }


def test_a_partial_refund_settles_what_is_left_in_the_old_ones_place(book):
    found = together(book, visit("wang", item("600.00")), back(("drug", "100.00")), held=money("100.00"))
    again = found.outcomes[1].settlement
    assert (again.split.total, again.deductible, again.pool) == (50000, 10000, 24000)
    assert paid(found.outcomes[1]) == {"li": 10000, "cash": 16000}


def test_a_second_refund_acts_on_what_the_last_left(book):
    events = [
        purchase("wang", "60.00"),
        back(("drug", "20.00")),
        back(("drug", "15.00"), handle="r2"),
        back(handle="r3"),
    ]
    found = together(book, *events)
    reversed_, again = found.outcomes[2].reversed, found.outcomes[2].settlement
    assert (reversed_.split.total, again.split.total) == (4000, 2500)
    assert found.outcomes[3].reversed.split.total == 2500
    assert found.balances["li"] == money("100.00")


def test_the_over_limit_part_shrinks_from_what_the_last_refund_left(book):
    bill = visit("wang", item("10.00", "B", over="0.05"), level="community")
    events = [bill, back(("drug", "5.00")), back(("drug", "3.00"), handle="r2")]
    found = together(book, *events)
    assert [done.settlement.split.over_limit for done in found.outcomes] == [5, 3, 1]


def test_a_refund_settles_under_the_bindings_of_the_visit_unbound_since_or_not(book):
    events = [purchase("wang", "60.00"), Unbind("u1", DAY, "li", "wang"), back(("drug", "20.00"), day=AFTER)]
    found = together(book, *events)
    assert (paid(found.outcomes[2]), codes(found.outcomes[2])) == ({"li": 4000}, set())


def test_a_binding_made_since_does_not_pay_for_an_old_visit(book):
    bound = Bind("b1", DAY, row("li", "mei", "parent", starts=DAY))
    found = computed(
        book,
        resident("mei"),
        employee("li"),
        accounts={"li": money("100.00")},
        events=[purchase("mei", "60.00"), bound, back(("drug", "20.00"))],
    )
    assert paid(found.outcomes[2]) == {"cash": 4000}


def test_a_refund_settles_with_the_balances_of_now(book):
    events = [purchase("wang", "60.00"), deposit("50.00"), back(("drug", "20.00"))]
    found = together(book, *events, held=money("10.00"))
    assert [paid(found.outcomes[0]), paid(found.outcomes[2])] == [{"li": 1000, "cash": 5000}, {"li": 4000}]


def test_a_refund_does_not_reopen_later_visits(book):
    events = [purchase("wang", "60.00"), purchase("wang", "60.00", handle="v2"), back()]
    found = together(book, *events)
    assert paid(found.outcomes[1]) == {"li": 4000, "cash": 2000}
    assert found.balances["li"] == money("60.00")


def test_a_refund_sees_the_year_to_date_as_at_the_visit(book):
    events = [
        visit("wang", item("600.00")),
        visit("wang", item("600.00"), handle="v2"),
        back(),
        back(("drug", "100.00"), of="v2", handle="r2"),
    ]
    again = together(book, *events, used={("wang", 2025, "outpatient"): YearToDate(0, (0, 0, 0, 15000), 15000)})
    assert again.outcomes[1].settlement.deductible == 5000
    assert again.outcomes[3].settlement.deductible == 5000


def test_a_refund_settles_under_the_rules_of_the_visits_day(book):
    first = date(2023, 5, 31)
    found = together(book, visit("wang", item("600.00"), day=first), back(("drug", "100.00"), day=date(2023, 6, 1)))
    assert found.outcomes[1].settlement.pool == 0


@pytest.mark.parametrize(("taken", "status"), [("fitness", "settled"), ("drug", "partly")])
def test_a_refund_has_the_status_of_what_is_left(book, taken, status):
    bill = visit("wang", item("10.00"), item("10.00", category="fitness"))
    found = together(book, bill, back((taken, "10.00")))
    assert [outcome.status for outcome in found.outcomes] == ["partly", status]
