"""The card that says why: the steps as a chain with their clauses, what is to be known; or the national fields."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from famgui.domain.money import grouped, parse_amount
from famgui.files.answer import settlement_fields
from famgui.files.receipt.names import names as receipt_names
from famgui.files.sentence import problem_sentence, step_sentence
from famgui.ui.settlement.answer import Result
from famgui.ui.settlement.chain import Chain, Line, Pane
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clear, command_button, label, row, rule
from famgui.ui.widgets.visit_words import reminder_word
from famgui.usecase.reminder import reminders

_MARKS = {"error": "✗", "warning": "!", "info": "·"}
_KINDS = {"error": "problem", "warning": "warning", "info": "note"}
_RATIO = "pool_prop_selfpay"


class Why(Card):
    """Numbered steps as formulas, each with its clause, then what is to be known; the national fields on demand."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._result: Result | None = None
        self._title = label(tr("Why"), "heading")
        self._count = chip("")
        self._copy = button(tr("Copy"), "link", self.copy_fields)
        self._copy.setToolTip("Ctrl+Shift+C")
        self.turn = button(tr("National fields"), "link")
        self.turn.setCheckable(True)
        self.turn.toggled.connect(lambda _: self._show_side())
        self.add_to_head(self._title, self._count)
        self.add_to_head(self._copy, self.turn, stretch=True)
        self._missing, self._missing_words = _empty()
        self._ways = self._first_steps()
        column = self._missing.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(2, self._ways, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.chain = Chain(tr("Why"), shell.desk.open_clause)
        self._fields = Pane(tr("National fields"))
        self._sides = QStackedWidget()
        for side in (self._missing, self.chain, self._fields):
            self._sides.addWidget(side)
        self.body.addWidget(self._sides, 1)

    def _first_steps(self) -> QWidget:
        """The ways into a book without a household."""
        ask = self._shell.desk.page_asked.emit
        return row(
            button(tr("New binding"), "primary", lambda: ask("wizard")),
            button(tr("Add a person"), "", lambda: self._add_person()),
            *([] if (case := self._step("household.import")) is None else [case]),
        )

    def _add_person(self) -> None:
        self._shell.desk.page_asked.emit("people")
        if self._known("people.add"):
            self._shell.commands.run("people.add")

    def _step(self, command: str) -> QPushButton | None:
        return command_button(self._shell.commands.action(command)) if self._known(command) else None

    def _known(self, command: str) -> bool:
        return any(one.id == command for one in self._shell.commands)

    def show_result(self, result: Result | None, missing: str) -> None:
        """Show the steps of a result, or what is still missing."""
        self._result = result
        self._missing_words.setText(missing)
        self._ways.setVisible(self._shell.desk.live is None)
        self.turn.setVisible(result is not None)
        if result is None:
            self.turn.setChecked(False)
        else:
            self.chain.show_lines(self._lines(result))
            self._count.setText(tr("{count} steps", count=len(result.steps)))
        self._show_side()

    def show_step(self, number: int) -> None:
        """Bring a step (from 0) into sight and mark it."""
        self.turn.setChecked(False)
        self.chain.mark(number)

    def copy_fields(self) -> None:
        """Put the national fields on the clipboard, a line each: field, name, value."""
        if self._result is not None:
            lines = ["\t".join(line) for line in self._field_lines(self._result)]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._shell.toasts.show(tr("Copied {count} fields", count=len(lines)))

    def _show_side(self) -> None:
        fields, result = self.turn.isChecked(), self._result
        if fields and result is not None:
            clear(self._fields.column)
            self._fields.column.addLayout(self._grid(result))
            self._fields.column.addStretch(1)
        self._sides.setCurrentWidget(self._missing if result is None else self._fields if fields else self.chain)
        self._title.setText(tr("National fields") if fields else tr("Why"))
        self.turn.setText(tr("Back to the steps") if fields else tr("National fields"))
        self.turn.setAccessibleName(self.turn.text())
        self._copy.setVisible(fields)
        self._count.setVisible(result is not None and not fields)

    def _lines(self, result: Result) -> list[Line]:
        """The steps, what is to be known, and what is to be remembered at the counter."""
        desk = self._shell.desk
        names, wording = desk.names, desk.wording
        lines = [
            Line(number, step_sentence(step, names, wording), "", (step.clause, *step.beside), step.weak)
            for number, step in enumerate(result.steps, 1)
        ]
        said: dict[tuple[str, str], list[str]] = {}
        for found in dict.fromkeys(result.problems):
            text = f"{_MARKS[found.severity]} {problem_sentence(found, names, wording)}"
            said.setdefault((text, _KINDS[found.severity]), []).append(found.clause)
        lines += [Line(0, text, kind, tuple(clauses)) for (text, kind), clauses in said.items()]
        day = None if desk.visit is None else desk.visit.date
        rules = None if day is None else desk.rules(day)
        if day is not None and rules is not None:
            for reminder in reminders(result.settlement, rules, desk.library, day):
                lines.append(Line(0, f"· {reminder_word(reminder.key)}", "note", reminder.clauses, reminder.weak))
        return lines

    def _field_lines(self, result: Result) -> list[tuple[str, str, str]]:
        """The national fields: code, name, value."""
        names, language = receipt_names(), self._shell.desk.wording.language
        fields = settlement_fields(result.settlement)
        return [(code, names.label(code, language), value) for code, value in fields.items() if isinstance(value, str)]

    def _grid(self, result: Result) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, horizontal=GRID, spacing=GRID // 2)
        grid.setHorizontalSpacing(GRID)
        grid.setColumnStretch(0, 1)
        for at, (code, name, value) in enumerate(self._field_lines(result)):
            shown = value if code == _RATIO else grouped(parse_amount(value))
            number = label(shown)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setAccessibleName(f"{name} {shown}")
            for column, part in enumerate((label(name, wrap=True), label(code, "note"), number)):
                grid.addWidget(part, 2 * at, column)
            grid.addWidget(rule(), 2 * at + 1, 0, 1, 3)
        return grid


def _empty() -> tuple[QWidget, QLabel]:
    """What stands where there is no answer yet, and its words."""
    made, words = QWidget(), label("", "dim", wrap=True)
    made.setProperty("kind", "plain")
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    column = QVBoxLayout(made)
    margins(column)
    column.addStretch(1)
    column.addWidget(words)
    column.addStretch(2)
    return made, words
