"""Where the arrow keys lead on a map: Left and Right along the money, Up and Down within a side or among the edges."""

from collections.abc import Sequence
from typing import Literal, TypeAlias, TypeVar

from famgui.ui.widgets.familymap.figures import Pair, Pick
from famgui.ui.widgets.familymap.places import Places

Step: TypeAlias = Literal["left", "right", "up", "down", "first", "last"]
T = TypeVar("T")


class Walk:
    """The ways over one map. Right follows the money - authorizer, edge, user -, Left goes back against it; whoever
    is come to from an edge leads back over that edge."""

    def __init__(self, places: Places) -> None:
        self._columns = places.column("left"), places.column("right")
        self._at = {key: box.middle for key, box in places.boxes.items()}
        sides: dict[str, int] = {key: side for side, column in enumerate(self._columns) for key in column}
        self._side = sides
        self._edges: tuple[Pair, ...] = tuple(
            sorted(places.curves, key=lambda pair: (self._at[pair[0]], -sides[pair[1]], self._at[pair[1]]))
        )
        self._over: dict[tuple[str, Step], Pair] = {}

    def first(self) -> Pick | None:
        """Where a walk begins: at the top of the left column, of the right one without a left."""
        return next(((column[0],) for column in self._columns if column), None)

    def step(self, current: Pick | None, step: Step) -> Pick | None:
        """Where a key leads from what is current; None: nowhere, one stays."""
        if current is None:
            return self.first()
        if step in ("left", "right"):
            return self._along(current, step)
        if len(current) == 1:
            column = self._columns[self._side[current[0]]]
            key = _next(column, current[0], step)
            return None if key is None else (key,)
        return _next(self._edges, current, step)

    def _along(self, current: Pick, step: Step) -> Pick | None:
        if len(current) == 2:
            reached = current[1] if step == "right" else current[0]
            self._over[reached, "left" if step == "right" else "right"] = current
            return (reached,)
        key, end = current[0], 0 if step == "right" else 1
        ways = [pair for pair in self._edges if pair[end] == key]
        if ways:
            kept = self._over.get((key, step))
            return kept if kept in ways else ways[0]
        side = 1 if step == "right" else 0
        return self._beside(key, side) if self._side[key] != side else None

    def _beside(self, key: str, side: int) -> Pick | None:
        """Who stands nearest in the other column."""
        column = self._columns[side]
        return (min(column, key=lambda other: abs(self._at[other] - self._at[key])),) if column else None


def _next(row: Sequence[T], current: T, step: Step) -> T | None:
    """The neighbour in a row; None at its end."""
    place = row.index(current)
    to = {"up": place - 1, "down": place + 1, "first": 0, "last": len(row) - 1}[step]
    return row[to] if 0 <= to < len(row) and to != place else None
