"""Which sheets of a workbook are ours, and where their headings stand."""

from pathlib import Path

import pytest

from famgui.files.workbook import opening
from famgui.files.workbook.form import BILLS as FORM
from famgui.files.workbook.form import FORMS, FaultyWorkbook, RowFault
from famgui.files.workbook.opening import OpenWorkbook
from tests.files.workbooks import BILLS, PEOPLE, alone, bill, write


def faults_of(path: Path) -> list[RowFault]:
    with pytest.raises(FaultyWorkbook) as faulty:
        OpenWorkbook(path, "zh")
    return faulty.value.faults


def test_headings_in_the_first_row(tmp_path: Path) -> None:
    opened = OpenWorkbook(alone(tmp_path / "a.xlsx", [bill()]), "zh")
    assert list(opened.sheets) == ["bills", "people", "bindings"]
    assert opened.bills.heading_row == 1 and opened.bills.places["amount"] == 8 and opened.bills.places["over"] == -1
    assert (opened.bills.title("amount"), opened.bills.title("over")) == ("金额", "超限额")
    assert opened.faults == []


def test_headings_below_a_merged_title_and_an_empty_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"费用明细": (BILLS, [bill()])}, title="2025 年 5 月费用明细", first_row=2)
    opened = OpenWorkbook(path, "zh")
    assert opened.bills.heading_row == 3 and opened.bills.height == 4
    assert [number for number, _ in opened.bills.rows()] == [4]


def test_headings_that_are_there_twice_count_where_they_come_first(tmp_path: Path) -> None:
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", {"费用": (BILLS, [BILLS, bill()])}), "zh")
    assert opened.bills.heading_row == 1


def test_a_sheet_and_headings_in_english_in_any_order_with_units(tmp_path: Path) -> None:
    titles = ("Amount (yuan)", "bill number", "PATIENT", "Date", "Kind", "Item", "category")
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", {"bills": (titles, [])}), "en")
    places = opened.bills.places
    assert [places[key] for key in ("amount", "bill", "person", "date", "kind", "item", "category")] == list(range(7))
    assert opened.bills.title("class") == "Class"


def test_a_columns_own_name_goes_before_another_name_of_it(tmp_path: Path) -> None:
    titles = ("姓名", *BILLS)
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", {"费用": (titles, [])}), "zh")
    assert opened.bills.places["person"] == 2
    assert [(fault.column, fault.code, fault.grave) for fault in opened.faults] == [("姓名", "unknown-column", False)]


def test_unknown_columns_and_sheets_are_told_and_hold_nothing_back(tmp_path: Path) -> None:
    sheets = {"费用": ((*BILLS, "备注", "问题"), [bill()]), "说明": (("甲",), [("x",)]), "结果": (("甲",), [("x",)])}
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", sheets), "zh")
    assert opened.faults == [
        RowFault("费用", 1, "备注", "unknown-column", grave=False),
        RowFault("说明", 0, "", "unknown-sheet", grave=False),
    ]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    titles = [title for title in BILLS if title not in ("金额", "日期")]
    found = faults_of(write(tmp_path / "a.xlsx", {"费用": (titles, []), "人员": (PEOPLE[1:], [("x",)])}))
    assert [(fault.sheet, fault.column, fault.code) for fault in found] == [
        ("费用", "日期", "missing-column"),
        ("费用", "金额", "missing-column"),
        ("人员", "姓名", "missing-column"),
    ]


def test_a_column_that_is_there_twice(tmp_path: Path) -> None:
    (fault,) = faults_of(write(tmp_path / "a.xlsx", {"费用": ((*BILLS, "金额 "), [])}))
    assert (fault.column, fault.code) == ("金额", "column-twice")


def test_no_row_of_headings(tmp_path: Path) -> None:
    (fault,) = faults_of(write(tmp_path / "a.xlsx", {"费用": (("随便", "写写"), [("a", "b")])}))
    assert (fault.sheet, fault.code) == ("费用", "no-headings")
    assert "单据号, 就诊人" in str(dict(fault.values)["needed"])


def test_no_sheet_of_bills(tmp_path: Path) -> None:
    (fault,) = faults_of(write(tmp_path / "a.xlsx", {"Sheet1": (BILLS, [bill()])}))
    assert (fault.code, fault.values) == ("no-bills", (("sheets", "Sheet1"),))


def test_two_sheets_of_bills(tmp_path: Path) -> None:
    opened = OpenWorkbook(write(tmp_path / "a.xlsx", {"费用": (BILLS, []), "Bills": (BILLS, [])}), "zh")
    (fault,) = opened.faults
    assert (fault.sheet, fault.code, fault.grave) == ("Bills", "sheet-twice", True)


def test_a_sheet_of_people_that_nobody_has_filled_in_is_none(tmp_path: Path) -> None:
    sheets = {"费用": (BILLS, [bill()]), "人员": (PEOPLE, []), "绑定": (("授权人", "使用人"), [(" ", None)])}
    assert list(OpenWorkbook(write(tmp_path / "a.xlsx", sheets), "zh").sheets) == ["bills"]


def test_files_that_are_no_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.xlsx").write_text("单据号,金额\n", "utf-8")
    (tmp_path / "half.xlsx").write_bytes(alone(tmp_path / "a.xlsx", [bill()]).read_bytes()[:900])
    assert [faults_of(tmp_path / name)[0].code for name in ("text.xlsx", "half.xlsx", "", "none.xlsx")] == [
        "not-a-workbook",
        "not-a-workbook",
        "workbook-is-folder",
        "unreadable",
    ]
    monkeypatch.setattr(opening, "MAX_BYTES", 100)
    assert faults_of(tmp_path / "a.xlsx")[0].code == "too-large"


def test_no_name_stands_for_two_columns_or_sheets() -> None:
    for form in FORMS:
        names = [name for column in form.columns for name in {column.zh, column.en, *column.also}]
        assert len(names) == len(set(names)), form.key
    names = [name for form in FORMS for name in (form.zh, form.en, *form.also)]
    assert len(names) == len(set(names))
    assert FORM.column("amount").title("en") == "Amount"
