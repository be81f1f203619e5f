"""What the comparison shows: all places for one subject, or two sides with what differs; and the cell at hand."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.files.statement import Heading, Listing
from famgui.policy.library import NATION
from famgui.ui.matrix.words import ask_words, cell_words, difference_line, inherited_words, subject_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.placepick import matching
from famgui.ui.widgets.policy_words import place_namer
from famgui.usecase.policy_compare import Difference, Side, differences
from famgui.usecase.policy_matrix import SUBJECTS, Ask, Cell, PlaceRow, matrix

Mode: TypeAlias = Literal["places", "two-places", "two-days"]
MODES: tuple[Mode, ...] = ("places", "two-places", "two-days")
_KEPT = ("mode", "subject", "left", "right", "own_only", "changed_only")
_ARTICLES = "99"
"""Codes that begin so stand for an article's own rules, not for a place."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of a table in words; `clause` "" where none stands behind it, `others` further clauses on the matter,
    `behind` those that its further figures rest on; `grade` that of the clause, `trust` the same in words."""

    text: str
    clause: str = ""
    weak: bool = False
    others: tuple[str, ...] = ()
    quiet: bool = False
    figure: int | None = None
    behind: tuple[str, ...] = ()
    grade: str = ""
    trust: str = ""

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause on the matter, the one behind it first."""
        return tuple(dict.fromkeys(id for id in (self.clause, *self.behind, *self.others) if id))

    @property
    def spoken(self) -> str:
        """The cell for a screen reader, and for a file."""
        parts = [self.text, self.clause, self.trust, tr("Unconfirmed") if self.weak else ""]
        if self.others:
            parts.append(tr("{count} more", count=len(self.others)))
        return tr(", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of either table: what stands before it, and its cells."""

    title: str
    cells: tuple[Shown, ...]
    order: int
    same: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """A cell in full: whose it is, its words, whether they are unconfirmed, the clauses behind and beside it."""

    title: str
    text: str
    weak: bool
    clauses: tuple[tuple[str, str], ...]


class MatrixVM(QObject):
    """Mode, subject, places and days in, lines out. `changed` after every change of them."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.mode: Mode = "places"
        self.subject = "overview"
        self.typed = ""
        self.own_only = True
        self.changed_only = True
        home = self._home()
        self.left, self.right = home, self._another(home)
        self.first = self._year_ago(desk.today)
        self.day = desk.today
        self.columns: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.unchanged = 0
        self._asked: tuple[object, ...] = ()
        self._rows: tuple[PlaceRow, ...] = ()
        self.fill()

    @property
    def kept(self) -> str:
        """What is asked, as text that lasts from one session to the next."""
        return json.dumps({name: getattr(self, name) for name in _KEPT})

    def take_up(self, kept: str) -> None:
        """Ask again what was asked last; what makes no sense any more is left out."""
        try:
            found = json.loads(kept or "{}")
        except ValueError:
            return
        known = {place for place, _ in self.places}
        fits: dict[str, Callable[[object], bool]] = {
            "mode": lambda value: isinstance(value, str) and value in MODES,
            "subject": lambda value: isinstance(value, str) and value in SUBJECTS,
            "left": lambda value: isinstance(value, str) and value in known,
            "right": lambda value: isinstance(value, str) and value in known,
            "own_only": lambda value: isinstance(value, bool),
            "changed_only": lambda value: isinstance(value, bool),
        }
        if isinstance(found, dict):
            self.edit(**{name: found[name] for name in _KEPT if name in found and fits[name](found[name])})

    def edit(self, **changes: object) -> None:
        """Change what is asked."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.fill()

    def swap(self) -> None:
        """The left side becomes the right one."""
        if self.mode == "two-days":
            self.first, self.day = self.day, self.first
        else:
            self.left, self.right = self.right, self.left
        self.fill()

    def fill(self) -> None:
        """Compute anew."""
        name = place_namer(self._desk)
        if self.mode == "places":
            self._fill_matrix(name)
        else:
            self._fill_differences(name)
        self.changed.emit()

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Every place that has a rule book, by code."""
        name = place_namer(self._desk)
        return tuple((pack.place, name(pack.place)) for pack in self._desk.library.packs)

    @property
    def sides(self) -> tuple[Side, Side]:
        """What is compared."""
        if self.mode == "two-days":
            return Side(self.left, self.first), Side(self.left, self.day)
        return Side(self.left, self.day), Side(self.right, self.day)

    @property
    def summary(self) -> str:
        """How much is shown."""
        if self.mode == "places":
            return tr("{count} places", count=len(self.lines))
        differing = sum(not line.same for line in self.lines)
        return tr("{count} differ, {same} are the same", count=differing, same=self.unchanged)

    @property
    def nothing(self) -> str:
        """What is to be said where no line is shown."""
        if self.mode == "places" or not self.unchanged:
            return tr("Nothing to compare here.")
        if self.mode == "two-days":
            return tr("The rules are the same on both days: {count} held against one another.", count=self.unchanged)
        return tr("The rules are the same at both places: {count} held against one another.", count=self.unchanged)

    def detail(self, line: Line, column: int) -> Detail:
        """A cell in full."""
        cell = line.cells[column]
        said = tuple((clause, self.statement(clause)) for clause in cell.clauses)
        title = tr(" · ").join((line.title, self.columns[column]))
        return Detail(title, cell.text, cell.weak, said)

    def statement(self, clause: str) -> str:
        """What a clause says, with its grade; "" for one that no pack has."""
        found = self._desk.library.clauses.get(clause)
        if found is None:
            return ""
        return tr("{said} ({grade})", said=found.statement, grade=self._desk.wording.say("grade", found.grade))

    def listing(self) -> Listing:
        """The table for a file: every cell in words, its clause and its mark beside it."""
        heads = [Heading(tr("Place") if self.mode == "places" else tr("What is ruled"))]
        for column in self.columns:
            heads += [Heading(column), Heading(tr("{column}: clause", column=column))]
        rows = [[line.title, *(part for cell in line.cells for part in _exported(cell))] for line in self.lines]
        return Listing(self.title, heads, rows, ((tr("Rules of"), self.day.isoformat()),))

    @property
    def title(self) -> str:
        """What the table is called, on a file too."""
        if self.mode == "places":
            return tr("{subject} by place", subject=subject_words(self.subject))
        return " / ".join(self.columns[:2])

    def _fill_matrix(self, name: Callable[[str], str]) -> None:
        asked = (self._desk.library, self.subject, self.day)
        if self._asked != asked:
            self._asked, self._rows = asked, matrix(*asked)
        rows = self._rows
        kept = {code for code, _ in matching([(row.place, name(row.place)) for row in rows], self.typed)}
        self.columns = tuple(ask_words(ask, self._desk.wording) for ask in SUBJECTS[self.subject])
        self.lines = tuple(self._place_line(row, name) for row in rows if row.place in kept and self._wanted(row))

    def _wanted(self, row: PlaceRow) -> bool:
        return not row.place.startswith(_ARTICLES) and (not self.own_only or row.own or row.place == NATION)

    def _place_line(self, row: PlaceRow, name: Callable[[str], str]) -> Line:
        cells = tuple(self._shown(cell, ask) for cell, ask in zip(row.cells, SUBJECTS[self.subject], strict=True))
        order = int(row.place) if row.place.isdigit() else 0
        return Line(name(row.place), cells, order)

    def _shown(self, cell: Cell, ask: Ask) -> Shown:
        words = cell_words(cell, ask, self._desk.wording)
        if cell.inherited:
            words = inherited_words(words, cell.found[0].place)
        values = [found.value.value for found in cell.found if isinstance(found.value.value, int)]
        figure, others = (values[0] if values else None), tuple(clause.id for clause in cell.others)
        return self._graded(Shown(words, cell.clause, cell.weak, others, cell.inherited, figure, cell.behind))

    def _graded(self, shown: Shown) -> Shown:
        """The same with how far its clause is to be trusted."""
        clause = self._desk.library.clauses.get(shown.clause)
        if clause is None:
            return shown
        return replace(shown, grade=clause.grade, trust=self._desk.wording.say("grade", clause.grade))

    def _fill_differences(self, name: Callable[[str], str]) -> None:
        a, b = self.sides
        found = differences(self._desk.library, a, b)
        titles = (a.day.isoformat(), b.day.isoformat()) if self.mode == "two-days" else (name(a.place), name(b.place))
        self.columns = (*titles, tr("Apart"))
        self.unchanged = sum(one.same for one in found)
        kept: Sequence[Difference] = [one for one in found if not (one.same and self.changed_only)]
        lines = (difference_line(one, a.place, b.place, self._desk.wording) for one in kept)
        self.lines = tuple(
            Line(title, tuple(self._graded(Shown(*cell)) for cell in cells), order, one.same)
            for order, (one, (title, cells)) in enumerate(zip(kept, lines, strict=True))
        )

    def _home(self) -> str:
        live = self._desk.live
        known = [pack.place for pack in self._desk.library.packs]
        if live is not None and live.household.place in known:
            return live.household.place
        return next((place for place in known if place != NATION), NATION)

    def _another(self, home: str) -> str:
        """Another place to begin with: the first one of another province."""
        places = [pack.place for pack in self._desk.library.packs if pack.place != NATION]
        return next((place for place in places if place[:2] != home[:2]), home)

    @staticmethod
    def _year_ago(day: date) -> date:
        return date(day.year - 1, day.month, min(day.day, 28))


def _exported(cell: Shown) -> tuple[str, str]:
    marks = [cell.clause, *cell.behind, cell.trust, tr("Unconfirmed") if cell.weak else ""]
    if cell.others:
        marks.append(tr("{count} more: {ids}", count=len(cell.others), ids=" ".join(cell.others)))
    return cell.text, tr(", ").join(mark for mark in marks if mark)
