"""The sheet of bills: its rows become visits. A good row is taken in one go, a bad one is looked at cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from famgui.domain.bill import MEDICAL, Item
from famgui.domain.settlement import Facility, Visit
from famgui.files.workbook.cells import Seen, SeenAmounts, choice, day, is_empty, ratio, text_of, words
from famgui.files.workbook.form import Bill, Cell, Places, Refused, Who, plain
from famgui.files.workbook.opening import Report, SheetIn
from famgui.files.workbook.words import title

REPORT_EVERY = 1024
"""After how many rows the work tells how far it is, and asks whether to go on."""
_HEAD = ("person", "date", "kind", "level", "designated", "place", "limit", "paid", "disease", "grade", "contracted")
_ITEM = ("item", "category", "class", "amount", "ratio", "over")
_ONLY_FOR = (("limit", 6, "chronic", True), ("paid", 7, "inpatient", False), ("disease", 8, "two-disease", True))
"""Columns, their place in `_HEAD`, the one kind of visit that they go with, and whether it needs them."""
_PLAIN, _NOTHING = ("outpatient", "inpatient"), ("", "", "")
"""Kinds of visit that need no more than a level, and the three cells that go with other kinds when they are empty."""
_SUMS = {plain(word) for word in ("合计", "总计", "小计", "Total", "Sum")}


@dataclass(slots=True)
class _Draft:
    """The rows of one number as far as they are read; `values` follows `_HEAD`."""

    number: str
    row: int
    values: Sequence[Any]
    bad: bool = False
    rows: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class BillReader:
    """Reads the sheet once. Afterwards `bills` are the well-formed ones in the order of the sheet; what is wrong with
    the others is noted at the sheet, and `bad_rows` are the rows that cannot be settled, whole bills of them."""

    def __init__(self, sheet: SheetIn, find: Callable[[Cell], Who], places: Places, language: str) -> None:
        self.bills: list[Bill] = []
        self.bad_rows: set[int] = set()
        self.count = 0
        self._sheet, self._language = sheet, language
        self._drafts: dict[str, _Draft] = {}
        self._current: _Draft | None = None
        self._facilities: dict[tuple[object, ...], Facility] = {}
        self._numbers = Seen(words, "")
        self._heads = (
            Seen(find),
            Seen(day),
            Seen(choice("kind", language)),
            Seen(choice("level", language), ""),
            Seen(choice("designated", language), True),
            Seen(lambda cell: places.code(text_of(cell)), ""),
            SeenAmounts(None),
            SeenAmounts(None),
            Seen(choice("disease", language), ""),
            Seen(choice("grade", language), ""),
            Seen(choice("contracted", language), False),
        )
        self._categories = Seen(choice("category", language))
        self._classes = Seen(choice("class", language), "")
        self._names, self._amounts = Seen(words), SeenAmounts()
        self._ratios, self._overs = Seen(ratio, 0), SeenAmounts(0)

    def read(self, report: Report, total: int) -> None:
        """Read every row; `report` is told the rows read of `total`."""
        places = self._sheet.places
        head_of = itemgetter(places["bill"], *(places[key] for key in _HEAD))
        cells_of = itemgetter(*(places[key] for key in _ITEM))
        kinds, amounts, names = Seen(self._kind_of_item), self._amounts, self._names
        new, last, draft = tuple.__new__, None, None
        for number, row in self._sheet.rows():
            if not number % REPORT_EVERY:
                report(number, total)
            head = head_of(row)
            if head != last:
                draft = self._begin(number, row, head)
                last = head if head[0] and draft is not None else None
            if draft is None:
                continue
            draft.rows.append(number)
            name, category, catalogue_class, money, first, over = cells_of(row)
            try:
                if first or over or money is True or money is False:
                    draft.items.append(self._item(kinds, *cells_of(row)))
                else:
                    kind, known = kinds[category, catalogue_class]
                    draft.items.append(new(Item, (names[name], kind, amounts[money], known, 0, 0)))
            except Refused:
                draft.bad = True
                self._explain(number, row)
            self.count += 1
        self._finish()

    def _finish(self) -> None:
        for draft in self._drafts.values():
            if draft.bad:
                self.bad_rows.update(draft.rows)
                continue
            who, when, kind, _, _, _, limit, paid, disease, _, _ = draft.values
            visit = Visit(
                draft.number,
                when,
                who.handle,
                kind,
                self._facility(draft.values),
                tuple(draft.items),
                limit,
                paid,
                disease,
            )
            self.bills.append(Bill(draft.number, tuple(draft.rows), who, visit))
        self._drafts.clear()

    def _facility(self, values: Sequence[Any]) -> Facility:
        """Where the visit was; the same place and level is the same object."""
        who, _, kind, level, designated, place, _, _, _, grade, contracted = values
        key = (kind == "pharmacy", place or who.place, level, designated, grade, contracted)
        found = self._facilities.get(key)
        if found is None:
            found = self._facilities[key] = Facility("pharmacy" if key[0] else "hospital", *key[1:])
        return found

    def _begin(self, number: int, row: Sequence[Cell], head: tuple[Cell, ...]) -> _Draft | None:
        """The bill that a row belongs to whose visit is not written as in the row above; None: the row is told of."""
        called = head[0]
        try:
            if called.__class__ is not str or not called.isalnum():
                called = self._numbers[called]
        except Refused as refused:
            self._lost(number, refused.code, *refused.values)
            return None
        if not called:
            return self._unnumbered(number, row, head)
        draft = self._drafts.get(called)
        if draft is not None:
            if any(head[1:]):
                self._compare(number, draft, head)
        elif is_empty(head[1]) and plain(called) in _SUMS:
            self._sheet.note(number, "bill", "sum-row", grave=False)
            self._current = None
            return None
        else:
            draft = self._drafts[called] = self._new(number, called, head)
        self._current = draft
        return draft

    def _unnumbered(self, number: int, row: Sequence[Cell], head: tuple[Cell, ...]) -> _Draft | None:
        """A row without a number goes on with the bill above where cells are merged: then all of its visit is empty."""
        if all(is_empty(cell) for cell in row):
            self._current = None
            return None
        if self._current is None or not all(is_empty(cell) for cell in head):
            self._lost(number, "blank")
            return None
        return self._current

    def _lost(self, number: int, code: str, *values: tuple[str, object]) -> None:
        """A row that belongs to no bill."""
        self._sheet.note(number, "bill", code, *values)
        self.bad_rows.add(number)
        self.count += 1
        self._current = None

    def _new(self, number: int, called: str, head: tuple[Cell, ...]) -> _Draft:
        try:
            draft = _Draft(called, number, [seen[cell] for seen, cell in zip(self._heads, head[1:], strict=True)])
        except Refused:
            draft = _Draft(called, number, [None] * len(_HEAD), bad=True)
            draft.values = [self._value(number, place, head[place + 1]) for place in range(len(_HEAD))]
        kind = draft.values[2]
        if kind is not None:
            self._check(number, draft, kind, head)
        return draft

    def _check(self, number: int, draft: _Draft, kind: str, head: tuple[Cell, ...]) -> None:
        """What a kind of visit needs, and what goes with one kind only."""
        if kind in _PLAIN and head[4] and head[7:10] == _NOTHING:
            return
        if kind != "pharmacy" and is_empty(head[4]):
            self._bad(number, draft, "level", "blank")
        for key, place, only, needed in _ONLY_FOR:
            stands = not is_empty(head[place + 1])
            if needed and kind == only and not stands:
                self._bad(number, draft, key, "blank")
            if stands and kind != only:
                self._bad(number, draft, key, "only-for", ("kind", title("kind", only, self._language)))

    def _value(self, number: int, place: int, cell: Cell) -> Any:
        """The value of a cell of the visit, or None after noting what is wrong."""
        try:
            return self._heads[place][cell]
        except Refused as refused:
            self._sheet.note(number, _HEAD[place], refused.code, *refused.values)
            return None

    def _compare(self, number: int, draft: _Draft, head: tuple[Cell, ...]) -> None:
        """A later row of a bill says nothing of the visit, or the same as the first."""
        for place, (cell, known) in enumerate(zip(head[1:], draft.values, strict=True)):
            if is_empty(cell):
                continue
            told = len(self._sheet.faults)
            value = self._value(number, place, cell)
            if len(self._sheet.faults) > told:
                draft.bad = True
            elif known is not None or not draft.bad:
                home = draft.values[0].place if _HEAD[place] == "place" and draft.values[0] else ""
                if (value or home) != (known or home):
                    self._bad(number, draft, _HEAD[place], "differs", ("row", draft.row))

    def _bad(self, number: int, draft: _Draft, key: str, code: str, *values: tuple[str, object]) -> None:
        draft.bad = True
        self._sheet.note(number, key, code, *values)

    def _kind_of_item(self, cells: tuple[Cell, Cell]) -> tuple[str, str]:
        """Category and class from their two cells; what is not medical has no class."""
        category, stated = self._categories[cells[0]], self._classes[cells[1]]
        if category not in MEDICAL:
            return category, ""
        if not stated:
            raise Refused("blank")
        return category, stated

    def _item(
        self, kinds: Seen, name: Cell, category: Cell, stated: Cell, money: Cell, first: Cell, over: Cell
    ) -> Item:
        """An item with an up-front share or an amount over the limit. Raises `Refused`."""
        kind, known = kinds[category, stated]
        share, above, whole = self._ratios[first], self._overs[over], self._amounts[money]
        if any(cell is True or cell is False for cell in (money, first, over)):
            raise Refused("cell-amount", value=text_of(money))
        if share and self._classes[stated] in ("A", "C"):
            raise Refused("upfront-on-class", catalogue_class=text_of(stated))
        if above > whole:
            raise Refused("over-limit-above-amount")
        return Item(self._names[name], kind, whole, known, share, above)

    def _explain(self, number: int, row: Sequence[Cell]) -> None:
        """Say what is wrong with an item that could not be taken, cell by cell."""
        cells = {key: row[self._sheet.places[key]] for key in _ITEM}
        seen = (self._names, self._categories, self._classes, self._amounts, self._ratios, self._overs)
        values: dict[str, Any] = {}
        for key, column in zip(_ITEM, seen, strict=True):
            try:
                if key in ("amount", "ratio", "over") and isinstance(cells[key], bool):
                    raise Refused("cell-amount", value=text_of(cells[key]))
                values[key] = column[cells[key]]
            except Refused as refused:
                self._sheet.note(number, key, refused.code, *refused.values)
        if values.get("category") in MEDICAL and values.get("class") == "":
            self._sheet.note(number, "class", "blank")
        if values.get("ratio") and values.get("class") in ("A", "C"):
            shown = ("catalogue_class", title("class", values["class"], self._language))
            self._sheet.note(number, "ratio", "upfront-on-class", shown)
        if values.get("over", 0) > values.get("amount", values.get("over", 0)):
            self._sheet.note(number, "over", "over-limit-above-amount")
