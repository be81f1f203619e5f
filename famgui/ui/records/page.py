"""The records page: recorded visits at the left; at the right the one looked at, its refund, or what undo would do."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from famgui.ui.paper import Sheet, print_sheet
from famgui.ui.records.detail import Detail
from famgui.ui.records.refund_form import RefundForm
from famgui.ui.records.refunding import Form, RefundVM
from famgui.ui.records.rows import state_words
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.records.visits import VisitList
from famgui.ui.records.ways import WaysCard, put_back_words, visit_words
from famgui.ui.sheet import settlement_sheet
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import ANSWER_WIDTH, GAP, at_least, margins
from famgui.ui.widgets.basic import EmptyState, button
from famgui.usecase.undo import Mended, Way

_DETAIL, _REFUND, _WAYS = range(3)


class RecordsPage(Page):
    """What was recorded, what was taken back, and why."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Recorded settlements"), tr("What was recorded, what was taken back, and why"))
        self.vm = RecordsVM(shell.desk)
        self.refund = RefundVM(shell.desk, self.vm)
        self._visits = VisitList(shell, self.vm)
        confirm, drop = self._commands()
        content = QWidget()
        content.setProperty("kind", "plain")
        columns = QHBoxLayout(content)
        margins(columns, spacing=GAP)
        columns.addWidget(self._visits, 2)
        self._detail = Detail(shell, self.vm)
        self._form = RefundForm(shell, self.vm, self.refund, confirm, drop)
        self._ways = WaysCard(shell, self.refund.take, self._leave_form)
        self._right = QStackedWidget()
        for card in (self._detail, self._form, self._ways):
            at_least(card, ANSWER_WIDTH)
            self._right.addWidget(card)
        columns.addWidget(self._right, 1)
        self._stack = QStackedWidget()
        step = button(tr("To the calculator"), "primary", lambda: shell.desk.page_asked.emit("settlement"))
        for widget in (content, EmptyState(tr("Nothing is recorded yet. Settle a bill and record it."), step)):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self._connect()
        self._show_rows()
        self._show_visit()

    def _commands(self) -> tuple[QAction, QAction]:
        """Register what can be done; the actions of the refund form."""
        self.add_command(Command("records.undo", tr("Undo the refund"), "Ctrl+Z", self._undo_last))
        self.add_command(Command("records.correct", tr("Correct ..."), "Ctrl+M", lambda: self._begin("mend")))
        self.add_command(Command("records.refund", tr("Refund ..."), "Ctrl+R", lambda: self._begin("whole")))
        self.add_command(Command("records.print", tr("Print the sheet"), "Ctrl+P", self._print), primary=True)
        commands = self.shell.commands
        commands.add(self, Command("records.find", tr("Find a settlement"), "Ctrl+F", self._visits.begin_search))
        return (
            commands.add(self, Command("records.confirm", tr("Take back"), "Ctrl+Return", self.refund.confirm)),
            commands.add(self, Command("records.drop", tr("Cancel"), "Esc", self._leave_form)),
        )

    def _connect(self) -> None:
        self.vm.changed.connect(self._show_rows)
        self.vm.looked_at.connect(self._show_visit)
        self.refund.changed.connect(self._show_form)
        self.refund.refunded.connect(self._say_refunded)
        self.refund.taken_to_mend.connect(self._say_taken)
        self.refund.put_back.connect(self._say_put_back)
        self.refund.ways_offered.connect(self._offer)
        self.refund.refused.connect(self.shell.toasts.show)

    def refresh(self) -> None:
        """Read the household's visits anew."""
        self.vm.refresh()
        if self.focusWidget() is None:
            self._visits.table.setFocus()

    def _show_rows(self) -> None:
        self._stack.setCurrentIndex(0 if self.vm.rows else 1)
        self._visits.show_rows()

    def _show_visit(self) -> None:
        self._visits.select()
        self._detail.show_record()
        self._right.setCurrentIndex(_DETAIL)
        self._show_form()

    def _show_form(self) -> None:
        typing = self.refund.draft is not None
        if typing:
            self._right.setCurrentIndex(_REFUND)
            self._form.show_draft()
        elif self._right.currentIndex() == _REFUND:
            self._form.show_draft()
            self._right.setCurrentIndex(_DETAIL)
        enable = self.shell.commands.enable
        enable("records.print", self.vm.record is not None)
        enable("records.refund", self.refund.possible)
        enable("records.correct", self.refund.possible)
        enable("records.confirm", self.refund.ready)
        enable("records.drop", typing or self._right.currentIndex() == _WAYS)
        enable("records.undo", self.refund.last_refund is not None and not self.refund.working)

    def _begin(self, form: Form) -> None:
        self.refund.begin(form)

    def _leave_form(self) -> None:
        self._right.setCurrentIndex(_DETAIL)
        self.refund.drop()
        self._visits.table.setFocus()

    def sheet(self) -> Sheet | None:
        """The sheet of the visit that is looked at, as it stands."""
        record = self.vm.record
        if record is None:
            return None
        state = state_words(record.state)
        if record.refunds:
            state = f"{state} {record.refunds[-1].event.date.isoformat()}"
        return settlement_sheet(record.as_it_stands, record.shown, self.shell.desk, state=state)

    def _print(self) -> None:
        sheet = self.sheet()
        if sheet is not None:
            print_sheet(sheet, self)

    def _undo_last(self) -> None:
        if self.refund.last_refund is not None:
            self.refund.undo(self.refund.last_refund)

    def _say_refunded(self, refund: str) -> None:
        words = tr(
            "Refunded: {id}, {visit}. Every amount is back where it came from.", id=refund, visit=self._whose(refund)
        )
        self._focus_list()
        self.shell.toasts.show(words, [(tr("Undo"), self._undo_of(refund))])

    def _say_taken(self, refund: str, answer: Mended) -> None:
        if answer.visit is None:
            return
        self.shell.desk.take_visit(answer.visit)
        day = answer.visit.date.isoformat()
        words = tr("Taken back: {id}. Its bill is in the calculator, dated {day}.", id=refund, day=day)
        self.shell.toasts.show(words, [(tr("Undo"), self._undo_of(refund))])

    def _undo_of(self, refund: str) -> Callable[[], None]:
        """Undo this refund of the household at hand now, whatever is looked at by then."""
        home = self.refund.home
        return lambda: self.refund.undo(refund, home)

    def _whose(self, refund: str) -> str:
        """Whose visit a refund took back, and of which day."""
        found = (one.visit for one in self.vm.records.values() if any(back.event.id == refund for back in one.refunds))
        visit = next(found, None)
        return "" if visit is None else visit_words(visit, self.shell.desk.names)

    def _say_put_back(self, handle: str, way: Way) -> None:
        self.shell.desk.page_asked.emit("records")
        self._focus_list()
        self.shell.toasts.show(put_back_words(handle, way, self.shell.desk.names))

    def _focus_list(self) -> None:
        if self.isVisible():
            self._visits.table.setFocus()

    def _offer(self, ways: Sequence[Way]) -> None:
        self.vm.choose(ways[0].old.id)
        self._ways.show_ways(ways)
        self._right.setCurrentIndex(_WAYS)
        self.shell.commands.enable("records.drop", True)
        self.shell.desk.page_asked.emit("records")
