"""The statement of an account: opening, movements and closing agree to the fen, whatever the household went through."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.domain.rulebook import RuleBook
from famgui.usecase.household import load
from famgui.usecase.ledger import accounts
from famgui.usecase.record import record_event
from famgui.usecase.statement import Statement, statement
from tests.domain import strategies as some
from tests.domain.building import employee, household, money, purchase
from tests.store.making import NOW, SAMPLE, filled, new_book, put
from tests.usecase import year

EVER = (date(2024, 1, 1), date(2030, 12, 31))
often = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def agrees(found: Statement) -> None:
    """What must hold of every statement."""
    held = found.opening.total
    buckets = found.opening._asdict()
    for line in found.lines:
        held += line.amount
        buckets[line.bucket] += line.amount
        assert line.balance == held
        assert min(buckets.values()) >= 0
        assert found.first <= line.day <= found.last
    assert (found.closing.total, found.closing._asdict()) == (held, buckets)
    assert min(*found.opening, *found.closing) >= 0
    for bucket in ("current", "prior_years"):
        moved = sum(line.amount for line in found.lines if line.bucket == bucket)
        assert getattr(found.opening, bucket) + moved == getattr(found.closing, bucket)
    assert [line.day for line in found.lines] == sorted(line.day for line in found.lines)
    assert sum(amount for _, _, amount in found.by_kind) == sum(line.amount for line in found.lines)
    assert sum(count for _, count, _ in found.by_kind) == len(found.lines)
    assert dict.fromkeys(kind for kind, _, _ in found.by_kind).keys() == {line.moved for line in found.lines}
    spent = [line for line in found.lines if line.moved in ("settlement", "reversal", "premium")]
    assert sum(amount for _, amount in found.by_user) == -sum(line.amount for line in spent)
    assert all(sum(part for _, part in line.users) == -line.amount for line in spent)
    assert all(not line.users for line in found.lines if line not in spent)


@often
@given(home=some.households(), seed=st.integers(0, 2**32 - 1))
def test_sums_agree_for_every_household_and_period(library, tmp_path_factory, home, seed):
    dice = Random(seed)
    with new_book(tmp_path_factory.mktemp("statement")) as book:
        id_ = put(book, library.book, home)
        for number in range(4):
            day = date(2025, 1, 1) + timedelta(dice.randint(0, 800))
            account = dice.choice([person.id for person in home.persons])
            deposit = Deposit(f"late{number}", day, account, dice.randint(1, 500_00), inflow=dice.random() < 0.5)
            record_event(book, library.book, id_, deposit, now=NOW)
        live = load(book, library.book, id_)
        for line in accounts(book, id_):
            whole = statement(book, live, line.handle, *EVER)
            agrees(whole)
            assert whole.closing == live.running.balances[line.handle]
            cut = dice.choice(live.household.events).date - timedelta(dice.choice([0, 1]))
            before = statement(book, live, line.handle, EVER[0], cut)
            after = statement(book, live, line.handle, cut + timedelta(1), EVER[1])
            agrees(before)
            agrees(after)
            assert before.closing == after.opening
            assert before.lines + after.lines == whole.lines


@often
@given(seed=st.integers(0, 2**32 - 1))
def test_what_came_late_stands_on_its_day(library, tmp_path_factory, seed):
    """Over the turns of two years, every third event late, some before all others."""
    dice = Random(seed)
    with new_book(tmp_path_factory.mktemp("late")) as book:
        home, ids = year.household(dice)
        id_ = put(book, library.book, home)
        family = year.Family(id_, home.place, ids, untidy=True)
        for number in range(14):
            day = date(2025, 3, 1) + timedelta(number * 50)
            late = timedelta(dice.randrange(1, 300)) if dice.random() < 0.3 else timedelta()
            record_event(book, library.book, id_, year.happening(dice, family, day - late), now=NOW)
        live = load(book, library.book, id_)
        for holder, balance in live.running.balances.items():
            held = home.balances.get(holder, Balance())  # none before an account came with another insurance
            for first in range(2024, 2028):
                found = statement(book, live, holder, date(first, 1, 1), date(first, 12, 31))
                agrees(found)
                assert found.opening == held
                held = found.closing
            assert held == balance


def test_a_visit_recorded_late_is_paid_from_the_money_of_its_year(library, tmp_path):
    """The book has the visit of December against prior years' money: by then January had come."""
    home = household(employee("li"), accounts={"li": money("100.00")})
    with new_book(tmp_path) as book:
        id_ = put(book, library.book, home)
        for event in (
            Deposit("d1", date(2025, 6, 1), "li", 50_00),
            Deposit("d2", date(2026, 1, 10), "li", 30_00),
            purchase("li", "40.00", date(2025, 12, 7)),
        ):
            assert record_event(book, library.book, id_, event, now=NOW).recorded
        live = load(book, library.book, id_)
        old = statement(book, live, "li", date(2025, 1, 1), date(2025, 12, 31))
        new = statement(book, live, "li", date(2026, 1, 1), date(2026, 12, 31))
    assert [(line.event.id, line.bucket, line.amount, line.balance) for line in old.lines] == [
        ("d1", "current", 50_00, 150_00),
        ("v1", "current", -40_00, 110_00),
    ]
    assert old.closing == new.opening == Balance(110_00, 0)
    assert [(line.moved, line.bucket, line.amount, line.balance) for line in new.lines] == [
        ("carry-over", "current", -110_00, 0),
        ("carry-over", "prior_years", 110_00, 110_00),
        ("deposit", "current", 30_00, 140_00),
    ]
    assert new.closing == Balance(30_00, 110_00)


@pytest.fixture(scope="module")
def sample(tmp_path_factory, library):
    with new_book(tmp_path_factory.mktemp("statement")) as book:
        home = filled(book, library.book, SAMPLE)
        yield book, load(book, library.book, home)


def test_under_other_rules_it_tells_what_is_recorded(tmp_path, library):
    """Without a clause no pool pays and no account is shared; the book still has what was paid."""
    with new_book(tmp_path) as book:
        home = filled(book, library.book, SAMPLE)
        live = load(book, library.book, home)
        recorded = statement(book, live, "li", *EVER)
        other = load(book, lambda place: RuleBook(place, []), home)
        assert other.drift
        found = statement(book, other, "li", *EVER)
    assert other.running.balances["li"] != live.running.balances["li"]
    assert [line[2:6] for line in found.lines] == [line[2:6] for line in recorded.lines]
    assert (found.opening, found.closing) == (recorded.opening, live.running.balances["li"])


def test_a_premium_for_two_is_told_apart(sample):
    book, live = sample
    found = statement(book, live, "li", date(2025, 1, 1), date(2025, 12, 31))
    agrees(found)
    premiums = [line.users for line in found.lines if line.moved == "premium"]
    assert premiums == [(("zhou", 400_00),), (("ming", 400_00),)]
    assert {who: amount for who, amount in found.by_user if amount} == {"zhou": 620_00, "ming": 417_88}
    assert (found.opening.total, found.closing.total) == (4210_50, 4324_62)


def test_a_premium_out_of_both_buckets_is_one_person_s(tmp_path, library, sample):
    """40 000 fen of which only a part is prior years' money: two postings, one person."""
    _, live = sample
    home = live.household
    few = {account: held._replace(prior_years=700_00) for account, held in home.balances.items()}
    with new_book(tmp_path) as book:
        id_ = put(book, library.book, type(home)(home.place, home.persons, few, home.bindings, home.used, home.events))
        found = statement(book, load(book, library.book, id_), "li", date(2025, 1, 1), date(2025, 12, 31))
    agrees(found)
    premiums = [(line.bucket, line.users) for line in found.lines if line.moved == "premium"]
    assert len(premiums) == 3
    assert {who: amount for who, amount in found.by_user if who in ("zhou", "ming")} == {
        "zhou": 620_00,
        "ming": 417_88,
    }


def test_a_period_before_everything_has_the_opening_only(sample):
    book, live = sample
    found = statement(book, live, "wang", date(2020, 1, 1), date(2020, 12, 31))
    assert (found.opening.total, found.lines, found.closing.total) == (606_40, (), 606_40)
    assert (found.by_kind, found.by_user) == ((), ())
