"""The directory of everybody in the book: found by name, by how the name sounds, by the end of a number."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, func, literal, or_, select

from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.store import tables
from famgui.store.household import standing_person
from famgui.store.person_forget import is_nobody

person, household, binding, account = tables.person, tables.household, tables.binding, tables.account
_ESCAPE = "/"
_PART = 6
"""So many digits are looked for anywhere in an ID number; fewer at its end only."""


class Hit(NamedTuple):
    """A person of the directory as they stand: the row, the household with its title and place, the rows of the
    register in which they authorize (`gives`) and are authorized (`takes`), what the account holds (None without)."""

    id: int
    household: int
    title: str
    place: str
    person: Person
    gives: int
    takes: int
    money: Fen | None


class Term(NamedTuple):
    """What somebody looks for: text of a name, letters of how it sounds, the end of a number; "" where none is."""

    text: str = ""
    sound: str = ""
    number: str = ""


def _like(pattern: str, before: str = "", after: str = "") -> str:
    for sign in (_ESCAPE, "%", "_"):
        pattern = pattern.replace(sign, _ESCAPE + sign)
    return f"{before}{pattern}{after}"


class _Way(NamedTuple):
    """How a part of a term matches at all, and the better matches, the best first."""

    at_all: ColumnElement[bool]
    better: tuple[ColumnElement[bool], ...]


def _by_text(text: str) -> _Way:
    name = person.c.name
    better = (name == text, name.like(_like(text, after="%"), escape=_ESCAPE))
    return _Way(name.like(_like(text, "%", "%"), escape=_ESCAPE), better)


def _by_sound(sound: str) -> _Way:
    """A whole word (pinyin or initials), the beginning of a word, anywhere."""
    heard = literal(" ").concat(person.c.sound).concat(" ")
    words = [heard.like(_like(sound, "% ", after), escape=_ESCAPE) for after in (" %", "%")]
    return _Way(person.c.sound.like(_like(sound, "%", "%"), escape=_ESCAPE), tuple(words))


def _by_number(number: str) -> _Way:
    ends = [column.like(_like(number, "%"), escape=_ESCAPE) for column in (person.c.id_number, person.c.phone)]
    if len(number) >= _PART:
        inside = person.c.id_number.like(_like(number, "%", "%"), escape=_ESCAPE)
        return _Way(or_(inside, ends[1]), (person.c.id_number == number, ends[0]))
    return _Way(or_(*ends), (person.c.id_number == number, ends[0]))


def _ways(term: Term) -> list[_Way]:
    """Each part of a term."""
    given = ((term.text, _by_text), (term.sound, _by_sound), (term.number, _by_number))
    return [way(part) for part, way in given if part]


def _matching(term: Term, place: str | None) -> tuple[ColumnElement[bool], ColumnElement[int]]:
    """Who matches, and how well (0 is best)."""
    parts = _ways(term)
    conditions: list[ColumnElement[bool]] = [part.at_all for part in parts]
    if place is not None:
        homes = select(household.c.id).where(household.c.place == place)
        conditions.append(person.c.household_id.in_(homes))
    rank: ColumnElement[int] = literal(0)
    if parts:
        better = parts[0].better
        rank = case(*((step, number) for number, step in enumerate(better)), else_=len(better))
    return and_(literal(True), *conditions), rank


def find(
    connection: Connection,
    term: Term,
    *,
    limit: int,
    offset: int = 0,
    place: str | None = None,
    day: date | None = None,
) -> list[Hit]:
    """Who matches, best first, then by sound. `place` is that of the household; with a `day` only rows of the register
    that are open on it count."""
    matches, rank = _matching(term, place)
    wanted = select(person.c.id).where(matches)
    wanted = wanted.order_by(rank, person.c.sound, person.c.name, person.c.id).limit(limit).offset(offset)
    return hits(connection, list(connection.scalars(wanted)), day)


def count(connection: Connection, term: Term, *, place: str | None = None) -> int:
    """How many match."""
    matches, _ = _matching(term, place)
    return connection.scalar(select(func.count()).select_from(person).where(matches)) or 0


def hits(connection: Connection, ids: Sequence[int], day: date | None = None) -> list[Hit]:
    """These persons in this order; ids that nobody has are left out."""
    wanted = (
        select(
            person,
            household.c.title,
            household.c.place.label("home"),
            _bound(binding.c.authorizer_id, day).label("gives"),
            _bound(binding.c.user_id, day).label("takes"),
            (account.c.current + account.c.prior_years).label("money"),
        )
        .join_from(person, household, person.c.household_id == household.c.id)
        .outerjoin(account, account.c.person_id == person.c.id)
        .where(person.c.id.in_(ids))
    )
    found = {
        row["id"]: Hit(
            row["id"],
            row["household_id"],
            row["title"],
            row["home"],
            standing_person(row),
            row["gives"],
            row["takes"],
            row["money"],
        )
        for row in connection.execute(wanted).mappings()
    }
    return [found[key] for key in ids if key in found]


def _bound(side: ColumnElement[int], day: date | None) -> ColumnElement[int]:
    counted: Select[Any] = select(func.count()).where(side == person.c.id)
    if day is not None:
        last, gone = binding.c.ends, binding.c.unbound_on
        counted = counted.where(or_(last.is_(None), last >= day.isoformat()))
        counted = counted.where(or_(gone.is_(None), gone > day.isoformat()))
    return counted.correlate(person).scalar_subquery()


class Pair(NamedTuple):
    """Two rows that may be one person: their ids, the older first, and why ("number", "born", "phone")."""

    first: int
    second: int
    why: str


def alike(connection: Connection, limit: int) -> list[Pair]:
    """Rows that may be of one person: the same ID number; or the same name with the same day of birth or phone, unless
    their numbers differ. The surest come first."""
    found: dict[tuple[int, int], Pair] = {}
    one, other = person.alias("one"), person.alias("other")
    numbers = select(person.c.id_number).where(person.c.id_number != "").group_by(person.c.id_number)
    numbers = numbers.having(func.count() > 1)
    same = and_(one.c.id_number == other.c.id_number, one.c.id < other.c.id)
    wanted = select(one.c.id, other.c.id).join_from(one, other, same).where(one.c.id_number.in_(numbers))
    for first, second in connection.execute(wanted.order_by(one.c.id, other.c.id).limit(limit)):
        found[first, second] = Pair(first, second, "number")
    for pair in _namesakes(connection):
        if len(found) >= limit:
            break
        found.setdefault((pair.first, pair.second), pair)
    return list(found.values())


def _namesakes(connection: Connection) -> list[Pair]:
    names = (
        select(person.c.name)
        .where(person.c.name != "", ~is_nobody(person.c.name))
        .group_by(person.c.name)
        .having(func.count() > 1)
    )
    one, other = person.alias("one"), person.alias("other")
    unlike = and_(one.c.id_number != "", other.c.id_number != "", one.c.id_number != other.c.id_number)
    phone = and_(one.c.phone != "", one.c.phone == other.c.phone)
    born = and_(_born(one) != "", _born(one) == _born(other))
    wanted = (
        select(one.c.id, other.c.id, case((born, "born"), else_="phone"))
        .join_from(one, other, and_(one.c.name == other.c.name, one.c.id < other.c.id))
        .where(one.c.name.in_(names), ~unlike, or_(born, phone))
        .order_by(one.c.id, other.c.id)
        .limit(1000)
    )
    return [Pair(*row) for row in connection.execute(wanted)]


def _born(row: FromClause) -> ColumnElement[str]:
    """The day of birth, told or inside the ID number, as eight digits; "" where nobody knows."""
    told = func.replace(row.c.born, "-", "")
    return func.coalesce(told, func.substr(row.c.id_number, 7, 8))


def same_number(connection: Connection, number: str) -> list[int]:
    """Everybody with this ID number."""
    return list(connection.scalars(select(person.c.id).where(person.c.id_number == number).order_by(person.c.id)))
