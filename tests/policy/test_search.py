"""Search over the clauses: what holds the words comes first; always the same order."""

import unicodedata

import pytest

from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.search import search


def clause(name: str, statement: str, grade: str = "A", **more: str) -> Clause:
    """A clause of nowhere."""
    return Clause(name, "000000", "test", statement, grade, **more)


FEW = [
    clause("T-02", "家庭共济绑定人数上限为10人", "D"),
    clause("T-01", "家庭共济绑定人数上限为10人", "D"),
    clause("T-03", "起付线每次100元", "A", note="三级医院", doc_no="湘医保发〔2023〕1号", source_title="通知"),
    clause("T-04", "家庭共济绑定人数上限为10人", "A"),
]


@pytest.mark.parametrize("query", ["", "  ", "\u3000\n"])
def test_an_empty_query_finds_nothing(query: str) -> None:
    assert search(FEW, query) == []


@pytest.mark.parametrize("query", ["火星", "qqqq", "☃"])
def test_words_that_stand_nowhere_find_nothing(library: Library, query: str) -> None:
    assert search(library.clauses.values(), query) == []


def test_better_sourced_first_then_by_id() -> None:
    assert [hit.clause.id for hit in search(FEW, "绑定 上限")] == ["T-04", "T-01", "T-02"]
    assert [hit.clause.id for hit in search(reversed(FEW), "绑定 上限")] == ["T-04", "T-01", "T-02"]


def test_limit() -> None:
    assert [hit.clause.id for hit in search(FEW, "绑定", 1)] == ["T-04"]
    assert search(FEW, "绑定", 0) == []


@pytest.mark.parametrize("query", ["T-03", "t-03", "Ｔ－０３", "起付线", "三级医院", "湘医保发〔2023〕1号", "通知"])
def test_id_statement_note_source_and_number_are_searched_whatever_their_width_and_case(query: str) -> None:
    best, *others = search(FEW, query)
    assert (best.clause.id, best.matched) == ("T-03", (unicodedata.normalize("NFKC", query).casefold(),))
    assert all(hit.score < best.score for hit in others)


def test_matched_names_the_words_that_were_found() -> None:
    (hit,) = search(FEW, "起付线 火星")
    assert hit.matched == ("起付线",)
    assert 0 < hit.score < 1


def test_what_people_ask(library: Library) -> None:
    expected = {"HN-21": "HN-21", "湖南 同时可以绑定10名": "HN-21", "三级 起付 100元 湖南": "HN-03"}
    for query, wanted in expected.items():
        hits = search(library.clauses.values(), query, 5)
        assert wanted in [hit.clause.id for hit in hits], query
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_an_id_finds_its_own_clause_first(library: Library) -> None:
    first = {name: search(library.clauses.values(), name, 1)[0].clause.id for name in library.clauses}
    assert {name: found for name, found in first.items() if name != found} == {}
