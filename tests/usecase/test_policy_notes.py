"""Bookmarks and notes on disk: whole or not at all, and never lost to a broken file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from famgui.base.paths import Home
from famgui.usecase.policy_notes import LONGEST_NOTE, Marks, load_marks, marks_file, save_marks

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_marks_come_back_as_they_were_saved(tmp_path: Path) -> None:
    path = marks_file(Home(tmp_path / "new"))
    marks = Marks().starred("HN-03").starred("HN-05").noted("HN-03", "问过窗口：\n<b>可以</b>")
    save_marks(path, marks)
    found, aside = load_marks(path, NOW)
    assert (found.bookmarks, dict(found.notes), aside) == (
        ("HN-05", "HN-03"),
        {"HN-03": "问过窗口：\n<b>可以</b>"},
        None,
    )


def test_a_second_star_takes_the_bookmark_away_and_a_blank_note_is_none() -> None:
    marks = Marks().starred("A-1").starred("A-1").noted("A-1", "x").noted("A-1", "  \n")
    assert (marks.bookmarks, dict(marks.notes)) == ((), {})


def test_no_file_is_no_marks(tmp_path: Path) -> None:
    assert load_marks(tmp_path / "none.json", NOW) == (Marks(), None)


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"{",
        b"[]",
        b'{"format": 2, "bookmarks": [], "notes": {}}',
        b'{"format": 1, "bookmarks": [3], "notes": {}}',
        b'{"format": 1, "bookmarks": [], "notes": {"A-1": 3}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_makes_no_sense_is_put_aside_whole(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "policy-notes.json"
    path.write_bytes(body)
    found, aside = load_marks(path, NOW)
    assert found == Marks()
    assert aside is not None
    assert aside.read_bytes() == body
    assert not path.exists()


def test_an_endless_note_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    path.write_text(json.dumps({"format": 1, "bookmarks": [], "notes": {"A-1": "长" * 9_000}}), "utf-8")
    assert len(load_marks(path, NOW)[0].notes["A-1"]) == LONGEST_NOTE
    assert len(Marks().noted("A-1", "长" * 9_000).notes["A-1"]) == LONGEST_NOTE


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    save_marks(path, Marks(("A-1",)))
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError):
        save_marks(tmp_path / "file" / "n.json", Marks())
    assert load_marks(path, NOW)[0].bookmarks == ("A-1",)
