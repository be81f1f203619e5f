"""The list on its way out: the empty template, an export, and the faulty rows with what is wrong beside them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from famgui.base.paths import write_whole
from famgui.base.wording import Wording
from famgui.files.roster.form import COLUMNS, FORMATS, FURTHER, PROBLEM, ROSTER, ROW, Mapped, is_ours, title_of
from famgui.files.roster.rows import Remark
from famgui.files.roster.source import Grid
from famgui.files.roster.told import all_in_one
from famgui.files.roster.words import offered
from famgui.files.workbook.form import Cell
from famgui.files.workbook.write import SheetOut, write_workbook

_BLANK_ROWS = 500
"""So many empty rows of the template offer their choices."""
_LEADS_TO_FORMULA = ("=", "+", "-", "@")
_OFFERED = ("relation", "authorizer.insurance", "user.insurance", "authorizer.single_pool")


_FIRST, _LAST = date(2026, 1, 1), date(2026, 12, 31)
_EXAMPLE: Mapping[str, Mapping[str, Any]] = {
    "zh": {
        "authorizer.name": "示例李某",
        "authorizer.id_number": "18 位号码",
        "authorizer.insurance": "在职职工",
        "authorizer.insured_place": "株洲市",
        "user.name": "示例周某",
        "user.id_number": "18 位号码",
        "user.insurance": "居民",
        "user.insured_place": "株洲市",
        "relation": "母亲",
        "starts": _FIRST,
        "ends": _LAST,
    },
    "en": {
        "authorizer.name": "Example Li",
        "authorizer.id_number": "18 characters",
        "authorizer.insurance": "employee, active",
        "authorizer.insured_place": "430200",
        "user.name": "Example Zhou",
        "user.id_number": "18 characters",
        "user.insurance": "resident",
        "user.insured_place": "430200",
        "relation": "mother",
        "starts": _FIRST,
        "ends": _LAST,
    },
}


def write_list(path: Path, sheets: Sequence[SheetOut]) -> None:
    """Write a list as a workbook, or its first sheet as a table of text where the name ends so. Raises OSError."""
    if path.suffix.lower() == ".csv":
        _write_csv(path, sheets[0])
    else:
        write_workbook(path, sheets)


def _write_csv(path: Path, sheet: SheetOut) -> None:
    """UTF-8 with a byte order mark, as spreadsheets want it; no cell is a formula."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow([_plain_text(heading) for heading in sheet.headings])
    for row in sheet.rows:
        if any(value is not None for value in row.values()):
            out.writerow([_plain_text(row.get(heading)) for heading in sheet.headings])
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _plain_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.2f}"
    text = str(value)
    return f"'{text}" if text.startswith(_LEADS_TO_FORMULA) else text


def template(wording: Wording) -> list[SheetOut]:
    """The empty list: headings with a note on each, the words to choose from, one row as an example."""
    keys = [key for key in COLUMNS if key not in FURTHER]
    empty: dict[str, Any] = dict.fromkeys(keys)
    sheet = _sheet(keys, [{**empty, **_EXAMPLE[wording.language]}, *([empty] * _BLANK_ROWS)], wording.language)
    titles = {key: title_of(key, wording.language) for key in keys}
    return [
        SheetOut(
            sheet.name,
            sheet.headings,
            sheet.rows,
            sheet.widths,
            sheet.formats,
            {title: wording.say("roster", f"column-{key.replace('.', '-')}") for key, title in titles.items()},
            {titles[key]: offered(key, wording.language) for key in _OFFERED},
        )
    ]


def export(rows: Iterable[Mapping[str, Any]], language: str) -> list[SheetOut]:
    """The register as a list with all its columns; rows are by the columns' keys."""
    return [_sheet(COLUMNS, rows, language)]


def _sheet(keys: Sequence[str], rows: Iterable[Mapping[str, Any]], language: str) -> SheetOut:
    titles = {key: title_of(key, language) for key in keys}
    return SheetOut(
        ROSTER.title(language),
        list(titles.values()),
        ({titles[key]: row.get(key) for key in keys} for row in rows),
        {title: ROSTER.column(key).width for key, title in titles.items()},
        {title: FORMATS[key] for key, title in titles.items() if key in FORMATS},
    )


def faulty(grid: Grid, mapped: Mapped, remarks: Mapping[int, Sequence[Remark]], wording: Wording) -> list[SheetOut]:
    """The rows that have remarks here as they stood, what is wrong in a column at the end; once mended they can be
    read in again. Beside it stands the row's number in this file, which what is wrong with other rows may speak of."""
    headings = _headings(grid, mapped, wording.language)
    problem, before = PROBLEM.title(wording.language), ROW.title(wording.language)
    fixed = {title_of(key, wording.language): said for key, said in grid.fixed.items() if mapped.get(key, -1) < 0}
    shown = [*(heading for heading in headings if heading), *fixed]
    by_place = {place: key for key, place in mapped.items() if place >= 0}

    def rows() -> Iterable[dict[str, Any]]:
        for number, cells in grid.rows():
            if number in remarks:
                line = {h: _cell(cell) for h, cell in zip(headings, cells, strict=False) if h}
                yield {**line, **fixed, before: float(number), problem: all_in_one(remarks[number], wording)}

    return [
        SheetOut(
            ROSTER.title(wording.language),
            [*shown, before, problem],
            rows(),
            {
                **{heading: ROSTER.column(key).width for p, key in by_place.items() if (heading := headings[p])},
                before: ROW.width,
                problem: PROBLEM.width,
            },
            {before: "0", **{headings[place]: FORMATS[key] for place, key in by_place.items() if key in FORMATS}},
        )
    ]


def _headings(grid: Grid, mapped: Mapped, language: str) -> list[str]:
    """The file's own headings, each of its own: one that stands twice is called as our column is, or numbered. The
    column of an earlier faulty file stays away."""
    by_place = {place: key for key, place in mapped.items() if place >= 0}
    seen: set[str] = set()
    found: list[str] = []
    for place, title in enumerate(grid.titles):
        key = by_place.get(place)
        if key is None and is_ours(title):
            title = ""
        if key is not None and (not title or title in seen):
            title = title_of(key, language)
        number = 2
        while title and title in seen:
            title, number = f"{grid.titles[place]} {number}", number + 1
        seen.add(title)
        found.append(title)
    return found


def _cell(cell: Cell) -> Cell:
    return None if cell == "" else cell
