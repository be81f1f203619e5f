"""Lists for the tests: rows by heading, written as workbooks and as tables of text; people who are plainly made up."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from famgui.domain.identity import check_digit
from tests.files.workbooks import write

HEADINGS = (
    "授权人姓名",
    "授权人身份证号",
    "授权人参保",
    "使用人姓名",
    "使用人身份证号",
    "使用人参保",
    "使用人手机号",
    "关系",
    "开始日期",
    "结束日期",
)
"""The columns that most tests need."""
SOON, THEN, LONG_AGO = date(2026, 12, 1), date(2027, 11, 30), date(2025, 3, 1)
WANG, LI, ZHOU = "430202190001010029", "430202190002020018", "43020319000303002X"
"""ID numbers of the sample family: 王芳, 李强 (who shares with her), 周秀英."""

Row = Sequence[Any]


def number(serial: int, born: str = "19000101", area: str = "430202") -> str:
    """An ID number of somebody who is not."""
    first = f"{area}{born}{serial:03d}"
    return first + check_digit(first)


def spelled(serial: int) -> str:
    """A number as characters that a name may have."""
    return str(serial).translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def line(giver: int, user: int | None, relation: Any = "子女", **others: Any) -> list[Any]:
    """A row of `HEADINGS`: 甲 and the number of the authorizer, 乙 and that of the user, applied for today for a year
    from next month, but for what is said otherwise. Without a user it speaks of the authorizer only."""
    row: dict[str, Any] = {
        "授权人姓名": f"甲{spelled(giver)}",
        "授权人身份证号": number(giver),
        "授权人参保": "在职职工",
    }
    if user is not None:
        row |= {"使用人姓名": f"乙{spelled(user)}", "使用人身份证号": number(user, "19400101"), "使用人参保": "居民"}
        row |= {"使用人手机号": "13800000000", "关系": relation, "开始日期": SOON, "结束日期": THEN}
    row |= others
    return [row.get(heading) for heading in HEADINGS]


def workbook(path: Path, rows: Sequence[Row], headings: Sequence[str] = HEADINGS, sheet: str = "名单") -> Path:
    """A list as a workbook."""
    return write(path, {sheet: (headings, rows)})


def text(
    path: Path, rows: Sequence[Row], headings: Sequence[str] = HEADINGS, encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    """A list as a table of text."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([headings, *(["" if c is None else c for c in row] for row in rows)])
    path.write_bytes(out.getvalue().encode(encoding))
    return path
