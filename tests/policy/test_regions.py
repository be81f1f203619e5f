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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        *(("湖南省株洲市", "430200"), ("广东深圳", "440300"), ("湖南省 · 株洲市", "430200"), ("广东-深圳市", "440300")),
        *(("株洲", "430200"), ("湖南", "430000"), ("内蒙古", "150000"), ("内蒙古自治区呼和浩特市", "150100")),
        *(("湖南湘西", "433100"), ("上海浦东", "310115"), ("北京市北京市", "110000"), ("湖南省天元区", "430211")),
        *(("湖南省株洲市天元区", "430211"), ("江苏省昆山市", "320583"), ("火星", ""), ("湖南省火星市", "")),
        *(("朝阳区", "110105 220104"), ("北京朝阳", "110105"), ("新疆乌鲁木齐", "650100"), ("广东省广东省", "440000")),
    ],
)
def test_what_people_mean_by_a_place(text: str, codes: str) -> None:
    assert REGIONS.meant(text) == tuple(codes.split())
