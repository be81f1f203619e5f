"""What a book can hold since schema 0002: everything that the older ones have no word for."""

from datetime import date

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.bill import Item
from famgui.domain.household import Bind, Deposit, Household, Premium, Refund, Unbind
from famgui.domain.person import Person
from famgui.domain.settlement import Facility, Override, Stated, Visit
from famgui.domain.waterfall import Terms
from tests.domain.building import ZHUZHOU, row

_DRUG = (Item("氨氯地平", "drug", 12_345, "B", 1000), Item("血压计", "device", 9_900, "A"))
_TERTIARY = Facility("hospital", ZHUZHOU, "tertiary", True, "A", True)

HOUSEHOLD = Household(
    ZHUZHOU,
    (
        Person("陈", "employee", ZHUZHOU, "陈示例", status="retired", has_account=True, born=date(1958, 2, 28)),
        Person("何", "resident", ZHUZHOU, "何示例", concession="low-income", born=date(1961, 7, 1), tier="二档"),
    ),
    {"陈": Balance(80_000, 120_000)},
    (row("陈", "何"),),
    {("陈", 2025, "outpatient"): YearToDate(12_000, (0, 0, 0, 5_000), 5_000, 40_000, 3, 1_500)},
    (
        Deposit("划入", date(2025, 4, 1), "陈", 8_130, True),
        Visit("高血压", date(2025, 4, 2), "何", "two-disease", _TERTIARY, _DRUG, None, None, "hypertension"),
        Visit(
            "住院",
            date(2025, 5, 6),
            "陈",
            "inpatient",
            _TERTIARY,
            _DRUG,
            stated=Stated(1_000, 7_000, 900_000),
            override=Override("single", False, True, YearToDate(100, (0, 0, 0, 200), 300, 400)),
        ),
        Refund("退血压计", date(2025, 5, 9), "住院", (("血压计", 9_900),), "没有用上"),
        Premium("补充", date(2025, 6, 1), "陈", "supplementary", ("何",), 9_000),
        Unbind("解绑", date(2025, 7, 1), "陈", "何", "搬家"),
        Bind("再绑", date(2025, 7, 2), row("陈", "何", starts=date(2025, 8, 1))),
    ),
    Terms("priority", True, False),
)
