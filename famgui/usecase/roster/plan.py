"""What would become of a list: the state of every row, what is to be told, and what would be written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, TypeAlias

from famgui.files.roster.form import Mapped
from famgui.files.roster.rows import ListRow, Remark
from famgui.files.roster.source import Grid
from famgui.usecase.roster.check import Founding, Joining

State: TypeAlias = Literal["new", "there", "held"]
"""What becomes of a row: taken over, in the book already, or held back by what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A list as it was read: the file, where its columns are, its rows and what is wrong with their cells."""

    grid: Grid
    mapped: Mapped
    rows: tuple[ListRow, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of a list. `states` and `remarks` are by the rows' numbers; `days` are the first days as they
    would be recorded; `foundings` and `joinings` are what would be written."""

    read: Read
    states: Mapping[int, State]
    remarks: Mapping[int, Sequence[Remark]]
    days: Mapping[int, tuple[date, bool]]
    foundings: Sequence[Founding]
    joinings: Sequence[Joining]

    @property
    def path(self) -> Path:
        """The file."""
        return self.read.grid.path

    def count(self, state: State) -> int:
        """How many rows are in a state."""
        return Counter(self.states.values())[state]

    @property
    def newcomers(self) -> int:
        """How many people the book does not have yet."""
        founded = sum(len(one.household.persons) for one in self.foundings)
        return founded + sum(len(one.newcomers) for one in self.joinings)

    @property
    def applications(self) -> int:
        """How many bindings are applied for today."""
        return sum(state == "new" and not self.days[row][1] for row, state in self.states.items() if row in self.days)

    @property
    def standing(self) -> int:
        """How many bindings are entered as they stand."""
        return sum(state == "new" and self.days[row][1] for row, state in self.states.items() if row in self.days)
