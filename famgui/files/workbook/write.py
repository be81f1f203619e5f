"""Workbooks out: sheets with headings, widths and formats, written whole or not at all; and the empty template."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from rustpy_xlsxwriter import FastExcel, Format

from famgui.base.paths import write_whole
from famgui.base.wording import Wording
from famgui.domain.money import WHOLE, Fen, Ratio
from famgui.files.workbook.form import BILLS, FORMS, PROBLEM, Heading, SheetForm
from famgui.files.workbook.words import CHOICES, titles

Row = Mapping[str, Any]
"""A row by heading."""

MONEY, SHARE, DAY, TEXT = "#,##0.00", "0.00%", "yyyy-mm-dd", "@"
"""The number formats of our columns."""
_BLANK_ROWS = 200
"""So many empty rows of the template offer their choices."""
_AMOUNTS = {"amount", "over", "limit", "paid", "current", "prior_years", "pool", "all", "cost"}
_AMOUNTS |= {"community", "primary", "secondary", "tertiary"}
_DAYS = {"date", "starts", "ends", "born"}
_TEXTS = {"bill", "person", "place", "id_number", "insured_place", "authorizer", "user"}
"""Columns whose digits are no numbers: a spreadsheet would drop zeros, or the end of an ID number."""


@dataclass(frozen=True, slots=True)
class SheetOut:
    """A sheet to write: the headings, the rows, which may come as they are made, and how columns look, by heading."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Row]
    widths: Mapping[str, float] = field(default_factory=dict)
    formats: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write_workbook(path: Path, sheets: Iterable[SheetOut]) -> None:
    """Write the sheets to a file, whole or not at all. Texts stay texts, whatever they begin with. Raises OSError."""
    target = io.BytesIO()
    book = FastExcel(target).format(datetime_format="yyyy-mm-dd hh:mm:ss").freeze(row=1)
    head = Format().set_bold().set_text_wrap().set_align("top").set_background_color("#E3F2F0")
    for sheet in sheets:
        book.sheet(
            sheet.name,
            _with_all_columns(sheet),
            column_widths={heading: sheet.widths.get(heading, 12) for heading in sheet.headings},
            column_formats={heading: Format().set_num_format(form) for heading, form in sheet.formats.items()},
            header_format=head,
            notes=dict(sheet.notes) or None,
            data_validations={
                heading: {"type": "list", "values": list(words)} for heading, words in sheet.choices.items()
            }
            or None,
        )
    book.save()
    write_whole(path, target.getvalue())


def _with_all_columns(sheet: SheetOut) -> Iterable[Row]:
    """The rows; the first one (an empty one if there is none) names every column."""
    empty: Row = dict.fromkeys(sheet.headings)
    rows = iter(sheet.rows)
    yield {**empty, **next(rows, empty)}
    yield from rows


def yuan(fen: Fen) -> float:
    """An amount for a cell: the number nearest to it, which a spreadsheet shows as these very digits."""
    return fen / 100


def share(ratio: Ratio) -> float:
    """A ratio for a cell."""
    return ratio / WHOLE


def write_template(path: Path, wording: Wording) -> None:
    """Write the empty workbook: every sheet with its headings, its choices and a note on each column, and one bill of
    two rows as an example. Raises OSError."""
    write_workbook(path, [_blank(form, wording) for form in FORMS])


def form_sheet(form: SheetForm, language: str, rows: Iterable[Row], *, with_problem: bool = False) -> SheetOut:
    """A sheet of one of our forms; rows are by the columns' keys."""
    columns = [column for column in form.columns if with_problem or column is not PROBLEM]
    names = {column.key: column.title(language) for column in columns}
    return SheetOut(
        form.title(language),
        list(names.values()),
        ({names[key]: value for key, value in row.items()} for row in rows),
        {column.title(language): column.width for column in columns},
        {names[column.key]: form_ for column in columns if (form_ := _format(column))},
    )


def _format(column: Heading) -> str:
    for keys, form in ((_AMOUNTS, MONEY), (_DAYS, DAY), (_TEXTS, TEXT)):
        if column.key in keys:
            return form
    return SHARE if column.key == "ratio" else ""


def _blank(form: SheetForm, wording: Wording) -> SheetOut:
    language = wording.language
    empty: dict[str, Any] = {column.key: None for column in form.columns if column is not PROBLEM}
    example = [{**empty, **row} for row in _EXAMPLE[language]] if form is BILLS else []
    made = form_sheet(form, language, [*example, *([empty] * _BLANK_ROWS)])
    known = {column.key: column.title(language) for column in form.columns if column is not PROBLEM}
    return SheetOut(
        made.name,
        made.headings,
        made.rows,
        made.widths,
        made.formats,
        {name: wording.say("batch", f"column-{form.key}-{key}") for key, name in known.items()},
        {name: list(titles(key, language)) for key, name in known.items() if key in CHOICES},
    )


_DAY_SHOWN = date(2025, 5, 10)
_EXAMPLE: Mapping[str, Sequence[Row]] = {
    "zh": (
        {
            "bill": "示例1",
            "person": "示例王某",
            "date": _DAY_SHOWN,
            "kind": "门诊",
            "level": "三级",
            "designated": "是",
            "item": "诊查费",
            "category": "诊疗",
            "class": "甲",
            "amount": 450.0,
        },
        {"bill": "示例1", "item": "乙类药", "category": "药品", "class": "乙", "amount": 200.0, "ratio": 0.1},
    ),
    "en": (
        {
            "bill": "Example 1",
            "person": "Example Wang",
            "date": _DAY_SHOWN,
            "kind": "outpatient",
            "level": "tertiary",
            "designated": "yes",
            "item": "Consultation",
            "category": "service",
            "class": "A",
            "amount": 450.0,
        },
        {"bill": "Example 1", "item": "Drug", "category": "drug", "class": "B", "amount": 200.0, "ratio": 0.1},
    ),
}
