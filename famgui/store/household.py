"""Households read back from their rows: exactly as they were given, with the events so far, and as they stand."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, RowMapping, bindparam, func, select

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.binding import Binding
from famgui.domain.household import Event, Household, UsedKey
from famgui.domain.person import Person, amended
from famgui.domain.waterfall import Terms
from famgui.store import tables
from famgui.store.eventtext import day_from, event_from, facts_from

person, account, binding, event, used = tables.person, tables.account, tables.binding, tables.event, tables.used_before
_ID: BindParameter[int] = bindparam("household")


class NoSuchHousehold(LookupError):
    """The book has no household of that id."""


@dataclass(slots=True)
class Keys:
    """Where a household's rows are: persons by handle, of each visit its event and the settlement in force; how many
    rows the register has, which event handles are taken, and the last day of any event.

    For the writer only, who moves it along inside the transaction; the book forgets it when that fails."""

    persons: dict[str, int] = field(default_factory=dict)
    visits: dict[str, tuple[int, int]] = field(default_factory=dict)
    bindings: int = 0
    handles: set[str] = field(default_factory=set)
    last: date = date.min

    def happened(self, event: Event) -> None:
        """An event is about to be part of the book."""
        self.handles.add(event.id)
        self.last = max(self.last, event.date)

    def settled(self, visits: Mapping[str, tuple[int, int] | None]) -> None:
        """What is in force of some visits; None: nothing any more."""
        for handle, keys in visits.items():
            if keys is None:
                self.visits.pop(handle, None)
            else:
                self.visits[handle] = keys


class Summary(NamedTuple):
    """One line of the list of households; amounts in fen."""

    id: int
    title: str
    place: str
    persons: int
    accounts: int
    total: int
    events: int
    last_date: date | None


def _persons(connection: Connection, household_id: int) -> dict[str, int]:
    rows = connection.execute(
        select(person.c.handle, person.c.id).where(person.c.household_id == _ID), {"household": household_id}
    )
    return {row.handle: row.id for row in rows}


def read_household(connection: Connection, household_id: int) -> tuple[str, Household]:
    """The title, and the household as it was given with every event since. Raises `NoSuchHousehold`."""
    asked = {"household": household_id}
    whole = select(tables.household).where(tables.household.c.id == _ID)
    top = connection.execute(whole, asked).mappings().first()
    if top is None:
        raise NoSuchHousehold(household_id)
    people = select(person).where(person.c.household_id == _ID).order_by(person.c.position)
    persons = connection.execute(people, asked).mappings().all()
    handles = {row["id"]: row["handle"] for row in persons}
    bodies = select(event.c.body).where(event.c.household_id == _ID).order_by(event.c.seq)
    household = Household(
        place=top["place"],
        persons=tuple(person_from(row) for row in persons),
        balances=_openings(connection, asked),
        bindings=tuple(_binding(row, handles) for row in _register(connection, asked) if row["bound_by_id"] is None),
        used=_used(connection, asked),
        events=tuple(event_from(body) for body in connection.scalars(bodies, asked)),
        terms=Terms(top["authorizer_order"], top["own_account_first"], top["cross_province"]),
    )
    return top["title"], household


def person_from(row: RowMapping) -> Person:
    """A person as given."""
    return Person(
        row["handle"],
        row["insurance"],
        row["insured_place"],
        row["name"],
        row["id_number"],
        row["status"],
        row["has_account"],
        row["concession"],
        day_from(row["born"]),
        row["tier"],
        row["phone"],
        day_from(row["suspended"]),
    )


def _openings(connection: Connection, asked: dict[str, int]) -> dict[str, Balance]:
    wanted = (
        select(person.c.handle, account.c.opening_current, account.c.opening_prior_years)
        .join_from(account, person)
        .where(person.c.household_id == _ID, account.c.opened_by_id.is_(None))
        .order_by(person.c.position)
    )
    return {handle: Balance(current, prior) for handle, current, prior in connection.execute(wanted, asked)}


def stored_balances(connection: Connection, household_id: int) -> dict[str, Balance]:
    """What every account holds now, by handle."""
    wanted = (
        select(person.c.handle, account.c.current, account.c.prior_years)
        .join_from(account, person)
        .where(person.c.household_id == _ID)
        .order_by(person.c.position)
    )
    rows = connection.execute(wanted, {"household": household_id})
    return {handle: Balance(current, prior) for handle, current, prior in rows}


def _used(connection: Connection, asked: dict[str, int]) -> dict[UsedKey, YearToDate]:
    wanted = (
        select(person.c.handle, used)
        .join_from(used, person)
        .where(person.c.household_id == _ID)
        .order_by(person.c.position, used.c.year)
    )
    return {
        (row["handle"], row["year"], row["benefit"]): YearToDate(
            row["pool"],
            (row["community"], row["primary"], row["secondary"], row["tertiary"]),
            row["all_levels"],
            row["cost"],
            row["month"],
            row["month_met"],
        )
        for row in connection.execute(wanted, asked).mappings()
    }


def _register(connection: Connection, asked: dict[str, int]) -> list[RowMapping]:
    wanted = select(binding).where(binding.c.household_id == _ID).order_by(binding.c.position)
    return list(connection.execute(wanted, asked).mappings())


def _binding(row: RowMapping, handles: dict[int, str], given: str = "given_") -> Binding:
    """A row as it came, or (`given` "") as it stands."""
    return Binding(
        handles[row["authorizer_id"]],
        handles[row["user_id"]],
        row["relation"],
        date.fromisoformat(row["starts"]),
        datetime.fromisoformat(row["bound_at"]),
        day_from(row["ends"]),
        row[f"{given}priority"],
        day_from(row[f"{given}unbound_on"]),
        row["proof"],
    )


def stored_register(connection: Connection, household_id: int) -> list[Binding]:
    """The register as it stands now, in the order of its rows."""
    handles = {key: handle for handle, key in _persons(connection, household_id).items()}
    rows = _register(connection, {"household": household_id})
    return [_binding(row, handles, "") for row in rows]


def bound_rows(connection: Connection, household_id: int) -> list[tuple[str, Binding]]:
    """The rows that events brought, as they came, each with the handle of its event."""
    asked = {"household": household_id}
    handles = {key: handle for handle, key in _persons(connection, household_id).items()}
    events = select(event.c.id, event.c.handle).where(event.c.household_id == _ID, event.c.type == "bind")
    named = {row.id: row.handle for row in connection.execute(events, asked)}
    rows = [row for row in _register(connection, asked) if row["bound_by_id"] is not None]
    return [(named.get(row["bound_by_id"], ""), _binding(row, handles)) for row in rows]


def stored_persons(connection: Connection, household_id: int) -> dict[str, Person]:
    """The persons as they stand now, by handle, in the household's order."""
    people = select(person).where(person.c.household_id == _ID).order_by(person.c.position)
    rows = connection.execute(people, {"household": household_id}).mappings()
    return {row["handle"]: standing_person(row) for row in rows}


def standing_person(row: RowMapping) -> Person:
    """A person of the book with the facts that events have changed since."""
    given = person_from(row)
    return given if row["amended"] is None else amended(given, facts_from(json.loads(row["amended"])))


def binding_ids(connection: Connection, household_id: int) -> list[int]:
    """Every row of the register."""
    wanted = select(binding.c.id).where(binding.c.household_id == _ID)
    return list(connection.scalars(wanted, {"household": household_id}))


def read_keys(connection: Connection, household_id: int, events: Iterable[Event]) -> Keys:
    """Where the rows are of a household with these events."""
    settled = tables.settlement
    later = settled.alias("later")
    visits = (
        select(event.c.handle, event.c.id, settled.c.id)
        .join_from(settled, event, settled.c.visit_id == event.c.id)
        .outerjoin(later, later.c.reverses_id == settled.c.id)
        .where(event.c.household_id == _ID, settled.c.reverses_id.is_(None), later.c.id.is_(None))
    )
    asked = {"household": household_id}
    keys = Keys(
        _persons(connection, household_id),
        {handle: (event_id, settlement_id) for handle, event_id, settlement_id in connection.execute(visits, asked)},
        len(binding_ids(connection, household_id)),
    )
    for one in events:
        keys.happened(one)
    return keys


def titles(connection: Connection) -> dict[int, str]:
    """Every household's title by id, in the order in which they came."""
    house = tables.household
    rows = connection.execute(select(house.c.id, house.c.title).order_by(house.c.id))
    return {row.id: row.title for row in rows}


def summaries(connection: Connection) -> tuple[Summary, ...]:
    """Every household in the order in which they came."""
    house = tables.household
    people = select(func.count()).where(person.c.household_id == house.c.id).scalar_subquery()
    held = select(func.count(), func.coalesce(func.sum(account.c.current + account.c.prior_years), 0))
    held = held.join_from(account, person).where(person.c.household_id == house.c.id)
    counted, total = (held.with_only_columns(column).scalar_subquery() for column in held.selected_columns)
    happened = select(func.count()).where(event.c.household_id == house.c.id).scalar_subquery()
    last = select(func.max(event.c.date)).where(event.c.household_id == house.c.id).scalar_subquery()
    rows = connection.execute(
        select(house.c.id, house.c.title, house.c.place, people, counted, total, happened, last).order_by(house.c.id)
    )
    return tuple(Summary(*row[:-1], day_from(row[-1])) for row in rows)
