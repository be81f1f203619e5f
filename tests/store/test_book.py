"""The book as one file: readers and the writer side by side, what a killed program leaves behind."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from famgui.domain.account import Balance
from famgui.store.book import Book
from famgui.usecase.doctor import examine
from famgui.usecase.household import load
from famgui.usecase.ledger import accounts, postings_page
from famgui.usecase.record import next_handle, record_event
from tests.domain.building import employee, household, item, purchase, row, visit
from tests.patience import PATIENCE
from tests.store.making import NOW, everything, new_book, put


def pair():
    return household(
        employee("w"),
        employee("l"),
        accounts={"w": Balance(50_000_000, 300), "l": Balance(1_000_000, 2_000)},
        rows=[row("l", "w")],
    )


def test_a_reader_sees_one_moment_while_the_writer_goes_on(tmp_path, library):
    with new_book(tmp_path) as book:
        home = put(book, library.book, pair())
        with book.read() as connection:
            before = connection.scalar(text("SELECT count(*) FROM event"))
            for number in range(3):
                event = purchase("w", "10.00", handle=f"v{number}")
                assert record_event(book, library.book, home, event, now=NOW).recorded
            assert connection.scalar(text("SELECT count(*) FROM event")) == before == 0
        with book.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM event")) == 3


def test_readers_and_the_writer_at_once(tmp_path, library):
    """Whatever a reader sees adds up: what stands in the accounts is what the last postings say."""
    with new_book(tmp_path) as book:
        home = put(book, library.book, pair())
        people = [line.person_id for line in accounts(book, home)]
        done, looked, wrong, seen = threading.Event(), threading.Event(), [], set()

        def reading():
            while not done.is_set():
                with book.read() as connection:
                    held = connection.scalar(text("SELECT sum(current + prior_years) FROM account"))
                    posted = connection.scalar(text("SELECT sum(amount) FROM posting WHERE person_id IS NOT NULL"))
                    if held != posted:
                        wrong.append((held, posted))
                seen.add(len(load(book, library.book, home).outcomes))
                postings_page(book, person=people[0])
                looked.set()

        readers = [threading.Thread(target=reading) for _ in range(2)]
        for reader in readers:
            reader.start()
        for number in range(40):
            event = visit("w", item("123.45"), item("10.00", "C"), handle=f"v{number}")
            assert record_event(book, library.book, home, event, now=NOW).recorded
            if number in (0, 38):  # a reader is never so slow that it sees the end only
                looked.clear()
                assert looked.wait(PATIENCE)
        done.set()
        for reader in readers:
            reader.join(PATIENCE)
        assert wrong == []
        assert len(seen) > 1
        assert examine(book, library.book) == ()


RECORDING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from famgui.domain.household import Deposit, Refund
from famgui.policy.library import Library
from famgui.store.book import Book
from famgui.usecase.household import load
from famgui.usecase.record import next_handle, record_event
from tests.domain.building import DAY, item, visit

library = Library([Path("resources/policies")], None)
book = Book.open(Path(sys.argv[1]))
now = datetime(2026, 11, 22, 9, tzinfo=UTC)
while True:
    live = load(book, library.book, 1)
    number = len(live.outcomes)
    if number % 3 == 2:
        last = live.household.events[-1]
        event = Refund(next_handle(live.household, Refund), DAY, last.id)
    elif number % 3 == 1:
        event = visit("w", item("321.00"), item("20.00", "C"), handle=f"v{number}")
    else:
        event = Deposit(f"d{number}", DAY, "l", 10_000)
    assert record_event(book, library.book, 1, event, now=now).recorded
    print(number + 1, flush=True)
"""


def killed_after(path, lines, pause):
    """Start recording, kill -9 a moment after so many events were said to be recorded; how many were said."""
    with subprocess.Popen(
        [sys.executable, "-c", RECORDING, str(path)], stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as child:
        said = 0
        for line in child.stdout:
            said = int(line)
            lines -= 1
            if not lines:
                break
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().split()
        child.wait()
    return max([said, *map(int, rest)])


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_a_killed_program_leaves_nothing_half_written(tmp_path, library):
    chance = random.Random(4711)
    with new_book(tmp_path) as book:
        put(book, library.book, pair())
    for _ in range(6):
        said = killed_after(book.path, chance.randint(1, 12), chance.random() * 0.02)
        again = Book.open(book.path, now=NOW)
        try:
            recorded = len(load(again, library.book, 1).outcomes)
            assert recorded in (said, said + 1), "an event said to be recorded is there; at most the next one besides"
            assert examine(again, library.book) == ()
            rows = everything(book.path)
            assert len(rows["audit"]) == recorded + 2
        finally:
            again.close()


@pytest.mark.parametrize("last", ["UPDATE ON account", "INSERT ON audit"])
def test_a_failure_in_the_middle_takes_everything_back(tmp_path, library, last):
    """After the rows of the event, or with the last row of all: neither the book nor what is kept of it remembers."""
    with new_book(tmp_path) as book, closing(sqlite3.connect(book.path, isolation_level=None)) as behind:
        home = put(book, library.book, pair())
        load(book, library.book, home)
        before = everything(book.path)
        behind.execute(f"CREATE TRIGGER halt BEFORE {last} BEGIN SELECT RAISE(ABORT, 'halted'); END")
        with pytest.raises(Exception, match="halted"):
            record_event(book, library.book, home, purchase("w", "10.00"), now=NOW)
        behind.execute("DROP TRIGGER halt")
        assert everything(book.path) == before
        assert record_event(book, library.book, home, purchase("w", "10.00"), now=NOW).recorded
        assert next_handle(load(book, library.book, home).household, type(purchase("w", "1.00"))) == "v2"
        assert examine(book, library.book) == ()


def test_a_book_opened_elsewhere_is_read_anew(tmp_path, library):
    """Two books on one file: each sees what the other recorded before it records itself."""
    with new_book(tmp_path) as one:
        home = put(one, library.book, pair())
        other = Book.open(one.path, now=NOW)
        for number in range(4):
            book = (one, other)[number % 2]
            assert record_event(book, library.book, home, purchase("w", "10.00", handle=f"v{number}"), now=NOW).recorded
        assert len(load(one, library.book, home).outcomes) == 4
        assert examine(one, library.book) == ()
        other.close()


def test_every_connection_waits_for_the_disk_and_keeps_the_links(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "book.sqlite")
    with book.read() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("synchronous", "foreign_keys")]
        assert found == [2, 1]
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
    book.close()


def test_a_second_writer_is_kept_out_from_the_first_statement(tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite"
    book = Book.open(path)
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    with book.write("look only", NOW) as tx:
        tx.silent = True
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.rollback()
    other.close()
    book.close()
