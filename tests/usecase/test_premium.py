"""Premiums of a household: the products of a place, who is due, who has paid, whose account may pay."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.household import Premium
from famgui.domain.rule import Row, Window
from famgui.domain.rulebook import RuleBook
from famgui.domain.settlement import Visit
from famgui.usecase.household import load
from famgui.usecase.premium import Paid, dues, products
from famgui.usecase.record import record_event
from tests.domain.building import SHANGHAI, employee, household, money, resident, row
from tests.store.making import NOW, SAMPLE, filled, new_book, put

IN_TIME, LATE, EARLY = date(2025, 10, 20), date(2026, 2, 1), date(2025, 8, 31)


@pytest.fixture
def live(tmp_path, library):
    """The sample before its premium, the grandmother with a low income."""
    with new_book(tmp_path) as book:
        whole = load(book, library.book, filled(book, library.book, SAMPLE)).household
        persons = tuple(
            replace(person, concession="low-income" if person.id == "zhou" else person.concession)
            for person in whole.persons
        )
        events = tuple(event for event in whole.events if not isinstance(event, Premium))
        home = put(book, library.book, replace(whole, persons=persons, events=events))
        yield book, home, load(book, library.book, home)


def test_products_with_their_time_to_pay(library):
    book = library.book("430200")
    found = {one.name: one for one in products(book.at(IN_TIME), IN_TIME)}
    assert (found["resident-2026"].first, found["resident-2026"].last) == (date(2025, 9, 1), date(2026, 1, 31))
    assert {day: products(book.at(day), day)[0].state for day in (EARLY, IN_TIME, LATE)} == {
        EARLY: "early",
        IN_TIME: "open",
        LATE: "late",
    }
    assert products(book.at(IN_TIME), IN_TIME)[0].name == "resident-2026", "what can be paid now comes first"
    assert products(book.at(date(2024, 10, 1)), date(2024, 10, 1))[0].name == "resident-2025"
    assert found["resident-2026"].rule.clause == "HN-43"


def test_what_can_be_paid_comes_first_then_the_latest():
    """Whatever their order in the pack; a product without a time to pay stands with those to come."""
    days = {"a": (2023, 2024), "b": (2024, 2025), "c": (2027, 2028), "d": (2026, 2026)}
    rows = [Row("premium.stated-price", True, "X-1", (("product", ("e",)),))]
    for name, (first, last) in days.items():
        window = Window(date(first, 1, 1), date(last, 12, 31))
        rows.append(Row("premium.window", window, "X-1", (("product", (name,)),)))
    day = date(2026, 6, 1)
    found = products(RuleBook("430200", [rows]).at(day), day)
    assert [(one.name, one.state) for one in found] == [
        ("d", "open"),
        ("e", "none"),
        ("c", "early"),
        ("b", "late"),
        ("a", "late"),
    ]


def test_the_price_goes_by_concession_and_day(live):
    _, _, family = live
    assert {due.person.id: (due.amount, due.rule.clause) for due in dues(family, "resident-2026", IN_TIME)} == {
        "zhou": (200_00, "HN-45"),
        "ming": (400_00, "HN-42"),
    }
    assert {due.amount for due in dues(family, "resident-2026", LATE)} == {1100_00}
    assert dues(family, "no-such", IN_TIME) == ()


def test_those_bound_on_the_day_may_pay(live):
    _, _, family = live
    payers = {due.person.id: due.payers for due in dues(family, "resident-2026", IN_TIME)}
    assert payers == {"zhou": ("li",), "ming": ("li", "wang")}
    assert {due.person.id: due.payers for due in dues(family, "resident-2026", LATE)} == {"zhou": ("li",), "ming": ()}


def test_who_paid_when_and_from_where(live, library):
    book, home, _ = live
    event = Premium("p1", IN_TIME, "li", "resident-2026", ("ming",))
    assert record_event(book, library.book, home, event, now=NOW).recorded
    family = load(book, library.book, home)
    assert {due.person.id: due.paid for due in dues(family, "resident-2026", LATE)} == {
        "zhou": None,
        "ming": Paid(IN_TIME, "li", 400_00, "p1"),
    }
    assert {due.paid for due in dues(family, "resident-2025", IN_TIME)} == {None}
    assert not any(isinstance(outcome.event, Visit) and outcome.premiums for outcome in family.outcomes)


def test_without_a_window_it_is_paid_once_in_a_calendar_year(tmp_path, library):
    home = household(
        employee("li", SHANGHAI),
        resident("kid", SHANGHAI),
        accounts={"li": money("0.00", "500.00")},
        rows=[row("li", "kid", "child")],
        place=SHANGHAI,
    )
    first, same, next_ = date(2026, 3, 1), date(2026, 12, 31), date(2027, 1, 1)
    with new_book(tmp_path) as book:
        id_ = put(book, library.book, home)
        (product,) = (one.name for one in products(library.book(SHANGHAI).at(first), first) if one.stated)

        def pay(handle, day):
            event = Premium(handle, day, "li", product, ("kid",), 100_00)
            return record_event(book, library.book, id_, event, now=NOW).recorded

        def paid(day):
            live = load(book, library.book, id_)
            return next(due.paid for due in dues(live, product, day, 100_00) if due.person.id == "kid")

        assert pay("p1", first)
        assert paid(same) == paid(first) == Paid(first, "li", 100_00, "p1")
        assert paid(next_) is None
        assert not pay("p2", same)
        assert pay("p3", next_)
        assert (paid(first), paid(next_)) == (Paid(first, "li", 100_00, "p1"), Paid(next_, "li", 100_00, "p3"))
