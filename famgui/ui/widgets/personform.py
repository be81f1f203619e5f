"""The form of a person's facts, on a plain draft; it says what is wrong with a field as one leaves it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from famgui.domain.person import CONCESSIONS, INSURANCES, STATUSES
from famgui.domain.persondraft import (
    ASKED,
    NAME_LENGTH,
    DraftField,
    DraftProblem,
    PersonDraft,
    draft_problems,
    tidied,
)
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import button, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field, IdEdit, Segments
from famgui.ui.widgets.placechoice import PlaceChoice
from famgui.ui.widgets.placelist import first_place

FIELDS: tuple[DraftField, ...] = get_args(DraftField)
IDENTITY: frozenset[DraftField] = frozenset({"name", "id_number", "phone", "born"})
"""What a person is, whatever happens: never changed from a day on, only corrected."""
RARE: tuple[DraftField, ...] = ("born", "tier", "suspended")
"""Fields that stand behind "more" until they say something."""
_NO_DAY = QDate(1850, 1, 1)


class PersonForm(QWidget):
    """One field a line. `draft` is what is typed so far; `changed` after every change.

    Problems show once a field has been left; `show_problems` shows all of them and goes to the first that keeps the
    draft from being taken."""

    changed = Signal()

    def __init__(self, desk: Desk, draft: PersonDraft | None = None, *, asked: Container[DraftField] = ASKED) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._desk, self._asked = desk, asked
        self._filling = False
        self._left: set[DraftField] = set()
        self._more_shown = False
        self._make_editors()
        self.fields: Mapping[str, Field] = self._lay_out()
        self._connect()
        self._draft = draft if draft is not None else PersonDraft(insured_place=self._home)
        self.set_draft(self._draft)

    @property
    def draft(self) -> PersonDraft:
        """What is typed so far, put right."""
        return tidied(self._draft)

    def set_draft(self, draft: PersonDraft) -> None:
        """Show this draft; nothing has been left yet."""
        self._draft = draft
        self._left.clear()
        self._filling = True
        self._name.setText(draft.name)
        self._number.set_number(draft.id_number)
        self._phone.setText(draft.phone)
        self._insurance.set_value(draft.insurance)
        self._status.set_value(draft.status)
        self._single_pool.setChecked(draft.single_pool)
        self._place.set_code(draft.insured_place)
        self._concession.set_value(draft.concession)
        self._tier.setText(draft.tier)
        _set_day(self._suspended, draft.suspended)
        _set_day(self._born, draft.born)
        self._filling = False
        self._show_lines()
        self._tell()

    def problems(self) -> tuple[DraftProblem, ...]:
        """Everything that is wrong or odd now, shown or not."""
        regions, today = self._desk.services.regions, self._desk.today
        return tuple(draft_problems(self._draft, today=today, regions=regions, asked=self._asked))

    def show_problems(self) -> bool:
        """Show every problem and go to the first error; whether there is none."""
        self._left.update(FIELDS)
        self._show_lines()
        self._tell()
        first = next((found.field for found in self.problems() if found.severity == "error"), None)
        if first is not None:
            self.fields[first].editor.setFocus()
        return first is None

    def allow(self, allowed: Container[DraftField]) -> None:
        """Let only these fields be changed."""
        for name, field in self.fields.items():
            field.setEnabled(name in allowed)

    def ask(self, asked: Container[DraftField]) -> None:
        """These fields must be told from now on."""
        self._asked = asked
        self._tell()

    def say(self, field: DraftField, text: str, *, mild: bool = False) -> None:
        """Say something of a field that the draft alone cannot tell ("somebody has this number"), until it changes."""
        self.fields[field].say(text, mild=mild)

    def take_focus(self) -> None:
        """Begin at the name."""
        self._name.setFocus()

    @property
    def _home(self) -> str:
        return first_place(self._desk)

    def _make_editors(self) -> None:
        say = self._desk.wording.say
        self._name, self._phone, self._tier = QLineEdit(), QLineEdit(), QLineEdit()
        self._name.setMaxLength(2 * NAME_LENGTH)
        self._phone.setMaxLength(2 * NAME_LENGTH)
        self._tier.setMaxLength(2 * NAME_LENGTH)
        self._number = IdEdit()
        insurances = [(kind, say("fact-word", kind)) for kind in INSURANCES[:2]]
        self._insurance = Segments([*insurances, ("none", tr("Not insured"))], tr("Insurance"))
        self._status = Segments([(kind, say("fact-word", kind)) for kind in STATUSES], tr("Status"))
        self._single_pool = QCheckBox(tr("Single pool: no personal account"))
        self._single_pool.setAccessibleName(tr("Single pool: no personal account"))
        self._place = PlaceChoice(self._desk)
        groups = [(kind, say("fact-word", kind)) for kind in CONCESSIONS]
        self._concession = Choice(groups)
        self._suspended, self._born = _day_or_none(tr("not suspended")), _day_or_none(tr("by ID number"))
        self._suspended.setAccessibleName(tr("Suspended from"))
        self._born.setAccessibleName(tr("Date of birth"))

    def _lay_out(self) -> dict[str, Field]:
        lines: tuple[tuple[DraftField, str, QWidget], ...] = (
            ("name", tr("Full name"), self._name),
            ("id_number", tr("ID number"), self._number),
            ("phone", tr("Phone"), self._phone),
            ("insurance", tr("Insurance"), self._insurance),
            ("status", tr("Status"), self._status),
            ("single_pool", "", self._single_pool),
            ("insured_place", tr("Insured place"), self._place),
            ("concession", tr("Concession"), self._concession),
            ("tier", tr("Tier"), self._tier),
            ("suspended", tr("Suspended from"), row(self._suspended)),
            ("born", tr("Date of birth"), row(self._born)),
        )
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        fields: dict[str, Field] = {}
        for name, title, editor in lines:
            fields[name] = Field(title, editor, top=True)
            column.addWidget(fields[name])
        self._more = button(tr("More facts"), "more", self._show_more)
        column.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        return fields

    def _connect(self) -> None:
        self._name.textEdited.connect(lambda text: self._edit("name", text))
        self._phone.textEdited.connect(lambda text: self._edit("phone", text))
        self._tier.textEdited.connect(lambda text: self._edit("tier", text))
        self._number.changed.connect(lambda: self._edit("id_number", self._number.typed))
        self._insurance.picked.connect(lambda value: self._edit("insurance", value))
        self._status.picked.connect(lambda value: self._edit("status", value))
        self._single_pool.toggled.connect(lambda on: self._edit("single_pool", on))
        self._place.changed.connect(lambda: self._edit("insured_place", self._place.code))
        self._concession.picked.connect(lambda value: self._edit("concession", value))
        self._suspended.dateChanged.connect(lambda: self._edit("suspended", _day_of(self._suspended)))
        self._born.dateChanged.connect(lambda: self._edit("born", _day_of(self._born)))
        for name, field in self.fields.items():
            for line in _lines_of(field.editor):
                line.editingFinished.connect(lambda name=name: self._leave(name))

    def _edit(self, name: DraftField, value: Any) -> None:
        if self._filling:
            return
        changes: dict[str, Any] = {name: value}
        if name == "insurance":
            changes |= {"status": "active", "single_pool": False, "concession": "none"}
        self._draft = replace(self._draft, **changes)
        if name == "insurance":
            self._filling = True
            self._status.set_value("active")
            self._single_pool.setChecked(False)
            self._concession.set_value("none")
            self._filling = False
            self._show_lines()
        self._tell(name)
        self.changed.emit()

    def _leave(self, name: DraftField) -> None:
        self._left.add(name)
        if name in ("name", "phone"):
            line = self._name if name == "name" else self._phone
            line.setText(getattr(self.draft, name))
        self._tell()

    def _tell(self, being_typed: DraftField | None = None) -> None:
        """What is wrong with the fields that have been left; what is being typed is only ever cleared."""
        found: dict[DraftField, DraftProblem] = {}
        for problem in self.problems():
            found.setdefault(problem.field, problem)
        for name, field in self.fields.items():
            told = found.get(name) if name in self._left else None
            if told is None:
                field.say("")
            elif name != being_typed or field.problem:
                field.say(self._sentence(told), mild=told.severity != "error")

    def _sentence(self, problem: DraftProblem) -> str:
        return self._desk.wording.say("draft", problem.code, **dict(problem.values))

    def _show_more(self) -> None:
        self._more_shown = True
        self._show_lines()
        self.fields["tier"].editor.setFocus()

    def _show_lines(self) -> None:
        draft = self._draft
        told: set[str] = {name for name in RARE if getattr(draft, name)}
        told |= {problem.field for problem in self.problems() if problem.field in self._left}
        shown = {
            "status": draft.insurance == "employee",
            "single_pool": draft.insurance == "employee",
            "concession": draft.insurance == "resident",
            **{name: self._more_shown or name in told for name in RARE},
        }
        for name, on in shown.items():
            self.fields[name].setVisible(on)
        self._more.setVisible(any(not shown[name] for name in RARE))


def _lines_of(editor: QWidget) -> Iterable[QLineEdit]:
    return [editor] if isinstance(editor, QLineEdit) else editor.findChildren(QLineEdit)


def _day_or_none(nothing: str) -> DayEdit:
    made = DayEdit(date(1850, 1, 1))
    made.setMinimumDate(_NO_DAY)
    made.setSpecialValueText(nothing)
    return made


def _set_day(edit: DayEdit, day: date | None) -> None:
    edit.setDate(_NO_DAY if day is None else QDate(day.year, day.month, day.day))


def _day_of(edit: DayEdit) -> date | None:
    return None if edit.date() == _NO_DAY else edit.day
