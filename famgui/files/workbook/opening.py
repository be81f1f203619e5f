"""A workbook as a file: which of its sheets are ours, where their headings stand, and their rows below them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from famgui.files.workbook.cells import is_empty, text_of
from famgui.files.workbook.form import (
    BILLS,
    FORMS,
    OUTPUTS,
    Cell,
    FaultyWorkbook,
    Heading,
    RowFault,
    SheetForm,
    plain,
)

MAX_BYTES = 64 * 1024 * 1024
_HEADINGS_WITHIN = 20
"""In how many rows from the top the headings are looked for."""
_FIRST_COLUMNS = 200
"""Beyond so many columns nobody looks for headings."""

Report = Callable[[int, int], None]
"""Tells how much is done of how much; may raise to stop the work."""


@dataclass(slots=True)
class SheetIn:
    """A sheet that is ours: its name, the row of its headings (from 1), where each column is (-1: nowhere) and what it
    is called there."""

    form: SheetForm
    name: str
    heading_row: int
    places: dict[str, int]
    headings: tuple[str, ...]
    source: CalamineSheet
    language: str
    faults: list[RowFault] = field(default_factory=list)

    @property
    def height(self) -> int:
        """The number of the sheet's last row."""
        return 0 if self.source.end is None else self.source.end[0] + 1

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows below the headings, with their numbers. Each has an empty cell at its end, which is where a column
        that the sheet does not have is looked for."""
        rows = enumerate(self.source.iter_rows(), 1)
        for number, row in islice(rows, self.heading_row, None):
            row.append("")
            yield number, row

    def title(self, key: str) -> str:
        """What a column is called here; the form's name for one that is not there."""
        place = self.places[key]
        return self.headings[place] if place >= 0 else self.form.column(key).title(self.language)

    def note(self, row: int, key: str, code: str, *values: tuple[str, object], grave: bool = True) -> None:
        """Tell something about a cell, or with key "" about a row."""
        column = self.title(key) if key else ""
        if code == "blank":
            code, values = "missing-key", (("name", column),)
        self.faults.append(RowFault(self.name, row, column, code, values, grave))


class OpenWorkbook:
    """A workbook whose headings were found; `sheets` by their form's key, `faults` about sheets and columns."""

    def __init__(self, path: Path, language: str) -> None:
        """Raises `FaultyWorkbook` when the file cannot be read, or has no bills, or no row of headings."""
        self.path, self.language = path, language
        self.sheets: dict[str, SheetIn] = {}
        self.faults: list[RowFault] = []
        self._book = _opened(path)
        grave: list[RowFault] = []
        for name in self._book.sheet_names:
            form = _form_of(name)
            if form is None:
                if plain(name) not in _OURS:
                    self.faults.append(RowFault(name, 0, "", "unknown-sheet", grave=False))
            elif form.key in self.sheets:
                self.faults.append(RowFault(name, 0, "", "sheet-twice", (("other", self.sheets[form.key].name),)))
            else:
                self._take(form, name, grave)
        if BILLS.key not in self.sheets and not grave:
            grave.append(RowFault("", 0, "", "no-bills", (("sheets", ", ".join(self._book.sheet_names)),)))
        if grave:
            raise FaultyWorkbook(str(path), grave)

    @property
    def bills(self) -> SheetIn:
        """The sheet of bills."""
        return self.sheets[BILLS.key]

    def _take(self, form: SheetForm, name: str, grave: list[RowFault]) -> None:
        try:
            source = self._book.get_sheet_by_name(name)
        except CalamineError:
            raise FaultyWorkbook(str(self.path), [RowFault(name, 0, "", "not-a-workbook")]) from None
        if form is not BILLS and _is_blank(form, source):
            return
        found = _headings(form, source)
        if found is None:
            needed = ", ".join(heading.title(self.language) for heading in form.columns if heading.needed)
            grave.append(RowFault(name, 0, "", "no-headings", (("needed", needed),)))
            return
        row, titles = found
        sheet = SheetIn(form, name, row, _places(form, titles), titles, source, self.language)
        known = {position for position in sheet.places.values() if position >= 0}
        for position, title in enumerate(titles):
            if title and position not in known:
                column = _column_of(form, title)
                twice = column is not None and plain(title) == plain(titles[sheet.places[column.key]])
                code = "column-twice" if twice else "unknown-column"
                (grave if twice else self.faults).append(RowFault(name, row, title, code, grave=twice))
        missing = [heading for heading in form.columns if heading.needed and sheet.places[heading.key] < 0]
        if form.key == "people" and sheet.places["person"] < 0 and sheet.places["name"] < 0:
            missing.append(form.column("name"))
        grave.extend(RowFault(name, row, heading.title(self.language), "missing-column") for heading in missing)
        self.sheets[form.key] = sheet


_OURS = {plain(title) for pair in OUTPUTS for title in pair}


def _opened(path: Path) -> CalamineWorkbook:
    def unreadable(code: str, *values: tuple[str, object]) -> FaultyWorkbook:
        return FaultyWorkbook(str(path), [RowFault("", 0, "", code, values)])

    try:
        if path.is_dir():
            raise unreadable("workbook-is-folder")
        if path.stat().st_size > MAX_BYTES:
            raise unreadable("too-large", ("limit", f"{MAX_BYTES // (1024 * 1024)} MiB"))
        return CalamineWorkbook.from_path(path)
    except PasswordError:
        raise unreadable("password") from None
    except CalamineError:
        raise unreadable("not-a-workbook") from None
    except OSError as error:
        raise unreadable("unreadable", ("reason", error.strerror or str(error))) from None


def _form_of(name: str) -> SheetForm | None:
    spelled = plain(name)
    for form in FORMS:
        if spelled in {plain(known) for known in (form.zh, form.en, *form.also)}:
            return form
    return None


def _is_blank(form: SheetForm, source: CalamineSheet) -> bool:
    """Whether a sheet holds nothing but its headings, as the template's do that nobody has filled in."""
    found = _headings(form, source)
    below = islice(source.iter_rows(), found[0] if found else 0, None)
    return all(is_empty(cell) for row in below for cell in row)


def _headings(form: SheetForm, source: CalamineSheet) -> tuple[int, tuple[str, ...]] | None:
    """The row (from 1) that names most of the form's columns, and its titles; None when no row names two."""
    best: tuple[int, int, tuple[str, ...]] = (1, 0, ())
    for number, row in enumerate(source.iter_rows(), 1):
        if number > _HEADINGS_WITHIN:
            break
        titles = tuple(" ".join(text_of(cell).split()) for cell in row[:_FIRST_COLUMNS])
        known = len({column.key for title in titles if (column := _column_of(form, title)) is not None})
        if known > best[0]:
            best = (known, number, titles)
    return best[1:] if best[1] else None


def _column_of(form: SheetForm, title: str) -> Heading | None:
    return _BY_TITLE[form.key].get(plain(title)) if title else None


_BY_TITLE = {
    form.key: {plain(known): column for column in form.columns for known in (column.zh, column.en, *column.also)}
    for form in FORMS
}


def _places(form: SheetForm, titles: Sequence[str]) -> dict[str, int]:
    """Where each column is. A title that is a column's own name goes before one that is another name of it."""
    places = {column.key: -1 for column in form.columns}
    for own in (True, False):
        for position, title in enumerate(titles):
            column = _column_of(form, title)
            if column is None or places[column.key] >= 0:
                continue
            if not own or plain(title) in (plain(column.zh), plain(column.en)):
                places[column.key] = position
    return places
