"""What a clause stands beside: conflicts from both sides, values that win and lose, what came before and after."""

from datetime import date
from pathlib import Path

import pytest

from famgui.domain.rule import Row
from famgui.policy.library import Library
from famgui.usecase.policy_links import conflicts, history, in_force, lineage, may_meet, standings, topics
from tests.usecase.small_library import small_library

DAY = date(2026, 1, 1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def test_a_conflict_is_seen_from_both_sides_and_unknown_ids_are_kept(library: Library) -> None:
    found = conflicts(library, library.clauses["TA-02"])
    assert [(one.id, one.found is not None, one.named, one.names) for one in found] == [
        ("TA-09", True, True, False),
        ("TX-01", False, True, False),
        ("TB-01", True, False, True),
    ]
    (back,) = conflicts(library, library.clauses["TA-09"])
    assert (back.id, back.named, back.names) == ("TA-02", False, True)


def test_a_provinces_value_gives_way_to_its_citys_and_the_city_wins(library: Library) -> None:
    (province,) = standings(library, library.clauses["TA-02"], DAY)
    assert [(one.place, one.row.value) for one in province.gives_way_to] == [("430200", 7)]
    assert province.wins_over == ()
    (city,) = standings(library, library.clauses["TB-01"], DAY)
    assert [(one.place, one.row.value) for one in city.wins_over] == [("430000", 5)]
    assert city.gives_way_to == ()


def test_before_the_city_ruled_nothing_won_over_the_province(library: Library) -> None:
    (province,) = standings(library, library.clauses["TA-02"], date(2024, 6, 1))
    assert (province.gives_way_to, province.wins_over) == ((), ())
    assert standings(library, library.clauses["TA-01"], DAY) == ()


def test_the_more_specific_value_of_a_place_wins_within_it(library: Library) -> None:
    general, special = standings(library, library.clauses["TA-03"], DAY)
    assert [one.row.value for one in general.gives_way_to] == [6500]
    assert [one.row.value for one in special.wins_over] == [6000]


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        (Row("k", 1, "c"), Row("k", 2, "d", when=(("level", ("tertiary",)),)), True),
        (Row("k", 1, "c", when=(("level", ("primary",)),)), Row("k", 2, "d", when=(("level", ("tertiary",)),)), False),
        (Row("k", 1, "c", ages=(0, 45)), Row("k", 2, "d", ages=(45, 200)), False),
        (Row("k", 1, "c", ages=(0, 46)), Row("k", 2, "d", ages=(45, 200)), True),
        (Row("k", 1, "c", above=100), Row("k", 2, "d"), False),
    ],
)
def test_values_meet_only_where_some_person_meets_both(one: Row, other: Row, meets: bool) -> None:
    assert may_meet(one, other) is may_meet(other, one) is meets


def test_history_is_the_same_matter_in_the_same_place_by_day(library: Library) -> None:
    found = history(library, library.clauses["TA-02"])
    assert [clause.id for clause in found] == ["TA-01", "TA-02"]
    assert history(library, library.clauses["TB-01"]) == ()
    assert history(library, library.clauses["TA-09"]) == ()


def test_an_unknown_day_is_open(library: Library) -> None:
    assert in_force(library.clauses["TA-09"], date(1990, 1, 1))
    assert not in_force(library.clauses["TA-01"], date(2024, 1, 1))
    assert in_force(library.clauses["TA-01"], date(2023, 12, 31))


def test_a_place_inherits_from_province_and_nation() -> None:
    assert lineage("430200") == ("430200", "430000", "000000")
    assert lineage("310000") == ("310000", "000000")
    assert lineage("000000") == ("000000",)


def test_topics_stand_by_how_often_they_are_met(library: Library) -> None:
    assert topics(library.clauses.values())[0] == "binding_limit"
