"""The checklist for the official platform: steps to tick off, and what has to be typed there."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from famgui.ui.shell.i18n import tr
from famgui.ui.shell.page import Shell
from famgui.ui.theme.metrics import GAP, GRID, at_least, margins
from famgui.ui.widgets.basic import Card, button, chip, clause_chip, clear, label, row
from famgui.ui.widgets.checklist_model import ChecklistVM
from famgui.ui.widgets.checklist_words import deed_words, entry_text, entry_words
from famgui.ui.widgets.elided import Elided
from famgui.ui.widgets.fields import Choice
from famgui.usecase.checklist import Checklist, Deed, Step


class ChecklistPanel(QWidget):
    """The steps at the left, what has to be typed at the right. `completed(id)` when an owner's last step was done."""

    completed = Signal(int)

    def __init__(self, shell: Shell, deed: Deed, owners: Sequence[int]) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self._shell = shell
        self._shown: object = ()
        self._boxes: dict[str, tuple[QCheckBox, QLabel]] = {}
        self.vm = ChecklistVM(shell.desk, deed, owners)
        outer = QVBoxLayout(self)
        margins(outer, spacing=GRID)
        outer.addWidget(_warning())
        self._which = Choice()
        self._which.setAccessibleName(tr("For whom"))
        self._which.picked.connect(lambda number: self.vm.choose(int(str(number))))
        outer.addWidget(self._which)
        cards = QHBoxLayout()
        margins(cards, spacing=GAP)
        cards.addWidget(self._steps_card(deed), 1)
        cards.addWidget(self._typed_card(), 1)
        outer.addLayout(cards, 1)
        self.vm.changed.connect(self._show)
        self.vm.completed.connect(self.completed)
        self._show()

    def take_focus(self) -> None:
        """Begin at the first step that is not done."""
        for box, _ in self._boxes.values():
            if not box.isChecked():
                box.setFocus()
                return

    def _steps_card(self, deed: Deed) -> Card:
        card = Card()
        card.add_to_head(label(deed_words(deed), "heading", wrap=True))
        self._marks = QHBoxLayout()
        margins(self._marks)
        card.head.addLayout(self._marks)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Steps done"))
        self._count = label("", "dim")
        self._line = row(self._bar, self._count, stretch_last=False)
        card.body.addWidget(self._line)
        self._steps = QGridLayout()
        margins(self._steps, spacing=GRID)
        self._steps.setColumnStretch(1, 1)
        card.body.addWidget(_scrolled(self._steps, tr("Steps")), 1)
        self._all_done = label("", "good", wrap=True)
        card.body.addWidget(self._all_done)
        return card

    def _typed_card(self) -> Card:
        card = Card(tr("To be typed there"))
        self._typed = QGridLayout()
        margins(self._typed, spacing=GRID)
        self._typed.setColumnStretch(1, 1)
        card.body.addWidget(_scrolled(self._typed, tr("To be typed there")), 1)
        return card

    def _show(self) -> None:
        chosen = self.vm.chosen
        self._which.set_entries(self.vm.entries)
        self._which.setVisible(len(self.vm.lists) > 1)
        what = None if chosen is None else (chosen.owner, [step.item for step in chosen.steps], chosen.entries)
        if what != self._shown:
            self._shown = what
            self._build(chosen)
        if chosen is None:
            return
        for step in chosen.steps:
            box, day = self._boxes[step.item]
            box.blockSignals(True)
            box.setChecked(bool(step.done_at))
            box.blockSignals(False)
            day.setText(step.done_at[:10])
        self._bar.setMaximum(max(1, len(chosen.steps)))
        self._bar.setValue(chosen.done)
        self._count.setText(tr("{done} of {count} done", done=chosen.done, count=len(chosen.steps)))
        self._all_done.setText("✓ " + tr("All steps were done by {day}.", day=chosen.last))
        self._all_done.setVisible(chosen.complete)

    def _build(self, chosen: Checklist | None) -> None:
        for layout in (self._marks, self._steps, self._typed):
            clear(layout)
        for grid in (self._steps, self._typed):
            for line in range(grid.rowCount()):
                grid.setRowStretch(line, 0)
        self._boxes = {}
        self._line.setVisible(chosen is not None and bool(chosen.steps))
        self._all_done.hide()
        if chosen is None:
            self._steps.addWidget(label(tr("This record is not in the household at hand."), "dim", wrap=True), 0, 0)
            return
        open_clause = self._shell.desk.open_clause
        if chosen.weak:
            self._marks.addWidget(chip(tr("Unconfirmed"), "warning"))
        for clause in chosen.clauses:
            self._marks.addWidget(clause_chip(clause, open_clause))
        for number, step in enumerate(chosen.steps):
            self._boxes[step.item] = self._step(number, step)
        if not chosen.steps:
            self._channels(chosen)
        self._steps.setRowStretch(self._steps.rowCount(), 1)
        self._entries(chosen)

    def _step(self, number: int, step: Step) -> tuple[QCheckBox, QLabel]:
        words = step.en if self._shell.desk.wording.language == "en" else step.zh
        box: QCheckBox = QCheckBox()
        box.setAccessibleName(f"{number + 1} {words}")
        box.toggled.connect(partial(self.vm.tick, step.item))
        day = label("", "note")
        self._steps.addWidget(box, number, 0, Qt.AlignmentFlag.AlignTop)
        self._steps.addWidget(_StepText(f"{number + 1}. {words}", box), number, 1)
        self._steps.addWidget(day, number, 2, Qt.AlignmentFlag.AlignTop)
        return box, day

    def _channels(self, chosen: Checklist) -> None:
        """What stands there for a place whose steps nobody knows."""
        desk = self._shell.desk
        said = (
            tr("The rules of this place name no steps on a platform. This is known about where to go:")
            if chosen.channels
            else tr("The rules of this place name no steps on a platform. Ask the agency of the insured place.")
        )
        self._steps.addWidget(label(said, "dim", wrap=True), 0, 0, 1, 3)
        for number, clause in enumerate(chosen.channels, 1):
            self._steps.addWidget(clause_chip(clause, desk.open_clause), number, 0, Qt.AlignmentFlag.AlignTop)
            self._steps.addWidget(label(desk.library.clauses[clause].statement, wrap=True), number, 1, 1, 2)

    def _entries(self, chosen: Checklist) -> None:
        names = self._shell.desk.names
        line, person = 0, ""
        copies: list[QPushButton] = []
        for entry in chosen.entries:
            if entry.person != person:
                person = entry.person
                if len(chosen.users) > 1:
                    self._typed.addWidget(Elided(names[person], "heading"), line, 0, 1, 3)
                    line += 1
            words = entry_words(entry.what)
            copied, seen = entry_text(entry, self._shell.desk)
            self._typed.addWidget(label(words, "dim"), line, 0)
            shown = Elided(seen) if entry.what == "id-number" else label(seen, wrap=True)
            self._typed.addWidget(shown if seen else label(tr("not in the book"), "note"), line, 1)
            if copied:
                made = button(_copied())
                at_least(made, made.sizeHint().width())
                made.setText(tr("Copy"))
                made.setAccessibleName(tr("Copy {what} of {name}", what=words, name=names[person]))
                made.clicked.connect(partial(_copy, copied, made, copies))
                copies.append(made)
                self._typed.addWidget(made, line, 2)
            line += 1
        self._typed.setRowStretch(line, 1)


def _copy(text: str, pressed: QPushButton, all_of_them: list[QPushButton], _: bool = False) -> None:
    QGuiApplication.clipboard().setText(text)
    for one in all_of_them:
        one.setText(_copied() if one is pressed else tr("Copy"))


def _copied() -> str:
    return "✓ " + tr("Copied")


class _StepText(QLabel):
    """The words of a step; a click on them ticks its box."""

    def __init__(self, text: str, box: QCheckBox) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._box = box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._box.toggle()


def _warning() -> QWidget:
    made = Card()
    made.setProperty("kind", "amber")
    text = tr("famgui does none of this for you: it is not connected with the platform. Tick off what you did there.")
    made.body.addWidget(label("! " + text, "heading", wrap=True))
    return made


def _scrolled(grid: QGridLayout, title: str) -> QScrollArea:
    inside = QWidget()
    inside.setProperty("kind", "plain")
    inside.setLayout(grid)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(title)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    return area
