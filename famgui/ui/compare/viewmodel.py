"""What the comparison shows: the calculator's visit and its variants along one dimension. Holds what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from PySide6.QtCore import QObject, Signal

from famgui.domain.money import Fen
from famgui.domain.person import province
from famgui.domain.problem import Problem
from famgui.domain.settlement import Visit
from famgui.policy.library import NATION
from famgui.ui.compare.words import more_or_less, variant_line
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.compare import (
    Change,
    LikelyDay,
    Way,
    by_cash,
    compare,
    insured_elsewhere,
    levels,
    likely_days,
    orders,
)

Dimension: TypeAlias = Literal["level", "date", "order", "place", "custom"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

_PAYING = frozenset({"pool.ratio", "account.keep", "account.payment-ratio", "account.prior-years-only"})
"""What a place rules for itself where a visit there comes to other figures."""


@dataclass(frozen=True, slots=True)
class WayRow:
    """One line: the visit at hand (`base`) or a variant. `notes` are words, each with the kind of its chip; `change`
    is cash more or less (fen), None where the variant cannot be."""

    way: Way
    title: str
    base: bool
    removable: bool
    change: Fen | None
    change_text: str
    notes: tuple[tuple[str, Literal["warning", "plain"]], ...]
    problems: tuple[Problem, ...]


class CompareVM(QObject):
    """`changed` when the rows are new, `chosen_changed` when another one is looked at."""

    changed = Signal()
    chosen_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.dimension: Dimension = "level"
        self.least_cash_first = False
        self.rows: tuple[WayRow, ...] = ()
        self.days: tuple[date, ...] = ()
        self.own_variants: tuple[tuple[Change, ...], ...] = ()
        self._likely: tuple[LikelyDay, ...] = ()
        self._chosen: tuple[Change, ...] = ()
        self._book = desk.book
        self._household: int | None = None

    @property
    def visit(self) -> Visit | None:
        """The visit at hand, None while the calculator's bill is not complete."""
        return self._desk.visit if self._desk.live is not None else None

    @property
    def base(self) -> WayRow | None:
        """The row of the visit at hand."""
        return next((row for row in self.rows if row.base), None)

    @property
    def chosen(self) -> WayRow | None:
        """The variant that is looked at; without one the first that makes a difference."""
        variants = [row for row in self.rows if not row.base]
        found = [row for row in variants if row.way.changes == self._chosen]
        differing = [row for row in variants if row.way.apart]
        return next(iter((*found, *differing, *variants)), None)

    def refresh(self) -> None:
        """Settle the visit at hand and its variants anew."""
        live, visit = self._desk.live, self.visit
        if self._book is not self._desk.book:
            self._book, self._household = self._desk.book, None
        if live is not None and live.id != self._household:
            self._household, self.days, self.own_variants = live.id, (), ()
        if live is None or visit is None or visit.patient not in live.running.persons:
            self.rows = ()
        else:
            self._likely = likely_days(live.running, visit) if self.dimension == "date" else ()
            found = compare(live.running, visit, self._variants(visit), self._desk.library.book)
            ways = by_cash(found.ways) if self.least_cash_first else found.ways
            base = self._row(found.base, found.base)
            self.rows = (base, *(self._row(way, found.base) for way in ways))
        self.changed.emit()

    def show(self, dimension: Dimension) -> None:
        """Look along another dimension."""
        self.dimension = dimension
        self.refresh()

    def sort(self, *, least_cash_first: bool) -> None:
        """List the variants by cash, or as they come."""
        self.least_cash_first = least_cash_first
        self.refresh()

    def add_day(self, day: date) -> None:
        """Another day to compare."""
        if self.visit is not None and day != self.visit.date:
            self._chosen = (Change("date", day),)
            if day not in self.days:
                self.days = (*self.days, day)
        self.refresh()

    def add_variant(self, changes: Sequence[Change]) -> None:
        """Several fields changed at once."""
        variant = tuple(changes)
        if variant:
            self._chosen = variant
            if variant not in self.own_variants:
                self.own_variants = (*self.own_variants, variant)
        self.refresh()

    def remove(self, row: WayRow) -> None:
        """Take out what was added here."""
        if row.removable:
            self.days = tuple(day for day in self.days if (Change("date", day),) != row.way.changes)
            self.own_variants = tuple(variant for variant in self.own_variants if variant != row.way.changes)
            self.refresh()

    def choose(self, row: WayRow) -> None:
        """Look at a variant."""
        if not row.base and row.way.changes != self._chosen:
            self._chosen = row.way.changes
            self.chosen_changed.emit()

    def take(self) -> None:
        """Bring the calculator up with the variant looked at, where that can be."""
        row = self.chosen
        if row is not None and row.way.takeable:
            self._desk.take_visit(row.way.visit)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that rules for itself what pool or accounts pay, but for the nation."""
        library = self._desk.library
        places = [pack.place for pack in library.packs if pack.place != NATION]
        return tuple(place for place in places if any(row.key in _PAYING for row in library.rows(place)))

    def treated(self, visit: Visit) -> tuple[tuple[Change, ...], ...]:
        """The visit in another city of the province, in another province, and there with both provinces open."""
        live = self._desk.live
        if live is None:
            return ()
        home, name = live.household.place, self._desk.services.regions.name
        cities = (f"{home[:2]}{number:02d}00" for number in range(1, 100))
        city = [code for code in cities if code[:4] != home[:4] and name(code) != code][:1]
        away = next(code for code in ("110000", "310000") if code != province(home))
        found: list[tuple[Change, ...]] = [(Change("facility-place", code),) for code in (*city, away)]
        found.append((Change("facility-place", away), Change("cross-province", True)))
        if province(visit.facility.place) != province(home):
            found.insert(0, (Change("facility-place", home),))
        return tuple(found)

    def _variants(self, visit: Visit) -> tuple[tuple[Change, ...], ...]:
        live = self._desk.live
        assert live is not None
        running = live.running
        match self.dimension:
            case "level":
                return levels(visit)
            case "order":
                return orders(running, visit)
            case "place":
                return (*self.treated(visit), *insured_elsewhere(running, self.places))
            case "custom":
                return self.own_variants
        days = sorted({*self.days, *(likely.day for likely in self._likely)} - {visit.date})
        return tuple((Change("date", day),) for day in days)

    def _row(self, way: Way, base: Way) -> WayRow:
        cash, cash_now = way.cash, base.cash or 0
        change = None if cash is None else cash - cash_now
        why = {likely.day: likely.why for likely in self._likely}
        known = set(base.problems)
        typed = self.dimension == "custom" or any(change.value in self.days for change in way.changes)
        return WayRow(
            way,
            variant_line(way.changes, self._desk, why),
            way is base,
            typed and way is not base,
            change,
            "" if way is base else "—" if change is None else more_or_less(change),
            tuple(_notes(way)),
            tuple(problem for problem in way.problems if problem not in known and problem.code != "UNVERIFIED_RULE"),
        )


def _notes(way: Way) -> list[tuple[str, Literal["warning", "plain"]]]:
    found: list[tuple[str, Literal["warning", "plain"]]] = []
    if way.obstacle == "no-level":
        found.append((tr("a pharmacy has no level"), "plain"))
    elif way.obstacle == "no-rule-book":
        found.append((tr("no rules at hand"), "plain"))
    if way.weak:
        found.append((tr("Unconfirmed"), "warning"))
    if way.without_pool is not None:
        found.append((tr("no pool"), "plain"))
    return found
