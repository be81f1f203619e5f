"""Before much is changed at once a copy of the book is kept, and it holds what was there before."""

import pytest

from famgui.cli import run
from famgui.store.copies import copies_of
from famgui.usecase.batch import dry_run
from famgui.usecase.batch_book import InBook, record_batch
from famgui.usecase.household_out import take_out
from famgui.usecase.people import find, join_households
from famgui.usecase.people_forget import forget
from famgui.usecase.people_merge import merge
from tests.files.rosters import line
from tests.files.workbooks import BILLS, bill, write
from tests.store.making import NOW, everything, new_book, put
from tests.usecase.people_making import LATER, lis, wangs
from tests.usecase.roster_of import taken, tried_rows
from tests.usecase.workbook_of import asked


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def homes(ledger, library):
    return put(ledger, library.book, wangs()), put(ledger, library.book, lis())


def ids(ledger, name):
    return [hit.id for hit in find(ledger, "") if hit.person.name == name]


def import_list(ledger, library, homes, folder):
    taken(ledger, library.book, tried_rows(ledger, library.book, folder, [line(1, 2)]))


def record(ledger, library, homes, folder):
    path = write(folder / "bills.xlsx", {"费用": (BILLS, [bill("B1")])})
    done = dry_run(path, asked(library.book), lambda: InBook(ledger, library.book))
    assert record_batch(ledger, library.book, done, now=NOW).recorded


def merge_two(ledger, library, homes, folder):
    here, there = ids(ledger, "周秀英")
    assert merge(ledger, library.book, here, there, now=LATER, dry=True).done and copies_of(ledger.path) == ()
    assert merge(ledger, library.book, here, there, now=LATER).done


def join(ledger, library, homes, folder):
    assert join_households(ledger, library.book, *homes, now=LATER, dry=True).done and copies_of(ledger.path) == ()
    assert join_households(ledger, library.book, *homes, now=LATER).done


def forget_one(ledger, library, homes, folder):
    (boy,) = ids(ledger, "王小明")
    assert forget(ledger, library.book, boy, now=LATER, dry=True).done and copies_of(ledger.path) == ()
    assert forget(ledger, library.book, boy, now=LATER).done


def take_household_out(ledger, library, homes, folder):
    assert take_out(ledger, homes[:1], now=LATER).gone


CHANGES = [
    ("delete", take_household_out),
    ("import", import_list),
    ("batch", record),
    ("merge", merge_two),
    ("join", join),
    ("forget", forget_one),
]


@pytest.mark.parametrize(("reason", "change"), CHANGES)
def test_a_copy_is_kept_before(ledger, library, homes, tmp_path, reason, change):
    before = everything(ledger.path)
    change(ledger, library, homes, tmp_path)
    (kept,) = copies_of(ledger.path)
    assert kept.reason == reason
    assert everything(kept.path) == before != everything(ledger.path)


def test_the_terminal_backs_up_ones_own_book_while_it_is_open(tmp_path, library, capsys):
    target = tmp_path / "out" / "copy.sqlite"
    order = ["--home", str(tmp_path), "--lang", "zh", "backup", str(target)]
    assert run(order) == 2
    assert "没有账本" in capsys.readouterr().err
    with new_book(tmp_path) as book:
        put(book, library.book, wangs())
        assert run(order) == 0
        assert everything(target) == everything(book.path)
    assert str(target) in capsys.readouterr().out
