"""What has come to households since the program took their book up, whoever recorded it, group by group as it came."""

from collections.abc import Collection, Mapping
from itertools import takewhile
from typing import NamedTuple

from famgui.domain.household import Amend, Bind, Event, Reorder, Unbind
from famgui.usecase.household import LiveHousehold

UNDOABLE = (Bind, Unbind, Amend, Reorder)
"""What moves no money and can be taken out of a household again while nothing comes after it."""


class Arrived(NamedTuple):
    """Events recorded together that can be taken out again: their household, what everybody is called there, and the
    pairs (authorizer, user) that had been bound before them."""

    household: int
    events: tuple[Event, ...]
    names: Mapping[str, str]
    bound: frozenset[tuple[str, str]]

    @property
    def handles(self) -> tuple[str, ...]:
        """The events' handles."""
        return tuple(event.id for event in self.events)


class SinceStart:
    """`look` whenever a household comes to hand or has changed. `here_before` are the households of the book when it
    was taken up: what those hold when they first come to hand was there before."""

    def __init__(self, here_before: Collection[int]) -> None:
        self._here_before = frozenset(here_before)
        self._known: dict[int, tuple[str, ...]] = {}
        self.groups: tuple[Arrived, ...] = ()
        """In the order in which they came."""

    def look(self, live: LiveHousehold) -> None:
        """Notice what has come to a household, and what is gone."""
        events = live.household.events
        handles = tuple(event.id for event in events)
        before = self._known.get(live.id, handles if live.id in self._here_before else ())
        self._known[live.id] = handles
        if handles == before:
            return
        held = set(handles)
        self.groups = tuple(one for one in self.groups if one.household != live.id or held.issuperset(one.handles))
        if handles[: len(before)] != before:
            return
        new = events[len(before) :]
        last = tuple(takewhile(lambda event: isinstance(event, UNDOABLE), reversed(new)))[::-1]
        if last:
            earlier = events[: len(events) - len(last)]
            bound = {(row.authorizer, row.user) for row in live.household.bindings}
            bound |= {(one.binding.authorizer, one.binding.user) for one in earlier if isinstance(one, Bind)}
            names = {person.id: person.name or person.id for person in live.persons}
            self.groups = (*self.groups, Arrived(live.id, last, names, frozenset(bound)))

    def forget(self, household: int, handles: tuple[str, ...]) -> None:
        """These have been taken out."""
        self.groups = tuple(one for one in self.groups if (one.household, one.handles) != (household, handles))
        if household in self._known:
            self._known[household] = tuple(one for one in self._known[household] if one not in handles)
