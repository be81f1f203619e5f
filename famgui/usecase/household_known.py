"""A case file held against the book before it comes in: who of it stands there already, and whether all of it does."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.store import household_known as known
from famgui.store.book import Book, Connection
from famgui.store.household import read_household
from famgui.store.household_known import Stands as Stands

_SURE = 2
"""So many persons of the same names, and nobody else, are taken for the same people where no ID number says so."""
_ENDING = 4
_NOT_YET = 0
"""The household of somebody whose file is only coming in."""


@dataclass(frozen=True, slots=True)
class Already:
    """What the book knows of a case file's people: those with the same ID number, the households of the same people
    without numbers, and the household that holds just what the file holds, if one does (id and title)."""

    persons: tuple[Stands, ...]
    alike: tuple[tuple[int, str], ...]
    same: tuple[int, str] | None


def already(book: Book, household: Household) -> Already | None:
    """Who of a case file stands in the book already; None: nobody, as far as can be told."""
    numbers = [person.id_number for person in household.persons if person.id_number]
    with book.read() as connection:
        persons = tuple(known.with_numbers(connection, numbers))
        alike = dict(_namesakes(connection, household))
        places = {stands.household: stands.title for stands in persons} | alike
        if not places:
            return None
        same = next((place for place in places.items() if read_household(connection, place[0])[1] == household), None)
    return Already(persons, tuple(alike.items()), same)


def _namesakes(connection: Connection, household: Household) -> Iterable[tuple[int, str]]:
    """Households of just these people, by their names, where nobody's number tells them apart."""
    names = Counter(person.name for person in household.persons if person.name)
    if names.total() < max(_SURE, len(household.persons)):
        return
    found: dict[tuple[int, str], list[Stands]] = {}
    for stands in known.called(connection, names):
        found.setdefault((stands.household, stands.title), []).append(stands)
    sizes = known.sizes(connection, [place for place, _ in found])
    numbers = {person.name: person.id_number for person in household.persons}
    for place, people in found.items():
        whole = Counter(one.name for one in people) == names and sizes[place[0]] == len(people)
        if whole and not any(_other(numbers[one.name], one.id_number) for one in people):
            yield place


def _other(one: str, other: str) -> bool:
    return bool(one and other and one != other)


class Batch:
    """Case files that come in together: each is held against the book and against those before it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._numbers: dict[str, Stands] = {}
        self._whole: dict[tuple[Person, ...], str] = {}

    def meet(self, household: Household, title: str) -> Already | None:
        """Who of it is known already; None: nobody, and from now on its people are."""
        numbers = [person.id_number for person in household.persons if person.id_number]
        persons = tuple(self._numbers[number] for number in numbers if number in self._numbers)
        same = self._whole.get(household.persons)
        if persons or same is not None:
            return Already(persons, () if same is None else ((_NOT_YET, same),), None)
        found = already(self._book, household)
        if found is None:
            self._whole[household.persons] = title
            stands = (Stands(_NOT_YET, title, person.name, person.id_number) for person in household.persons)
            self._numbers |= {one.id_number: one for one in stands if one.id_number}
        return found


def elsewhere(book: Book, household_id: int, numbers: Collection[str]) -> tuple[Stands, ...]:
    """Who has one of these ID numbers in another household."""
    with book.read() as connection:
        found = known.with_numbers(connection, numbers)
    return tuple(stands for stands in found if stands.household != household_id)


class Twice(NamedTuple):
    """An ID number that stands in several households: the name there, the number, and their titles."""

    name: str
    id_number: str
    titles: tuple[str, ...]


def twice(book: Book) -> tuple[Twice, ...]:
    """Everybody who stands in several households under one ID number: no fault, but two accounts for one card."""
    found: dict[str, list[Stands]] = {}
    with book.read() as connection:
        labels = _labels(connection)
        for stands in known.twice(connection):
            found.setdefault(stands.id_number, []).append(stands)
    return tuple(
        Twice(people[0].name, number, tuple(dict.fromkeys(labels.get(one.household, one.title) for one in people)))
        for number, people in found.items()
    )


def labels(book: Book, titles: Mapping[int, str]) -> dict[int, str]:
    """What households are called so that nobody takes one for another: the title, and where it repeats the end of the
    first ID number, else the first name; the household's number where even that is the same."""
    if len(set(titles.values())) == len(titles):
        return dict(titles)
    with book.read() as connection:
        return dict(titles) | _labels(connection)


def _labels(connection: Connection) -> dict[int, str]:
    """The labels of the households whose title repeats."""
    people: dict[tuple[int, str], list[Stands]] = {}
    for stands in known.of_one_title(connection):
        people.setdefault((stands.household, stands.title), []).append(stands)
    told = {place: _beside(place[1], found) for place, found in people.items()}
    often = Counter((title, beside) for (_, title), beside in told.items())
    made: dict[int, str] = {}
    for (household, title), beside in told.items():
        number = f"#{household}" if not beside or often[title, beside] > 1 else ""
        made[household] = " · ".join(word for word in (title, number, beside) if word)
    return made


def _beside(title: str, people: list[Stands]) -> str:
    """What tells a household from its namesakes: the end of the first ID number there, else a name not in the title."""
    numbers = [one.id_number[-_ENDING:] for one in people if one.id_number]
    return next(iter(numbers), "") or next((one.name for one in people if one.name and one.name not in title), "")
