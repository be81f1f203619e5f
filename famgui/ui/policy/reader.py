"""One clause in full: what it says, since when, who says so, how far to trust it, what contradicts it, who uses it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.ui.policy.viewmodel import Reading
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CARD_PADDING, GAP, GRID, LABEL_WIDTH, margins
from famgui.ui.widgets.basic import (
    Card,
    EmptyState,
    button,
    chip,
    clause_chip,
    clear,
    label,
    row,
    rule,
)

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Reader(Card):
    """The card at the right of the policy page; `open_clause` is called with the id of a chip that was pressed."""

    def __init__(self, open_clause: Callable[[str], object], copy: QPushButton) -> None:
        super().__init__()
        self._open_clause = open_clause
        self._copy = copy
        self._chips = QHBoxLayout()
        margins(self._chips)
        self.head.addLayout(self._chips)
        self.head.addStretch(1)
        self.head.addWidget(copy)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Clause"))
        self.body.addWidget(self._area, 1)

    def show_reading(self, reading: Reading | None) -> None:
        """Show a clause, or that none is at hand."""
        clear(self._chips)
        self._copy.setVisible(reading is not None)
        if reading is None:
            self._area.setWidget(EmptyState(tr("Choose a clause at the left to read it here.")))
            return
        self._chips.addWidget(chip(reading.id, "accent"))
        if reading.ended:
            self._chips.addWidget(chip(tr("ended"), "plain"))
        self._area.setWidget(self._content(reading))
        self._area.verticalScrollBar().setValue(0)

    def _content(self, reading: Reading) -> QWidget:
        content = QWidget()
        content.setProperty("kind", "plain")
        column = QVBoxLayout(content)
        margins(column, spacing=GAP)
        column.addWidget(_text(reading.statement, "reading"))
        column.addLayout(self._facts(reading))
        if reading.conflicts:
            column.addWidget(self._conflicts(reading))
        if reading.note:
            column.addWidget(label(tr("Note"), "heading"))
            column.addWidget(_text(reading.note, "dim"))
        if reading.uses:
            column.addWidget(label(tr("In the calculator"), "heading"))
            for place, keys in reading.uses:
                column.addWidget(_text(tr("{title}: {said}", title=place, said=keys)))
        column.addStretch(1)
        return content

    def _facts(self, reading: Reading) -> QGridLayout:
        grid = QGridLayout()
        margins(grid, spacing=GRID - 2)
        grid.setHorizontalSpacing(GRID)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        for title, text in reading.facts:
            _fact(grid, title, _text(text))
        if reading.url:
            _fact(grid, tr("Address"), _link(reading.url))
        _fact(grid, tr("Trust"), row(chip(reading.grade, reading.grade_kind)))
        return grid

    def _conflicts(self, reading: Reading) -> QFrame:
        box = QFrame()
        box.setProperty("kind", "amber")
        column = QVBoxLayout(box)
        margins(column, horizontal=CARD_PADDING, vertical=GRID + GRID // 2)
        column.addWidget(label(tr("! In conflict with"), "heading"))
        grid = QGridLayout()
        margins(grid)
        grid.setColumnStretch(1, 1)
        for at, (clause, statement) in enumerate(reading.conflicts):
            known = bool(statement)
            mark = clause_chip(clause, self._open_clause) if known else chip(clause)
            grid.addWidget(mark, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_text(statement or tr("no pack at hand has this clause")), at, 1)
        column.addLayout(grid)
        return box


def _fact(grid: QGridLayout, title: str, value: QWidget) -> None:
    at = grid.rowCount()
    side = Qt.AlignmentFlag.AlignTop if isinstance(value, QLabel) else Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(label(title, "dim"), at, 0, side)
    grid.addWidget(value, at, 1)
    grid.addWidget(rule(), at + 1, 0, 1, 2)


def _text(text: str, kind: str = "") -> QLabel:
    """Words of a pack: plain, never markup, to be selected and copied."""
    made = label(text, kind, wrap=True)
    made.setTextInteractionFlags(SELECTABLE)
    made.setAccessibleName(text)
    return made


def _link(url: str) -> QWidget:
    """An address to copy, and a button that opens it where it is a web address."""
    address = _text(url)
    target = QUrl(url, QUrl.ParsingMode.StrictMode)
    if target.scheme() not in ("http", "https") or not target.isValid():
        return address
    go = button(tr("Open"), "link", lambda: QDesktopServices.openUrl(target))
    go.setAccessibleName(tr("Open the source in the browser"))
    go.setToolTip(tr("Open the source in the browser"))
    made = row(address, go, stretch_last=False)
    layout = made.layout()
    assert isinstance(layout, QHBoxLayout)
    layout.setStretch(0, 1)
    layout.setAlignment(go, Qt.AlignmentFlag.AlignTop)
    return made
