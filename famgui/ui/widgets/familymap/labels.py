"""Where the amounts stand on the edges: each on its own curve, clear of boxes, of one another, and of other curves."""

from collections.abc import Iterable, Mapping

from famgui.ui.widgets.familymap.figures import Pair
from famgui.ui.widgets.familymap.places import Box, Curve, Places, weights

_PARTS = (0.0, -0.06, 0.06, -0.12, 0.12, -0.18, 0.18, -0.24, 0.24, -0.3, 0.3, -0.36, 0.36)
"""How far from its best place on the curve an amount may go, nearest first."""
_LEAST, _MOST = 0.12, 0.88
_LEAN = 0.1
"""How far towards the side with fewer edges an amount stands by itself."""
_SAMPLES = tuple(weights(number / 14) for number in range(1, 14))
"""Where a curve is looked at to see whether it runs below an amount."""
_AIR = 2.0
_OVER_BOX, _OVER_AMOUNT, _OVER_CURVE = 400.0, 300.0, 6.0
"""What it costs to cover a box, another amount, a piece of another curve; a hundredth of the way costs 0.3."""
_FAR = 30.0


class _Cells:
    """Things by the cells of a grid that they touch."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._held: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in self._of(box):
            self._held.setdefault(cell, []).append(box)

    def met(self, box: Box) -> int:
        """How many boxes a box meets (one that lies in several cells may count more than once)."""
        held = self._held
        near = [other for cell in self._of(box) if cell in held for other in held[cell]]
        return sum([box.meets(other, _AIR) for other in near]) if near else 0

    def _of(self, box: Box) -> list[tuple[int, int]]:
        return _cells(box, self._size)


def label_spots(places: Places, sizes: Mapping[Pair, tuple[float, float]]) -> dict[Pair, Box]:
    """A place for the amount of every edge in `sizes` (width and height of its text), centred on its curve."""
    if not sizes:
        return {}
    cell = 2 * max(height for _, height in sizes.values())
    boxes, amounts = _Cells(4 * cell), _Cells(cell)
    for box in places.boxes.values():
        boxes.add(box)
    passing = _passing(places.curves, cell)
    best = _best_parts(places.curves)
    found: dict[Pair, Box] = {}
    for pair in sorted(sizes, key=lambda pair: places.curves[pair].at(best[pair])[1]):
        found[pair] = _spot(pair, places.curves[pair], best[pair], sizes[pair], (boxes, amounts, passing, cell))
        amounts.add(found[pair])
    return found


Passing = dict[tuple[int, int], list[tuple[float, float, Pair]]]


def _spot(
    pair: Pair,
    curve: Curve,
    best: float,
    size: tuple[float, float],
    around: tuple[_Cells, _Cells, Passing, float],
) -> Box:
    boxes, amounts, passing, cell = around
    chosen, least = Box(0, 0, 0, 0), float("inf")
    for aside in _PARTS:
        part = min(_MOST, max(_LEAST, best + aside))
        cost = abs(part - best) * _FAR
        if cost >= least:
            break
        x, y = curve.at(part)
        spot = Box(x - size[0] / 2, y - size[1] / 2, *size)
        cost += _OVER_BOX * boxes.met(spot) + _OVER_AMOUNT * amounts.met(spot)
        if cost < least:
            cost += _OVER_CURVE * _covered(spot, pair, passing, cell)
        if cost < least:
            chosen, least = spot, cost
    return chosen


def _best_parts(curves: Mapping[Pair, Curve]) -> dict[Pair, float]:
    """Where on its way each amount stands by itself: the middle, leaning to the end where fewer edges meet."""
    out: dict[str, int] = {}
    into: dict[str, int] = {}
    for authorizer, user in curves:
        out[authorizer] = out.get(authorizer, 0) + 1
        into[user] = into.get(user, 0) + 1
    return {pair: 0.5 + _LEAN * ((out[pair[0]] > into[pair[1]]) - (out[pair[0]] < into[pair[1]])) for pair in curves}


def _passing(curves: Mapping[Pair, Curve], cell: float) -> Passing:
    """Points of every curve, by the cells of a grid; nothing where there is only one curve."""
    found: Passing = {}
    if len(curves) < 2:
        return found
    for pair, curve in curves.items():
        for shares in _SAMPLES:
            x, y = curve.weighed(shares)
            found.setdefault((int(x // cell), int(y // cell)), []).append((x, y, pair))
    return found


def _covered(spot: Box, pair: Pair, passing: Passing, cell: float) -> int:
    """How many other curves run below a spot, by their points; the curves of a bundle count each."""
    near = [point for at in _cells(spot, cell) if at in passing for point in passing[at]]
    left, top, right, bottom = spot.x, spot.y, spot.right, spot.bottom
    return len([1 for x, y, other in near if left <= x <= right and top <= y <= bottom and other != pair])


def _cells(box: Box, size: float) -> list[tuple[int, int]]:
    """The cells of a grid that a box touches."""
    rows = range(int(box.y // size), int((box.y + box.height) // size) + 1)
    columns = range(int(box.x // size), int((box.x + box.width) // size) + 1)
    return [(column, row) for column in columns for row in rows]


def bounds(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them."""
    found = tuple(boxes)
    if not found:
        return Box(0, 0, 0, 0)
    left, top = min(box.x for box in found), min(box.y for box in found)
    return Box(left, top, max(box.right for box in found) - left, max(box.bottom for box in found) - top)
