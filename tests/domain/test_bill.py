"""Bills: how items split by the catalogue and what a refund leaves."""

import pytest

from famgui.domain.bill import MoreThanLeft, NotOnBill, nothing_left, split, take_back
from tests.domain.building import fen, item


def test_class_a_is_wholly_in_scope():
    assert split([item("100.00", "A")]) == (10000, 0, 0, 0, 10000)


def test_class_b_is_in_scope_after_the_upfront_share():
    assert split([item("200.00", "B", upfront="0.10")]) == (20000, 0, 0, 2000, 18000)


def test_class_c_is_full_self_paid_whatever_lies_above_the_limit():
    assert split([item("50.00", "C", over="20.00")]) == (5000, 5000, 0, 0, 0)


@pytest.mark.parametrize("category", ["health-food", "daily-goods", "wellness", "fitness", "public-health"])
def test_what_is_not_medical_is_full_self_paid(category):
    assert split([item("30.00", category=category)]) == (3000, 3000, 0, 0, 0)


@pytest.mark.parametrize("category", ["drug", "service", "device", "consumable"])
def test_the_four_medical_categories_split_alike(category):
    assert split([item("30.00", "A", category)]).in_scope == 3000


def test_the_over_limit_part_is_taken_off_before_the_upfront_share():
    assert split([item("100.00", "B", upfront="0.10", over="20.00")]) == (10000, 0, 2000, 800, 7200)


def test_an_item_may_lie_wholly_above_the_limit():
    assert split([item("100.00", "B", upfront="0.10", over="100.00")]) == (10000, 0, 10000, 0, 0)


@pytest.mark.parametrize(("amount", "upfront"), [("0.04", 0), ("0.05", 1), ("0.15", 2), ("0.14", 1)])
def test_half_a_fen_of_upfront_share_is_rounded_up(amount, upfront):
    assert split([item(amount, "B", upfront="0.1")]).upfront == upfront


def test_rounding_is_by_item():
    assert split([item("0.05", "B", upfront="0.1")] * 2).upfront == 2


def test_an_upfront_share_of_one_leaves_nothing_in_scope():
    assert split([item("0.99", "B", upfront="1")]) == (99, 0, 0, 99, 0)


def test_same_named_items_are_taken_back_in_bill_order():
    left = take_back([item("10.00", name="a"), item("5.00", name="b"), item("10.00", name="a")], [("a", fen("12.00"))])
    assert [kept.amount for kept in left] == [0, 500, 800]


def test_a_name_given_twice_is_taken_back_twice():
    left = take_back([item("10.00", name="a")], [("a", 300), ("a", 200)])
    assert [kept.amount for kept in left] == [500]


@pytest.mark.parametrize(("back", "over"), [("5.00", 3), ("9.00", 1), ("9.99", 0), ("10.00", 0), ("0.00", 5)])
def test_the_over_limit_part_shrinks_in_proportion_half_up(back, over):
    (left,) = take_back([item("10.00", "B", over="0.05", name="a")], [("a", fen(back))])
    assert left.over_limit == over


def test_an_item_not_on_the_bill_cannot_be_returned():
    with pytest.raises(NotOnBill, match="b"):
        take_back([item("10.00", name="a")], [("b", 0)])


def test_all_same_named_items_together_bound_what_is_returned():
    bill = [item("10.00", name="a"), item("5.00", name="a")]
    assert nothing_left(take_back(bill, [("a", 1500)]))
    with pytest.raises(MoreThanLeft, match="a"):
        take_back(bill, [("a", 1501)])


def test_something_is_left_while_one_fen_is():
    assert not nothing_left(take_back([item("10.00", name="a")], [("a", 999)]))


def test_a_refund_does_not_touch_the_bill_it_is_taken_from():
    bill = (item("10.00", name="a"),)
    take_back(bill, [("a", 300)])
    assert bill[0].amount == 1000
