"""Undo what was just recorded about bindings and facts: the household's last events are taken out of the book again.

Money is never undone this way (`usecase.undo` refunds it); what is taken out leaves its text in the audit trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from famgui.domain.changes import Changes
from famgui.domain.household import Bind, Household, Unbind, by_date
from famgui.domain.rulebook import RuleBook
from famgui.domain.timeline import Outcome, Running
from famgui.store import household as rows
from famgui.store import record as journal
from famgui.store.audit import AuditLine, note
from famgui.store.book import Book, Kept, Writing
from famgui.store.retract import LastEvent, RowAsItStands, last_events, put_persons, put_register, take_out
from famgui.usecase.household import LiveHousehold, RulesOf, differences
from famgui.usecase.trial import Recorded, Refusal

KINDS: frozenset[str] = frozenset({"bind", "unbind", "amend", "reorder"})
"""The events that can be taken out: they move no money of their own."""


class Replayed(NamedTuple):
    """A household's events computed anew: the state after the last, the outcomes in the order of the file, and for each
    row of the register by which event it came and by which it was unbound."""

    running: Running
    outcomes: tuple[Outcome, ...]
    register: tuple[RowAsItStands, ...]


def retract(book: Book, rules_of: RulesOf, household_id: int, handles: Sequence[str], *, now: datetime) -> Recorded:
    """Take a household's last events out of the book: just these, named in any order, in one transaction.

    They must be of `KINDS`, recorded in this book and not imported with it; papers and steps ticked off go with them.
    An audit entry "undo bind" keeps each one's text. Refused, and nothing changed: NOT_LAST_EVENTS, NOT_UNDOABLE,
    IMPORTED, or RULES_CHANGED where what is left would not compute to what is written. Raises `NoSuchHousehold`,
    `BookTrouble`, and what `rules_of` raises."""
    with book.write("undo", now) as tx:
        tx.silent = True
        last = last_events(tx.connection, household_id, len(set(handles)))
        refusals = tuple(_refusals(last, handles))
        changes = Changes()
        if not refusals:
            changes, refusals = _take_out(tx, rules_of, household_id, last)
        if refusals:
            tx.abandon()
            return Recorded(None, refusals=refusals)
        for event in last:
            note(tx.connection, AuditLine(now, f"undo {event.type}", household_id, None, event.body))
    return Recorded(None, changes)


def _refusals(last: Sequence[LastEvent], handles: Sequence[str]) -> Iterator[Refusal]:
    """Why these cannot be taken out, by what the book says of its last events."""
    others = set(handles) - {event.handle for event in last}
    if others or not handles:
        yield Refusal("NOT_LAST_EVENTS", (("id", ", ".join(sorted(others))),))
        return
    for event in last:
        if event.type not in KINDS:
            yield Refusal("NOT_UNDOABLE", (("id", event.handle),))
        elif not event.noted:
            yield Refusal("IMPORTED", (("id", event.handle),))


def _take_out(
    tx: Writing, rules_of: RulesOf, household_id: int, last: Sequence[LastEvent]
) -> tuple[Changes, tuple[Refusal, ...]]:
    """Remove the events and put the rest as it is without them; why the book may not stay so, if it may not."""
    connection = tx.connection
    changes = take_out(connection, [event.id for event in last])
    title, household = rows.read_household(connection, household_id)
    again = replay(household, rules_of(household.place))
    running, outcomes, register = again
    bindings = put_register(connection, household_id, register)
    persons = put_persons(connection, household_id, running.persons, running.balances)
    unlike = differences(connection, household_id, running, outcomes)
    drift = tuple(dict.fromkeys(found.subject for found in unlike))
    if drift:
        return changes, (Refusal("RULES_CHANGED", (("subjects", drift),)),)
    keys = rows.read_keys(connection, household_id, household.events)
    live = LiveHousehold(household_id, title, household, running, outcomes, (), keys)
    tx.kept[household_id] = Kept(journal.last_seq(connection, household_id), live)
    return changes | Changes(frozenset({household_id}), persons, bindings), ()


def replay(household: Household, rules: RuleBook) -> Replayed:
    """Compute the events in order and follow every row of the register while they do."""
    running = Running(household, rules)
    outcomes: dict[int, Outcome] = {}
    bound_by: list[str | None] = [None] * len(running.register)
    unbound_by: list[str | None] = [None] * len(running.register)
    for index in by_date(household.events):
        before, event = list(running.register), household.events[index]
        outcome = outcomes[index] = running.apply(event)
        if outcome.status == "refused":
            continue
        if isinstance(event, Bind):
            bound_by.append(event.id)
            unbound_by.append(None)
        elif isinstance(event, Unbind):
            for place, row in enumerate(before):
                if running.register[place] != row:
                    unbound_by[place] = event.id
    register = tuple(
        RowAsItStands(came, row.priority, row.unbound_on, gone)
        for came, row, gone in zip(bound_by, running.register, unbound_by, strict=True)
    )
    return Replayed(running, tuple(outcomes[index] for index in range(len(outcomes))), register)
