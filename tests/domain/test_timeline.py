"""Events one after another: years, deposits, the register."""

from datetime import date, timedelta

import pytest

from famgui.domain.benefit import YearToDate
from famgui.domain.household import Bind, Premium, Unbind
from famgui.domain.timeline import run
from tests.domain.building import (
    DAY,
    SHANGHAI,
    ZHUZHOU,
    back,
    codes,
    computed,
    deposit,
    employee,
    fen,
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

EVE, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)
AFTER = DAY + timedelta(1)


def test_outcomes_are_listed_in_file_order_whatever_the_dates(book):
    found = together(book, deposit("1.00", AFTER, "late"), deposit("1.00", DAY, "early"))
    assert [outcome.event.id for outcome in found.outcomes] == ["late", "early"]


def test_within_a_day_the_file_decides_what_money_is_there(book):
    before = together(book, deposit("5.00"), purchase("wang", "5.00"), held=money("0.00", "0.00"))
    after = together(book, purchase("wang", "5.00"), deposit("5.00"), held=money("0.00", "0.00"))
    assert (paid(before.outcomes[1]), paid(after.outcomes[0])) == ({"li": 500}, {"cash": 500})


def test_deposits_go_to_the_current_bucket(book):
    assert together(book, deposit("5.00"), held=money("1.00", "2.00")).balances["li"] == money("6.00", "2.00")


def test_a_deposit_without_an_account_is_refused(book):
    found = computed(book, resident("mei"), events=[deposit("5.00", account="mei")])
    assert (found.outcomes[0].status, codes(found.outcomes[0])) == ("refused", {("NO_ACCOUNT", "mei")})
    assert found.balances == {}


def test_the_first_event_of_a_later_year_turns_current_into_prior_years_money(book):
    same = together(book, deposit("1.00", EVE), held=money("10.00", "3.00"))
    later = together(book, deposit("1.00", EVE), deposit("2.00", NEW_YEAR, "d2"), held=money("10.00", "3.00"))
    assert (same.balances["li"], later.balances["li"]) == (money("11.00", "3.00"), money("2.00", "14.00"))


def test_the_first_event_turns_nothing(book):
    assert together(book, deposit("1.00", date(2030, 1, 1)), held=money("10.00")).balances["li"] == money("11.00")


def test_in_shanghai_money_becomes_shareable_with_the_new_year(book):
    found = computed(
        book,
        resident("mei", SHANGHAI),
        employee("li", SHANGHAI),
        accounts={"li": money("100.00")},
        rows=[row("li", "mei")],
        events=[purchase("mei", "5.00", EVE, place=SHANGHAI), purchase("mei", "5.00", NEW_YEAR, "v2", SHANGHAI)],
        place=SHANGHAI,
    )
    assert [paid(outcome) for outcome in found.outcomes] == [{"cash": 500}, {"li": 500}]


def test_deductible_and_cap_start_anew_with_the_year(book):
    used = {("wang", 2025, "outpatient"): YearToDate(fen("1500.00"), (0, 0, 0, 30000), 30000)}
    events = [visit("wang", item("600.00"), day=EVE), visit("wang", item("600.00"), day=NEW_YEAR, handle="v2")]
    found = together(book, *events, used=used)
    assert [(done.settlement.deductible, done.settlement.pool) for done in found.outcomes] == [(0, 0), (10000, 30000)]


def test_year_to_date_is_kept_by_person_and_benefit(book):
    events = [
        visit("wang", item("80.00")),
        visit("wang", item("80.00"), handle="v2", kind="inpatient", pool_paid=100),
        visit("li", item("80.00"), handle="v3"),
        visit("wang", item("80.00"), handle="v4", level="secondary"),
    ]
    assert together(book, *events).used == {
        ("wang", 2025, "outpatient"): YearToDate(fen("18.00"), (0, 0, 5000, 8000), 13000),
        ("li", 2025, "outpatient"): YearToDate(0, (0, 0, 0, 8000), 8000),
    }


def test_a_binding_asked_for_pays_from_its_day_on(book):
    events = [
        purchase("mei", "5.00", handle="v1"),
        Bind("b1", DAY, row("li", "mei", "parent", starts=DAY)),
        purchase("mei", "5.00", handle="v2"),
        Unbind("u1", AFTER, "li", "mei"),
        purchase("mei", "5.00", AFTER, "v3"),
    ]
    found = computed(book, resident("mei"), employee("li"), accounts={"li": money("100.00")}, events=events)
    payers = [paid(outcome) for outcome in found.outcomes if outcome.settlement]
    assert payers == [{"cash": 500}, {"li": 500}, {"cash": 500}]
    assert [codes(found.outcomes[0]), codes(found.outcomes[4])] == [set(), {("UNBOUND", "li")}]


def test_a_refused_binding_leaves_no_row(book):
    events = [Bind("b1", DAY, row("li", "mei", "in-law", starts=DAY)), purchase("mei", "5.00")]
    found = computed(book, resident("mei"), employee("li"), accounts={"li": money("100.00")}, events=events)
    assert (found.outcomes[0].status, codes(found.outcomes[0])) == ("refused", {("RELATION_NOT_ALLOWED", "mei")})
    assert (found.outcomes[1].status, codes(found.outcomes[1])) == ("settled", set())


def test_after_unbinding_the_pair_may_be_bound_again_the_same_day(book):
    again = Bind("b1", DAY, row("li", "wang", starts=DAY))
    refused = together(book, again)
    assert codes(refused.outcomes[0]) == {("DUPLICATE_BINDING", "wang")}
    allowed = together(book, Unbind("u1", DAY, "li", "wang"), again, purchase("wang", "5.00"))
    assert [outcome.status for outcome in allowed.outcomes] == ["settled"] * 3
    assert paid(allowed.outcomes[2]) == {"li": 500}


def test_unbinding_ends_every_open_row_of_the_pair(book):
    rows = [
        row("li", "mei", ends=DAY),
        row("li", "mei", starts=AFTER, ends=EVE),
        row("li", "wang"),
    ]
    events = [
        Unbind("u1", DAY, "li", "mei"),
        purchase("mei", "5.00"),
        purchase("mei", "5.00", AFTER, "v2"),
        purchase("wang", "5.00", AFTER, "v3"),
    ]
    found = computed(
        book,
        resident("mei"),
        employee("wang"),
        employee("li"),
        accounts={"li": money("100.00")},
        rows=rows,
        events=events,
    )
    assert [codes(outcome) for outcome in found.outcomes[1:]] == [{("UNBOUND", "li")}, {("UNBOUND", "li")}, set()]


@pytest.mark.parametrize("more", [{"ends": DAY - timedelta(1)}, {"unbound_on": DAY}])
def test_unbinding_what_is_not_open_is_refused(book, more):
    found = computed(
        book,
        resident("mei"),
        employee("li"),
        rows=[row("li", "mei", **more)],
        events=[Unbind("u1", DAY, "li", "mei")],
    )
    assert (found.outcomes[0].status, codes(found.outcomes[0])) == ("refused", {("UNBOUND", "mei")})


def test_a_standing_row_that_could_never_be_allowed_does_not_pay(book):
    found = computed(
        book,
        resident("mei"),
        resident("ma"),
        employee("li"),
        accounts={"li": money("100.00")},
        rows=[row("ma", "mei"), row("li", "mei", "other")],
        events=[purchase("mei", "5.00")],
    )
    assert codes(found.outcomes[0]) == {("NO_ACCOUNT", "ma"), ("RELATION_NOT_ALLOWED", "li")}


def test_a_permitted_row_silences_the_pairs_other_rows(book):
    found = computed(
        book,
        resident("mei"),
        employee("li"),
        accounts={"li": money("100.00")},
        rows=[row("li", "mei", "other", priority=1), row("li", "mei", "parent", priority=2)],
        events=[purchase("mei", "5.00")],
    )
    assert (codes(found.outcomes[0]), paid(found.outcomes[0])) == (set(), {"li": 500})


def test_a_premium_and_a_visit_draw_on_the_same_account(book):
    day = date(2025, 9, 1)
    events = [Premium("p1", day, "li", "resident-2026", ("mei",)), purchase("mei", "60.00", day)]
    found = computed(
        book,
        resident("mei"),
        employee("li"),
        accounts={"li": money("450.00")},
        rows=[row("li", "mei")],
        events=events,
        place=ZHUZHOU,
    )
    assert paid(found.outcomes[1]) == {"li": 5000, "cash": 1000}


def test_a_household_is_not_changed_by_computing_it(book):
    home = household(
        employee("wang"),
        employee("li"),
        accounts={"li": money("100.00")},
        rows=[row("li", "wang")],
        events=[visit("wang", item("600.00")), back(("drug", "20.00")), Unbind("u1", AFTER, "li", "wang")],
        used={("wang", 2025, "outpatient"): YearToDate(100, (0, 0, 0, 0), 0)},
    )
    assert run(home, book(ZHUZHOU)) == run(home, book(ZHUZHOU))
