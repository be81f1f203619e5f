"""What is said of persons and edges: to screen readers, in tooltips, in the legend."""

from collections.abc import Mapping, Sequence

from famgui.domain.money import grouped
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.familymap.figures import ENDED, EdgeState, MapEdge, MapPerson, PersonState


def state_word(state: EdgeState) -> str:
    """The word for the state of a binding."""
    return {
        "in-force": tr("in force"),
        "expiring": tr("ends soon"),
        "upcoming": tr("to come"),
        "expired": tr("expired"),
        "unbound": tr("unbound"),
    }[state]


def amount_text(edge: MapEdge, *, with_relation: bool) -> str:
    """What stands on an edge; "" where an ended or coming binding has shared nothing."""
    quiet = edge.state in ENDED or edge.state == "upcoming"
    amount = "" if quiet and not edge.amount else grouped(edge.amount)
    mark = "!" if edge.state == "expiring" else ""
    return " ".join(part for part in (mark, edge.relation if with_relation else "", amount) if part)


def note_text(person: MapPerson) -> str:
    """The line below a name; a mark before it says without colour that something ends soon."""
    return f"! {person.note}" if person.state == "expiring" else person.note


def edge_words(edge: MapEdge, people: Mapping[str, MapPerson]) -> str:
    """A binding in one sentence."""
    return tr(
        "{authorizer} → {user}, {relation}, {state}, shared this year {amount}",
        authorizer=people[edge.authorizer].name,
        user=people[edge.user].name,
        relation=edge.relation,
        state=state_word(edge.state),
        amount=grouped(edge.amount),
    )


def person_words(person: MapPerson, edges: Sequence[MapEdge], people: Mapping[str, MapPerson]) -> str:
    """A person in one sentence: name, line below it, whose account they use and who uses theirs."""
    said = [person.name, *_person_state(person.state, person.note)]
    pays = [people[edge.user].name for edge in edges if edge.authorizer == person.key]
    uses = [people[edge.authorizer].name for edge in edges if edge.user == person.key]
    if pays:
        said.append(tr("{count} users: {names}", count=len(pays), names=_some(pays)))
    if uses:
        said.append(tr("{count} authorizers: {names}", count=len(uses), names=_some(uses)))
    if not pays and not uses:
        said.append(tr("no binding"))
    return tr("; ").join(said)


def map_words(persons: Sequence[MapPerson], edges: Sequence[MapEdge]) -> str:
    """The whole map in one sentence."""
    return tr("{persons} persons, {edges} bindings", persons=len(persons), edges=len(edges))


def paper_key(edges: Sequence[MapEdge]) -> str:
    """What the lines mean, for below a map on paper: only what is on it."""
    states = {edge.state for edge in edges}
    said = [tr("The accounts at the left pay for the people at the right; the thicker the line, the more this year.")]
    if "expiring" in states:
        said.append(tr("!: ends soon."))
    if "upcoming" in states:
        said.append(tr("Dotted: to come."))
    if states & ENDED:
        said.append(tr("Dashed: ended or unbound."))
    return " ".join(said) if edges else ""


_NAMED = 8
"""So many names are said one by one."""


def _some(names: Sequence[str]) -> str:
    more = "…" if len(names) > _NAMED else ""
    return tr(", ").join(names[:_NAMED]) + more


def _person_state(state: PersonState, note: str) -> list[str]:
    word = {"current": "", "expiring": tr("ends soon"), "ended": tr("ended")}[state]
    return [part for part in (note, word) if part]
