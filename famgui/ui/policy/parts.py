"""The sections of a clause's reader: facts, address, conflicts, what wins over what, the line of time."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from famgui.ui.policy.gaps import Gap
from famgui.ui.policy.reading import Beside, Heritage, Met, Moment, Reading
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CARD_PADDING, GRID, LABEL_WIDTH, margins
from famgui.ui.widgets.basic import button, chip, clause_chip, column, label, row, rule
from famgui.ui.widgets.flow import Flow

OpenClause = Callable[[str], object]
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_TOP = Qt.AlignmentFlag.AlignTop


def text(words: str, kind: str = "") -> QLabel:
    """Words of a pack: plain, never markup, to be selected and copied."""
    made = label(words, kind, wrap=True)
    made.setTextInteractionFlags(SELECTABLE)
    made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    made.setAccessibleName(words)
    return made


def facts(reading: Reading) -> QGridLayout:
    """Value, place, dates, source, number, address, trust."""
    grid = QGridLayout()
    margins(grid, spacing=GRID - 2)
    grid.setHorizontalSpacing(GRID)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    for title, words in reading.facts:
        _fact(grid, title, text(words))
    if reading.url:
        _fact(grid, tr("Address"), Address(reading.url))
    _fact(grid, tr("Trust"), row(chip(reading.grade, reading.grade_kind)))
    return grid


def _fact(grid: QGridLayout, title: str, value: QWidget) -> None:
    at = grid.rowCount()
    side = Qt.AlignmentFlag.AlignVCenter if not isinstance(value, QLabel | Address) else _TOP
    grid.addWidget(label(title, "dim"), at, 0, side)
    grid.addWidget(value, at, 1)
    grid.addWidget(rule(), at + 1, 0, 1, 2)


class Address(QWidget):
    """An address to copy; a web address can be opened, after it has been said where that leads."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        inside = QVBoxLayout(self)
        margins(inside, spacing=GRID // 2)
        self._line = QHBoxLayout()
        margins(self._line)
        self._line.addWidget(text(url), 1)
        inside.addLayout(self._line)
        self._target = QUrl(url, QUrl.ParsingMode.StrictMode)
        if self._target.scheme() not in ("http", "https") or not self._target.isValid() or not self._target.host():
            return
        self._open = button(tr("Open ..."), "link", lambda: self._ask(True))
        self._open.setAccessibleName(tr("Open the source in the browser"))
        self._line.addWidget(self._open, alignment=_TOP)
        self._go = button(tr("Open in the browser"), "", self._lead)
        leads = tr("This leaves the program for the web site {host}.", host=self._target.host())
        self._asking = QWidget()
        self._asking.setProperty("kind", "plain")
        asking = QVBoxLayout(self._asking)
        margins(asking, spacing=GRID // 2)
        asking.addWidget(text(leads))
        asking.addWidget(row(self._go, button(tr("Cancel"), "link", lambda: self._ask(False))))
        inside.addWidget(self._asking)
        self._asking.hide()

    def _ask(self, on: bool) -> None:
        self._open.setVisible(not on)
        self._asking.setVisible(on)
        (self._go if on else self._open).setFocus()

    def _lead(self) -> None:
        QDesktopServices.openUrl(self._target)
        self._ask(False)


def conflicts(found: tuple[Beside, ...], open_clause: OpenClause) -> QFrame:
    """Every clause that contradicts, whichever says so."""
    box = QFrame()
    box.setProperty("kind", "amber")
    inside = QVBoxLayout(box)
    margins(inside, horizontal=CARD_PADDING, vertical=GRID + GRID // 2)
    inside.addWidget(label(tr("! In conflict with"), "heading"))
    inside.addLayout(besides(found, open_clause))
    return box


def besides(found: tuple[Beside, ...], open_clause: OpenClause) -> QGridLayout:
    """Clauses beside another: which, what they say, what they have to do with it."""
    grid = QGridLayout()
    margins(grid)
    grid.setColumnStretch(1, 1)
    for at, one in enumerate(found):
        mark = clause_chip(one.id, open_clause) if one.statement else chip(one.id)
        grid.addWidget(mark, at, 0, _TOP)
        said = text(one.statement or tr("no pack at hand has this clause"))
        how = text(" · ".join(part for part in (one.grade, one.how) if part), "note")
        grid.addLayout(column(said, how, spacing=2), at, 1)
    return grid


def gap_lines(gap: Gap, open_clause: OpenClause, *, here: str = "") -> QVBoxLayout:
    """An open question: what is asked, what is known, and the clauses that come near; `here` is the one being read."""
    marks = QWidget()
    marks.setProperty("kind", "plain")
    line = Flow(marks)
    line.addWidget(chip(gap.topic))
    for clause in gap.clauses:
        plain = clause == here or clause in gap.unknown
        line.addWidget(chip(clause) if plain else clause_chip(clause, open_clause))
    return column(text(gap.question, "heading"), text(gap.known, "dim"), marks, spacing=GRID // 2)


def open_questions(found: tuple[Gap, ...], open_clause: OpenClause, here: str) -> QFrame:
    """The questions about a clause that no source answers."""
    box = QFrame()
    box.setProperty("kind", "amber")
    inside = QVBoxLayout(box)
    margins(inside, horizontal=CARD_PADDING, vertical=GRID + GRID // 2)
    inside.addWidget(label(tr("! Could not be confirmed"), "heading"))
    for gap in found:
        inside.addLayout(gap_lines(gap, open_clause, here=here))
    return box


def heritage(found: tuple[Heritage, ...], open_clause: OpenClause) -> QVBoxLayout:
    """The values that rest on the clause, with what wins over them and what they win over."""
    inside = column()
    for one in found:
        inside.addWidget(text(one.title))
        grid = QGridLayout()
        margins(grid, horizontal=GRID, spacing=GRID // 2)
        grid.setColumnStretch(1, 1)
        pairs = [(tr("gives way to"), one.gives_way_to), (tr("wins over"), one.wins_over)]
        for words, values in pairs:
            for number, met in enumerate(values):
                _met(grid, "" if number else words, met, open_clause)
        inside.addLayout(grid)
        if one.more:
            inside.addWidget(label(tr("and {count} more; see the comparison of places", count=one.more), "note"))
    return inside


def _met(grid: QGridLayout, words: str, met: Met, open_clause: OpenClause) -> None:
    at = grid.rowCount()
    grid.addWidget(label(words, "dim"), at, 0, _TOP)
    said = text(tr("{title}: {said}", title=met.where, said=met.value))
    grid.addWidget(said, at, 1)
    if met.weak:
        grid.addWidget(chip(tr("Unconfirmed"), "warning"), at, 2, _TOP)
    grid.addWidget(clause_chip(met.clause, open_clause), at, 3, _TOP)


def timeline(found: tuple[Moment, ...], open_clause: OpenClause) -> QGridLayout:
    """The clauses of the same matter by the day they begin."""
    grid = QGridLayout()
    margins(grid, spacing=GRID // 2)
    grid.setHorizontalSpacing(GRID)
    grid.setColumnStretch(2, 1)
    marks = {"past": "○", "now": "●", "coming": "◌"}
    said = {"past": tr("ended"), "now": "", "coming": tr("not yet in force")}
    for at, one in enumerate(found):
        kind = "heading" if one.here else "" if one.state == "now" else "dim"
        grid.addWidget(label(marks[one.state], "dim"), at, 0, _TOP)
        when = " · ".join(part for part in (one.when, said[one.state]) if part)
        grid.addLayout(column(text(one.statement, kind), text(when, "note"), spacing=2), at, 2)
        mark = chip(one.id) if one.here else clause_chip(one.id, open_clause)
        grid.addWidget(mark, at, 1, _TOP)
    return grid
