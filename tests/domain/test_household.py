"""A household's events: their order, and refunds that cannot be."""

from datetime import timedelta

import pytest

from famgui.domain.household import Deposit, by_date, refund_faults
from tests.domain.building import DAY, back, item, visit

LATER = DAY + timedelta(1)
BILL = visit("mei", item("10.00", name="a"), item("5.00", name="b"))


def faults(*events):
    return list(refund_faults(events))


def test_events_are_computed_by_date_and_within_a_date_in_file_order():
    days = [LATER, DAY, LATER, DAY]
    events = [Deposit(str(place), day, "li", 1) for place, day in enumerate(days)]
    assert by_date(events) == [1, 3, 0, 2]


def test_a_partial_refund_and_one_of_the_rest_are_possible():
    assert faults(BILL, back(("a", "9.99")), back(("a", "0.01"), ("b", "5.00"), handle="r2")) == []


def test_a_refund_may_stand_before_its_visit_in_the_file_if_it_is_later():
    assert faults(back(day=LATER), BILL) == []


def test_a_refund_of_an_unknown_visit_is_a_fault():
    assert faults(BILL, back(of="v2")) == [(1, "visit-unknown", "v2")]


@pytest.mark.parametrize("events", [(back(), BILL), (BILL, back(day=DAY - timedelta(1)))])
def test_a_refund_of_a_later_visit_is_a_fault(events):
    assert [fault[1:] for fault in faults(*events)] == [("visit-later", "v1")]


def test_a_refund_of_something_else_than_a_visit_is_a_fault():
    assert faults(Deposit("d1", DAY, "li", 1), back(of="d1")) == [(1, "visit-unknown", "d1")]


def test_after_a_whole_refund_nothing_is_left():
    assert faults(BILL, back(), back(("a", "1.00"), handle="r2")) == [(2, "already-whole", "v1")]


def test_taking_back_every_item_is_a_whole_refund():
    assert faults(BILL, back(("a", "10.00"), ("b", "5.00")), back(handle="r2")) == [(2, "already-whole", "v1")]


def test_more_than_the_last_refund_left_is_a_fault():
    assert faults(BILL, back(("a", "6.00")), back(("a", "4.01"), handle="r2")) == [(2, "more-than-left", "a")]


def test_an_item_that_is_not_on_the_bill_is_a_fault():
    assert faults(BILL, back(("c", "1.00"))) == [(1, "item-unknown", "c")]


def test_a_faulty_refund_takes_nothing():
    assert faults(BILL, back(("a", "1.00"), ("b", "6.00")), back(("a", "10.00"), handle="r2")) == [
        (1, "more-than-left", "b")
    ]
