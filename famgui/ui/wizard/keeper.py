"""The half-done binding in the book: what is written down of it, and what comes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from famgui.domain.binding_flow import Flow
from famgui.domain.person import Person
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper
from famgui.ui.shell.i18n import tr
from famgui.ui.wizard import edits
from famgui.ui.wizard.rows import Waiting
from famgui.ui.wizard.words import stage_title
from famgui.usecase.flowtext import flow_data, flow_from

SOON_MS = 200
"""A change is on its way to the disk so soon after it was typed; with the writing no more than 300 ms are lost."""
_KIND = "wizard"


class WizardKeeper(DraftKeeper):
    """One half-done binding for each household, and one for a book that has none yet."""

    delay = SOON_MS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _KIND)

    def _key(self) -> str | None:
        if self._desk.book is None:
            return None
        live = self._desk.live
        return _KIND if live is None else f"{_KIND}-{live.id}"


def body_of(
    flow: Flow, *, apart: bool, guessed: frozenset[str], paths: Mapping[str, tuple[str, ...]], now: datetime
) -> dict[str, Any]:
    """A half-done binding as JSON can hold it; of papers only where they are."""
    return {
        "flow": flow_data(flow),
        "apart": apart,
        "guessed": sorted(guessed),
        "paths": {handle: list(files) for handle, files in paths.items()},
        "at": now.isoformat(timespec="seconds"),
    }


Taken: TypeAlias = tuple[Flow, bool, frozenset[str], dict[str, tuple[str, ...]], str]


def taken_from(body: Mapping[str, Any], persons: Mapping[str, Person]) -> Taken | None:
    """Flow, household of its own, guesses, papers and time of such data; None where it says nothing sensible."""
    try:
        apart = body["apart"] is True
        flow = flow_from(body["flow"], {} if apart else persons)
        at = datetime.fromisoformat(body["at"]).strftime("%H:%M")
        guessed = frozenset(map(str, body["guessed"]))
        paths = {str(handle): tuple(map(str, files)) for handle, files in body["paths"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    if flow is None:
        return None
    return flow, apart, guessed, paths, at


def speaks_of_lost(body: Mapping[str, Any]) -> bool:
    """Whether such data says something sensible, of somebody who is no longer in the household."""
    return taken_from(body, _Anybody()) is not None


class _Anybody(dict[str, Person]):
    """A household in which everybody is."""

    def __contains__(self, handle: object) -> bool:
        return True


def waiting_of(desk: Desk, taken: Taken) -> Waiting:
    """What was found, as it is offered."""
    flow, apart, guessed, paths, at = taken
    names = desk.names | {
        party.handle: party.draft.name or tr("the new person")
        for party in edits.parties(flow.now)
        if party.draft is not None
    }
    users = tr(", ").join(names[wish.party.handle] for wish in flow.now.wishes)
    giver = names[flow.now.authorizer.handle] if flow.now.authorizer is not None else ""
    summary = f"{giver} → {users}" if users else giver
    return Waiting(flow, at, summary, stage_title(flow.now.step), apart, guessed, paths)
