"""What the whole book has coming: pairs whose binding ends, rows about to begin, who shares with whom on a day, and
which premiums were paid."""

import json
from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, FromClause, Select, and_, case, exists, func, or_, select

from famgui.domain.household import Premium
from famgui.domain.identity import Relation
from famgui.domain.person import Person, amended
from famgui.store import tables
from famgui.store.eventtext import day_from, event_from, facts_from, iso

house, binding, event = tables.household, tables.binding, tables.event
_authorizer, _user = tables.person.alias("authorizer"), tables.person.alias("user")
_NEVER = iso(date.max)


class Dated(NamedTuple):
    """A row of the register with a day that matters: which household (id and title), who shares with whom (handles and
    names), what the user is to the authorizer."""

    household: int
    title: str
    authorizer: str
    authorizer_name: str
    user: str
    user_name: str
    relation: Relation
    day: date


class Sharing(NamedTuple):
    """A row in force: the household (id, title, place) and both persons as they stand, with the facts rules ask for."""

    household: int
    title: str
    place: str
    authorizer: Person
    user: Person
    relation: Relation


class PaidPremium(NamedTuple):
    """A premium event of a household and what became of it: settled, partly or refused."""

    household: int
    event: Premium
    status: str


def _end(row: FromClause) -> Any:
    """When a row ends: by its date or by being unbound, whichever comes first; the end of time where neither stands."""
    ends, unbound = func.coalesce(row.c.ends, _NEVER), func.coalesce(row.c.unbound_on, _NEVER)
    return case((unbound < ends, unbound), else_=ends)


def _dated(day: Any) -> Select[Any]:
    return (
        select(
            house.c.id,
            house.c.title,
            _authorizer.c.handle,
            _authorizer.c.name,
            _user.c.handle,
            _user.c.name,
            binding.c.relation,
            day,
        )
        .join_from(binding, house, house.c.id == binding.c.household_id)
        .join(_authorizer, _authorizer.c.id == binding.c.authorizer_id)
        .join(_user, _user.c.id == binding.c.user_id)
        .order_by(day, binding.c.household_id, binding.c.position)
    )


def _read(connection: Connection, wanted: Select[Any]) -> list[Dated]:
    return [Dated._make((*row[:-1], date.fromisoformat(row[-1]))) for row in connection.execute(wanted)]


def endings(connection: Connection, day: date, first: date, last: date) -> list[Dated]:
    """The last row of every pair that is not unbound on `day`, where it ends from `first` to `last`; earliest first."""
    later, start, stop = binding.alias("later"), iso(first), iso(last)
    renewed = exists().where(
        later.c.authorizer_id == binding.c.authorizer_id,
        later.c.user_id == binding.c.user_id,
        or_(
            _end(later) > _end(binding),
            and_(_end(later) == _end(binding), later.c.position > binding.c.position),
        ),
    )
    wanted = _dated(_end(binding)).where(
        or_(binding.c.ends.between(start, stop), binding.c.unbound_on.between(start, stop)),
        _end(binding).between(start, stop),
        or_(binding.c.unbound_on.is_(None), binding.c.unbound_on > iso(day)),
        ~renewed,
    )
    return _read(connection, wanted)


def beginnings(connection: Connection, first: date, last: date) -> list[Dated]:
    """The rows that begin from `first` to `last` and are not unbound before they do; earliest first."""
    wanted = _dated(binding.c.starts).where(
        binding.c.starts.between(iso(first), iso(last)),
        or_(binding.c.unbound_on.is_(None), binding.c.unbound_on > binding.c.starts),
    )
    return _read(connection, wanted)


def places(connection: Connection) -> list[str]:
    """Every place that a household of the book is in."""
    return list(connection.scalars(select(house.c.place).distinct().order_by(house.c.place)))


_FACTS = ("handle", "insurance", "insured_place", "name", "has_account", "suspended", "amended")


def sharing(connection: Connection, day: date, where: Collection[str]) -> list[Sharing]:
    """Every row in force on a day in the households of these places, in the book's order. Whether the rules allow it is
    not asked."""
    on = iso(day)
    wanted = (
        select(
            house.c.id,
            house.c.title,
            house.c.place,
            *(_authorizer.c[name].label(f"authorizer_{name}") for name in ("id", *_FACTS)),
            *(_user.c[name].label(f"user_{name}") for name in ("id", *_FACTS)),
            binding.c.relation,
        )
        .join_from(binding, house, house.c.id == binding.c.household_id)
        .join(_authorizer, _authorizer.c.id == binding.c.authorizer_id)
        .join(_user, _user.c.id == binding.c.user_id)
        .where(
            house.c.place.in_(list(where)),
            binding.c.starts <= on,
            or_(binding.c.ends.is_(None), binding.c.ends >= on),
            or_(binding.c.unbound_on.is_(None), binding.c.unbound_on > on),
        )
        .order_by(binding.c.household_id, binding.c.position)
    )
    person = _persons()
    size = 1 + len(_FACTS)
    return [
        Sharing(*row[:3], person(row[3 : 3 + size]), person(row[3 + size : 3 + 2 * size]), row[-1])
        for row in connection.execute(wanted)
    ]


def _persons() -> Callable[[Sequence[Any]], Person]:
    """Persons from their facts, each made once."""
    known: dict[int, Person] = {}

    def person(facts: Sequence[Any]) -> Person:
        key, handle, insurance, place, name, has_account, suspended, changed = facts
        if key not in known:
            one = Person(handle, insurance, place, name, has_account=bool(has_account), suspended=day_from(suspended))
            known[key] = amended(one, facts_from(json.loads(changed))) if changed else one
        return known[key]

    return person


def premiums(connection: Connection, first: date) -> list[PaidPremium]:
    """Every premium event since a day, in the order in which they were recorded."""
    wanted = (
        select(event.c.household_id, event.c.body, event.c.status)
        .where(event.c.type == "premium", event.c.date >= iso(first))
        .order_by(event.c.id)
    )
    found = ((home, event_from(body), status) for home, body, status in connection.execute(wanted))
    return [PaidPremium(home, what, status) for home, what, status in found if isinstance(what, Premium)]
