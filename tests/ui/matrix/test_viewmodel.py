"""What the comparison shows, without a window."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from famgui.files.statement import as_text
from famgui.ui.matrix.viewmodel import MatrixVM, Shown
from famgui.ui.shell.desk import Desk
from tests.ui.building import close, desk_of, sample
from tests.usecase.small_library import small_library


@pytest.fixture
def small(qapp: QApplication, tmp_path: Path, zh: None) -> Iterator[Desk]:
    """The sample household over a library of invented rules."""
    (tmp_path / "packs").mkdir()
    made = desk_of(tmp_path, small_library(tmp_path / "packs"), [sample()])
    yield made
    close(made)


@pytest.fixture
def vm(small: Desk) -> MatrixVM:
    return MatrixVM(small)


def cell(vm: MatrixVM, title: str, column: str) -> Shown:
    (line,) = [line for line in vm.lines if line.title == title]
    return line.cells[vm.columns.index(column)]


def test_the_matrix_says_values_clauses_and_marks(vm: MatrixVM) -> None:
    assert [line.title for line in vm.lines] == ["全国", "上海市", "湖南省", "株洲市"]
    own = cell(vm, "株洲市", "同时绑定人数")
    assert (own.text, own.clause, own.weak, own.others, own.quiet) == ("7", "TB-01", True, (), False)
    province = cell(vm, "湖南省", "同时绑定人数")
    assert (province.text, province.clause, province.weak, province.others) == ("5", "TA-02", False, ("TA-09",))
    assert cell(vm, "株洲市", "亲属范围").text == "配偶、父母、子女 · 随全国"
    assert cell(vm, "株洲市", "在职比例").text == "三级 60 % · 随省"
    assert cell(vm, "上海市", "动用门槛").text == "只用历年结余"
    assert cell(vm, "上海市", "同时绑定人数").text == "—"
    assert own.spoken == "7、TB-01、待核"
    assert province.spoken == "5、TA-02、另有 1 条"


def test_the_matrix_of_another_day_is_another_one(vm: MatrixVM) -> None:
    vm.edit(day=date(2023, 6, 1))
    assert cell(vm, "湖南省", "同时绑定人数").text == "3"
    assert cell(vm, "株洲市", "同时绑定人数").text == "3 · 随省"


@pytest.mark.parametrize("typed", ["株洲", "4302", "zhuzhou", "zz"])
def test_places_are_found_by_name_code_and_pinyin(vm: MatrixVM, typed: str) -> None:
    vm.edit(typed=typed)
    assert [line.title for line in vm.lines] == ["株洲市"]


def test_places_without_rules_of_their_own_can_be_listed(vm: MatrixVM) -> None:
    vm.edit(subject="limits")
    assert [line.title for line in vm.lines] == ["全国", "湖南省", "株洲市"]
    vm.edit(own_only=False)
    assert len(vm.lines) == 4


def test_two_places_stand_side_by_side_with_what_is_apart(vm: MatrixVM) -> None:
    vm.edit(mode="two-places", left="430000", right="310000")
    assert vm.columns == ("湖南省", "上海市", "相差")
    case = "统筹支付比例 · 普通门诊 · 职工医保 · "
    assert [(line.title, *(one.text for one in line.cells)) for line in vm.lines] == [
        (case + "二级 · 在职", "—", "70 %", "仅右边有"),
        (case + "三级 · 在职", "60 %", "70 %", "+10 %"),
        (case + "三级 · 退休", "65 %", "—", "仅左边有"),
        ("只用历年结余", "—", "是", "仅右边有"),
        ("同时绑定人数", "5", "—", "仅左边有"),
    ]
    assert vm.summary == "5 项不同，2 项相同"
    vm.edit(changed_only=False)
    assert len(vm.lines) == 7
    vm.swap()
    assert vm.columns[:2] == ("上海市", "湖南省")


def test_two_days_of_a_place_tell_what_changed(vm: MatrixVM) -> None:
    vm.edit(mode="two-days", left="430000", first=date(2023, 6, 1), day=date(2024, 6, 1))
    (line,) = vm.lines
    assert (line.title, [one.text for one in line.cells]) == ("同时绑定人数", ["3", "5", "+2"])
    vm.swap()
    assert [one.text for one in vm.lines[0].cells] == ["5", "3", "−2"]


def test_a_cell_in_full_has_every_clause_with_its_grade(vm: MatrixVM) -> None:
    (line,) = [line for line in vm.lines if line.title == "湖南省"]
    detail = vm.detail(line, vm.columns.index("同时绑定人数"))
    assert detail.title == "湖南省 · 同时绑定人数"
    assert detail.clauses == (
        ("TA-02", "同时最多绑定5人。（官方转述）"),
        ("TA-09", "另有网页称最多绑定8人。（来源较弱）"),
    )


def test_the_table_leaves_with_clauses_and_marks(vm: MatrixVM) -> None:
    vm.edit(subject="limits")
    listing = vm.listing()
    assert [column.title for column in listing.columns][:3] == ["地区", "同时绑定人数", "同时绑定人数：条款"]
    assert len({column.title for column in listing.columns}) == len(listing.columns)
    row = next(row for row in listing.rows if row[0] == "湖南省")
    assert [as_text(one, "text") for one in row[:3]] == ["湖南省", "5", "TA-02、另有 1 条：TA-09"]
    assert listing.facts == (("有效日期为", "2026-11-22"),)


def test_what_was_asked_comes_back_and_nonsense_does_not(vm: MatrixVM, small: Desk) -> None:
    vm.edit(mode="two-places", left="310000", right="430000", changed_only=False)
    again = MatrixVM(small)
    again.take_up(vm.kept)
    assert (again.mode, again.left, again.right, again.changed_only) == ("two-places", "310000", "430000", False)
    for nonsense in ("{", "[]", '{"mode": 3, "left": "999999", "own_only": "x", "subject": ["a"]}'):
        before = again.kept
        again.take_up(nonsense)
        assert again.kept == before


def test_the_shipped_matrix_holds_hunan(desk: Desk) -> None:
    vm = MatrixVM(desk)
    assert cell(vm, "湖南省", "同时绑定人数").text == "10"
    assert cell(vm, "湖南省", "在职比例").text == "70/70/60/60 %"
