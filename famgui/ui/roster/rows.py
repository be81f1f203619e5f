"""A tried list as rows of a table made page by page, and what there is to tell of each."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from famgui.base.wording import Wording
from famgui.files.roster.rows import ListRow, Remark, Stated
from famgui.files.roster.told import column_title, remark_sentence
from famgui.files.roster.words import word_for
from famgui.files.workbook.cells import masked
from famgui.ui.shell.i18n import tr
from famgui.usecase.roster.plan import Plan

PAGE = 100
"""How many rows of the table are made at once."""
View: TypeAlias = Literal["all", "held", "look", "there"]
VIEWS: tuple[View, ...] = ("all", "held", "look", "there")
MARKS = {"error": "✗", "warning": "!", "info": "·"}
_KINDS = {"error": "problem", "warning": "warning", "info": "note"}


class Told(NamedTuple):
    """One thing to tell of a row: mark and sentence, the kind of its label, the clause behind it ("": none), whether
    that clause is not confirmed."""

    text: str
    kind: str
    clause: str
    weak: bool


class ShownRow(NamedTuple):
    """A row in the table: its place in the view, and what it says."""

    place: int
    row: ListRow

    @property
    def number(self) -> str:
        """Its number in the file."""
        return str(self.row.number)


class TriedRows:
    """What a tried list gives to show; made where it was tried, as it goes through all of it."""

    def __init__(self, plan: Plan, wording: Wording) -> None:
        self.plan, self._wording = plan, wording
        rows = sorted(plan.read.rows, key=lambda row: row.number)
        self._views: dict[View, list[ListRow]] = {
            "all": rows,
            "held": [row for row in rows if plan.states[row.number] == "held"],
            "look": [row for row in rows if self._is_odd(row)],
            "there": [row for row in rows if plan.states[row.number] == "there"],
        }
        self.called = {
            one.id_number: one.name
            for row in rows
            for one in (row.authorizer, row.user)
            if one is not None and one.id_number and one.name
        }

    def _is_odd(self, row: ListRow) -> bool:
        remarks = self.plan.remarks.get(row.number, ())
        return self.plan.states[row.number] != "held" and any(one.severity == "warning" for one in remarks)

    def count(self, view: View) -> int:
        """How many rows a view has."""
        return len(self._views[view])

    def page(self, view: View, after: ShownRow | None) -> Sequence[ShownRow]:
        """The next rows of a view."""
        first = 0 if after is None else after.place + 1
        rows = self._views[view][first : first + PAGE]
        return [ShownRow(first + place, row) for place, row in enumerate(rows)]

    def mark(self, shown: ShownRow) -> str:
        """A sign beside the words: what is wrong, what is to be looked at, what is there already."""
        state = self.plan.states[shown.row.number]
        if state == "held":
            return MARKS["error"]
        return MARKS["warning"] if self._is_odd(shown.row) else MARKS["info"] if state == "there" else "✓"

    def state(self, shown: ShownRow) -> str:
        """What becomes of it, in a word or two."""
        state = self.plan.states[shown.row.number]
        if state == "held":
            return tr("held back")
        if state == "there":
            return tr("in the book")
        if shown.row.user is None:
            return tr("new person")
        return tr("as it stands") if self.plan.days[shown.row.number][1] else tr("applied today")

    def person(self, stated: Stated | None) -> str:
        """Somebody's name; the ID number's ends where there is none."""
        if stated is None:
            return ""
        return stated.name or self.called.get(stated.id_number or "") or self.number(stated)

    def number(self, stated: Stated | None) -> str:
        """Somebody's ID number, masked."""
        return masked(stated.id_number) if stated is not None and stated.id_number else ""

    def relation(self, shown: ShownRow) -> str:
        """What the user is to the authorizer."""
        return word_for("relation", shown.row.relation, self._wording.language)

    def first_day(self, shown: ShownRow) -> str:
        """The first day as it would be recorded."""
        day = self.plan.days.get(shown.row.number, (shown.row.starts, False))[0]
        return "" if day is None else day.isoformat()

    def last_day(self, shown: ShownRow) -> str:
        """The last day, in a word where there is none."""
        if shown.row.ends is not None:
            return shown.row.ends.isoformat()
        return tr("no limit") if shown.row.user is not None and shown.row.number in self.plan.days else ""

    def whole(self, shown: ShownRow) -> str:
        """Who it is about, with ID numbers masked, and what becomes of it."""
        people = [
            " ".join((self.person(one), self.number(one))) for one in (shown.row.authorizer, shown.row.user) if one
        ]
        return tr(
            "Row {number} · {people} · {state}", number=shown.number, people=" → ".join(people), state=self.state(shown)
        )

    def told(self, shown: ShownRow) -> list[Told]:
        """Everything there is to tell, the gravest first."""
        remarks = sorted(self.plan.remarks.get(shown.row.number, ()), key=lambda one: tuple(MARKS).index(one.severity))
        return [self._told(remark) for remark in remarks]

    def _told(self, remark: Remark) -> Told:
        column, said = column_title(remark, self._wording), remark_sentence(remark, self._wording)
        text = tr("{column}: {said}", column=column, said=said) if column else said
        return Told(f"{MARKS[remark.severity]} {text}", _KINDS[remark.severity], remark.clause, remark.weak)

    def remark(self, shown: ShownRow) -> str:
        """The first of it, and how many more there are."""
        remarks = self.told(shown)
        if not remarks:
            return ""
        first = remarks[0].text[2:]
        return first if len(remarks) == 1 else tr("{first} (+{count})", first=first, count=len(remarks) - 1)
