"""The settlement page: the visit at the left, the answer at the right while one types."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPushButton, QStyle, QVBoxLayout, QWidget

from famgui.domain.settlement import Visit
from famgui.domain.timeline import Outcome
from famgui.ui.paper import Sheet, print_sheet
from famgui.ui.settlement.bill import Bill
from famgui.ui.settlement.draft import VisitDraft
from famgui.ui.settlement.form import VisitForm
from famgui.ui.settlement.templates import Templates
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.settlement.whopays import WhoPays, twin_said
from famgui.ui.settlement.why import Why
from famgui.ui.settlement.year import Year
from famgui.ui.sheet import settlement_sheet
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import ANSWER_HEIGHT, ANSWER_WIDTH, GAP, GRID, PAGE_MARGIN, SIDE_BY_SIDE, at_least, margins
from famgui.ui.widgets.basic import Card

_SCROLL_BAR = QStyle.PixelMetric.PM_ScrollBarExtent


class SettlementPage(Page):
    """Answers while one types; Ctrl+Enter records."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Settlement"), tr("Who pays how much, and why"))
        self.vm = SettlementVM(shell.desk)
        self.vm.setParent(self)
        self._add_commands()
        self.form = VisitForm(shell, self.vm)
        self.bill = Bill(self, self.vm, Templates(shell.desk))
        self.year = Year(self.vm)
        self.who, self.why = WhoPays(shell, self._show_step, self._record_again), Why(shell)
        at_least(self.why, ANSWER_WIDTH, ANSWER_HEIGHT)
        shell.commands.add(
            self, Command("settlement.copy", tr("Copy the national fields"), "Ctrl+Shift+C", self.why.copy_fields)
        )
        self._figures: list[QPushButton] = []
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        margins(self._columns, spacing=GAP)
        card = self._visit_card()
        self._columns.addWidget(card, 1)
        self._columns.addLayout(self._answer(), 1)
        self.body.addLayout(self._columns, 1)
        for part in (card, self.who, self._columns.parentWidget()):
            part.installEventFilter(self)
        for signal, slot in (
            (self.vm.changed, self._show),
            (self.vm.recorded, self._recorded),
            (self.vm.repeated, self._ask_again),
            (self.vm.refused, shell.toasts.show),
            (self.vm.found_again, self._found_again),
            (self.vm.taken, self._taken),
            (shell.desk.patient_asked, self._settle_for),
        ):
            signal.connect(slot)
        self.form.fill_patients()
        self._show()
        if self.vm.draft.items:
            self._found_again()

    def _add_commands(self) -> None:
        desk = self.shell.desk
        for name, title, keys, run in (
            ("compare", tr("Compare variants"), "", lambda: desk.page_asked.emit("compare")),
            ("print", tr("Print"), "Ctrl+P", self._print),
        ):
            self.add_command(Command(f"settlement.{name}", title, keys, run))
        self.add_command(Command("settlement.record", tr("Record"), "Ctrl+Return", self.vm.record), primary=True)

    def _visit_card(self) -> QWidget:
        card = Card()
        card.body.setSpacing(GRID)
        card.body.addWidget(self.form)
        card.body.addLayout(self.bill, 1)
        card.body.addLayout(self.year)
        return card

    def _answer(self) -> QVBoxLayout:
        made = QVBoxLayout()
        margins(made, spacing=GAP)
        made.addWidget(self.who)
        made.addWidget(self.why, 1)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Put the answer below the visit where there is no room beside it, in this language and letter size."""
        parts = [self._columns.itemAt(at).minimumSize().width() for at in range(self._columns.count())]
        needed = sum(parts) + GAP + 2 * PAGE_MARGIN + self.style().pixelMetric(_SCROLL_BAR)
        beside = self.width() >= max(SIDE_BY_SIDE, needed)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)
            self._columns.activate()  # at once: the scroll area measures the page anew
            self._columns.parentWidget().updateGeometry()

    def refresh(self) -> None:
        """Take up the household at hand."""
        self.vm.refresh()
        self.form.fill_patients()

    def leave(self) -> None:
        """Save what is half-done at once: the window closes, or the book is changed."""
        self.vm.keeper.flush()
        self.vm.memory.flush()

    def _show(self) -> None:
        result = self.vm.result
        self.form.show_draft()
        self.bill.show_draft()
        self.year.show_draft()
        self.who.show_result(result)
        self.who.show_twin(self.vm.twin, busy=self.vm.recording)
        if self.who.figures != self._figures:
            self._order_tabs()
        self.why.show_result(result, self.vm.missing)
        enable = self.shell.commands.enable
        enable("settlement.record", result is not None and not self.vm.recording)
        for name in ("print", "compare", "copy"):
            enable(f"settlement.{name}", result is not None)

    def _order_tabs(self) -> None:
        """Let Tab go from the visit to the figures and on to the steps, as one reads."""
        self._figures = self.who.figures
        for one, next_one in pairwise((self.year.change, self.who.again, *self._figures, self.why.turn)):
            QWidget.setTabOrder(one, next_one)

    def _show_step(self, number: int) -> None:
        self.why.show_step(number)

    def _sheet(self) -> Sheet | None:
        visit = self.vm.visit("preview")
        if self.vm.result is None or visit is None:
            return None
        return settlement_sheet(visit, self.vm.result.settlement, self.shell.desk)

    def _print(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            print_sheet(sheet, self)

    def _record_again(self) -> None:
        self.vm.record(again=True)

    def _ask_again(self) -> None:
        """Nothing was recorded: the same visit is in the book. Enter on the button records it all the same."""
        twin = self.vm.twin
        if twin is not None:
            self.who.again.setFocus()
            self.shell.toasts.show(f"! {twin_said(twin, self.shell.desk.today)}")

    def _recorded(self, outcome: Outcome) -> None:
        self.form.fill_patients()
        handle, visit, done = outcome.event.id, outcome.event, outcome.settlement

        def undo() -> None:
            self.vm.undo(handle, lambda _: self._say_undone(handle))

        def show_paper() -> None:
            if isinstance(visit, Visit) and done is not None:
                print_sheet(settlement_sheet(visit, done, self.shell.desk), self)

        actions = [(tr("Undo"), undo), (tr("Print"), show_paper)]
        self.shell.toasts.show(tr("Recorded {id}", id=handle), actions)

    def _say_undone(self, handle: str) -> None:
        self.form.fill_patients()
        self.shell.toasts.show(tr("Took back {id}: every amount is back where it came from", id=handle))

    def _found_again(self) -> None:
        self.shell.toasts.show(tr("Your unfinished bill is back"), [(tr("Clear"), self.vm.start_over)])

    def _taken(self, before: VisitDraft) -> None:
        again = [(tr("Undo"), lambda: self.vm.restore(before))]
        self.shell.toasts.show(tr("Taken over: the visit is typed in"), again)

    def _settle_for(self, person: str) -> None:
        """Let this person be the patient; a bill that is being typed for somebody else stays until it is cleared."""
        draft, names = self.vm.draft, self.shell.desk.names
        if person == draft.patient or person not in names:
            return
        if not draft.items:
            self.vm.edit(patient=person)
            return

        def begin() -> None:
            self.vm.start_over()
            self.vm.edit(patient=person)

        said = tr("An unfinished bill of {name} is here", name=names.get(draft.patient, draft.patient))
        self.shell.toasts.show(said, [(tr("Clear it and take {name}", name=names[person]), begin)])
