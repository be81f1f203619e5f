"""Every old book opens, is brought up to date, keeps its rows, and goes on being used."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from famgui.domain.household import Deposit, Refund
from famgui.files.casefile import read_case
from famgui.store.book import Book
from famgui.store.upgrade import HEAD
from famgui.usecase.doctor import examine
from famgui.usecase.draft import load as load_drafts
from famgui.usecase.household import export_household, load, summaries
from famgui.usecase.ledger import accounts
from famgui.usecase.record import record_event
from tests.museum import COPIED_CASE, since_0002, since_0003
from tests.store.making import NOW, REPOSITORY, SAMPLE, everything

LATER = {
    "book-0002": [since_0002.HOUSEHOLD],
    "book-0003": [since_0002.HOUSEHOLD, since_0003.HOUSEHOLD],
}
"""What else a book holds, by its name."""
BOOKS = sorted(Path(__file__).parent.glob("book-*.sqlite"))


@pytest.fixture(params=BOOKS, ids=lambda path: path.stem)
def kept(request, tmp_path):
    """A copy of an old book; the original is never opened."""
    return Path(shutil.copy(request.param, tmp_path / "book.sqlite"))


def test_the_schema_of_today_is_in_the_museum():
    assert f"book-{HEAD}" in {path.stem for path in BOOKS}
    assert all(path.stat().st_size < 250_000 for path in BOOKS)


def test_an_old_book_opens_and_holds_what_it_held(kept, library, request):
    before = everything(kept)
    book = Book.open(kept, now=NOW)
    assert book.info[:2] == ("家庭共济账本", True)
    assert [finding for finding in examine(book, library.book) if not finding.code.startswith("replay-")] == []
    first, second, *later = summaries(book)
    assert export_household(book, second.id) == read_case(REPOSITORY / COPIED_CASE)
    assert [export_household(book, home.id) for home in later] == LATER.get(request.node.callspec.id, [])
    family = export_household(book, first.id)
    given = read_case(SAMPLE)
    assert (family.persons, family.bindings, family.used) == (given.persons, given.bindings, given.used)
    assert family.events[: len(given.events)] == given.events
    assert [event.id for event in family.events[len(given.events) :]] == ["v1", "r1"]
    assert {line.handle: line.total for line in accounts(book, first.id)} == {
        "wang": 3_290,
        "li": 454_462,
        "wang-senior": 0,
    }
    assert [draft.body["patient"] for draft in load_drafts(book, "settlement")] == ["ming"]
    book.close()
    counts = {name: len(rows) for name, rows in everything(kept).items()}
    assert counts == {name: len(before.get(name, ())) for name in counts}


def test_papers_and_corrections_are_still_there(kept, request):
    if request.node.callspec.id < "book-0003":
        return
    book = Book.open(kept, now=NOW)
    home = summaries(book)[3].id
    assert since_0003.held(book, home) == (since_0003.PROOF.content, ["bind-1"], [since_0003.BEFORE])
    book.close()


def test_an_old_book_is_written_on(kept, library):
    book = Book.open(kept, now=NOW)
    home = summaries(book)[0].id
    for event in (Refund("r2", date(2025, 12, 1), "v1"), Deposit("d1", date(2026, 1, 2), "li", 100)):
        assert record_event(book, library.book, home, event, now=NOW).recorded
    assert load(book, library.book, home).drift == ()
    assert examine(book, library.book) == ()
    book.close()
