"""Households go into the book and come out again the same; the figures in the book are those of the timeline."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.household import Bind, Deposit, Household, Unbind
from famgui.domain.timeline import run
from famgui.domain.waterfall import Terms
from famgui.files.casefile import parse_case, read_case
from famgui.store.household import stored_balances
from famgui.usecase.doctor import examine
from famgui.usecase.household import NoSuchHousehold, export_household, import_household, load, summaries
from famgui.usecase.ledger import accounts, postings_page
from tests.domain.building import employee, household, item, resident, row, visit
from tests.independent.households import make
from tests.store.making import CASES, NOW, SAMPLE, filled, new_book, put


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One book that takes every household of these tests, side by side."""
    with new_book(tmp_path_factory.mktemp("households")) as book:
        yield book


def all_postings(book, home):
    found, after = [], None
    while True:
        page = postings_page(book, household=home, after=after, limit=7, newest_first=False)
        found += page.postings
        after = page.next
        if after is None:
            return found


def by_event(postings):
    """What moved, by event handle and ledger; what a reversal and its new settlement move is told apart."""
    found = defaultdict(lambda: defaultdict(int))
    for posting in postings:
        if posting.kind != "carry-over":
            found[posting.handle, posting.kind][posting.ledger] += posting.amount
    return found


def check_figures(book, home, given, rules):
    """Every figure of the timeline stands in the ledger."""
    timeline = run(given, rules)
    live = load(book, lambda _: rules, home)
    assert live.outcomes == timeline.outcomes
    assert live.running.balances == timeline.balances
    assert live.drift == ()
    with book.read() as connection:
        assert stored_balances(connection, home) == timeline.balances
    moved = by_event(all_postings(book, home))
    for outcome in timeline.outcomes:
        for done, kind, sign in (
            (outcome.settlement, "settlement", 1),
            (outcome.reversed, "reversal", -1),
        ):
            if done is None:
                continue
            ledgers = moved[outcome.event.id, kind]
            assert ledgers["provider"] == sign * done.split.total
            assert ledgers["pool"] == -sign * done.pool
            assert ledgers["cash"] == -sign * done.cash
            assert ledgers["current"] + ledgers["prior_years"] == -sign * (done.own + done.shared)
        for line in outcome.premiums:
            assert line.paid <= moved[outcome.event.id, "premium"]["premium"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_out_of_the_book_as_it_went_in(shared, library, path):
    given = read_case(path)
    home, changes = import_household(shared, library.book, given, path.stem, now=NOW)
    assert export_household(shared, home) == given
    check_figures(shared, home, given, library.book(given.place))
    assert changes.households == {home}
    assert len(changes.persons) == len(given.persons)
    assert len(changes.events) == len(given.events)


@pytest.mark.parametrize("seeds", [range(start, start + 20) for start in range(0, 80, 20)], ids=lambda r: str(r[0]))
def test_random_households_too(tmp_path, library, seeds):
    with new_book(tmp_path) as book:
        for seed in seeds:
            given = parse_case(make(seed).encode(), f"{seed}")
            home = put(book, library.book, given)
            assert export_household(book, home) == given, seed
            check_figures(book, home, given, library.book(given.place))
        assert examine(book, library.book) == ()


def test_whatever_a_household_may_say_is_kept(shared, library):
    """Every field away from its default; events out of order; an ended row that an event ends again."""
    moment = datetime.combine(date(2024, 12, 31), time(9, 30, 15, 250))
    again = row("甲", "b", "sibling", date(2025, 7, 2), bound_at=moment)
    given = Household(
        "430200",
        (
            employee("甲", "430100", name="甲乙丙", id_number="430202190001010029", status="retired"),
            employee("b", has_account=False),
            resident("c", concession="low-income"),
        ),
        {"甲": Balance(1_000, 2)},
        (
            row("甲", "c", "parent", ends=date(2026, 1, 31), priority=7, bound_at=moment),
            row("甲", "b", "sibling", unbound_on=date(2025, 11, 30)),
        ),
        {("c", 2025, "outpatient"): YearToDate(5, (1, 2, 3, 4), 11), ("c", 2024, "chronic"): YearToDate(7)},
        (
            Unbind("u", date(2025, 6, 1), "甲", "b"),
            Deposit("d", date(2025, 3, 1), "甲", 99),
            Deposit("late", date(2027, 3, 1), "甲", 1),
            Deposit("refused", date(2025, 3, 1), "c", 99),
            Bind("again", date(2025, 7, 1), again),
            visit("c", item("12.34", "B", upfront="0.1", over="1.00"), day=date(2025, 1, 1), place="430100"),
        ),
        Terms("latest-bound", False, True),
    )
    home = put(shared, library.book, given)
    assert export_household(shared, home) == given
    check_figures(shared, home, given, library.book("430200"))


def test_the_turn_of_the_year_is_in_the_ledger(shared, library):
    given = household(
        employee("w"),
        accounts={"w": Balance(1_000, 500)},
        events=[Deposit("d1", date(2025, 3, 1), "w", 200), Deposit("d2", date(2027, 2, 1), "w", 70)],
    )
    home = put(shared, library.book, given)
    (line,) = accounts(shared, home)
    assert (line.current, line.prior_years, line.total) == (70, 1_700, 1_770)
    moved = [
        (posting.kind, posting.ledger, posting.amount, posting.balance_after, posting.account_after, posting.day)
        for posting in postings_page(shared, person=line.person_id, newest_first=False).postings
    ]
    assert moved == [
        ("opening", "prior_years", 500, 500, 500, "2025-03-01"),
        ("opening", "current", 1_000, 1_000, 1_500, "2025-03-01"),
        ("deposit", "current", 200, 1_200, 1_700, "2025-03-01"),
        ("carry-over", "current", -1_200, 0, 500, "2027-01-01"),
        ("carry-over", "prior_years", 1_200, 1_700, 1_700, "2027-01-01"),
        ("deposit", "current", 70, 70, 1_770, "2027-02-01"),
    ]


def test_summaries_and_unknown_households(tmp_path, library):
    with new_book(tmp_path) as book:
        assert summaries(book) == ()
        home = filled(book, library.book)
        empty = put(book, library.book, household(resident("x")))
        first, second = summaries(book)
        assert first == (
            home,
            SAMPLE.stem,
            "430200",
            5,
            3,
            sum(a.total for a in accounts(book, home)),
            9,
            date(2025, 10, 20),
        )
        assert second == (empty, "", "430200", 1, 0, 0, 0, None)
        for ask in (lambda: load(book, library.book, 99), lambda: export_household(book, 99)):
            with pytest.raises(NoSuchHousehold):
                ask()


def test_a_household_is_computed_once(shared, library):
    home = filled(shared, library.book)
    assert load(shared, library.book, home) is load(shared, library.book, home)
    other = type(library.book("430200"))("430200", ())
    assert load(shared, lambda _: other, home).running.book is other


def test_rules_that_changed_are_noticed(shared, library):
    home = filled(shared, library.book)
    bare = type(library.book("430200"))("430200", ())
    assert "五月三级医院" in load(shared, lambda _: bare, home).drift
    assert load(shared, library.book, home).drift == ()


def test_the_same_household_twice_is_two_households(shared, library):
    given = replace(read_case(SAMPLE), terms=Terms())
    first, second = put(shared, library.book, given), put(shared, library.book, given)
    assert first != second
    assert export_household(shared, first) == export_household(shared, second) == given
