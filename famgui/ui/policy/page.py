"""The policy page: ask on top, answers at the left, the one at hand in full at the right."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget

from famgui.ui.policy.reader import Reader
from famgui.ui.policy.rows import ROW, ClauseList
from famgui.ui.policy.viewmodel import PolicyVM
from famgui.ui.shell.commands import Command
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Page, Shell
from famgui.ui.theme.icons import tinted
from famgui.ui.theme.metrics import GAP, GRID, LIST_WIDTH, at_least, margins
from famgui.ui.widgets.basic import Card, EmptyState, button, command_button, label
from famgui.ui.widgets.fields import Choice


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
        self._vm = PolicyVM(shell.desk)
        self._add_commands(shell)
        self.body.addLayout(self._search_row(shell))
        content = QHBoxLayout()
        margins(content, spacing=GAP)
        content.addWidget(self._answers(shell), 4)
        self._reader = Reader(self.open_clause, command_button(shell.commands.action("policy.copy"), "link"))
        content.addWidget(self._reader, 6)
        self.body.addLayout(content, 1)
        self._shown = ""
        self._vm.changed.connect(self._show)
        shell.theme.changed.connect(self._tint)
        self._tint()
        self.refresh()

    def refresh(self) -> None:
        """Answer anew, for the household at hand."""
        self._shown = ""
        self._vm.refresh()

    def open_clause(self, clause: str) -> None:
        """Show a clause, whatever the filters say."""
        if not self._vm.open(clause):
            self.shell.toasts.show(tr("No pack at hand has the clause {id}.", id=clause))

    def _add_commands(self, shell: Shell) -> None:
        find = shell.commands.add(self, Command("policy.search", tr("Search the policies"), "Ctrl+F", self._to_search))
        find.setShortcuts([QKeySequence("Ctrl+F"), QKeySequence("/")])
        shell.commands.add(self, Command("policy.copy", tr("Copy citation"), "Ctrl+Shift+C", self._copy))

    def _search_row(self, shell: Shell) -> QHBoxLayout:
        self._search = SearchLine()
        self._search.setAccessibleName(tr("Search the policies"))
        self._search.setPlaceholderText(tr("Words, a number, a clause: deductible, 60%, HN-03"))
        self._search.setClearButtonEnabled(True)
        self._glass = self._search.addAction(
            tinted("search", shell.theme.roles.dim), QLineEdit.ActionPosition.LeadingPosition
        )
        self._search.textChanged.connect(self._asked)
        self._search.returnPressed.connect(lambda: self._list.setFocus())
        self._search.stepped.connect(lambda by: self._list.step(by))
        self._count = label("", "dim")
        self._place, self._grade = Choice(), Choice(self._vm.grades)
        self._place.setAccessibleName(tr("Place"))
        self._grade.setAccessibleName(tr("Grade"))
        self._place.picked.connect(lambda place: self._vm.narrow(place=str(place)))
        self._grade.picked.connect(lambda grade: self._vm.narrow(grade=str(grade)))
        line = QHBoxLayout()
        margins(line, spacing=GRID)
        line.addWidget(self._search, 1)
        line.addWidget(self._count)
        line.addSpacing(GRID)
        line.addWidget(self._place)
        line.addWidget(self._grade)
        return line

    def _answers(self, shell: Shell) -> Card:
        card = Card()
        margins(card.body, horizontal=GRID, vertical=GRID, spacing=0)
        at_least(card, LIST_WIDTH)
        self._list = ClauseList(shell.theme)
        self._list.selectionModel().currentChanged.connect(self._picked)
        nothing = EmptyState(
            tr("No clause answers this. Try other words, or fewer of them."),
            button(tr("Drop the query and the filters"), "", self._vm.clear),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(nothing)
        card.body.addWidget(self._stack, 1)
        return card

    def _asked(self, text: str) -> None:
        if text != self._vm.query:
            self._vm.ask(text)

    def _picked(self, index: QModelIndex) -> None:
        if index.isValid():
            self._vm.choose(index.data(ROW).id)

    def _to_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _copy(self) -> None:
        words = self._vm.citation
        if words:
            QGuiApplication.clipboard().setText(words)
            self.shell.toasts.show(tr("The citation is on the clipboard."))

    def _show(self) -> None:
        vm = self._vm
        if self._search.text() != vm.query:
            self._search.setText(vm.query)
        self._place.set_entries(vm.places)
        self._place.set_value(vm.place)
        self._grade.set_value(vm.grade)
        self._count.setText(vm.summary)
        self._stack.setCurrentIndex(0 if vm.rows else 1)
        self._list.show_rows(vm.rows, vm.current)
        if self._shown != vm.current or not vm.current:
            self._shown = vm.current
            self._reader.show_reading(vm.reading)
        self.shell.commands.enable("policy.copy", bool(vm.current))

    def _tint(self) -> None:
        self._glass.setIcon(tinted("search", self.shell.theme.roles.dim))
