"""The binding wizard: its steps at the left, the form of the step at hand, what was checked at the right."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.binding_wish import Step
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import (
    CHECKS_WIDTH,
    GAP,
    GRID,
    SIDE_BY_SIDE,
    STAGES_WIDTH,
    fix_width,
    let_grow,
    margins,
)
from famgui.ui.widgets.basic import Card, button, clear, command_button, label, restyle
from famgui.ui.wizard.authorizer import AuthorizerView
from famgui.ui.wizard.checkscard import ChecksCard
from famgui.ui.wizard.consent import ConsentView
from famgui.ui.wizard.papers import PapersView
from famgui.ui.wizard.review import DoneView, ReviewView
from famgui.ui.wizard.rows import Blame, Finished, StageRow
from famgui.ui.wizard.terms import TermsView
from famgui.ui.wizard.users import UsersView
from famgui.ui.wizard.view import OfferView, StepView, scrolled
from famgui.ui.wizard.viewmodel import WizardVM

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_VIEWS: Mapping[Step, type[StepView]] = {
    "authorizer": AuthorizerView,
    "users": UsersView,
    "terms": TermsView,
    "proof": PapersView,
    "commitment": ConsentView,
    "review": ReviewView,
    "done": DoneView,
}


class WizardPage(Page):
    """May we bind, under which rule, and done. Enter goes on, Shift+Enter or Alt+Left goes back."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("New binding"), "")
        self.vm = WizardVM(shell.desk)
        self._where, self._kept = label("", "subtitle"), label("", "note")
        self._head.insertWidget(2, self._where)
        self._head.addWidget(self._kept)
        self.offer = OfferView(shell, self.vm)
        self.views: dict[Step, StepView] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.offer, tr("New binding")))
        self.checks = ChecksCard(self.vm, shell.desk)
        self._stages = QVBoxLayout()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        margins(self._columns, spacing=GAP)
        self._steps_card = self._stages_card()
        self._columns.addWidget(self._steps_card)
        self._columns.addWidget(self._form_card(), 1)
        self._columns.addWidget(self.checks)
        self.body.addLayout(self._columns, 1)
        self._narrow: bool | None = None
        self.vm.moved.connect(self._moved)
        self.vm.checked.connect(self._checked)
        self.vm.refused.connect(self._refused)
        self.checks.waived.connect(self._next_waiver)
        self.vm.kept.connect(self._show_kept)
        self.vm.told.connect(lambda text: self.shell.toasts.show(text))
        self.vm.recorded.connect(self._recorded)
        self._moved()

    @property
    def view(self) -> StepView:
        """What is on screen now."""
        if self.vm.waiting is not None:
            return self.offer
        step = self.vm.state.step
        if step not in self.views:
            self.views[step] = _VIEWS[step](self.shell, self.vm)
            self._stack.addWidget(scrolled(self.views[step], tr("New binding")))
        return self.views[step]

    def refresh(self) -> None:
        self.vm.reload()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.vm.state.step == "done" and not event.spontaneous():  # coming back is for another one
            self.vm.anew()
        self._take_focus()

    def leave(self) -> None:
        self.vm.keeper.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
            return
        focus = QApplication.focusWidget()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.vm.back()
        elif isinstance(focus, QPushButton) and not focus.isCheckable():
            focus.click()
        elif not self.view.enter():
            self._onward()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A narrow window shows the checks below the form, and the steps in the head only."""
        narrow = self.width() < SIDE_BY_SIDE
        if narrow == self._narrow:
            return
        self._narrow = narrow
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self._steps_card.setVisible(not narrow)
        if narrow:
            let_grow(self.checks, 0)
        else:
            fix_width(self.checks, CHECKS_WIDTH)

    def _stages_card(self) -> Card:
        card = Card()
        margins(self._stages, spacing=4)
        card.body.addLayout(self._stages)
        card.body.addStretch(1)
        fix_width(card, STAGES_WIDTH)
        return card

    def _form_card(self) -> Card:
        card = Card()
        card.body.addWidget(self._stack, 1)
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        card.body.addWidget(self._problem)
        add = self.shell.commands.add
        back = add(self, Command("wizard.back", tr("Step back"), "Alt+Left", self.vm.back))
        onward = add(self, Command("wizard.next", tr("Next step"), "Ctrl+Return", self._onward))
        more = add(self, Command("wizard.more", tr("One more, or somebody new"), "Alt+N", lambda: self.view.more()))
        add(self, Command("wizard.new", tr("New binding"), "Ctrl+N", self._another))
        add(self, Command("wizard.undo", tr("Undo"), "Ctrl+Z", self.vm.take_back))
        anew = add(self, Command("wizard.anew", tr("Begin anew"), "", self.vm.anew))
        more.setEnabled(True)
        self.back_button = command_button(back)
        self.next_button = button("", "primary", onward.trigger)
        self._anew = command_button(anew, "link")
        foot = QHBoxLayout()
        margins(foot, spacing=GRID)
        foot.addWidget(self.back_button)
        foot.addWidget(self._anew)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        self._foot = QWidget()
        self._foot.setProperty("kind", "plain")
        self._foot.setLayout(foot)
        card.body.addWidget(self._foot)
        return card

    def _another(self) -> None:
        """Once one is done, the next one."""
        if self.vm.state.step == "done":
            self.vm.anew()

    def _onward(self) -> None:
        self._problem.hide()
        self.vm.onward()

    def _moved(self) -> None:
        if self.vm.lost:
            self.shell.toasts.show(self.vm.lost)
            self.vm.lost = ""
        view = self.view
        view.fill()
        if view is not self.view:  # filling may have gone on
            return
        self._stack.setCurrentIndex(self._place_of(view))
        self._problem.hide()
        self._checked()
        self._take_focus()

    def _take_focus(self) -> None:
        """Begin at the step's first field, else at Next."""
        if not self.view.take_focus():
            self.next_button.setFocus()

    def _place_of(self, view: StepView) -> int:
        return 0 if view is self.offer else 1 + list(self.views.values()).index(view)

    def _checked(self) -> None:
        vm, offered = self.vm, self.vm.waiting is not None
        step = vm.state.step
        self._problem.hide()
        self.checks.show_checks()
        self._show_stages()
        if not offered:
            self.view.typed()
        now = next((row for row in vm.stages if row.state == "now"), None)
        known = now is not None and not offered
        self._where.setText(
            tr("Step {number} of {count}", number=now.number, count=len(vm.stages)) if now and known else ""
        )
        words = tr("Record it") if step == "review" else tr("Next step")
        self.next_button.setText(f"{words}  Enter")
        self.next_button.setAccessibleName(words)
        self.next_button.setEnabled(not vm.busy)
        self._foot.setVisible(not offered and step != "done")
        self._anew.setVisible(bool(vm.flow.past))
        self.shell.commands.enable("wizard.back", bool(vm.flow.past) and not vm.busy)
        self.shell.commands.enable("wizard.undo", vm.finished is not None and not vm.busy)
        self._show_kept()

    def _show_kept(self) -> None:
        at = self.vm.saved_at
        self._kept.setText(tr("Draft saved {time}", time=at) if at and self.vm.state.step != "done" else "")

    def _show_stages(self) -> None:
        if getattr(self, "_stages_shown", None) == self.vm.stages:
            return
        self._stages_shown = self.vm.stages
        clear(self._stages)
        for stage in self.vm.stages:
            self._stages.addWidget(self._stage(stage))

    def _stage(self, stage: StageRow) -> QPushButton:
        mark = "✓" if stage.state == "done" else str(stage.number)
        made = button(f"{mark}   {stage.title}", "stage")
        made.setAccessibleName(tr("Step {number}: {title}", number=stage.number, title=stage.title))
        made.setProperty("now", "true" if stage.state == "now" else "false")
        made.setEnabled(stage.state == "done" and self.vm.state.step != "done" and self.vm.waiting is None)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self._go_back_to(stage.step))
        restyle(made)
        return made

    def _go_back_to(self, step: Step) -> None:
        while self.vm.state.step != step and self.vm.flow.past:
            self.vm.back()

    def _refused(self, blame: Blame) -> None:
        """Say what stands against it, where it is mended; who cannot see it hears it."""
        pointed = self.view.point(blame)
        if not pointed and self.checks.waivers:
            self.checks.waivers[0].setFocus()
        self._problem.setText(f"✗ {blame.text}")
        self._problem.setVisible(not pointed)
        self.checks.show_failure()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, blame.text))

    def _next_waiver(self) -> None:
        """One demand is passed over: on to the next one, else to Next."""
        (self.checks.waivers[0] if self.checks.waivers else self.next_button).setFocus()

    def _recorded(self, what: Finished) -> None:
        names = tr(", ").join(self.vm.names.get(wish.party.handle, "") for wish in what.state.wishes)
        giver = self.vm.names.get(what.state.authorizer.handle, "") if what.state.authorizer else ""
        said = tr("Bound: {authorizer} → {user}", authorizer=giver, user=names)
        self.shell.toasts.show(said, [(tr("Undo"), self.vm.take_back)])
