"""Real workbooks for the tests: sheets of headings and rows, written as a spreadsheet program would."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import FastExcel

BILLS = ("单据号", "就诊人", "日期", "类型", "机构级别", "项目", "类别", "目录类", "金额")
"""The columns that most tests need."""
PEOPLE = ("姓名", "身份证号", "参保", "本年余额", "历年余额", "参保地")
BINDINGS = ("授权人", "使用人", "关系", "开始")
DAY = date(2025, 5, 10)
WANG, LI = "430202190001010029", "430202190001010037"

Rows = Sequence[Sequence[Any]]


def bill(number: object = "B1", person: object = "王芳", day: object = DAY, **others: object) -> list[object]:
    """A row of `BILLS`: a tertiary outpatient visit of one class A drug over 100.00, but for what is said otherwise."""
    row: dict[str, object] = {
        "单据号": number,
        "就诊人": person,
        "日期": day,
        "类型": "门诊",
        "机构级别": "三级",
        "项目": "阿莫西林",
        "类别": "药品",
        "目录类": "甲",
        "金额": 100,
        **others,
    }
    return [row[heading] for heading in BILLS]


FAMILY: Rows = (
    ("王芳", WANG, "职工", 120, None, "430200"),
    ("李强", LI, "职工", 5000, 10, "430200"),
)
BOUND: Rows = (("李强", "王芳", "配偶", date(2025, 1, 1)),)


def write(path: Path, sheets: Mapping[str, tuple[Sequence[str], Rows]], *, title: str = "", first_row: int = 0) -> Path:
    """A workbook; with `title` a line merged over the first sheet, whose headings stand in `first_row` (from 0)."""
    book = FastExcel(path)
    for number, (name, (headings, rows)) in enumerate(sheets.items()):
        merged = [(0, 0, 0, len(headings) - 1, title)] if title and not number else None
        lines = [dict(zip(headings, row, strict=False)) for row in rows]
        whole = [{**dict.fromkeys(headings), **lines[0]}, *lines[1:]] if lines else [dict.fromkeys(headings)]
        book.sheet(name, whole, header_row=0 if number else first_row, merge_ranges=merged)
    book.save()
    return path


def alone(path: Path, rows: Rows, headings: Sequence[str] = BILLS) -> Path:
    """A workbook that stands alone: these bills, 王芳 and 李强, who shares with her."""
    return write(path, {"费用": (headings, rows), "人员": (PEOPLE, FAMILY), "绑定": (BINDINGS, BOUND)})


def read(path: Path) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook, its rows."""
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def lines(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet's rows by heading."""
    headings, *rows = read(path)[sheet]
    return [dict(zip(headings, row, strict=True)) for row in rows]
