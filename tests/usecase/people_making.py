"""Small books of people for tests: invented names, numbers that add up and belong to nobody."""

from datetime import date, timedelta

from famgui.domain.account import Balance
from famgui.domain.identity import check_digit
from tests.domain.building import employee, household, purchase, resident, row
from tests.store.making import NOW

LATER = NOW + timedelta(days=1)
TODAY = NOW.date()


def number(order: int, born: str = "19000101") -> str:
    """An ID number of Zhuzhou's Hetang district that adds up."""
    first17 = f"430202{born}{order:03d}"
    return first17 + check_digit(first17)


def wangs(**more):
    """王芳 with an account, her mother 周秀英 and her son; the mother uses the account in a pharmacy."""
    return household(
        employee("p1", name="王芳", id_number=number(2), phone="13800000001"),
        resident("p2", name="周秀英", id_number=number(4), phone="0731-22334455"),
        resident("p3", name="王小明"),
        accounts={"p1": Balance(50_000, 10_000)},
        rows=[row("p1", "p2", "parent")],
        events=[purchase("p2", "30.00", date(2025, 3, 1), "v1"), purchase("p1", "20.00", date(2025, 6, 1), "v2")],
        **more,
    )


def lis(year: int = 2025, **more):
    """李强 with an account, and 周秀英 a second time, who has nothing here yet."""
    return household(
        employee("p1", name="李强", id_number=number(1)),
        resident("p2", name="周秀英", id_number=number(4)),
        accounts={"p1": Balance(80_000)},
        events=[purchase("p1", "15.00", date(year, 5, 1), "v1")],
        **more,
    )
