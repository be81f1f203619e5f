"""What the policy page lists: the clauses that answer a query, and the one at hand. Computes on every keystroke."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.policy.pack import Clause
from famgui.ui.policy.clauserow import ClauseRow
from famgui.ui.policy.filters import ANYWHERE, HERE, Filters
from famgui.ui.policy.gaps import Gap, gaps_of
from famgui.ui.policy.marks import MarksKeeper
from famgui.ui.policy.origin import origin_chip, where
from famgui.ui.policy.reading import Reading, reading_of, validity
from famgui.ui.policy.why import why_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.widgets.policy_words import grade_kind, period, place_namer, topic_words
from famgui.usecase.policy_links import lineage, topics
from famgui.usecase.policy_origin import Origins

if TYPE_CHECKING:  # the search is loaded when it is first wanted
    from famgui.policy.search import Hit

LIMIT = 50
"""How many answers a query gets at most."""
View: TypeAlias = Literal["clauses", "gaps"]
"""What is listed: clauses, or what could not be confirmed."""

_STRENGTH = "ABCDSK"
"""Grades, the surest first."""


class PolicyVM(QObject):
    """Query and filters in, rows and the clause at hand out; with the view `gaps` the open questions too. `changed`
    after every change of either. While `waiting` the index is not at hand: no rows, and the query is answered by itself
    once it is."""

    changed = Signal()

    def __init__(self, desk: Desk, filters: Filters | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.marks = MarksKeeper(desk)
        self.query = ""
        self.filters = filters or Filters()
        self._sought = self.filters
        self.current = ""
        self.view: View = "clauses"
        self.gaps: tuple[Gap, ...] = ()
        self.rows: tuple[ClauseRow, ...] = ()
        self.waiting = False
        self._keeps = True
        self._hits: dict[str, Hit] = {}
        self._cut = False
        self._why = ""
        self._name = place_namer(desk)
        self._own = Origins(desk.library, desk.services.home)
        self.places: tuple[tuple[str, str], ...] = ()
        self.topics: tuple[tuple[str, str], ...] = ()
        self.marks.changed.connect(self._marked)
        self._check_filters()
        self._fill(keep=True)

    def ask(self, query: str) -> None:
        """Search for this; the best answer comes to hand. An empty query lists the clauses of the household's place."""
        self.query = query
        self._fill(keep=False)

    def prepare(self) -> None:
        """Have the search at hand before anybody types; what has been typed by then is answered."""
        library, searching = self._desk.library, self._desk.services.searching
        if searching is not None:
            self._desk.ops.aside(library, lambda pause: searching().prepare_search(library, pause), self._prepared)

    def narrow(self, **changes: object) -> None:
        """Change filters; the clause at hand stays while it is among what is listed."""
        self.filters = replace(self.filters, **changes)  # type: ignore[arg-type]
        self._fill(keep=True)

    def clear(self) -> None:
        """No query and no filters."""
        self.query, self.filters = "", Filters()
        self._fill(keep=True)

    def drop_filters(self) -> None:
        """No filters; the query stays."""
        self.filters = Filters()
        self._fill(keep=True)

    def refresh(self) -> None:
        """Answer anew, for the household and the packs at hand."""
        self._name = place_namer(self._desk)
        self._own = Origins(self._desk.library, self._desk.services.home)
        self._check_filters()
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
        self.current, self.view = clause, "clauses"
        if all(row.id != clause for row in self.rows):
            self.query, self.filters = "", Filters()
            self._sought = self.filters
            if all(clause != listed.id for listed in self._listed()):
                self.filters = Filters(place=found.place, inherits=False)
        self._fill(keep=True)
        return True

    def look(self, view: View) -> None:
        """List clauses, or what could not be confirmed; query and filters stay."""
        self.view = view
        self._fill(keep=True)

    def explain(self) -> None:
        """Say why the clause at hand answers the query, or no longer."""
        self._why = "" if self._why == self.current else self.current
        self._fill(keep=True)

    @property
    def home(self) -> str:
        """The household's place, "" without a household."""
        live = self._desk.live
        return "" if live is None else live.household.place

    @property
    def place(self) -> tuple[str, str]:
        """The choice of place that stands in the box, and what the box says instead where that is something else: that
        a query looks everywhere, the household's place first."""
        if self.filters.place != HERE or not self.home:
            return (ANYWHERE if self.filters.place == HERE else self.filters.place), ""
        widened = self._sought.place != HERE
        return HERE, tr("All places, {place} first", place=self._name(self.home)) if widened else ""

    @property
    def grades(self) -> tuple[tuple[str, str], ...]:
        """The choices of grade."""
        return (("", tr("All grades")), *((grade, self._grade_words(grade)) for grade in "ABCDSK"))

    @property
    def summary(self) -> str:
        """How many clauses, or open questions, are listed."""
        if self.waiting and self.view == "clauses":
            return ""
        if self.view == "gaps":
            return tr("{count} open", count=len(self.gaps))
        if self._hits and all(hit.guessed for hit in self._hits.values()):
            return tr("Nothing matches exactly; these come near")
        if self._cut:
            return tr("first {count}", count=len(self.rows))
        return tr("{count} clauses", count=len(self.rows)) if len(self.rows) != 1 else tr("1 clause")

    @property
    def reading(self) -> Reading | None:
        """The clause at hand in full."""
        clause = self._desk.library.clauses.get(self.current)
        return None if clause is None else reading_of(self._desk, clause, self._own, self._day)

    @property
    def _day(self) -> date | None:
        """The day that is asked about; None whatever the day."""
        return self.filters.on(self._desk.today)

    def _marked(self) -> None:
        self._fill(keep=True)

    def _offered_places(self) -> tuple[tuple[str, str], ...]:
        """The choices of place: all, the household's own with what it inherits, then every place that is spoken of."""
        here = [(HERE, self._home_said())] if self.home else []
        known = {clause.place for clause in self._clauses} | {pack.place for pack in self._desk.library.packs}
        return ((ANYWHERE, tr("All places")), *here, *((place, self._name(place)) for place in sorted(known)))

    def _home_said(self) -> str:
        """The household's place with what it inherits."""
        name, inherited = self._name(self.home), len(lineage(self.home)) - 1
        if inherited > 1:
            return tr("{place}, province and nation", place=name)
        return tr("{place} and nation", place=name) if inherited else name

    def _check_filters(self) -> None:
        """See what may be chosen; drop what the packs no longer know."""
        self.places = self._offered_places()
        known_topics = ((topic, topic_words(topic)) for topic in topics(self._clauses))
        self.topics = (("", tr("All topics")), *known_topics)
        known = {HERE, *(value for value, _ in self.places)}
        topic = self.filters.topic if self.filters.topic in {value for value, _ in self.topics} else ""
        place = self.filters.place if self.filters.place in known else HERE
        self.filters = replace(self.filters, place=place, topic=topic)

    def _prepared(self, _: object) -> None:
        if self.waiting:
            self._fill(keep=self._keeps)

    def _fill(self, *, keep: bool) -> None:
        words, desk = self.query.strip(), self._desk
        self._sought = self.filters.asked(words)
        searcher = self._searcher() if words else None
        self._keeps = keep and (self._keeps or not self.waiting)
        self.waiting = bool(words) and searcher is None
        self._hits, self._cut = {}, False
        found: list[tuple[Clause, tuple[str, ...]]] = []
        if searcher is not None:
            day = self._day or desk.today
            place = self.filters.place if self.filters.place not in (ANYWHERE, HERE) else self.home
            dated = self.filters.on(desk.today) is not None
            hits = searcher.find(words, place=place, day=day, limit=LIMIT + 1, wanted=self._fits, dated=dated)
            self._cut = len(hits) > LIMIT
            hits = hits[:LIMIT]
            self._hits = {hit.clause.id: hit for hit in hits}
            found = [(hit.clause, hit.matched) for hit in hits] or [(one, ()) for one in self._by_id(words)]
        elif self.waiting:
            self.prepare()
        else:
            found = [(clause, ()) for clause in self._listed()]
        listed = {clause.id for clause, _ in found}
        if not (self.waiting or (keep and self.current in listed)):
            self.current = found[0][0].id if found else ""
        if self._why not in self._hits:
            self._why = ""
        self.rows = tuple(self._row(clause, matched) for clause, matched in found)
        self.gaps = gaps_of(desk, self._sought, self.home, words) if self.view == "gaps" else ()
        self.changed.emit()

    def _searching(self) -> Any:
        """The policy search, loaded when it is first asked for."""
        return self._desk.services.searching() if self._desk.services.searching is not None else None

    def _searcher(self) -> Any:
        """The search if it can be had at once."""
        searching = self._searching()
        return None if searching is None else searching.search_at_hand(self._desk.library)

    def _by_id(self, typed: str) -> list[Clause]:
        """The clauses whose id begins so: an id that is still being typed is no word yet."""
        begun = typed.upper()
        found = [clause for clause in self._clauses if clause.id.startswith(begun) and self._fits(clause)]
        return sorted(found, key=lambda clause: clause.id)[:LIMIT]

    def _fits(self, clause: Clause) -> bool:
        return self._sought.fits(clause, self.home, self._desk.today, self.marks.bookmarks)

    def _listed(self) -> list[Clause]:
        """What an empty query lists: nearest place first, then what is surest."""
        near = self._sought.places(self.home)
        first = near if near is not None else lineage(self.home) if self.home else ()
        order = {place: rank for rank, place in enumerate(first)}
        listed = [clause for clause in self._clauses if (near is None or clause.place in order) and self._fits(clause)]
        return sorted(
            listed,
            key=lambda clause: (order.get(clause.place, len(order)), _STRENGTH.index(clause.grade), clause.id),
        )

    @property
    def _clauses(self) -> Iterable[Clause]:
        return self._desk.library.clauses.values()

    def _row(self, clause: Clause, matched: tuple[str, ...]) -> ClauseRow:
        valid = validity(clause, self._desk.today, self._day)
        return ClauseRow(
            id=clause.id,
            statement=clause.statement,
            spans=self._searching().spans(clause.statement, matched) if matched else (),
            where=tr(" · ").join((where(clause, self._name), period(clause.first, clause.last))),
            grade=self._grade_words(clause.grade),
            grade_kind=grade_kind(clause.grade),
            ended=valid.ended,
            then=valid.then,
            since=valid.since,
            used=bool(self._desk.library.used_by(clause.id)),
            starred=clause.id in self.marks.bookmarks,
            noted=clause.id in self.marks.notes,
            explains=bool(matched),
            why=self._reasons(clause) if self._why == clause.id else (),
            origin=origin_chip(self._own.of_clause(clause.id)),
        )

    def _reasons(self, clause: Clause) -> tuple[str, ...]:
        return why_words(self._searching().explain(self._hits[clause.id]))

    def _grade_words(self, grade: str) -> str:
        return self._desk.wording.say("grade", grade)
