"""Putting back a refund and taking a visit back to be mended: to the fen as it was, or offered and not done."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Premium, Refund
from famgui.domain.settlement import Visit
from famgui.store.audit import trail
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.ledger import accounts
from famgui.usecase.record import record_event, record_events
from famgui.usecase.undo import mend, put_back, standing_bill, take_way, ways_back
from tests.domain.building import DAY, employee, household, item, purchase, resident, row, visit
from tests.store.making import NOW, everything, new_book, put

LATER = date(2025, 9, 1)


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def pair(ledger, library):
    """w with little money, who may use l's account."""
    persons = employee("w"), employee("l")
    held = {"w": Balance(10_000, 500), "l": Balance(100_000, 20_000)}
    return put(ledger, library.book, household(*persons, accounts=held, rows=[row("l", "w")]))


@pytest.fixture
def record(ledger, library, pair):
    def record(*events):
        done = record_events(ledger, library.book, pair, events, now=NOW)
        assert done.recorded, done.refused
        assert examine(ledger, library.book) == ()

    return record


def balances(ledger, home):
    return {line.handle: line.total for line in accounts(ledger, home)}


def settled(ledger, library, home, handle):
    live = load(ledger, library.book, home)
    return next(outcome.settlement for outcome in live.outcomes if outcome.event.id == handle)


def test_a_whole_refund_of_the_same_day_is_put_back_as_it_was(ledger, library, pair, record):
    record(visit("w", item("900.00")))
    after = balances(ledger, pair)
    record(Refund("r1", DAY, "v1", None, "重复收费"))
    found = put_back(ledger, library.book, pair, "r1", now=NOW)
    assert found.done is not None and found.done.recorded
    assert balances(ledger, pair) == after
    assert settled(ledger, library, pair, "v2")[1:9] == settled(ledger, library, pair, "v1")[1:9]
    with ledger.read() as connection:
        assert [line.action for line in trail(connection, pair, ["v1", "r1", "v2"])] == [
            "record visit",
            "record refund",
            "undo visit",
        ]
    assert examine(ledger, library.book) == ()


def test_a_partial_refund_is_undone_in_one_transaction(ledger, library, pair, record):
    record(visit("w", item("900.00", name="a"), item("60.00", "C", name="b")))
    after = balances(ledger, pair)
    record(Refund("r1", DAY, "v1", (("a", 90_000),)))
    assert balances(ledger, pair) != after
    found = put_back(ledger, library.book, pair, "r1", now=NOW, reason="撤销 r1")
    assert found.done is not None and [one.outcome.event.id for one in found.done.each] == ["r2", "v2"]
    live = load(ledger, library.book, pair)
    assert live.household.events[-2] == Refund("r2", DAY, "v1", None, "撤销 r1")
    assert live.household.events[-1].items == live.household.events[0].items
    assert balances(ledger, pair) == after
    assert examine(ledger, library.book) == ()


def test_only_the_bill_of_that_moment_is_put_back(ledger, library, pair, record):
    record(visit("w", item("900.00", name="a"), item("60.00", "C", name="b")))
    record(Refund("r1", DAY, "v1", (("a", 40_000), ("b", 6_000))))
    record(Refund("r2", DAY, "v1"))
    household_now = load(ledger, library.book, pair).household
    assert standing_bill(household_now, "v1") == ()
    assert [found.amount for found in standing_bill(household_now, "v1", "r2")] == [50_000]
    assert [found.amount for found in standing_bill(household_now, "v1", "r1")] == [90_000, 6_000]
    assert put_back(ledger, library.book, pair, "r2", now=NOW).done is not None
    assert [found.amount for found in load(ledger, library.book, pair).household.events[-1].items] == [50_000]


def test_what_would_come_out_otherwise_is_offered_and_not_done(ledger, library, pair, record):
    """The money of the visit's own day does not come back to that day, and some of it has been spent since."""
    record(visit("w", item("900.00")))
    record(Refund("r1", LATER, "v1"), purchase("w", "20.00", LATER, "v2"))
    before = everything(ledger.path)
    found = put_back(ledger, library.book, pair, "r1", now=NOW)
    assert found.done is None and found.refused is None
    assert everything(ledger.path) == before
    own_day, refund_day = found.ways
    assert (own_day.visit.date, own_day.same, own_day.other_day) == (DAY, False, False)
    assert ("own", "w", 10_500, 0) in own_day.differences
    assert sum(now - was for *_, was, now in own_day.differences) == 0, "the bill is the same"
    assert (refund_day.visit.date, refund_day.same, refund_day.stated) == (LATER, False, False)
    assert ("own", "w", 10_500, 8_500) in refund_day.differences
    done = take_way(ledger, library.book, pair, refund_day, now=NOW)
    assert done.done is not None and done.done.recorded and done.way == refund_day
    assert examine(ledger, library.book) == ()


def test_what_comes_out_the_same_under_the_day_of_the_refund_is_done(ledger, library, pair, record):
    record(visit("w", item("900.00")))
    after = balances(ledger, pair)
    record(Refund("r1", LATER, "v1"))
    found = put_back(ledger, library.book, pair, "r1", now=NOW)
    assert found.way.same and (found.way.visit.date, found.way.stated) == (LATER, False)
    assert balances(ledger, pair) == after
    assert examine(ledger, library.book) == ()


def test_a_visit_keeps_the_year_to_date_it_had(ledger, library, pair, record):
    """On its own day the visit that was taken back later still counts; the one put back must not rest on it."""
    record(*(visit("w", item("250.00"), handle=handle) for handle in ("v00", "v0", "v1")))
    first, after = settled(ledger, library, pair, "v1"), balances(ledger, pair)
    used = load(ledger, library.book, pair).running.used
    record(Refund("r1", date(2026, 2, 1), "v1"))
    found = put_back(ledger, library.book, pair, "r1", now=NOW)
    assert found.done is not None and found.way.stated and not found.way.other_day
    again = settled(ledger, library, pair, "v2")
    assert (again.pool, again.own, again.shared, again.cash) == (first.pool, first.own, first.shared, first.cash)
    assert balances(ledger, pair) == after
    assert load(ledger, library.book, pair).running.used == used, "only what the visit itself added"
    assert examine(ledger, library.book) == ()


def test_only_the_last_refund_is_undone(ledger, library, pair, record):
    record(visit("w", item("900.00")), Refund("r1", DAY, "v1", (("drug", 10_000),)), Refund("r2", DAY, "v1"))
    found = put_back(ledger, library.book, pair, "r1", now=NOW)
    assert [refusal.code for refusal in found.refused.refusals] == ["NOT_LAST_REFUND"]


def test_ways_are_refused_with_the_rules(ledger, library, pair, record):
    record(visit("w", item("900.00")), Refund("r1", DAY, "v1"))
    bare = type(library.book("430200"))("430200", ())
    found = put_back(ledger, lambda _: bare, pair, "r1", now=NOW)
    assert [refusal.code for refusal in found.refused.refusals] == ["RULES_CHANGED"]


def test_a_visit_to_be_mended_is_taken_back_on_its_own_day_where_nothing_rests_on_it(ledger, library, pair, record):
    before = balances(ledger, pair)
    record(visit("w", item("900.00")), Deposit("d1", LATER, "l", 100))
    found = mend(ledger, library.book, pair, "v1", "金额录错", now=NOW)
    assert found.done.recorded and found.same
    assert found.done.outcome.event == Refund("r1", DAY, "v1", None, "金额录错")
    assert found.visit.date == DAY
    assert balances(ledger, pair) == before | {"l": before["l"] + 100}
    again = record_event(ledger, library.book, pair, replace(found.visit, id="v2"), now=NOW)
    assert again.outcome.settlement.own == 10_500, "as if it had been typed so at first"
    assert examine(ledger, library.book) == ()


def test_a_visit_on_which_others_rest_is_taken_back_on_the_last_day(ledger, library, pair, record):
    record(visit("w", item("900.00")), purchase("w", "20.00", LATER, "v2"))
    found = mend(ledger, library.book, pair, "v1", "金额录错", now=NOW)
    assert found.done.outcome.event.date == LATER
    assert (found.same, found.visit.date) == (True, LATER), "on that day the money is back"
    with ledger.read() as connection:
        assert trail(connection, pair, ["r1"])[0].action == "correct refund"


def test_what_is_left_after_a_refund_is_what_is_mended(ledger, library, pair, record):
    record(visit("w", item("900.00", name="a"), item("60.00", "C", name="b")))
    record(Refund("r1", DAY, "v1", (("b", 6_000),)))
    found = mend(ledger, library.book, pair, "v1", "", now=NOW)
    assert [one.name for one in found.visit.items] == ["a"]
    again = mend(ledger, library.book, pair, "v1", "", now=NOW)
    assert [refusal.code for refusal in again.done.refusals] == ["refund-already-whole"]
    assert again.visit is None


def test_every_way_leaves_the_household_loadable(ledger, library, pair, record):
    record(visit("w", item("900.00")), Refund("r1", DAY, "v1"))
    ways = ways_back(load(ledger, library.book, pair), "r1")
    assert isinstance(ways, tuple) and len(ways) == 1
    assert isinstance(ways[0].events[-1], Visit)


def test_a_correction_whose_money_comes_back_to_a_bucket_that_later_paid(library, tmp_path):
    """Taken back on its own day, the visit's prior years' money would have paid the premium that came after it."""
    home = household(
        employee("w"), resident("c"), accounts={"w": Balance(100_000, 10_000)}, rows=[row("w", "c", "child")]
    )
    with new_book(tmp_path) as book:
        number = put(book, library.book, home)
        for event in (
            purchase("w", "100.00", date(2025, 5, 1)),
            Premium("p1", date(2025, 11, 1), "w", "resident-2026", ("c",)),
        ):
            assert record_event(book, library.book, number, event, now=NOW).recorded
        mended = mend(book, library.book, number, "v1", "单价录错", now=NOW)
        assert mended.same
        assert accounts(book, number)[0].total == 70_000
        assert list(examine(book, library.book)) == []


def test_a_refund_dated_before_one_already_recorded_is_refused(library, tmp_path):
    with new_book(tmp_path) as book:
        number = put(book, library.book, household(employee("w"), accounts={"w": Balance(100_000)}))
        for event in (
            purchase("w", "100.00", date(2025, 5, 1)),
            Refund("r1", date(2025, 5, 9), "v1", (("drug", 1000),)),
        ):
            assert record_event(book, library.book, number, event, now=NOW).recorded
        found = record_event(book, library.book, number, Refund("r2", date(2025, 5, 5), "v1", (("drug", 0),)), now=NOW)
        assert [refusal.code for refusal in found.refusals] == ["BACKDATED"]
        assert list(examine(book, library.book)) == []
