"""A list as a file: a workbook's sheet or a table of text in any usual encoding, its headings and the rows below."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from famgui.files.roster.form import ROSTER, known_headings
from famgui.files.workbook.cells import is_empty, text_of
from famgui.files.workbook.form import Cell, FaultyWorkbook, RowFault, plain

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (*WORKBOOKS, *TEXTS)
"""The files that can be read."""
MAX_BYTES = 64 * 1024 * 1024
_HEADINGS_WITHIN = 20
_FIRST_COLUMNS = 200
_ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order for a text without a byte order mark of UTF-16: what reads as UTF-8 is hardly anything else."""
_DELIMITERS = (",", "\t", ";", "，")
_SAFE = ("'=", "'+", "'-", "'@")
"""What a table of text begins a cell with so that no spreadsheet takes it for a formula."""
_OURS = {plain(name) for name in (ROSTER.zh, ROSTER.en, *ROSTER.also)}

Lines = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Grid:
    """What a file holds: the sheet's name ("" for a table of text), its lines, the line of its headings (from 1) and
    those headings, each once in `titles`. `fixed`: what every row says in a column of ours that the file has not."""

    path: Path
    sheet: str
    lines: Lines
    heading_row: int
    titles: tuple[str, ...]
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the headings that are not empty, with their numbers as a spreadsheet counts; each is as wide
        as the headings, with an empty cell more at its end, which is where a column is looked for that is nowhere."""
        width = len(self.titles)
        for number, line in islice(enumerate(self.lines, 1), self.heading_row, None):
            if all(is_empty(cell) for cell in line):
                continue
            cells = list(line[:width])
            yield number, cells + [""] * (width - len(cells) + 1)


def open_list(path: Path) -> Grid:
    """Read a file. Of a workbook the sheet is taken that is called a list, else the one whose headings say most.

    Raises `FaultyWorkbook` when it cannot be read or holds nothing."""
    if path.suffix.lower() in TEXTS:
        sheets: Iterable[tuple[str, Lines]] = [("", _lines(path))]
    else:
        sheets = _sheets(path)
    grids = [_grid(path, name, lines) for name, lines in sheets if any(not is_empty(c) for line in lines for c in line)]
    if not grids:
        raise _faulty(path, "list-empty")
    return max(grids, key=lambda grid: (plain(grid.sheet) in _OURS, known_headings(grid.titles)))


def _faulty(path: Path, code: str, *values: tuple[str, object]) -> FaultyWorkbook:
    return FaultyWorkbook(str(path), [RowFault("", 0, "", code, values)])


def _sheets(path: Path) -> Iterator[tuple[str, Lines]]:
    try:
        _look_at(path)
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            # Rows are read from the first of the sheet, so that their numbers are those that a spreadsheet shows. One
            # by one, so that other threads get their turn.
            yield name, [row for row in book.get_sheet_by_name(name).iter_rows()]  # noqa: C416
    except PasswordError:
        raise _faulty(path, "password") from None
    except CalamineError:
        raise _faulty(path, "not-a-list") from None
    except OSError as error:
        raise _faulty(path, "unreadable", ("reason", error.strerror or str(error))) from None


def _look_at(path: Path) -> None:
    """Refuse a folder, and a file that is too large to be a list. Raises OSError."""
    if path.is_dir():
        raise _faulty(path, "workbook-is-folder")
    if path.stat().st_size > MAX_BYTES:
        raise _faulty(path, "too-large", ("limit", f"{MAX_BYTES // (1024 * 1024)} MiB"))


def _bytes(path: Path) -> bytes:
    try:
        _look_at(path)
        return path.read_bytes()
    except OSError as error:
        raise _faulty(path, "unreadable", ("reason", error.strerror or str(error))) from None


def _lines(path: Path) -> Lines:
    """A table of text, its cells texts."""
    text = _decoded(path, _bytes(path))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
        return [[_unquoted(cell) for cell in line] for line in rows]
    except csv.Error:
        raise _faulty(path, "not-a-list") from None


def _decoded(path: Path, raw: bytes) -> str:
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else _ENCODINGS:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _faulty(path, "not-text")


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith(_SAFE) else cell


def _grid(path: Path, name: str, lines: Lines) -> Grid:
    """The line (from the top) that names most of our columns is that of the headings; where none names two, the first
    that is not empty."""
    best, said = 0, 1
    for number, line in enumerate(lines[:_HEADINGS_WITHIN], 1):
        known = known_headings(_titles(line))
        if known > said:
            best, said = number, known
    if not best:
        best = next(n for n, line in enumerate(lines, 1) if any(not is_empty(cell) for cell in line))
    width = max(len(lines[best - 1]), *(len(line) for line in lines[best : best + _HEADINGS_WITHIN]), 1)
    return Grid(path, name, lines, best, _titles(list(lines[best - 1]) + [""] * (width - len(lines[best - 1]))))


def _titles(line: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(" ".join(text_of(cell).split()) for cell in line[:_FIRST_COLUMNS])
