"""A clause as one line of the list of answers."""

from dataclasses import dataclass

from famgui.ui.policy.origin import OriginChip
from famgui.ui.widgets.policy_words import GradeKind


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One line of the list. `spans` are the characters of the statement that answer the query; `why` says why it does,
    once that has been asked; `then`: it was in force on the day that is asked about, `since` says
    what has become of it."""

    id: str
    statement: str
    spans: tuple[tuple[int, int], ...]
    where: str
    grade: str
    grade_kind: GradeKind
    ended: bool
    used: bool
    then: bool = False
    since: str = ""
    starred: bool = False
    noted: bool = False
    explains: bool = False
    why: tuple[str, ...] = ()
    origin: OriginChip | None = None
