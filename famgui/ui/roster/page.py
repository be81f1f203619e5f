"""The list's page: a template out, a list in, its rows tried and taken over, the register out as a list."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QVBoxLayout, QWidget

from famgui.files.roster.source import ENDINGS
from famgui.ui.roster.columns import ColumnsCard
from famgui.ui.roster.summary import SummaryCard
from famgui.ui.roster.tables import TablesCard
from famgui.ui.roster.viewmodel import RosterVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.metrics import GAP, margins
from famgui.ui.widgets.basic import Card, button, command_button, label
from famgui.ui.widgets.placelist import place_entries
from famgui.ui.widgets.steps import FileCard, StepLine, WorkCard

_EMPTY, _RUNNING, _COLUMNS, _DONE = range(4)
_STATES = {"empty": _EMPTY, "running": _RUNNING, "columns": _COLUMNS, "done": _DONE}


class RosterPage(Page):
    """A whole list at once: tried row by row first, then taken over in one go."""

    def __init__(self, shell: Shell) -> None:
        question = tr("A whole list of employees and relatives, checked row by row before it is taken")
        super().__init__(shell, tr("Company list"), question)
        self.vm = RosterVM(shell.desk)
        self._register()
        self._steps = StepLine((tr("Template"), tr("Open a list"), tr("Look through"), tr("Take over")))
        self.body.addWidget(self._steps)
        self.failures = label("", "problem", wrap=True)
        self.failures.hide()
        self.body.addWidget(self.failures)
        self._stack = _Pages()
        self._summary = SummaryCard(self.vm)
        self.tables = TablesCard(shell, self.vm.set_leave_out, command_button(shell.commands.action("roster.faulty")))
        self.columns = ColumnsCard(self.vm, lambda: shell.desk.wording.language, lambda: place_entries(shell.desk))
        self._work = WorkCard(self.vm.cancel)
        for widget in (self._empty_card(), self._work, self.columns, self._done_page()):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.setAcceptDrops(True)
        self.vm.changed.connect(self._show)
        self.vm.progressed.connect(self._show_progress)
        self.vm.told.connect(lambda text: shell.toasts.show(text))
        shell.desk.changed.connect(self._enable_export)
        self._shown: object = None
        self._show()

    def refresh(self) -> None:
        self.vm.refresh()
        self._enable_export()

    def _register(self) -> None:
        commands = self.shell.commands
        commands.add(self, Command("roster.template", tr("Save the list's template"), "", self._ask_template))
        commands.add(self, Command("roster.faulty", tr("Save the faulty rows"), "", self._ask_faulty))
        self._export = button(tr("Export ▾"))
        self._export.setAccessibleName(tr("Export the register as a list"))
        menu = QMenu(self._export)
        menu.setAccessibleName(tr("Export"))
        for name, title, whole in (
            ("roster.export", tr("Export this household's register"), False),
            ("roster.export-all", tr("Export the whole book's register"), True),
        ):
            menu.addAction(commands.add(self, Command(name, title, "", self._exporter(whole))))
        self._export.setMenu(menu)
        self._head.addWidget(self._export)
        self._placing = self.add_command(Command("roster.columns", tr("Columns of the file"), "", self.vm.show_columns))
        self._again = self.add_command(Command("roster.open", tr("Open a list"), "Ctrl+Shift+O", self._ask_open))
        take = Command("roster.take", tr("Take the rows over"), "Ctrl+Return", self.vm.take)
        self._forever = label(tr("An import cannot be undone as a whole"), "note")
        self._head.addWidget(self._forever)
        self._take = self.add_command(take, primary=True)
        self._keys = self._take.text().removeprefix(take.title)

    def _exporter(self, whole: bool) -> Callable[[], None]:
        return lambda: self._ask_export(whole)

    def _empty_card(self) -> Card:
        actions = self.shell.commands
        template = command_button(actions.action("roster.template"))
        template.setText(tr("Save the template"))
        opening = command_button(actions.action("roster.open"), "primary")
        return FileCard(
            tr("Drop a list here, or open one (xlsx or CSV)"),
            tr("One row a binding: authorizer, user, relation, days. People are told apart by ID number."),
            tr("Every row is held against the rules of its place; nothing is taken over before you say so."),
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
        at = _STATES[vm.state]
        self._stack.setCurrentIndex(at)
        self._stack.updateGeometry()
        self._steps.show_step(4 if vm.taken else 2 if at == _DONE else 1 if at != _EMPTY or vm.has_template else 0)
        self.failures.setText("\n".join(f"✗ {text}" for text in vm.failures))
        self.failures.setVisible(bool(vm.failures))
        rows = vm.rows if at == _DONE else None
        self._placing.setVisible(at == _DONE and vm.taken is None)
        self._again.setVisible(at in (_DONE, _COLUMNS))
        self._take.setVisible(at == _DONE and vm.taken is None)
        self._forever.setVisible(at == _DONE and vm.taken is None)
        enable = self.shell.commands.enable
        enable("roster.open", at != _RUNNING)
        enable("roster.columns", at == _DONE)
        enable("roster.take", vm.can_take)
        enable("roster.faulty", rows is not None and rows.plan.count("held") > 0)
        self._enable_export()
        if at == _RUNNING:
            self._work.say(vm.doing)
            self._show_progress(0, 0)
        if at == _COLUMNS:
            self.columns.show_columns()
        if rows is not None:
            good, whole = rows.plan.count("new"), len(rows.plan.states)
            self._take.setText(tr("Take over {good} of {count} rows", good=good, count=whole) + self._keys)
            self._summary.show_sums(rows)
            if self._shown is not rows:
                self._shown = rows
                self.tables.show_tried(rows)
                self.tables.take_focus()
            self.tables.show_choice(leave_out=vm.leave_out, taken=vm.taken is not None)

    def _enable_export(self) -> None:
        some = self.shell.desk.live is not None and self.vm.state != "running"
        for name in ("roster.export", "roster.export-all"):
            self.shell.commands.enable(name, some)
        self._export.setEnabled(some)

    def _show_progress(self, done: int, total: int) -> None:
        self._work.show_progress(done, total)

    def _ask_open(self) -> None:
        endings = " ".join(f"*{ending}" for ending in ENDINGS)
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Open a list"), in_folder(), tr("Lists ({endings})", endings=endings)
        )
        if name:
            keep_folder(name)
            self.vm.open(Path(name))

    def _ask_template(self) -> None:
        self._ask_save(tr("Save the list's template"), tr("List template"), self.vm.save_template)

    def _ask_faulty(self) -> None:
        suggested = f"{Path(self.vm.name).stem} {tr('faulty rows')}"
        self._ask_save(tr("Save the faulty rows"), suggested, self.vm.save_faulty)

    def _ask_export(self, whole: bool) -> None:
        self._ask_save(
            tr("Export the register as a list"),
            tr("Register"),
            lambda path: self.vm.save_register(path, whole=whole),
        )

    def _ask_save(self, title: str, suggested: str, save: Callable[[Path], None]) -> None:
        workbook, text = tr("Excel workbook (*.xlsx)"), tr("CSV table (*.csv)")
        name, kind = QFileDialog.getSaveFileName(self, title, in_folder(f"{suggested}.xlsx"), f"{workbook};;{text}")
        if name:
            keep_folder(name)
            path = Path(name)
            ending = ".csv" if kind == text else ".xlsx"
            save(path if path.suffix.lower() in (".xlsx", ".csv") else path.with_name(f"{path.name}{ending}"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.vm.state != "running" and _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.vm.open(path)


class _Pages(QStackedWidget):
    """One of several contents at a time, which asks for no more room than the one that is shown."""

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return super().minimumSizeHint() if shown is None else shown.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        # The layout would ask for the tallest of all contents.
        return False


def _dropped(event: QDropEvent) -> Path | None:
    """The one list that is dragged, None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().lower().endswith(ENDINGS):
        return Path(urls[0].toLocalFile())
    return None
