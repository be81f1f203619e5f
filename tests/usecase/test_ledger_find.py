"""Postings looked for: every filter against the same choice made by hand, page by page, with sums and months."""

from datetime import date
from itertools import product

import pytest

from famgui.domain.household import Deposit, Premium, Refund
from famgui.domain.settlement import Visit
from famgui.usecase.household import load
from famgui.usecase.ledger import (
    Sums,
    Wanted,
    accounts,
    entry_of,
    find_postings,
    months,
    postings_page,
    sums,
)
from famgui.usecase.record import record_event
from tests.domain.building import DAY, employee, household, item, visit
from tests.store.making import NOW, SAMPLE, filled, new_book, put


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, library):
    """The sample in its second year, with a refund that has a reason and two monthly inflows; another family before."""
    with new_book(tmp_path_factory.mktemp("find")) as book:
        put(book, library.book, household(employee("other"), events=[Deposit("d", DAY, "other", 5)]))
        home = filled(book, library.book, SAMPLE)
        for event in (
            Refund("r1", date(2025, 12, 1), "外公二级医院", None, "重复收费"),
            Deposit("划入1", date(2026, 1, 1), "li", 192_00, inflow=True),
            Deposit("划入2", date(2026, 2, 1), "wang", 150_00, inflow=True),
            Deposit('带"inflow":true的名字', date(2026, 2, 2), "wang", 1_00),
        ):
            assert record_event(book, library.book, home, event, now=NOW).recorded
        yield book, home, load(book, library.book, home)


def by_hand(ledger, wanted):
    """The same choice over all postings of the household, in Python."""
    book, home, live = ledger
    events = {event.id: event for event in live.household.events}
    names = {line.person_id: line.name for line in accounts(book, home)}
    people = {person.id: person.name for person in live.household.persons}

    def moved(posting):
        event = events.get(posting.handle)
        inflow = posting.kind == "deposit" and isinstance(event, Deposit) and event.inflow
        return "inflow" if inflow else posting.kind

    def told(posting):
        event = events.get(posting.handle)
        said = [names[posting.person_id]]
        if posting.kind == "carry-over":
            return said
        said.append(posting.handle or "")
        about = events[event.of] if isinstance(event, Refund) else event
        if isinstance(event, Refund):
            said += [event.of, event.reason, *(name for name, _ in event.items or ())]
        if isinstance(about, Visit):
            said.append(people[about.patient])
        if isinstance(event, Visit):
            said += [one.name for one in event.items]
        if isinstance(event, Premium):
            said += [people[person] for person in event.persons]
        return said

    return [
        posting
        for posting in postings_page(book, household=home, limit=1000).postings
        if posting.person_id is not None
        and wanted.person in (None, posting.person_id)
        and (wanted.first is None or posting.date >= wanted.first)
        and (wanted.last is None or posting.date <= wanted.last)
        and wanted.moved in (None, moved(posting))
        and wanted.bucket in (None, posting.ledger)
        and any(wanted.words.strip() in said for said in told(posting))
    ]


def walk(book, wanted, limit, newest_first=True):
    found, after = [], None
    while True:
        page = find_postings(book, wanted, after=after, limit=limit, newest_first=newest_first)
        assert len(page.postings) <= limit
        found += page.postings
        after = page.next
        if after is None:
            return found
        assert len(found) < 500, "pages that never end"


MOVED = (None, "settlement", "reversal", "premium", "deposit", "inflow", "carry-over", "opening")
PERIODS = ((None, None), (date(2025, 5, 10), date(2025, 10, 19)), (date(2026, 1, 1), None), (None, date(2025, 3, 8)))
WORDS = ("", " ", "王芳", "周秀英", "小明", "血压", "重复", "三级医院", "划入", "张三", "%", "_", '"')


@pytest.mark.parametrize("words", WORDS)
def test_every_filter_chooses_what_one_would_choose_by_hand(ledger, words):
    book, home, _ = ledger
    people = [None, *(line.person_id for line in accounts(book, home))]
    for person, (first, last), moved, bucket in product(people, PERIODS, MOVED, (None, "current", "prior_years")):
        wanted = Wanted(home, person, first, last, moved, bucket, words)
        assert walk(book, wanted, 1000) == by_hand(ledger, wanted), wanted


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_pages_come_to_the_whole_in_both_orders(ledger, limit):
    book, home, _ = ledger
    person = accounts(book, home)[1].person_id
    for wanted in (Wanted(home), Wanted(home, person), Wanted(home, moved="settlement"), Wanted(home, words="王")):
        newest, oldest = walk(book, wanted, limit), walk(book, wanted, limit, newest_first=False)
        assert newest == by_hand(ledger, wanted)
        assert oldest == newest[::-1]


def test_sums_are_those_of_the_postings_chosen(ledger):
    book, home, live = ledger
    events = {event.id: event for event in live.household.events}
    owners = {line.person_id: line.handle for line in accounts(book, home)}

    def own(posting):
        event = events[posting.handle]
        about = events[event.of] if isinstance(event, Refund) else event
        return isinstance(about, Visit) and about.patient == owners[posting.person_id]

    people = [None, *owners]
    for person, (first, last), moved in product(people, PERIODS, MOVED):
        wanted = Wanted(home, person, first, last, moved)
        chosen = by_hand(ledger, wanted)
        spent = [posting for posting in chosen if posting.kind in ("settlement", "reversal", "premium")]
        assert sums(book, wanted) == Sums(
            len(chosen),
            sum(posting.amount for posting in chosen if posting.kind == "deposit"),
            -sum(posting.amount for posting in spent),
            -sum(posting.amount for posting in spent if not own(posting)),
        )
    assert sums(book, Wanted(home, first=date(2025, 1, 1), last=date(2025, 12, 31))).for_family == 1037_88


def test_months_come_to_the_sums_of_the_year(ledger):
    book, home, _ = ledger
    for year in (2024, 2025, 2026):
        found = months(book, home, year)
        of_year = sums(book, Wanted(home, first=date(year, 1, 1), last=date(year, 12, 31)))
        on_accounts = [one for one in found if one.person_id is not None]
        assert sum(one.amount for one in on_accounts if one.kind == "deposit") == of_year.came_in
        assert -sum(one.amount for one in on_accounts if one.kind != "deposit") == of_year.paid_out
    may = [one for one in months(book, home, 2025) if one.month == 5]
    assert -sum(one.amount for one in may if one.ledger == "pool") == 228_00, "what the refund left of 348.00"
    assert -sum(one.amount for one in may if one.own) == 252_00
    assert {one.month for one in months(book, home, 2025)} == {1, 3, 5, 6, 9, 10, 12}


def test_the_entry_behind_a_posting_is_whole(ledger):
    book, home, _ = ledger
    for posting in walk(book, Wanted(home), 1000):
        entry = entry_of(book, home, posting.event_id)
        assert posting in entry
        assert sum(one.amount for one in entry) == 0
    (visited,) = {posting.event_id for posting in walk(book, Wanted(home, words="五月三级医院"), 9) if posting.id < 20}
    assert {one.ledger for one in entry_of(book, home, visited)} == {
        "current",
        "prior_years",
        "pool",
        "provider",
    }


def test_another_household_is_never_seen(ledger):
    book, home, _ = ledger
    (other,) = accounts(book, 1)
    assert [posting.amount for posting in walk(book, Wanted(1, words="d"), 9)] == [5]
    assert entry_of(book, home, 1) == ()
    assert other.person_id not in {posting.person_id for posting in walk(book, Wanted(home), 1000)}


def test_an_amount_of_a_visit_that_nobody_shares_is_the_holder_s(tmp_path, library):
    with new_book(tmp_path) as book:
        home = put(book, library.book, household(employee("w"), events=[visit("w", item("900.00"))]))
        assert sums(book, Wanted(home)).for_family == 0
