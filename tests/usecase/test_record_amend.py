"""Amendments and reorders in the book: what is recorded is what is read back, and what a replay gives."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import pytest

from famgui.domain.household import Amend, Bind, Deposit, Reorder, Unbind
from famgui.files.casefile import parse_case
from famgui.files.casewrite import write_case
from famgui.store.household import stored_persons, stored_register
from famgui.usecase.doctor import examine
from famgui.usecase.household import export_household, import_household, load
from famgui.usecase.record import record_event
from tests.domain.building import DAY, employee, household, money, purchase, resident, row
from tests.store.making import NOW, new_book, put

LATER = DAY + timedelta(10)
NINE = datetime.combine(date(2025, 1, 1), time(9))


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def home(ledger, library):
    people = employee("li", suspended=DAY), employee("wu", phone="13800000000"), resident("bo")
    rows = [row("li", "bo", "child", proof="户口本.jpg"), row("wu", "bo", "sibling", priority=2)]
    held = {"li": money("100.00"), "wu": money("50.00", "7.00")}
    return put(ledger, library.book, household(*people, accounts=held, rows=rows))


def record(ledger, library, home, event):
    return record_event(ledger, library.book, home, event, now=NOW)


def amend(person, day=DAY, handle="a1", **facts):
    return Amend(handle, day, person, tuple(facts.items()))


def sound(ledger, library, home):
    """The doctor finds nothing, the rows say what the replay says, and a file of it comes to the same."""
    assert examine(ledger, library.book) == ()
    live = load(ledger, library.book, home)
    with ledger.read() as connection:
        assert stored_persons(connection, home) == live.running.persons
        assert Counter(stored_register(connection, home)) == Counter(live.running.register)
    given = export_household(ledger, home)
    assert parse_case(write_case(given).encode(), "written") == given
    other, _ = import_household(ledger, library.book, given, "again", now=NOW)
    again = load(ledger, library.book, other).running
    assert (again.persons, again.balances, again.register) == (
        live.running.persons,
        live.running.balances,
        live.running.register,
    )
    assert examine(ledger, library.book) == ()
    return live.running


@pytest.mark.parametrize(
    ("person", "facts"),
    [
        ("bo", {"insurance": "employee"}),
        ("bo", {"insurance": "employee", "has_account": False}),
        ("bo", {"insurance": "none"}),
        ("wu", {"insurance": "resident"}),
        ("wu", {"insurance": "resident", "has_account": True}),
        ("wu", {"has_account": False}),
        ("wu", {"status": "retired", "insured_place": "350000", "concession": "orphan", "tier": "二档"}),
        ("wu", {"suspended": LATER}),
        ("li", {"suspended": None}),
        ("li", {"suspended": DAY}),
    ],
)
def test_facts_are_read_back_as_they_stand(ledger, library, home, person, facts):
    assert record(ledger, library, home, amend(person, **facts)).recorded
    assert record(ledger, library, home, purchase("bo", "30.00", day=LATER)).recorded
    sound(ledger, library, home)


def test_back_to_what_was_given(ledger, library, home):
    for number, insurance in enumerate(("resident", "employee")):
        event = amend("wu", DAY, f"a{number}", insurance=insurance)
        assert record(ledger, library, home, event).recorded
    assert sound(ledger, library, home).balances["wu"] == money("50.00", "7.00")


def test_an_account_that_an_amendment_opened_takes_money_and_turns_the_year(ledger, library, home):
    assert record(ledger, library, home, amend("bo", insurance="employee")).recorded
    assert record(ledger, library, home, Deposit("d1", DAY, "bo", 500)).recorded
    assert record(ledger, library, home, Deposit("d2", DAY, "bo", 70, prior_years=True)).recorded
    assert record(ledger, library, home, Deposit("d3", date(2026, 1, 2), "bo", 1)).recorded
    assert sound(ledger, library, home).balances["bo"] == money("0.01", "5.70")


def test_a_reorder_numbers_open_rows_and_a_refused_one_none(ledger, library, home):
    done = record(ledger, library, home, Reorder("o1", DAY, "bo", ("wu",)))
    assert done.recorded and len(done.changes.bindings) == 2
    refused = record(ledger, library, home, Reorder("o2", DAY, "bo", ("bo", "li")))
    assert not refused.recorded and refused.outcome.status == "refused"
    register = sound(ledger, library, home).register
    assert [(one.authorizer, one.priority) for one in register] == [("li", 2), ("wu", 1)]


LATE = {
    "bind before a reorder": [
        Reorder("o1", LATER, "bo", ("wu",)),
        Bind("b1", DAY, row("an", "bo", "child", DAY)),
    ],
    "reorder before a reorder": [Reorder("o1", LATER, "bo", ("wu",)), Reorder("o2", DAY, "bo", ("li",))],
    "reorder before a bind": [
        Bind("b1", LATER, row("an", "bo", "child", LATER)),
        Reorder("o1", DAY, "bo", ("wu",)),
    ],
    "bind before an unbind of the pair": [
        Unbind("u1", LATER, "li", "bo"),
        Bind("b1", DAY, row("li", "bo", "child", date(2026, 1, 1))),
    ],
    "rows that nothing but their place tells apart": [
        Bind("b1", LATER, row("an", "bo", "child", LATER, bound_at=NINE)),
        Bind("b2", DAY, row("qi", "bo", "child", bound_at=NINE)),
        Reorder("o1", LATER, "bo", ("wu",)),
    ],
    "unbind before a reorder": [Reorder("o1", LATER, "bo", ("wu",)), Unbind("u1", DAY, "li", "bo")],
    "reorder": [Deposit("d1", LATER, "li", 5), Reorder("o1", DAY, "bo", ("wu",))],
    "amend": [Deposit("d1", LATER, "li", 5), amend("wu", status="retired")],
    "amend before another of the same person": [amend("wu", LATER, tier="1"), amend("wu", handle="a2", tier="2")],
    "account before the year turned": [
        Deposit("d1", date(2026, 1, 2), "li", 5),
        amend("bo", insurance="employee"),
        Deposit("d2", DAY, "bo", 900),
        Deposit("d3", DAY, "bo", 70, prior_years=True),
    ],
}


@pytest.mark.parametrize("name", LATE)
def test_what_is_dated_before_others_leaves_the_book_sound(ledger, library, name):
    people = employee("li"), employee("wu"), employee("an"), employee("qi"), resident("bo")
    rows = [row("li", "bo", "child", ends=date(2025, 12, 31)), row("wu", "bo", "sibling", priority=2)]
    home = put(ledger, library.book, household(*people, rows=rows))
    for event in LATE[name]:
        record(ledger, library, home, event)
        sound(ledger, library, home)


@pytest.mark.parametrize(
    ("first", "event", "taken"),
    [
        (Reorder("o1", LATER, "bo", ("wu",)), Bind("x", DAY, row("li", "an", "child", DAY)), True),
        (Reorder("o1", LATER, "bo", ("wu",)), Bind("x", DAY, row("an", "bo", "child", DAY)), False),
        (Unbind("u1", LATER, "li", "bo"), Bind("x", DAY, row("an", "bo", "child", DAY)), True),
        (Unbind("u1", LATER, "li", "bo"), Bind("x", DAY, row("li", "bo", "child", date(2026, 1, 1))), False),
        (Reorder("o1", LATER, "bo", ("wu",)), Unbind("x", DAY, "li", "bo"), False),
        (Reorder("o1", LATER, "bo", ("wu",)), amend("wu", handle="x", tier="1"), True),
        (amend("an", LATER, tier="2"), amend("wu", handle="x", tier="1"), True),
        (amend("wu", LATER, tier="2"), amend("wu", handle="x", tier="1"), False),
        (amend("wu", DAY, tier="2"), amend("wu", handle="x", tier="1"), True),
        (Reorder("o1", DAY, "bo", ("wu",)), Reorder("x", DAY, "bo", ("li",)), True),
    ],
)
def test_only_what_a_later_event_has_said_already_is_refused(ledger, library, first, event, taken):
    people = employee("li"), employee("wu"), employee("an"), resident("bo")
    rows = [row("li", "bo", "child", ends=date(2025, 12, 31)), row("wu", "bo", "sibling", priority=2)]
    home = put(ledger, library.book, household(*people, rows=rows))
    assert record(ledger, library, home, first).recorded
    assert record(ledger, library, home, Deposit("d9", LATER, "li", 1)).recorded
    done = record(ledger, library, home, event)
    assert done.recorded is taken
    assert [refusal.code for refusal in done.refusals] == ([] if taken else ["BACKDATED"])
    sound(ledger, library, home)


def papers(dice, number):
    """Something about bindings and facts on any day of half a year."""
    day = DAY + timedelta(dice.randrange(0, 180, 10))
    giver, taker = dice.choice(["li", "wu", "an"]), dice.choice(["bo", "bo", "an"])
    ends = dice.choice([None, day + timedelta(dice.randrange(90))])
    starts = day if ends is None else min(ends, day + timedelta(dice.choice([0, 30])))
    facts = {
        "insurance": dice.choice(["employee", "resident"]),
        "status": dice.choice(["active", "retired"]),
        "tier": dice.choice(["1", "2"]),
        "suspended": dice.choice([None, day]),
    }
    name = dice.choice([*facts])
    return dice.choice(
        [
            Bind(f"e{number}", day, row(giver, taker, "child", starts, ends=ends, priority=dice.randint(1, 4))),
            Bind(f"e{number}", day, row(giver, taker, "child", day, ends=day + timedelta(20))),
            Unbind(f"e{number}", day, giver, taker),
            Reorder(f"e{number}", day, taker, tuple(dice.sample(["li", "wu", "an"], dice.randint(1, 2)))),
            amend(dice.choice(["li", "wu", "an", "bo"]), day, f"e{number}", **{name: facts[name]}),
            Deposit(f"e{number}", day, "wu", 100),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_papers_that_come_in_any_order_leave_the_book_sound(ledger, library, seed):
    people = employee("li"), employee("wu"), employee("an"), resident("bo")
    rows = [row("li", "bo", "child", ends=date(2025, 8, 31)), row("wu", "bo", "sibling", priority=2)]
    home = put(ledger, library.book, household(*people, rows=rows))
    dice = Random(seed)
    done = [record(ledger, library, home, papers(dice, number)).recorded for number in range(60)]
    assert 8 < sum(done) < 60
    sound(ledger, library, home)
