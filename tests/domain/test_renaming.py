"""Events go by other handles and say the same."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.household import Amend, Bind, Deposit, Premium, Refund, Reorder, Unbind
from famgui.domain.renaming import named_in, renamed
from tests.domain.building import DAY, item, row, visit

EVENTS = [
    visit("w", item("1.00")),
    Refund("r1", DAY, "v1", None, "w said so"),
    Deposit("d1", DAY, "w", 1),
    Premium("p1", DAY, "l", "resident-2026", ("c", "w")),
    Bind("b1", DAY, row("l", "w")),
    Unbind("u1", DAY, "w", "c", "w"),
    Amend("a1", DAY, "w", (("tier", "w"),)),
    Reorder("o1", DAY, "c", ("l", "w")),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_only_handles_change(event):
    there = renamed(event, {"w": "p9"}, {event.id: "e9", "v1": "v7"})
    assert there.id == "e9" or event.id == "v1"
    assert named_in(there) == {"p9" if who == "w" else who for who in named_in(event)}
    back = renamed(there, {"p9": "w"}, {there.id: event.id, "v7": "v1"})
    assert back == event
    assert renamed(event, {}, {}) == event


def test_a_refund_follows_its_visit():
    assert renamed(EVENTS[1], {}, {"v1": "v7"}).of == "v7"
    assert renamed(EVENTS[1], {"w": "p9"}, {}).reason == "w said so"


def test_dates_and_amounts_stay():
    event = Deposit("d1", date(2025, 1, 1), "w", 5, prior_years=True)
    assert renamed(event, {"w": "p9"}, {}) == replace(event, account="p9")
