"""What keeps a book from being used is told apart by its cause, each from a real file."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from sqlalchemy import exc, text

from famgui.store import copies, engine, upgrade
from famgui.store.book import Book
from famgui.store.trouble import (
    BackupFailed,
    BookIsFolder,
    BookLocked,
    BookUnwritable,
    DamagedBook,
    DiskFull,
    NewerBook,
    NotABook,
    told_apart,
)
from tests.patience import PATIENCE
from tests.store.making import NOW, filled, new_book, tamper


def test_a_newer_book_is_refused_and_not_touched(tmp_path):
    with new_book(tmp_path) as book:
        pass
    tamper(book.path, "UPDATE alembic_version SET version_num = '0417'")
    before = book.path.read_bytes()
    with pytest.raises(NewerBook) as caught:
        Book.open(book.path)
    assert (caught.value.found, caught.value.known) == ("0417", upgrade.HEAD)
    assert caught.value.values == (("path", str(book.path)), ("found", "0417"), ("known", upgrade.HEAD))
    assert book.path.read_bytes() == before


def test_a_folder_is_no_book(tmp_path):
    with pytest.raises(BookIsFolder):
        Book.open(tmp_path)


@pytest.mark.parametrize("content", [b"hello, this is a letter\n" * 100, b"SQLite format 2\0" + b"x" * 4096])
def test_another_file_is_no_book_and_stays_as_it_is(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(NotABook):
        Book.open(path)
    assert path.read_bytes() == content


def test_another_program_s_database_is_no_book(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE book (id INTEGER)")
    with pytest.raises(NotABook):
        Book.open(path)


def test_an_empty_file_becomes_a_book(tmp_path):
    (tmp_path / "book.sqlite").touch()
    with new_book(tmp_path) as book:
        assert book.info == ("", False, NOW.isoformat())


def test_a_damaged_book_is_said_to_be_damaged(tmp_path, library):
    with new_book(tmp_path) as book:
        filled(book, library.book)
    whole = bytearray(book.path.read_bytes())
    whole[8192 : len(whole) : 7] = b"\xff" * len(whole[8192 : len(whole) : 7])
    book.path.write_bytes(whole)
    with pytest.raises(DamagedBook):
        Book.open(book.path)


def test_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(BookUnwritable) as caught:
        Book.open(tmp_path / "file" / "book.sqlite")
    assert dict(caught.value.values)["reason"]
    if sys.platform == "linux":
        with pytest.raises(BookUnwritable):
            Book.open(type(tmp_path)("/proc/nowhere/book.sqlite"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_book_that_may_only_be_read(tmp_path):
    with new_book(tmp_path) as book:
        pass
    book.path.chmod(0o400)
    with pytest.raises(BookUnwritable):
        Book.open(book.path)


def test_a_read_only_connection_is_the_surroundings_fault(tmp_path):
    with new_book(tmp_path) as book:
        pass
    with (
        closing(sqlite3.connect(f"file:{book.path}?mode=ro", uri=True)) as connection,
        pytest.raises(BookUnwritable),
        told_apart(book.path),
    ):
        connection.execute("DELETE FROM book")


def test_a_book_held_by_another_program(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, "PRAGMA busy_timeout = 50"))
    with new_book(tmp_path) as book, closing(sqlite3.connect(book.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BookLocked), book.write("anything", NOW):
            pass
        other.execute("ROLLBACK")
        with book.write("anything", NOW) as tx:
            tx.detail = "now it goes"


def test_a_full_disk_leaves_the_book_as_it_was(tmp_path):
    with new_book(tmp_path) as book:
        with book.write("grow", NOW) as tx:
            pages = tx.connection.scalar(text("PRAGMA page_count"))
            tx.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(DiskFull), book.write("fill", NOW) as tx:
            for number in range(200):
                row = {"kind": "x", "body": "y" * 5000, "at": str(number)}
                tx.connection.execute(
                    text("INSERT INTO draft (kind, body, updated_at) VALUES (:kind, :body, :at)"), row
                )
        with book.read() as connection:
            assert connection.scalar(text("SELECT count(*) FROM draft")) == 0
            assert connection.scalar(text("SELECT count(*) FROM audit WHERE action = 'fill'")) == 0


def test_a_mistake_of_ours_is_not_the_surroundings_fault(tmp_path):
    with new_book(tmp_path) as book:
        with pytest.raises(exc.OperationalError), book.write("mistake", NOW) as tx:
            tx.connection.execute(text("SELECT nothing FROM nowhere"))
        with pytest.raises(exc.IntegrityError), book.write("mistake", NOW) as tx:
            tx.connection.execute(text("INSERT INTO book (id, title, is_sample, created_at) VALUES (2, '', 0, '')"))


def test_a_backup_that_does_not_hold_everything_is_no_backup(tmp_path, library, monkeypatch):
    with new_book(tmp_path) as book:
        filled(book, library.book)
        target = tmp_path / "copy.sqlite"
        copies.back_up(book.path, target)
        assert target.stat().st_size
        target.unlink()
        answers = iter([{"event": 9}, {"event": 8}])
        monkeypatch.setattr(copies, "_counts", lambda _: next(answers))
        with pytest.raises(BackupFailed):
            copies.back_up(book.path, target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.sqlite"]


def test_a_backup_holds_what_is_still_in_the_write_ahead_log(tmp_path, library):
    with new_book(tmp_path) as book:
        filled(book, library.book)
        copies.back_up(book.path, tmp_path / "copy.sqlite")
        shutil.copy(tmp_path / "copy.sqlite", tmp_path / "alone.sqlite")
    with closing(sqlite3.connect(tmp_path / "alone.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (9,)


def test_opening_a_book_of_today_imports_no_alembic(tmp_path):
    with new_book(tmp_path) as book:
        pass
    code = f"""
import sys
from pathlib import Path
from famgui.store.book import Book
Book.open(Path({str(book.path)!r})).close()
assert not [name for name in sys.modules if name.split(".")[0] in ("alembic", "mako")]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_writers_wait_for_one_another(tmp_path):
    with new_book(tmp_path) as book:
        order: list[str] = []
        inside, go_on = threading.Event(), threading.Event()

        def first():
            with book.write("first", NOW):
                inside.set()
                go_on.wait(PATIENCE)
                order.append("first")

        def second():
            inside.wait(PATIENCE)
            with book.write("second", NOW):
                order.append("second")

        threads = [threading.Thread(target=work) for work in (first, second)]
        for thread in threads:
            thread.start()
        inside.wait(PATIENCE)
        go_on.set()
        for thread in threads:
            thread.join(PATIENCE)
        assert order == ["first", "second"]
