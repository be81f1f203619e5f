"""What the policy page shows: the clauses that answer a query, and one of them in full. Computes on every keystroke."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.policy.library import NoRuleBook
from famgui.policy.pack import WEAK_GRADES, Clause
from famgui.policy.search import spans
from famgui.ui.policy.words import key_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import language, tr
from famgui.usecase.policy import search_clauses

LIMIT = 50
"""How many answers a query gets at most."""
ANYWHERE, HERE, ANY_GRADE = "", "here", ""
"""Filters: all places; the household's place with its province and the nation; all grades."""

_KINDS = frozenset(("文号", "日期", "字段", "交易码", "代码", "区间", "年月"))
"""What stands as a unit but says what kind of value it is."""

GradeKind: TypeAlias = Literal["plain", "accent", "warning"]


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One line of the list. `spans` are the characters of the statement that answer the query."""

    id: str
    statement: str
    spans: tuple[tuple[int, int], ...]
    where: str
    grade: str
    grade_kind: GradeKind
    ended: bool
    used: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One clause in full. `facts` are titles with their texts; `uses` are places with the keys that rest on it;
    `conflicts` are ids with their statements, "" where no pack has the clause."""

    id: str
    statement: str
    facts: tuple[tuple[str, str], ...]
    url: str
    grade: str
    grade_kind: GradeKind
    ended: bool
    conflicts: tuple[tuple[str, str], ...]
    note: str
    uses: tuple[tuple[str, str], ...]


class PolicyVM(QObject):
    """Query and filters in, rows and the clause at hand out. `changed` after every change of either."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.query = ""
        self.place = ANYWHERE
        self.grade = ANY_GRADE
        self.current = ""
        self.rows: tuple[ClauseRow, ...] = ()
        self._names: dict[str, str] = {}
        self.refresh()

    def ask(self, query: str) -> None:
        """Search for this; the best answer comes to hand. An empty query lists the clauses of the household's place."""
        self.query = query
        self._fill(keep=False)

    def narrow(self, *, place: str | None = None, grade: str | None = None) -> None:
        """Show only a place's or a grade's clauses; the clause at hand stays while it is among them."""
        self.place = self.place if place is None else place
        self.grade = self.grade if grade is None else grade
        self._fill(keep=True)

    def clear(self) -> None:
        """No query and no filters."""
        self.query, self.place, self.grade = "", ANYWHERE, ANY_GRADE
        self._fill(keep=True)

    def refresh(self) -> None:
        """Answer anew, for the household at hand."""
        chinese = language() == "zh"
        self._names = {pack.place: pack.name_zh if chinese else pack.name_en for pack in self._desk.library.packs}
        if self.place not in {value for value, _ in self.places}:
            self.place = ANYWHERE
        self._fill(keep=True)

    def choose(self, clause: str) -> None:
        """Take a clause of the list to hand."""
        if clause != self.current:
            self.current = clause
            self.changed.emit()

    def open(self, clause: str) -> bool:
        """Take any clause to hand; query and filters that hide it are dropped. False where no pack has it."""
        found = self._desk.library.clauses.get(clause)
        if found is None:
            return False
        self.current = clause
        if all(row.id != clause for row in self.rows):
            self.query, self.grade, self.place = "", ANY_GRADE, ANYWHERE
            if all(clause != listed.id for listed in self._listed()):
                self.place = found.place
        self._fill(keep=True)
        return True

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The choices of place: all, the household's own chain, its parts, then every other place."""
        near = self._chain
        others = sorted({clause.place for clause in self._clauses} - set(near))
        here = [(HERE, " + ".join(self._place_name(place) for place in near))] if near else []
        return (
            (ANYWHERE, tr("All places")),
            *here,
            *((place, self._place_name(place)) for place in (*near, *others)),
        )

    @property
    def grades(self) -> tuple[tuple[str, str], ...]:
        """The choices of grade."""
        return ((ANY_GRADE, tr("All grades")), *((grade, self._grade_words(grade)) for grade in "ABCDSK"))

    @property
    def summary(self) -> str:
        """How many clauses are listed."""
        return tr("{count} clauses", count=len(self.rows)) if len(self.rows) != 1 else tr("1 clause")

    @property
    def reading(self) -> Reading | None:
        """The clause at hand in full."""
        library = self._desk.library
        clause = library.clauses.get(self.current)
        if clause is None:
            return None
        uses: dict[str, list[str]] = {}
        for place, key in library.used_by(clause.id):
            uses.setdefault(self._place_name(place), []).append(key_words(key))
        return Reading(
            id=clause.id,
            statement=clause.statement,
            facts=tuple((title, text) for title, text in self._facts(clause) if text),
            url=clause.url,
            grade=self._grade_words(clause.grade),
            grade_kind=_grade_kind(clause.grade),
            ended=self._ended(clause),
            conflicts=tuple((id, self._statement_of(id)) for id in clause.conflicts),
            note=clause.note,
            uses=tuple((place, tr(", ").join(keys)) for place, keys in uses.items()),
        )

    @property
    def citation(self) -> str:
        """The clause at hand as a citation: statement, source, number, address, period, grade."""
        reading = self.reading
        if reading is None:
            return ""
        facts = [tr("{title}: {said}", title=title, said=text) for title, text in reading.facts]
        link = [tr("{title}: {said}", title=tr("Address"), said=reading.url)] if reading.url else []
        trust = tr("{title}: {said}", title=tr("Trust"), said=reading.grade)
        return "\n".join([f"{reading.id}  {reading.statement}", *facts, *link, trust])

    def _fill(self, *, keep: bool) -> None:
        words = self.query.strip()
        if words:
            every = len(self._desk.library.clauses)
            hits = search_clauses(self._desk.library, words, limit=every)
            found = [(hit.clause, hit.matched) for hit in hits]
        else:
            found = [(clause, ()) for clause in self._listed()]
        near = self._chain
        fitting = [(clause, matched) for clause, matched in found if self._fits(clause, near)]
        self.rows = tuple(self._row(*pair) for pair in (fitting[:LIMIT] if words else fitting))
        listed = {row.id for row in self.rows}
        if not (keep and self.current in listed):
            self.current = self.rows[0].id if self.rows else ""
        self.changed.emit()

    def _fits(self, clause: Clause, near: tuple[str, ...]) -> bool:
        place = self.place
        fits = place == ANYWHERE or (clause.place in near if place == HERE else clause.place == place)
        return fits and self.grade in (ANY_GRADE, clause.grade)

    def _listed(self) -> list[Clause]:
        """What an empty query lists: the household's place, province, nation, in this order; or a place chosen."""
        if self.place in (ANYWHERE, HERE):
            order = {place: rank for rank, place in enumerate(self._chain)}
            listed = [clause for clause in self._clauses if not order or clause.place in order]
            return sorted(listed, key=lambda clause: (order.get(clause.place, 0), clause.id))
        return sorted((clause for clause in self._clauses if clause.place == self.place), key=lambda clause: clause.id)

    @property
    def _clauses(self) -> Iterable[Clause]:
        return self._desk.library.clauses.values()

    @property
    def _chain(self) -> tuple[str, ...]:
        live = self._desk.live
        if live is None:
            return ()
        try:
            return self._desk.library.chain(live.household.place)
        except NoRuleBook:
            return ()

    def _row(self, clause: Clause, matched: tuple[str, ...]) -> ClauseRow:
        return ClauseRow(
            id=clause.id,
            statement=clause.statement,
            spans=spans(clause.statement, matched),
            where=f"{self._where(clause)} · {_period(clause)}",
            grade=self._grade_words(clause.grade),
            grade_kind=_grade_kind(clause.grade),
            ended=self._ended(clause),
            used=bool(self._desk.library.used_by(clause.id)),
        )

    def _facts(self, clause: Clause) -> tuple[tuple[str, str], ...]:
        return (
            (tr("Value"), _value(clause)),
            (tr("Place"), self._where(clause)),
            (tr("In force"), _period(clause)),
            (tr("Source"), clause.source_title),
            (tr("Document no."), clause.doc_no),
        )

    def _ended(self, clause: Clause) -> bool:
        return clause.last is not None and clause.last < self._desk.today

    def _statement_of(self, clause: str) -> str:
        found = self._desk.library.clauses.get(clause)
        return "" if found is None else found.statement

    def _grade_words(self, grade: str) -> str:
        return self._desk.wording.say("grade", grade)

    def _where(self, clause: Clause) -> str:
        return self._names.get(clause.place) or clause.place_name or self._place_name(clause.place)

    def _place_name(self, place: str) -> str:
        return self._names.get(place) or self._desk.services.regions.name(place)


def _grade_kind(grade: str) -> GradeKind:
    return "warning" if grade in WEAK_GRADES else "accent" if grade in "AB" else "plain"


def _period(clause: Clause) -> str:
    if clause.first and clause.last:
        return tr("{first} to {last}", first=clause.first, last=clause.last)
    if clause.first:
        return tr("from {first}", first=clause.first)
    return tr("until {last}", last=clause.last) if clause.last else tr("dates unknown")


def _value(clause: Clause) -> str:
    """Values with their units: "100/300;60%" in "元;%" is "100/300 元; 60%"."""
    if clause.unit in _KINDS:
        return clause.value
    values, units = clause.value.split(";"), clause.unit.split(";")
    if len(values) != len(units):
        return " ".join(part for part in (clause.value, clause.unit) if part)
    pairs = zip((value.strip() for value in values), (unit.strip() for unit in units), strict=True)
    return "; ".join(value if not unit or value.endswith(unit) else f"{value} {unit}" for value, unit in pairs)
