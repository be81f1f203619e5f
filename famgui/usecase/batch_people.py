"""Where the people of a batch come from: the workbook's own sheets, or whoever else can find and settle them."""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.household import Household, UsedKey
from famgui.domain.identity import id_problems
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Outcome, Running
from famgui.files.workbook.form import BINDINGS, PEOPLE, USED, Bill, Cell, FaultyWorkbook, Refused, RowFault, Who
from famgui.files.workbook.opening import OpenWorkbook
from famgui.files.workbook.people import People
from famgui.policy.library import NoRuleBook


class Regions(Container[str], Protocol):
    """The codes of places, by code and by name."""

    def meant(self, text: str) -> Sequence[str]:
        """The codes of the places that a text means."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a dry run goes by: the rule books, the codes of places, where somebody is at home whose row does not say
    ("": nowhere), today, and the language of what is told."""

    rules_of: Callable[[str], RuleBook]
    regions: Regions
    home: str
    today: date
    language: str


class Settled(NamedTuple):
    """A family's bills: what each did, or why it was not settled; the accounts and the year to date after them."""

    outcomes: Sequence[tuple[Bill, Outcome | Refused]]
    after: Mapping[str, Balance]
    used: Mapping[UsedKey, YearToDate]


class Source(Protocol):
    """Where the people of the bills come from."""

    in_book: bool

    def find(self, cell: Cell) -> Who:
        """Somebody by what a cell says. Raises `Refused`."""

    def families(self) -> Mapping[int, Household]:
        """The families that are concerned, as they stand before the bills."""

    def settle(self, family: int, bills: Sequence[Bill]) -> Settled:
        """Settle a family's bills, which are in the order of their dates."""


class Standing:
    """The people of the workbook's own sheets."""

    in_book = False

    def __init__(self, people: People, rules_of: Callable[[str], RuleBook]) -> None:
        self.people, self._rules_of = people, rules_of
        self.find = people.find

    def families(self) -> Mapping[int, Household]:
        """Every family of the sheets."""
        return dict(enumerate(self.people.families))

    def settle(self, family: int, bills: Sequence[Bill]) -> Settled:
        """Settle a family's bills one after the other, balances and year to date carried along."""
        household = self.people.families[family]
        running = Running(household, self._rules_of(household.place))
        return Settled([(bill, running.apply(bill.visit)) for bill in bills], running.balances, running.used)


class Places:
    """Places by code or name, and which of them have rules."""

    def __init__(self, asked: Asked) -> None:
        self.home, self._asked = asked.home, asked
        self._ruled: dict[str, bool] = {}

    def code(self, text: str) -> str:
        """The code of a place. Raises `Refused`."""
        if len(text) == 6 and text.isascii() and text.isdigit():
            return text
        found = self._asked.regions.meant(text)
        if len(found) != 1:
            raise Refused("place-ambiguous" if found else "place-unknown", name=text)
        return found[0]

    def ruled(self, code: str) -> bool:
        """Whether there is a rule book for a place."""
        if code not in self._ruled:
            try:
                self._asked.rules_of(code)
                self._ruled[code] = True
            except NoRuleBook:
                self._ruled[code] = False
        return self._ruled[code]


def source_of(workbook: OpenWorkbook, asked: Asked, places: "Places", book: Callable[[], Source] | None) -> Source:
    """The workbook's sheet of people, else the `book`. Raises `FaultyWorkbook` where there is neither."""
    if PEOPLE.key in workbook.sheets:
        people = People(places, asked.language)
        people.read(workbook)
        sheet = workbook.sheets[PEOPLE.key]
        for person, row in zip(people.persons, people.rows, strict=True):
            if person.id_number:
                for code in id_problems(person.id_number, today=asked.today, regions=asked.regions):
                    sheet.note(row, "id_number", code, ("subject", person.name), grave=False)
        return Standing(people, asked.rules_of)
    for form in (BINDINGS, USED):
        if form.key in workbook.sheets:
            name = workbook.sheets.pop(form.key).name
            workbook.faults.append(RowFault(name, 0, "", "sheet-needs-people", grave=False))
    if book is None:
        raise FaultyWorkbook(str(workbook.path), [RowFault("", 0, "", "no-people")])
    return book()
