"""What the comparison shows: all places for one subject, or two sides with what differs; and the cell at hand."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.files.statement import Heading, Listing
from famgui.policy.library import NATION
from famgui.ui.matrix.difference import difference_line, out_words, remarks, short_title, turn_words, whole_title
from famgui.ui.matrix.lines import Detail, Line, Shown, exported
from famgui.ui.matrix.words import ask_words, cell_words, inherited_words, subject_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.placepick import matching
from famgui.ui.widgets.policy_words import place_namer
from famgui.usecase.policy_cell import Cell, PlaceRow
from famgui.usecase.policy_compare import Difference, Side, Turn, differences, turns
from famgui.usecase.policy_matrix import matrix
from famgui.usecase.policy_subjects import SUBJECTS, Ask

Mode: TypeAlias = Literal["places", "two-places", "two-days"]
MODES: tuple[Mode, ...] = ("places", "two-places", "two-days")
_KEPT = ("mode", "subject", "left", "right", "own_only", "changed_only")
_ARTICLES = "99"
"""Codes that begin so stand for an article's own rules, not for a place."""


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
        self.turns: tuple[Turn, ...] = ()
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
        if self.mode == "two-days":
            return tr("computed: {count} differ, {same} are the same", count=differing, same=self.unchanged)
        return tr("{count} differ, {same} are the same", count=differing, same=self.unchanged)

    @property
    def nothing(self) -> str:
        """What is to be said where no line is shown."""
        if self.mode == "places" or not self.unchanged:
            return tr("Nothing to compare here.")
        if self.mode == "two-days":
            return tr("All {count} rules that are computed with are the same on both days.", count=self.unchanged)
        return tr("All {count} rules that are computed with are the same at both places.", count=self.unchanged)

    def detail(self, line: Line, column: int) -> Detail:
        """A cell in full."""
        cell = line.cells[column]
        said = tuple((clause, self.statement(clause)) for clause in cell.clauses)
        title = tr(" · ").join((line.whole, self.columns[column]))
        return Detail(title, cell.text, cell.weak, said, cell.timing, cell.remarks)

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
        rows = [[line.whole, *(part for cell in line.cells for part in exported(cell))] for line in self.lines]
        return Listing(self.title, heads, rows, self._facts)

    def listings(self) -> list[Listing]:
        """The table for a file and, for two days, the clauses that began or ended between them."""
        heads = [Heading(tr("Date")), Heading(tr("Clause")), Heading(tr("What is said there"))]
        rows = [[turn_words(turn), turn.clause.id, self.statement(turn.clause.id)] for turn in self.turns]
        return [self.listing(), *([Listing(tr("Clauses between the days"), heads, rows)] if rows else [])]

    @property
    def _facts(self) -> tuple[tuple[str, str], ...]:
        """Of which places and days a file speaks."""
        name = place_namer(self._desk)
        if self.mode == "places":
            return ((tr("Rules of"), self.day.isoformat()),)
        a, b = self.sides
        places, days = dict.fromkeys((a.place, b.place)), dict.fromkeys((a.day, b.day))
        return (
            (tr("Places compared"), " / ".join(f"{name(place)} {place}" for place in places)),
            (tr("Rules of"), " / ".join(day.isoformat() for day in days)),
        )

    @property
    def title(self) -> str:
        """What the table is called, on a file too."""
        if self.mode == "places":
            return tr("{subject} by place", subject=subject_words(self.subject))
        both = " / ".join(self.columns[:2])
        name = place_namer(self._desk)
        return tr("{place}: {both}", place=name(self.left), both=both) if self.mode == "two-days" else both

    def _fill_matrix(self, name: Callable[[str], str]) -> None:
        asked = (self._desk.library, self.subject, self.day)
        if self._asked != asked:
            self._asked, self._rows = asked, matrix(*asked)
        rows = self._rows
        packs = {pack.place: (pack.name_zh, pack.name_en) for pack in self._desk.library.packs}
        entries = [(row.place, word) for row in rows for word in (name(row.place), *packs.get(row.place, ()))]
        kept = {code for code, _ in matching(entries, self.typed)}
        self.turns = ()
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
        values = [one.value.value for one in cell.found if isinstance(one.value.value, int) and cell.stated is None]
        figure, others = (values[0] if values else None), tuple(clause.id for clause in cell.others)
        odd = cell.cited
        shown = Shown(words, cell.clause, cell.weak, others, cell.inherited, figure, out_words(odd), remarks(odd))
        return self._graded(replace(shown, behind=cell.behind))

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
        kept: Sequence[Difference] = [one for one in found if not (self.changed_only and one.same)]
        self.turns = turns(self._desk.library, a.place, a.day, b.day) if self.mode == "two-days" else ()
        wording = self._desk.wording
        self.lines = tuple(
            Line(
                short_title(one, wording),
                tuple(
                    self._graded(Shown(**parts._asdict()))
                    for parts in difference_line(one, a.place, b.place, wording, name)
                ),
                order,
                one.same,
                whole_title(one, wording),
            )
            for order, one in enumerate(kept)
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
