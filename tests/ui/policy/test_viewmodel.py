"""What the policy page lists, marks and tells of a clause, without a window."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.ui.policy.filters import ANYWHERE, HERE, TODAY, Filters
from famgui.ui.policy.rows import chips
from famgui.ui.policy.viewmodel import LIMIT, PolicyVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language


@pytest.fixture
def vm(desk: Desk) -> PolicyVM:
    return PolicyVM(desk)


def ids(vm: PolicyVM) -> list[str]:
    return [row.id for row in vm.rows]


def test_an_empty_query_lists_place_province_and_nation_the_surest_first(vm: PolicyVM, desk: Desk) -> None:
    clauses = desk.library.clauses
    expected = [
        clause.id
        for place in ("430200", "430000", "000000")
        for clause in sorted(clauses.values(), key=lambda clause: ("ABCDSK".index(clause.grade), clause.id))
        if clause.place == place
    ]
    assert ids(vm) == expected
    assert vm.current == expected[0]
    assert vm.summary == f"{len(expected)} 条"


def test_without_a_household_everything_is_listed_the_surest_first(desk: Desk) -> None:
    desk.live = None
    clauses = desk.library.clauses
    assert ids(PolicyVM(desk)) == sorted(clauses, key=lambda id: ("ABCDSK".index(clauses[id].grade), id))


def test_a_query_brings_the_best_answer_to_hand_and_marks_what_matched(vm: PolicyVM) -> None:
    vm.ask("HN-03")
    assert (vm.rows[0].id, vm.current) == ("HN-03", "HN-03")
    vm.ask("起付线")
    row = next(row for row in vm.rows if row.id == "ZZ-11")
    assert {row.statement[first:last] for first, last in row.spans} == {"起付线"}
    assert 1 < len(vm.rows) <= LIMIT


def test_an_id_that_is_still_being_typed_lists_what_begins_so(vm: PolicyVM) -> None:
    vm.ask("hn-0")
    assert len(vm.rows) > 1
    assert all(row.id.startswith("HN-0") for row in vm.rows)
    vm.narrow(grade="A")
    assert {row.grade for row in vm.rows} <= {"官方原文"}


def test_a_filter_looks_at_all_answers_not_only_at_the_best(vm: PolicyVM) -> None:
    vm.ask("医保")
    assert len(vm.rows) == LIMIT
    vm.narrow(place="990003", inherits=False)
    assert vm.rows
    assert all(row.where.startswith("来源文章C") for row in vm.rows)


def test_a_place_brings_province_and_nation_unless_they_are_left_out(vm: PolicyVM, desk: Desk) -> None:
    clauses = desk.library.clauses
    vm.narrow(place="430200")
    assert {clauses[id].place for id in ids(vm)} == {"430200", "430000", "000000"}
    vm.narrow(inherits=False)
    assert {clauses[id].place for id in ids(vm)} == {"430200"}
    vm.narrow(place=HERE, inherits=True)
    assert {clauses[id].place for id in ids(vm)} == {"430200", "430000", "000000"}


def test_filters_narrow_by_topic_grade_and_day(vm: PolicyVM, desk: Desk) -> None:
    clauses = desk.library.clauses
    vm.narrow(topic="order", grade="B")
    assert {(clauses[id].topic, clauses[id].grade) for id in ids(vm)} == {("order", "B")}
    vm.clear()
    vm.narrow(day="2023-01-15")
    assert "HN-05" in ids(vm)
    assert "HN-03" not in ids(vm)
    vm.narrow(day=TODAY)
    assert "HN-05" not in ids(vm)
    assert "HN-03" in ids(vm)


def test_bookmarks_are_a_filter_over_every_place(vm: PolicyVM, desk: Desk) -> None:
    foreign = next(clause.id for clause in desk.library.clauses.values() if clause.place == "310000")
    vm.marks.star(foreign)
    vm.narrow(starred=True)
    assert ids(vm) == [foreign]
    assert vm.rows[0].starred
    vm.marks.star(foreign)
    assert ids(vm) == []


def test_filters_keep_the_clause_at_hand_while_it_is_listed(vm: PolicyVM) -> None:
    vm.choose("HN-05")
    vm.narrow(grade="C")
    assert vm.current == "HN-05"
    assert {row.grade for row in vm.rows} == {"多源一致"}
    vm.narrow(grade="A")
    assert vm.current == vm.rows[0].id
    vm.clear()
    assert (vm.query, vm.filters) == ("", Filters())


def test_filters_that_the_packs_no_longer_know_are_dropped(desk: Desk) -> None:
    vm = PolicyVM(desk, Filters(place="123456", topic="gone", grade="B"))
    assert vm.filters == Filters(grade="B")


def test_places_start_with_all_and_the_households_own(vm: PolicyVM) -> None:
    assert vm.places[:3] == (("", "全部地区"), ("here", "株洲市，连同省和全国"), ("000000", "全国"))
    assert ("430100", "长沙市") in vm.places
    assert vm.place == (HERE, "")


def test_all_places_lists_every_clause_and_narrows_among_all_of_them(vm: PolicyVM, desk: Desk) -> None:
    clauses = desk.library.clauses
    vm.narrow(place=ANYWHERE)
    assert len(vm.rows) == len(clauses)
    assert [clauses[id].place for id in ids(vm)[:2]] == ["430200", "430200"]
    vm.narrow(topic="relation")
    assert set(ids(vm)) == {id for id, clause in clauses.items() if clause.topic == "relation"}
    assert len({clauses[id].place for id in ids(vm)}) > 20
    vm.narrow(grade="A")
    assert set(ids(vm)) == {id for id, one in clauses.items() if (one.topic, one.grade) == ("relation", "A")}


def test_the_box_says_that_words_are_looked_for_everywhere(vm: PolicyVM, desk: Desk) -> None:
    vm.ask("上海 历年")
    assert vm.place == (HERE, "全部地区，株洲市在前")
    assert desk.library.clauses[vm.rows[0].id].place == "310000"
    vm.narrow(place="430200")
    assert vm.place == ("430200", "")
    assert {desk.library.clauses[id].place for id in ids(vm)} <= {"430200", "430000", "000000"}
    vm.clear()
    assert vm.place == (HERE, "")


def test_without_a_household_the_box_says_all_places_until_there_is_one(desk: Desk) -> None:
    live, desk.live = desk.live, None
    vm = PolicyVM(desk)
    assert (vm.place, vm.places[0]) == ((ANYWHERE, ""), ("", "全部地区"))
    assert len(vm.rows) == len(desk.library.clauses)
    desk.live = live
    vm.refresh()
    assert (vm.place[0], vm.rows[0].where.split(" · ")[0]) == (HERE, "株洲市")


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


def test_a_clause_that_ends_today_has_not_ended(vm: PolicyVM, desk: Desk, altered: Callable[..., None]) -> None:
    altered("HN-03", last=desk.today)
    vm.refresh()
    assert [row.ended for row in vm.rows if row.id == "HN-03"] == [False]
    altered("HN-03", last=desk.today - timedelta(days=1))
    vm.refresh()
    assert [row.ended for row in vm.rows if row.id == "HN-03"] == [True]


def test_opening_a_clause_drops_what_hides_it(vm: PolicyVM) -> None:
    vm.ask("绑定")
    vm.narrow(place="000000", grade="A")
    assert vm.open("HN-03")
    assert (vm.current, vm.query, vm.filters) == ("HN-03", "", Filters())
    assert "HN-03" in ids(vm)


def test_opening_a_listed_clause_leaves_the_query(vm: PolicyVM) -> None:
    vm.ask("起付")
    assert vm.open(vm.rows[3].id)
    assert (vm.query, vm.current) == ("起付", vm.rows[3].id)


def test_opening_a_clause_of_another_place_shows_that_place(vm: PolicyVM, desk: Desk) -> None:
    foreign = next(clause for clause in desk.library.clauses.values() if clause.place == "310000")
    assert vm.open(foreign.id)
    assert (vm.current, vm.filters.place) == (foreign.id, "310000")


def test_opening_what_no_pack_has_changes_nothing(vm: PolicyVM) -> None:
    before = vm.current
    assert not vm.open("XX-99")
    assert vm.current == before


def test_why_is_said_of_the_answer_at_hand_and_only_of_it(vm: PolicyVM) -> None:
    vm.ask("起付线")
    assert all(row.explains and not row.why for row in vm.rows)
    vm.explain()
    assert "“起付线”" in vm.rows[0].why[0]
    assert [row.why for row in vm.rows[1:]] == [()] * (len(vm.rows) - 1)
    vm.explain()
    assert vm.rows[0].why == ()


def test_nothing_found_leaves_nothing_at_hand(vm: PolicyVM) -> None:
    vm.narrow(place="310000", inherits=False, topic="rounding")
    assert (vm.rows, vm.current, vm.reading) == ((), "", None)


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


def test_marks_of_another_day_are_there_again(desk: Desk, tmp_path: Path) -> None:
    first = PolicyVM(desk)
    first.marks.star("HN-03")
    first.marks.note("HN-03", "问过窗口")
    first.marks.flush()
    desk.ops.close()
    again = PolicyVM(desk)
    assert (again.marks.bookmarks, again.marks.notes["HN-03"]) == (("HN-03",), "问过窗口")
    assert [row.noted for row in again.rows if row.id == "HN-03"] == [True]


def test_with_a_day_chosen_the_badge_speaks_of_that_day(vm: PolicyVM, desk: Desk) -> None:
    vm.ask("HN-05")
    (today,) = [row for row in vm.rows if row.id == "HN-05"]
    assert [text for text, _ in chips(today)] == ["多源一致", "已失效"]
    vm.narrow(day="2022-12-01")
    (then,) = [row for row in vm.rows if row.id == "HN-05"]
    assert [text for text, _ in chips(then)] == ["当日有效", "多源一致", "今已失效"]
    assert then.where == "湖南省 · 2022-10-01 至 2023-05-31"
    assert (then.ended, then.then) == (False, True)
    vm.choose("HN-05")
    assert vm.reading is not None and vm.reading.validity == (False, True, "今已失效")
    vm.narrow(day=TODAY)
    assert "HN-05" not in ids(vm)
    vm.ask("HN-03")
    (now,) = [row for row in vm.rows if row.id == "HN-03"]
    assert "当日有效" not in [text for text, _ in chips(now)]
