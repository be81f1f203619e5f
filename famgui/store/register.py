"""What an event changes about the register and the persons: rows bound, unbound, reordered; facts amended."""

from datetime import date

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from famgui.domain.binding import priorities
from famgui.domain.household import Amend, Bind, Reorder, Unbind
from famgui.domain.person import FACTS, Person, amended
from famgui.domain.timeline import Outcome
from famgui.store import tables
from famgui.store.eventtext import canonical, iso
from famgui.store.founding import add_binding
from famgui.store.household import Keys, person_from, standing_person
from famgui.store.rows import AccountRow, Batch

event, person, account, binding = tables.event, tables.person, tables.account, tables.binding

_KNOWN_BY = select(event.c.id).where(event.c.household_id == bindparam("household"), event.c.date <= bindparam("day"))
_OPEN: tuple[ColumnElement[bool], ...] = (
    binding.c.household_id == bindparam("household"),
    binding.c.user_id == bindparam("bound_user"),
    or_(binding.c.unbound_on.is_(None), binding.c.unbound_on > bindparam("day")),
    or_(binding.c.ends.is_(None), binding.c.ends >= bindparam("day")),
    or_(binding.c.bound_by_id.is_(None), binding.c.bound_by_id.in_(_KNOWN_BY)),
)
"""A user's rows that `Binding.open_on` calls open, of those that were there on the day."""
_AS_CAME = (func.coalesce(event.c.date, ""), binding.c.position)
"""The register's order: by the day on which a row came, whenever that was recorded."""
_UNBOUND = select(binding.c.id).where(binding.c.unbound_by_id == bindparam("event"))
_UNBIND = (
    update(binding)
    .where(*_OPEN, binding.c.authorizer_id == bindparam("authorizer"))
    .values(unbound_on=bindparam("day"), unbound_by_id=bindparam("unbound_by"))
)


def change_register(batch: Batch, household_id: int, keys: Keys, outcome: Outcome, event_id: int) -> list[int]:
    """Change the register and the persons as an event did; the rows of the register that are new or different."""
    if outcome.status == "refused":
        return []
    match outcome.event:
        case Bind(binding=row):
            return [add_binding(batch, household_id, keys, row, event_id)]
        case Unbind(authorizer=authorizer, user=user, date=day):
            asked = _asked(household_id, keys.persons[user], day)
            batch.write()
            batch.connection.execute(_UNBIND, {**asked, "authorizer": keys.persons[authorizer], "unbound_by": event_id})
            return list(batch.connection.scalars(_UNBOUND, {"event": event_id}))
        case Reorder():
            return _reorder(batch, household_id, keys, outcome.event)
        case Amend():
            _amend(batch, keys.persons[outcome.event.person], outcome.event, event_id)
    return []


def _asked(household_id: int, user: int, day: date) -> dict[str, object]:
    return {"household": household_id, "bound_user": user, "day": day.isoformat()}


def _reorder(batch: Batch, household_id: int, keys: Keys, reorder: Reorder) -> list[int]:
    batch.write()
    columns = (binding.c.id, binding.c.authorizer_id, binding.c.priority, binding.c.bound_at)
    asked = _asked(household_id, keys.persons[reorder.user], reorder.date)
    wanted = select(*columns).join_from(binding, event, binding.c.bound_by_id == event.c.id, isouter=True)
    rows = batch.connection.execute(wanted.where(*_OPEN).order_by(*_AS_CAME), asked).all()
    named = [keys.persons[who] for who in reorder.authorizers]
    numbers = priorities(named, [(row.authorizer_id, row.priority, row.bound_at) for row in rows])
    for row in rows:
        number = numbers[row.authorizer_id]
        batch.connection.execute(update(binding).where(binding.c.id == row.id).values(priority=number))
    return [row.id for row in rows]


def _amend(batch: Batch, person_id: int, amend: Amend, event_id: int) -> None:
    batch.write()
    connection = batch.connection
    row = connection.execute(select(person).where(person.c.id == person_id)).mappings().one()
    now = amended(standing_person(row), amend.facts)
    connection.execute(update(person).where(person.c.id == person_id).values(amended=facts_text(person_from(row), now)))
    has_row = connection.execute(select(account.c.person_id).where(account.c.person_id == person_id)).first()
    if now.has_account and has_row is None:
        batch.add(AccountRow(person_id, 0, 0, 0, 0, event_id))


def facts_text(given: Person, now: Person) -> str | None:
    """The facts in which a person differs from what was given, as the book keeps them; None where nothing does. Beside
    another insurance stands whether there is an account, which would else go with it."""
    stands: dict[str, object] = {name: getattr(now, name) for name in FACTS}
    facts = {name: value for name, value in stands.items() if value != getattr(given, name)}
    if "insurance" in facts:
        facts["has_account"] = now.has_account
    if not facts:
        return None
    return canonical({name: iso(value) if isinstance(value, date) else value for name, value in facts.items()})
