"""Rows become bills, or are told of with column and reason."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from famgui.domain.bill import Item
from famgui.domain.settlement import Facility
from famgui.files.workbook.bills import BillReader
from famgui.files.workbook.form import Bill, Refused, RowFault, Who
from famgui.files.workbook.opening import OpenWorkbook
from tests.files.workbooks import BILLS, DAY, bill, write

WANG = Who(0, "w", "430200")


class Places:
    """Two places are known by name."""

    home = "430200"

    def code(self, text: str) -> str:
        """Codes stand for themselves."""
        if text.isdigit():
            return text
        if text != "长沙市":
            raise Refused("place-unknown", name=text)
        return "430100"

    def ruled(self, code: str) -> bool:
        """There are rules everywhere."""
        return True


def find(cell: object) -> Who:
    """王芳 is known, nobody else."""
    if str(cell).strip() != "王芳":
        raise Refused("person-unknown", who=str(cell))
    return WANG


class Read:
    """What a sheet with these rows gives."""

    def __init__(self, folder: Path, headings: Sequence[str], *rows: Sequence[object]) -> None:
        path = write(folder / "bills.xlsx", {"费用": (headings, rows)})
        opened = OpenWorkbook(path, "zh")
        self.told: list[tuple[int, int]] = []
        reader = BillReader(opened.bills, find, Places(), "zh")
        reader.read(lambda done, total: self.told.append((done, total)), 99)
        self.bills, self.bad, self.count = reader.bills, reader.bad_rows, reader.count
        self.faults: list[RowFault] = opened.bills.faults

    @property
    def one(self) -> Bill:
        """The only bill; nothing is wrong."""
        assert self.faults == []
        (only,) = self.bills
        return only

    @property
    def wrong(self) -> list[tuple[int, str, str]]:
        """Row, column and code of every fault."""
        return [(fault.row, fault.column, fault.code) for fault in self.faults]


WIDE = (*BILLS, "先付比例", "超限额", "病种限额", "统筹已付", "就医地", "定点", "病种", "等次", "签约")


def wide(number: str = "B1", row: Sequence[object] = (), **others: object) -> list[object]:
    """A row of `WIDE`."""
    return [*(row or bill(number)), *(others.get(heading) for heading in WIDE[len(BILLS) :])]


def test_rows_of_one_number_are_one_bill(tmp_path: Path) -> None:
    only = Read(
        tmp_path,
        BILLS,
        bill(" B1 "),
        bill("B1", None, None, 类型=None, 机构级别=None, 项目=" 检查 ", 类别="诊疗", 目录类="乙", 金额="1,200.50"),
        bill(项目="礼盒", 类别="保健品", 目录类=None, 金额=30.1),
    ).one
    assert (only.number, only.rows, only.who) == ("B1", (2, 3, 4), WANG)
    assert only.visit.items == (
        Item("阿莫西林", "drug", 100_00, "A"),
        Item("检查", "service", 1200_50, "B"),
        Item("礼盒", "health-food", 30_10, ""),
    )
    assert (only.visit.id, only.visit.patient, only.visit.date, only.visit.kind) == ("B1", "w", DAY, "outpatient")
    assert only.visit.facility == Facility("hospital", "430200", "tertiary", True)


def test_bills_may_be_mixed_and_numbered_with_numbers(tmp_path: Path) -> None:
    read = Read(tmp_path, BILLS, bill(1001), bill(1002), bill(1001, None, None, 类型=None, 机构级别=None))
    assert read.faults == []
    assert [(one.number, one.rows) for one in read.bills] == [("1001", (2, 4)), ("1002", (3,))]


def test_a_merged_number_holds_for_the_rows_below_it(tmp_path: Path) -> None:
    below = bill(None, None, None, 类型=None, 机构级别=None, 金额=7)
    read = Read(tmp_path, BILLS, bill(), below, below, [None] * 9, bill("B2"), below)
    assert read.faults == []
    assert [one.rows for one in read.bills] == [(2, 3, 4), (6, 7)]


def test_a_number_that_is_missing(tmp_path: Path) -> None:
    below = bill(None, None, None, 类型=None, 机构级别=None)
    read = Read(tmp_path, BILLS, below, bill(), bill(None), [None] * 9, below)
    assert read.wrong == [(2, "单据号", "missing-key"), (4, "单据号", "missing-key"), (6, "单据号", "missing-key")]
    assert read.bad == {2, 4, 6} and [one.rows for one in read.bills] == [(3,)] and read.count == 4


def test_a_row_of_sums_is_read_over(tmp_path: Path) -> None:
    sums = bill("合计", None, None, 类型=None, 机构级别=None, 项目=None, 类别=None, 目录类=None, 金额=100)
    read = Read(tmp_path, BILLS, bill(), sums)
    assert [(fault.code, fault.grave) for fault in read.faults] == [("sum-row", False)]
    assert len(read.bills) == 1 and read.count == 1 and not read.bad


def test_what_contradicts_the_first_row(tmp_path: Path) -> None:
    read = Read(tmp_path, BILLS, bill(), bill(day="2025/5/10"), bill(day="2025-05-11", 机构级别="二级"), bill("B2"))
    assert read.wrong == [(4, "日期", "differs"), (4, "机构级别", "differs")]
    assert read.faults[0].values == (("row", 2),)
    assert read.bad == {2, 3, 4} and [one.number for one in read.bills] == ["B2"]


def test_home_may_be_said_or_left_out(tmp_path: Path) -> None:
    read = Read(tmp_path, WIDE, wide(), wide(就医地="430200"), wide("B2", 就医地="长沙市"), wide("B2", 就医地="430200"))
    assert read.wrong == [(5, "就医地", "differs")]
    assert read.bills[0].visit.facility.place == "430200"


def test_every_column_of_the_visit(tmp_path: Path) -> None:
    read = Read(
        tmp_path,
        WIDE,
        wide("C", bill("C", 类型="慢特病"), 病种限额=400, 就医地="长沙市", 定点="否"),
        wide("I", bill("I", 类型="住院"), 统筹已付="1,000", 等次="甲等", 签约="是"),
        wide("P", bill("P", 类型="药店", 机构级别=None)),
        wide("T", bill("T", 类型="两病"), 病种="糖尿病"),
    )
    assert read.faults == []
    chronic, inpatient, pharmacy, two = (one.visit for one in read.bills)
    assert (chronic.kind, chronic.disease_limit) == ("chronic", 400_00)
    assert chronic.facility == Facility("hospital", "430100", "tertiary", False)
    assert (inpatient.kind, inpatient.pool_paid, inpatient.facility.grade, inpatient.facility.contracted) == (
        "inpatient",
        1000_00,
        "A",
        True,
    )
    assert (pharmacy.kind, pharmacy.facility.type, pharmacy.facility.level) == ("pharmacy", "pharmacy", "")
    assert (two.kind, two.disease) == ("two-disease", "diabetes")


def test_up_front_share_and_over_limit(tmp_path: Path) -> None:
    only = Read(tmp_path, WIDE, wide(row=bill(目录类="乙"), 先付比例="10%", 超限额="20.00")).one
    assert only.visit.items == (Item("阿莫西林", "drug", 100_00, "B", 1000, 20_00),)


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (bill(person=None), "就诊人", "missing-key"),
        (bill(person="赵六"), "就诊人", "person-unknown"),
        (bill(day=None), "日期", "missing-key"),
        (bill(day="5月10日"), "日期", "cell-date"),
        (bill(类型="急诊"), "类型", "choice"),
        (bill(类型=None), "类型", "missing-key"),
        (bill(机构级别="特级"), "机构级别", "choice"),
        (bill(机构级别=None), "机构级别", "missing-key"),
        (bill(项目=" "), "项目", "missing-key"),
        (bill(项目="a\x07"), "项目", "control-character"),
        (bill(类别="衣服"), "类别", "choice"),
        (bill(目录类=None), "目录类", "missing-key"),
        (bill(目录类="丁"), "目录类", "choice"),
        (bill(金额=None), "金额", "missing-key"),
        (bill(金额=1.005), "金额", "cell-amount"),
        (bill(金额=True), "金额", "cell-amount"),
        (bill(金额="-5"), "金额", "cell-amount"),
        (bill("a\x07"), "单据号", "control-character"),
    ],
)
def test_what_is_wrong_with_a_row(tmp_path: Path, row: Sequence[object], column: str, code: str) -> None:
    read = Read(tmp_path, BILLS, bill("A", 金额=1), row, bill("Z"))
    assert read.wrong == [(3, column, code)]
    assert [one.number for one in read.bills] == ["A", "Z"] and read.bad == {3}


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (wide(row=bill(类型="慢特病")), "病种限额", "missing-key"),
        (wide(病种限额=1), "病种限额", "only-for"),
        (wide(统筹已付=0), "统筹已付", "only-for"),
        (wide(row=bill(类型="两病")), "病种", "missing-key"),
        (wide(病种="糖尿病"), "病种", "only-for"),
        (wide(row=bill(类型="慢特病"), 病种限额="x"), "病种限额", "cell-amount"),
        (wide(先付比例=0.1), "先付比例", "upfront-on-class"),
        (wide(row=bill(目录类="乙"), 先付比例=10), "先付比例", "cell-ratio"),
        (wide(超限额=100.01), "超限额", "over-limit-above-amount"),
        (wide(超限额="x"), "超限额", "cell-amount"),
        (wide(超限额=True), "超限额", "cell-amount"),
        (wide(定点="也许"), "定点", "choice"),
        (wide(就医地="火星"), "就医地", "place-unknown"),
    ],
)
def test_what_is_wrong_in_the_further_columns(tmp_path: Path, row: Sequence[object], column: str, code: str) -> None:
    read = Read(tmp_path, WIDE, wide("A"), row)
    assert read.wrong == [(3, column, code)]
    assert [one.number for one in read.bills] == ["A"]


def test_everything_wrong_in_a_row_is_told_at_once(tmp_path: Path) -> None:
    row = ["B1", "赵六", "x", "急诊", "特级", None, "衣服", "丁", "y"]
    found = [column for _, column, _ in Read(tmp_path, BILLS, row).wrong]
    assert found == list(BILLS[1:])


def test_an_amount_of_yes_is_none_whatever_was_read_before(tmp_path: Path) -> None:
    read = Read(tmp_path, BILLS, bill("A", 金额=1), bill("B", 金额=True), bill("C", 金额=0), bill("D", 金额=False))
    assert [row for row, _, _ in read.wrong] == [3, 5]


def test_rows_that_belong_nowhere_are_each_told(tmp_path: Path) -> None:
    read = Read(tmp_path, BILLS, bill("a\x07"), bill("a\x07"))
    assert read.wrong == [(2, "单据号", "control-character"), (3, "单据号", "control-character")]
    assert read.bad == {2, 3}


def test_progress_is_told_and_may_stop(tmp_path: Path) -> None:
    rows = [bill(f"B{number}") for number in range(2_100)]
    assert Read(tmp_path, BILLS, *rows).told == [(1024, 99), (2048, 99)]
