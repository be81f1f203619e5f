"""Asking the library where something is said, and why an answer is one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from famgui.policy.library import Library
from famgui.usecase.policy import explain, prepare_search, search_clauses
from tests.policy.packs import shipped


def test_place_day_limit_and_wanted_reach_the_search(library: Library) -> None:
    near = [hit.clause.place for hit in search_clauses(library, "起付线", place="430200", limit=5)]
    far = [hit.clause.place for hit in search_clauses(library, "门诊起付标准", place="110000", limit=1)]
    assert set(near) <= {"430200", "430000", "000000"} and far == ["110000"]
    old = search_clauses(library, "起付 湖南省", day=date(2023, 1, 1), limit=50)
    assert "HN-05" in [hit.clause.id for hit in old]
    few = search_clauses(library, "起付线", limit=1, wanted=lambda clause: clause.grade == "K")
    assert [hit.clause.grade for hit in few] == ["K"]


def test_an_answer_is_explained(library: Library) -> None:
    (hit,) = search_clauses(library, "丈母娘", place="430200", limit=1)
    (reason,) = explain(hit)
    assert (hit.clause.id, reason) == ("N-04", ("丈母娘", "姻亲", "synonym", "", ("statement",)))


def test_one_library_is_made_ready_once_on_whatever_thread(tmp_path: Path) -> None:
    library = Library([shipped(tmp_path / "packs")], tmp_path / "cache")
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(prepare_search, [library] * 4))
        found = list(pool.map(lambda query: search_clauses(library, query, limit=1)[0].clause.id, ["HN-21"] * 8))
    assert len(made) == 1 and set(found) == {"HN-21"}
    assert prepare_search(Library([tmp_path / "packs"], tmp_path / "cache")) not in made
