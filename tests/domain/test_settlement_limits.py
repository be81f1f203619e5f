"""One visit: what accounts may not pay, where they do not, and how much must stay."""

from datetime import timedelta

import pytest

from famgui.domain.waterfall import Terms
from tests.domain.building import (
    ARTICLE_C,
    DAY,
    FUJIAN,
    SHANGHAI,
    codes,
    employee,
    item,
    money,
    outcome_of,
    paid,
    purchase,
    resident,
    row,
    shared_with_mei,
    uninsured,
    visit,
)

BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


def test_what_is_not_designated_is_all_cash(book):
    bill = visit("wang", item("600.00"), item("5.00", category="fitness"), designated=False)
    found = outcome_of(
        book,
        bill,
        employee("wang"),
        employee("li"),
        accounts={"wang": money("80.00")},
        rows=[row("li", "wang", ends=BEFORE)],
    )
    assert paid(found) == {"cash": 60500}
    assert (found.settlement.pool, found.settlement.deductible, found.settlement.split.in_scope) == (0, 0, 60000)
    assert codes(found) == {("NOT_DESIGNATED", "facility"), ("PROHIBITED", "fitness")}


def test_a_facility_of_another_type_counts_as_not_designated(book):
    found = outcome_of(book, visit("wang", item("6.00"), type="other", level=""), employee("wang"))
    assert codes(found) == {("NOT_DESIGNATED", "facility")}


def test_an_empty_bill_names_nothing(book):
    bill = visit("mei", item("0.00"), item("0.00", category="fitness"), designated=False)
    found = outcome_of(book, bill, uninsured("mei"))
    assert (found.status, codes(found), paid(found)) == ("settled", set(), {})


def test_who_is_not_insured_is_named_and_never_refused(book):
    found = outcome_of(book, visit("mei", item("6.00")), uninsured("mei"))
    assert (found.status, codes(found), paid(found)) == ("partly", {("NOT_INSURED", "mei")}, {"cash": 600})


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("wellness", "PROHIBITED"),
        ("fitness", "PROHIBITED"),
        ("public-health", "PROHIBITED"),
        ("health-food", "OUT_OF_SCOPE"),
        ("daily-goods", "OUT_OF_SCOPE"),
    ],
)
def test_what_accounts_may_not_pay_goes_to_cash(book, category, code):
    bill = visit("wang", item("6.00", category=category, name="x"), item("4.00", "C"))
    found = outcome_of(book, bill, employee("wang"), accounts={"wang": money("80.00")})
    assert (codes(found), paid(found)) == ({(code, "x")}, {"wang": 400, "cash": 600})


@pytest.mark.parametrize(
    ("kind", "type_", "found"), [("pharmacy", "pharmacy", {("OUT_OF_SCOPE", "x")}), ("outpatient", "hospital", set())]
)
def test_accounts_pay_services_everywhere_but_at_a_pharmacy(book, kind, type_, found):
    bill = visit("wang", item("6.00", "A", "service", name="x"), kind=kind, type=type_)
    assert codes(outcome_of(book, bill, employee("wang"), accounts={"wang": money("80.00")})) == found


@pytest.mark.parametrize("letter", ["A", "B", "C"])
@pytest.mark.parametrize("category", ["drug", "device", "consumable"])
def test_accounts_pay_every_class_of_the_medical_categories(book, category, letter):
    bill = visit("wang", item("6.00", letter, category), kind="pharmacy", type="pharmacy", level="")
    assert paid(outcome_of(book, bill, employee("wang"), accounts={"wang": money("80.00")})) == {"wang": 600}


@pytest.mark.parametrize(
    ("facility", "cross", "payers", "found"),
    [
        (FUJIAN, False, {"wang": 500, "cash": 500}, {("OTHER_PROVINCE", "a"), ("OTHER_PROVINCE", "b")}),
        (FUJIAN, True, {"wang": 500, "a": 500}, set()),
        ("430100", False, {"wang": 500, "a": 500}, set()),
    ],
)
def test_shared_accounts_stop_at_the_provinces_border(book, facility, cross, payers, found):
    outcome = outcome_of(
        book,
        purchase("wang", "10.00", place=facility),
        employee("wang"),
        employee("a"),
        employee("b"),
        accounts={"wang": money("5.00"), "a": money("90.00")},
        rows=[row("a", "wang", priority=1), row("b", "wang", priority=2)],
        terms=Terms("priority", cross_province=cross),
    )
    assert (paid(outcome), codes(outcome)) == (payers, found)


def test_in_another_province_single_names_the_first_whatever_the_balances(book):
    outcome = outcome_of(
        book,
        purchase("mei", "10.00", place=FUJIAN),
        resident("mei"),
        employee("a"),
        employee("b"),
        accounts={"b": money("90.00")},
        rows=[row("b", "mei", priority=2), row("a", "mei", priority=1)],
        terms=Terms("single"),
    )
    assert codes(outcome) == {("OTHER_PROVINCE", "a")}


def test_the_pool_pays_in_another_province_as_at_home(book):
    event = visit("wang", item("600.00"), place=FUJIAN)
    assert outcome_of(book, event, employee("wang")).settlement.pool == 30000


def test_a_patient_insured_in_another_province_has_the_own_account_alone(book):
    outcome = outcome_of(
        book,
        visit("wang", item("600.00")),
        employee("wang", FUJIAN),
        employee("li"),
        accounts={"wang": money("100.00"), "li": money("900.00")},
        rows=[row("li", "wang")],
    )
    assert (paid(outcome), codes(outcome)) == ({"wang": 10000, "cash": 50000}, {("OTHER_PROVINCE", "li")})


@pytest.mark.parametrize(
    ("held", "share", "found"),
    [
        (money("2100.00"), {"li": 10000}, set()),
        (money("100.00", "2000.00"), {"li": 10000}, set()),
        (money("2099.99"), {"li": 9999, "cash": 1}, {("THRESHOLD", "li")}),
        (money("2000.00"), {"cash": 10000}, {("THRESHOLD", "li")}),
        (money("0.01"), {"cash": 10000}, {("THRESHOLD", "li")}),
        (money(), {"cash": 10000}, set()),
    ],
)
def test_in_fujian_two_thousand_yuan_of_both_buckets_stay(book, held, share, found):
    outcome = shared_with_mei(book, purchase("mei", "100.00", place=FUJIAN), FUJIAN, li=held)
    assert (paid(outcome), codes(outcome)) == (share, found)


@pytest.mark.parametrize(
    ("held", "share", "found"),
    [
        (money("500.00", "100.00"), {"li": 10000}, set()),
        (money("500.00", "60.00"), {"li": 6000, "cash": 4000}, {("PRIOR_YEAR_ONLY", "li")}),
        (money("0.00", "60.00"), {"li": 6000, "cash": 4000}, set()),
        (money("0.01", "0.00"), {"cash": 10000}, {("PRIOR_YEAR_ONLY", "li")}),
    ],
)
def test_in_shanghai_only_prior_years_money_is_shared(book, held, share, found):
    outcome = shared_with_mei(book, purchase("mei", "100.00", place=SHANGHAI), SHANGHAI, li=held)
    assert (paid(outcome), codes(outcome)) == (share, found)


@pytest.mark.parametrize("place", [FUJIAN, SHANGHAI, ARTICLE_C])
def test_limits_of_sharing_do_not_bind_ones_own_account(book, place):
    event = purchase("wang", "100.00", place=place)
    outcome = outcome_of(book, event, employee("wang", place), accounts={"wang": money("100.00")}, place=place)
    assert (paid(outcome), codes(outcome)) == ({"wang": 10000}, set())


@pytest.mark.parametrize(
    ("held", "share", "found"),
    [
        (money("5000.00"), {"li": 7000, "cash": 3000}, {("PAYMENT_LIMIT", "li")}),
        (money("2050.00"), {"li": 5000, "cash": 5000}, {("THRESHOLD", "li")}),
        (money("2000.00"), {"cash": 10000}, {("THRESHOLD", "li")}),
    ],
)
def test_article_c_keeps_two_thousand_and_pays_seven_tenths(book, held, share, found):
    outcome = shared_with_mei(book, purchase("mei", "100.00", place=ARTICLE_C), ARTICLE_C, li=held)
    assert (paid(outcome), codes(outcome), outcome.status) == (share, found, "partly")


def test_article_cs_seven_tenths_are_of_what_is_in_scope_and_of_all_authorizers_together(book):
    bill = visit(
        "mei", item("100.00"), item("50.00", "C", name="c"), kind="pharmacy", type="pharmacy", level="", place=ARTICLE_C
    )
    outcome = shared_with_mei(book, bill, ARTICLE_C, li=money("2040.00"), zhao=money("9000.00"))
    assert paid(outcome) == {"li": 4000, "zhao": 3000, "cash": 8000}
    assert codes(outcome) == {("THRESHOLD", "li"), ("PAYMENT_LIMIT", "zhao")}


def test_article_cs_seven_tenths_round_half_up(book):
    assert paid(shared_with_mei(book, purchase("mei", "0.05", place=ARTICLE_C), ARTICLE_C, li=money("3000.00"))) == {
        "li": 4,
        "cash": 1,
    }


def test_what_accounts_may_not_pay_blames_no_threshold(book):
    bill = visit("mei", item("9.00", category="health-food", name="x"), kind="pharmacy", type="pharmacy", level="")
    assert codes(shared_with_mei(book, bill, FUJIAN, li=money("100.00"))) == {("OUT_OF_SCOPE", "x")}
