"""Premiums paid from an account: windows, prices, once a year, and why not."""

from datetime import date, timedelta

import pytest

from famgui.domain.household import Premium
from tests.domain.building import (
    DAY,
    FUJIAN,
    HUNAN,
    SHANGHAI,
    ZHUZHOU,
    codes,
    computed,
    employee,
    money,
    resident,
    row,
    uninsured,
)

IN_WINDOW = date(2025, 10, 1)


def premium(*persons, day=IN_WINDOW, product="resident-2026", payer="li", handle="p1"):
    return Premium(handle, day, payer, product, persons)


def paid_for(book, *persons, day=IN_WINDOW, held=None, product="resident-2026", rows=None, place=ZHUZHOU):
    """The outcome when Li, with plenty of money, pays for these persons, all bound since 2023."""
    held = held or money("5000.00", "5000.00")
    if rows is None:
        rows = [row("li", person.id, "parent", starts=date(2023, 1, 1)) for person in persons]
    return computed(
        book,
        employee("li", place),
        *persons,
        accounts={"li": held},
        rows=rows,
        events=[premium(*(person.id for person in persons), day=day, product=product)],
        place=place,
    ).outcomes[0]


def lines(outcome):
    return [(line.person, line.amount, line.paid, line.status) for line in outcome.premiums]


@pytest.mark.parametrize(
    ("product", "day", "amount", "inside"),
    [
        ("resident-2025", date(2024, 8, 31), 40000, False),
        ("resident-2025", date(2024, 9, 1), 40000, True),
        ("resident-2025", date(2025, 2, 28), 40000, True),
        ("resident-2025", date(2025, 3, 1), 40000, False),
        ("resident-2026", date(2025, 8, 31), 40000, False),
        ("resident-2026", date(2025, 9, 1), 40000, True),
        ("resident-2026", date(2026, 1, 31), 40000, True),
        ("resident-2026", date(2026, 2, 1), 110000, False),
    ],
)
@pytest.mark.parametrize("place", [ZHUZHOU, HUNAN])
def test_both_edges_of_the_windows_are_in(book, place, product, day, amount, inside):
    found = paid_for(book, resident("mei", place), day=day, product=product, place=place)
    assert lines(found) == [("mei", amount, amount if inside else 0, "settled" if inside else "refused")]
    assert codes(found) == (set() if inside else {("OUT_OF_WINDOW", "mei")})


@pytest.mark.parametrize(
    ("concession", "amount"),
    [
        ("none", 40000),
        ("low-income", 20000),
        ("low-income-margin", 20000),
        ("monitored", 20000),
        ("destitute", 0),
        ("severe-disability", 0),
        ("orphan", 0),
        ("child-without-support", 0),
    ],
)
@pytest.mark.parametrize("product", ["resident-2025", "resident-2026"])
def test_concession_groups_pay_less_inside_and_before_the_window(book, product, concession, amount):
    mei = resident("mei", concession=concession)
    first = date(2024, 9, 1) if product == "resident-2025" else date(2025, 9, 1)
    assert lines(paid_for(book, mei, day=first, product=product)) == [("mei", amount, amount, "settled")]
    assert lines(paid_for(book, mei, day=first - timedelta(1), product=product)) == [("mei", amount, 0, "refused")]


@pytest.mark.parametrize(
    ("product", "day", "amount"),
    [("resident-2025", date(2025, 3, 1), 40000), ("resident-2026", date(2026, 2, 1), 110000)],
)
@pytest.mark.parametrize("concession", ["none", "low-income", "orphan"])
def test_after_the_window_the_late_price_holds_whatever_the_concession(book, product, day, amount, concession):
    found = paid_for(book, resident("mei", concession=concession), day=day, product=product)
    assert lines(found) == [("mei", amount, 0, "refused")]


@pytest.mark.parametrize(("held", "status"), [("400.00", "settled"), ("399.99", "refused")])
def test_a_premium_is_paid_whole_or_not_at_all(book, held, status):
    found = paid_for(book, resident("mei"), held=money(held))
    assert found.status == status
    assert codes(found) == (set() if status == "settled" else {("INSUFFICIENT", "mei")})


def test_nothing_to_pay_counts_as_paid_from_an_empty_account(book):
    assert paid_for(book, resident("mei", concession="orphan"), held=money("0.00")).status == "settled"


def test_after_a_refusal_the_next_person_is_paid_for(book):
    persons = resident("mei"), resident("ma"), resident("bao", concession="low-income")
    found = paid_for(book, *persons, held=money("600.00"))
    assert [status for *_, status in lines(found)] == ["settled", "refused", "settled"]
    assert (found.status, codes(found)) == ("partly", {("INSUFFICIENT", "ma")})


def test_prior_years_money_pays_first(book):
    found = computed(
        book,
        employee("li"),
        resident("mei"),
        accounts={"li": money("300.00", "250.00")},
        rows=[row("li", "mei")],
        events=[premium("mei")],
    )
    assert found.balances == {"li": money("150.00", "0.00")}


@pytest.mark.parametrize(
    ("person", "found"),
    [
        (employee("mei"), {"NOT_INSURED"}),
        (uninsured("mei"), {"NOT_INSURED"}),
        (resident("mei", FUJIAN), {"OTHER_PROVINCE"}),
        (employee("mei", FUJIAN), {"NOT_INSURED", "OTHER_PROVINCE"}),
    ],
)
def test_only_residents_of_the_province_are_paid_for(book, person, found):
    assert codes(paid_for(book, person)) == {(code, "mei") for code in found}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"starts": IN_WINDOW + timedelta(1)}, "BIND_NOT_STARTED"),
        ({"ends": IN_WINDOW - timedelta(1)}, "BIND_EXPIRED"),
        ({"unbound_on": IN_WINDOW}, "UNBOUND"),
        ({"relation": "in-law"}, "RELATION_NOT_ALLOWED"),
    ],
)
def test_a_binding_from_the_payer_must_be_in_force(book, more, code):
    assert codes(paid_for(book, resident("mei"), rows=[row("li", "mei", **more)])) == {(code, "mei")}


def test_a_pair_without_any_row_is_unbound(book):
    assert codes(paid_for(book, resident("mei"), rows=[])) == {("UNBOUND", "mei")}


def test_someone_elses_binding_does_not_help(book):
    found = computed(
        book,
        employee("li"),
        employee("zhao"),
        resident("mei"),
        accounts={"li": money("900.00")},
        rows=[row("zhao", "mei")],
        events=[premium("mei")],
    )
    assert codes(found.outcomes[0]) == {("UNBOUND", "mei")}


def test_a_payer_needs_an_account(book):
    found = computed(book, resident("li"), resident("mei"), rows=[row("li", "mei")], events=[premium("mei")])
    assert codes(found.outcomes[0]) == {("NO_ACCOUNT", "mei")}


def test_every_failed_check_is_named_and_insufficient_only_alone(book):
    found = paid_for(book, employee("mei", FUJIAN), rows=[], day=DAY, held=money("0.00"))
    assert codes(found) == {
        ("NOT_INSURED", "mei"),
        ("OTHER_PROVINCE", "mei"),
        ("UNBOUND", "mei"),
        ("OUT_OF_WINDOW", "mei"),
    }


def test_an_unknown_product_ends_the_checks(book):
    found = paid_for(book, uninsured("mei"), product="moon-insurance", rows=[])
    assert (lines(found), codes(found)) == ([("mei", 0, 0, "refused")], {("OUT_OF_SCOPE", "moon-insurance")})


def several(book, *events):
    return computed(
        book,
        employee("li"),
        employee("zhao"),
        resident("mei"),
        accounts={"li": money("2000.00"), "zhao": money("2000.00")},
        rows=[row(payer, "mei", starts=date(2024, 1, 1)) for payer in ("li", "zhao")],
        events=events,
    ).outcomes


def test_a_premium_is_paid_once_over_all_payers(book):
    first, second = several(book, premium("mei"), premium("mei", payer="zhao", handle="p2"))
    assert (first.status, second.status) == ("settled", "refused")
    assert (codes(second), lines(second)) == ({("ALREADY_PAID", "mei")}, [("mei", 0, 0, "refused")])


def test_a_premium_paid_ends_the_checks_even_outside_the_window(book):
    _, late = several(book, premium("mei"), premium("mei", day=date(2026, 6, 1), handle="p2"))
    assert (codes(late), lines(late)) == ({("ALREADY_PAID", "mei")}, [("mei", 0, 0, "refused")])


def test_the_next_years_premium_is_another_one(book):
    before = premium("mei", day=date(2025, 1, 5), product="resident-2025")
    assert [found.status for found in several(book, before, premium("mei", handle="p2"))] == ["settled", "settled"]


def test_a_refused_premium_may_be_paid_later(book):
    early, later = several(book, premium("mei", day=DAY), premium("mei", handle="p2"))
    assert (early.status, later.status) == ("refused", "settled")


@pytest.mark.parametrize(
    ("place", "held", "status"),
    [
        (FUJIAN, money("2400.00"), "settled"),
        (FUJIAN, money("2000.00", "399.99"), "refused"),
        (SHANGHAI, money("0.00", "400.00"), "settled"),
        (SHANGHAI, money("5000.00", "399.99"), "refused"),
    ],
)
def test_what_may_not_be_shared_pays_no_premium(book, place, held, status):
    found = paid_for(book, resident("mei", place), held=held, place=place)
    assert found.status == status
    assert codes(found) == (set() if status == "settled" else {("INSUFFICIENT", "mei")})
