"""What the binding page shows, as plain values: register rows, the form's draft, checks in words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from famgui.domain.identity import Relation
from famgui.domain.money import Fen

ChipKind: TypeAlias = Literal["plain", "accent", "warning", "danger"]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row of the register. `open` while it can still be unbound; `rank` sorts states as people look for them."""

    authorizer_id: str
    user_id: str
    authorizer: str
    user: str
    relation: str
    starts: date
    ends: date | None
    validity: str
    state: str
    kind: ChipKind
    rank: int
    shared: Fen
    open: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A binding as the form has it; "" where nothing is chosen yet, `ends` None for an open end."""

    authorizer: str
    user: str
    relation: Relation | Literal[""]
    starts: date
    ends: date | None
    priority: int = 1


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check in words: ✓ passed, ✗ failed, ! look again, · not asked yet; `kind` is the mark's label kind."""

    mark: Literal["✓", "✗", "!", "·"]
    kind: Literal["good", "problem", "warning", "note"]
    text: str
    clause: str = ""
    weak: bool = False
