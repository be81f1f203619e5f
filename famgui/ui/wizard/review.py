"""The last steps: everything at a glance before it is recorded, and what was recorded."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from famgui.domain.binding import free_from
from famgui.domain.binding_wish import Party, Wish, bindings, others_of, person
from famgui.domain.money import grouped
from famgui.ui.checklist import show_checklist
from famgui.ui.commitment import show_commitment
from famgui.ui.confirmation import show_confirmation
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, clear, column, label
from famgui.ui.widgets.flow import flow
from famgui.ui.wizard import edits
from famgui.ui.wizard.view import StepView, person_card
from famgui.ui.wizard.viewmodel import WizardVM
from famgui.ui.wizard.words import days_in_words, id_tail


class ReviewView(StepView):
    """Who, with whom, as what, from when to when; the places taken after it; who is new."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self._all = column(spacing=GAP)
        self.column.addLayout(self._all)
        self.column.addStretch(1)

    def fill(self) -> None:
        clear(self._all)
        vm = self.vm
        giver = vm.state.authorizer
        assert giver is not None
        self._all.addWidget(label(tr("This will be recorded"), "heading"))
        for wish in vm.state.wishes:
            words = " · ".join(self._about(wish))
            self._all.addWidget(person_card(f"{self._called(giver)} → {self._called(wish.party)}", words))
        grid = QGridLayout()
        margins(grid, spacing=GRID)
        grid.setHorizontalSpacing(GAP)
        grid.setColumnStretch(1, 1)
        for line, (name, text, clause, weak) in enumerate(self._facts()):
            grid.addWidget(label(name, "dim"), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text, wrap=True), line, 1)
            if weak:
                grid.addWidget(chip(tr("Unconfirmed"), "warning"), line, 2)
            if clause:
                grid.addWidget(clause_chip(clause, self.shell.desk.open_clause), line, 3)
        self._all.addLayout(grid)

    def _about(self, wish: Wish) -> Iterator[str]:
        vm = self.vm
        yield vm.desk.wording.say("word", wish.relation)
        yield days_in_words(wish.starts, wish.ends, vm.desk.wording)
        giver = vm.state.authorizer
        others = others_of(wish.party.handle, vm.around, giver.handle if giver else "")
        if others:
            yield tr("order of payment {place}", place=min(wish.priority, len(others) + 1))
        if wish.proofs:
            yield tr("proof: {names}", names=tr(", ").join(wish.proofs))

    def _facts(self) -> Iterator[tuple[str, str, str, bool]]:
        vm = self.vm
        for check in vm.lines:
            title = self._limits().get(check.text)
            if check.clause and check.mark in "✓!" and title:
                yield title, check.text, check.clause, check.weak
        effect = vm.around.rules.find("binding.effective")
        yield tr("Takes effect"), self._effect(str(effect.value or "")), effect.clause, effect.weak
        months = vm.around.rules.find("binding.minimum-months")
        rows = bindings(vm.state, vm.around)
        if months.value and rows:
            free = free_from(rows[0], vm.around.rules).isoformat()
            yield tr("Unbinding"), tr("from {day} at the earliest", day=free), months.clause, months.weak
        new = [party for party in edits.parties(vm.state) if party.is_new]
        if new:
            said = [vm.names[party.handle] for party in new]
            yield tr("New people"), tr(", ").join(said), "", False
        held = [party for party in new if party.balance.total]
        for party in held:
            said_held = tr("{name}: {amount} yuan", name=vm.names[party.handle], amount=grouped(party.balance.total))
            yield tr("Account balance"), said_held, "", False
        if vm.apart or vm.desk.live is None:
            giver = vm.state.authorizer
            name = vm.names[giver.handle] if giver else ""
            title, place = tr("{name}'s family", name=name), vm.desk.place_name(vm.place)
            yield tr("New household"), f"{title} · {place}", "", False

    def _limits(self) -> dict[str, str]:
        titles = {"BIND_LIMIT": tr("At once after it"), "LIFETIME_LIMIT": tr("Ever after it")}
        return {self.vm.sentence(check): titles[check.code] for check in self.vm.found if check.code in titles}

    def _called(self, party: Party) -> str:
        """A name, and the end of the ID number."""
        tail = id_tail(person(party, self.vm.around).id_number)
        name = self.vm.names[party.handle]
        return f"{name} {tail}" if tail else name

    def _effect(self, effect: str) -> str:
        first = min(wish.starts for wish in self.vm.state.wishes if wish.starts is not None).isoformat()
        return {
            "at-once": tr("on {day}, as soon as it is recorded", day=first),
            "approval": tr("when the agency has approved it"),
            "next-day": tr("on {day}, a day after the application", day=first),
            "next-month": tr("on {day}, with the month after the application", day=first),
        }.get(effect, first)


class DoneView(StepView):
    """What was recorded, and what is still to be done: paper, the official platform, the next binding."""

    def __init__(self, shell: Shell, vm: WizardVM) -> None:
        super().__init__(shell, vm)
        self._all = column(spacing=GAP)
        self.column.addLayout(self._all)
        self.platform = button(tr("Checklist for the platform"), "", self._checklist)
        self.again = button(tr("Bind another"), "primary", vm.anew)
        self._buttons = (
            self.platform,
            button(tr("Print the commitment"), "", self._commitment),
            button(tr("Print the confirmation"), "", self._confirmation),
        )
        self.column.addWidget(flow(*self._buttons))
        self._next = flow(self.again, button(tr("To the register"), "", lambda: vm.desk.page_asked.emit("binding")))
        self.column.addWidget(self._next)
        self.column.addStretch(2)

    def fill(self) -> None:
        clear(self._all)
        found = self.vm.finished
        if found is None or found.state.authorizer is None:
            return
        names = self.vm.names
        giver = names.get(found.state.authorizer.handle, "")
        self._all.addWidget(label("✓ " + tr("Recorded on {day}", day=found.day.isoformat()), "statement", wrap=True))
        for wish in found.state.wishes:
            relation = self.vm.desk.wording.say("word", wish.relation)
            days = days_in_words(wish.starts, wish.ends, self.vm.desk.wording)
            self._all.addWidget(person_card(f"{giver} → {names.get(wish.party.handle, '')}", f"{relation} · {days}"))
        note: Card = Card()
        note.setProperty("kind", "amber")
        said = tr("This is famgui's own register. The binding counts once it is done on the official platform as well.")
        note.body.addWidget(label("! " + said, "heading", wrap=True))
        self._all.addWidget(note)

    def take_focus(self) -> bool:
        self.platform.setFocus()
        return True

    def _checklist(self) -> None:
        if self.vm.finished is not None:
            show_checklist(self.shell, "bind", self.vm.finished.ids, self)

    def _commitment(self) -> None:
        if self.vm.finished is not None:
            show_commitment(self.shell, self.vm.finished.rows, self)

    def _confirmation(self) -> None:
        if self.vm.finished is not None:
            show_confirmation(self.shell, self.vm.finished.rows, self)
