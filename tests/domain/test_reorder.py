"""Reorders: in which order a user's authorizers pay from a day on."""

from datetime import date, datetime, time, timedelta

import pytest

from famgui.domain.binding import priorities
from famgui.domain.household import Reorder, Unbind
from famgui.domain.timeline import Running
from famgui.domain.waterfall import Terms
from tests.domain.building import DAY, back, codes, computed, employee, household, money, paid, purchase, resident, row

EARLY, LATE = datetime.combine(date(2024, 1, 1), time()), datetime.combine(date(2024, 6, 1), time())
YESTERDAY, TOMORROW = DAY - timedelta(1), DAY + timedelta(1)
PEOPLE = (*(employee(handle) for handle in ("zhao", "qian", "sun", "li")), resident("mei"), resident("xu"))
RICH = {handle: money("5.00") for handle in ("zhao", "qian", "sun", "li")}


def register(book, *events, rows):
    """Authorizer, user and priority of every row after the events."""
    running = Running(household(*PEOPLE, accounts=RICH, rows=rows), book("430200"))
    for event in events:
        assert running.apply(event).status == "settled"
    return [(one.authorizer, one.user, one.priority) for one in running.register]


def reorder(*order, day=DAY, user="mei", handle="o1"):
    return Reorder(handle, day, user, order)


def numbers(book, *order, rows):
    return {authorizer: priority for authorizer, _, priority in register(book, reorder(*order), rows=rows)}


def test_those_named_come_first_and_the_others_as_they_stood(book):
    rows = [row("zhao", "mei", priority=3), row("qian", "mei", priority=2), row("sun", "mei"), row("li", "mei")]
    assert numbers(book, "li", "zhao", rows=rows) == {"li": 1, "zhao": 2, "sun": 3, "qian": 4}


def test_others_of_one_priority_stand_by_the_moment_they_were_bound_then_by_their_rows(book):
    rows = [
        row("zhao", "mei", bound_at=LATE),
        row("sun", "mei", bound_at=EARLY),
        row("qian", "mei", bound_at=EARLY),
        row("li", "mei", bound_at=LATE),
    ]
    assert numbers(book, "li", rows=rows) == {"li": 1, "sun": 2, "qian": 3, "zhao": 4}


def test_authorizers_of_one_moment_stand_by_their_rows_not_by_their_names():
    rows = [("b", 1, EARLY), ("a", 1, EARLY), ("c", 1, EARLY), ("a", 1, EARLY)]
    assert priorities(["c"], rows) == {"c": 1, "b": 2, "a": 3}


def test_every_open_row_of_a_pair_gets_the_same_number(book):
    rows = [
        row("zhao", "mei", ends=DAY, priority=4),
        row("qian", "mei", priority=3),
        row("zhao", "mei", starts=TOMORROW, priority=9),
    ]
    found = register(book, reorder("qian"), rows=rows)
    assert [priority for _, _, priority in found] == [2, 1, 2]


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ({}, True),
        ({"ends": DAY}, True),
        ({"starts": TOMORROW}, True),
        ({"unbound_on": TOMORROW}, True),
        ({"ends": YESTERDAY}, False),
        ({"unbound_on": DAY}, False),
    ],
)
def test_only_open_rows_get_a_number(book, more, changed):
    rows = [row("zhao", "mei", priority=7, **more), row("zhao", "mei", priority=8), row("qian", "mei", priority=9)]
    found = register(book, reorder("qian"), rows=rows)
    assert [priority for _, _, priority in found] == [2 if changed else 7, 2, 1]


def test_rows_of_other_users_stay_as_they_are(book):
    rows = [row("zhao", "mei"), row("qian", "mei"), row("qian", "xu", priority=5)]
    assert register(book, reorder("qian"), rows=rows)[2] == ("qian", "xu", 5)


@pytest.mark.parametrize("more", [{"ends": YESTERDAY}, {"unbound_on": DAY}])
def test_who_has_no_open_row_cannot_be_named(book, more):
    rows = [row("zhao", "mei", priority=2, **more), row("qian", "mei", priority=3)]
    events = [reorder("li", "qian", "zhao"), purchase("mei", "7.00")]
    done = computed(book, *PEOPLE, accounts=RICH, rows=rows, events=events)
    assert done.outcomes[0].status == "refused"
    assert [(problem.code, problem.subject) for problem in done.outcomes[0].problems] == [
        ("UNBOUND", "li"),
        ("UNBOUND", "zhao"),
    ]


def test_a_refused_reorder_changes_nothing(book):
    rows = [row("zhao", "mei"), row("qian", "mei", priority=2)]
    events = [reorder("qian", "li"), purchase("mei", "7.00")]
    done = computed(book, *PEOPLE, accounts=RICH, rows=rows, events=events)
    assert codes(done.outcomes[0]) == {("UNBOUND", "li")}
    assert paid(done.outcomes[1]) == {"zhao": 500, "qian": 200}


@pytest.mark.parametrize(
    ("terms", "first"),
    [("priority", "qian"), ("latest-bound", "zhao"), ("balance-desc", "zhao"), ("single", "qian")],
)
def test_the_new_order_holds_where_the_household_pays_by_priority(book, terms, first):
    rows = [row("zhao", "mei", bound_at=LATE), row("qian", "mei", bound_at=EARLY, priority=2)]
    events = [reorder("qian"), purchase("mei", "3.00")]
    accounts = RICH | {"zhao": money("6.00")}
    done = computed(book, *PEOPLE, accounts=accounts, rows=rows, events=events, terms=Terms(terms))
    assert paid(done.outcomes[1]) == {first: 300}


def test_a_refund_pays_in_the_order_of_the_visit(book):
    rows = [row("zhao", "mei"), row("qian", "mei", priority=2)]
    events = [purchase("mei", "4.00"), reorder("qian"), back(("drug", "1.00"))]
    done = computed(book, *PEOPLE, accounts=RICH, rows=rows, events=events)
    assert paid(done.outcomes[2]) == {"zhao": 300}


def test_unbinding_and_reordering_on_one_day_go_by_the_file(book):
    rows = [row("zhao", "mei"), row("qian", "mei", priority=2)]
    events = [Unbind("u1", DAY, "zhao", "mei"), reorder("zhao")]
    done = computed(book, *PEOPLE, accounts=RICH, rows=rows, events=events)
    assert codes(done.outcomes[1]) == {("UNBOUND", "zhao")}
    again = computed(book, *PEOPLE, accounts=RICH, rows=rows, events=events[::-1])
    assert [outcome.status for outcome in again.outcomes] == ["settled", "settled"]


def test_a_fork_tries_events_without_changing_anything(book):
    running = Running(household(*PEOPLE, accounts=RICH, rows=[row("zhao", "mei"), row("qian", "mei")]), book("430200"))
    before = list(running.register)
    running.fork().apply(reorder("qian"))
    assert running.register == before
