"""People, their bindings and the year to date: families that stand alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.binding import Binding
from famgui.domain.person import Person
from famgui.files.workbook.form import Refused, RowFault
from famgui.files.workbook.opening import OpenWorkbook
from famgui.files.workbook.people import People
from tests.files.test_workbook_bills import Places
from tests.files.workbooks import BILLS, BINDINGS, BOUND, FAMILY, LI, PEOPLE, WANG, Rows, write

USED = ("就诊人", "年度", "类型", "统筹已付", "三级起付", "起付合计")


class Homeless(Places):
    """Nobody says where people are insured; there are rules in one place."""

    home = ""

    def ruled(self, code: str) -> bool:
        """Zhuzhou only."""
        return code == "430200"


class Read:
    """What the sheets of people give."""

    def __init__(
        self,
        folder: Path,
        people: Rows = FAMILY,
        bindings: Rows = (),
        used: Rows = (),
        *,
        headings: Sequence[str] = PEOPLE,
        places: Places | None = None,
    ) -> None:
        sheets: Mapping[str, tuple[Sequence[str], Rows]] = {
            "费用": (BILLS, ()),
            "人员": (headings, people),
            "绑定": (BINDINGS, bindings),
            "年度累计": (USED, used),
        }
        opened = OpenWorkbook(write(folder / "people.xlsx", sheets), "zh")
        self.people = People(places or Places(), "zh")
        self.people.read(opened)
        self.faults: list[RowFault] = [fault for sheet in opened.sheets.values() for fault in sheet.faults]

    @property
    def wrong(self) -> list[tuple[str, int, str, str]]:
        """Sheet, row, column and code of every fault."""
        return [(fault.sheet, fault.row, fault.column, fault.code) for fault in self.faults]


def test_people_as_they_stand(tmp_path: Path) -> None:
    headings = ("姓名", "身份证号", "参保", "状态", "有个人账户", "本年余额", "历年余额", "参保地", "出生日期", "档次")
    rows = (
        ("王芳", WANG.lower(), "职工医保", "退休", None, "1,200.50", 0.5, "长沙市", None, None),
        ("小明", None, "居民", None, None, None, None, None, "2015/6/1", "一档"),
        ("张三", None, "职工", "灵活就业", "否", None, None, None, None, None),
        ("李四", None, "未参保", None, None, None, None, None, None, None),
    )
    read = Read(tmp_path, rows, headings=headings)
    assert read.faults == []
    assert read.people.persons == [
        Person("人员!2", "employee", "430100", "王芳", WANG, "retired", True),
        Person("人员!3", "resident", "430200", "小明", born=date(2015, 6, 1), tier="一档"),
        Person("人员!4", "employee", "430200", "张三", status="flexible"),
        Person("人员!5", "none", "430200", "李四"),
    ]
    assert [family.balances for family in read.people.families] == [{"人员!2": Balance(1200_50, 50)}, {}, {}, {}]


def test_whoever_is_bound_is_one_family(tmp_path: Path) -> None:
    people = (*FAMILY, ("孙七", None, "职工", 1, 1, None), ("小明", None, "居民", None, None, None))
    bindings = (
        *BOUND,
        (
            "孙七",
            WANG,
            "姻亲",
            "2025/2/1",
        ),
        ("孙七", LI, "其他", "2025-03-01"),
    )
    read = Read(tmp_path, people, bindings)
    assert read.faults == []
    one, other = read.people.families
    assert [person.name for person in one.persons] == ["王芳", "李强", "孙七"]
    assert [person.name for person in other.persons] == ["小明"]
    bound = datetime(2025, 1, 1)  # noqa: DTZ001 - the format has no zone
    assert one.bindings[0] == Binding("人员!3", "人员!2", "spouse", date(2025, 1, 1), bound)
    assert [row.relation for row in one.bindings] == ["spouse", "in-law", "other"]
    assert read.people.find("小明").family == 1 and read.people.find(WANG).family == 0


def test_year_to_date(tmp_path: Path) -> None:
    used = (("王芳", 2025, "门诊", 400, 250, None), (LI, "2025", "慢特病", "1,000", None, 30))
    read = Read(tmp_path, used=used)
    assert read.faults == []
    assert [family.used for family in read.people.families] == [
        {("人员!2", 2025, "outpatient"): YearToDate(400_00, (0, 0, 0, 250_00), 250_00)},
        {("人员!3", 2025, "chronic"): YearToDate(1000_00, (0, 0, 0, 0), 30_00)},
    ]


def test_a_handle_of_ones_own_goes_before_names(tmp_path: Path) -> None:
    rows = (("甲", "张三", "职工"), ("乙", "张三", "职工"), ("张三", "李四", "职工"))
    people = Read(tmp_path, rows, headings=("就诊人", "姓名", "参保")).people
    assert [people.position(text) for text in ("甲", "乙", "张三", "李四")] == [0, 1, 2, 2]


def test_people_of_the_same_name_are_told_apart_by_number(tmp_path: Path) -> None:
    rows = (("张三", WANG, "职工"), ("张三", LI, "职工"), ("张三 ", None, "居民"))
    read = Read(tmp_path, rows, headings=("就诊人", "身份证号", "参保"))
    assert read.faults == []
    assert [read.people.position(number) for number in (WANG, f" {LI} ")] == [0, 1]
    for text, code in (
        ("张三", "person-ambiguous"),
        ("王五", "person-unknown"),
        (430202190001010029.0, "id-as-number"),
    ):
        with pytest.raises(Refused, match=code):
            read.people.find(text)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ((None, None, "职工", 1, 1, "430200"), "姓名", "missing-key"),
        (("王", "123", "职工", 1, 1, "430200"), "身份证号", "id-number"),
        (("王", 430202190001010029, "职工", 1, 1, "430200"), "身份证号", "id-as-number"),
        (("王", LI, "职工", 1, 1, "430200"), "身份证号", "duplicate-id"),
        (("王", None, None, None, None, "430200"), "参保", "missing-key"),
        (("王", None, "公费", None, None, "430200"), "参保", "choice"),
        (("王", None, "居民", 1, None, "430200"), "本年余额", "account-not-employee"),
        (("王", None, "职工", "x", None, "430200"), "本年余额", "cell-amount"),
        (("王", None, "职工", 1, 1, "火星"), "参保地", "place-unknown"),
        (("王", None, "职工", 1, 1, None), "参保地", "place-needed"),
        (("王", None, "职工", 1, 1, "810000"), "参保地", "place-unruled"),
    ],
)
def test_what_is_wrong_with_somebody(tmp_path: Path, row: Sequence[object], column: str, code: str) -> None:
    first = ("李", LI, "职工", 1, 1, "430200")
    read = Read(tmp_path, (first, row), places=Homeless())
    assert read.wrong == [("人员", 3, column, code)]
    if row[0]:
        assert read.people.find("王").doubt == ("人员", 3)
    assert read.people.find("李").doubt is None


@pytest.mark.parametrize(
    ("account", "code"), [("是", "account-not-employee"), ("否", "money-no-account"), ("也许", "choice")]
)
def test_accounts_that_cannot_be(tmp_path: Path, account: str, code: str) -> None:
    insurance = "居民" if account == "是" else "职工"
    money = None if account == "是" else 5
    headings = ("姓名", "参保", "有个人账户", "本年余额")
    found = Read(tmp_path, (("王", insurance, account, money),), headings=headings).faults
    assert [fault.code for fault in found] == [code]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("赵六", "王芳", "配偶", date(2025, 1, 1)), "授权人", "person-unknown"),
        (("李强", None, "配偶", date(2025, 1, 1)), "使用人", "missing-key"),
        (("李强", "王芳", "朋友", date(2025, 1, 1)), "关系", "choice"),
        (("李强", "王芳", "配偶", None), "开始", "missing-key"),
    ],
)
def test_a_faulty_binding_puts_its_family_in_doubt(
    tmp_path: Path, row: Sequence[object], column: str, code: str
) -> None:
    read = Read(tmp_path, (*FAMILY, ("孙七", None, "职工", 1, 1, None)), (row,))
    assert read.wrong == [("绑定", 2, column, code)]
    doubted = [read.people.find(name).doubt for name in ("王芳", "李强", "孙七")]
    assert doubted.count(None) < 3 and doubted[2] is None and ("绑定", 2) in doubted


def test_bindings_that_end_before_they_start_and_priorities(tmp_path: Path) -> None:
    headings = (*BINDINGS, "结束", "次序")
    good = ("李强", "王芳", "配偶", "2025-01-01", "2025-12-31", 2)
    bad = ("李强", "王芳", "配偶", "2025-01-01", "2024-12-31", 0)
    sheets = {"费用": (BILLS, ()), "人员": (PEOPLE, FAMILY), "绑定": (headings, (good, bad))}
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", sheets), "zh")
    people = People(Places(), "zh")
    people.read(opened)
    found = opened.sheets["bindings"].faults
    assert [(fault.row, fault.column, fault.code) for fault in found] == [
        (3, "次序", "number-range"),
        (3, "结束", "ends-early"),
    ]
    (row,) = people.families[0].bindings
    assert (row.ends, row.priority) == (date(2025, 12, 31), 2)


@pytest.mark.parametrize(
    ("rows", "row", "column", "code"),
    [
        ((("赵六", 2025, "门诊", 1, None, None),), 2, "就诊人", "person-unknown"),
        ((("王芳", 1889, "门诊", 1, None, None),), 2, "年度", "number-range"),
        ((("王芳", 2025, "急诊", 1, None, None),), 2, "类型", "choice"),
        ((("王芳", 2025, "门诊", 1, 5, 4.99),), 2, "起付合计", "met-below-levels"),
        ((("王芳", 2025, "门诊", 1, 5, 5),) * 2, 3, "就诊人", "repeated-used"),
    ],
)
def test_what_is_wrong_with_the_year_to_date(tmp_path: Path, rows: Rows, row: int, column: str, code: str) -> None:
    read = Read(tmp_path, used=rows)
    assert read.wrong == [("年度累计", row, column, code)]
    assert (read.people.find("王芳").doubt is None) == (code == "person-unknown")


def test_where_a_family_is_at_home(tmp_path: Path) -> None:
    people = (
        ("王芳", None, "职工", 1, 1, "430100"),
        ("李强", None, "职工", 1, 1, "430200"),
        ("陈一", None, "职工", 1, 1, "350100"),
        ("陈二", None, "职工", 1, 1, "350200"),
        ("孙七", None, "职工", 1, 1, None),
    )
    bindings = (*BOUND, ("陈一", "陈二", "配偶", "2025-01-01"))
    read = Read(tmp_path, people, bindings)
    assert read.faults == []
    assert [family.place for family in read.people.families] == ["430200", "350100", "430200"]
