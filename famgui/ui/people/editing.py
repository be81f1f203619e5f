"""The form for a person: somebody new, or facts put right or changed from a day on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from famgui.domain.account import Balance
from famgui.domain.persondraft import PersonDraft, draft_of, person_of, tidied
from famgui.ui.people.detail import scrolling
from famgui.ui.people.viewmodel import PeopleOps, PeopleVM
from famgui.ui.people.words import household_of, name_of, refusal_words
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, label, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Field, MoneyEdit, Segments
from famgui.ui.widgets.personform import FIELDS, IDENTITY, PersonForm
from famgui.ui.widgets.placelist import first_place
from famgui.usecase.people import with_number
from famgui.usecase.people_add import Added, add_person, found_family
from famgui.usecase.people_edit import Corrected, amend_on, correct, grave_problems
from famgui.usecase.record import Recorded

ALWAYS, FROM_DAY = "always", "day"
HERE, NEW = "here", "new"


@dataclass(frozen=True)
class Task:
    """What the form is for, and whom."""

    person: int | None
    before: PersonDraft | None = None


class FormCard(Card):
    """A card with the form, what is asked above it, what is wrong below, and the two buttons. `left` when it is done
    with; `saved` with a sentence."""

    left = Signal()
    saved = Signal(str)
    twin = Signal(int)
    """Somebody else's row that may be this person."""

    def __init__(self, vm: PeopleVM, ops: PeopleOps, title: str, take: str) -> None:
        super().__init__()
        self.vm, self.ops, self.desk = vm, ops, vm.desk
        self.title = label(title, "heading", wrap=True)
        self.body.addWidget(self.title)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        margins(self.column, spacing=GRID)
        self.form = PersonForm(self.desk)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.body.addWidget(scrolling(inside, title), 1)
        self.why = label("", "problem", wrap=True)
        self.why.hide()
        self.body.addWidget(self.why)
        self.save: QPushButton = button(take, "primary", self.take)
        self.body.addWidget(row(self.save, button(tr("Cancel"), "", self.left.emit)))

    def say(self, *lines: str) -> None:
        """What stands against it; nothing takes it away."""
        self.why.setText("\n".join(f"✗ {line}" for line in lines))
        self.why.setVisible(bool(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field and takes the form from the last; with Ctrl from any."""
        focus = QApplication.focusWidget()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier or not self._go_on(focus):
            self.take()

    def _go_on(self, focus: QWidget | None) -> bool:
        """Go to the field below; whether there is one."""
        every: Iterable[Field] = self.findChildren(Field)
        fields = [one for one in every if one.isVisible() and one.isEnabled()]
        fields.sort(key=lambda one: one.mapTo(self, QPoint()).y())
        at = next((n for n, one in enumerate(fields) if focus is not None and one.isAncestorOf(focus)), -1)
        if at + 1 == len(fields):
            return False
        after = fields[at + 1].editor
        days: Iterable[QAbstractSpinBox] = after.findChildren(QAbstractSpinBox)
        next(iter(days), after).setFocus()
        return True

    def take(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def sound(self, before: PersonDraft | None) -> bool:
        """Whether the draft may be taken; shows what is wrong."""
        self.form.show_problems()
        regions, today = self.desk.services.regions, self.desk.today
        return not grave_problems(self.form.draft, before, today=today, regions=regions)

    def ask(self, words: str, work: Callable[[], Any], done: Callable[[Any], None], home: int | None = None) -> None:
        """Let the writer thread do it."""
        self.say()
        self.ops.do(words, work, done, home)


class EditCard(FormCard):
    """Facts of who is looked at."""

    def __init__(self, vm: PeopleVM, ops: PeopleOps) -> None:
        super().__init__(vm, ops, tr("Edit"), tr("Save the changes"))
        self._task = Task(None)
        since = ((ALWAYS, tr("Has always been so")), (FROM_DAY, tr("Changed on a day")))
        self.when = Segments(since, tr("Since when"))
        self.day = DayEdit(self.desk.today)
        self._day_field = Field(tr("Changed on"), row(self.day), top=True)
        self.day.setAccessibleName(tr("Changed on"))
        self._explains = label("", "note", wrap=True)
        self.column.insertWidget(0, self.when)
        self.column.insertWidget(1, self._explains)
        self.column.insertWidget(2, self._day_field)
        self.when.picked.connect(lambda _: self._show())
        self._twin = 0
        self._merge = button(tr("Merge the two ..."), "link", lambda: self.twin.emit(self._twin))
        self._merge.hide()
        self.body.insertWidget(self.body.count() - 1, self._merge)

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self._task.before is not None and self.form.draft != tidied(self._task.before)

    def say(self, *lines: str) -> None:
        super().say(*lines)
        self._merge.hide()

    def begin(self, *, focus: bool = True) -> None:
        """Edit who is looked at."""
        hit = self.vm.hit
        if hit is None:
            return
        self.title.setText(tr("Edit {name}", name=name_of(hit)))
        self.when.set_value(ALWAYS)
        self.day.set_day(self.desk.today)
        self._show()
        if focus:
            self.form.take_focus()

    def _show(self) -> None:
        known, hit, dated = self.vm.known(), self.vm.hit, self.when.value == FROM_DAY
        if known is None or hit is None:
            return
        before = draft_of(known.stands if dated else known.given)
        self._task = Task(hit.id, before)
        self.form.set_draft(before)
        self.form.allow([name for name in FIELDS if name not in IDENTITY] if dated else FIELDS)
        self._day_field.setVisible(dated)
        always = tr("Puts right what was written down wrongly; what it said before stays in the history.")
        changed = tr("Recorded as a change: bills before that day keep what held then.")
        self._explains.setText(changed if dated else always)
        self.say()

    def take(self) -> None:
        if self._task.person is None or self._task.before is None or not self.sound(self._task.before):
            return
        if self.when.value == FROM_DAY:
            self._amend(self._task.person)
        else:
            self._correct(self._task.person)

    def _correct(self, person: int) -> None:
        book, rules_of, now = self.desk.book, self.desk.library.book, datetime.now().astimezone()
        known = self.vm.known()
        if book is None or known is None:
            return
        wanted = person_of(self.form.draft, known.given.id)
        self.ask(tr("Correcting"), lambda: correct(book, rules_of, person, wanted, now=now), self._corrected)

    def _corrected(self, done: Corrected) -> None:
        if not done.done:
            hint = any(refusal.code == "RESULT_CHANGES" for refusal in done.refusals)
            more = (self.desk.wording.say("people", "use-dated"),) if hint else ()
            self.say(*refusal_words(done.refusals, self.desk), *more)
            self._twin = done.twin
            self._merge.setVisible(bool(done.twin))
            return
        self.saved.emit(tr("Corrected") if done.changed else tr("Nothing was different"))

    def _amend(self, person: int) -> None:
        book, rules_of, now = self.desk.book, self.desk.library.book, datetime.now().astimezone()
        if book is None:
            return
        draft, day = self.form.draft, self.day.day
        self.ask(tr("Recording"), lambda: amend_on(book, rules_of, person, draft, day, now=now), self._amended)

    def _amended(self, done: Recorded | None) -> None:
        if done is None:
            self.saved.emit(tr("Nothing was different"))
        elif done.recorded:
            self.saved.emit(tr("The change is recorded from {day} on", day=self.day.day.isoformat()))
        else:
            self.say(*self.desk.why_not(done).splitlines())


class AddCard(FormCard):
    """Somebody new, in the household at hand or in a household of their own."""

    def __init__(self, vm: PeopleVM, ops: PeopleOps) -> None:
        super().__init__(vm, ops, tr("Add a person"), tr("Add"))
        self.where = Segments(((HERE, tr("this household")), (NEW, tr("a new household"))), tr("Into"))
        self._where_field = Field(tr("Into"), self.where, top=True)
        self.named = QLineEdit()
        self._named_field = Field(tr("Title"), self.named, top=True)
        self.current, self.prior = MoneyEdit(), MoneyEdit()
        self._money = [
            Field(tr("This year's balance"), self.current, top=True),
            Field(tr("Prior years' balance"), self.prior, top=True),
        ]
        self.anyway = QCheckBox(tr("Add all the same"))
        self.anyway.setAccessibleName(tr("Add all the same"))
        self.column.insertWidget(0, self._where_field)
        self.column.insertWidget(1, self._named_field)
        for place, field in enumerate(self._money, 3):
            self.column.insertWidget(place, field)
        self.body.insertWidget(self.body.count() - 1, self.anyway)
        self.where.picked.connect(lambda _: self._show())
        self.form.changed.connect(self._show)

    def begin(self) -> None:
        """Begin with an empty form."""
        live = self.desk.live
        self.form.set_draft(PersonDraft(insured_place=first_place(self.desk)))
        self.where.set_value(HERE if live is not None else NEW)
        self._where_field.setEnabled(live is not None)
        for edit in (self.named, self.current, self.prior):
            edit.clear()
        self.anyway.setChecked(False)
        self.anyway.hide()
        self.say()
        self._show()
        self.form.take_focus()

    def _show(self) -> None:
        draft = self.form.draft
        new, account = self.where.value == NEW, draft.insurance == "employee" and not draft.single_pool
        self._named_field.setVisible(new)
        self.named.setPlaceholderText(tr("{name}'s family", name=draft.name) if draft.name else "")
        for field in self._money:
            field.setVisible(account)
        self.anyway.hide()

    def take(self) -> None:
        book = self.desk.book
        money = self._balance()
        if book is None or not self.sound(None) or money is None:
            return
        draft, rules_of, now = self.form.draft, self.desk.library.book, datetime.now().astimezone()
        twins = [] if self.anyway.isChecked() else with_number(book, draft.id_number)
        if twins:
            whose = tr("{name} ({home})", name=name_of(twins[0]), home=household_of(twins[0]))
            self.say(tr("This ID number is in the book already: {who}.", who=whose))
            self.anyway.show()
            return
        live, day = self.desk.live, self.desk.today
        if self.where.value == NEW or live is None:
            title = self.named.text().strip() or tr("{name}'s family", name=draft.name)
            place = draft.insured_place if live is None else live.household.place
            self.ask(
                tr("Adding"), lambda: found_family(book, rules_of, place, title, draft, money, now=now), self._added
            )
        else:
            home = live.id
            self.ask(
                tr("Adding"), lambda: add_person(book, rules_of, home, draft, money, day=day, now=now), self._added
            )

    def _balance(self) -> Balance | None:
        """What the account holds; None after saying which amount is none."""
        if not self._money[0].isVisibleTo(self):
            return Balance()
        amounts = []
        for field, edit in zip(self._money, (self.current, self.prior), strict=True):
            fen = edit.fen if edit.text().strip() else 0
            field.say("" if fen is not None else tr("Write the amount as 120.00."))
            amounts.append(fen)
        current, prior = amounts
        return None if current is None or prior is None else Balance(current, prior)

    def _added(self, done: Added) -> None:
        if not done.done:
            self.say(*refusal_words(done.refusals, self.desk))
            return
        self.vm.take(done.person)
        self.saved.emit(tr("Added {name}", name=self.form.draft.name))
