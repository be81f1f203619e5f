"""Figures in a query and how clauses write them."""

import pytest

from famgui.policy.figures import FIGURE, wordings, year_in


def told(query: str) -> list[tuple[str, str]]:
    return [(str(found.lastgroup), found[0]) for found in FIGURE.finditer(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("国办发〔2024〕38号", [("document", "国办发〔2024〕38号")]),
        ("国办发2024 38", [("document", "国办发2024 38")]),
        ("京医保发2024年15号", [("document", "京医保发2024年15号")]),
        ("每年发2000块", [("count", "2000块")]),
        ("2024-12-02起", [("date", "2024-12-02")]),
        ("2024年12月2日", [("date", "2024年12月2日")]),
        ("hn-21和acct_pay", [("code", "hn-21"), ("code", "acct_pay")]),
        ("5人还是10人", [("count", "5人"), ("count", "10人")]),
        ("5个人账户", [("count", "5")]),
        ("七成 70% 百分之七十", [("share", "七成"), ("share", "70%"), ("share", "百分之七十")]),
        ("二级医院三类两个人一年千万", []),
        ("两千块钱", [("count", "两千块钱")]),
        ("没有", []),
    ],
)
def test_what_is_a_figure(query: str, found: list[tuple[str, str]]) -> None:
    assert told(query) == found


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("国办发〔2024〕38号", ["国办发 2024 38号", "国办发 2024"]),
        ("两千块钱", ["2000元", "2000"]),
        ("2000块", ["2000块", "2000元", "2000"]),
        ("一千五", ["1500"]),
        ("两千零五元", ["2005元", "2005"]),
        ("2千元", ["2000元", "2000"]),
        ("20万", ["200000", "20万"]),
        ("1.5万元", ["1.5万元", "1.5"]),
        ("十个人", ["10人", "10名", "10个", "10位", "10"]),
        ("5人", ["5人", "5名", "5个", "5位"]),
        ("十八岁", ["18岁", "18"]),
        ("七成", ["70%"]),
        ("百分之七十", ["70%"]),
        ("2022年", ["2022年", "2022"]),
        ("2024-12-02", ["2024-12-02", "2024年12月2日", "2024 12 02", "2024年12月", "2024 12"]),
        ("acct_pay", ["acct_pay"]),
    ],
)
def test_how_it_is_written(query: str, written: list[str]) -> None:
    ((kind, typed),) = told(query)
    assert [wording.text for wording in wordings(kind, typed)] == written


def test_only_what_stands_as_typed_is_itself() -> None:
    assert [wording.way for wording in wordings("count", "2000块")] == ["itself", "number", "number"]


@pytest.mark.parametrize(("typed", "year"), [("2022年", 2022), ("2022-10-01", 2022), ("2000元", None), ("2022", 2022)])
def test_the_year_that_is_named(typed: str, year: int | None) -> None:
    assert year_in(typed) == year
