"""Several events in one transaction, tried or recorded, and what the audit trail keeps of each."""

from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Deposit, Refund, Unbind
from famgui.store.audit import trail
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.ledger import accounts
from famgui.usecase.record import record_event, record_events, try_events
from tests.domain.building import DAY, employee, household, item, purchase, resident, row, visit
from tests.store.making import NOW, everything, new_book, put


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def family(ledger, library):
    """w with little money, who may use l's account; c is a resident."""
    return put(
        ledger,
        library.book,
        household(
            employee("w"),
            employee("l"),
            resident("c"),
            accounts={"w": Balance(10_000, 500), "l": Balance(100_000, 20_000)},
            rows=[row("l", "w"), row("l", "c", "child")],
        ),
    )


def entries(ledger, family, *handles):
    with ledger.read() as connection:
        return [(line.action, line.detail) for line in trail(connection, family, handles)]


def test_all_are_recorded_with_an_audit_entry_each(family, ledger, library):
    events = [Deposit(f"d{n}", date(2025, n, 1), "w", 1_000) for n in range(1, 13)]
    before = len(everything(ledger.path)["audit"])
    done = record_events(ledger, library.book, family, events, now=NOW)
    assert done.recorded and done.index is None
    assert [one.outcome.event for one in done.each] == events
    assert all(one.recorded for one in done.each)
    assert len(done.changes.events) == 12 and done.changes.postings
    assert accounts(ledger, family)[0].current == 22_000
    assert len(everything(ledger.path)["audit"]) == before + 12
    assert entries(ledger, family, "d3") == [("record deposit", "d3")]
    assert examine(ledger, library.book) == ()


def test_each_is_computed_on_what_the_ones_before_left(family, ledger, library):
    events = [
        visit("w", item("900.00")),
        Refund("r1", DAY, "v1", (("drug", 40_000),)),
        purchase("w", "5.00", DAY, "v2"),
    ]
    one_by_one = [record_event(ledger, library.book, family, event, now=NOW).outcome for event in events]
    with new_book(ledger.path.parent, "other.sqlite") as other:
        home = put(
            other,
            library.book,
            load(ledger, library.book, family).household.__class__(
                "430200",
                (employee("w"), employee("l"), resident("c")),
                {"w": Balance(10_000, 500), "l": Balance(100_000, 20_000)},
                (row("l", "w"), row("l", "c", "child")),
            ),
        )
        assert try_events(load(other, library.book, home), events) == tuple(one_by_one)
        done = record_events(other, library.book, home, events, now=NOW)
        assert [found.outcome for found in done.each] == one_by_one
        assert examine(other, library.book) == ()


@pytest.mark.parametrize("place", [0, 1, 4])
def test_the_first_that_is_refused_takes_all_back(family, ledger, library, place):
    events = [Deposit(f"d{n}", DAY, "w", 1_000) for n in range(4)]
    events.insert(place, Deposit("wrong", DAY, "c", 1_000))
    load(ledger, library.book, family)
    before = everything(ledger.path)
    done = record_events(ledger, library.book, family, events, now=NOW)
    assert not done.recorded and done.each == () and not done.changes
    assert done.index == place
    assert [problem.code for problem in done.refused.outcome.problems] == ["NO_ACCOUNT"]
    assert everything(ledger.path) == before
    assert record_events(ledger, library.book, family, [Deposit("d0", DAY, "w", 1)], now=NOW).recorded, "d0 is free"
    assert examine(ledger, library.book) == ()


def test_a_handle_used_twice_in_one_go_is_refused(family, ledger, library):
    events = [Deposit("d", DAY, "w", 1), Deposit("d", DAY, "w", 2)]
    done = record_events(ledger, library.book, family, events, now=NOW)
    assert (done.index, [refusal.code for refusal in done.refused.refusals]) == (1, ["duplicate-id"])


def test_nothing_to_record_is_nothing_recorded(family, ledger, library):
    before = everything(ledger.path)
    done = record_events(ledger, library.book, family, [], now=NOW)
    assert done.recorded and not done.changes
    assert everything(ledger.path) == before


def test_trying_leaves_no_trace(family, ledger, library):
    live = load(ledger, library.book, family)
    before = everything(ledger.path)
    refund = Refund("r1", DAY, "v1")
    outcomes = try_events(live, [visit("w", item("900.00")), refund])
    assert outcomes[1].reversed == outcomes[0].settlement
    refused = try_events(live, [refund])
    assert [found.code for found in refused.refusals] == ["refund-visit-unknown"]
    assert everything(ledger.path) == before
    assert record_event(ledger, library.book, family, visit("w", item("1.00")), now=NOW).recorded


def test_reasons_are_kept_in_the_event_and_in_the_trail(family, ledger, library):
    record_event(ledger, library.book, family, visit("w", item("900.00")), now=NOW)
    record_event(ledger, library.book, family, Refund("r1", DAY, "v1", None, "重复收费"), now=NOW)
    record_event(ledger, library.book, family, Unbind("u1", DAY, "l", "c", "已就业"), now=NOW)
    assert entries(ledger, family, "v1", "r1", "u1") == [
        ("record visit", "v1"),
        ("record refund", "r1: 重复收费"),
        ("record unbind", "u1: 已就业"),
    ]
    assert load(ledger, library.book, family).household.events[1].reason == "重复收费"


def test_a_refund_of_what_other_rules_settled_says_so(family, ledger, library):
    record_event(ledger, library.book, family, visit("w", item("900.00")), now=NOW)
    record_event(ledger, library.book, family, purchase("c", "3.00", handle="v2"), now=NOW)
    bare = type(library.book("430200"))("430200", ())

    def codes(event):
        done = record_event(ledger, lambda _: bare, family, event, now=NOW)
        return [(refusal.code, dict(refusal.values).get("id")) for refusal in done.refusals]

    assert codes(Refund("r1", DAY, "v1")) == [("REFUND_OTHER_RULES", "v1")]
    assert codes(Deposit("d1", DAY, "w", 1)) == [("RULES_CHANGED", None)]
