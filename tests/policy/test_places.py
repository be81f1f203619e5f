"""Names of places in a query."""

import pytest

from famgui.policy.places import Places, chain, names_of_places
from tests.policy.searching import CODES


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("湖南省", "430000"),
        ("湖南", "430000"),
        ("株洲", "430200"),
        ("吉林", "220000"),
        ("内蒙古", "150000"),
        ("新疆", "650000"),
        ("广西", "450000"),
        ("湘西", "433100"),
        ("延边", "222400"),
        ("大理", "532900"),
        ("深水", ""),
        ("全国", ""),
    ],
)
def test_names(name: str, code: str) -> None:
    assert names_of_places(CODES, [("000000", "全国")]).get(name, "") == code


def test_names_of_packs_are_known_too() -> None:
    names = names_of_places(CODES, [("990003", "来源文章C"), ("430000", "Hunan")])
    assert (names["来源文章c"], names["hunan"]) == ("990003", "430000")


def test_sounds() -> None:
    places = Places({"上海": "310000"}, {"shanghai": "上海"})
    assert places.sounds("shanghai", unfinished=False) and not places.sounds("shangha", unfinished=False)
    assert places.sounds("shangha", unfinished=True) and not places.sounds("shang", unfinished=True)
    assert (places.sounding("shangha"), places.sounding("zzz"), places.code("上海")) == ("上海", "", "310000")


def test_chain() -> None:
    assert chain("430211") == ("430211", "430200", "430000", "000000")
    assert chain("430200") == ("430200", "430000", "000000")
    assert chain("000000") == ("000000",)
