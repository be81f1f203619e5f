"""Search with a place in the query, bare words for a rule, empty words, dates and guesses, over the shipped clauses."""

from datetime import date

import pytest

from famgui.policy.library import Library
from famgui.policy.search import Searcher
from famgui.policy.standing import Where, standings
from tests.policy.searching import searcher_of
from tests.policy.test_search import FEW, clause, ids

PLACE, TODAY = "430200", date(2026, 11, 22)


@pytest.fixture(scope="module")
def shipped(library: Library) -> Searcher:
    return searcher_of(tuple(library.clauses.values()))


def found(shipped: Searcher, query: str, limit: int) -> list[str]:
    return ids(shipped.find(query, place=PLACE, day=TODAY, limit=limit))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("株洲二级医院起付线", {"HN-02"}),
        ("株洲门诊报销多少", {"HN-01"}),
        ("株洲余额门槛", {"HN-23"}),
        ("株洲怎么绑定", {"HN-26"}),
        ("株洲居民医保多少钱", {"HN-42"}),
        ("株洲市居民医保缴费标准", {"HN-42"}),
        ("长沙怎么绑定", {"HN-26"}),
        ("长沙代缴", {"HN-27"}),
        ("广州怎么绑定", {"GD-27"}),
        ("合肥能绑几个人", {"AH-21"}),
    ],
)
def test_a_place_asks_for_what_holds_there_not_for_what_names_it(
    shipped: Searcher, query: str, wanted: set[str]
) -> None:
    assert set(found(shipped, query, 1)) == wanted


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("株洲起付线", {"HN-02", "HN-03", "HN-04"}),
        ("长沙能绑几个人", {"HN-21", "HN-22"}),
        ("成都共济范围", {"SC-01"}),
        ("武汉亲属范围", {"HB-25"}),
        ("郑州先扣谁", {"HA-01"}),
        ("贵阳先扣谁", {"GZ-02"}),
        ("起付线", {"HN-02", "HN-03", "HN-04"}),
        ("门槛费", {"HN-02", "HN-03"}),
        ("qfx", {"HN-02", "HN-03"}),
        ("deductible", {"HN-02", "HN-03"}),
        ("限额", {"HN-06", "ZZ-12"}),
        ("xiane", {"HN-06", "ZZ-12"}),
        ("封顶", {"HN-06", "ZZ-12"}),
        ("扣款顺序", {"HN-34"}),
        ("先花谁的", {"HN-34"}),
        ("截止日期", {"HN-41", "HN-43"}),
        ("2023-06-01", {"HN-01", "HN-02"}),
        ("2023年6月1日", {"HN-01", "HN-02"}),
        ("起付线多少钱", {"HN-02", "HN-04"}),
        ("门诊封顶线多少钱", {"HN-06"}),
        ("年度限额多少钱", {"HN-06"}),
        ("退休限额几多钱", {"HN-06"}),
        ("居民医保多少钱", {"HN-42"}),
        ("住院能用共济吗", {"S2-06"}),
        ("住院费能不能用家人的账户", {"S2-06"}),
        ("mzqf", {"HN-02", "HN-03"}),
    ],
)
def test_among_the_first_five(shipped: Searcher, query: str, wanted: set[str]) -> None:
    assert wanted <= set(found(shipped, query, 5))


def test_what_a_retired_person_gets_is_no_premium(shipped: Searcher) -> None:
    assert found(shipped, "退休每月打多少钱", 1) == ["HN-11"]


def test_what_speaks_of_the_place_only_stands_behind_all_that_answers() -> None:
    own = clause("OWN", "本市的通知", "A", "430200", place_name="株洲市")
    there = clause("THERE", "起付线每次100元", "D", "430000")
    searcher = searcher_of((own, there, *FEW))
    assert ids(searcher.find("株洲起付线")) == ["T-03", "THERE", "OWN"]
    assert ids(searcher.find("株洲")) == ["OWN"]
    assert ids(searcher.find("株洲火星", limit=1)) == ["OWN"]


def test_a_capital_is_named_by_its_province_and_a_city_by_its_nickname() -> None:
    places = ("420000", "420100", "440100", "310000")
    searcher = searcher_of([clause(place, "起付线每次100元", place=place) for place in places])
    for query, place in (("湖北省会起付线", "420100"), ("羊城起付线", "440100"), ("起付线 沪", "310000")):
        assert ids(searcher.find(query, limit=1)) == [place]


def test_an_article_of_no_place_stands_like_the_nation() -> None:
    pair = (clause("N", "甲", "S"), clause("ART", "甲", "S", "990003"), clause("OUT", "甲", "S", "110000"))
    _, nation, article, elsewhere = standings(pair, Where(PLACE), ())
    assert nation == article > elsewhere


def test_guessed_letters_never_bring_another_place_before_ones_own(shipped: Searcher, library: Library) -> None:
    places = [library.clauses[name].place for name in found(shipped, "mzqf", 400)]
    first = next(at for at, place in enumerate(places) if place not in ("430200", "430000", "000000", "990003"))
    assert not {"430200", "430000", "000000"} & set(places[first:])


@pytest.mark.parametrize("typed", ["message", "password", "bottles", "settlers", "network"])
def test_a_long_word_is_not_cut_into_initials_for_certain(shipped: Searcher, typed: str) -> None:
    assert all(hit.guessed for hit in shipped.find(typed, place=PLACE, day=TODAY))


def test_the_clauses_that_set_rules_are_known_to_the_index(shipped: Searcher) -> None:
    setting = shipped._index.kept("rules")
    assert {"HN-02", "HN-06", "HN-26"} < set(setting)
    assert "S2-02" not in setting  # an article of no place sets nothing for anybody


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("睇病報唔報", "看病报不报"),
        ("职工普通门诊年度限颔", "职工普通门诊年度限额"),
    ],
)
def test_what_is_written_otherwise_is_read_as_it_is_meant(shipped: Searcher, query: str, same: str) -> None:
    assert found(shipped, query, 5) == found(shipped, same, 5)
