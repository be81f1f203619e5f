"""The sheets of people, bindings and the year to date: families that stand alone, each a household without events."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.binding import Binding
from famgui.domain.household import Household, UsedKey
from famgui.domain.identity import Relation, normal_id_number
from famgui.domain.money import Fen
from famgui.domain.person import Insurance, Person, Status
from famgui.files.workbook.cells import (
    Seen,
    SeenAmounts,
    called,
    choice,
    day,
    id_number,
    masked,
    text_of,
    whole_number,
    words,
)
from famgui.files.workbook.form import BINDINGS, PEOPLE, USED, Cell, Places, Refused, Who
from famgui.files.workbook.opening import OpenWorkbook, SheetIn
from famgui.files.workbook.rows import Place, Rows


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
    _doubts: dict[int, Place] = field(default_factory=dict)
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
        for handle, name, *values in rows:
            if not (handle or name):
                rows.note("name" if sheet.places["person"] < 0 else "person", "blank")
            position = self._person(rows, name or handle or "", *values)
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
            "current": SeenAmounts(0),
            "prior_years": SeenAmounts(0),
            "insured_place": Seen(lambda cell: self.places.code(text_of(cell)), self.places.home),
            "born": Seen(day, None),
            "tier": Seen(words, ""),
        }

    def _person(
        self,
        rows: Rows,
        name: str,
        number: str | None,
        insurance: Insurance | None,
        status: Status | None,
        stated: bool | None,
        current: Fen | None,
        prior_years: Fen | None,
        place: str | None,
        born: date | None,
        tier: str | None,
    ) -> int:
        """Take a person; the place in `persons`."""
        position = len(self.persons)
        balance = Balance(current or 0, prior_years or 0)
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
        for values in rows:
            self._binding(rows, *values)

    def _binding(
        self,
        rows: Rows,
        authorizer: int | None,
        user: int | None,
        relation: Relation | None,
        starts: date | None,
        ends: date | None,
        priority: int | None,
    ) -> None:
        if starts is not None and ends is not None and ends < starts:
            rows.note("ends", "ends-early")
        if authorizer is not None and user is not None:
            self._join(authorizer, user)
        if rows.bad or authorizer is None or user is None or relation is None or starts is None:
            self._doubt(rows.here, authorizer, user)
            return
        made = Binding(
            self.persons[authorizer].id,
            self.persons[user].id,
            relation,
            starts,
            datetime.combine(starts, time()),
            ends,
            priority or 1,
        )
        self.bindings.append((user, made))

    def _used(self, sheet: SheetIn) -> None:
        columns: dict[str, Seen] = {
            "person": Seen(self.position),
            "year": Seen(whole_number(1990, 2100)),
            "benefit": Seen(choice("benefit", self.language)),
            "pool": SeenAmounts(0),
            "all": SeenAmounts(None),
            "cost": SeenAmounts(0),
            **{level: SeenAmounts(0) for level in LEVELS},
        }
        rows = Rows(sheet, columns)
        for position, year, benefit, pool, stated, cost, *levels in rows:
            first, second, third, fourth = (level or 0 for level in levels)
            met = first + second + third + fourth
            if stated is not None and stated < met:
                rows.note("all", "met-below-levels")
            if position is not None and not rows.bad:
                key = (self.persons[position].id, year, benefit)
                if key in self.used:
                    rows.note("person", "repeated-used")
                in_all = met if stated is None else stated
                self.used[key] = YearToDate(pool, (first, second, third, fourth), in_all, cost)
            if rows.bad:
                self._doubt(rows.here, position)

    def _doubt(self, here: Place, *positions: int | None) -> None:
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
