"""Every worked case recorded, taken back and recorded again: the ledger is as if nothing had been, then as expected."""

from dataclasses import replace
from datetime import date

import pytest

from famgui.domain.account import Balance
from famgui.domain.bill import Item
from famgui.domain.household import Deposit, Refund, Unbind, by_date
from famgui.domain.settlement import Visit
from famgui.files.casefile import read_case
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.record import next_handle, record_event
from tests.domain.building import DAY, employee, household, item, purchase, row, visit
from tests.store.making import CASES, NOW, new_book, put


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


def recorded(ledger, library, home, events):
    """Record events one after the other; those that are now in the book."""
    return [event for event in events if record_event(ledger, library.book, home, event, now=NOW).recorded]


def taken_back(ledger, library, home, visits):
    """Refund visits whole, the last one first, on their own day where nothing rests on them; whether all were."""
    all_on_their_day = True
    for one in reversed(visits):
        live = load(ledger, library.book, home)
        if one.id not in live.running.records:
            continue
        last = max(event.date for event in live.household.events)
        for day in (one.date, last):
            refund = Refund(next_handle(live.household, Refund), day, one.id, None, "复核")
            if record_event(ledger, library.book, home, refund, now=NOW).recorded:
                all_on_their_day &= day == one.date
                break
        else:
            raise AssertionError(one.id)
    return all_on_their_day


def balances(ledger, library, home):
    return dict(load(ledger, library.book, home).running.balances)


def totals(found):
    return {who: balance.total for who, balance in found.items()}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_recorded_taken_back_and_recorded_again(ledger, library, path):
    given = read_case(path)
    events = [given.events[index] for index in by_date(given.events)]
    bare = replace(given, events=())
    others = [event for event in events if not isinstance(event, Visit | Refund)]
    without = put(ledger, library.book, bare)
    recorded(ledger, library, without, others)
    home = put(ledger, library.book, bare)
    kept = recorded(ledger, library, home, events)
    whole = balances(ledger, library, home)
    visits = [event for event in kept if isinstance(event, Visit)]
    exact = taken_back(ledger, library, home, visits)
    assert load(ledger, library.book, home).running.records == {}
    assert totals(balances(ledger, library, home)) == totals(balances(ledger, library, without))
    if len({event.date.year for event in kept}) == 1:
        assert balances(ledger, library, home) == balances(ledger, library, without)
    assert examine(ledger, library.book) == ()

    refunded = any(isinstance(event, Refund) for event in kept)
    exact &= not refunded  # what was left of a refunded bill was settled in the old one's place
    again = [replace(one, id=f"again-{one.id}") for one in visits]
    answers = recorded(ledger, library, home, again)
    if exact:
        assert len(answers) == len(visits)
        assert balances(ledger, library, home) == whole
    assert examine(ledger, library.book) == ()
    assert exact or len(visits) > 1 or refunded


@pytest.fixture
def pair(ledger, library):
    """w, who has nothing and may use l's account until the end of the year."""
    rows = [row("l", "w", ends=date(2025, 12, 31))]
    persons = employee("w"), employee("l")
    return put(ledger, library.book, household(*persons, accounts={"l": Balance(90_000, 10_000)}, rows=rows))


def money(ledger, library, home, who):
    return tuple(balances(ledger, library, home)[who])


def test_money_goes_back_to_an_authorizer_who_has_unbound_since(ledger, library, pair):
    paid = recorded(ledger, library, pair, [purchase("w", "150.00"), Unbind("u1", date(2025, 6, 1), "l", "w")])
    assert len(paid) == 2 and money(ledger, library, pair, "l") == (85_000, 0)
    again = record_event(ledger, library.book, pair, purchase("w", "1.00", date(2025, 6, 2), "v2"), now=NOW)
    assert again.outcome.settlement.cash == 100, "unbound: nothing is shared any more"
    part = record_event(ledger, library.book, pair, Refund("r1", date(2025, 7, 1), "v1", (("drug", 5_000),)), now=NOW)
    assert part.outcome.settlement.shared == 10_000, "settled as on its day, with the binding of that day"
    assert money(ledger, library, pair, "l") == (90_000, 0)
    assert record_event(ledger, library.book, pair, Refund("r2", date(2025, 7, 2), "v1"), now=NOW).recorded
    assert money(ledger, library, pair, "l") == (90_000, 10_000)
    assert examine(ledger, library.book) == ()


def test_money_goes_back_after_the_binding_and_the_year_have_ended(ledger, library, pair):
    recorded(ledger, library, pair, [purchase("w", "150.00")])
    done = record_event(ledger, library.book, pair, Refund("r1", date(2026, 2, 1), "v1", None, "药品召回"), now=NOW)
    assert done.recorded and done.outcome.settlement is None
    assert money(ledger, library, pair, "l") == (0, 100_000), "all of it is prior years' money by now"
    late = record_event(ledger, library.book, pair, purchase("w", "1.00", date(2026, 2, 2), "v2"), now=NOW)
    assert late.outcome.settlement.cash == 100, "the binding has expired"
    assert examine(ledger, library.book) == ()


def test_part_of_a_bill_goes_back_after_the_year_has_turned(ledger, library, pair):
    bill = visit("w", item("900.00", name="a"), item("100.00", "C", name="b"))
    recorded(ledger, library, pair, [bill, Deposit("d1", date(2026, 1, 31), "l", 5_000)])
    before = money(ledger, library, pair, "l")
    done = record_event(ledger, library.book, pair, Refund("r1", date(2026, 3, 1), "v1", (("b", 10_000),)), now=NOW)
    assert done.outcome.reversed.shared - done.outcome.settlement.shared == 10_000
    assert money(ledger, library, pair, "l") == (before[0], before[1] + 10_000)
    assert examine(ledger, library.book) == ()


def test_a_refund_of_an_item_by_its_name_takes_same_named_ones_in_order(ledger, library, pair):
    bill = visit("w", Item("药", "drug", 3_000, "A"), Item("药", "drug", 4_000, "C"))
    recorded(ledger, library, pair, [bill])
    done = record_event(ledger, library.book, pair, Refund("r1", DAY, "v1", (("药", 3_500),)), now=NOW)
    assert done.outcome.settlement.split.self_paid == 3_500
    assert examine(ledger, library.book) == ()
