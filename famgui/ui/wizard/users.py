"""The second step: for whom. One user or several, from the book or new, each a card."""

from functools import partial

from PySide6.QtWidgets import QWidget

from famgui.domain.binding_wish import Known, Party, Wish, asked_of, known_as
from famgui.domain.binding_wish import person as person_of_party
from famgui.domain.persondraft import PersonDraft
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.basic import Card, button, clear, column, label, row
from famgui.ui.widgets.fields import masked
from famgui.ui.wizard import edits
from famgui.ui.wizard.newperson import NewPerson
from famgui.ui.wizard.picker import Picker
from famgui.ui.wizard.recording import join
from famgui.ui.wizard.rows import Blame, Candidate
from famgui.ui.wizard.view import StepView, person_card
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.ui.wizard.words import facts


class UsersView(StepView):
    """Cards of who was chosen, the form of whoever is being typed, and the search for one more."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self.open = ""
        self.new: NewPerson | None = None
        self._stranger: Candidate | None = None
        self._joining = False
        self.picker = Picker(shell.desk)
        self.picker.chosen.connect(self._choose)
        self.picker.new_asked.connect(self._begin_new)
        self.column.addWidget(label(tr("Who may use the account?"), "heading"))
        self._cards = column()
        self.column.addLayout(self._cards)
        self.column.addWidget(self.picker, 1)
        self._somebody_new = button(tr("Somebody new"), "", self.more)
        self._one_more = button(tr("One more user"), "", self.more)
        for made in (self._somebody_new, self._one_more):
            made.setToolTip("Alt+N")
        self._keys = label("Alt+N", "note")
        self._foot = row(self._somebody_new, self._one_more, self._keys)
        self.column.addWidget(self._foot)
        self.column.addStretch(0)

    def fill(self) -> None:
        wishes = self.vm.state.wishes
        if not wishes and not self._candidates():
            self._begin_new("")
            return
        if self.open and all(wish.party.handle != self.open for wish in wishes):
            self.open = ""
        self._show()

    def typed(self) -> None:
        party = next((wish.party for wish in self.vm.state.wishes if wish.party.handle == self.open), None)
        if self.new is not None and party is not None and self.new.handle == self.open:
            self.new.show_known(known_as(party, self.vm.around))

    def take_focus(self) -> bool:
        if self.new is not None:
            self.new.take_focus()
        elif not self.picker.isHidden():
            self.picker.line.setFocus()
        else:
            return False
        return True

    def enter(self) -> bool:
        if self.new is not None:
            return self.new.enter()
        return self.picker.enter()

    def more(self) -> None:
        """One more user: the form that is open is done with, the search stands ready; asked again, somebody new."""
        if self.open and self._candidates():
            self.open = ""
            self._show()
            self.picker.line.setFocus()
        else:
            self._begin_new(self.picker.line.text() if self.new is None else "")

    def point(self, blame: Blame) -> bool:
        party = next((wish.party for wish in self.vm.state.wishes if wish.party.handle == blame.handle), None)
        if blame.where == "person":
            self.take_focus()
            return True
        if party is None or not party.is_new or blame.where not in ("form", "phone", "id"):
            return False
        if self.open != blame.handle:
            self._open(blame.handle)
        return self.new is not None and self.new.point(blame)

    def _candidates(self) -> bool:
        """Whether there is anybody in the household to choose."""
        if self.vm.apart:
            return False
        taken = {party.handle for party in edits.parties(self.vm.state)}
        return any(one.id not in taken for one in self.vm.desk.persons)

    def _show(self) -> None:
        clear(self._cards)
        self.new = None
        for wish in self.vm.state.wishes:
            self._cards.addWidget(self._form(wish) if wish.party.handle == self.open else self._card(wish))
        if self._stranger is not None:
            self._cards.addWidget(self._stranger_card(self._stranger))
        typing = self.new is not None
        more = self._candidates() or len(self.vm.desk.titles) > 1 or not self.vm.state.wishes
        self.picker.setVisible(not typing and more)
        self._somebody_new.setVisible(not typing)
        self._one_more.setVisible(typing)
        self.picker.offer(self._left_out(), notes=self._notes())

    def _left_out(self) -> frozenset[tuple[int, str]]:
        live = self.vm.desk.live
        if live is None:
            return frozenset()
        return frozenset((live.id, wish.party.handle) for wish in self.vm.state.wishes)

    def _notes(self) -> dict[str, str]:
        """Who stands in the register already, and who the authorizer is."""
        giver, around = self.vm.state.authorizer, self.vm.around
        assert giver is not None
        rows = [row for row in around.setting.register if row.authorizer == giver.handle and row.open_on(around.day)]
        return {row.user: tr("bound already") for row in rows} | {giver.handle: tr("the authorizer")}

    def _card(self, wish: Wish) -> Card:
        vm, handle = self.vm, wish.party.handle
        known = person_of_party(wish.party, vm.around)
        number = masked(known.id_number)
        words = facts(known, vm.desk.place_name(known.insured_place), vm.desk.wording, number=number)
        actions: list[QWidget] = []
        name = vm.names[handle]
        if wish.party.is_new:
            edit = button(tr("Edit"), "", partial(self._open, handle))
            edit.setAccessibleName(tr("Edit {name}", name=name))
            actions.append(edit)
        elif self._lacks(handle):
            actions.append(button(tr("Fill in at People"), "", lambda: vm.desk.page_asked.emit("people")))
        remove = button(tr("Remove"), "", partial(self._remove, handle))
        remove.setAccessibleName(tr("Remove {name}", name=name))
        return person_card(name, words, *actions, remove)

    def _lacks(self, handle: str) -> bool:
        """Whether a fact of somebody known is missing, which is filled in elsewhere."""
        asked = ("ID_NEEDED", "PHONE_NEEDED")
        return any(check.user == handle and check.code in asked and check.state == "failed" for check in self.vm.found)

    def _form(self, wish: Wish) -> QWidget:
        party = wish.party
        asked = asked_of(True, self.vm.around.rules)
        self.new = NewPerson(self.vm.desk, party, asked, money=True, place=self.vm.place)
        self.new.typed.connect(partial(self._typed, party.handle))
        self.new.held.connect(lambda held: self.vm.edit(lambda state: edits.hold(state, party.handle, held)))
        self.new.known_wanted.connect(partial(self._take_known, party.handle))
        self.new.show_known(known_as(party, self.vm.around))
        made = Card(tr("New user"))
        made.setProperty("kind", "person")
        remove = button(tr("Remove"), "more", partial(self._remove, party.handle))
        remove.setAccessibleName(tr("Remove this user"))
        made.add_to_head(remove, stretch=True)
        made.body.addWidget(self.new)
        return made

    def _open(self, handle: str) -> None:
        self.open = handle
        self._show()
        self.take_focus()

    def _remove(self, handle: str) -> None:
        self.open = "" if self.open == handle else self.open
        self.vm.edit(lambda state: edits.remove(state, handle), moved=True)

    def _begin_new(self, name: str) -> None:
        vm = self.vm
        handle = edits.fresh_handle(vm.state, vm.around.setting.persons)
        typed = name.strip()
        draft = PersonDraft("" if typed.isascii() else typed, insurance="resident", insured_place=vm.place)
        self.open, self._stranger = handle, None
        vm.edit(lambda state: edits.add(state, Party(handle, draft)), moved=True)

    def _take_known(self, handle: str, known: Known) -> None:
        """Somebody of the book instead of the one who was typed."""
        self._remove(handle)
        self._choose(Candidate(*known))

    def _typed(self, handle: str, draft: PersonDraft) -> None:
        self.vm.edit(lambda state: edits.retype(state, handle, draft))

    def _choose(self, one: Candidate) -> None:
        live = self.vm.desk.live
        self._stranger = None
        if live is None or self.vm.apart or one.household != live.id:
            self._stranger = one
            self._show()
            return
        self.vm.edit(lambda state: edits.add(state, Party(one.handle)), moved=True)

    def _stranger_card(self, one: Candidate) -> Card:
        """Somebody of another household: said plainly, with the way to bring the two together."""
        live, name = self.vm.desk.live, one.person.name
        made = Card()
        made.setProperty("kind", "amber")
        text = tr(
            "{name} belongs to the household “{title}”. A binding is kept within one household.",
            name=name,
            title=one.title,
        )
        made.body.addWidget(label("! " + text, "heading", wrap=True))
        if live is None or self.vm.apart:
            made.body.addWidget(
                label(tr("Record this household first; then the two can be brought together."), wrap=True)
            )
            return made
        how = tr("Everybody and everything recorded of “{other}” moves to “{home}”.", other=one.title, home=live.title)
        made.body.addWidget(label(how, wrap=True))
        together = button(tr("Bring the two households together"), "", partial(self._join, one))
        made.body.addWidget(row(together, button(tr("Leave it"), "", self._forget_stranger)))
        return made

    def _forget_stranger(self) -> None:
        self._stranger = None
        self._show()
        self.take_focus()

    def _join(self, one: Candidate) -> None:
        def joined(why: str) -> None:
            if why:
                self.vm.told.emit(tr("Not brought together: {why}", why=why))
                return
            self._stranger = None
            found = [person for person in self.vm.desk.persons if _same(person, one.person)]
            if found:
                self.vm.edit(lambda state: edits.add(state, Party(found[-1].id)), moved=True)

        join(self.vm.desk, one.household, joined)


def _same(one: object, other: object) -> bool:
    """The same person under whatever handle."""
    names = ("name", "id_number", "phone", "born")
    return all(getattr(one, name) == getattr(other, name) for name in names)
