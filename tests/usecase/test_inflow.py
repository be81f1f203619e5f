"""The monthly inflow: by the rules or as stated, each month once, all months or none."""

from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.usecase.household import load
from famgui.usecase.inflow import MOST_MONTHS, deposits, months_between, plan_inflow, record_inflow
from famgui.usecase.record import record_event
from tests.domain.building import employee, household, item, resident, visit
from tests.store.making import NOW, everything, new_book, put

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def family(tmp_path, library):
    home = household(employee("work"), employee("old", status="retired"), resident("kid"))
    with new_book(tmp_path) as book:
        yield book, put(book, library.book, home)


def test_months_between():
    assert list(months_between(date(2025, 11, 30), date(2026, 2, 1))) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert list(months_between(date(2026, 2, 1), date(2026, 1, 31))) == []
    assert len(list(months_between(date(1990, 1, 1), date(9999, 12, 31)))) == MOST_MONTHS


def test_at_work_a_share_of_the_base_flows_in(family, library):
    book, home = family
    live = load(book, library.book, home)
    months = plan_inflow(live, "work", JAN, DEC, base=9_600_05)
    assert [month.amount for month in months] == [192_00] * 12
    assert {month.rule.clause for month in months} == {"HN-10"}
    assert all(month.amount is None for month in plan_inflow(live, "work", JAN, DEC))


def test_retired_people_have_a_fixed_sum(family, library):
    book, home = family
    months = plan_inflow(load(book, library.book, home), "old", JAN, date(2026, 3, 1), base=9_600_00)
    assert [(month.day.month, month.amount, month.rule.clause) for month in months] == [
        (1, 75_00, "HN-11"),
        (2, 75_00, "HN-11"),
        (3, 75_00, "HN-11"),
    ]


def test_a_stated_amount_needs_no_rule(family, library):
    book, home = family
    live = load(book, library.book, home)
    (month,) = plan_inflow(live, "work", JAN, JAN, base=9_600_00, stated=123_45)
    assert (month.amount, month.rule.clause) == (123_45, "")


def test_each_month_is_recorded_once(family, library):
    book, home = family
    live = load(book, library.book, home)
    events = deposits(live, "work", plan_inflow(live, "work", JAN, date(2026, 2, 1), stated=100_00))
    assert [(event.id, event.date, event.inflow) for event in events] == [
        ("d1", JAN, True),
        ("d2", date(2026, 2, 1), True),
    ]
    assert record_inflow(book, library.book, home, events, now=NOW).recorded
    live = load(book, library.book, home)
    again = plan_inflow(live, "work", JAN, date(2026, 4, 1), stated=100_00)
    assert [month.there.id if month.there else None for month in again] == ["d1", "d2", None, None]
    assert [event.id for event in deposits(live, "work", again)] == ["d3", "d4"]
    assert live.running.balances["work"] == Balance(200_00, 0)
    other = plan_inflow(live, "old", JAN, JAN)
    assert other[0].due, "another account's inflow is no inflow of this one"


def test_another_deposit_of_the_month_is_no_inflow(family, library):
    book, home = family
    assert record_event(book, library.book, home, Deposit("x", JAN, "work", 5), now=NOW).recorded
    (month,) = plan_inflow(load(book, library.book, home), "work", JAN, JAN, stated=100_00)
    assert month.due


def test_all_months_or_none(tmp_path, library):
    """Money of January would change what February's visit took from the account."""
    spent = visit("work", item("900.00"), day=date(2026, 2, 10))
    home = household(employee("work"), accounts={"work": Balance(10_00)}, events=[spent])
    with new_book(tmp_path) as book:
        id_ = put(book, library.book, home)
        before = everything(tmp_path / "book.sqlite")
        live = load(book, library.book, id_)
        events = deposits(live, "work", plan_inflow(live, "work", date(2026, 1, 1), date(2026, 4, 1), stated=50_00))
        done = record_inflow(book, library.book, id_, events, now=NOW)
        assert not done.recorded and done.index == 0
        assert done.refused is not None and done.refused.refusals[0].code == "BACKDATED"
        assert everything(tmp_path / "book.sqlite") == before
