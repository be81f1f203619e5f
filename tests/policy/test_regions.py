"""The table of places: county codes that an ID number may open with, and names."""

import pytest

from famgui.policy.regions import Regions
from tests.files.program import REPOSITORY

REGIONS = Regions(REPOSITORY / "resources" / "codes" / "regions.json")


@pytest.mark.parametrize(
    "code", ["430202", "431181", "430221", "441900", "442000", "110101", "620200", "460400", "659001"]
)
def test_county_codes(code: str) -> None:
    assert code in REGIONS


@pytest.mark.parametrize(
    "code", ["430000", "430200", "999999", "000000", "", "43020", "4302020", "４３０２０２", None, 430202]
)
def test_other_codes(code: object) -> None:
    assert code not in REGIONS


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("430000", "湖南省"),
        ("430200", "株洲市"),
        ("430202", "荷塘区"),
        ("430212", "渌口区"),
        ("431181", "祁阳市"),
        ("441900", "东莞市"),
        ("990003", "990003"),
        ("", ""),
    ],
)
def test_names(code: str, name: str) -> None:
    assert REGIONS.name(code) == name


def test_a_retired_code_is_known_but_has_no_current_name() -> None:
    assert "430221" in REGIONS
    assert REGIONS.name("430221") == "430221"
