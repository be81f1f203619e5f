"""The rows of a sheet as values: column by column converted, what cannot be taken noted where it stands."""

from collections.abc import Iterator, Mapping
from typing import Any

from famgui.files.workbook.cells import Seen
from famgui.files.workbook.form import Cell, Refused
from famgui.files.workbook.opening import SheetIn

Place = tuple[str, int]
"""A sheet and a row of it."""


class Rows:
    """Goes through a sheet. Each row that is not empty gives its values in the order of `columns`, None for one that
    was noted; `number` is the row at hand, `bad` whether something is wrong with it."""

    def __init__(self, sheet: SheetIn, columns: Mapping[str, Seen]) -> None:
        self.sheet = sheet
        self.number = 0
        self.bad = False
        self._columns = [(key, seen, sheet.places[key]) for key, seen in columns.items()]

    def __iter__(self) -> Iterator[list[Any]]:
        pairs = [(seen, place) for _, seen, place in self._columns]
        for number, row in self.sheet.rows():
            if row.count("") == len(row):
                continue
            self.number, self.bad = number, False
            try:
                values = [seen[row[place]] for seen, place in pairs]
            except Refused:
                values = [self._take(key, seen, row[place]) for key, seen, place in self._columns]
            yield values

    def _take(self, key: str, seen: Seen, cell: Cell) -> Any:
        try:
            return seen[cell]
        except Refused as refused:
            self.note(key, refused.code, *refused.values)
            return None

    def note(self, key: str, code: str, *values: tuple[str, object]) -> None:
        """Tell what is wrong with a cell of the row at hand."""
        self.bad = True
        self.sheet.note(self.number, key, code, *values)

    @property
    def here(self) -> Place:
        """Where this is."""
        return self.sheet.name, self.number
