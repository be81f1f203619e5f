"""The card of who is looked at: the facts, what can be done, and the story."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.domain.money import grouped
from famgui.ui.people.viewmodel import PeopleVM
from famgui.ui.people.words import (
    age_words,
    field_words,
    household_of,
    insurance_words,
    moment_words,
    name_of,
    numbers,
)
from famgui.ui.people.words import value_words as words_of
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CARD_PADDING, GRID, margins
from famgui.ui.widgets.basic import Card, button, chip, clear, figure, label, row, rule, set_chip
from famgui.ui.widgets.flow import flow
from famgui.usecase.people import Hit

_TOP = Qt.AlignmentFlag.AlignTop
_FACTS = ("id_number", "phone", "born", "insured_place", "concession", "tier", "suspended")
_WHERE_TOLD = ("phone", "concession", "tier", "suspended")
"""Facts that take no line while they say nothing."""


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """A widget that may be higher than its place; it scrolls upright only."""
    inside.setProperty("kind", "plain")
    inside.setContentsMargins(0, 0, GRID, 0)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inside)
    area.viewport().setAutoFillBackground(False)
    return area


class DetailCard(Card):
    """Who is looked at."""

    def __init__(self, vm: PeopleVM, actions: Sequence[QPushButton], open_household: Callable[[], object]) -> None:
        super().__init__()
        self._vm = vm
        self._revealed = False
        self._name = label("", "statement", wrap=True)
        self._insured = chip("")
        self._suspended = chip(tr("suspended"), "warning")
        self.body.addWidget(self._name)
        self.body.addWidget(row(self._insured, self._suspended))
        self.body.addSpacing(GRID)
        inside = QWidget()
        self._facts = QGridLayout()
        margins(self._facts, spacing=GRID)
        self._facts.setHorizontalSpacing(CARD_PADDING)
        self._facts.setColumnStretch(1, 1)
        column = QVBoxLayout(inside)
        margins(column)
        column.addLayout(self._facts)
        column.addStretch(1)
        self.body.addWidget(scrolling(inside, tr("Details")), 1)
        self._reveal = button(tr("Show"), "more", self._toggle)
        self._open = button(tr("Go to this household"), "more", open_household)
        self.body.addWidget(rule())
        self.body.addWidget(flow(*actions))

    def show_hit(self) -> None:
        """Show who is looked at now, masked again."""
        self._revealed = False
        self._fill()

    def _toggle(self) -> None:
        self._revealed = not self._revealed
        self._reveal.setText(tr("Hide") if self._revealed else tr("Show"))
        self._fill()
        self._reveal.setFocus()

    def _fill(self) -> None:
        hit = self._vm.hit
        if hit is None:
            return
        person, desk = hit.person, self._vm.desk
        self._name.setText(name_of(hit))
        set_chip(self._insured, insurance_words(person, desk.wording), "plain")
        self._suspended.setVisible(person.suspended_on(desk.today))
        for kept in (self._reveal, self._open):
            self._facts.removeWidget(kept)
            kept.setParent(self)
            kept.hide()
        clear(self._facts)
        self._reveal.setText(tr("Hide") if self._revealed else tr("Show"))
        for title, widget, beside in self._lines(hit):
            line = self._facts.rowCount()
            self._facts.addWidget(label(title, "dim"), line, 0, alignment=_TOP)
            self._facts.addWidget(widget, line, 1)
            if beside is not None:
                self._facts.addWidget(beside, line, 2, alignment=Qt.AlignmentFlag.AlignRight | _TOP)
                beside.show()

    def _lines(self, hit: Hit) -> list[tuple[str, QWidget, QWidget | None]]:
        person, desk, titles = hit.person, self._vm.desk, field_words()
        lines: list[tuple[str, QWidget, QWidget | None]] = []
        for name in _FACTS:
            value = getattr(person, name)
            if name in _WHERE_TOLD and value in ("", None, "none"):
                continue
            if name == "id_number":
                number = label(person.id_number if self._revealed else numbers(hit))
                lines.append((titles[name], number, self._reveal if person.id_number else None))
                continue
            said = age_words(person, desk.today) if name == "born" else words_of(name, value, desk)
            title = tr("Age") if name == "born" and value is None else titles[name]
            lines.append((title, label(said, wrap=True), None))
        beside = None if self._vm.at_hand else self._open
        lines.append((tr("Household"), label(household_of(hit), wrap=True), beside))
        bound = tr("authorizes {gives}, uses {takes} now", gives=hit.gives, takes=hit.takes)
        lines.append((tr("Bindings"), label(bound), None))
        if hit.money is not None:
            lines.append((tr("Account balance"), _left(figure(grouped(hit.money))), None))
        return lines


def _left(text: QLabel) -> QLabel:
    text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return text


class StoryCard(Card):
    """What happened to who is looked at, the newest first."""

    def __init__(self, vm: PeopleVM, back: Callable[[], object]) -> None:
        super().__init__(tr("What changed"))
        self._vm = vm
        self._back = button(tr("Back to the details"), "", back)
        self.add_to_head(self._back, stretch=True)
        inside = QWidget()
        self._lines = QVBoxLayout(inside)
        margins(self._lines, spacing=GRID)
        self.body.addWidget(scrolling(inside, tr("What changed")), 1)

    def show_story(self) -> None:
        """Read and show it."""
        clear(self._lines)
        moments, names = self._vm.story()
        for moment in moments:
            said, lines = moment_words(moment, names, self._vm.desk)
            day = label(moment.day.isoformat(), "dim")
            line = row(day, label(said, "heading"), spacing=CARD_PADDING)
            self._lines.addWidget(line)
            for text in lines:
                self._lines.addWidget(label(text, "note", wrap=True))
            self._lines.addWidget(rule())
        self._lines.addStretch(1)
        self._back.setFocus()
