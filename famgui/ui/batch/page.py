"""The batch page: a template out, a workbook in, its bills tried, saved as results and recorded in the book."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from famgui.ui.batch.summary import SummaryCard
from famgui.ui.batch.tables import TablesCard
from famgui.ui.batch.viewmodel import BatchVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, margins
from famgui.ui.widgets.basic import Card, command_button, label
from famgui.ui.widgets.steps import FileCard, StepLine, WorkCard

_EMPTY, _RUNNING, _DONE = range(3)
_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


class BatchPage(Page):
    """Many bills at once: dry run first, then results as a workbook, then the book."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Batch"), tr("Many people's bills at once, tried before they are recorded"))
        self.vm = BatchVM(shell.desk)
        self._register()
        self._steps = StepLine((tr("Template"), tr("Open a workbook"), tr("Look through"), tr("Record in the book")))
        self.body.addWidget(self._steps)
        self.failures = label("", "problem", wrap=True)
        self.failures.hide()
        self._stack = QStackedWidget()
        self._summary = SummaryCard(shell.theme, self.vm)
        self.tables = TablesCard(
            shell, *(command_button(shell.commands.action(f"batch.{name}")) for name in ("results", "faulty"))
        )
        self._work = WorkCard(self.vm.cancel)
        for widget in (self._empty_card(), self._work, self._done_page()):
            self._stack.addWidget(widget)
        self.body.addWidget(self.failures)
        self.body.addWidget(self._stack, 1)
        self.setAcceptDrops(True)
        self.vm.changed.connect(self._show)
        self.vm.progressed.connect(self._show_progress)
        self.vm.told.connect(self._tell)
        self._shown: object = None
        self._show()

    def refresh(self) -> None:
        self.vm.refresh()

    def _register(self) -> None:
        template = Command("batch.template", tr("Save the template"), "", self._ask_template)
        opening = Command("batch.open", tr("Open a workbook"), "Ctrl+Shift+O", self._ask_open)
        record = Command("batch.record", tr("Record the bills"), "Ctrl+Return", self.vm.record)
        commands = self.shell.commands
        commands.add(self, template)
        self._again = self.add_command(opening)
        self._record = self.add_command(record, primary=True)
        self._keys = self._record.text().removeprefix(record.title)
        commands.add(self, Command("batch.results", tr("Save the results"), "Ctrl+S", self._ask_results))
        commands.add(self, Command("batch.faulty", tr("Save the faulty rows"), "", self._ask_faulty))

    def _empty_card(self) -> Card:
        actions = self.shell.commands
        template = command_button(actions.action("batch.template"))
        opening = command_button(actions.action("batch.open"), "primary")
        return FileCard(
            tr("Drop a workbook here, or open one"),
            tr("One row an item; rows with the same bill number are one bill. People are looked up in the book."),
            tr("Every row is checked and every good bill settled; nothing is recorded before you say so."),
            (template, opening),
        )

    def _done_page(self) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        inside = QVBoxLayout(made)
        margins(inside, spacing=GAP)
        inside.addWidget(self._summary)
        inside.addWidget(self.tables, 1)
        return made

    def _show(self) -> None:
        vm = self.vm
        at = {"empty": _EMPTY, "running": _RUNNING, "done": _DONE}[vm.state]
        self._stack.setCurrentIndex(at)
        self._steps.show_step(4 if vm.recorded else 2 if at != _EMPTY else 1 if vm.has_template else 0)
        self.failures.setText("\n".join(f"✗ {text}" for text in vm.failures))
        self.failures.setVisible(bool(vm.failures))
        for made in (self._again, self._record):
            made.setVisible(at == _DONE)
        enable = self.shell.commands.enable
        enable("batch.open", at != _RUNNING)
        enable("batch.record", vm.can_record)
        enable("batch.results", at == _DONE)
        rows = vm.rows if at == _DONE else None
        enable("batch.faulty", rows is not None and rows.bad_rows > 0)
        if at == _RUNNING:
            self._work.say(vm.doing)
            self._show_progress(0, 0)
        if rows is not None:
            self._record.setText(tr("Record {count} bills", count=rows.sums.bills) + self._keys)
            self._summary.show_sums(rows)
            if self._shown is not rows:
                self._shown = rows
                self.tables.show_tried(rows)

    def _show_progress(self, done: int, total: int) -> None:
        self._work.show_progress(done, total)

    def _tell(self, text: str, take_back: Callable[[], object] | None) -> None:
        self.shell.toasts.show(text, [(tr("Undo"), take_back)] if take_back is not None else ())

    def _ask_open(self) -> None:
        endings = " ".join(f"*{ending}" for ending in _ENDINGS)
        title = tr("Open a workbook")
        name, _ = QFileDialog.getOpenFileName(self, title, in_folder(), tr("Workbooks ({endings})", endings=endings))
        keep_folder(name)
        if name:
            self.vm.open(Path(name))

    def _ask_template(self) -> None:
        self._ask_save(tr("Save the template"), tr("Bills template"), self.vm.save_template)

    def _ask_results(self) -> None:
        self._ask_save(tr("Save the results"), self._beside(tr("results")), self.vm.save_results)

    def _ask_faulty(self) -> None:
        self._ask_save(tr("Save the faulty rows"), self._beside(tr("faulty rows")), self.vm.save_faulty)

    def _beside(self, what: str) -> str:
        return f"{Path(self.vm.name).stem} {what}"

    def _ask_save(self, title: str, suggested: str, save: Callable[[Path], None]) -> None:
        kinds = tr("Workbooks ({endings})", endings="*.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, title, in_folder(f"{suggested}.xlsx"), kinds)
        keep_folder(name)
        if name:
            save(Path(name) if name.lower().endswith(".xlsx") else Path(f"{name}.xlsx"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.vm.state != "running" and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.vm.open(path)


def _dropped(event: QDropEvent) -> Path | None:
    """The one workbook that is dragged, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().lower().endswith(_ENDINGS):
        return Path(urls[0].toLocalFile())
    return None
