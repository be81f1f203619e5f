"""Tables as xlsx and CSV: numbers as numbers, days as days, nothing that a spreadsheet would run."""

import csv
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from famgui.files.statement import Heading, Listing, write_csv, write_workbook

COLUMNS = (Heading("日期", "day"), Heading("事项"), Heading("金额", "amount"), Heading("笔数", "count"))
ROWS = (
    (date(2025, 5, 10), "王芳 普通门诊 · 三级", -212_05, 3),
    (None, "=HYPERLINK(1)", 1, None),
    (date(2024, 2, 29), '+1 "引号", 逗号\n换行', 999_999_999, 0),
)
TABLE = Listing("对账单", COLUMNS, ROWS, (("期间", "2025 年"), ("户主", "王芳")), ((None, "合计", 999_978_795, 3),))


def sheets(path):
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_numbers_are_numbers_and_days_are_days(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook([TABLE], path)
    (rows,) = sheets(path).values()
    assert rows[0][0] == "对账单"
    assert [row[0] for row in rows[1:3]] == ["期间  2025 年", "户主  王芳"]
    assert rows[4] == ["日期", "事项", "金额", "笔数"]
    assert rows[5:] == [
        [date(2025, 5, 10), "王芳 普通门诊 · 三级", -212.05, 3],
        ["", "=HYPERLINK(1)", 0.01, ""],
        [date(2024, 2, 29), '+1 "引号", 逗号\n换行', 9999999.99, 0],
        ["", "合计", 9999787.95, 3],
    ]


def test_amounts_show_two_decimals_and_the_header_stays(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook([TABLE], path)
    with zipfile.ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        styles = packed.read("xl/styles.xml").decode()
    assert 'ySplit="5"' in sheet and 'state="frozen"' in sheet
    assert "#,##0.00" in styles and "yyyy-mm-dd" in styles
    assert "<f>" not in sheet, "a text is never a formula"
    lines = [part.split('"')[1] for part in sheet.split("<row ")[1:]]
    assert len(lines) == len(set(lines)), "no row is written twice"


def test_every_table_has_a_sheet_of_its_own(tmp_path):
    path = tmp_path / "a.xlsx"
    titles = ["a/b:c", "A B C", "", "很长" * 30, "很长" * 30, "'"]
    empty = [Listing(title, COLUMNS, ()) for title in titles]
    write_workbook(empty, path)
    found = sheets(path)
    assert len(found) == len(titles)
    assert all(len(name) <= 31 for name in found)
    assert all(rows[0] == ["日期", "事项", "金额", "笔数"] for rows in found.values())


def test_csv_for_a_spreadsheet(tmp_path):
    path = tmp_path / "a.csv"
    write_csv([TABLE, Listing("合计", (Heading("类型"), Heading("金额", "amount")), [("@结算", -5)])], path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["对账单"],
        ["期间", "2025 年"],
        ["户主", "王芳"],
        ["日期", "事项", "金额", "笔数"],
        ["2025-05-10", "王芳 普通门诊 · 三级", "-212.05", "3"],
        ["", "'=HYPERLINK(1)", "0.01", ""],
        ["2024-02-29", '\'+1 "引号", 逗号\n换行', "9999999.99", "0"],
        ["", "合计", "9999787.95", "3"],
        [],
        ["合计"],
        ["类型", "金额"],
        ["'@结算", "-0.05"],
    ]


@pytest.mark.parametrize("write", [write_workbook, write_csv])
def test_what_cannot_be_written_leaves_nothing(tmp_path, write):
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError):
        write([TABLE], tmp_path / "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_row_of_another_length_is_a_bug(tmp_path):
    with pytest.raises(ValueError):
        write_workbook([Listing("x", COLUMNS, [("too short",)])], tmp_path / "a.xlsx")
