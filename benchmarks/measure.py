"""Timing in turns: what is measured and what it is held against run alternately, so that a slow moment hits both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """One line of the answer: seconds per unit of work (or another `unit`), ours and the yardstick's, and the median of
    their ratios."""

    name: str
    ours: float
    yardstick_name: str
    yardstick: float
    ratio: float
    unit: str = "s"

    def row(self) -> tuple[str, str, str, str, str]:
        """The line as text."""
        ratio = f"{self.ratio:.1f}" if self.ratio >= 1 else f"1/{1 / self.ratio:.1f}"
        return self.name, self._said(self.ours), self.yardstick_name, self._said(self.yardstick), ratio

    def _said(self, figure: float) -> str:
        return span(figure) if self.unit == "s" else f"{figure:.3g} {self.unit}"


def span(seconds: float) -> str:
    """A time in the unit that reads well."""
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1 or unit == "µs":
            return f"{seconds * factor:.3g} {unit}"
    raise AssertionError


def in_turns(
    name: str,
    ours: Callable[[], object],
    yardstick_name: str,
    yardstick: Callable[[], object],
    *,
    rounds: int = 9,
    units: int = 1,
) -> Ratio:
    """Run both `rounds` times in turn after one warm-up each; `units` is how much work one call does."""
    ours()
    yardstick()
    pairs = [(timed(ours), timed(yardstick)) for _ in range(rounds)]
    return Ratio(
        name,
        statistics.median(a for a, _ in pairs) / units,
        yardstick_name,
        statistics.median(b for _, b in pairs) / units,
        statistics.median(a / b for a, b in pairs),
    )


def timed(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
