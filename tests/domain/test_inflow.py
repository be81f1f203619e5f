"""Monthly inflow, and premiums whose price is stated."""

from datetime import date

import pytest

from famgui.domain.household import Premium
from famgui.domain.inflow import monthly_inflow
from famgui.domain.timeline import run
from tests.domain.building import employee, fen, household, money, resident, row

DAY = date(2025, 3, 1)


def test_at_work_a_share_of_the_base_flows_in(library):
    rules = library.book("430200").at(DAY)
    amount, found = monthly_inflow(employee("li"), fen("4800.25"), rules)
    assert (amount, found.clause) == (fen("96.01"), "HN-10")  # 96.005 half-up


def test_in_retirement_a_fixed_sum_flows_in(library):
    amount, found = monthly_inflow(employee("li", status="retired"), None, library.book("430200").at(DAY))
    assert (amount, found.clause) == (fen("75.00"), "HN-11")


def test_nothing_flows_in_without_an_account_a_base_or_a_rule(library):
    rules = library.book("430200").at(DAY)
    assert monthly_inflow(employee("li", has_account=False), fen("4800.00"), rules)[0] is None
    assert monthly_inflow(resident("mom"), fen("4800.00"), rules)[0] is None
    assert monthly_inflow(employee("li"), None, rules)[0] is None
    assert monthly_inflow(employee("li"), fen("4800.00"), library.book("350000").at(DAY))[0] is None


def paid(library, *events, place="310000", accounts=None):
    persons = (employee("li", place), resident("mom", place), employee("wang", place))
    given = accounts or {"li": money("0.00", "500.00")}
    rows = [row("li", "mom", "parent"), row("li", "wang")]
    made = household(*persons, accounts=given, rows=rows, events=events, place=place)
    return run(made, library.book(place)).outcomes


def supplementary(*persons, price="129.00", day=DAY, handle="p1"):
    return Premium(handle, day, "li", "supplementary", persons, None if price is None else fen(price))


def test_supplementary_insurance_costs_what_is_stated(library):
    (found,) = paid(library, supplementary("mom", "wang"))
    assert found.status == "settled"
    assert [(line.person, line.paid) for line in found.premiums] == [("mom", 12900), ("wang", 12900)]
    assert {p.code for p in found.problems} == {"UNVERIFIED_RULE"}


def test_without_a_price_it_is_asked_for(library):
    (found,) = paid(library, supplementary("mom", price=None))
    assert [(p.code, p.subject, p.clause) for p in found.problems] == [("PRICE_NEEDED", "supplementary", "SH-29")]


def test_a_place_that_does_not_allow_it_says_so(library):
    (found,) = paid(library, supplementary("mom"), place="430200")
    assert [p.code for p in found.problems] == ["OUT_OF_SCOPE"]


@pytest.mark.parametrize(("day", "status"), [(date(2025, 12, 31), "refused"), (date(2026, 1, 1), "settled")])
def test_once_a_person_and_year(library, day, status):
    outcomes = paid(library, supplementary("mom"), supplementary("mom", day=day, handle="p2"))
    assert [outcome.status for outcome in outcomes] == ["settled", status]
