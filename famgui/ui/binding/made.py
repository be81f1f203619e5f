"""What was recorded about bindings since the program started, whoever recorded it, and what each is called."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TypeAlias

from famgui.domain.household import Amend, Bind, Event, Reorder, Unbind
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr

Made: TypeAlias = tuple[int, tuple[str, ...]]
"""Events recorded together: the household and their handles."""
_UNDOABLE = (Bind, Unbind, Amend, Reorder)
_TOLD = 2


class MadeHere:
    """`look` after every change: events that have come to the household at hand since then can be taken out again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._here_before = frozenset(desk.titles)
        self._known: dict[int, tuple[str, ...]] = {}
        self._said: dict[Made, str] = {}
        self.look()

    def look(self) -> None:
        """Notice what has come to the household at hand, and what is gone."""
        live = self._desk.live
        if live is None:
            return
        events = live.household.events
        handles = tuple(event.id for event in events)
        before = self._known.get(live.id, handles if live.id in self._here_before else ())
        self._known[live.id] = handles
        if handles == before:
            return
        held = set(handles)
        self._said = {one: said for one, said in self._said.items() if one[0] != live.id or held.issuperset(one[1])}
        if handles[: len(before)] != before:
            return
        new = events[len(before) :]
        last = tuple(takewhile(lambda event: isinstance(event, _UNDOABLE), reversed(new)))[::-1]
        if last:
            told = list(self._words(last, events[: len(events) - len(last)]))
            more = len(told) - _TOLD
            text = tr(", ").join(told[:_TOLD])
            said = text if more <= 0 else tr("{what} and {count} more", what=text, count=more)
            self._said[live.id, tuple(event.id for event in last)] = said

    def _words(self, events: Sequence[Event], before: Sequence[Event]) -> Iterator[str]:
        """What each event is called."""
        live, names = self._desk.live, self._desk.names
        rows = () if live is None else live.household.bindings
        bound = {(row.authorizer, row.user) for row in rows}
        bound |= {(one.binding.authorizer, one.binding.user) for one in before if isinstance(one, Bind)}
        for event in events:
            if isinstance(event, Bind):
                pair = (event.binding.authorizer, event.binding.user)
                values = {"authorizer": names[pair[0]], "user": names[pair[1]]}
                again = pair in bound
                yield (
                    tr("renewal {authorizer} → {user}", **values)
                    if again
                    else tr("binding {authorizer} → {user}", **values)
                )
                bound.add(pair)
            elif isinstance(event, Unbind):
                values = {"authorizer": names[event.authorizer], "user": names[event.user]}
                yield tr("Unbind {authorizer} → {user}", **values)
            elif isinstance(event, Reorder):
                yield tr("order of payment for {name}", name=names[event.user])
            elif isinstance(event, Amend):
                yield tr("facts of {name}", name=names[event.person])

    def __contains__(self, made: Made) -> bool:
        return made in self._said

    def forget(self, made: Made) -> None:
        """These have been taken out."""
        self._said.pop(made, None)

    def said(self, made: Made) -> str:
        """What these events are called."""
        return self._said.get(made, "")

    @property
    def last(self) -> Made | None:
        """What was recorded last, if it is still the last of the household at hand."""
        live = self._desk.live
        if live is None:
            return None
        events = live.household.events
        for home, handles in reversed(self._said):
            if home == live.id and {event.id for event in events[-len(handles) :]} == set(handles):
                return home, handles
        return None
