"""What the policy page lists, marks and tells of a clause, without a window."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from famgui.base.wording import Wording
from famgui.policy.pack import Clause
from famgui.ui.policy.viewmodel import HERE, LIMIT, PolicyVM, _value
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language


@pytest.fixture
def vm(desk: Desk) -> PolicyVM:
    return PolicyVM(desk)


def test_an_empty_query_lists_place_province_and_nation_by_id(vm: PolicyVM, desk: Desk) -> None:
    clauses = desk.library.clauses
    expected = [
        id
        for place in ("430200", "430000", "000000")
        for id in sorted(clause.id for clause in clauses.values() if clause.place == place)
    ]
    assert [row.id for row in vm.rows] == expected
    assert vm.current == expected[0]
    assert vm.summary == f"{len(expected)} 条"


def test_without_a_household_everything_is_listed_by_id(desk: Desk) -> None:
    desk.live = None
    assert [row.id for row in PolicyVM(desk).rows] == sorted(desk.library.clauses)


def test_a_query_brings_the_best_answer_to_hand_and_marks_what_matched(vm: PolicyVM) -> None:
    vm.ask("三级 起付 100元 湖南")
    row = vm.rows[0]
    assert (row.id, vm.current) == ("HN-03", "HN-03")
    assert {row.statement[first:last] for first, last in row.spans} == {"湖南", "三级", "起付100元", "三级起付"}
    assert len(vm.rows) <= LIMIT


def test_answers_are_limited_but_filters_look_at_all_of_them(vm: PolicyVM) -> None:
    vm.ask("医保")
    assert len(vm.rows) == LIMIT
    vm.narrow(place="990003")
    assert vm.rows
    assert all(row.where.startswith("来源文章C") for row in vm.rows)


def test_filters_keep_the_clause_at_hand_while_it_is_listed(vm: PolicyVM) -> None:
    vm.choose("HN-05")
    vm.narrow(grade="C")
    assert vm.current == "HN-05"
    assert {row.grade for row in vm.rows} == {"多源一致"}
    vm.narrow(grade="A")
    assert vm.current == vm.rows[0].id
    vm.narrow(place=HERE, grade="")
    assert {row.id.partition("-")[0] for row in vm.rows} >= {"ZZ", "HN", "N"}
    vm.clear()
    assert (vm.query, vm.place, vm.grade) == ("", "", "")


def test_places_start_with_all_and_the_households_own(vm: PolicyVM) -> None:
    assert vm.places[:5] == (
        ("", "全部地区"),
        ("here", "株洲市 + 湖南省 + 全国"),
        ("430200", "株洲市"),
        ("430000", "湖南省"),
        ("000000", "全国"),
    )
    assert ("430100", "长沙市") in vm.places


@pytest.mark.parametrize(
    ("clause", "where", "grade", "kind", "ended", "used"),
    [
        ("HN-03", "湖南省 · 2023-06-01 起", "官方转述", "accent", False, True),
        ("HN-05", "湖南省 · 2022-10-01 至 2023-05-31", "多源一致", "plain", True, False),
        ("ZZ-03", "株洲市 · 2022-10-01 至 2023-05-31", "来源较弱", "warning", True, False),
    ],
)
def test_a_row_says_where_when_how_sure_and_whether_used(
    vm: PolicyVM, clause: str, where: str, grade: str, kind: str, ended: bool, used: bool
) -> None:
    (row,) = [row for row in vm.rows if row.id == clause]
    assert (row.where, row.grade, row.grade_kind, row.ended, row.used) == (where, grade, kind, ended, used)


@pytest.fixture
def altered(desk: Desk) -> Iterator[Callable[..., None]]:
    """Changes of a clause of the shipped packs, taken back afterwards."""
    clauses = desk.library.clauses
    kept = dict(clauses)
    yield lambda id, **fields: clauses.__setitem__(id, replace(kept[id], **fields))
    clauses.update(kept)


def test_a_clause_that_ends_today_has_not_ended(vm: PolicyVM, desk: Desk, altered: Callable[..., None]) -> None:
    altered("HN-03", last=desk.today)
    vm.refresh()
    assert [row.ended for row in vm.rows if row.id == "HN-03"] == [False]


def test_opening_a_clause_drops_what_hides_it(vm: PolicyVM) -> None:
    vm.ask("绑定")
    vm.narrow(place="000000", grade="A")
    assert vm.open("HN-03")
    assert (vm.current, vm.query, vm.grade) == ("HN-03", "", "")
    assert "HN-03" in [row.id for row in vm.rows]


def test_opening_a_listed_clause_leaves_the_query(vm: PolicyVM) -> None:
    vm.ask("起付")
    assert vm.open(vm.rows[3].id)
    assert (vm.query, vm.current) == ("起付", vm.rows[3].id)


def test_opening_a_clause_of_another_place_shows_that_place(vm: PolicyVM, desk: Desk) -> None:
    foreign = next(clause for clause in desk.library.clauses.values() if clause.place == "310000")
    assert vm.open(foreign.id)
    assert (vm.current, vm.place) == (foreign.id, "310000")


def test_opening_what_no_pack_has_changes_nothing(vm: PolicyVM) -> None:
    before = vm.current
    assert not vm.open("XX-99")
    assert vm.current == before


def test_a_reading_tells_facts_conflicts_and_uses(vm: PolicyVM) -> None:
    vm.open("HN-03")
    reading = vm.reading
    assert reading is not None
    assert reading.facts[:3] == (("数值", "100/300 元; 60%"), ("地区", "湖南省"), ("有效", "2023-06-01 起"))
    assert dict(reading.facts)["文号"].startswith("关于调整优化职工基本医疗保险")
    assert "HN-05" in dict(reading.conflicts)
    assert reading.uses == (("湖南省", "统筹支付比例、每次起付线、本级年度起付线"),)


def test_an_unknown_clause_in_conflict_is_told_without_a_statement(vm: PolicyVM, altered: Callable[..., None]) -> None:
    altered("HN-03", conflicts=("XX-99", "HN-05"))
    vm.open("HN-03")
    assert vm.reading is not None
    (unknown, said), (known, statement) = vm.reading.conflicts
    assert (unknown, said, known) == ("XX-99", "", "HN-05")
    assert statement.startswith("湖南省职工普通门诊的旧规定")


def test_nothing_found_leaves_nothing_at_hand(vm: PolicyVM) -> None:
    vm.ask("火星")
    assert (vm.rows, vm.current, vm.reading, vm.citation) == ((), "", None, "")


def test_the_citation_names_source_number_address_and_trust(vm: PolicyVM, desk: Desk) -> None:
    vm.open("HN-03")
    clause = desk.library.clauses["HN-03"]
    for part in (clause.id, clause.statement, clause.source_title, clause.doc_no, clause.url, "可信度：官方转述"):
        assert part in vm.citation


def test_english_names_places_in_english(desk: Desk) -> None:
    desk.wording = Wording("en")
    use_language("en")
    try:
        vm = PolicyVM(desk)
        vm.open("HN-03")
        assert vm.places[0] == ("", "All places")
        assert [row.where for row in vm.rows if row.id == "HN-03"] == ["Hunan · from 2023-06-01"]
        assert [row.where for row in vm.rows if row.id == "HC-19"] == ["Zhuzhou · from 2025-01-01"]
    finally:
        use_language("zh")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("100/300;60%", "元;%", "100/300 元; 60%"),
        ("10", "人", "10 人"),
        ("近亲属", "", "近亲属"),
        ("国办发〔2024〕38号", "文号", "国办发〔2024〕38号"),
        ("17万;10万", "家", "17万;10万 家"),
        ("", "", ""),
    ],
)
def test_values_carry_their_units(value: str, unit: str, shown: str) -> None:
    assert _value(Clause("T", "000000", "t", "s", "A", value=value, unit=unit)) == shown
