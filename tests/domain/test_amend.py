"""Amendments: facts of a person that hold from a day on, and what a refund sees of them."""

from datetime import date, timedelta

import pytest

from famgui.domain.household import Amend, Bind, Premium
from famgui.domain.person import amended
from famgui.domain.timeline import Running
from tests.domain.building import (
    DAY,
    FUJIAN,
    back,
    codes,
    computed,
    deposit,
    employee,
    household,
    item,
    money,
    paid,
    purchase,
    resident,
    row,
    together,
    visit,
)

NEXT = DAY + timedelta(1)


def amend(person, day=DAY, handle="a1", **facts):
    return Amend(handle, day, person, tuple(facts.items()))


def test_who_loses_the_account_still_pays_for_own_visits(book):
    events = (amend("wang", insurance="resident"), purchase("wang", "30.00"))
    done = computed(book, employee("wang"), accounts={"wang": money("20.00")}, events=events)
    assert paid(done.outcomes[1]) == {"wang": 2000, "cash": 1000}
    assert done.balances["wang"] == money()


def test_who_loses_the_account_pays_for_nobody_else_and_takes_deposits(book):
    events = (
        amend("li", has_account=False),
        purchase("wang", "30.00"),
        deposit("5.00"),
        Premium("p1", date(2025, 10, 1), "li", "resident-2026", ("mei",)),
    )
    people = employee("wang"), employee("li"), resident("mei")
    rows = [row("li", "wang"), row("li", "mei")]
    done = computed(book, *people, accounts={"li": money("900.00")}, rows=rows, events=events)
    assert codes(done.outcomes[1]) == {("NO_ACCOUNT", "li")}
    assert done.outcomes[2].status == "settled"
    assert codes(done.outcomes[3]) == {("NO_ACCOUNT", "mei")}
    assert done.balances["li"] == money("905.00")


def test_an_account_got_since_does_not_pay_for_an_older_visit(book):
    events = (
        purchase("mei", "30.00"),
        amend("mei", insurance="employee"),
        deposit("50.00", account="mei"),
        back(("drug", "10.00")),
    )
    done = computed(book, resident("mei"), events=events)
    assert paid(done.outcomes[3]) == {"cash": 2000}
    assert done.balances["mei"] == money("50.00")


def test_a_refund_leaves_the_authorizers_of_the_visit_in_line(book):
    events = (purchase("wang", "30.00"), amend("li", insurance="none"), back(("drug", "10.00"), day=NEXT))
    done = together(book, *events)
    assert paid(done.outcomes[2]) == {"li": 2000}
    assert done.outcomes[2].status == "settled"


def test_a_refund_sees_the_patient_as_at_the_visit(book):
    bill = visit("wang", item("500.00"), level="community")
    before = computed(book, employee("wang"), events=[bill, back(("drug", "100.00"))])
    events = [bill, amend("wang", insurance="resident", status="retired"), back(("drug", "100.00"))]
    after = computed(book, employee("wang"), events=events)
    assert after.outcomes[2].settlement == before.outcomes[1].settlement
    assert after.outcomes[2].settlement.pool == 28000


@pytest.mark.parametrize(
    ("person", "facts", "has"),
    [
        (resident("x"), {"insurance": "employee"}, True),
        (employee("x"), {"insurance": "resident"}, False),
        (employee("x"), {"insurance": "none"}, False),
        (employee("x", has_account=False), {"insurance": "employee"}, True),
        (resident("x"), {"insurance": "employee", "has_account": False}, False),
        (employee("x"), {"insurance": "resident", "has_account": True}, False),
        (resident("x"), {"has_account": True}, False),
        (employee("x", has_account=False), {"has_account": True}, True),
        (employee("x"), {"has_account": False}, False),
        (employee("x"), {"status": "retired"}, True),
        (employee("x", has_account=False), {"status": "retired"}, False),
    ],
)
def test_the_account_goes_with_the_kind_of_insurance(person, facts, has):
    assert amended(person, facts.items()).has_account is has


def test_a_first_account_is_empty_and_an_old_one_keeps_its_money(book):
    events = (amend("mei", insurance="employee"), amend("li", insurance="resident"), amend("li", insurance="employee"))
    done = computed(book, resident("mei"), employee("li"), accounts={"li": money("7.00", "1.00")}, events=events)
    assert done.balances == {"mei": money(), "li": money("7.00", "1.00")}
    assert [outcome.status for outcome in done.outcomes] == ["settled"] * 3


def test_facts_hold_from_their_place_in_the_order_of_events(book):
    bill = visit("wang", item("100.00"), level="community")
    moved = amend("wang", insured_place=FUJIAN)
    early = computed(book, employee("wang"), events=[moved, bill])
    late = computed(book, employee("wang"), events=[bill, moved])
    assert [early.outcomes[1].settlement.pool, late.outcomes[0].settlement.pool] == [0, 7000]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"suspended": DAY}, {("SUSPENDED", "mei")}),
        ({"suspended": DAY - timedelta(1)}, {("SUSPENDED", "mei")}),
        ({"suspended": NEXT}, set()),
        ({"suspended": None}, set()),
    ],
)
def test_who_is_suspended_is_not_bound_anew(book, facts, found):
    events = (amend("mei", **facts), Bind("b1", DAY, row("li", "mei", starts=DAY)))
    done = computed(book, employee("li"), resident("mei"), events=events)
    assert codes(done.outcomes[1]) == found


def test_suspension_is_named_after_the_relation_and_before_the_overlap(book):
    events = (Bind("b1", DAY, row("li", "mei", "in-law", starts=DAY)),)
    people = employee("li", suspended=DAY), resident("mei", suspended=DAY)
    done = computed(book, *people, rows=[row("li", "mei")], events=events)
    assert [(problem.code, problem.subject) for problem in done.outcomes[0].problems] == [
        ("RELATION_NOT_ALLOWED", "mei"),
        ("SUSPENDED", "li"),
        ("SUSPENDED", "mei"),
        ("DUPLICATE_BINDING", "mei"),
    ]


def test_standing_bindings_go_on_while_insurance_is_suspended(book):
    events = (amend("li", suspended=DAY), amend("wang", handle="a2", suspended=DAY), purchase("wang", "30.00"))
    done = together(book, *events)
    assert paid(done.outcomes[2]) == {"li": 3000}


def test_a_fork_tries_an_amendment_without_changing_anybody(book):
    running = Running(household(employee("li"), resident("mei")), book("430200"))
    fork = running.fork()
    fork.apply(amend("mei", insurance="employee"))
    assert fork.persons["mei"].has_account and fork.balances.keys() == {"li", "mei"}
    assert running.persons["mei"] == resident("mei") and running.balances.keys() == {"li"}


def test_who_is_amended_stays_in_the_households_order(book):
    running = Running(household(employee("li"), resident("mei")), book("430200"))
    running.apply(amend("li", tier="1", status="retired", insured_place=FUJIAN, concession="orphan"))
    assert list(running.persons.values()) == [
        employee("li", FUJIAN, tier="1", status="retired", concession="orphan"),
        resident("mei"),
    ]
