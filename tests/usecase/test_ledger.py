"""Pages and sums of the ledger."""

from datetime import date

import pytest

from famgui.domain.household import Deposit, Refund
from famgui.usecase.ledger import accounts, postings_page, year_summary
from famgui.usecase.record import record_event
from tests.domain.building import DAY, employee, household, item, visit
from tests.store.making import NOW, SAMPLE, filled, new_book, put


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, library):
    with new_book(tmp_path_factory.mktemp("ledger")) as book:
        put(book, library.book, household(employee("other"), events=[Deposit("d", DAY, "other", 5)]))
        filled(book, library.book, SAMPLE)
        yield book


def walk(book, limit, **asked):
    found, after, pages = [], None, 0
    while True:
        page = postings_page(book, after=after, limit=limit, **asked)
        assert len(page.postings) <= limit
        found += page.postings
        pages += 1
        assert pages < 200, "pages that never end"
        after = page.next
        if after is None:
            return found, pages


@pytest.mark.parametrize("limit", [1, 4, 9, 1000])
def test_pages_come_to_the_whole(ledger, limit):
    person = accounts(ledger, 2)[1].person_id
    for asked in ({"person": person}, {"household": 2}):
        oldest, pages = walk(ledger, limit, newest_first=False, **asked)
        newest, _ = walk(ledger, limit, newest_first=True, **asked)
        assert oldest == newest[::-1]
        assert pages == max(1, -(-len(oldest) // limit))
        assert [posting.id for posting in oldest] == sorted({posting.id for posting in oldest})


def test_a_person_s_page_ends_at_the_balance(ledger):
    for line in accounts(ledger, 2):
        newest = postings_page(ledger, person=line.person_id).postings
        assert newest[0].account_after == line.total
        assert sum(posting.amount for posting in newest) == line.total
        assert {posting.person_id for posting in newest} == {line.person_id}
        assert all(posting.date == date.fromisoformat(posting.day) for posting in newest)


def test_a_household_s_page_is_double_entry(ledger):
    found, _ = walk(ledger, 50, household=2)
    assert sum(posting.amount for posting in found) == 0
    ledgers = {posting.ledger for posting in found}
    assert ledgers == {"opening", "current", "prior_years", "pool", "cash", "provider", "premium", "inflow"}


def test_somebody_without_an_account_has_an_empty_page(ledger):
    assert postings_page(ledger, person=4711) == ((), None)


def test_a_page_is_of_one_thing(ledger):
    for asked in ({}, {"person": 1, "household": 1}):
        with pytest.raises(ValueError, match="person or household"):
            postings_page(ledger, **asked)


def test_a_year_in_sums(ledger, library):
    summary = year_summary(ledger, 2, 2025)
    by_key = {(line.handle, line.kind): line for line in summary.visits}
    wang = by_key["wang", "outpatient"]
    assert (wang.total, wang.pool, wang.own, wang.cash) == (48_000, 22_800, 25_200, 0), "what the refund left"
    assert all(line.total == line.pool + line.own + line.shared + line.cash for line in summary.visits)
    moved = {(line.handle, line.kind): line.amount for line in summary.accounts}
    assert moved["li", "premium"] == -80_000
    assert moved["li", "deposit"] == 115_200
    assert year_summary(ledger, 2, 2024) == (2024, (), ())


def test_a_refund_counts_in_the_year_of_the_visit(tmp_path, library):
    with new_book(tmp_path) as book:
        home = put(book, library.book, household(employee("w"), events=[visit("w", item("900.00"))]))
        record_event(book, library.book, home, Refund("r", date(2026, 2, 1), "v1"), now=NOW)
        (line,) = year_summary(book, home, 2025).visits
        assert not any(line[2:])
        assert year_summary(book, home, 2026).visits == ()
