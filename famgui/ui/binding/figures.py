"""The household at hand as its family map shows it: persons with a line below the name, bindings with their amounts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from famgui.domain.account import Balance
from famgui.domain.money import grouped
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.binding.words import state_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.familymap.figures import MapEdge, MapPerson, PersonState

if TYPE_CHECKING:
    from famgui.domain.person import Person


def map_of(desk: Desk, register: Sequence[RegisterRow]) -> tuple[tuple[MapPerson, ...], tuple[MapEdge, ...]]:
    """Everybody in the household, and its rows of the register."""
    edges = tuple(
        MapEdge(*row.pair, row.relation, row.shared or 0, row.state) for row in register if row.pair[0] != row.pair[1]
    )
    return tuple(_person(desk, person, register) for person in desk.persons), edges


def _person(desk: Desk, person: "Person", register: Sequence[RegisterRow]) -> MapPerson:
    name = desk.names[person.id]
    rows = sorted((row for row in register if person.id in row.pair), key=lambda row: row.rank)
    if person.has_account and desk.live is not None:
        held = desk.live.running.balances.get(person.id, Balance()).total
        return MapPerson(person.id, name, tr("holds {amount}", amount=grouped(held)), "authorizer")
    best = next((row for row in rows if row.pair[1] == person.id), None)
    if best is None:
        return MapPerson(person.id, name)
    if best.state == "in-force":
        note = tr("until {day}", day=best.ends.isoformat()) if best.binding.ends else tr("no last day")
        return MapPerson(person.id, name, note)
    note = state_words(best.state, best.days)[0].split(" ", 1)[1]
    state: PersonState = "expiring" if best.state == "expiring" else "current" if best.state == "upcoming" else "ended"
    return MapPerson(person.id, name, note, "user", state)
