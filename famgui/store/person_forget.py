"""What makes somebody known is taken out of the rows; what was recorded stays."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, or_, select, text, update

from famgui.domain.household import Bind, Event, Refund, Unbind
from famgui.store import tables
from famgui.store.eventtext import event_text, iso
from famgui.store.person_change import events_of, given, place_of, remembered

person, history, binding, attachment = tables.person, tables.person_history, tables.binding, tables.attachment
event, audit, draft, household = tables.event, tables.audit, tables.draft, tables.household

GONE = "—"
"""What stands where a name stood, in every language."""
_NOBODY = "已匿名 {number}"
_KNOWN_BY = ("name", "id_number", "phone")
_SHORTEST = 2


class Marks(NamedTuple):
    """What somebody is known by: words (names, numbers, phones, of now and of before), and those of them that nobody
    else can have."""

    words: tuple[str, ...]
    sure: tuple[str, ...]


def marks(connection: Connection, person_id: int) -> Marks:
    """All that a person's row says of who they are, and has said."""
    now = given(connection, person_id)
    said = [{name: getattr(now, name) for name in _KNOWN_BY}]
    said += [entry.before for entry in remembered(connection, person_id)]
    found = {name: [str(one[name]) for one in said if one.get(name)] for name in _KNOWN_BY}
    sure = dict.fromkeys((*found["id_number"], *found["phone"]))
    words = dict.fromkeys((*sure, *(name for name in found["name"] if len(name) >= _SHORTEST)))
    return Marks(tuple(words), tuple(sure))


def without(said: str, words: Iterable[str]) -> str:
    """A text in which none of these words stands any more."""
    for word in sorted(words, key=len, reverse=True):
        said = said.replace(word, GONE)
    return said


def erase_securely(connection: Connection, on: bool) -> None:
    """Let the database write zeros over what is deleted."""
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA secure_delete = {'ON' if on else 'OFF'}"))


def nobody_name(handle: str) -> str:
    """What somebody is called, in every language, of whom it is not known any more who they were; by a plain handle."""
    return _NOBODY.format(number=handle.removeprefix("p"))


def is_nobody(name: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a name is one that was given when a person was made anonymous."""
    return name.startswith(_NOBODY.format(number=""))


def erase_person(connection: Connection, person_id: int, born: date | None) -> None:
    """Take name, numbers and day of birth out of a person's row and all that it said before."""
    nobody = update(person).where(person.c.id == person_id)
    name = nobody_name(place_of(connection, person_id).handle)
    connection.execute(nobody.values(name=name, sound="", id_number="", phone="", born=iso(born)))
    connection.execute(delete(history).where(history.c.person_id == person_id))


def _bound(person_id: int) -> ColumnElement[bool]:
    return or_(binding.c.authorizer_id == person_id, binding.c.user_id == person_id)


def erase_papers(connection: Connection, person_id: int) -> int:
    """Take the papers of a person's bindings away, their names too; how many there were."""
    asked = select(binding.c.bound_by_id).where(_bound(person_id), binding.c.bound_by_id.is_not(None))
    empty = {"name": GONE, "content": b"", "sha256": hashlib.sha256(b"").hexdigest()}
    papers = update(attachment).where(attachment.c.event_id.in_(asked), attachment.c.name != GONE)
    found = connection.execute(papers.values(empty)).rowcount
    connection.execute(update(binding).where(_bound(person_id), binding.c.proof != "").values(proof=GONE))
    return found


def erase_in_events(connection: Connection, household_id: int, handle: str, words: Iterable[str]) -> int:
    """Take a person out of what people wrote into events: reasons, and the names of their papers; how many changed."""
    changed = 0
    for key, one in events_of(connection, household_id).items():
        now = _without(one, handle, words)
        if now != one:
            connection.execute(update(event).where(event.c.id == key).values(body=event_text(now)))
            changed += 1
    return changed


def _without(one: Event, handle: str, words: Iterable[str]) -> Event:
    if isinstance(one, Refund | Unbind):
        return replace(one, reason=without(one.reason, words))
    if isinstance(one, Bind) and one.binding.proof and handle in (one.binding.authorizer, one.binding.user):
        return replace(one, binding=replace(one.binding, proof=GONE))
    return one


def erase_in_trail(connection: Connection, household_id: int, words: Iterable[str]) -> int:
    """Take these words out of what the audit trail says of a household; how many entries changed."""
    changed = 0
    for key, detail in _rows(connection, audit.c.id, audit.c.detail, audit.c.household_id == household_id):
        now = without(detail, words)
        if now != detail:
            connection.execute(update(audit).where(audit.c.id == key).values(detail=now))
            changed += 1
    return changed


def _rows(connection: Connection, *columns: Any) -> list[Any]:
    *wanted, condition = columns
    return list(connection.execute(select(*wanted).where(condition)).all())


def erase_drafts(connection: Connection, household_id: int, found: Marks) -> int:
    """Forget what is half-done and names a person: any draft with their numbers, the household's with their name."""
    gone = [
        key
        for key, kind, body in connection.execute(select(draft.c.id, draft.c.kind, draft.c.body))
        if any(word in body for word in (found.words if kind.endswith(f"-{household_id}") else found.sure))
    ]
    connection.execute(delete(draft).where(draft.c.id.in_(gone)))
    return len(gone)


def erase_title(connection: Connection, household_id: int, words: Iterable[str], instead: str) -> bool:
    """Call a household otherwise when it is called after a person; whether it was."""
    title = connection.scalar(select(household.c.title).where(household.c.id == household_id)) or ""
    if without(title, words) == title:
        return False
    connection.execute(update(household).where(household.c.id == household_id).values(title=instead))
    return True
