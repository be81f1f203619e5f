"""The arithmetic of a chart's axis: round amounts, where they stand, and labels that do not cover one another."""

from collections.abc import Sequence
from typing import NamedTuple

from famgui.domain.money import Fen

_ROUND = (1, 2, 5)
_YUAN = 100


class Scale(NamedTuple):
    """An axis from `low` to `high` in fen, both round, with a mark every `step`."""

    low: Fen
    high: Fen
    step: Fen

    @property
    def ticks(self) -> range:
        """The amounts that are marked, from low to high."""
        return range(self.low, self.high + 1, self.step)

    def y(self, value: Fen, top: float, height: float) -> float:
        """Where an amount stands in a plot that begins at `top`."""
        return top + height * (self.high - value) / (self.high - self.low)


def scale_for(low: Fen, high: Fen, marks: int) -> Scale:
    """The finest axis of 1, 2 or 5 times a power of ten yuan that holds 0, `low` and `high` in at most `marks` steps
    (at least two, for an axis with both sides of zero)."""
    low, high = min(low, 0), max(high, 0)
    size, power = 0, 1
    while True:
        step = _YUAN * power * _ROUND[size]
        below, above = -(low // step), -(-high // step)
        if below + above <= max(2, marks):
            return Scale(-below * step, max(above, 1 if not below else 0) * step, step)
        size = (size + 1) % len(_ROUND)
        power *= 10 if size == 0 else 1


def spread(wanted: Sequence[float], apart: float, top: float, bottom: float) -> list[float]:
    """Places for labels as near as may be to where each is wanted, none nearer than `apart` to another, within bounds
    as far as there is room."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    found = [0.0] * len(wanted)
    edge = top
    for n in order:
        found[n] = max(edge, wanted[n])
        edge = found[n] + apart
    edge = bottom
    for n in reversed(order):
        found[n] = max(min(found[n], edge), top)
        edge = found[n] - apart
    return found
