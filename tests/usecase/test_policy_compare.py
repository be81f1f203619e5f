"""Two places or two days: what each has, under which condition, and what the other has there."""

from datetime import date
from pathlib import Path

import pytest

from famgui.policy.library import Library
from famgui.usecase.policy_compare import Difference, Side, differences
from tests.usecase.small_library import small_library

DAY = date(2026, 1, 1)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def told(found: tuple[Difference, ...]) -> list[tuple[object, ...]]:
    return [
        (
            one.key,
            dict(one.condition),
            None if one.a is None else (one.a.place, one.a.row.value),
            None if one.b is None else (one.b.place, one.b.row.value),
        )
        for one in found
        if not one.same
    ]


def test_two_places_are_compared_case_by_case(library: Library) -> None:
    found = differences(library, Side("430200", DAY), Side("310000", DAY))
    case = {"benefit": ("outpatient",), "insurance": ("employee",)}
    assert told(found) == [
        ("pool.ratio", {**case, "level": ("secondary",), "status": ("active",)}, None, ("310000", 7000)),
        (
            "pool.ratio",
            {**case, "level": ("tertiary",), "status": ("active",)},
            ("430000", 6000),
            ("310000", 7000),
        ),
        ("pool.ratio", {**case, "level": ("tertiary",), "status": ("retired",)}, ("430000", 6500), None),
        ("account.prior-years-only", {}, None, ("310000", True)),
        ("binding.at-once", {}, ("430200", 7), None),
    ]


def test_what_both_have_alike_is_the_same(library: Library) -> None:
    found = differences(library, Side("430200", DAY), Side("310000", DAY))
    assert {one.key for one in found if one.same} == {"binding.relations", "account.order"}


def test_two_days_of_one_place_tell_what_changed(library: Library) -> None:
    found = differences(library, Side("430000", date(2023, 6, 1)), Side("430000", DAY))
    assert told(found) == [("binding.at-once", {}, ("430000", 3), ("430000", 5))]
    assert [one.a.row.clause for one in found if one.key == "binding.at-once" and one.a] == ["TA-01"]


def test_a_place_is_no_different_from_itself(library: Library) -> None:
    found = differences(library, Side("310000", DAY), Side("310000", DAY))
    assert found
    assert all(one.same for one in found)


def test_every_value_told_is_the_one_that_the_rule_book_finds(library: Library) -> None:
    book = library.book("430200").at(DAY)
    for one in differences(library, Side("430200", DAY), Side("310000", DAY)):
        facts = {dimension: words[0] for dimension, words in one.condition}
        facts.setdefault("benefit", "outpatient")
        facts.setdefault("insurance", "employee")
        value = book.find(one.key, **facts).value
        assert value == (None if one.a is None else one.a.row.value)


_BAND = """
[[value]]
key = "pool.ratio"
when = {{ benefit = "outpatient", insurance = "employee", level = "tertiary" }}
value = "{ratio}"
above = "{above}"
clause = "{clause}"
"""


def test_a_band_of_the_province_is_not_told_where_the_city_has_a_share_of_its_own(tmp_path: Path) -> None:
    city = """
[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "employee", level = "tertiary" }
value = "0.50"
clause = "TB-01"
"""
    province = _BAND.format(ratio="0.80", above="20000.00", clause="TA-03")
    library = small_library(tmp_path, {"430000": province, "430200": city})
    found = differences(library, Side("430200", DAY), Side("430000", DAY))
    (band,) = [one for one in found if one.above is not None]
    assert (band.above, band.a, band.b and band.b.row.value) == (2_000_000, None, 8_000)


def test_a_band_of_the_province_holds_where_the_city_rules_others_only(tmp_path: Path) -> None:
    city = """
[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "resident", level = "community" }
value = "0.50"
clause = "TB-01"
"""
    province = _BAND.format(ratio="0.80", above="20000.00", clause="TA-03")
    library = small_library(tmp_path, {"430000": province, "430200": city})
    found = differences(library, Side("430200", DAY), Side("430000", DAY))
    assert [one.same for one in found if one.above is not None] == [True]


def test_a_side_without_a_value_has_its_clauses_to_read(tmp_path: Path) -> None:
    found = differences(small_library(tmp_path), Side("430000", date(2021, 6, 1)), Side("430000", DAY))
    (one,) = [one for one in found if one.key == "binding.at-once"]
    assert one.a is None
    assert [clause.id for clause in one.read_a.clauses] == ["TA-09"]
    assert (one.read_a.later, one.read_a.said, one.read_b.clauses) == (False, "另有网页称最多绑定8人", ())
