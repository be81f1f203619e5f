"""Before rows are renewed: for how long, and for each row what it would be or why it cannot be."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.binding.changing import ChangesVM
from famgui.ui.binding.words import days_words, demand_words
from famgui.ui.shell.commands import native_keys
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, fix_width, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, clear, command_button, foot, label
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.flow import flow
from famgui.usecase.binding_change import Renewal


class RenewPanel(QWidget):
    """Ctrl+Enter renews what can be, Esc leaves all as it is."""

    def __init__(self, shell: Shell, vm: ChangesVM, confirm: QAction, drop: QAction) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell, self._vm = shell, vm
        self._title = label("", "heading")
        terms: list[tuple[object, str]] = [
            ("year", tr("one year")),
            ("year-end", tr("to the end of the year")),
            ("typed", tr("to a day")),
        ]
        self.term = Segments(terms, tr("For how long"))
        self.term.picked.connect(lambda term: vm.set_term(term))
        self.last = DayEdit(vm.typed)
        self.last.setAccessibleName(tr("Last day"))
        self.last.dateChanged.connect(lambda _: vm.set_term("typed", self.last.day))
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self._lines = QVBoxLayout(inside)
        margins(self._lines, spacing=GRID // 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("What is renewed"))
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        self._confirm = button(f"{tr('Renew')}  {native_keys(confirm.shortcut().toString())}", "primary", vm.confirm)
        self._confirm.setAccessibleName(tr("Renew"))
        column = QVBoxLayout(self)
        margins(column, spacing=GRID)
        column.addWidget(self._title)
        column.addWidget(flow(self.term, self.last))
        column.addWidget(area, 1)
        column.addLayout(foot(command_button(drop), self._confirm))

    def take_focus(self) -> None:
        """Begin with for how long."""
        self.term.setFocus()

    def show_renewals(self) -> None:
        """Show what would be done."""
        vm = self._vm
        self._title.setText(tr("Renew {count}", count=len(vm.renewals)))
        self.term.set_value(vm.term)
        self.last.setVisible(vm.term == "typed")
        if self.last.day != vm.typed:
            self.last.blockSignals(True)
            self.last.set_day(vm.typed)
            self.last.blockSignals(False)
        self._confirm.setEnabled(vm.ready)
        clear(self._lines)
        for one in vm.renewals:
            self._lines.addWidget(self._line(one))
        if vm.others:
            text = tr("{count} more are of other households; renew those from there.", count=vm.others)
            self._lines.addWidget(label(f"· {text}", "note", wrap=True))
        self._lines.addStretch(1)

    def _line(self, one: Renewal) -> QWidget:
        names, row = self._shell.desk.names, one.event.binding
        made = QWidget()
        made.setProperty("kind", "plain")
        line = QHBoxLayout(made)
        margins(line, spacing=GRID)
        mark, kind = ("✗", "problem") if one.why else ("!", "warning") if one.warned else ("✓", "good")
        sign = label(mark, kind)
        fix_width(sign, GAP)
        line.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        who = f"{names[row.authorizer]} → {names[row.user]}"
        said = [who if one.why else f"{who}  {days_words(row.starts, row.ends, self._shell.desk.wording)}"]
        reasons = list(self._reasons(one))
        words = QVBoxLayout()
        margins(words, spacing=0)
        for text in said:
            words.addWidget(label(text))
        for text, _, _ in reasons:
            words.addWidget(label(text, kind, wrap=True))
        line.addLayout(words, 1)
        for clause, weak in dict.fromkeys((clause, weak) for _, clause, weak in reasons if clause):
            if weak:
                line.addWidget(chip(tr("Unconfirmed"), "warning"), alignment=Qt.AlignmentFlag.AlignTop)
            chips = clause_chip(clause, self._shell.desk.open_clause)
            line.addWidget(chips, alignment=Qt.AlignmentFlag.AlignTop)
        return made

    def _reasons(self, one: Renewal) -> Iterator[tuple[str, str, bool]]:
        """Why not, or what to know: sentence, clause, whether it is unconfirmed."""
        desk, authorizer = self._shell.desk, one.event.binding.authorizer
        if one.why == "open-end":
            yield tr("It has no last day: there is nothing to renew."), "", False
        elif one.why == "dates":
            yield tr("The last day is before the first"), "", False
        elif one.refused is not None:
            problems = () if one.refused.outcome is None else one.refused.outcome.problems
            clauses = [problem.clause for problem in problems if problem.severity == "error"]
            texts = desk.why_not(one.refused).splitlines()
            for number, text in enumerate(texts):
                yield text, clauses[number] if number < len(clauses) else "", False
        for check in one.failed:
            yield demand_words(check, authorizer, desk.names, desk.wording), check.clause, check.weak
        for check in one.warned:
            warned = check._replace(state="warning")
            yield demand_words(warned, authorizer, desk.names, desk.wording), check.clause, check.weak
