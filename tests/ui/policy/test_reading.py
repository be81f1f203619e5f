"""One clause in full, and the same on one line and on paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from famgui.policy.pack import Clause
from famgui.policy.search import Reason
from famgui.ui.policy.reading import Reading, citation, reading_of
from famgui.ui.policy.sheet import clause_sheet
from famgui.ui.policy.why import why_words
from famgui.ui.shell.desk import Desk


def read(desk: Desk, clause: str) -> Reading:
    return reading_of(desk, desk.library.clauses[clause])


def test_a_reading_tells_facts_with_unknown_ends_marked(desk: Desk) -> None:
    reading = read(desk, "HN-03")
    facts = dict(reading.facts)
    assert facts["数值"] == "100/300 元; 60%"
    assert facts["地区"] == "湖南省"
    assert facts["有效"] == "2023-06-01 起（未见终止日期，按仍有效）"
    assert facts["主题"] == "职工门诊"
    assert facts["文号"].startswith("关于调整优化职工基本医疗保险")
    assert (reading.grade, reading.validity.ended) == ("官方转述", False)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2022, 1, 1), date(2023, 1, 1), "2022-01-01 至 2023-01-01"),
        (None, date(2023, 1, 1), "至 2023-01-01（起始日期不详）"),
        (None, None, "起止日期不详（按有效）"),
    ],
)
def test_unknown_days_are_said(desk: Desk, zh: None, first: date | None, last: date | None, said: str) -> None:
    clause = replace(desk.library.clauses["HN-03"], first=first, last=last)
    assert dict(reading_of(desk, clause).facts)["有效"] == said


def test_conflicts_are_told_from_both_sides(desk: Desk) -> None:
    ours = {one.id: one for one in read(desk, "HN-03").conflicts}
    assert set(ours) == {"HC-01", "ZZ-07"}
    assert ours["ZZ-07"].how.endswith(" · 互相矛盾")
    assert "HN-03" in {one.id for one in read(desk, "ZZ-07").conflicts}


def test_a_rule_and_its_successor_are_no_conflict_but_follow_each_other(desk: Desk) -> None:
    new, old = read(desk, "HN-03"), read(desk, "HN-05")
    before = {one.id: one for one in new.succession}
    assert before["HN-05"].statement.startswith("湖南省职工普通门诊的旧规定")
    assert (before["HN-05"].grade, before["HN-05"].how) == ("多源一致", "湖南省 · 2022-10-01 至 2023-05-31 · 已被取代")
    assert before["ZZ-04"].how.endswith(" · 已被取代")
    assert {one.id: one.how.rpartition(" · ")[2] for one in old.succession} == dict.fromkeys(
        ("HN-02", "HN-03"), "取代了本条"
    )
    assert old.conflicts == ()
    line = {one.id: one.when for one in new.history}
    assert line["HN-05"] == "2022-10-01 至 2023-05-31"
    assert line["ZZ-04"] == "株洲市 · 2022-10-01 至 2023-05-31"
    blocks = {block.title: [row[0] for row in block.rows] for block in clause_sheet(new, "", desk.today).blocks}
    assert not {"HN-05", "ZZ-04"} & set(blocks["与之冲突"])
    assert {"HN-05", "ZZ-04"} == set(blocks["新旧规定（不同时有效，不算冲突）"])


def test_dates_that_overlap_or_are_unknown_stay_a_conflict(desk: Desk, altered: Callable[..., None]) -> None:
    for first, last in ((date(2022, 10, 1), date(2023, 6, 1)), (None, None), (date(2022, 10, 1), None)):
        altered("HN-05", first=first, last=last)
        assert "HN-05" in {one.id for one in read(desk, "HN-03").conflicts}
        assert "HN-05" not in {one.id for one in read(desk, "HN-03").succession}


def test_on_another_day_a_clause_is_told_as_of_that_day(desk: Desk) -> None:
    old, new = desk.library.clauses["HN-05"], desk.library.clauses["HN-03"]
    assert reading_of(desk, old, day=date(2022, 12, 1)).validity == (False, True, "今已失效")
    assert reading_of(desk, old, day=date(2024, 1, 1)).validity == (True, False, "")
    assert reading_of(desk, old, day=desk.today).validity == reading_of(desk, old).validity == (True, False, "")
    assert reading_of(desk, new, day=date(2024, 1, 1)).validity == (False, True, "")
    coming = replace(new, first=desk.today.replace(year=desk.today.year + 1))
    later = coming.first and coming.first.replace(month=12)
    assert reading_of(desk, coming, day=later).validity == (False, True, "今尚未生效")


def test_a_clause_in_conflict_that_no_pack_has_is_told_without_a_statement(desk: Desk) -> None:
    clause = replace(desk.library.clauses["HN-03"], conflicts=("XX-99",))
    unknown = reading_of(desk, clause).conflicts[0]
    assert (unknown.id, unknown.statement, unknown.how) == ("XX-99", "", "本条指出")


def test_uses_name_places_and_keys(desk: Desk) -> None:
    assert read(desk, "HN-03").uses == (("湖南省", "统筹支付比例、每次起付线、本级年度起付线"),)


def test_a_value_that_nearer_places_override_says_where(desk: Desk) -> None:
    found = [one for one in read(desk, "N-03").heritage if one.gives_way_to]
    assert any("来源文章C" in met.where for one in found for met in one.gives_way_to)


def test_history_stands_by_day_with_the_clause_among_it(desk: Desk) -> None:
    moments = read(desk, "HN-03").history
    assert [one.id for one in moments if one.here] == ["HN-03"]
    assert {one.id: one.state for one in moments}["HN-05"] == "past"
    assert moments[0].id == "HN-05"


def test_a_citation_is_one_line(zh: None) -> None:
    clause = Clause(
        "T-1",
        "430000",
        "order",
        "先付\n本人账户。",
        "B",
        first=date(2024, 1, 1),
        source_title="某通知",
        doc_no="某医保发〔2024〕1号",
    )
    assert (
        citation(clause, "官方转述")
        == "先付 本人账户。〔某医保发〔2024〕1号〕（来源：某通知、2024-01-01 起、T-1、官方转述）"
    )
    assert citation(replace(clause, url="https://example.org/a"), "官方转述").endswith(
        "、官方转述） https://example.org/a"
    )
    assert citation(replace(clause, doc_no="", source_title=""), "官方转述").endswith(
        "。（2024-01-01 起、T-1、官方转述）"
    )


def test_paper_carries_conflicts_and_the_note_only_when_asked(desk: Desk) -> None:
    reading = read(desk, "HN-03")
    sheet = clause_sheet(reading, "我的话", date(2026, 11, 22))
    said = [cell for block in sheet.chosen(None) for line in block.rows for cell in line]
    assert reading.statement in said
    assert reading.url in said
    assert {one.statement for one in reading.conflicts} <= set(said)
    assert "我的话" not in said
    assert "我的话" in [cell for block in sheet.chosen(["我的笔记"]) for line in block.rows for cell in line]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("起付线", "起付线", "itself", "", ("statement", "topic")), "“起付线”：见于内容、主题"),
        (Reason("qfx", "起付线", "initials", "", ("statement",)), "“qfx”（按拼音首字母） → “起付线”：见于内容"),
        (
            Reason("门槛", "起付标准", "synonym", "起付线", ("value",)),
            "“门槛”（同义） → “起付线” → “起付标准”：见于数值",
        ),
        (Reason("x", "y", "unheard-of", "", ()), "“x” → “y”"),
    ],
)
def test_why_tells_the_way_from_what_was_typed(zh: None, reason: Reason, said: str) -> None:
    assert why_words([reason, reason]) == (said,)
