"""A column of lines with clauses at their right that scrolls up and down; its widgets stay, their texts change."""

import html
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import chip, clause_chip, label, restyle

_FIRST_AMOUNT = re.compile(r"[0-9][0-9,]*\.[0-9]{2}")


class Line(NamedTuple):
    """What a line says: its number (0: none), text, kind of label, clauses, and whether they are unconfirmed."""

    number: int
    text: str
    kind: str = ""
    clauses: tuple[str, ...] = ()
    weak: bool = False


class _Shown(QWidget):
    """One line on screen."""

    def __init__(self, open_clause: Callable[[str], object]) -> None:
        super().__init__()
        self._open = open_clause
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "plain")
        self._row = QHBoxLayout(self)
        margins(self._row, horizontal=GRID // 2, vertical=4)
        self._number = label("", "dim")
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._weak = chip(tr("Unconfirmed"), "warning")
        self._row.addWidget(self._number, alignment=Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._weak, alignment=Qt.AlignmentFlag.AlignTop)
        self._chips: list[QPushButton] = []

    def show_line(self, line: Line) -> None:
        """Say this."""
        self._number.setText(str(line.number))
        self._number.setVisible(bool(line.number))
        rich = bool(line.number)
        self._words.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self._words.setText(_bold(line.text) if rich else line.text)
        self._words.setAccessibleName(line.text)
        _set_kind(self._words, line.kind)
        self._weak.setVisible(line.weak)
        clauses = [clause for clause in line.clauses if clause]
        while len(self._chips) < len(clauses):
            self._add_chip()
        for at, made in enumerate(self._chips):
            made.setVisible(at < len(clauses))
            if at < len(clauses):
                made.setText(clauses[at])
                made.setAccessibleName(clauses[at])
        self.mark(False)
        self.setAccessibleName(f"{line.number} {line.text}" if line.number else line.text)

    def _add_chip(self) -> None:
        made = clause_chip("", lambda _: self._open(made.text()))
        self._chips.append(made)
        self._row.addWidget(made, alignment=Qt.AlignmentFlag.AlignTop)

    def mark(self, lit: bool) -> None:
        """Set the line off from the others, or not."""
        _set_kind(self, "lit" if lit else "step" if self._number.text() != "0" else "plain")


def _set_kind(widget: QWidget, kind: str) -> None:
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        restyle(widget)


def _bold(sentence: str) -> str:
    """A step's sentence with its result, the first amount, in bold."""
    return _FIRST_AMOUNT.sub(lambda found: f"<b>{found[0]}</b>", html.escape(sentence), count=1)


class Pane(QScrollArea):
    """A column of widgets that scrolls up and down."""

    def __init__(self, name: str) -> None:
        super().__init__()
        inside = QWidget()
        inside.setProperty("kind", "plain")
        self.column = QVBoxLayout(inside)
        margins(self.column, spacing=0)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """As high as it must be, whatever is in it: the rest is what the page has to spare."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class Chain(Pane):
    """Lines one under the other."""

    def __init__(self, name: str, open_clause: Callable[[str], object]) -> None:
        super().__init__(name)
        self._open = open_clause
        self._shown: list[_Shown] = []
        self.column.addStretch(1)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines."""
        while len(self._shown) < len(lines):
            made = _Shown(self._open)
            self.column.insertWidget(len(self._shown), made)
            self._shown.append(made)
        for at, shown in enumerate(self._shown):
            shown.setVisible(at < len(lines))
            if at < len(lines):
                shown.show_line(lines[at])

    def mark(self, number: int) -> None:
        """Bring a line (from 0) into sight and set it off from the others."""
        for at, shown in enumerate(self._shown):
            shown.mark(at == number)
        if 0 <= number < len(self._shown):
            self.ensureWidgetVisible(self._shown[number])

    @property
    def marked(self) -> list[int]:
        """The lines (from 0) that are set off."""
        return [at for at, shown in enumerate(self._shown) if shown.property("kind") == "lit"]
