"""Rows of the register looked for in the whole book: by state, place and words, in any order, page by page."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)

from famgui.store import tables
from famgui.store.audit import AuditLine
from famgui.store.eventtext import day_from, iso

binding, event, household, audit = tables.binding, tables.event, tables.household, tables.audit
authorizer, user = tables.person.alias("authorizer"), tables.person.alias("user")

RowState: TypeAlias = Literal["expiring", "in-force", "upcoming", "expired", "unbound"]
STATES: tuple[RowState, ...] = get_args(RowState)
"""What a row may be on a day, as people look for it: what needs a hand first."""
Order: TypeAlias = Literal["state", "authorizer", "user", "relation", "starts", "ends", "household"]

_NEVER = "9999-12-31"


class Wanted(NamedTuple):
    """Which rows; what is left open does not narrow. A row that ends from `today` to `soon` expires; `words` are part
    of a name, of its pinyin or initials, or the last digits of an ID number, of either of the two."""

    today: date
    soon: date
    state: RowState | None = None
    place: str = ""
    words: str = ""


class Sorted(NamedTuple):
    """In which order, and whether from its end."""

    by: Order = "state"
    backwards: bool = False


class Found(NamedTuple):
    """A row of the register: its household, the two by handle and by name, and what it says as it stands. `key` is what
    it is sorted by."""

    id: int
    household: int
    title: str
    place: str
    authorizer: str
    user: str
    authorizer_name: str
    user_name: str
    relation: str
    starts: date
    ends: date | None
    unbound_on: date | None
    bound_at: datetime
    priority: int
    key: str


class RowKey(NamedTuple):
    """A row of a household's register: its id, and the handle of the event that bound it (None: from before)."""

    id: int
    bound_by: str | None


def find(
    connection: Connection, wanted: Wanted, order: Sorted, after: tuple[str, int] | None, limit: int
) -> tuple[Found, ...]:
    """Up to `limit` rows that are wanted, beyond the row of this key and id."""
    key, row = _key(order.by, wanted), binding.c
    page = _where(select(row.id, key.label("key")).select_from(_tables(order.by, wanted)), wanted)
    if after is not None:
        beyond = key < after[0] if order.backwards else key > after[0]
        next_one = row.id < after[1] if order.backwards else row.id > after[1]
        page = page.where(or_(beyond, and_(key == after[0], next_one)))
    cut = page.order_by(*_ways(key, row.id, order)).limit(limit).subquery()
    asked = select(*_SHOWN, cut.c.key).join_from(cut, binding, cut.c.id == row.id)
    asked = asked.join(household, row.household_id == household.c.id)
    asked = asked.join(authorizer, row.authorizer_id == authorizer.c.id).join(user, row.user_id == user.c.id)
    rows = connection.execute(asked.order_by(*_ways(cut.c.key, cut.c.id, order)))
    return tuple(_found(*one) for one in rows)


_SHOWN: tuple[ColumnElement[Any], ...] = (
    binding.c.id,
    binding.c.household_id,
    household.c.title,
    household.c.place,
    authorizer.c.handle,
    user.c.handle,
    authorizer.c.name,
    user.c.name,
    binding.c.relation,
    binding.c.starts,
    binding.c.ends,
    binding.c.unbound_on,
    binding.c.bound_at,
    binding.c.priority,
)


def _ways(key: ColumnElement[str], row: ColumnElement[int], order: Sorted) -> tuple[ColumnElement[Any], ...]:
    return (key.desc(), row.desc()) if order.backwards else (key, row)


def _found(*row: Any) -> Found:
    starts, ends, unbound_on, bound_at = row[9:13]
    days = (date.fromisoformat(starts), day_from(ends), day_from(unbound_on), datetime.fromisoformat(bound_at))
    return Found._make((*row[:9], *days, *row[13:]))


def counts(connection: Connection, wanted: Wanted) -> dict[RowState, int]:
    """How many rows there are of each state, whatever state is wanted."""
    state = _state(wanted).label("state")
    rest = wanted._replace(state=None)
    asked = _where(select(state).select_from(_tables("state", rest)), rest).subquery()
    counted = select(asked.c.state, func.count()).group_by(asked.c.state)
    found = {int(number): many for number, many in connection.execute(counted)}
    return {state: found.get(number, 0) for number, state in enumerate(STATES)}


def places(connection: Connection) -> dict[str, int]:
    """The places whose households have rows, and how many, the most first."""
    many = func.count()
    asked = select(household.c.place, many).join_from(binding, household, binding.c.household_id == household.c.id)
    asked = asked.group_by(household.c.place).order_by(many.desc(), household.c.place)
    return {row.place: row[1] for row in connection.execute(asked)}


def keys_of(connection: Connection, household_id: int) -> tuple[RowKey, ...]:
    """The rows of a household's register in their order."""
    asked = select(binding.c.id, event.c.handle).outerjoin_from(binding, event, binding.c.bound_by_id == event.c.id)
    asked = asked.where(binding.c.household_id == household_id).order_by(binding.c.position)
    return tuple(RowKey(*row) for row in connection.execute(asked))


def undone(connection: Connection, household_id: int) -> tuple[AuditLine, ...]:
    """What was recorded and taken out of the book again; each entry's detail is the text of the event."""
    row = audit.c
    asked = select(row.at, row.action, row.household_id, row.event_id, row.detail)
    asked = asked.where(row.household_id == household_id, row.event_id.is_(None), row.action.startswith("undo "))
    lines = connection.execute(asked.order_by(row.id))
    return tuple(AuditLine(datetime.fromisoformat(at), *rest) for at, *rest in lines)


def _tables(by: Order, wanted: Wanted) -> FromClause:
    """The rows with no more beside them than decides which are wanted, and in which order."""
    found: FromClause = binding
    if wanted.place or by == "household":
        found = found.join(household, binding.c.household_id == household.c.id)
    if by == "authorizer":
        found = found.join(authorizer, binding.c.authorizer_id == authorizer.c.id)
    if by == "user":
        found = found.join(user, binding.c.user_id == user.c.id)
    return found


def _where(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.state is not None:
        asked = asked.where(_state(wanted) == STATES.index(wanted.state))
    if wanted.place:
        asked = asked.where(household.c.place == wanted.place)
    if wanted.words.strip():
        named = select(_named(wanted.words.strip()).cte("named").c.id)
        asked = asked.where(or_(binding.c.authorizer_id.in_(named), binding.c.user_id.in_(named)))
    return asked


def _named(words: str) -> Select[Any]:
    """The persons whom these words may mean."""
    person = tables.person
    told = [person.c.name.contains(words, autoescape=True)]
    plain = "".join(letter for letter in words if letter.isalnum())
    if plain and plain.isascii():
        told.append(person.c.sound.contains(plain.lower(), autoescape=True))
        told.append(person.c.id_number.endswith(plain.upper(), autoescape=True))
        told.append(and_(person.c.name == "", person.c.handle.contains(words, autoescape=True)))
    return select(person.c.id).where(or_(*told))


def _state(wanted: Wanted) -> ColumnElement[int]:
    """What a row is on the day (`STATES` by number), as `usecase.binding.row_state` says it."""
    row, today, soon = binding.c, iso(wanted.today), iso(wanted.soon)
    number = {state: literal(place) for place, state in enumerate(STATES)}
    return case(
        (row.unbound_on <= today, number["unbound"]),
        (row.ends < today, number["expired"]),
        (row.starts > today, number["upcoming"]),
        (row.ends <= soon, number["expiring"]),
        else_=number["in-force"],
    )


def _key(order: Order, wanted: Wanted) -> ColumnElement[str]:
    """What rows are sorted by, as text; names as they sound."""
    row = binding.c
    sooner = or_(row.ends.is_(None), row.unbound_on < row.ends)
    end = case((and_(row.unbound_on.is_not(None), sooner), row.unbound_on), else_=func.coalesce(row.ends, _NEVER))
    keys: Mapping[Order, ColumnElement[str]] = {
        "state": cast(_state(wanted), String) + end,
        "authorizer": _sound(authorizer),
        "user": _sound(user),
        "relation": row.relation,
        "starts": row.starts,
        "ends": end,
        "household": household.c.title,
    }
    return keys[order]


def _sound(one: Any) -> ColumnElement[str]:
    return case((one.c.sound == "", one.c.handle), else_=one.c.sound)
