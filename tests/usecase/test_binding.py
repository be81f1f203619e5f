"""The register looked at: the state of a row, what is to be renewed, what was shared under it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from famgui.domain.household import Bind, Premium, Unbind
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Running, Timeline, run
from famgui.usecase.binding import (
    row_state,
    shared_by_row,
    to_renew,
    year_at_hand,
)
from tests.domain.building import (
    DAY,
    back,
    employee,
    fen,
    household,
    money,
    purchase,
    resident,
    row,
)

Books = Callable[[str], RuleBook]


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, ("in-force", 0)),
        ({"ends": DAY + timedelta(days=31)}, ("in-force", 0)),
        ({"ends": DAY + timedelta(days=30)}, ("expiring", 30)),
        ({"ends": DAY}, ("expiring", 0)),
        ({"ends": DAY - timedelta(days=1)}, ("expired", 0)),
        ({"starts": DAY + timedelta(days=3)}, ("upcoming", 3)),
        ({"unbound_on": DAY}, ("unbound", 0)),
    ],
)
def test_state_of_a_row(more: Any, state: tuple[str, int]) -> None:
    assert row_state(row("li", "mei", **more), DAY) == state


def test_to_renew_names_the_last_row_of_a_pair_unless_unbound() -> None:
    gone = row("li", "mei", ends=DAY - timedelta(days=2))
    soon = row("li", "jun", ends=DAY + timedelta(days=9))
    rows = [
        soon,
        gone,
        row("li", "bo", ends=DAY - timedelta(days=2)),
        row("li", "bo", starts=DAY - timedelta(days=1)),
        row("li", "an", ends=DAY + timedelta(days=9), unbound_on=DAY),
        row("li", "old", starts=date(2020, 1, 1), ends=date(2020, 12, 31)),
        row("li", "far", ends=DAY + timedelta(days=31)),
    ]
    assert to_renew(rows, DAY) == (gone, soon)


def lived(book: Books, *events: Any, rows: Any) -> tuple[Running, Timeline]:
    """Li, with 1000.00 yuan, shares with Mei and Bo: the state after the events, and the outcomes."""
    people = (employee("li"), resident("mei"), resident("bo"))
    home = household(*people, accounts={"li": money("1000.00")}, rows=rows, events=events)
    running = Running(home, book(home.place))
    for event in events:
        running.apply(event)
    return running, run(home, book(home.place))


def test_shared_counts_visits_and_premiums_less_refunds(book: Books) -> None:
    events = [
        purchase("mei", "60.00", handle="v1"),
        purchase("bo", "50.00", handle="v2"),
        back(of="v2"),
        back(("drug", "10.00"), handle="r2", of="v1"),
        Premium("p1", date(2025, 10, 20), "li", "resident-2026", ("mei",)),
    ]
    running, timeline = lived(book, *events, rows=[row("li", "mei", "child"), row("li", "bo", "child")])
    assert shared_by_row(running.register, timeline.outcomes, 2025) == (fen("450.00"), 0)
    assert shared_by_row(running.register, timeline.outcomes, 2024) == (0, 0)


def test_shared_goes_to_the_row_that_was_in_force(book: Books) -> None:
    first = row("li", "mei", "child", ends=date(2025, 5, 31))
    events = [
        purchase("mei", "60.00", handle="v1"),
        Bind("b1", date(2025, 6, 1), row("li", "mei", "child", date(2025, 6, 1))),
        purchase("mei", "7.00", date(2025, 6, 2), handle="v2"),
        Unbind("u1", date(2025, 6, 2), "li", "mei"),
    ]
    running, timeline = lived(book, *events, rows=[first])
    assert shared_by_row(running.register, timeline.outcomes, 2025) == (fen("60.00"), fen("7.00"))


def test_the_year_at_hand(book: Books) -> None:
    running, timeline = lived(book, purchase("mei", "60.00"), rows=[row("li", "mei", "child")])
    assert year_at_hand(running, timeline.outcomes, date(2025, 12, 1)) == 2025
    assert year_at_hand(running, timeline.outcomes, date(2027, 1, 1)) == 2025
    assert year_at_hand(running, (), date(2027, 1, 1)) == 2027
