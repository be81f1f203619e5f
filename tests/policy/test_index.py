"""The index is kept in the cache, and made anew when the packs change or what is kept is not whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from famgui.base.paths import resources
from famgui.policy.index import Index
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.prepared import kept_searcher, searcher
from famgui.policy.topics import TOPICS
from tests.conftest import REPOSITORY
from tests.patience import PATIENCE
from tests.policy.packs import GOOD, shipped, user
from tests.policy.searching import words

PACKS = resources() / "policies"


def shelf(tmp_path: Path, cache: Path | None) -> Library:
    return Library([PACKS, tmp_path / "mine"], cache)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many clauses each index built anew had."""
    found: list[int] = []
    build = Index.build

    def counted(clauses: tuple[Clause, ...], *others: object) -> Index:
        found.append(len(clauses))
        return build(clauses, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "build", counted)
    return found


def first(found: Library, query: str) -> str:
    return next((hit.clause.id for hit in searcher(found).find(query, limit=1)), "")


def test_kept_while_nothing_changes(tmp_path: Path, builds: list[int]) -> None:
    cache = tmp_path / "cache"
    assert first(shelf(tmp_path, cache), "HN-21") == "HN-21"
    assert first(shelf(tmp_path, cache), "tongshi bangding") == first(shelf(tmp_path, cache), "tongshi bangding")
    assert len(builds) == 1


def test_built_anew_when_a_pack_comes_changes_or_goes(tmp_path: Path, builds: list[int]) -> None:
    cache = tmp_path / "cache"
    assert first(shelf(tmp_path, cache), "火星") == ""
    path = user(tmp_path / "mine", GOOD.replace('statement = "甲"', 'statement = "火星上的规定"'))
    assert first(shelf(tmp_path, cache), "huoxing") == "T-01"
    path.write_text(path.read_text("utf-8").replace("火星", "水星以外的"), "utf-8")
    assert (first(shelf(tmp_path, cache), "火星"), first(shelf(tmp_path, cache), "水星")) == ("", "T-01")
    path.unlink()
    assert first(shelf(tmp_path, cache), "水星") == ""
    assert len(builds) == 4


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "gone", "folder"])
def test_what_is_not_whole_is_built_anew(tmp_path: Path, builds: list[int], harm: str) -> None:
    cache = tmp_path / "cache"
    assert first(shelf(tmp_path, cache), "HN-21") == "HN-21"
    kept = cache / "search.index"
    whole = kept.read_bytes()
    if harm in ("gone", "folder"):
        kept.unlink()
    if harm == "folder":
        kept.mkdir()
    broken = {"cut": whole[:-4000], "flip": whole[:9000] + b"\x00\xff" + whole[9002:], "empty": b""}.get(harm)
    if broken is not None:
        kept.write_bytes(broken)
    assert first(shelf(tmp_path, cache), "HN-21") == "HN-21"
    assert len(builds) == 2
    assert harm == "folder" or kept.read_bytes()[32:48] == b"SQLite format 3\x00"


def test_without_a_cache_in_memory(tmp_path: Path) -> None:
    assert first(shelf(tmp_path, None), "HN-21") == "HN-21"
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    assert first(shelf(tmp_path, tmp_path / "cache"), "HN-21") == "HN-21"


def test_an_index_of_nothing_finds_nothing() -> None:
    index = Index.build((), words())
    assert index.holding("医保") == [] and index.spoken(("yi", "bao")) == []


def test_every_topic_that_is_named_is_used(library: Library) -> None:
    assert set(TOPICS) <= {clause.topic for clause in library.clauses.values()}


_ANOTHER = """
import sys
from pathlib import Path
from famgui.policy.library import Library
from famgui.policy.prepared import searcher
found = searcher(Library([Path(sys.argv[1])], Path(sys.argv[2])))
print([hit.clause.id for hit in found.find("tongshi bangding")])
"""


def test_two_programs_may_keep_it_at_once(tmp_path: Path) -> None:
    packs, cache = shipped(tmp_path / "packs"), tmp_path / "cache"
    command = [sys.executable, "-c", _ANOTHER, str(packs), str(cache)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=REPOSITORY) for _ in range(2)]
    said = {one.communicate(timeout=PATIENCE)[0] for one in both}
    assert len(said) == 1 and b"HN-" in said.pop()
    assert [one.returncode for one in both] == [0, 0]
    assert kept_searcher(Library([packs], cache)) is not None
    assert [path.name for path in cache.iterdir() if path.suffix == ".part"] == []
