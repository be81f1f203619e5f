"""The rule packs page: what is in use and how fresh; a file from outside looked at, taken, given out, removed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelection, QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from famgui.ui.packs.detail import PackCard
from famgui.ui.packs.incoming import FaultCard, PreviewCard
from famgui.ui.packs.viewmodel import PacksVM
from famgui.ui.packs.words import name_of, source_words, state_words, summary_words
from famgui.ui.shell.commands import Command
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import STALE_DAYS
from famgui.ui.theme.metrics import GAP, GRID, PLACE_WIDTH, fix_width, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button, label
from famgui.ui.widgets.fields import Choice, Segments
from famgui.ui.widgets.table import Column, Table, TableModel
from famgui.usecase.packs import PackLine, Undo

_LIST, _PREVIEW, _FAULTY = range(3)
_STATES = {"preview": _PREVIEW, "faulty": _FAULTY}


class PackTable(Table):
    """The list of packs; the one at hand stays in sight when the page comes up or gives the list another size."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())


class PacksPage(Page):
    """Which rules are in use, how fresh are they, and who vouches for them?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(
            shell, tr("Rule packs"), tr("Which rules are in use, how fresh they are, who vouches for them")
        )
        self.vm = PacksVM(shell.desk, shell.settings)
        self._register()
        self.failure = label("", "problem", wrap=True)
        self.failure.hide()
        self.body.addWidget(self.failure)
        self._stack = QStackedWidget()
        for widget in (self._list_page(), self._preview_card(), self._fault_card()):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.setAcceptDrops(True)
        self._shown: object = None
        self._holder: QWidget | None = None
        self.vm.changed.connect(self._show)
        self.vm.told.connect(self._tell)
        shell.settings.changed.connect(self._setting_changed)
        self._show()

    def refresh(self) -> None:
        """Show the packs that are in use now; a file that is looked at stays."""
        self.vm.refresh()

    def _register(self) -> None:
        add, vm = self.shell.commands.add, self.vm
        add(self, Command("packs.export", tr("Export the pack"), "Ctrl+Shift+E", self._ask_export))
        add(self, Command("packs.remove", tr("Remove the pack"), "", vm.remove))
        add(self, Command("packs.take", tr("Take this pack"), "Ctrl+Return", vm.take))
        add(self, Command("packs.drop", tr("Do not take it"), "Escape", vm.drop))
        add(self, Command("packs.undo", tr("Undo"), "Ctrl+Z", vm.undo))
        add(self, Command("packs.find", tr("Find a pack"), "Ctrl+F", self._to_find))
        self._begin = self.add_command(Command("packs.template", tr("Save a template"), "", self._ask_template))
        self._import = self.add_command(
            Command("packs.import", tr("Import a pack"), "Ctrl+Shift+O", self._ask_open), primary=True
        )

    def _list_page(self) -> QWidget:
        made = QWidget()
        made.setProperty("kind", "plain")
        outer = QVBoxLayout(made)
        margins(outer, spacing=GRID + GRID // 2)
        outer.addLayout(self._filter_row())
        sides = QHBoxLayout()
        margins(sides, spacing=GAP)
        sides.addWidget(self._table_card(), 2)
        commands = self.shell.commands
        self._card = PackCard(
            command_button(commands.action("packs.remove"), "danger"), command_button(commands.action("packs.export"))
        )
        sides.addWidget(self._card, 1)
        outer.addLayout(sides, 1)
        return made

    def _filter_row(self) -> QHBoxLayout:
        which: list[tuple[object, str]] = [
            ("all", tr("All of them")),
            ("own", tr("Your own")),
            ("attention", tr("To look at")),
        ]
        self._which = Segments(which, tr("Which packs"))
        self._which.set_value("all")
        self._which.picked.connect(lambda value: self.vm.narrow(which=value))
        self._find = QLineEdit()
        self._find.setAccessibleName(tr("Find a pack"))
        self._find.setPlaceholderText(tr("Name, code or pinyin"))
        self._find.setClearButtonEnabled(True)
        fix_width(self._find, PLACE_WIDTH)
        self._find.textChanged.connect(lambda text: self.vm.narrow(typed=text))
        self._find.returnPressed.connect(self._to_first)
        self._summary = label("", "dim")
        days = [(value, tr("stale after {days} days", days=value)) for value in STALE_DAYS.choices]
        self._stale = Choice(days)
        self._stale.setAccessibleName(tr("When a pack is stale"))
        self._stale.picked.connect(lambda value: self.vm.set_stale_after(str(value)))
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self._which)
        line.addWidget(self._find)
        line.addStretch(1)
        line.addWidget(self._summary)
        line.addSpacing(GRID)
        line.addWidget(self._stale)
        return line

    def _table_card(self) -> Card:
        card = Card()
        margins(card.body, horizontal=GRID, vertical=GRID, spacing=0)
        wording = self.shell.desk.wording
        columns: list[Column[PackLine]] = [
            Column(tr("Place"), name_of, stretch=True),
            Column(tr("Code"), lambda line: line.place),
            Column(tr("Version"), lambda line: line.version),
            Column(tr("Checked on"), lambda line: str(line.checked_on or "—")),
            Column(tr("From where"), lambda line: source_words(line, wording), most=30),
            Column(tr("State"), state_words),
        ]
        self._rows = TableModel(columns)
        self._table = PackTable(self._rows, tr("Rule packs"))
        self._table.make_sortable()
        self._table.selectionModel().selectionChanged.connect(self._picked)
        nothing = EmptyState(tr("No pack is like this."), button(tr("Show all packs"), "", self._show_all))
        self._lists = QStackedWidget()
        self._lists.addWidget(self._table)
        self._lists.addWidget(nothing)
        card.body.addWidget(self._lists, 1)
        return card

    def _preview_card(self) -> QWidget:
        commands = self.shell.commands
        self._preview = PreviewCard(
            command_button(commands.action("packs.drop")), command_button(commands.action("packs.take"), "primary")
        )
        return self._preview

    def _fault_card(self) -> QWidget:
        again = button(tr("Choose another file"), "", self._ask_open)
        self._faults = FaultCard(button(tr("Back to the packs"), "", self.vm.drop), again)
        return self._faults

    def _show_all(self) -> None:
        self._find.clear()
        self._which.set_value("all")
        self.vm.narrow(which="all", typed="")

    def _to_find(self) -> None:
        self._find.setFocus()
        self._find.selectAll()

    def _to_first(self) -> None:
        if self._rows.rows:
            self._table.go_to(0)
            self._table.setFocus()

    def _picked(self, *_: QItemSelection) -> None:
        line = self._table.current
        if line is not None and self._table.selectionModel().hasSelection():
            self.vm.choose(str(line.file))

    def _show(self) -> None:
        """Show what the view-model has. The keyboard stays on the page: what had it may be gone or forbidden then."""
        focus = self.window().focusWidget()
        if self._holder is None and focus is not None and self.isAncestorOf(focus):
            self._holder = focus
        self._show_parts()
        if self.vm.state != "running":
            self._hold_focus()

    def _hold_focus(self) -> None:
        """Give the keyboard to what stands for the state where it had to leave the widget that had it."""
        focus, holder, self._holder = self.window().focusWidget(), self._holder, None
        kept = focus is not None and focus is holder and focus.isVisible() and focus.isEnabled()
        if holder is not None and self.isVisible() and not kept:
            {"preview": self._preview, "faulty": self._faults}.get(self.vm.state, self._table).setFocus()

    def _show_parts(self) -> None:
        vm = self.vm
        self.failure.setText(f"✗ {vm.failure}" if vm.failure else "")
        self.failure.setVisible(bool(vm.failure))
        if vm.state != "running":
            self._stack.setCurrentIndex(_STATES.get(vm.state, _LIST))
        for made in (self._begin, self._import):
            made.setVisible(vm.state in ("list", "running"))
        self._show_list()
        wording = self.shell.desk.wording
        if vm.state == "preview" and vm.seen is not None and self._shown is not vm.seen:
            self._shown = vm.seen
            self._preview.show_seen(vm.seen, vm.name, wording)
        if vm.state == "faulty":
            self._faults.show_faults(vm.name, vm.faults)
        enable, line = self.shell.commands.enable, vm.line
        enable("packs.undo", vm.state == "list" and vm.last is not None)
        enable("packs.take", vm.state == "preview")
        enable("packs.drop", vm.state in ("preview", "faulty"))
        enable("packs.export", vm.state == "list" and line is not None and bool(line.place))
        enable("packs.remove", vm.state == "list" and line is not None and line.own)
        enable("packs.import", vm.state != "running")
        enable("packs.template", vm.state != "running")

    def _show_list(self) -> None:
        vm = self.vm
        self._summary.setText(summary_words(vm.lines))
        self._which.set_value(vm.which)
        if self._find.text() != vm.typed:
            self._find.setText(vm.typed)
        self._stale.set_value(self.shell.settings.get(STALE_DAYS))
        shown = list(vm.shown)
        if self._rows.rows != shown:
            self._rows.set_rows(shown)
        self._lists.setCurrentIndex(0 if shown else 1)
        at = next((at for at, line in enumerate(self._rows.rows) if str(line.file) == vm.current), -1)
        if at >= 0 and self._table.currentIndex().row() != at:
            self._table.go_to(at)
        self._card.show_line(vm.line, self.shell.desk.wording)

    def _setting_changed(self, key: str) -> None:
        if key == STALE_DAYS.key:
            self._stale.set_value(self.shell.settings.get(STALE_DAYS))

    def _tell(self, said: str, undo: Undo | None) -> None:
        actions = ((tr("Undo"), lambda: self.vm.undo(undo)),) if undo is not None else ()
        self.shell.toasts.show(said, actions)

    def _ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Import a pack"), in_folder(), tr("Rule packs (*.toml)"))
        keep_folder(name)
        if name:
            self.vm.open(Path(name))

    def _ask_export(self) -> None:
        line = self.vm.line
        if line is not None:
            self._ask_save(tr("Export the pack"), f"{line.place}.toml", self.vm.export_to)

    def _ask_template(self) -> None:
        self._ask_save(tr("Save a template"), f"{self.vm.template_place}.toml", self.vm.save_template)

    def _ask_save(self, title: str, suggested: str, save: Callable[[Path], None]) -> None:
        name, _ = QFileDialog.getSaveFileName(self, title, in_folder(suggested), tr("Rule packs (*.toml)"))
        keep_folder(name)
        if name:
            path = Path(name)
            save(path if path.suffix.lower() == ".toml" else path.with_name(f"{path.name}.toml"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.vm.state != "running" and _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.vm.open(path)


def _dropped(data: QMimeData) -> Path | None:
    """The one pack file that is dragged, None for anything else."""
    urls = data.urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().lower().endswith(".toml"):
        return Path(urls[0].toLocalFile())
    return None
