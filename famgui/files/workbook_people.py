"""The sheets of people, bindings and the year to date: families that stand alone, each a household without events."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.binding import Binding
from famgui.domain.household import Household, UsedKey
from famgui.domain.identity import normal_id_number
from famgui.domain.person import Person
from famgui.files.workbook import BINDINGS, PEOPLE, USED, Cell, Places, Refused, Who
from famgui.files.workbook_cells import (
    Seen,
    amount,
    called,
    choice,
    day,
    id_number,
    masked,
    text_of,
    whole_number,
    words,
)
from famgui.files.workbook_open import OpenWorkbook, SheetIn

Doubt = tuple[str, int]
"""The sheet and the row of something that is wrong with a person."""


@dataclass(slots=True)
class Rows:
    """The rows of a sheet, cell by cell: `take` gives the value, or None after noting why there is none."""

    sheet: SheetIn
    seen: Mapping[str, Seen]
    number: int = 0
    row: Sequence[Cell] = ()
    bad: bool = False

    def begin(self, number: int, row: Sequence[Cell]) -> bool:
        """Go to a row; false for an empty one."""
        self.number, self.row, self.bad = number, row, False
        return any(cell != "" for cell in row)

    def take(self, key: str) -> Any:
        """The value of a cell."""
        try:
            return self.seen[key][self.row[self.sheet.places[key]]]
        except Refused as refused:
            self.note(key, refused.code, *refused.values)
            return None

    def note(self, key: str, code: str, *values: tuple[str, object]) -> None:
        """Tell what is wrong with a cell of this row."""
        self.bad = True
        self.sheet.note(self.number, key, code, *values)

    @property
    def here(self) -> Doubt:
        """Where this is."""
        return self.sheet.name, self.number


@dataclass(slots=True)
class People:
    """Everybody of the sheet of people. Families come of their bindings: whoever is bound belongs together."""

    places: Places
    language: str
    persons: list[Person] = field(default_factory=list)
    balances: list[Balance] = field(default_factory=list)
    bindings: list[tuple[int, Binding]] = field(default_factory=list)
    used: dict[UsedKey, YearToDate] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    families: list[Household] = field(default_factory=list)
    whose: list[Who] = field(default_factory=list)
    _by_number: dict[str, int] = field(default_factory=dict)
    _by_handle: dict[str, list[int]] = field(default_factory=dict)
    _by_name: dict[str, list[int]] = field(default_factory=dict)
    _doubts: dict[int, Doubt] = field(default_factory=dict)
    _parents: list[int] = field(default_factory=list)

    def find(self, cell: Cell) -> Who:
        """Somebody by ID number, by what the sheet calls them, or by name. Raises `Refused`."""
        return self.whose[self.position(cell)]

    def position(self, cell: Cell) -> int:
        """The place in `persons` of somebody called so. Raises `Refused`."""
        text = called(cell)
        number = normal_id_number(text)
        if number in self._by_number:
            return self._by_number[number]
        found = self._by_handle.get(text) or self._by_name.get(text) or []
        if not found:
            raise Refused("person-unknown", who=masked(text))
        if len(found) > 1:
            raise Refused("person-ambiguous", who=masked(text), count=len(found))
        return found[0]

    def names(self) -> dict[str, str]:
        """Names by handle."""
        return {person.id: person.name for person in self.persons}

    def read(self, workbook: OpenWorkbook) -> None:
        """Take the three sheets; what is wrong is noted at each."""
        self._people(workbook.sheets[PEOPLE.key])
        if BINDINGS.key in workbook.sheets:
            self._bindings(workbook.sheets[BINDINGS.key])
        if USED.key in workbook.sheets:
            self._used(workbook.sheets[USED.key])
        self._gather()

    def _people(self, sheet: SheetIn) -> None:
        rows = Rows(sheet, self._person_columns())
        separate = sheet.places["person"] >= 0 and sheet.places["name"] >= 0
        for number, row in sheet.rows():
            if not rows.begin(number, row):
                continue
            handle, name = rows.take("person"), rows.take("name")
            if not (handle or name):
                rows.note("name" if sheet.places["person"] < 0 else "person", "blank")
            position = self._person(rows, name or handle or "")
            if handle and separate:
                self._by_handle.setdefault(handle, []).append(position)
            if name or handle:
                self._by_name.setdefault(name or handle, []).append(position)
            if rows.bad:
                self._doubts[position] = rows.here

    def _person_columns(self) -> dict[str, Seen]:
        return {
            "person": Seen(words, ""),
            "name": Seen(words, ""),
            "id_number": Seen(id_number, ""),
            "insurance": Seen(choice("insurance", self.language)),
            "status": Seen(choice("status", self.language), "active"),
            "has_account": Seen(choice("has_account", self.language), None),
            "current": Seen(amount, 0),
            "prior_years": Seen(amount, 0),
            "insured_place": Seen(lambda cell: self.places.code(text_of(cell)), self.places.home),
            "born": Seen(day, None),
            "tier": Seen(words, ""),
        }

    def _person(self, rows: Rows, name: str) -> int:
        """Take a person; the place in `persons`."""
        position = len(self.persons)
        number, insurance, place = rows.take("id_number"), rows.take("insurance"), rows.take("insured_place")
        stated, balance = rows.take("has_account"), Balance(rows.take("current") or 0, rows.take("prior_years") or 0)
        has_account = insurance == "employee" if stated is None else stated
        if has_account and insurance not in ("employee", None):
            rows.note("has_account", "account-not-employee")
        elif balance.total and not has_account and insurance is not None:
            rows.note("current", "account-not-employee" if insurance != "employee" else "money-no-account")
        if place == "":
            rows.note("insured_place", "place-needed")
        elif place is not None and not self.places.ruled(place):
            rows.note("insured_place", "place-unruled", ("place", place))
        if number and self._by_number.setdefault(number, position) != position:
            rows.note("id_number", "duplicate-id", ("id", masked(number)))
        status, born, tier = rows.take("status"), rows.take("born"), rows.take("tier")
        self.persons.append(
            Person(
                f"{rows.sheet.name}!{rows.number}",
                insurance or "none",
                place or "",
                name,
                number or "",
                status or "active",
                has_account,
                born=born,
                tier=tier or "",
            )
        )
        self.balances.append(balance)
        self.rows.append(rows.number)
        self._parents.append(position)
        return position

    def _bindings(self, sheet: SheetIn) -> None:
        person = Seen(self.position)
        columns = {
            "authorizer": person,
            "user": person,
            "relation": Seen(choice("relation", self.language)),
            "starts": Seen(day),
            "ends": Seen(day, None),
            "priority": Seen(whole_number(1, 9999), 1),
        }
        rows = Rows(sheet, columns)
        for number, row in sheet.rows():
            if rows.begin(number, row):
                self._binding(rows)

    def _binding(self, rows: Rows) -> None:
        authorizer, user, relation = rows.take("authorizer"), rows.take("user"), rows.take("relation")
        starts, ends, priority = rows.take("starts"), rows.take("ends"), rows.take("priority")
        if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
            rows.note("ends", "ends-early")
        if authorizer is not None and user is not None:
            self._join(authorizer, user)
        if rows.bad:
            self._doubt(rows.here, authorizer, user)
            return
        made = Binding(
            self.persons[authorizer].id,
            self.persons[user].id,
            relation,
            starts,
            datetime.combine(starts, time()),
            ends,
            priority,
        )
        self.bindings.append((user, made))

    def _used(self, sheet: SheetIn) -> None:
        columns = {key: Seen(amount, 0) for key in ("pool", *LEVELS, "cost")}
        columns |= {
            "person": Seen(self.position),
            "year": Seen(whole_number(1990, 2100)),
            "benefit": Seen(choice("benefit", self.language)),
            "all": Seen(amount, None),
        }
        rows = Rows(sheet, columns)
        for number, row in sheet.rows():
            if rows.begin(number, row):
                self._year(rows)

    def _year(self, rows: Rows) -> None:
        position, year, benefit = rows.take("person"), rows.take("year"), rows.take("benefit")
        first, second, third, fourth = (rows.take(level) or 0 for level in LEVELS)
        pool, stated, cost = rows.take("pool"), rows.take("all"), rows.take("cost")
        met = first + second + third + fourth
        if stated is not None and stated < met:
            rows.note("all", "met-below-levels")
        if position is not None and not rows.bad:
            key = (self.persons[position].id, year, benefit)
            if key in self.used:
                rows.note("person", "repeated-used")
            self.used[key] = YearToDate(pool, (first, second, third, fourth), met if stated is None else stated, cost)
        if rows.bad:
            self._doubt(rows.here, position)

    def _doubt(self, here: Doubt, *positions: int | None) -> None:
        for position in positions:
            if position is not None:
                self._doubts.setdefault(position, here)

    def _root(self, position: int) -> int:
        parents = self._parents
        while parents[position] != position:
            parents[position] = parents[parents[position]]
            position = parents[position]
        return position

    def _join(self, one: int, other: int) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        self._parents[second] = first

    def _gather(self) -> None:
        """Make the families, each a connected component of bindings, in the order of their first person."""
        members: dict[int, list[int]] = {}
        for position in range(len(self.persons)):
            members.setdefault(self._root(position), []).append(position)
        bindings: dict[int, list[Binding]] = {}
        for user, binding in self.bindings:
            bindings.setdefault(self._root(user), []).append(binding)
        met: dict[str, dict[UsedKey, YearToDate]] = {}
        for key, used in self.used.items():
            met.setdefault(key[0], {})[key] = used
        whose: dict[int, Who] = {}
        for number, (root, positions) in enumerate(members.items()):
            persons = tuple(self.persons[position] for position in positions)
            place = self._place(persons)
            doubt = next((self._doubts[position] for position in positions if position in self._doubts), None)
            held = {self.persons[p].id: self.balances[p] for p in positions if self.persons[p].has_account}
            known = {key: used for person in persons for key, used in met.get(person.id, _NOTHING).items()}
            self.families.append(Household(place, persons, held, tuple(bindings.get(root, ())), known))
            for position in positions:
                whose[position] = Who(number, self.persons[position].id, place, doubt)
        self.whose = [whose[position] for position in range(len(self.persons))]

    def _place(self, persons: Sequence[Person]) -> str:
        """Where a family is at home: the place asked for if somebody is insured there, else the first person's."""
        home = self.places.home
        return home if any(person.insured_place == home for person in persons) else persons[0].insured_place


_NOTHING: dict[UsedKey, YearToDate] = {}
Finder = Callable[[Cell], Who]
"""Finds somebody by what a cell says. Raises `Refused`."""
