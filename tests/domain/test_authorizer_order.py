"""The order in which several authorizers pay."""

from datetime import date, datetime

from famgui.domain.binding import in_order
from tests.domain.building import row


def ordered(order, *rows, shareable=None):
    return [found.authorizer for found in in_order(rows, order, (shareable or {}).get)]


def at(hour, day=1):
    return datetime.combine(date(2025, 1, day), datetime.min.time()).replace(hour=hour)


def test_priority_then_moment_then_row_decide():
    rows = [
        row("d", "mei", priority=2, bound_at=at(8)),
        row("c", "mei", priority=1, bound_at=at(9)),
        row("b", "mei", priority=1, bound_at=at(9)),
        row("a", "mei", priority=1, bound_at=at(8)),
    ]
    assert ordered("priority", *rows) == ["a", "c", "b", "d"]


def test_the_latest_bound_may_pay_first():
    rows = [
        row("a", "mei", bound_at=at(8)),
        row("b", "mei", bound_at=at(9), priority=9),
        row("c", "mei", bound_at=at(7)),
    ]
    assert ordered("latest-bound", *rows) == ["b", "a", "c"]


def test_of_those_bound_at_one_moment_priority_decides():
    rows = [row("a", "mei", priority=2), row("b", "mei", priority=1), row("c", "mei", priority=1)]
    assert ordered("latest-bound", *rows) == ["b", "c", "a"]


def test_the_fullest_account_may_pay_first_ties_as_in_priority():
    rows = [row("a", "mei", priority=3), row("b", "mei", priority=2), row("c", "mei", priority=1), row("d", "mei")]
    assert ordered("balance-desc", *rows, shareable={"a": 5, "b": 7, "c": 5, "d": 0}) == ["b", "c", "a", "d"]


def test_single_is_the_first_in_priority_order_whatever_it_holds():
    rows = [row("a", "mei", priority=2), row("b", "mei", priority=1)]
    assert ordered("single", *rows, shareable={"a": 5, "b": 0}) == ["b"]


def test_a_pair_pays_once_by_the_row_that_comes_first():
    rows = [row("a", "mei", priority=3), row("b", "mei", priority=2), row("a", "mei", "parent", priority=1)]
    found = in_order(rows, "priority", lambda _account: 0)
    assert [(one.authorizer, one.relation) for one in found] == [("a", "parent"), ("b", "spouse")]
