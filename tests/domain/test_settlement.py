"""One visit: pool, own account, authorizers in their order, cash."""

from datetime import timedelta

import pytest

from famgui.base.wording import Wording
from famgui.domain.benefit import YearToDate
from famgui.domain.trace import NO_POOL_RULE
from famgui.domain.waterfall import Terms
from famgui.files.sentence import step_sentence
from tests.domain.building import (
    DAY,
    ZHUZHOU,
    codes,
    computed,
    employee,
    fen,
    item,
    money,
    outcome_of,
    paid,
    purchase,
    resident,
    row,
    shared_with_mei,
    visit,
)

BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


def test_pool_own_account_and_authorizer_pay_in_turn(book):
    bill = visit("wang", item("600.00"), item("50.00", "C", name="c"))
    found = outcome_of(
        book,
        bill,
        employee("wang"),
        employee("li"),
        accounts={"wang": money("120.00"), "li": money("200.00")},
        rows=[row("li", "wang")],
    )
    assert found.status == "settled"
    assert (found.settlement.pool, found.settlement.deductible, found.settlement.ratio) == (30000, 10000, 6000)
    assert paid(found) == {"wang": 12000, "li": 20000, "cash": 3000}
    assert found.settlement.person_part == 35000


def test_accounts_pay_only_what_the_pool_left(book):
    found = outcome_of(book, visit("wang", item("600.00")), employee("wang"), accounts={"wang": money("900.00")})
    assert (found.settlement.pool, paid(found)) == (30000, {"wang": 30000})


def test_a_pool_that_pays_more_than_accounts_may_leaves_them_nothing(book):
    bill = visit("wang", item("600.00", "A", "service"), kind="inpatient", pool_paid=fen("600.00"))
    found = outcome_of(book, bill, employee("wang"), accounts={"wang": money("900.00")})
    assert paid(found) == {}


@pytest.mark.parametrize(("held", "cash"), [("99.99", 1), ("100.00", 0), ("100.01", 0)])
def test_a_balance_exhausted_to_the_fen(book, held, cash):
    found = shared_with_mei(book, purchase("mei", "100.00"), li=money(held))
    assert (found.settlement.cash, found.status, codes(found)) == (cash, "settled", set())


def test_the_next_authorizer_pays_only_what_the_first_could_not(book):
    assert paid(shared_with_mei(book, purchase("mei", "100.00"), li=money("60.00"), zhao=money("60.00"))) == {
        "li": 6000,
        "zhao": 4000,
    }
    assert paid(shared_with_mei(book, purchase("mei", "60.00"), li=money("60.00"), zhao=money("60.00"))) == {"li": 6000}


def test_prior_years_money_is_spent_first(book):
    found = shared_with_mei(book, purchase("mei", "50.00"), li=money("100.00", "30.00"))
    assert found.settlement.payments[0].draw == money("20.00", "30.00")


@pytest.mark.parametrize(
    ("order", "payers"),
    [
        ("priority", {"a": 3000, "b": 2000}),
        ("latest-bound", {"c": 5000}),
        ("balance-desc", {"b": 5000}),
        ("single", {"a": 3000, "cash": 2000}),
        (None, {"a": 3000, "b": 2000}),
    ],
)
def test_the_four_orders(book, order, payers):
    rows = [
        row("c", "mei", priority=3, starts=BEFORE),
        row("a", "mei", priority=1),
        row("b", "mei", priority=2),
    ]
    accounts = {"a": money("30.00"), "b": money("90.00"), "c": money("50.00")}
    persons = [resident("mei"), *map(employee, accounts)]
    event = purchase("mei", "50.00")
    assert paid(outcome_of(book, event, *persons, accounts=accounts, rows=rows, terms=Terms(order))) == payers


def test_the_own_account_may_come_last(book):
    persons = employee("wang"), employee("li")
    more = {"accounts": {"wang": money("80.00"), "li": money("70.00")}, "rows": [row("li", "wang")]}
    event = purchase("wang", "100.00")
    assert paid(outcome_of(book, event, *persons, terms=Terms(own_first=True), **more)) == {"wang": 8000, "li": 2000}
    assert paid(outcome_of(book, event, *persons, terms=Terms(own_first=False), **more)) == {"li": 7000, "wang": 3000}


def test_with_the_own_account_last_an_absent_authorizer_is_named_though_no_cash_is_due(book):
    found = outcome_of(
        book,
        purchase("wang", "10.00"),
        employee("wang"),
        employee("li"),
        accounts={"wang": money("80.00"), "li": money("70.00")},
        rows=[row("li", "wang", ends=BEFORE)],
        terms=Terms(own_first=False),
    )
    assert codes(found) == {("BIND_EXPIRED", "li")}
    assert (found.status, paid(found)) == ("partly", {"wang": 1000})


def test_an_absent_authorizer_is_not_named_when_nothing_is_due_at_the_shared_turn(book):
    found = outcome_of(
        book,
        purchase("wang", "80.00"),
        employee("wang"),
        employee("li"),
        accounts={"wang": money("80.00"), "li": money("70.00")},
        rows=[row("li", "wang", ends=BEFORE)],
    )
    assert (found.status, codes(found)) == ("settled", set())


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"starts": AFTER}, "BIND_NOT_STARTED"),
        ({"ends": BEFORE}, "BIND_EXPIRED"),
        ({"unbound_on": DAY}, "UNBOUND"),
        ({"relation": "in-law"}, "RELATION_NOT_ALLOWED"),
    ],
)
def test_an_authorizer_who_cannot_pay_is_named(book, more, code):
    found = outcome_of(
        book,
        purchase("mei", "10.00"),
        resident("mei"),
        employee("li"),
        accounts={"li": money("70.00")},
        rows=[row("li", "mei", **more)],
    )
    assert (codes(found), paid(found)) == ({(code, "li")}, {"cash": 1000})


@pytest.mark.parametrize("more", [{"starts": DAY}, {"ends": DAY}, {"unbound_on": AFTER}])
def test_first_and_last_day_and_the_eve_of_unbinding_pay(book, more):
    found = outcome_of(
        book,
        purchase("mei", "10.00"),
        resident("mei"),
        employee("li"),
        accounts={"li": money("70.00")},
        rows=[row("li", "mei", **more)],
    )
    assert (codes(found), paid(found)) == (set(), {"li": 1000})


@pytest.mark.parametrize(
    ("before", "pool", "found"), [("1200.00", 30000, set()), ("1200.01", 29999, {("CAP_REACHED", "wang")})]
)
def test_a_cap_exactly_reached_is_not_named(book, before, pool, found):
    outcome = outcome_of(
        book,
        visit("wang", item("600.00")),
        employee("wang"),
        used={("wang", 2025, "outpatient"): YearToDate(fen(before))},
    )
    assert (outcome.settlement.pool, codes(outcome), outcome.status) == (pool, found, "settled")


@pytest.mark.parametrize(("status", "pool"), [("active", 10000), ("flexible", 10000), ("retired", 30000)])
def test_the_cap_goes_by_status_and_flexible_is_active(book, status, pool):
    used = {("wang", 2025, "outpatient"): YearToDate(fen("1400.00"))}
    found = outcome_of(book, visit("wang", item("600.00")), employee("wang", status=status), used=used)
    assert found.settlement.pool == pool


def test_a_met_deductible_leaves_none(book):
    used = {("wang", 2025, "outpatient"): YearToDate(0, (0, 0, 0, 30000), 30000)}
    found = outcome_of(book, visit("wang", item("600.00")), employee("wang"), used=used).settlement
    assert (found.deductible, found.pool) == (0, 36000)


def test_a_deductible_met_without_pool_payment_counts(book):
    found = computed(book, employee("wang"), events=[visit("wang", item("80.00"))])
    assert found.used == {("wang", 2025, "outpatient"): YearToDate(0, (0, 0, 0, 8000), 8000)}


def test_half_a_fen_of_pool_money_is_rounded_up(book):
    found = outcome_of(book, visit("wang", item("0.05"), level="community"), employee("wang")).settlement
    assert (found.pool, found.cash) == (4, 1)


def test_chronic_costs_count_up_to_the_diseases_limit_without_deductible_or_cap(book):
    event = visit("mei", item("600.00"), kind="chronic", disease_limit=fen("400.00"))
    found = outcome_of(book, event, resident("mei")).settlement
    assert (found.pool, found.deductible, found.split.in_scope) == (28000, 0, 60000)


@pytest.mark.parametrize(("stated", "pool"), [("50.00", 5000), ("100.00", 10000), ("100.01", 10000)])
def test_a_hospital_stays_pool_share_is_what_the_receipt_says_within_scope(book, stated, pool):
    event = visit("wang", item("100.00"), item("20.00", "C", name="c"), kind="inpatient", pool_paid=fen(stated))
    found = computed(book, employee("wang"), events=[event])
    done = found.outcomes[0].settlement
    assert (done.pool, done.deductible, done.ratio) == (pool, 0, 0)
    assert not found.used


def test_without_a_rule_the_pool_pays_nothing_and_the_rest_flows_on(book):
    found = outcome_of(book, visit("mei", item("10.00")), resident("mei"))
    assert (found.settlement.pool, found.settlement.ratio, found.status) == (0, 0, "settled")


@pytest.mark.parametrize(
    ("place", "clause", "weak"),
    [("420100", "HB-21", True), ("360000", "JX-21", True), (ZHUZHOU, "HN-58", True), ("110000", "N-23", False)],
)
def test_at_a_pharmacy_the_step_says_that_it_was_reckoned_without_the_pool(book, place, clause, weak):
    settled = outcome_of(book, purchase("wang", "10.00", place=place), employee("wang", place), place=place).settlement
    step = next(step for step in settled.steps if step.name in NO_POOL_RULE)
    assert (step.name, step.clause, step.weak) == ("pool-without", clause, weak)
    for language in ("zh", "en"):
        assert clause in step_sentence(step, {}, Wording(language))
    assert step_sentence(step._replace(clause=""), {}, Wording("zh")) == "统筹 0.00：按“不走统筹”计"


def test_every_payment_has_a_step_and_every_step_of_money_a_clause(book):
    outcome = outcome_of(
        book,
        visit("wang", item("600.00")),
        employee("wang"),
        employee("li"),
        accounts={"wang": money("10.00"), "li": money("20.00")},
        rows=[row("li", "wang")],
    )
    steps = outcome.settlement.steps
    assert [step.name for step in steps] == ["split", "deductible", "pool", "person", "own", "shared", "cash"]
    assert all(step.clause for step in steps)
    assert [(step.account, step.value) for step in steps if step.account] == [("wang", 1000), ("li", 2000)]
