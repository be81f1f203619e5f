"""What the wizard shows, ready to be put on screen: steps, check lines, people to choose from, what was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.binding_flow import Flow
from famgui.domain.binding_wish import State, Step
from famgui.domain.person import Person
from famgui.ui.widgets.placelist import OWN_HOME as OWN_HOME

StageState: TypeAlias = Literal["done", "now", "later"]
Where: TypeAlias = Literal[
    "person", "form", "relation", "starts", "ends", "phone", "id", "proof", "commitment", "check"
]


class StageRow(NamedTuple):
    """One step in the list: its number, its title, whether it lies behind, is at hand or lies ahead."""

    step: Step
    number: int
    title: str
    state: StageState


class CheckLine(NamedTuple):
    """One line of the checks: mark (✓ ! ✗ ·) with the kind of its label, sentence, clause, whether the clause is
    unconfirmed, and the demands (code, user) that may be waived there."""

    mark: str
    kind: str
    text: str
    clause: str = ""
    weak: bool = False
    waive: tuple[tuple[str, str], ...] = ()


class Candidate(NamedTuple):
    """Somebody of the book to choose: their household (its row and title) and handle, and who they are."""

    household: int
    title: str
    person: Person

    @property
    def handle(self) -> str:
        """The handle within the household."""
        return self.person.id


class Blame(NamedTuple):
    """Why Next was refused: what is to be mended and whose, in a sentence."""

    where: Where
    handle: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A half-done binding that was found in the book: everything entered, when it was saved, and who it is about."""

    flow: Flow
    at: str
    summary: str
    stage: str
    apart: bool
    guessed: frozenset[str]
    paths: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Finished:
    """What was recorded: everything entered, by the handles of the book; the household, the events, and the rows of the
    register with their ids."""

    state: State
    household: int
    events: tuple[str, ...]
    ids: tuple[int, ...]
    rows: tuple[Binding, ...]
    day: date
