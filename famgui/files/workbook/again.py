"""What of a workbook goes out again: faulty rows as they stood, and people as they stand after the bills."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.household import UsedKey
from famgui.files.workbook.form import BINDINGS, PEOPLE, USED, Cell
from famgui.files.workbook.opening import OpenWorkbook, SheetIn
from famgui.files.workbook.people import People
from famgui.files.workbook.words import title
from famgui.files.workbook.write import MONEY, Row, SheetOut, form_sheet, yuan


class Kept(NamedTuple):
    """Rows of a sheet as they stood, with their numbers."""

    name: str
    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    formats: Mapping[str, str] = {}

    def sheet(self) -> SheetOut:
        """The rows as a sheet of the same name; what has no heading stays away."""
        rows = ({h: _cell(cell) for h, cell in zip(self.headings, cells, strict=False) if h} for _, cells in self.rows)
        return SheetOut(self.name, [heading for heading in self.headings if heading], rows, formats=self.formats)


def _cell(cell: Cell) -> Cell:
    return None if cell == "" else cell


def kept_rows(sheet: SheetIn, wanted: Collection[int]) -> Kept:
    """Some rows of a sheet."""
    rows = [(number, row[:-1]) for number, row in sheet.rows() if number in wanted] if wanted else []
    return Kept(sheet.name, sheet.headings, rows)


def people_again(
    workbook: OpenWorkbook, people: People, after: Mapping[str, Balance], used: Mapping[UsedKey, YearToDate]
) -> tuple[SheetOut, ...]:
    """The sheets of people, with what their accounts hold after the bills that were settled, and the year to date then,
    so that mended rows go on from there."""
    sheet = workbook.sheets[PEOPLE.key]
    found = [_with_balances(sheet, people, after).sheet()]
    if BINDINGS.key in workbook.sheets:
        bindings = workbook.sheets[BINDINGS.key]
        found.append(Kept(bindings.name, bindings.headings, [(n, row[:-1]) for n, row in bindings.rows()]).sheet())
    if used:
        found.append(form_sheet(USED, sheet.language, _used_rows(sheet, people, used)))
    return tuple(replace(made, rows=list(made.rows)) for made in found)


def _with_balances(sheet: SheetIn, people: People, after: Mapping[str, Balance]) -> Kept:
    handles = dict(zip(people.rows, (person.id for person in people.persons), strict=True))
    headings = list(sheet.headings)
    places: list[int] = []
    for key in ("current", "prior_years"):
        place = sheet.places[key]
        if place < 0:
            place = len(headings)
            headings.append(sheet.form.column(key).title(sheet.language))
        places.append(place)
    rows: list[tuple[int, Sequence[Cell]]] = []
    for number, row in sheet.rows():
        cells = row[:-1] + [""] * (len(headings) - len(row) + 1)
        balance = after.get(handles.get(number, ""))
        if balance is not None:
            for place, fen in zip(places, balance, strict=True):
                cells[place] = yuan(fen)
        rows.append((number, cells))
    return Kept(sheet.name, headings, rows, {headings[place]: MONEY for place in places})


def _used_rows(sheet: SheetIn, people: People, used: Mapping[UsedKey, YearToDate]) -> list[Row]:
    called = "person" if sheet.places["person"] >= 0 else "name"
    texts = {number: row[sheet.places[called]] for number, row in sheet.rows()}
    names = {p.id: p.id_number or texts[row] or p.name for p, row in zip(people.persons, people.rows, strict=True)}
    return [
        {
            "person": names[handle],
            "year": year,
            "benefit": title("benefit", benefit, sheet.language),
            "pool": yuan(met.pool),
            **{level: yuan(fen) for level, fen in zip(LEVELS, met.by_level, strict=True)},
            "all": yuan(met.all_levels),
            "cost": yuan(met.cost),
        }
        for (handle, year, benefit), met in used.items()
    ]
