"""Households by what is known of them: whose ID numbers or names stand where, and what tells namesakes apart."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from famgui.store import tables
from famgui.store.person_find import Term, find

household, person = tables.household, tables.person
_AT_ONCE = 5_000
"""So many values are asked for in one question."""


class Stands(NamedTuple):
    """Somebody of the book: where (id and title of the household), the name and the ID number."""

    household: int
    title: str
    name: str
    id_number: str


_WHO = select(household.c.id, household.c.title, person.c.name, person.c.id_number).join_from(person, household)
_IN_ORDER = (person.c.household_id, person.c.position)


def with_numbers(connection: Connection, numbers: Collection[str]) -> list[Stands]:
    """Everybody who has one of these ID numbers, by household."""
    return [row for part in _parts(numbers) for row in _rows(connection, person.c.id_number.in_(part))]


def called(connection: Connection, names: Collection[str]) -> list[Stands]:
    """Everybody who has one of these names, by household."""
    return [row for part in _parts(names) for row in _rows(connection, person.c.name.in_(part))]


def _parts(values: Collection[str]) -> Iterator[Sequence[str]]:
    whole = [value for value in dict.fromkeys(values) if value]
    return (whole[start : start + _AT_ONCE] for start in range(0, len(whole), _AT_ONCE))


def _rows(connection: Connection, condition: object) -> list[Stands]:
    return [Stands(*row) for row in connection.execute(_WHO.where(condition).order_by(*_IN_ORDER))]  # type: ignore[arg-type]


def sizes(connection: Connection, ids: Collection[int]) -> dict[int, int]:
    """How many persons these households have."""
    wanted = select(person.c.household_id, func.count()).where(person.c.household_id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(wanted.group_by(person.c.household_id))}


def of_one_title(connection: Connection) -> list[Stands]:
    """Everybody of the households whose title another one has too, in the households' order."""
    titles = select(household.c.title).group_by(household.c.title).having(func.count() > 1)
    return _rows(connection, household.c.title.in_(titles))


def twice(connection: Connection) -> list[Stands]:
    """Everybody whose ID number stands in several households, by number."""
    numbers = select(person.c.id_number).where(person.c.id_number != "").group_by(person.c.id_number)
    numbers = numbers.having(func.count(person.c.household_id.distinct()) > 1)
    wanted = _WHO.where(person.c.id_number.in_(numbers)).order_by(person.c.id_number, *_IN_ORDER)
    return [Stands(*row) for row in connection.execute(wanted)]


def homes(connection: Connection, term: Term, limit: int) -> list[int]:
    """The households of those who match, best first."""
    return list(dict.fromkeys(hit.household for hit in find(connection, term, limit=limit)))
