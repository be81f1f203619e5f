"""The third step: what each user is to the authorizer, from when to when, and in which order they are paid for."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QDate
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from famgui.base.pinyin import sound_of
from famgui.domain.binding_wish import Wish, others_of
from famgui.domain.identity import RELATIONS
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import button, chip, clear, column, label, row
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field
from famgui.ui.widgets.flow import flow
from famgui.ui.wizard import edits
from famgui.ui.wizard.blame import sentences
from famgui.ui.wizard.rows import Blame
from famgui.ui.wizard.view import StepView
from famgui.ui.wizard.viewmodel import WizardVM

_NO_DAY = date(1850, 1, 1)


class RelationChoice(Choice):
    """The relations, numbered: a digit chooses one, a letter the first whose name begins so."""

    def __init__(self, words: Sequence[tuple[object, str]]) -> None:
        numbered = [(value, f"{(place + 1) % 10}  {word}") for place, (value, word) in enumerate(words)]
        super().__init__([("", tr("Choose")), *numbered])
        self._words = [(value, word) for value, word in words]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text().lower()
        if typed.isascii() and typed.isalnum() and not event.modifiers():
            found = self._named(typed)
            if found:
                at = found.index(self.value) if self.value in found else -1
                self.set_value(found[(at + 1) % len(found)])
                self.picked.emit(self.value)
            return
        super().keyPressEvent(event)

    def _named(self, typed: str) -> list[object]:
        if typed.isdigit():
            place = (int(typed) or 10) - 1
            return [self._words[place][0]] if place < len(self._words) else []
        return [value for value, word in self._words if any(part.startswith(typed) for part in sound_of(word).split())]


class TermsOfOne(QWidget):
    """The terms of one user."""

    def __init__(self, vm: WizardVM, wish: Wish) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._vm, self.handle = vm, wish.party.handle
        self._filling = False
        outer = column()
        self.setLayout(outer)
        giver = vm.state.authorizer
        assert giver is not None
        self._guess = chip(tr("guessed by age, look again"), "warning")
        outer.addWidget(row(label(f"{vm.names[giver.handle]} → {vm.names[self.handle]}", "heading"), self._guess))
        words: list[tuple[object, str]] = [(one, vm.desk.wording.say("word", one)) for one in RELATIONS]
        self.relation = RelationChoice(words)
        self.relation.picked.connect(lambda value: vm.set_relation(self.handle, str(value)))
        self.starts, self.ends = DayEdit(vm.desk.today), DayEdit(_NO_DAY)
        self.ends.setMinimumDate(QDate(_NO_DAY.year, _NO_DAY.month, _NO_DAY.day))
        self.ends.setSpecialValueText(tr("no last day"))
        self.starts.dateChanged.connect(lambda _: self._set(starts=self.starts.day))
        self.ends.dateChanged.connect(lambda _: self._set(ends=self._last()))
        self.starts.misread.connect(lambda text: self._set(starts_typed=text))
        self.ends.misread.connect(lambda text: self._set(ends_typed=text))
        terms: tuple[tuple[edits.Term, str], ...] = (
            ("year", tr("one year")),
            ("year-end", tr("to the end of the year")),
            ("open", tr("no last day")),
        )
        buttons = [button(text, "more", partial(self._end, term)) for term, text in terms]
        self.fields = {
            "relation": Field(tr("Relation"), self.relation, top=True),
            "starts": Field(tr("First day"), row(self.starts), top=True),
            "ends": Field(tr("Last day"), flow(self.ends, *buttons), top=True),
        }
        self.starts.setAccessibleName(tr("First day"))
        self.ends.setAccessibleName(tr("Last day"))
        for field in self.fields.values():
            outer.addWidget(field)
        self._without = row(
            label(tr("From today, without a last day."), "dim"), button(tr("Set the days"), "more", self._dates)
        )
        outer.addWidget(self._without)
        self.priority = Choice()
        others = others_of(self.handle, vm.around, giver.handle)
        if others:
            self._offer_places([vm.names.get(one, one) for one in others])
            outer.addWidget(Field(tr("Order of payment"), self.priority))
        self.priority.picked.connect(lambda value: self._set(priority=value))
        self._dated = bool(vm.around.rules.find("binding.asks.dates").value) or wish.ends is not None
        self.show_wish(wish)

    def show_wish(self, wish: Wish) -> None:
        """Show these terms and what stands against them."""
        self._filling = True
        vm = self._vm
        self.relation.set_value(wish.relation)
        self.starts.set_day(wish.starts or vm.desk.today)
        self.ends.set_day(wish.ends or _NO_DAY)
        self.priority.set_value(wish.priority)
        self._filling = False
        moved = wish.starts is not None and wish.starts != vm.desk.today
        dated = self._dated or wish.ends is not None or moved
        for name in ("starts", "ends"):
            self.fields[name].setVisible(dated)
        self._without.setVisible(not dated)
        self._guess.setVisible(self.handle in vm.guessed)
        self.say()

    def say(self, *, wanting: bool = False) -> None:
        """Show at the fields what stands against the terms; what is only not there yet waits until Next asks for it."""
        told = sentences(self._vm.found, self._vm.said, self.handle)
        if not wanting and not self.relation.value:
            told.pop("relation", None)
        for name, field in self.fields.items():
            text, mild = told.get(name, ("", False))  # type: ignore[call-overload]
            field.say(text, mild=mild)

    def _offer_places(self, others: Sequence[str]) -> None:
        entries: list[tuple[object, str]] = [(1, tr("1 (pays first)"))]
        entries += [
            (place + 2, tr("{place}, after {name}", place=place + 2, name=name)) for place, name in enumerate(others)
        ]
        self.priority.set_entries(entries)

    def _last(self) -> date | None:
        return None if self.ends.day == _NO_DAY else self.ends.day

    def _set(self, **terms: object) -> None:
        if not self._filling:
            self._vm.edit(lambda state: edits.set_terms(state, self.handle, **terms))

    def _end(self, term: edits.Term) -> None:
        self._vm.edit(lambda state: edits.set_end(state, self.handle, term))

    def _dates(self) -> None:
        self._dated = True
        self._end("year")
        self.ends.setFocus()


class TermsView(StepView):
    """The terms of every user, one under the other."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self.each: list[TermsOfOne] = []
        self._list = column(spacing=24)
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def fill(self) -> None:
        clear(self._list)
        self.each = [TermsOfOne(self.vm, wish) for wish in self.vm.state.wishes]
        for one in self.each:
            self._list.addWidget(one)

    def typed(self) -> None:
        wishes = {wish.party.handle: wish for wish in self.vm.state.wishes}
        for one in self.each:
            if one.handle in wishes:
                one.show_wish(wishes[one.handle])

    def take_focus(self) -> bool:
        open_ones = [one for one in self.each if not one.relation.value or one.handle in self.vm.guessed]
        if self.each:
            (open_ones or self.each)[0].relation.setFocus()
        return bool(self.each)

    def point(self, blame: Blame) -> bool:
        one = next((one for one in self.each if one.handle == blame.handle), None)
        if one is None or blame.where not in one.fields:
            return False
        one.say(wanting=True)
        {"relation": one.relation, "starts": one.starts, "ends": one.ends}[blame.where].setFocus()
        return True
