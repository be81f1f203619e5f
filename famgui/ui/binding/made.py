"""What was recorded about bindings since the program started, whoever recorded it, and what each is called."""

from collections.abc import Iterator
from typing import TypeAlias

from famgui.domain.household import Amend, Bind, Reorder, Unbind
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.since import Arrived

Made: TypeAlias = tuple[int, tuple[str, ...]]
"""Events recorded together: the household and their handles."""
_TOLD = 2


class MadeHere:
    """What can be taken out again of what the desk has seen come, this page built or not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _groups(self) -> Iterator[tuple[Made, Arrived]]:
        """What came, the latest first."""
        for one in reversed(() if self._desk.since is None else self._desk.since.groups):
            yield (one.household, one.handles), one

    def __contains__(self, made: Made) -> bool:
        return any(made == one for one, _ in self._groups())

    def forget(self, made: Made) -> None:
        """These have been taken out."""
        if self._desk.since is not None:
            self._desk.since.forget(*made)

    def said(self, made: Made) -> str:
        """What these events are called."""
        found = next((group for one, group in self._groups() if one == made), None)
        if found is None:
            return ""
        told = list(_words(found))
        more = len(told) - _TOLD
        text = tr(", ").join(told[:_TOLD])
        return text if more <= 0 else tr("{what} and {count} more", what=text, count=more)

    @property
    def last(self) -> Made | None:
        """What was recorded last, if it is still the last of the household at hand."""
        live = self._desk.live
        if live is None:
            return None
        events = live.household.events
        for made, _ in self._groups():
            home, handles = made
            if home == live.id and {event.id for event in events[-len(handles) :]} == set(handles):
                return made
        return None


def _words(group: Arrived) -> Iterator[str]:
    """What each event is called."""
    names, bound = group.names, set(group.bound)
    for event in group.events:
        if isinstance(event, Bind):
            pair = (event.binding.authorizer, event.binding.user)
            values = {"authorizer": names[pair[0]], "user": names[pair[1]]}
            again = pair in bound
            words = tr("renewal {authorizer} → {user}", **values)
            yield words if again else tr("binding {authorizer} → {user}", **values)
            bound.add(pair)
        elif isinstance(event, Unbind):
            values = {"authorizer": names[event.authorizer], "user": names[event.user]}
            yield tr("Unbind {authorizer} → {user}", **values)
        elif isinstance(event, Reorder):
            yield tr("order of payment for {name}", name=names[event.user])
        elif isinstance(event, Amend):
            yield tr("facts of {name}", name=names[event.person])
