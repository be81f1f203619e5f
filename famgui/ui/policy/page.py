"""The policy page: ask on top, answers at the left, the one at hand in full at the right; or what is not confirmed."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from famgui.ui.policy.filterrow import FilterRow
from famgui.ui.policy.filters import as_text, from_text
from famgui.ui.policy.gaps import gaps_text
from famgui.ui.policy.gapview import GapView
from famgui.ui.policy.reader import Reader
from famgui.ui.policy.results import ClauseList
from famgui.ui.policy.rows import ROW
from famgui.ui.policy.viewmodel import PolicyVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.shell.settings import Option
from famgui.ui.theme.icons import tinted
from famgui.ui.theme.metrics import GAP, GRID, LIST_WIDTH, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button, label
from famgui.ui.widgets.fields import Segments

FILTERS = Option("policy/narrowed", "")
READ_AFTER_MS = 40
"""So long after a keystroke the best answer is laid out in full: the list comes first."""


class SearchLine(QLineEdit):
    """A line whose up and down keys walk the answers; Escape empties it."""

    stepped = Signal(int)

    _STEPS = {  # noqa: RUF012 - a table, never changed
        Qt.Key.Key_Up: -1,
        Qt.Key.Key_Down: 1,
        Qt.Key.Key_PageUp: -5,
        Qt.Key.Key_PageDown: 5,
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class PolicyPage(Page):
    """Where does it say so, and how far is that to be trusted?"""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, tr("Policy"), tr("Where does it say so, and how far to trust it"))
        self._vm = PolicyVM(shell.desk, from_text(shell.settings.get(FILTERS)))
        self._add_commands(shell)
        self.body.addLayout(self._search_row(shell))
        self._filters = FilterRow(shell.desk.today)
        self._filters.changed.connect(lambda name, value: self._vm.narrow(**{name: value}))
        self._filters.dropped.connect(self._vm.drop_filters)
        self.body.addWidget(self._filters)
        self.body.setSpacing(GRID + GRID // 2)
        self._views = QStackedWidget()
        self._views.addWidget(self._clauses(shell))
        self._views.addWidget(self._open_questions(shell))
        self.body.addWidget(self._views, 1)
        self._shown = ("", "")
        self._typing = False
        self._new = True
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(READ_AFTER_MS)
        self._late.timeout.connect(self._show_reading)
        self._vm.changed.connect(self._show)
        self._vm.marks.told.connect(shell.toasts.show)
        shell.theme.changed.connect(self._tint)
        self._tint()
        self._show_list()
        QTimer.singleShot(0, self, self._settle)
        if self._vm.marks.trouble:
            shell.toasts.show(self._vm.marks.trouble)

    def _clauses(self, shell: Shell) -> QWidget:
        self._star = command_button(shell.commands.action("policy.star"), "link")
        copy, print_ = (command_button(shell.commands.action(f"policy.{name}"), "link") for name in ("copy", "print"))
        self._reader = Reader(self.open_clause, (self._star, copy, print_))
        self._reader.noted.connect(self._vm.marks.note)
        self._reader.left.connect(lambda: self._list.setFocus())
        both = QWidget()
        both.setProperty("kind", "plain")
        content = QHBoxLayout(both)
        margins(content, spacing=GAP)
        content.addWidget(self._answers(shell), 4)
        content.addWidget(self._reader, 6)
        return both

    def _open_questions(self, shell: Shell) -> GapView:
        copy = button(tr("Copy"), "link", self._copy)
        self._gaps = GapView(self.open_clause, (copy, command_button(shell.commands.action("policy.print"), "link")))
        self._gaps.left.connect(self._search.setFocus)
        self._gaps.dropped.connect(self._vm.clear)
        return self._gaps

    def showEvent(self, event: QShowEvent) -> None:
        """Who comes here asks: what is typed while the page is opening goes into the search line."""
        super().showEvent(event)
        if not event.spontaneous():
            self._search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that nobody on the page takes are a question."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if plain and event.text().isprintable() and event.text().strip():
            self._type_on(event.text())
        else:
            super().keyPressEvent(event)

    def type_ahead(self, text: str) -> None:
        """What was typed while the book was still being opened is a question, too."""
        if text.strip():
            self._type_on(text)

    def refresh(self) -> None:
        """Answer anew, for the household and the packs at hand; a page just made has done so."""
        if not self._new:
            self._shown = ("", "")
            self._vm.refresh()

    def leave(self) -> None:
        """Save a note that is half typed."""
        self._late.stop()
        self._vm.marks.flush()

    def open_clause(self, clause: str) -> None:
        """Show a clause, whatever the filters say."""
        if not self._vm.open(clause):
            self.shell.toasts.show(tr("No pack at hand has the clause {id}.", id=clause))

    def _add_commands(self, shell: Shell) -> None:
        find = shell.commands.add(self, Command("policy.search", tr("Search the policies"), "Ctrl+F", self._to_search))
        find.setShortcuts([QKeySequence("Ctrl+F"), QKeySequence("/")])
        vm = self._vm
        star = Command("policy.star", tr("☆ Bookmark"), "Ctrl+D", lambda: vm.marks.star(vm.current))
        for command in (
            star,
            Command("policy.copy", tr("Copy citation"), "Ctrl+Shift+C", self._copy),
            Command("policy.print", tr("Print"), "Ctrl+P", self._print),
            Command("policy.note", tr("My note"), "Ctrl+Shift+N", lambda: self._reader.to_note()),
            Command("policy.gaps", tr("What could not be confirmed"), "Ctrl+Shift+U", self._turn),
            Command("policy.why", tr("Why this result"), "Ctrl+I", vm.explain),
        ):
            shell.commands.add(self, command)

    def _search_row(self, shell: Shell) -> QHBoxLayout:
        self._search = SearchLine()
        self._search.setAccessibleName(tr("Search the policies"))
        self._search.setPlaceholderText(tr("Words, a number, a clause: deductible, 60%, HN-03"))
        self._search.setClearButtonEnabled(True)
        self._glass = self._search.addAction(
            tinted("search", shell.theme.roles.dim), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search.textChanged.connect(self._asked)
        self._search.returnPressed.connect(self._read)
        self._search.stepped.connect(self._walk)
        self._count = label("", "dim")
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self._search, 1)
        line.addWidget(self._count)
        self._view = Segments([("clauses", tr("Clauses at hand")), ("gaps", tr("Not confirmed"))], tr("What is listed"))
        self._view.picked.connect(self._vm.look)
        line.addWidget(self._view)
        return line

    def _answers(self, shell: Shell) -> Card:
        card = Card()
        margins(card.body, horizontal=GRID, vertical=GRID, spacing=0)
        at_least(card, LIST_WIDTH)
        self._list = ClauseList(shell.theme)
        self._list.selectionModel().currentChanged.connect(self._picked)
        self._list.opened.connect(self._read)
        self._list.left.connect(self._search.setFocus)
        self._list.typed.connect(self._type_on)
        self._list.why_asked.connect(self._vm.explain)
        nothing = EmptyState(
            tr("No clause answers this. Try other words, or fewer of them."),
            button(tr("Drop the query and the filters"), "", self._vm.clear),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(nothing)
        preparing = label(tr("Preparing the search ..."), "dim")
        preparing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(preparing)
        card.body.addWidget(self._stack, 1)
        return card

    def _asked(self, text: str) -> None:
        if text != self._vm.query:
            self._typing = True
            self._vm.ask(text)
            self._typing = False

    def _walk(self, by: int) -> None:
        """Down leads into the answers and one further; from there the keys are the list's own."""
        if self._vm.view == "gaps":
            self._gaps.take_focus()
            return
        self._list.step(by)
        if by > 0:
            self._list.setFocus()

    def _turn(self) -> None:
        self._vm.look("clauses" if self._vm.view == "gaps" else "gaps")

    def _read(self) -> None:
        if self._vm.view == "gaps":
            self._gaps.take_focus()
        elif self._vm.current and not self._vm.waiting:
            self._reader.take_focus()

    def _type_on(self, text: str) -> None:
        self._search.setFocus()
        self._search.insert(text)

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self._vm.choose(index.data(ROW).id)

    def _to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _copy(self) -> None:
        if self._vm.view == "gaps":
            QGuiApplication.clipboard().setText(gaps_text(self._vm.gaps))
            self.shell.toasts.show(tr("The list is on the clipboard."))
            return
        reading = self._vm.reading
        if reading is not None:
            QGuiApplication.clipboard().setText(reading.citation)
            self.shell.toasts.show(tr("The citation is on the clipboard."))

    def _print(self) -> None:
        from famgui.ui.policy import sheet  # start-up seam: paper and printer, which reading does without

        today, reading = self.shell.desk.today, self._vm.reading
        if self._vm.view == "gaps":
            sheet.print_sheet(sheet.gaps_sheet(self._vm.gaps, today), self)
        elif reading is not None:
            note = self._vm.marks.notes.get(reading.id, "")
            sheet.print_sheet(sheet.clause_sheet(reading, note, today), self)

    def _settle(self) -> None:
        """Once the page has been painted: the clause at hand in full, and the search."""
        self._new = False
        self._show_reading()
        self._vm.prepare()

    def _show(self) -> None:
        self._show_list()
        if self._typing:
            self._late.start()
        else:
            self._show_reading()

    def _show_list(self) -> None:
        vm = self._vm
        if self._search.text() != vm.query:
            self._search.setText(vm.query)
        self._filters.show_filters(vm)
        self.shell.settings.set(FILTERS, as_text(vm.filters))
        self._count.setText(vm.summary)
        self._stack.setCurrentIndex(2 if vm.waiting else 0 if vm.rows else 1)
        self._list.show_rows(vm.rows, vm.current)
        self._star.setText(tr("★ Bookmarked") if vm.current in vm.marks.bookmarks else tr("☆ Bookmark"))
        self._view.set_value(vm.view)
        listing = vm.view == "gaps"
        if listing:
            self._gaps.show_gaps(vm.gaps)
        self._views.setCurrentIndex(1 if listing else 0)
        for command in ("star", "note"):
            self.shell.commands.enable(f"policy.{command}", bool(vm.current) and not listing)
        for command in ("copy", "print"):
            self.shell.commands.enable(f"policy.{command}", bool(vm.gaps if listing else vm.current))
        why = not listing and any(row.id == vm.current and row.explains for row in vm.rows)
        self.shell.commands.enable("policy.why", why)

    def _show_reading(self) -> None:
        self._late.stop()
        vm = self._vm
        wanted = vm.current, vm.filters.day
        if self._shown != wanted or not vm.current:
            self._shown = wanted
            self._reader.show_reading(vm.reading, vm.marks.notes.get(vm.current, ""))

    def _tint(self) -> None:
        self._glass.setIcon(tinted("search", self.shell.theme.roles.dim))
