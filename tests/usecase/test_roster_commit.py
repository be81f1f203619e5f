"""A list taken over: one transaction, all of it or nothing, sound books, and nothing that a preview only hoped for."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from famgui.domain.account import Balance
from famgui.domain.household import Unbind
from famgui.store.book import Book
from famgui.usecase.doctor import examine
from famgui.usecase.household import load, summaries
from famgui.usecase.record import record_event
from famgui.usecase.roster import commit
from famgui.usecase.roster.commit import ListChanged, take_over
from tests.files.rosters import HEADINGS, LI, LONG_AGO, line, text
from tests.store.making import NOW, everything, filled, new_book
from tests.usecase.roster_of import states, taken, tried_rows
from tests.usecase.workbook_of import TODAY, asked

BALANCES = (*HEADINGS, "本年余额", "历年余额")
MIXED = (
    line(1, 2),
    line(1, 3, 开始日期=LONG_AGO, 结束日期="长期"),
    line(1, 4, "岳父"),
    line(0, 5, 授权人姓名="李强", 授权人身份证号=LI, 授权人参保=None),
    line(6, 0, 使用人姓名="李强", 使用人身份证号=LI, 使用人参保=None, 使用人手机号=None),
    line(7, None),
)
"""New households, a household of the book, what stands, what is refused, somebody alone."""


@pytest.fixture
def ledger(tmp_path):
    with new_book(tmp_path) as book:
        yield book


@pytest.fixture
def tries(ledger, library, tmp_path):
    """Tries rows out on the book."""
    return lambda *rows, headings=HEADINGS: tried_rows(ledger, library.book, tmp_path, rows, headings)


def test_all_that_is_clean_is_in_the_book_in_one_transaction(tries, ledger, library):
    home = filled(ledger, library.book)
    done = taken(ledger, library.book, tries(*MIXED))
    assert (done.rows, done.newcomers, done.standing, done.applications) == (5, 6, 1, 3)
    assert [one.title for one in summaries(ledger)][1:] == ["甲一家庭", "甲七家庭"]
    assert done.changes.households == {home, *done.households}
    assert examine(ledger, library.book) == ()
    family = load(ledger, library.book, done.households[0])
    assert [(row.starts, row.ends) for row in family.household.bindings] == [(LONG_AGO, None)]
    assert [event.date for event in family.household.events] == [TODAY] and not family.drift
    grown = load(ledger, library.book, home)
    assert [person.name for person in grown.persons][-2:] == ["乙五", "甲六"] and not grown.drift
    noted = [(note[3], note[5]) for note in everything(ledger.path)["audit"] if note[2] == "import list"]
    assert {(2, "甲一家庭"), (3, "甲七家庭"), (2, "list.csv: 5")} <= set(noted)


def test_balances_of_newcomers_are_openings_or_deposits(tries, ledger, library):
    home = filled(ledger, library.book)
    plan = tries(
        [*line(1, 2), 12.5, 7],
        [*line(3, 0, 使用人姓名="李强", 使用人身份证号=LI, 使用人参保=None, 使用人手机号=None), 1, 2],
        headings=BALANCES,
    )
    done = taken(ledger, library.book, plan)
    assert load(ledger, library.book, done.households[0]).running.balances["p1"] == Balance(1250, 700)
    grown = load(ledger, library.book, home)
    assert grown.running.balances["p1"] == Balance(100, 200) and grown.household.balances["p1"] == Balance()
    assert examine(ledger, library.book) == ()


def test_the_same_list_again_changes_nothing(tries, ledger, library):
    filled(ledger, library.book)
    taken(ledger, library.book, tries(*MIXED))
    before = everything(ledger.path)
    again = tries(*MIXED)
    assert states(again) == ["there", "there", "held", "there", "there", "there"]
    assert again.newcomers == 0 and not again.foundings and not again.joinings
    assert everything(ledger.path) == before


def test_a_list_of_which_nothing_may_be_taken(tries, ledger, library):
    filled(ledger, library.book)
    done = taken(ledger, library.book, tries(line(1, 2, "岳父")))
    assert (done.rows, done.households, len(summaries(ledger))) == (0, (), 1)


def test_a_preview_is_never_trusted(tries, ledger, library):
    home = filled(ledger, library.book)
    plan = tries(*MIXED)
    handle = next(p.id for p in load(ledger, library.book, home).persons if p.name == "李强")
    taken(ledger, library.book, tries(MIXED[3]))
    before = everything(ledger.path)
    with pytest.raises(ListChanged):
        taken(ledger, library.book, plan)
    assert everything(ledger.path) == before
    assert load(ledger, library.book, home).running.register[-1].authorizer == handle


def test_a_binding_that_was_unbound_stays_unbound(tries, ledger, library):
    filled(ledger, library.book)
    done = taken(ledger, library.book, tries(line(1, 2)))
    (home,) = done.households
    record_event(ledger, library.book, home, Unbind("u1", TODAY, "p1", "p2"), now=NOW)
    assert states(tries(line(1, 2))) == ["there"]


def test_what_fails_halfway_leaves_nothing(tries, ledger, library, monkeypatch):
    filled(ledger, library.book)
    plan, before = tries(*MIXED), everything(ledger.path)
    real = commit._found

    def fails(tx, one, asked_, now):
        if one.title == "甲七家庭":
            raise OSError("disk")
        return real(tx, one, asked_, now)

    monkeypatch.setattr(commit, "_found", fails)
    with pytest.raises(OSError, match="disk"):
        taken(ledger, library.book, plan)
    assert everything(ledger.path) == before
    monkeypatch.undo()
    assert taken(ledger, library.book, plan).rows == 5


def test_work_that_is_stopped_leaves_nothing(tries, ledger, library, monkeypatch):
    monkeypatch.setattr(commit, "REPORT_EVERY", 1)
    plan, before = tries(line(1, 2), line(3, 4), line(5, 6)), everything(ledger.path)
    seen = []

    class Stop(Exception):
        pass

    def report(done, total):
        seen.append((done, total))
        if done * 4 > total * 3:
            raise Stop

    with pytest.raises(Stop):
        take_over(ledger, plan, asked(library.book), now=NOW, report=report)
    assert seen == sorted(seen) and everything(ledger.path) == before


LEFT_BEHIND = 3
"""The first giver whose number is not that of somebody in the book already (王芳 has serial 2)."""
TAKING = """
import sys
from pathlib import Path
from famgui.policy.library import Library
from famgui.store.book import Book
from tests.usecase.roster_of import taken, tried

library = Library([Path("resources/policies")], None)
book = Book.open(Path(sys.argv[1]))
plan = tried(book, library.book, Path(sys.argv[2]))
print("ready", flush=True)
taken(book, library.book, plan)
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
@pytest.mark.parametrize("pause", [0.02, 0.1, 0.3, None], ids=lambda pause: f"after {pause} s" if pause else "never")
def test_a_killed_program_has_taken_over_all_of_it_or_nothing(tmp_path, library, pause):
    with new_book(tmp_path) as book:
        filled(book, library.book)
    before = everything(book.path)
    rows = [line(giver, 400 + giver) for giver in range(LEFT_BEHIND, LEFT_BEHIND + 299)]
    path = text(tmp_path / "list.csv", rows)
    command = [sys.executable, "-c", TAKING, str(book.path), str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as child:
        assert child.stdout is not None and child.stdout.readline() == "ready\n"
        if pause is not None:
            time.sleep(pause)
            child.send_signal(signal.SIGKILL)
        said = child.stdout.read()
        child.wait()
    again = Book.open(book.path, now=NOW)
    try:
        assert examine(again, library.book) == ()
        homes = len(summaries(again))
        assert homes in ((1, 300) if pause is not None else (300,)) and (homes == 300 or said == "")
        assert homes == 300 or everything(book.path) == before
    finally:
        again.close()


def test_the_days_are_those_of_today_whatever_the_clock_says(tries, ledger, library):
    plan = tries(line(1, 2))
    done = take_over(ledger, plan, asked(library.book), now=NOW + timedelta(days=1))
    assert [event.date for event in load(ledger, library.book, done.households[0]).household.events] == [TODAY]
