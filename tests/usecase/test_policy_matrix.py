"""The matrix: every place with its own or inherited values, and what else is said there."""

from datetime import date
from pathlib import Path

import pytest

from famgui.policy.library import Library
from famgui.usecase.policy_cell import Cell
from famgui.usecase.policy_matrix import matrix
from famgui.usecase.policy_subjects import SUBJECTS
from tests.usecase.small_library import small_library

DAY = date(2026, 1, 1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def cell(library: Library, subject: str, column: str, place: str, day: date = DAY) -> Cell:
    at = [ask.name for ask in SUBJECTS[subject]].index(column)
    (row,) = [row for row in matrix(library, subject, day) if row.place == place]
    return row.cells[at]


def test_places_stand_by_code(library: Library) -> None:
    assert [row.place for row in matrix(library, "overview", DAY)] == ["000000", "310000", "430000", "430200"]


def test_a_city_has_its_own_value_and_says_what_else_is_said_there(library: Library) -> None:
    own = cell(library, "overview", "at-once", "430200")
    assert (own.clause, own.weak, own.inherited, own.others) == ("TB-01", True, False, ())
    province = cell(library, "overview", "at-once", "430000")
    assert (province.clause, province.weak, [one.id for one in province.others]) == ("TA-02", False, ["TA-09"])


def test_before_its_own_rule_the_city_inherits(library: Library) -> None:
    before = cell(library, "overview", "at-once", "430200", date(2024, 6, 1))
    assert (before.clause, before.inherited) == ("TA-02", True)
    assert cell(library, "overview", "at-once", "430200", date(2023, 6, 1)).clause == "TA-01"


def test_where_no_value_is_known_the_best_clause_speaks(library: Library) -> None:
    stated = cell(library, "overview", "threshold", "430200")
    assert stated.stated is not None
    assert (stated.found, stated.clause, stated.weak) == ((), "TB-02", True)
    assert cell(library, "overview", "channel", "430200").empty


def test_shares_are_asked_by_level_and_status(library: Library) -> None:
    working = cell(library, "overview", "working", "430200")
    assert [(one.level, one.value.value) for one in working.found] == [("tertiary", 6000)]
    assert cell(library, "retired", "tertiary", "430000").found[0].value.value == 6500
    assert cell(library, "working", "primary", "430000").empty


def test_a_row_of_inherited_cells_only_is_not_the_places_own(library: Library) -> None:
    rows = {row.place: row.own for row in matrix(library, "relations", DAY)}
    assert rows == {"000000": True, "310000": False, "430000": False, "430200": False}


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_every_subject_can_be_asked(library: Library, subject: str) -> None:
    for row in matrix(library, subject, DAY):
        assert len(row.cells) == len(SUBJECTS[subject])
