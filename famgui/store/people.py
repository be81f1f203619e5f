"""Everybody in the book, to find somebody whose household is not known."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from famgui.store.engine import Prepared
from famgui.store.tables import household, person

_EVERYBODY = Prepared(
    select(person.c.household_id, person.c.handle, person.c.name, person.c.id_number, household.c.place)
    .join_from(person, household, person.c.household_id == household.c.id)
    .order_by(person.c.id)
)


class Known(NamedTuple):
    """A person of the book: the household's id and place, the handle within it, name and ID number ("": unknown)."""

    household: int
    handle: str
    name: str
    id_number: str
    place: str


def everybody(connection: Connection) -> list[Known]:
    """Every person of every household."""
    return [Known._make(row) for row in _EVERYBODY.rows(connection, {})]
