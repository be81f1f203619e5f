"""The people of a list: what all its rows say of each together, and who of them is in the book already."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.identity import id_problems
from famgui.domain.person import Insurance, Person
from famgui.domain.persondraft import PersonDraft, draft_problems, normal_phone
from famgui.domain.problem import Severity
from famgui.files.roster.rows import ListRow, Remark, Stated
from famgui.store.people import Known
from famgui.usecase.household import LiveHousehold

Side: TypeAlias = Literal["authorizer", "user"]
_EXAMINED = ("name", "phone", "single_pool", "tier", "born")
"""What a list says of somebody as a form does; number, insurance and place have reasons of their own."""
_COMPARED = tuple(name for name in Stated._fields if name not in ("id_number", "current", "prior_years"))
"""What a row says of somebody that the book may say otherwise; balances move and are compared by themselves."""


@dataclass(slots=True)
class Someone:
    """Somebody of the list, told apart by ID number: what is said (and in which row), where they are in the book."""

    number: str
    row: int
    side: Side
    said: dict[str, tuple[Any, int]] = field(default_factory=dict)
    homes: tuple[Known, ...] = ()
    heard: dict[str, Side] = field(default_factory=dict)
    """At which side of its row each fact was said."""
    doubt: int = 0
    """The row in which something is wrong with somebody new; 0: nothing is."""

    def of(self, fact: str) -> Any:
        """What the list says of a fact, None where it says nothing."""
        return self.said[fact][0] if fact in self.said else None

    @property
    def name(self) -> str:
        """What the list calls them."""
        return self.of("name") or (self.homes[0].name if self.homes else "")

    @property
    def home(self) -> Known | None:
        """Where somebody stands in the book, None for somebody new or in several households."""
        return self.homes[0] if len(self.homes) == 1 else None

    def person(self, handle: str, place: str) -> Person:
        """Somebody new as a person; `place` is where they are insured unless the list says so."""
        insurance: Insurance = self.of("insurance") or "none"
        return Person(
            handle,
            insurance,
            self.of("insured_place") or place,
            self.name,
            self.number,
            self.of("status") or "active",
            insurance == "employee" and not self.of("single_pool"),
            self.of("concession") or "none",
            self.of("born"),
            self.of("tier") or "",
            self.of("phone") or "",
            self.of("suspended"),
        )

    @property
    def balance(self) -> Balance:
        """What the list says that their account holds."""
        return Balance(self.of("current") or 0, self.of("prior_years") or 0)


def gathered(
    rows: Iterable[ListRow], told: Container[tuple[int, str]], by_number: Mapping[str, tuple[Known, ...]]
) -> tuple[dict[str, Someone], list[Remark]]:
    """Everybody whom the rows name with an ID number, and where rows leave out who it is or contradict one another.

    `told` are the cells (row, column) of which something has been said already."""
    people: dict[str, Someone] = {}
    remarks: list[Remark] = []
    for row in rows:
        for side, stated in sides(row):
            for fact, code in (("name", "name-needed"), ("id_number", "id-needed")):
                if getattr(stated, fact) is None and (row.number, f"{side}.{fact}") not in told:
                    remarks.append(Remark(row.number, f"{side}.{fact}", code))
            number = stated.id_number
            if number is not None:
                one = people.get(number)
                if one is None:
                    one = people[number] = Someone(number, row.number, side, homes=by_number.get(number, ()))
                remarks.extend(_hear(one, row.number, side, stated))
    return people, remarks


def sides(row: ListRow) -> Iterator[tuple[Side, Stated]]:
    """The people of a row: its authorizer and, where it has one, its user."""
    yield "authorizer", row.authorizer
    if row.user is not None:
        yield "user", row.user


def _hear(one: Someone, row: int, side: Side, stated: Stated) -> Iterator[Remark]:
    """Take what a row says of somebody; what an earlier row says otherwise is told."""
    for fact, value in zip(Stated._fields, stated, strict=True):
        if value is None or fact == "id_number":
            continue
        if fact not in one.said:
            one.heard[fact] = side
        said, where = one.said.setdefault(fact, (value, row))
        if said != value:
            yield Remark(row, f"{side}.{_column(fact)}", "facts-differ", (("who", one.name), ("row", where)))


def _column(fact: str) -> str:
    return "insurance" if fact == "status" else fact


def examined(people: Iterable[Someone], home: str, today: date, regions: Container[str]) -> Iterator[Remark]:
    """What is wrong with those who are new: nobody can be written down whose insurance or place is not known. What only
    looks odd is told as a warning, and so is all of those whom the book has: it stays as it is."""
    for one in people:
        found = [] if one.homes else list(_faults_of_newcomer(one, home, today, regions))
        found += _faults_of_form(one, today, regions)
        doubtful = [remark.row for remark in found if remark.severity == "error"]
        if doubtful:
            one.doubt = min(doubtful)
        yield from found


def _faults_of_form(one: Someone, today: date, regions: Container[str]) -> Iterator[Remark]:
    """What the form of a person would refuse or find odd, at the row that says it."""
    said = one.of
    draft = PersonDraft(
        one.name,
        one.number,
        said("phone") or "",
        said("insurance") or "none",
        single_pool=bool(said("single_pool")),
        tier=said("tier") or "",
        born=said("born"),
    )
    for problem in draft_problems(draft, today=today, regions=regions):
        if problem.field in _EXAMINED and problem.field in one.said:
            severity: Severity = "warning" if one.homes else problem.severity
            column = f"{one.heard[problem.field]}.{problem.field}"
            yield Remark(one.said[problem.field][1], column, problem.code, problem.values, severity)


def _faults_of_newcomer(one: Someone, home: str, today: date, regions: Container[str]) -> Iterator[Remark]:
    for code in id_problems(one.number, today=today, regions=regions):
        mild = code == "ID_REGION_UNKNOWN"
        subject = (("subject", one.name),)
        yield Remark(one.row, f"{one.side}.id_number", code, subject, "warning" if mild else "error")
    if one.of("insurance") is None:
        yield Remark(one.row, f"{one.side}.insurance", "insurance-needed", (("who", one.name),))
    if not (one.of("insured_place") or home):
        yield Remark(one.row, f"{one.side}.insured_place", "place-missing")
    if one.balance.total and not one.person("", home).has_account:
        yield Remark(one.said.get("current", (0, one.row))[1], "authorizer.current", "money-no-account")


def differences(one: Someone, live: LiveHousehold) -> Iterator[Remark]:
    """Where the list says something else than the book, which stays as it is; where the book says nothing, that is
    only mentioned."""
    assert one.home is not None
    person = live.running.persons[one.home.handle]
    for fact in _COMPARED:
        if fact not in one.said:
            continue
        value, row = one.said[fact]
        known = (person.insurance == "employee" and not person.has_account) if fact == "single_pool" else None
        known = getattr(person, fact) if known is None else known
        if fact == "phone" and normal_phone(value) == normal_phone(person.phone) is not None:
            continue
        if fact == "status" and person.insurance != "employee":
            continue
        if value != known:
            column = f"{one.side}.{_column(fact)}"
            severity: Severity = "info" if known in ("", None) else "warning"
            yield Remark(row, column, "book-differs", (("who", person.name or one.name),), severity)
    if "current" in one.said or "prior_years" in one.said:
        held = live.running.balances.get(person.id, Balance())
        if one.balance != held:
            row = one.said.get("current", one.said.get("prior_years", (0, one.row)))[1]
            yield Remark(row, "authorizer.current", "money-known", (("who", person.name or one.name),), "info")


def bound_to_selves(
    rows: Iterable[ListRow], people: Mapping[str, Someone], remarks: Iterable[Remark], clause: str
) -> list[Remark]:
    """The remarks, where a row that binds somebody to themselves is told as that, and not by relation or facts."""
    selves = {
        row.number: row.user.id_number
        for row in rows
        if row.user is not None and row.user.id_number and row.user.id_number == row.authorizer.id_number
    }
    naught = {"relation", "facts-differ"}
    kept = [one for one in remarks if one.row not in selves or not {one.column, one.code} & naught]
    for row, number in selves.items():
        kept.append(Remark(row, "user.id_number", "SELF_BINDING", (("subject", people[number].name),), clause=clause))
    return kept


def doubt(people: Mapping[str, Someone], remarks: Iterable[Remark]) -> None:
    """Where the first row that names somebody new is wrong about them, what else names them waits for it."""
    wrong = {(one.row, one.column.partition(".")[0]) for one in remarks if one.severity == "error"}
    for one in people.values():
        if not one.homes and (one.row, one.side) in wrong:
            one.doubt = one.row
