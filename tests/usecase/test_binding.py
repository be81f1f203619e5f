"""A binding asked about: every rule with its state, the places taken, what was shared under a row."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from famgui.domain.binding import bind_problems
from famgui.domain.household import Bind, Premium, Unbind
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Running, Timeline, run
from famgui.usecase.binding import (
    RULE_CODES,
    Check,
    checks,
    places_taken,
    row_state,
    shared_by_row,
    to_renew,
    year_at_hand,
)
from tests.domain.building import (
    DAY,
    FUJIAN,
    back,
    employee,
    fen,
    household,
    money,
    purchase,
    resident,
    row,
    uninsured,
)

Books = Callable[[str], RuleBook]
OLD, YOUNG = "430202195001010000", "430202198001010000"


def asked(book: Books, new: Any, *persons: Any, rows: Any = (), place: str = "430200") -> dict[str, Check]:
    """The checks of a new binding on the day, by code; the last of a code that fails twice."""
    rules = book(place)
    running = Running(household(*persons, rows=rows, place=place), rules)
    found = checks(new, running, rules.at(DAY), DAY)
    refused = {
        problem.code for problem in bind_problems(new, running.register, running.persons, rules.at(DAY), day=DAY)
    }
    assert {check.code for check in found if check.state == "failed"} - {"DATES"} == refused
    return {check.code: check for check in found}


def test_every_rule_is_listed_and_passed_ones_name_their_clause(book: Books) -> None:
    found = asked(book, row("li", "mei", "child"), employee("li"), resident("mei"))
    assert {code: (found[code].state, found[code].clause) for code in RULE_CODES} == {
        "SELF_BINDING": ("passed", "N-03"),
        "NO_ACCOUNT": ("passed", "N-20"),
        "NOT_INSURED": ("passed", "N-20"),
        "OTHER_PROVINCE": ("passed", "N-18"),
        "RELATION_NOT_ALLOWED": ("passed", "N-03"),
        "DUPLICATE_BINDING": ("passed", "HN-22"),
        "BIND_LIMIT": ("passed", "HN-21"),
        "LIFETIME_LIMIT": ("passed", "HN-22"),
    }
    assert found["DATES"].state == "passed"
    assert "AGES" not in found, "nobody has an ID number"


def test_oneself_leaves_nothing_else_to_ask(book: Books) -> None:
    found = asked(book, row("li", "li"), employee("li"))
    assert found["SELF_BINDING"].state == "failed"
    assert {found[code].state for code in RULE_CODES if code != "SELF_BINDING"} == {"unasked"}


@pytest.mark.parametrize(
    ("code", "new", "people", "clause"),
    [
        ("NO_ACCOUNT", row("mei", "li"), (resident("mei"), employee("li")), "N-20"),
        ("NOT_INSURED", row("li", "jun"), (employee("li"), uninsured("jun")), "N-20"),
        ("OTHER_PROVINCE", row("li", "far"), (employee("li"), resident("far", FUJIAN)), "N-18"),
        ("RELATION_NOT_ALLOWED", row("li", "mei", "in-law"), (employee("li"), resident("mei")), "N-04"),
    ],
)
def test_a_refusal_stands_at_its_rule(book: Books, code: str, new: Any, people: Any, clause: str) -> None:
    found = asked(book, new, *people)
    assert [name for name, check in found.items() if check.state == "failed"] == [code]
    assert found[code].clause == clause


def test_overlap_is_refused(book: Books) -> None:
    found = asked(book, row("li", "mei", "child"), employee("li"), resident("mei"), rows=[row("li", "mei", "child")])
    assert found["DUPLICATE_BINDING"].state == "failed"


def test_limits_count_other_users_and_none_where_the_place_has_none(book: Books) -> None:
    people = [employee("li"), *(resident(f"u{number}") for number in range(11))]
    rows = [row("li", f"u{number}", "sibling") for number in range(10)]
    full = asked(book, row("li", "u10", "sibling"), *people, rows=rows)["BIND_LIMIT"]
    assert (full.state, full.taken, full.limit, full.clause) == ("failed", 10, 10, "HN-21")
    ever = asked(book, row("li", "u10", "sibling"), *people, rows=rows)["LIFETIME_LIMIT"]
    assert (ever.state, ever.taken, ever.limit) == ("passed", 10, 20)
    people = [employee("li", FUJIAN), resident("mei", FUJIAN)]
    free = asked(book, row("li", "mei", "child"), *people, place=FUJIAN)["BIND_LIMIT"]
    assert (free.state, free.taken, free.limit) == ("passed", 0, None)


def test_places_count_users_once_and_ended_rows_only_ever(book: Books) -> None:
    rows = [
        row("li", "mei", ends=DAY - timedelta(days=1)),
        row("li", "mei", starts=DAY),
        row("li", "jun", unbound_on=DAY),
        row("wang", "jun"),
    ]
    places = places_taken("li", rows, book("430200").at(DAY), DAY)
    assert (places.at_once, places.lifetime) == (1, 2)


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (DAY, DAY - timedelta(days=1), "failed"),
        (DAY - timedelta(days=9), DAY - timedelta(days=1), "warning"),
        (DAY, DAY, "passed"),
        (DAY, None, "passed"),
    ],
)
def test_dates(book: Books, starts: date, ends: date | None, state: str) -> None:
    new = row("li", "mei", "child", starts, ends=ends)
    assert asked(book, new, employee("li"), resident("mei"))["DATES"].state == state


@pytest.mark.parametrize(
    ("relation", "authorizer", "user", "state", "years"),
    [
        ("parent", YOUNG, OLD, "passed", 30),
        ("parent", OLD, YOUNG, "warning", -30),
        ("child", OLD, YOUNG, "passed", 30),
        ("child", YOUNG, OLD, "warning", -30),
        ("maternal-grandparent", YOUNG, OLD, "warning", 30),
    ],
)
def test_ages_only_warn(book: Books, relation: str, authorizer: str, user: str, state: str, years: int) -> None:
    people = (employee("li", id_number=authorizer), resident("mei", id_number=user))
    found = asked(book, row("li", "mei", relation), *people)["AGES"]
    assert (found.state, found.taken, found.subject) == (state, years, "mei")


def test_ages_are_not_asked_of_spouses(book: Books) -> None:
    people = (employee("li", id_number=OLD), resident("mei", id_number=YOUNG))
    assert "AGES" not in asked(book, row("li", "mei", "spouse"), *people)


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
