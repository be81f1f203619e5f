"""One person's rows: brought in, corrected in place with what they said before, taken out when nothing needs them."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from famgui.base.pinyin import sound_of
from famgui.domain.household import Event
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.domain.renaming import named_in
from famgui.store import tables
from famgui.store.eventtext import canonical, event_from, iso
from famgui.store.household import NoSuchHousehold, person_from
from famgui.store.register import facts_text

person, account, event, binding = tables.person, tables.account, tables.event, tables.binding
posting, settlement, used, history = tables.posting, tables.settlement, tables.used_before, tables.person_history
household, audit, draft = tables.household, tables.audit, tables.draft

_FORM = re.compile(r"p([0-9]{1,9})")


class Place(NamedTuple):
    """Where a person stands: the household and the handle within it."""

    household: int
    handle: str


class Ties(NamedTuple):
    """What refers to a person: rows of the register, events that name them, postings on their account, years told from
    before the first event."""

    bindings: int = 0
    events: int = 0
    postings: int = 0
    used: int = 0

    @property
    def none(self) -> bool:
        """Whether nothing would miss the person; what was used before is the person's own."""
        return not (self.bindings or self.events or self.postings)


NO_TIES = Ties()
"""Nothing refers to them."""


def place_of(connection: Connection, person_id: int) -> Place:
    """Where a person is. Raises `NoSuchHousehold` for an id that nobody has."""
    wanted = select(person.c.household_id, person.c.handle).where(person.c.id == person_id)
    found = connection.execute(wanted).first()
    if found is None:
        raise NoSuchHousehold(person_id)
    return Place(*found)


def given(connection: Connection, person_id: int) -> Person:
    """A person as given before the first event."""
    return person_from(connection.execute(select(person).where(person.c.id == person_id)).mappings().one())


def fresh_handle(taken: Iterable[str]) -> str:
    """The next of p1, p2 ...: a handle says nothing about whom it stands for."""
    numbers = (int(found[1]) for handle in taken if (found := _FORM.fullmatch(handle)))
    return f"p{max(numbers, default=0) + 1}"


def is_plain(handle: str) -> bool:
    """Whether a handle is one of p1, p2 ..."""
    return _FORM.fullmatch(handle) is not None


def handles(connection: Connection, household_id: int) -> dict[str, int]:
    """The household's persons by handle, in their order."""
    wanted = select(person.c.handle, person.c.id).where(person.c.household_id == household_id)
    return {row.handle: row.id for row in connection.execute(wanted.order_by(person.c.position))}


def events_of(connection: Connection, household_id: int) -> dict[int, Event]:
    """A household's events by row, in the order of its file."""
    wanted = select(event.c.id, event.c.body).where(event.c.household_id == household_id).order_by(event.c.seq)
    return {key: event_from(body) for key, body in connection.execute(wanted)}


def ties(connection: Connection, person_id: int) -> Ties:
    """What refers to a person."""
    home, handle = place_of(connection, person_id)
    bound = or_(binding.c.authorizer_id == person_id, binding.c.user_id == person_id)
    counted = {
        table: connection.scalar(select(func.count()).select_from(table).where(condition)) or 0
        for table, condition in (
            (binding, bound),
            (posting, posting.c.person_id == person_id),
            (used, used.c.person_id == person_id),
        )
    }
    named = sum(handle in named_in(one) for one in events_of(connection, home).values())
    return Ties(counted[binding], named, counted[posting], counted[used])


def holds_money(connection: Connection, person_id: int) -> bool:
    """Whether the person's account has ever held or moved money."""
    moved = connection.execute(select(posting.c.id).where(posting.c.person_id == person_id).limit(1)).first()
    total: Fen = (
        connection.scalar(
            select(account.c.opening_current + account.c.opening_prior_years).where(account.c.person_id == person_id)
        )
        or 0
    )
    return moved is not None or total > 0


def rewrite(connection: Connection, person_id: int, one: Person) -> None:
    """Let a person's row say this; handle, place in the household and what events changed stay."""
    connection.execute(
        update(person)
        .where(person.c.id == person_id)
        .values(
            name=one.name,
            sound=sound_of(one.name),
            id_number=one.id_number,
            phone=one.phone,
            born=iso(one.born),
            insurance=one.insurance,
            status=one.status,
            insured_place=one.insured_place,
            has_account=one.has_account,
            concession=one.concession,
            tier=one.tier,
            suspended=iso(one.suspended),
        )
    )


def remember(connection: Connection, person_id: int, action: str, before: Mapping[str, object], now: datetime) -> None:
    """Keep what a person's row said: fields and their old values (days as ISO text)."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in before.items()}
    row = {"person_id": person_id, "at": now.isoformat(), "action": action, "before": canonical(plain)}
    connection.execute(insert(history), row)


class Remembered(NamedTuple):
    """One entry of a person's history: when, what was done, and the fields with what they said before."""

    at: datetime
    action: str
    before: dict[str, object]


def remembered(connection: Connection, person_id: int) -> list[Remembered]:
    """What a person's row said before, oldest first."""
    wanted = select(history.c.at, history.c.action, history.c.before).where(history.c.person_id == person_id)
    rows = connection.execute(wanted.order_by(history.c.id))
    return [Remembered(datetime.fromisoformat(at), action, json.loads(before)) for at, action, before in rows]


def stand(connection: Connection, person_id: int, now: Person) -> None:
    """Note how a person stands after all events, beside what was given."""
    text = facts_text(given(connection, person_id), now)
    connection.execute(update(person).where(person.c.id == person_id).values(amended=text))


def fit_account(connection: Connection, person_id: int, has: bool, opened_by: int | None) -> bool:
    """Let a person have an account, from before the first event or from an event on, or none; False where an account
    with money would have to go."""
    row = connection.execute(select(account.c.person_id).where(account.c.person_id == person_id)).first()
    if has and row is None:
        values = dict.fromkeys(("opening_current", "opening_prior_years", "current", "prior_years"), 0)
        connection.execute(insert(account), {"person_id": person_id, "opened_by_id": opened_by, **values})
    elif has:
        connection.execute(update(account).where(account.c.person_id == person_id).values(opened_by_id=opened_by))
    elif row is not None:
        if holds_money(connection, person_id):
            return False
        connection.execute(delete(account).where(account.c.person_id == person_id))
    return True


def take_out(connection: Connection, person_id: int) -> None:
    """Delete a person whom nothing refers to, with all that is their own."""
    for table in (history, account, used):
        connection.execute(delete(table).where(table.c.person_id == person_id))
    connection.execute(delete(person).where(person.c.id == person_id))


def take_out_household(connection: Connection, household_id: int) -> None:
    """Delete a household that nothing is left of; what the audit trail says of it stays, about no household."""
    drop_drafts(connection, household_id)
    nowhere = update(audit).where(audit.c.household_id == household_id)
    connection.execute(nowhere.values(household_id=None, detail=""))
    connection.execute(delete(household).where(household.c.id == household_id))


def drop_drafts(connection: Connection, household_id: int) -> None:
    """Forget what was half-done for a household that goes: its number may be given again."""
    connection.execute(delete(draft).where(draft.c.kind.like(f"%-{household_id}")))


def recorded_at(connection: Connection, household_id: int) -> dict[str, datetime]:
    """When a household's events were written down, by handle."""
    wanted = select(event.c.handle, event.c.recorded_at).where(event.c.household_id == household_id)
    return {handle: datetime.fromisoformat(at) for handle, at in connection.execute(wanted)}


def entered_at(connection: Connection, household_id: int, person_id: int) -> datetime:
    """When a person came into the book: with the household, or later by a command of their own."""
    own = select(func.min(history.c.at)).where(history.c.person_id == person_id, history.c.action == "add")
    home = select(household.c.created_at).where(household.c.id == household_id)
    return datetime.fromisoformat(connection.scalar(own) or connection.scalar(home) or "")
