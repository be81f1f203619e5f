"""Packs are read when they change and never else; what is kept can be lost at any time."""

import json
import os
import tomllib
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from famgui.policy.compiled import INDEX, TEXTS, VALUES, compiled
from famgui.policy.library import Library
from tests.policy.packs import FEW, FREE, GOOD, shipped, user

DAY = date(2025, 5, 1)
SHIPPED = len(FEW)
KEPT = [INDEX, VALUES, TEXTS]


def refuse(*_: object, **__: object) -> Any:
    """TOML must not be read."""
    raise AssertionError("a pack was read")


def keep(library: Library, place: str = FREE) -> int:
    """What must stay in an authorizer's account, in fen."""
    return library.book(place).at(DAY).sharing.keep


def kept(library: Library) -> list[str]:
    """The places whose pack stands in for a broken newer one."""
    return [pack.place for pack in library.packs if pack.kept]


def broken(path: Path) -> None:
    """The pack is no TOML any more."""
    path.write_text("format = \n", "utf-8")


def test_a_second_start_reads_no_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user", tmp_path / "none"], tmp_path / "cache"
    broken_path = user(tmp_path / "user", GOOD.replace('"1.0"', '"x"'))
    first = Library(folders, cache)
    monkeypatch.setattr(tomllib, "loads", refuse)
    second = Library(folders, cache)
    assert second.packs == first.packs and len(first.packs) == SHIPPED
    assert second.clauses == first.clauses and len(first.clauses) > 200
    assert second.unconfirmed == first.unconfirmed and second.stamp == first.stamp
    assert second.faults == first.faults and [fault.file for fault in first.faults] == [str(broken_path)]
    for place in ("430200", "350000", "310000", "990003"):
        assert second.book(place).at(DAY).sharing == first.book(place).at(DAY).sharing
    assert second.used_by("HN-21") == first.used_by("HN-21") != ()
    with pytest.raises(AssertionError, match="a pack was read"):
        Library(folders, tmp_path / "other")


@pytest.mark.parametrize("size", ["other size", "same size"])
def test_a_changed_pack_is_read_again(tmp_path: Path, size: str) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user")
    assert keep(Library(folders, cache)) == 50000
    path.write_text(GOOD.replace('"500.00"', '"9.00"' if size == "other size" else '"700.00"', 1), "utf-8")
    os.utime(path, ns=(0, 1_700_000_000_000_000_000))
    again = Library(folders, cache)
    assert keep(again) == (900 if size == "other size" else 70000)
    assert kept(again) == []


def test_a_new_pack_and_one_taken_away_are_noticed(tmp_path: Path) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    assert FREE not in [pack.place for pack in Library(folders, cache).packs]
    path = user(tmp_path / "user")
    with_it = Library(folders, cache)
    assert keep(with_it) == 50000 and "T-01" in with_it.clauses
    path.unlink()
    without = Library(folders, cache)
    assert FREE not in [pack.place for pack in without.packs] and "T-01" not in without.clauses


def test_a_pack_that_breaks_keeps_its_last_good_version_and_says_so(tmp_path: Path) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user")
    Library(folders, cache)
    broken(path)
    for start in ("after it broke", "from the cache"):
        library = Library(folders, cache)
        assert (kept(library), keep(library), len(library.faults)) == ([FREE], 50000, 1), start
        assert library.clauses["T-01"].statement == "甲", start
    (folders[0] / "310000-shanghai.toml").unlink()
    assert kept(Library(folders, cache)) == [FREE]
    path.write_text(GOOD.replace('"500.00"', '"600.00"', 1), "utf-8")
    mended = Library(folders, cache)
    assert (kept(mended), keep(mended), mended.faults) == ([], 60000, ())


def test_a_shipped_pack_that_breaks_changes_no_figure_and_no_doubt(tmp_path: Path) -> None:
    for name in ("000000-nation.toml", "430000-hunan.toml", "430200-zhuzhou.toml"):
        folder, cache = shipped(tmp_path / name.removesuffix(".toml")), tmp_path / f"cache-{name}"
        before = Library([folder], cache)
        broken(folder / name)
        after = Library([folder], cache)
        assert kept(after) == [name[:6]]
        assert after.clauses == before.clauses
        for place in ("430200", "430000", "350000"):
            rules, old = after.book(place).at(DAY), before.book(place).at(DAY)
            assert rules.sharing == old.sharing, (name, place)
            for what in (
                ("outpatient", "employee", "active", "tertiary"),
                ("outpatient", "resident", "active", "community"),
            ):
                assert rules.benefit(*what) == old.benefit(*what), (name, place)


def test_a_pack_broken_from_the_start_is_left_out(tmp_path: Path) -> None:
    folder, cache = shipped(tmp_path / "shipped"), tmp_path / "cache"
    broken(folder / "430200-zhuzhou.toml")
    library = Library([folder], cache)
    assert "430200" not in [pack.place for pack in library.packs]
    assert library.chain("430200") == ("430000", "000000")
    assert [fault.file for fault in library.faults] == [str(folder / "430200-zhuzhou.toml")]


def test_the_users_pack_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    folders = [shipped(tmp_path / "shipped"), tmp_path / "user"]
    path = user(tmp_path / "user", GOOD.replace(FREE, "350000"))
    library = Library(folders, tmp_path / "cache")
    assert library.faults == () and keep(library, "350000") == 50000
    (info,) = (pack for pack in library.packs if pack.place == "350000")
    assert (info.file, info.name_en, info.version) == (str(path), "Nowhere", "1.0")
    assert {"T-01", "FJ-01"} <= set(library.clauses)  # what other packs rest on does not vanish


@pytest.mark.parametrize("place", ["430200", "430000"])
def test_the_users_pack_leaves_the_other_packs_in_use(tmp_path: Path, place: str) -> None:
    user(tmp_path / "user", GOOD.replace(FREE, place))
    library = Library([shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache")
    assert len(library.packs) == SHIPPED
    assert keep(library, place) == 50000


def test_a_user_pack_that_breaks_keeps_the_users_last_good_one(tmp_path: Path) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user", GOOD.replace(FREE, "350000"))
    assert keep(Library(folders, cache), "350000") == 50000
    broken(path)
    library = Library(folders, cache)
    assert (keep(library, "350000"), kept(library)) == (50000, ["350000"])


def works(library: Library) -> None:
    """All packs, their clauses and their faults are there."""
    assert len(library.packs) == SHIPPED + 1
    assert keep(library) == 50000
    assert {"T-01", "HN-21"} <= set(library.clauses)
    assert library.faults == ()


SHAPES = {
    "nothing": "",
    "half of it": None,
    "not UTF-8": b"\xff\xfe",
    "list": "[]",
    "null": "null",
    "text": '"x"',
    "number": "1",
    "empty table": "{}",
    "other table": '{"stamp": 1}',
    "right stamp alone": "STAMP",
    "packs of another shape": "PACKS",
    "clauses of another shape": '{"clauses": []}',
    "deep": "[" * 100_000,
    "huge number": "9" * 5000,
}


def _first(body: bytes) -> dict[str, Any]:
    """The table on the first line; none where there is a list."""
    found = json.loads(body.partition(b"\n")[0] or b"{}")
    return found if isinstance(found, dict) else {}


def spoilt(path: Path, shape: str) -> bytes:
    """What a kept file may hold after an accident."""
    good = path.read_bytes()
    body = good.partition(b"\n")[2]
    match SHAPES[shape]:
        case None:
            return good[: len(good) // 2]
        case "STAMP":
            return json.dumps({"stamp": _first(body).get("stamp")}).encode()
        case "PACKS":
            return json.dumps({**_first(body), "packs": {"x": 1}, "faults": 2, "clause": {"x": 3}}).encode()
        case str(text):
            return text.encode()
        case raw:
            return bytes(raw)


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_spoilt_cache_is_made_again(tmp_path: Path, name: str, shape: str) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user")
    works(Library(folders, cache))
    (cache / name).write_bytes(spoilt(cache / name, shape))
    works(Library(folders, cache))
    (cache / name).write_bytes(spoilt(cache / name, shape))
    path.write_text(GOOD + "# changed\n", "utf-8")
    works(Library(folders, cache))
    works(Library(folders, cache))


def a_file(cache: Path) -> None:
    cache.write_bytes(b"")


def folders_for_files(cache: Path) -> None:
    for name in KEPT:
        (cache / name).mkdir(parents=True)


@pytest.mark.parametrize("spoil", [a_file, folders_for_files], ids=["a file in its place", "folders for files"])
def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    user(tmp_path / "user")
    spoil(cache)
    for _ in range(2):
        works(Library(folders, cache))
    works(Library(folders, None))


@pytest.mark.parametrize("name", KEPT)
def test_a_cache_that_was_deleted_is_made_again(tmp_path: Path, name: str) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    user(tmp_path / "user")
    works(Library(folders, cache))
    (cache / name).unlink()
    works(Library(folders, cache))


def test_values_and_clauses_come_from_the_cache_when_they_are_asked_for(tmp_path: Path) -> None:
    folders, cache = [shipped(tmp_path / "shipped")], tmp_path / "cache"
    first = compiled(folders, cache)
    (cache / VALUES).unlink()
    second = compiled(folders, cache)
    assert [{**pack, VALUES: 0, TEXTS: 0} for pack in second.packs] == [
        {**{key: pack[key] for key in second.packs[0] if key not in (VALUES, TEXTS)}, VALUES: 0, TEXTS: 0}
        for pack in first.packs
    ]
    assert not (cache / VALUES).exists()
    assert [second.values(pack) for pack in second.packs] == [first.values(pack) for pack in first.packs]
    assert (cache / VALUES).exists()


def test_what_an_older_program_kept_is_made_again(tmp_path: Path) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user")
    cache.mkdir()
    old = {"stamp": [["famgui", "0.1"]], "packs": [{"file": str(path), "place": FREE, "values": []}], "faults": []}
    body = json.dumps(old).encode()
    (cache / INDEX).write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)
    works(Library(folders, cache))
    works(Library(folders, cache))


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders, cache = [shipped(tmp_path / "shipped"), tmp_path / "user"], tmp_path / "cache"
    path = user(tmp_path / "user")
    first, loads, texts = Library(folders, cache), tomllib.loads, list[str]()
    path.write_text(GOOD.replace('grade = "A"', 'grade = "D"'), "utf-8")

    def counted(text: str) -> Any:
        texts.append(text)
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", counted)
    second = Library(folders, cache)
    assert len(texts) == 1 and "T-01" in texts[0]
    assert second.stamp != first.stamp
    assert (first.clauses["T-01"].grade, second.clauses["T-01"].grade) == ("A", "D")
    assert second.book(FREE).at(DAY).sharing.keep_rule.weak
    assert {**second.clauses, "T-01": None} == {**first.clauses, "T-01": None}
