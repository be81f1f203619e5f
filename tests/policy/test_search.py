"""Search over the clauses: whatever way it is typed, with place, date and grade in mind; always the same order."""

from collections.abc import Callable
from datetime import date

import pytest

from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.policy.search import Hit, Searcher, reasons
from tests.policy.searching import searcher_of

TODAY = date(2026, 11, 22)


def clause(name: str, statement: str, grade: str = "A", place: str = "000000", **more: object) -> Clause:
    """A clause of the nation."""
    return Clause(name, place, "test", statement, grade, **more)  # type: ignore[arg-type]


FEW = (
    clause("T-02", "家庭共济绑定人数上限为10人", "D"),
    clause("T-01", "家庭共济绑定人数上限为10人", "D"),
    clause("T-03", "起付线每次100元", "A", note="三级医院", doc_no="湘医保发〔2023〕1号", source_title="通知"),
    clause("T-04", "家庭共济绑定人数上限为10人", "A"),
    clause("T-05", "配偶与参保人须在同一省参保", "B"),
    clause("T-06", "冒用医保凭证的处以罚款", "B"),
)


@pytest.fixture(scope="module")
def few() -> Searcher:
    return searcher_of(FEW)


@pytest.fixture(scope="module")
def ask(library: Library) -> Callable[..., list[str]]:
    searcher = searcher_of(tuple(library.clauses.values()))

    def asked(query: str, limit: int = 5, **more: object) -> list[str]:
        return [hit.clause.id for hit in searcher.find(query, limit=limit, **more)]  # type: ignore[arg-type]

    return asked


def ids(hits: list[Hit]) -> list[str]:
    return [hit.clause.id for hit in hits]


@pytest.mark.parametrize("query", ["", "  ", "\u3000\n", "\x00", "“”", "\ud800"])
def test_an_empty_query_finds_nothing(few: Searcher, query: str) -> None:
    assert few.find(query) == []


@pytest.mark.parametrize("query", ["火星", "vvvv", "☃", "9999元"])
def test_words_that_stand_nowhere_find_nothing(ask: Callable[..., list[str]], query: str) -> None:
    assert ask(query) == []


@pytest.mark.parametrize(
    "query", ['"*: OR AND (', "NEAR(绑定)", "statement : 绑定", "绑定*", "绑" * 300, "ybk" * 99, "*"]
)
def test_nothing_that_is_typed_is_a_command(few: Searcher, query: str) -> None:
    assert len(few.find(query)) <= len(FEW)


def test_better_sourced_first_then_as_they_came(few: Searcher) -> None:
    assert ids(few.find("绑定 上限")) == ["T-04", "T-02", "T-01"]


def test_limit_and_wanted(few: Searcher) -> None:
    assert ids(few.find("绑定", limit=1)) == ["T-04"]
    assert few.find("绑定", limit=0) == []
    assert ids(few.find("绑定", limit=1, wanted=lambda clause: clause.grade == "D")) == ["T-02"]


@pytest.mark.parametrize(
    "query",
    [
        "T-03",
        "t-03",
        "Ｔ－０３",
        "起付线",
        "三级医院",
        "湘医保发〔2023〕1号",
        "湘醫保發〔2023〕1號",
        "湘医保发2023年1号",
        "通知",
    ],
)
def test_id_statement_note_source_and_number_are_searched_whatever_their_width_and_script(
    few: Searcher, query: str
) -> None:
    assert few.find(query)[0].clause.id == "T-03"


@pytest.mark.parametrize(
    ("query", "found", "way", "word"),
    [
        ("绑定", "T-04", "itself", "绑定"),
        ("綁定", "T-04", "itself", "绑定"),
        ("老婆", "T-05", "synonym", "配偶"),
        ("peiou", "T-05", "sound", "配偶"),
        ("pei ou", "T-05", "sound", "配偶"),
        ("pei'ou", "T-05", "sound", "配偶"),
        ("bangdin", "T-04", "unfinished", "绑定"),
        ("qfx", "T-03", "initials", "起付线"),
        ("起会线", "T-03", "typo", "起付线"),
        ("起复线", "T-03", "sound", "起付线"),
        ("配藕", "T-05", "sound", "配偶"),
        ("十个人", "T-04", "number", "10人"),
        ("100块", "T-03", "number", "100元"),
        ("deductible", "T-03", "english", "起付线"),
        ("spouses", "T-05", "english", "配偶"),
        ("tongyisheng", "T-05", "sound", "同一省"),
        ("tyscb", "T-05", "initials", "同一省参保"),
        ("参", "T-05", "itself", "参"),
        ("共", "T-04", "itself", "共"),
    ],
)
def test_every_way_of_typing_is_found_and_explained(few: Searcher, query: str, found: str, way: str, word: str) -> None:
    best = few.find(query)[0]
    assert best.clause.id == found
    assert word in best.matched
    reason = next(reason for reason in reasons(best) if reason.wording == word)
    assert (reason.way, reason.fields[0]) == (way, "statement")


def test_a_reason_tells_what_was_taken_for_what(few: Searcher) -> None:
    (reason,) = reasons(few.find("laopo")[0])
    assert reason == ("laopo", "配偶", "sound", "老婆", ("statement",))
    (lead,) = reasons(few.find("盗刷")[0])
    assert (lead.typed, lead.through) == ("盗刷", "")


@pytest.mark.parametrize("typed", ["q", "qi", "qif", "qifu", "qifux", "qifuxi", "qifuxian"])
def test_answers_come_while_one_types(few: Searcher, typed: str) -> None:
    assert len(typed) < 3 or few.find(typed)[0].clause.id == "T-03"


def test_matched_names_the_words_that_were_found(few: Searcher) -> None:
    (hit,) = few.find("起付线 火星")
    assert hit.matched == ("起付线",)
    assert hit.score > 0


def test_a_place_brings_its_own_clauses_up() -> None:
    same = [
        clause(place, "起付线每次100元", place=place) for place in ("110000", "000000", "430000", "430200", "430100")
    ]
    searcher = searcher_of(same)
    assert ids(searcher.find("起付线", place="430200")) == ["430200", "430000", "000000", "430100", "110000"]
    for query in ("北京 起付线", "beijing 起付线", "Beijing deductible", "bei jing qifuxian", "北京起付线"):
        assert ids(searcher.find(query, place="430200"))[0] == "110000"
    assert ids(searcher.find("株洲市", limit=1)) == ["430200"]
    assert ids(searcher.find("zhuzhoush", limit=1)) == ["430200"]


def test_what_has_ended_comes_later_unless_it_is_asked_for() -> None:
    old = clause("OLD", "起付线每次200元", first=date(2022, 10, 1), last=date(2023, 5, 31))
    new = clause("NEW", "起付线每次100元", first=date(2023, 6, 1))
    searcher = searcher_of([old, new])
    assert ids(searcher.find("起付线", day=TODAY)) == ["NEW", "OLD"]
    assert ids(searcher.find("起付线", day=date(2023, 1, 1))) == ["OLD", "NEW"]
    assert ids(searcher.find("2022年起付线", day=TODAY)) == ["OLD", "NEW"]
    assert ids(searcher.find("2024年起付线", day=TODAY)) == ["NEW", "OLD"]
    assert ids(searcher.find("以前的起付线", day=TODAY)) == ["OLD", "NEW"]


def test_what_people_ask(ask: Callable[..., list[str]]) -> None:
    expected = {
        "湖南 同时可以绑定10名": "HN-21",
        "三级 起付 100元 湖南": "HN-03",
        "福建 门槛": "FJ-01",
        "unbind": "HN-31",
    }
    for query, wanted in expected.items():
        assert wanted in ask(query, place="430200"), query


def test_an_id_is_found_while_it_is_typed(ask: Callable[..., list[str]]) -> None:
    assert all(found.startswith("HN-2") for found in ask("hn-2"))
    assert ask("HN-2", 1) == ask("ＨＮ-2", 1) != []


def test_the_same_answer_every_time(ask: Callable[..., list[str]]) -> None:
    assert ask("医保", 50) == ask("医保", 50)
    assert len(ask("医保", 50)) == 50


def test_an_id_finds_its_own_clause_first(ask: Callable[..., list[str]], library: Library) -> None:
    first = {name: ask(name, 1)[0] for name in library.clauses}
    assert {name: found for name, found in first.items() if name != found} == {}


@pytest.mark.parametrize(
    ("query", "place", "first"),
    [("三级医院起付线", "430200", "HN-03"), ("三甲 qfx", "430200", "HN-03"), ("起付线", "310000", "SH-23")],
)
def test_a_weak_clause_of_the_place_stands_behind_a_confirmed_one(
    ask: Callable[..., list[str]], query: str, place: str, first: str
) -> None:
    assert ask(query, place=place, day=TODAY)[0] == first


@pytest.mark.parametrize(("weak", "sure"), [("D", "B"), ("S", "A"), ("K", "C")])
def test_grade_goes_before_nearness(weak: str, sure: str) -> None:
    said = "普通门诊起付线每次100元"
    pair = (clause("P-1", said, weak, "430200"), clause("P-2", said, sure, "430000"))
    assert ids(searcher_of((*pair, *FEW)).find("门诊起付线", place="430200")) == ["P-2", "P-1", "T-03"]


def test_initials_beside_words(ask: Callable[..., list[str]]) -> None:
    assert {"S1-12", "S0-09", "N-20"} & set(ask("xnh 能共济吗", place="430200", day=TODAY))


def test_relatives_elsewhere(ask: Callable[..., list[str]]) -> None:
    assert {"N-18", "N-19"} & set(ask("爸妈在广东能用我的医保吗", place="430200", day=TODAY))


@pytest.mark.parametrize("letter", ["x", "j", "y"])
def test_one_letter_finds_clauses(ask: Callable[..., list[str]], letter: str) -> None:
    assert len(ask(letter, place="430200", day=TODAY)) == 5


@pytest.mark.parametrize("typed", ["asdfgh", "qzxvkk", "lzzf", "hjkl", "xcvbnm", "qwerty", "zxcv", "fdsajk"])
def test_letters_at_random_find_nothing_or_what_is_only_near(library: Library, typed: str) -> None:
    hits = searcher_of(tuple(library.clauses.values())).find(typed, place="430200", day=TODAY)
    assert all(hit.guessed for hit in hits) and len(hits) < 4


def test_what_is_only_near_is_marked_so(few: Searcher) -> None:
    assert [(hit.clause.id, hit.guessed) for hit in few.find("sxbd")] == [
        (name, True) for name in ("T-04", "T-02", "T-01")
    ]
    assert not few.find("bangding")[0].guessed


def test_an_undated_clause_stands_behind_one_that_held() -> None:
    pair = (clause("U", "起付线每次200元", "A"), clause("K", "起付线每次100元", "C", first=date(2022, 1, 1)))
    searcher = searcher_of(pair)
    assert ids(searcher.find("起付线", day=TODAY)) == ["U", "K"]
    assert ids(searcher.find("起付线", day=TODAY, dated=True)) == ["K", "U"]


def test_a_title_is_no_word_of_the_clause() -> None:
    titled = clause("TT", "住院支付40%", source_title="家庭共济问答")
    hits = searcher_of((titled, *FEW)).find("住院 共济", limit=9)
    assert next(hit for hit in hits if hit.clause.id == "TT").matched == ("住院",)


@pytest.mark.parametrize("typed", ["报消比例", "报销必例"])
def test_a_slip_finds_what_the_word_finds(ask: Callable[..., list[str]], typed: str) -> None:
    assert ask(typed, 10, place="430200", day=TODAY) == ask("报销比例", 10, place="430200", day=TODAY)


def test_other_provinces_stand_below_what_fits_here(ask: Callable[..., list[str]]) -> None:
    found = ask("老人门诊", 6, place="430200", day=TODAY)
    assert {"HN-08", "ZZ-06"} < set(found) and all(name[:2] in ("HN", "ZZ", "N-") for name in found)


def test_to_give_back_is_not_to_retire(ask: Callable[..., list[str]]) -> None:
    assert ask("共济钱扣错了能退吗", 1, place="430200", day=TODAY) == ["SYS-07"]


def test_words_mean_more_in_company(ask: Callable[..., list[str]]) -> None:
    assert {"N-07", "S1-34"} < set(ask("住院共济", place="430200", day=TODAY))
    assert {"N-18", "S1-46", "N-12"} & set(ask("异地住院能用儿子的钱吗", place="430200", day=TODAY))
    assert "N-07" not in ask("住院报多少", place="430200", day=TODAY)
