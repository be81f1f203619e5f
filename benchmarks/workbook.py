"""A workbook of 100,000 rows tried out, against reading it only; its results written, against writing the same rows."""

import io
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook
from rustpy_xlsxwriter import FastExcel

from benchmarks.measure import Ratio, in_turns
from benchmarks.settlement import PLACE
from famgui.base.paths import resources
from famgui.base.wording import Wording
from famgui.domain.identity import check_digit
from famgui.files.workbook.results import balances_sheet, results_sheet, totals_sheet
from famgui.policy.library import Library
from famgui.policy.regions import Regions
from famgui.usecase.batch import DryRun, dry_run, write_results
from famgui.usecase.batch_people import Asked

ROWS, PEOPLE = 100_000, 20_000
ITEMS = (("诊查", "诊疗", "甲"), ("乙类药", "药品", "乙"), ("自费药", "药品", "丙"))


def _bills() -> Iterator[dict[str, Any]]:
    """Three items a bill; every amount another one."""
    for row in range(ROWS):
        bill, turn = divmod(row, len(ITEMS))
        name, category, known = ITEMS[turn]
        yield {
            "单据号": f"B{bill:06d}",
            "就诊人": f"成员{bill % PEOPLE:05d}",
            "日期": date(2025, 1, 2) + timedelta(days=bill * 7 % 330),
            "类型": "门诊",
            "机构级别": "三级",
            "定点": "是",
            "就医地": PLACE,
            "项目": name,
            "类别": category,
            "目录类": known,
            "金额": (1_000 + row * 7_919 % 49_999) / 100,
            "先付比例": 0.1 if known == "乙" else None,
            "超限额": None,
            "病种限额": None,
            "统筹已付": None,
        }


def _people() -> Iterator[dict[str, Any]]:
    for number in range(PEOPLE):
        first = f"{PLACE}{1950 + number // 1000:04d}0101{number % 1000:03d}"
        yield {
            "姓名": f"成员{number:05d}",
            "身份证号": first + check_digit(first),
            "参保": "职工",
            "状态": "在职",
            "有个人账户": "是",
            "本年余额": (20_000 + number % 300 * 50) / 100,
            "历年余额": 100.0,
            "参保地": PLACE,
        }


def _bindings() -> Iterator[dict[str, Any]]:
    for number in range(0, PEOPLE, 2):
        yield {
            "授权人": f"成员{number + 1:05d}",
            "使用人": f"成员{number:05d}",
            "关系": "配偶",
            "开始": date(2025, 1, 1),
            "结束": None,
            "次序": 1.0,
        }


def _bare(path: Path) -> int:
    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def workbook() -> Iterator[Ratio]:
    """The dry run with all checks and settling; then the results."""
    library = Library([resources() / "policies"], None)
    regions = Regions(resources() / "codes" / "regions.json")
    asked = Asked(library.book, regions, PLACE, date(2025, 12, 31), "zh")
    wording = Wording("zh")
    with tempfile.TemporaryDirectory() as folder:
        path, results = Path(folder) / "bills.xlsx", Path(folder) / "results.xlsx"
        book = FastExcel(path)
        for name, rows in (("费用", _bills()), ("人员", _people()), ("绑定", _bindings())):
            book.sheet(name, rows, dedupe_strings=True)
        book.save()

        def tried() -> DryRun:
            return dry_run(path, asked, None)

        done = tried()
        assert done.rows == ROWS and not done.faulty and len(done.results) == -(-ROWS // 3) and done.people == PEOPLE
        title = f"{ROWS:,} rows of a workbook checked and settled"
        yield in_turns(title, tried, "bare calamine", lambda: _bare(path), rounds=5)
        made = [
            (sheet.name, list(sheet.rows))
            for sheet in (
                results_sheet(done.results, wording),
                totals_sheet(done.sums, 0, wording),
                balances_sheet(done.accounts, wording),
            )
        ]

        def bare_write() -> None:
            target = io.BytesIO()
            plain = FastExcel(target)
            for name, rows in made:
                plain.sheet(name, rows)
            plain.save()

        title = f"results of {len(done.results):,} bills written"
        yield in_turns(
            title, lambda: write_results(done, results, wording), "bare rustpy-xlsxwriter", bare_write, rounds=5
        )
