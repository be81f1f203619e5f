"""A query split into what it asks for."""

from collections.abc import Callable

import pytest

from famgui.policy.idea import Idea
from famgui.policy.ideas import Ideas
from tests.policy.searching import bare

Ask = Callable[[str], tuple[Idea, ...]]


@pytest.fixture(scope="module")
def ask() -> Ask:
    index, terms, places = bare()
    return Ideas(terms, index.sounds, places, frozenset(("app",)), "绑定医保").of


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("我的医保卡能不能给爸妈用？", ["医保卡", "爸妈", "给爸妈用"]),
        ("醫保卡給爸媽用", ["医保卡", "爸妈", "给爸妈用"]),
        ("先统筹还是先个账", ["先", "统筹", "先", "个账"]),
        ("二级医院门诊起付线", ["二级医院", "门诊", "起付线"]),
        ("xyb 怎么绑", ["xyb", "怎么绑"]),
        ("ybkvv", ["ybk", "ybkvv"]),
        ("yi bao ka", ["yibaoka"]),
        ("yibaoka gei bama", ["yibaoka", "bama", "yibaokageibama"]),
        ("my spouse's deductible", ["spouse", "deductible"]),
        ("mother-in-law", ["mother in law"]),
        ("福建2000元", ["福建", "2000元"]),
        ("的", ["的"]),
        ("能吗 能吗", ["能吗", "能吗"][:1]),
    ],
)
def test_ideas(ask: Ask, query: str, typed: list[str]) -> None:
    assert [idea.typed for idea in ask(query)] == list(dict.fromkeys(typed))


@pytest.mark.parametrize(
    ("query", "wording", "way"),
    [
        ("老婆", "配偶", "synonym"),
        ("laopo", "老婆", "sound"),
        ("lapo", "老婆", ""),
        ("qfx", "起付线", "initials"),
        ("nver", "女儿", "sound"),
        ("nuer", "女儿", "sound"),
        ("yibaok", "医保卡", "unfinished"),
        ("丈目娘", "丈母娘", "sound"),
        ("起会线", "起付线", "typo"),
        ("我起会线", "起付线", "typo"),
        ("报消比例", "报销比例", "sound"),
        ("外祖", "外祖父母", "unfinished"),
        ("慢卡", "慢病卡", "short"),
        ("deduct", "起付标准", "english"),
        ("deductibles", "起付标准", "english"),
        ("app", "app", "itself"),
        ("孩子", "居民医保", "lead"),
    ],
)
def test_wordings(ask: Ask, query: str, wording: str, way: str) -> None:
    found = {one.text: one.way for idea in ask(query) for one in idea.wordings}
    assert found.get(wording, "") == way


@pytest.mark.parametrize("typed", ["医", "绑"])
def test_a_character_that_clauses_hold_is_not_guessed_on(ask: Ask, typed: str) -> None:
    assert all(one.way != "unfinished" for idea in ask(typed) for one in idea.wordings)


@pytest.mark.parametrize(
    ("query", "place"),
    [("上海", "310000"), ("shanghai", "310000"), ("湘西", "433100"), ("zhuzho", "430200"), ("beijing", "110000")],
)
def test_places(ask: Ask, query: str, place: str) -> None:
    assert ask(query)[0].place == place


def test_ids_and_years(ask: Ask) -> None:
    assert ask("ＨＮ－２１")[0].id == "HN-21"
    assert ask("2022年起付线")[0].year == 2022


def test_an_unknown_word_is_what_it_is(ask: Ask) -> None:
    (idea,) = ask("火星")
    assert [wording.text for wording in idea.wordings] == ["火星"]


def test_letters_that_spell_no_word_are_syllables_or_initials(ask: Ask) -> None:
    assert ask("zhengtuo")[-1].spoken == ("zheng", "tuo")
    assert ask("vvvv")[-1].spoken == ("v", "v", "v", "v")


@pytest.mark.parametrize(
    ("query", "meant"),
    [("办个退了休的", "退休"), ("挂个号", "挂号"), ("看完病", "看病"), ("住过院", "住院")],
)
def test_a_verb_and_its_object_may_stand_apart(ask: Ask, query: str, meant: str) -> None:
    assert meant in [word.text for idea in ask(query) for word in idea.wordings]


def test_a_particle_is_no_part_of_a_word_that_sounds_so(ask: Ask) -> None:
    assert [idea.typed for idea in ask("能用医保吗")] == ["医保"]  # not 医保码


@pytest.mark.parametrize(
    ("query", "place", "away"),
    [
        ("爸妈在广东能用吗", "", "440000"),
        ("老爸去深圳看门诊", "", "440300"),
        ("广东打工的老婆", "", "440000"),
        ("广东爸妈能绑吗", "440000", ""),
        ("在广东看门诊", "440000", ""),
    ],
)
def test_where_a_relative_is_asks_for_crossing(ask: Ask, query: str, place: str, away: str) -> None:
    (named,) = (idea for idea in ask(query) if idea.place or idea.away)
    assert (named.place, named.away) == (place, away)
    assert ("跨省" in [word.text for word in named.wordings]) is bool(away)


def test_one_letter_opens_words(ask: Ask) -> None:
    (idea,) = ask("x")
    assert idea.wordings and {word.way for word in idea.wordings} == {"initials"}
    assert ask("v")[0].wordings[0].text == "v"  # no syllable opens so
