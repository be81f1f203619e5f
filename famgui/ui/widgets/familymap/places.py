"""Where everything on a map stands: boxes of persons in two columns, a curve for every binding. Pure arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from famgui.ui.widgets.familymap.figures import Pair
from famgui.ui.widgets.familymap.order import Group

_PORT = 7.0
"""How far apart two edges touch a box, where there is room."""
_PORTS = 0.55
"""The part of a box's height that edges may touch."""
_PULL = 0.5
"""How far a curve runs level before it turns, in distances of the columns."""
_BULGE = 4 / 3
"""A cubic curve with both its handles so far out reaches three quarters of the way."""
_ASIDE = 1.5
"""So many rows apart stand those at the left where bindings among them need room for their amounts."""
_ON_GRID = 8
"""Groups with more rows than this stand row beside row, so that a page can be cut between any two rows."""


class Measures(NamedTuple):
    """Sizes to lay out with, in any one unit: a box, from column to column, between boxes, between groups, from the
    left column to the first way aside, and from way to way."""

    width: float
    height: float
    across: float
    between: float
    apart: float
    first_lane: float
    lane: float

    @property
    def pitch(self) -> float:
        """From one row to the next."""
        return self.height + self.between


class Box(NamedTuple):
    """A rectangle by its left upper corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """How far down its middle is."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def meets(self, other: "Box", air: float = 0.0) -> bool:
        """Whether two boxes overlap or stand nearer than `air`."""
        return (
            self.x < other.right + air
            and other.x < self.right + air
            and self.y < other.bottom + air
            and other.y < self.bottom + air
        )


def weights(part: float) -> tuple[float, float, float, float]:
    """What each of a cubic curve's points weighs at a part of the way, 0 to 1."""
    rest = 1 - part
    return rest * rest * rest, 3 * rest * rest * part, 3 * rest * part * part, part * part * part


class Curve(NamedTuple):
    """A cubic curve: start, two handles, end."""

    start: tuple[float, float]
    first: tuple[float, float]
    second: tuple[float, float]
    end: tuple[float, float]

    def at(self, part: float) -> tuple[float, float]:
        """The point at a part of the way, 0 to 1."""
        return self.weighed(weights(part))

    def weighed(self, shares: tuple[float, float, float, float]) -> tuple[float, float]:
        """The point that these weights of the four points give."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self
        a, b, c, d = shares
        return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


@dataclass(frozen=True, slots=True)
class Places:
    """A map laid out: where persons and edges are; `spans` are top and bottom of every group."""

    boxes: Mapping[str, Box]
    curves: Mapping[Pair, Curve]
    spans: tuple[tuple[float, float], ...]
    groups: tuple[Group, ...]

    def column(self, side: str) -> tuple[str, ...]:
        """Everybody at one side ("left" or "right"), from the top."""
        return tuple(key for group in self.groups for key in (group.left if side == "left" else group.right))


def place(groups: Sequence[Group], measures: Measures) -> Places:
    """Lay groups out one below the other, from the point (0, 0) of the left column."""
    boxes: dict[str, Box] = {}
    curves: dict[Pair, Curve] = {}
    spans: list[tuple[float, float]] = []
    top = 0.0
    for group in groups:
        left, right = _rows(group, measures)
        bottom = top
        for column, rows, x in ((group.left, left, 0.0), (group.right, right, measures.width + measures.across)):
            for key, row in zip(column, rows, strict=True):
                boxes[key] = Box(x, top + row * measures.pitch, measures.width, measures.height)
                bottom = max(bottom, boxes[key].bottom)
        curves |= _across(group, boxes, measures)
        curves |= _aside(group, boxes, measures)
        spans.append((top, bottom))
        top = bottom + measures.apart
    return Places(boxes, curves, tuple(spans), tuple(groups))


def nearest_in_order(wanted: Sequence[float], apart: float = 1.0) -> list[float]:
    """Places in this order, none nearer than `apart` to the next, as near as may be (least squares) to the wanted.

    Neighbours that would come too near are pooled and stand around their common mean."""
    pools: list[tuple[float, int]] = []
    for number, place_ in enumerate(wanted):
        mean, count = place_ - number * apart, 1
        while pools and pools[-1][0] > mean:
            before, more = pools.pop()
            mean, count = (mean * count + before * more) / (count + more), count + more
        pools.append((mean, count))
    means = [mean for mean, count in pools for _ in range(count)]
    return [mean + number * apart for number, mean in enumerate(means)]


def _rows(group: Group, measures: Measures) -> tuple[list[float], list[float]]:
    """The row of everybody of both columns, counted from 0, fractions where the shorter column stands between."""
    left, right = list(map(float, range(len(group.left)))), list(map(float, range(len(group.right))))
    if group.across and len(left) > len(right):
        right = _beside(group.right, ((b, a) for a, b in group.across), dict(zip(group.left, left, strict=True)))
    elif group.across:
        apart = _ASIDE if group.aside and group.rows <= _ON_GRID else 1.0
        left = _beside(group.left, group.across, dict(zip(group.right, right, strict=True)), apart)
    if group.rows > _ON_GRID:
        left, right = _whole(left), _whole(right)
    least = min((*left, *right), default=0.0)
    return [row - least for row in left], [row - least for row in right]


def _beside(
    column: Sequence[str], pairs: Iterable[Pair], other: Mapping[str, float], apart: float = 1.0
) -> list[float]:
    """The rows of a column at least so far apart, each near the middle of its neighbours; who has none stays below the
    one before."""
    near: dict[str, list[float]] = {}
    for key, across in pairs:
        near.setdefault(key, []).append(other[across])
    wanted: list[float] = []
    for key in column:
        rows = near.get(key)
        wanted.append(sum(rows) / len(rows) if rows else (wanted[-1] + 1 if wanted else 0.0))
    return nearest_in_order(wanted, apart)


def _whole(rows: Sequence[float]) -> list[float]:
    found: list[float] = []
    for row in rows:
        found.append(max(float(round(row)), found[-1] + 1 if found else float("-inf")))
    return found


def _across(group: Group, boxes: Mapping[str, Box], measures: Measures) -> dict[Pair, Curve]:
    out, into = _ports(group.across, boxes, 0), _ports(group.across, boxes, 1)
    pull = measures.across * _PULL
    found: dict[Pair, Curve] = {}
    for pair in group.across:
        start, end = (boxes[pair[0]].right, out[pair]), (boxes[pair[1]].x, into[pair])
        found[pair] = Curve(start, (start[0] + pull, start[1]), (end[0] - pull, end[1]), end)
    return found


def _ports(pairs: Sequence[Pair], boxes: Mapping[str, Box], side: int) -> dict[Pair, float]:
    """How far down each edge touches its box at one end: in the order of its other ends, so that they do not cross."""
    ends: dict[str, list[Pair]] = {}
    for pair in pairs:
        ends.setdefault(pair[side], []).append(pair)
    found: dict[Pair, float] = {}
    for key, mine in ends.items():
        mine.sort(key=lambda pair: boxes[pair[1 - side]].y)
        found |= zip(mine, _spread(boxes[key], len(mine)), strict=True)
    return found


def _spread(box: Box, count: int) -> list[float]:
    step = min(_PORT, _PORTS * box.height / max(1, count - 1))
    return [box.middle + (number - (count - 1) / 2) * step for number in range(count)]


def _aside(group: Group, boxes: Mapping[str, Box], measures: Measures) -> dict[Pair, Curve]:
    """Curves left of the left column, nested: who is farther apart keeps farther out."""
    if not group.aside:
        return {}
    at = {key: number for number, key in enumerate(group.left)}
    lanes = _lanes([(min(at[a], at[b]), max(at[a], at[b]), (a, b)) for a, b in group.aside])
    touching: dict[str, list[tuple[int, Pair]]] = {}
    for pair, lane in lanes.items():
        for key, other in (pair, pair[::-1]):
            touching.setdefault(key, []).append((lane + 1 if at[other] < at[key] else -lane - 1, pair))
    ports: dict[tuple[str, Pair], float] = {}
    for key, mine in touching.items():
        mine.sort(
            key=lambda one: (one[0] < 0, one[0])
        )  # ways up with the nearest on top, then ways down, farthest first
        for (_, pair), y in zip(mine, _spread(boxes[key], len(mine)), strict=True):
            ports[key, pair] = y
    found: dict[Pair, Curve] = {}
    for pair, lane in lanes.items():
        (x, _, _, _), out = boxes[pair[0]], (measures.first_lane + lane * measures.lane) * _BULGE
        start, end = ports[pair[0], pair], ports[pair[1], pair]
        found[pair] = Curve((x, start), (x - out, start), (x - out, end), (x, end))
    return found


def _lanes(ways: Sequence[tuple[int, int, Pair]]) -> dict[Pair, int]:
    """A lane for every way, the shortest nearest; ways along the same stretch never share one."""
    taken: list[list[tuple[int, int]]] = []
    found: dict[Pair, int] = {}
    for first, last, pair in sorted(ways, key=lambda way: (way[1] - way[0], way[0])):
        lane = next(
            (n for n, held in enumerate(taken) if all(last <= low or high <= first for low, high in held)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        found[pair] = lane
    return found
