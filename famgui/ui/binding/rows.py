"""What the register page shows, as plain values: rows, limits, a pair's past."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.money import Fen
from famgui.usecase.register import RowState

ChipKind: TypeAlias = Literal["plain", "accent", "warning", "danger"]
Scope: TypeAlias = Literal["household", "book"]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of the register with the names of the two. `open` while it can still be unbound; `rank` sorts states as
    people look for them; `days` until it ends; `shared` (fen) is None where it is not asked for; `title` and
    `place` are the household's; `key` is what pages of the whole book go by."""

    id: int
    household: int
    binding: Binding
    authorizer: str
    user: str
    relation: str
    validity: str
    state: RowState
    said: str
    kind: ChipKind
    rank: int
    days: int | None
    open: bool
    shared: Fen | None = None
    title: str = ""
    place: str = ""
    key: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two by their handles."""
        return self.binding.authorizer, self.binding.user

    @property
    def ends(self) -> date:
        """The last day, the end of time where there is none."""
        return self.binding.ends or date.max


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows of the whole book: of a state, of a place, with words in a name; empty for any."""

    state: RowState | None = None
    place: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class LimitChip:
    """Places taken of those that the place allows: whose they are, the word, and the clause behind it."""

    whose: str
    text: str
    kind: ChipKind
    clause: str
    weak: bool


@dataclass(frozen=True, slots=True)
class PastLine:
    """One thing that happened to a pair, with the clause that allowed it."""

    day: date
    text: str
    about: str = ""
    clause: str = ""
