"""The first step: whose personal account is shared."""

from functools import partial

from famgui.domain.account import Balance
from famgui.domain.binding_wish import Known, Party, asked_of, known_as
from famgui.domain.persondraft import PersonDraft
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import button, clear, column, label, row
from famgui.ui.widgets.fields import Field, Segments, masked
from famgui.ui.wizard import edits
from famgui.ui.wizard.newperson import NewPerson
from famgui.ui.wizard.picker import Picker
from famgui.ui.wizard.rows import Blame, Candidate
from famgui.ui.wizard.view import StepView, person_card
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.ui.wizard.words import facts


class AuthorizerView(StepView):
    """Somebody of the book, or somebody new; who is alone in a new book is typed at once."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self.picker = Picker(shell.desk)
        self.picker.chosen.connect(self._choose)
        self.picker.new_asked.connect(self._begin_new)
        self.new: NewPerson | None = None
        self._wanted: Candidate | None = None
        self.column.addWidget(label(tr("Whose personal account is shared?"), "heading"))
        self._chosen = column()
        self.column.addLayout(self._chosen)
        self.column.addWidget(self.picker, 1)
        self._somebody_new = button(tr("Somebody new"), "", self.more)
        self._somebody_new.setToolTip("Alt+N")
        self._new_row = row(self._somebody_new, label("Alt+N", "note"))
        self.column.addWidget(self._new_row)
        self.column.addStretch(0)
        vm.desk.changed.connect(self._arrived)

    def fill(self) -> None:
        giver = self.vm.state.authorizer
        if giver is None and not self.vm.desk.persons:
            self._begin_new("")
            return
        clear(self._chosen)
        self.new = None
        draft = giver.draft if giver is not None else None
        known = giver is not None and draft is None
        if giver is not None and draft is not None:
            self._show_new(giver)
        elif giver is not None:
            self._show_known(giver)
        typing = draft is not None
        self.picker.setVisible(not typing)
        self._new_row.setVisible(not typing)
        if not typing:
            live = self.vm.desk.live
            first = next((one.id for one in self.vm.desk.persons if one.has_account), "")
            left_out = frozenset({(live.id, giver.handle)}) if live is not None and known and giver else frozenset()
            self.picker.offer(left_out, first="" if known else first)

    def typed(self) -> None:
        giver = self.vm.state.authorizer
        if self.new is not None and giver is not None and giver.handle == self.new.handle:
            self.new.show_known(known_as(giver, self.vm.around))

    def take_focus(self) -> bool:
        if self.new is not None:
            self.new.take_focus()
        else:
            self.picker.line.setFocus()
        return True

    def enter(self) -> bool:
        if self.new is not None:
            return self.new.enter()
        known = self.vm.state.authorizer is not None
        if known and not self.picker.line.text() and self.picker.table.current is None:
            return False
        return self.picker.enter()

    def more(self) -> None:
        if self.new is None:
            self._begin_new(self.picker.line.text())

    def point(self, blame: Blame) -> bool:
        if self.new is not None and blame.where in ("form", "id"):
            return self.new.point(blame)
        if blame.where == "person":
            self.take_focus()
            return True
        return False

    def _show_known(self, giver: Party) -> None:
        person = self.vm.around.setting.persons[giver.handle]
        place = self.vm.desk.place_name(person.insured_place)
        words = facts(person, place, self.vm.desk.wording, number=masked(person.id_number))
        self._chosen.addWidget(person_card(self.vm.names[giver.handle], words))
        self._chosen.addWidget(label(tr("Somebody else: look for them below."), "note"))

    def _show_new(self, giver: Party) -> None:
        asked = asked_of(False, self.vm.around.rules)
        self.new = NewPerson(self.vm.desk, giver, asked, money=True, place=self.vm.place)
        self.new.typed.connect(partial(self._typed, giver.handle))
        self.new.held.connect(partial(self._held, giver.handle))
        self.new.known_wanted.connect(self._take_known)
        self.typed()
        live = self.vm.desk.live
        if live is not None:
            homes: list[tuple[object, str]] = [(False, live.title), (True, tr("a household of their own"))]
            where = Segments(homes, tr("Belongs to"))
            where.set_value(self.vm.apart)
            where.picked.connect(lambda apart: self.vm.set_apart(bool(apart)))
            self._chosen.addWidget(Field(tr("Belongs to"), where))
        self._chosen.addWidget(self.new)
        if self.vm.desk.persons:
            self._chosen.addWidget(row(button(tr("Choose somebody of the book instead"), "more", self._drop_new)))

    def _begin_new(self, name: str) -> None:
        vm = self.vm
        handle = edits.fresh_handle(vm.state, vm.around.setting.persons)
        draft = PersonDraft(name.strip() if not name.strip().isascii() else "", insured_place=vm.place)
        vm.edit(lambda state: edits.choose(state, Party(handle, draft)), moved=True)

    def _drop_new(self) -> None:
        self.vm.apart = False
        self.vm.edit(lambda state: edits.choose(state, None), moved=True)

    def _take_known(self, known: Known) -> None:
        """Somebody of the book instead of the one who was typed."""
        self.vm.apart = False
        self._choose(Candidate(*known))

    def _typed(self, handle: str, draft: PersonDraft) -> None:
        self.vm.edit(lambda state: edits.retype(state, handle, draft))

    def _held(self, handle: str, balance: Balance) -> None:
        self.vm.edit(lambda state: edits.hold(state, handle, balance))

    def _choose(self, one: Candidate) -> None:
        """Take somebody; who belongs to another household brings that household up."""
        live = self.vm.desk.live
        if live is not None and one.household != live.id:
            self._wanted = one
            self.vm.desk.reload(one.household)
            return
        self.vm.edit(lambda state: edits.choose(state, Party(one.handle)), moved=True)
        self.vm.onward()

    def _arrived(self) -> None:
        """The household of somebody chosen is at hand now."""
        one, self._wanted = self._wanted, None
        live = self.vm.desk.live
        if one is None or live is None or live.id != one.household or self.vm.waiting is not None:
            return
        self.vm.told.emit(
            tr("{name} belongs to “{title}”; this household is at hand now.", name=one.person.name, title=one.title)
        )
        self._choose(one)
