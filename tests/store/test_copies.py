"""Copies of a book, and the file that is whole while the book is open; each from real files."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from famgui.store import copies
from famgui.store.book import Book
from famgui.store.copies import back_up, copies_of, keep_copy
from famgui.store.facts import look
from famgui.store.swap import put_in_place
from famgui.store.trouble import (
    BookLocked,
    BookUnwritable,
    DamagedBook,
    EncryptedBook,
    HollowBook,
    LogLeftBehind,
    MissingBook,
    NewerBook,
    NotABook,
    TargetIsBook,
)
from famgui.store.upgrade import HEAD
from tests.store.making import NOW, everything, filled, new_book, tamper

MUSEUM = Path(__file__).parent.parent / "museum"


def alone(book, folder):
    """The book's file without what lies beside it, as somebody would copy it who knows no better."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(book.path, folder / "alone.sqlite"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_at_rest_the_file_alone_holds_everything(tmp_path, library):
    with new_book(tmp_path) as book:
        filled(book, library.book)
        assert len(everything(alone(book, tmp_path / "before"))["event"]) == 0
        assert book.rest()
        assert len(everything(alone(book, tmp_path / "after"))["event"]) == 9
        assert book.path.with_name("book.sqlite-wal").stat().st_size == 0


def test_rest_waits_for_no_reader_and_is_made_up_for(tmp_path, library):
    with new_book(tmp_path) as book:
        assert book.rest()
        with book.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM event").one()
            filled(book, library.book)
            assert not book.rest()
        assert book.rest()
        assert len(everything(alone(book, tmp_path / "after"))["event"]) == 9


def test_a_copy_of_an_open_book_is_one_whole_file_and_tells_how_far_it_is(tmp_path, library):
    told = []
    with new_book(tmp_path) as book:
        filled(book, library.book)
        target = tmp_path / "走" / "copy.sqlite"
        back_up(book.path, target, lambda done, total: told.append((done, total)))
        assert everything(target) == everything(book.path)
    assert names(target.parent) == ["copy.sqlite"]
    assert told[-1][0] == told[-1][1] > 1


def test_a_copy_that_is_stopped_leaves_what_was_there(tmp_path, library):
    def stop(done, total):
        raise KeyboardInterrupt

    target = tmp_path / "copy.sqlite"
    target.write_bytes(b"older")
    with new_book(tmp_path) as book:
        with pytest.raises(KeyboardInterrupt):
            back_up(book.path, target, stop)
        assert target.read_bytes() == b"older"
    assert names(tmp_path) == ["book.sqlite", "copy.sqlite"]


def test_no_copy_is_written_over_an_open_book(tmp_path):
    with new_book(tmp_path) as book, new_book(tmp_path, "other.sqlite") as other:
        for target in (book.path, other.path):
            with pytest.raises(TargetIsBook):
                back_up(book.path, target)


def test_where_no_copy_can_be_written_that_place_is_named(tmp_path):
    (tmp_path / "file").touch()
    with new_book(tmp_path) as book, pytest.raises(BookUnwritable) as caught:
        back_up(book.path, tmp_path / "file" / "copy.sqlite")
    assert caught.value.path == tmp_path / "file" / "copy.sqlite"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small file system")
def test_a_full_stick_is_named_and_nothing_half_written_stays(tmp_path, library):
    code = """
import sys
from pathlib import Path
from famgui.store.copies import back_up
from famgui.store.trouble import DiskFull
try:
    back_up(Path(sys.argv[1]), Path(sys.argv[2]))
except DiskFull as full:
    print("full", full.path, [path.name for path in full.path.parent.iterdir()])
"""
    with new_book(tmp_path) as book:
        filled(book, library.book)
        stick = tmp_path / "stick"
        stick.mkdir()
        mount = (
            f"mount -t tmpfs -o size=64k none {stick} && exec {sys.executable} -c '{code}' {book.path} {stick}/c.sqlite"
        )
        done = subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, text=True, check=False)
    if "full" not in done.stdout and done.returncode:
        pytest.skip("may not mount here")
    assert done.stdout.strip() == f"full {stick}/c.sqlite []"


def test_so_many_copies_are_kept_and_nobody_elses_file_goes(tmp_path):
    with new_book(tmp_path) as book, new_book(tmp_path, "sample.sqlite") as sample:
        book.copies_kept = 3
        other = sample.keep_copy("merge", NOW)
        mine, half = other.with_name("book-meine.sqlite"), other.with_name("book-20260101-000000-merge.sqlite.part")
        mine.touch()
        half.touch()
        made = [book.keep_copy("import", NOW + timedelta(minutes=turn // 2)) for turn in range(6)]
        found = copies_of(book.path)
    assert [copy.path for copy in found] == made[:2:-1]
    assert {copy.reason for copy in found} == {"import"} and found[0].at == NOW + timedelta(minutes=2)
    assert other.exists() and mine.exists() and not half.exists()


def spoil(whole):
    return whole[:8192] + b"\xff" * 4096 + whole[12288:]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (None, MissingBook),
        (b"", HollowBook),
        (b"a letter\n" * 600, NotABook),
        (bytes((turn * 167 + turn // 256) % 256 for turn in range(8192)), EncryptedBook),
        ("hollow", HollowBook),
        ("foreign", NotABook),
        ("alike", NotABook),
        ("newer", NewerBook),
        ("damaged", DamagedBook),
    ],
)
def test_what_is_no_book_to_restore_is_told_apart(tmp_path, library, content, trouble):
    path = tmp_path / "chosen.sqlite"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        with new_book(tmp_path, "chosen.sqlite") as book:
            filled(book, library.book)
        if content == "newer":
            tamper(path, "UPDATE alembic_version SET version_num = '0417'")
        elif content == "damaged":
            path.write_bytes(spoil(path.read_bytes()))
        else:
            path.unlink()
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("CREATE TABLE letter (id INTEGER)")
                if content == "hollow":
                    connection.execute("DROP TABLE letter")
                if content == "alike":
                    for name in ("alembic_version", "book", "household", "person", "event", "audit"):
                        connection.execute(f"CREATE TABLE {name} (id INTEGER)")
    before = names(tmp_path)
    with new_book(tmp_path, "mine.sqlite") as book:
        pass
    whole = book.path.read_bytes()
    for ask in (look, lambda path: put_in_place(path, book.path, NOW)):
        with pytest.raises(trouble):
            ask(path)
    assert book.path.read_bytes() == whole
    assert names(tmp_path) == sorted([*before, "mine.sqlite"])


def test_a_book_with_its_log_beside_it_is_read_whole(tmp_path, library):
    with new_book(tmp_path) as book:
        filled(book, library.book)
        taken = tmp_path / "taken"
        taken.mkdir()
        for ending in ("", "-wal"):
            shutil.copy(f"{book.path}{ending}", taken / f"book.sqlite{ending}")
    assert look(taken / "book.sqlite").events == 9
    with new_book(tmp_path, "mine.sqlite") as mine:
        pass
    put_in_place(taken / "book.sqlite", mine.path, NOW)
    assert look(mine.path).events == 9
    (taken / "book.sqlite-shm").unlink(missing_ok=True)


@pytest.mark.parametrize("old", sorted(MUSEUM.glob("*.sqlite")), ids=lambda path: path.stem)
def test_a_book_of_any_schema_takes_the_place_of_the_present_one(tmp_path, library, old):
    with new_book(tmp_path) as book:
        filled(book, library.book)
    before, source = everything(book.path), old.read_bytes()
    found = look(old)
    assert (found.schema, found.behind, found.households > 0) == (old.stem[-4:], old.stem[-4:] < HEAD, True)
    kept = put_in_place(old, book.path, NOW)
    assert kept is not None and everything(kept) == before
    assert names(tmp_path) == ["backups", "book.sqlite"] and names(kept.parent) == [kept.name]
    after = look(book.path)
    assert after[3:] == found[3:] and after.schema == HEAD
    assert old.read_bytes() == source and not old.with_name(f"{old.name}-wal").exists()
    Book.open(book.path).close()


def test_the_first_book_of_a_home_is_put_there(tmp_path, library):
    with new_book(tmp_path, "copy.sqlite") as book:
        filled(book, library.book)
    assert put_in_place(book.path, tmp_path / "book.sqlite", NOW) is None
    assert everything(tmp_path / "book.sqlite") == everything(book.path)


def test_a_damaged_book_is_kept_as_it_is_before_another_takes_its_place(tmp_path, library):
    with new_book(tmp_path, "copy.sqlite") as copy:
        filled(copy, library.book)
    (tmp_path / "book.sqlite").write_bytes(spoil(copy.path.read_bytes()))
    (tmp_path / "book.sqlite-wal").write_bytes(b"of another life")
    kept = put_in_place(copy.path, tmp_path / "book.sqlite", NOW)
    assert kept is not None and kept.suffix == ".aside"
    assert everything(tmp_path / "book.sqlite") == everything(copy.path)
    assert not (tmp_path / "book.sqlite-wal").exists()


def test_a_book_that_somebody_has_open_stays(tmp_path, library, monkeypatch):
    monkeypatch.setattr(copies, "BUSY_SECONDS", 0)
    with new_book(tmp_path, "copy.sqlite") as copy:
        filled(copy, library.book)
    with new_book(tmp_path) as book:
        filled(book, library.book, MUSEUM.parent / "cases" / "case01.toml")
        before = everything(book.path)
        with pytest.raises(BookLocked):
            put_in_place(copy.path, book.path, NOW)
        assert everything(book.path) == before
        with pytest.raises(TargetIsBook):
            put_in_place(book.path, book.path, NOW)


def test_a_file_named_after_no_day_hides_no_copy(tmp_path):
    with new_book(tmp_path) as book:
        kept = keep_copy(book.path, "import", NOW)
    for name in ("00000000-000000", "20269999-120000", "99999999-999999"):
        kept.with_name(f"{book.path.stem}-{name}-import.sqlite").touch()
    assert [copy.path for copy in copies_of(book.path)] == [kept]


def test_a_copy_over_itself_in_one_second_gets_another_name(tmp_path):
    with new_book(tmp_path) as book:
        one, other = keep_copy(book.path, "merge", NOW), keep_copy(book.path, "merge", NOW)
        assert one != other and [copy.path for copy in copies_of(book.path)] == [other, one]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a medium that takes nothing")
@pytest.mark.parametrize(("log", "said"), [(False, "sound []"), (True, LogLeftBehind.code)])
def test_a_medium_that_takes_nothing_can_be_read(tmp_path, library, log, said):
    with new_book(tmp_path) as book:
        filled(book, library.book)
        disc = tmp_path / "disc"
        disc.mkdir()
        if log:
            shutil.copy(f"{book.path}-wal", disc / "book.sqlite-wal")
        else:
            book.rest()
        shutil.copy(book.path, disc / "book.sqlite")
    code = """
import sys
from pathlib import Path
from famgui.base.wording import Wording
from famgui.store.facts import look
from famgui.store.trouble import BookTrouble
from famgui.app import App, Home
try:
    look(Path(sys.argv[1]))
    app = App(Home(Path(sys.argv[2])), "zh")
    print("sound", app.examine(Path(sys.argv[1])) + app.remarks(Path(sys.argv[1])))
except BookTrouble as trouble:
    print(trouble.code)
"""
    mount = (
        f"mount --bind {disc} {disc} && mount -o remount,bind,ro {disc} && ! touch {disc}/x 2>/dev/null && "
        f"exec {sys.executable} -c '{code}' {disc}/book.sqlite {tmp_path}"
    )
    done = subprocess.run(["unshare", "-rm", "sh", "-c", mount], capture_output=True, text=True, check=False)
    if done.returncode and not done.stdout:
        pytest.skip("may not mount here")
    assert done.stdout.strip() == said, done.stderr
    assert names(disc) == (["book.sqlite", "book.sqlite-wal"] if log else ["book.sqlite"])
