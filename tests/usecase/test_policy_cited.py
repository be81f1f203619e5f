"""Whether the clauses behind a value speak for the place and the day that it is shown for."""

from datetime import date
from pathlib import Path

import pytest

from famgui.policy.library import Library
from famgui.usecase.policy_cell import Cell
from famgui.usecase.policy_compare import Difference, Side, differences, turns
from famgui.usecase.policy_matrix import matrix
from famgui.usecase.policy_subjects import SUBJECTS
from tests.usecase.small_library import small_library

THEN, NOW = date(2022, 12, 1), date(2025, 7, 1)


@pytest.fixture(scope="module")
def days(library: Library) -> tuple[Difference, ...]:
    """Zhuzhou on two days."""
    return differences(library, Side("430200", THEN), Side("430200", NOW))


def only(found: tuple[Difference, ...], key: str) -> Difference:
    (one,) = [one for one in found if one.key == key and len(one.condition) == 0]
    return one


@pytest.mark.parametrize(
    ("key", "out", "begins"),
    [
        ("binding.relations", "N-02", date(2024, 8, 1)),
        ("binding.at-once", "HN-21", date(2024, 9, 1)),
        ("binding.lifetime", "HN-22", date(2024, 9, 1)),
    ],
)
def test_a_clause_that_begins_later_is_told_on_the_earlier_day_only(
    days: tuple[Difference, ...], key: str, out: str, begins: date
) -> None:
    one = only(days, key)
    assert one.same
    assert one.alike_but_marked
    assert one.cited_a.out is not None
    assert (one.cited_a.out.id, one.cited_a.out.first, one.cited_b.out) == (out, begins, None)


def test_what_was_in_force_that_day_is_offered_what_contradicts_first(days: tuple[Difference, ...]) -> None:
    then = only(days, "binding.relations").cited_a.then
    assert then[0].id == "N-35"
    assert all(clause.first is not None and clause.first <= THEN for clause in then)


def test_a_rule_lent_by_another_place_is_no_rule_of_the_place(library: Library) -> None:
    found = differences(library, Side("430200", date(2026, 2, 2)), Side("110000", date(2026, 2, 2)))
    premiums = [one for one in found if one.key == "premium.price" and dict(one.condition)["product"][0] != ""]
    hunan = [one for one in premiums if one.cited_b.lent_by]
    assert {one.cited_b.lent_by for one in hunan} == {"430000"}
    assert not any(one.same or one.cited_a.lent_by for one in hunan)
    assert hunan[0].cited_b.doubt.startswith("湖南口径，当地未查到")


def test_clauses_that_turn_between_two_days_are_found_whichever_comes_first(library: Library) -> None:
    found = turns(library, "430200", date(2025, 11, 22), date(2026, 11, 22))
    assert found == turns(library, "430200", date(2026, 11, 22), date(2025, 11, 22))
    told = {(turn.clause.id, turn.begins, turn.day) for turn in found}
    assert {("HN-47", True, date(2026, 1, 1)), ("HN-44", True, date(2026, 2, 1))} <= told
    assert ("HN-43", False, date(2026, 1, 31)) in told
    places = [turn.clause.place for turn in found]
    assert places == sorted(places, key=["430200", "430000", "000000"].index)


def cell(library: Library, subject: str, place: str, name: str, day: date) -> Cell:
    (row,) = [row for row in matrix(library, subject, day) if row.place == place]
    return row.cells[[ask.name for ask in SUBJECTS[subject]].index(name)]


@pytest.mark.parametrize("place", ["000000", "430000", "440100"])
def test_the_matrix_marks_a_clause_of_a_later_day(library: Library, place: str) -> None:
    found = cell(library, "relations", place, "relations", THEN)
    assert found.cited.out is not None
    assert (found.cited.out.id, found.cited.then[0].id) == ("N-02", "N-35")
    assert "N-35" in [clause.id for clause in found.others]
    assert cell(library, "relations", place, "relations", NOW).cited.out is None


@pytest.mark.parametrize(
    ("subject", "place", "name", "base", "age", "value"),
    [("cap", "130100", "cap", 350_000, 45, 450_000), ("retired", "110000", "primary", 8_500, 70, 9_000)],
)
def test_the_matrix_has_bands_by_age(
    library: Library, subject: str, place: str, name: str, base: int, age: int, value: int
) -> None:
    found = cell(library, subject, place, name, date(2026, 11, 22))
    assert found.found[0].value.value == base
    assert [(edge, {one.value.value for one in band}) for edge, band in found.bands] == [(age, {value})]


def test_the_matrix_has_tiers_by_cost_and_special_cases(library: Library) -> None:
    day = date(2026, 11, 22)
    beijing = cell(library, "working", "110000", "community", day)
    assert [(above, [one.value.value for one in tier]) for above, tier in beijing.tiers] == [(2_000_000, [6_000])]
    assert cell(library, "working", "120000", "tertiary", day).tiers == ()
    dalian = cell(library, "overview", "210200", "deductible", day)
    told = [(case, [(one.level, one.value.value) for one in found]) for case, found in dalian.cases]
    assert told == [(("grade", ("special",)), [("tertiary", 60_000)])]
    assert cell(library, "overview", "430200", "working", day).cases == ()


def test_a_clause_that_is_over_by_the_day_is_told_from_one_still_to_come(tmp_path: Path) -> None:
    more = '[[value]]\nkey = "binding.lifetime"\nvalue = 3\nclause = "TA-01"\n'
    packs = small_library(tmp_path, {"430000": more})
    told = {}
    for year in (2021, 2022, 2024):
        side = Side("430000", date(year, 6, 1))
        cited = only(differences(packs, side, side), "binding.lifetime").cited_a
        told[year] = None if cited.out is None else cited.ended
    assert told == {2021: False, 2022: None, 2024: True}
