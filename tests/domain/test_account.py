"""Personal accounts: two buckets, prior years' money first."""

import pytest

from famgui.domain.account import Balance


@pytest.mark.parametrize(
    ("amount", "draw"),
    [(0, (0, 0)), (29, (0, 29)), (30, (0, 30)), (31, (1, 30)), (130, (100, 30))],
)
def test_prior_years_money_is_spent_first(amount, draw):
    assert Balance(100, 30).draw(amount) == draw


def test_a_draw_of_everything_leaves_exactly_nothing():
    balance = Balance(100, 30)
    assert balance.less(balance.draw(130)) == (0, 0)


def test_money_comes_back_to_the_buckets_it_left():
    balance = Balance(100, 30)
    draw = balance.draw(50)
    assert balance.less(draw).plus(draw) == balance


def test_at_the_turn_of_the_year_everything_is_prior_years_money():
    assert Balance(100, 30).carried_over() == (0, 130)


def test_the_total_is_both_buckets():
    assert Balance(100, 30).total == 130
