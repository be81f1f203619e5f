"""Tables that leave the program: a statement or any list as xlsx (numbers as numbers, days as days) or as CSV."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from rustpy_xlsxwriter import Format, write_worksheets

from famgui.base.paths import write_whole
from famgui.domain.money import Fen, format_amount

Kind: TypeAlias = Literal["text", "amount", "count", "day"]
Cell: TypeAlias = str | int | date | None
"""A text, an amount in fen or a count (as the column's kind says), a day, or nothing."""

_FORMATS: dict[Kind, str] = {"text": "@", "amount": "#,##0.00", "count": "0", "day": "yyyy-mm-dd"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_LEADS_TO_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its title (of its own within the table) and what its cells are."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with its title and the facts above it; `sums` are rows at its foot, set off from the others."""

    title: str
    columns: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    facts: Sequence[tuple[str, str]] = ()
    sums: Sequence[Sequence[Cell]] = ()

    @property
    def all_rows(self) -> tuple[Sequence[Cell], ...]:
        """The rows and, after them, the sums."""
        return (*self.rows, *self.sums)


def write_workbook(listings: Sequence[Listing], path: Path) -> None:
    """Write a sheet for every table, its header frozen. Raises OSError when the file cannot be written."""
    names = list(_sheet_names(listings))
    pairs = list(zip(names, listings, strict=True))
    heads = {name: _header_row(listing) for name, listing in pairs}
    written = io.BytesIO()
    write_worksheets(
        [(name, _records(listing)) for name, listing in pairs],
        written,
        bold_headers=True,
        freeze_panes={name: {"row": row + 1, "col": 0} for name, row in heads.items()},
        header_row=heads,
        merge_ranges={name: _above(listing) for name, listing in pairs},
        column_formats={name: [_format(column) for column in listing.columns] for name, listing in pairs},
        column_widths={name: list(map(float, _widths(listing))) for name, listing in pairs},
        page_setup={name: {"paper_size": 9, "fit_to_pages": (1, 0), "repeat_rows": heads[name]} for name in names},
    )
    write_whole(path, written.getvalue())


def write_csv(listings: Sequence[Listing], path: Path) -> None:
    """Write the tables one under the other, UTF-8 with a byte order mark, as Excel wants it. Raises OSError.

    A text that a spreadsheet would take for a formula gets a quote before it."""
    written = io.StringIO(newline="")
    out = csv.writer(written)
    for number, listing in enumerate(listings):
        if number:
            out.writerow(())
        if listing.facts or number:
            out.writerow((_plain(listing.title),))
            out.writerows((_plain(name), _plain(value)) for name, value in listing.facts)
        out.writerow([_plain(column.title) for column in listing.columns])
        for row in listing.all_rows:
            out.writerow([as_text(cell, column.kind, safe=True) for cell, column in _cells(row, listing)])
    write_whole(path, written.getvalue().encode("utf-8-sig"))


def as_text(cell: Cell, kind: Kind, *, safe: bool = False) -> str:
    """A cell as text: amounts in yuan with two decimals, days as 2025-05-10; `safe`: never a formula."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return format_amount(cell) if kind == "amount" else str(cell)
    return _plain(cell) if safe else cell


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_LEADS_TO_FORMULA) else text


def _cells(row: Sequence[Cell], listing: Listing) -> Iterator[tuple[Cell, Heading]]:
    return zip(row, listing.columns, strict=True)


def _sheet_names(listings: Sequence[Listing]) -> Iterator[str]:
    """A name that spreadsheets take for each table, none of them twice."""
    seen: set[str] = set()
    for listing in listings:
        name = base = _FORBIDDEN.sub(" ", listing.title).strip()[:_LONGEST_NAME] or "1"
        number = 1
        while name.casefold() in seen:
            number += 1
            name = f"{base[: _LONGEST_NAME - 4]} {number}"
        seen.add(name.casefold())
        yield name


def _header_row(listing: Listing) -> int:
    return len(listing.facts) + 2 if listing.facts else 0


def _above(
    listing: Listing,
) -> list[tuple[int, int, int, int, object] | tuple[int, int, int, int, object, Format | None]]:
    """Title and facts, each across the table."""
    if not listing.facts:
        return []
    last = max(1, len(listing.columns) - 1)
    bold, plain = Format().set_bold(), Format()
    facts = [(row, 0, row, last, f"{name}  {value}", plain) for row, (name, value) in enumerate(listing.facts, 1)]
    return [(0, 0, 0, last, listing.title, bold), *facts]


def _records(listing: Listing) -> list[Mapping[str, object]]:
    """The rows by title; an empty table has an empty row, or its header would be lost."""
    rows = listing.all_rows or ([None] * len(listing.columns),)
    return [{column.title: _value(cell, column) for cell, column in _cells(row, listing)} for row in rows]


def _value(cell: Cell, column: Heading) -> object:
    return _yuan(cell) if column.kind == "amount" and isinstance(cell, int) else cell


def _yuan(fen: Fen) -> float:
    """The number nearest to the amount, for a cell that shows two decimals."""
    return fen / 100


def _format(column: Heading) -> Format:
    return Format().set_num_format(_FORMATS[column.kind])


def _widths(listing: Listing) -> Iterator[int]:
    """About as wide as the longest text of a column; Chinese characters take two places."""
    for place, column in enumerate(listing.columns):
        texts = (as_text(row[place], column.kind) for row in listing.all_rows)
        longest = max(map(_places, (column.title, *texts)), default=0)
        yield min(_WIDEST, longest + (4 if column.kind == "amount" else 2))


def _places(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
