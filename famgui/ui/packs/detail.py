"""One pack in full: where it comes from, how fresh it is, who signed it, what is wrong with its file."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from famgui.base.toml_source import printable
from famgui.base.wording import Wording
from famgui.ui.packs.words import doubts_of, faults_of, name_of, source_words
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, LABEL_WIDTH, margins
from famgui.ui.widgets.basic import Card, EmptyState, chip, foot, label, rule
from famgui.usecase.packs import PackLine

SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Lines(QWidget):
    """What stands in a scroll area: as high as its lines are at the width that there is, and no higher."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "plain")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class PackCard(Card):
    """The card at the right of the list; the buttons given stand at its foot."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(tr("Rule pack"))
        self.body.addWidget(self._area, 1)
        self.body.addLayout(foot(*buttons))

    def show_line(self, line: PackLine | None, wording: Wording) -> None:
        """Show a pack, or that none is at hand."""
        if line is None:
            self._area.setWidget(EmptyState(tr("Choose a pack at the left to see where it comes from.")))
            return
        content = Lines()
        column = QVBoxLayout(content)
        margins(column, spacing=GAP)
        head = QHBoxLayout()
        margins(head, spacing=GRID)
        head.addWidget(text_of(name_of(line), "reading"))
        if line.place:
            head.addWidget(chip(line.place))
        head.setStretch(0, 1)
        column.addLayout(head)
        column.addLayout(_facts(line, wording))
        for mark, kind in _marks(line):
            column.addWidget(text_of(mark, kind))
        for fault in faults_of(line, wording):
            column.addWidget(text_of(f"✗ {fault}", "problem"))
        for doubt in doubts_of(line, wording):
            column.addWidget(text_of(f"! {doubt}", "warning"))
        column.addStretch(1)
        self._area.setWidget(content)


def _facts(line: PackLine, wording: Wording) -> QGridLayout:
    grid = QGridLayout()
    margins(grid, spacing=GRID - 2)
    grid.setHorizontalSpacing(GRID)
    grid.setColumnMinimumWidth(0, LABEL_WIDTH)
    grid.setColumnStretch(1, 1)
    facts = (
        (tr("Version"), line.version),
        (tr("Checked on"), _checked(line)),
        (tr("From where"), source_words(line, wording)),
        (tr("File"), printable(line.file.name)),
    )
    for title, said in facts:
        if said:
            at = grid.rowCount()
            grid.addWidget(label(title, "dim"), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text_of(said), at, 1)
            grid.addWidget(rule(), at + 1, 0, 1, 2)
    return grid


def _checked(line: PackLine) -> str:
    if line.checked_on is None:
        return ""
    if not line.age:
        return str(line.checked_on)
    return tr("{day}, {days} days ago", day=line.checked_on, days=line.age)


def _marks(line: PackLine) -> list[tuple[str, str]]:
    """Sentences under the facts, with their kind."""
    found = []
    if line.kept:
        found.append((tr("! The file is faulty: its last good version is in use."), "warning"))
    elif line.faults:
        found.append((tr("✗ The file is faulty and not in use."), "problem"))
    if line.stale:
        found.append((tr("! Hold it against its sources, then write the day into it."), "warning"))
    if line.own and line.signature.state in ("unsigned", "unknown"):
        found.append((tr("! Nobody known vouches for it."), "warning"))
    if not line.own:
        found.append((tr("· Part of the program: not to be removed; a pack of your own can take its place."), "note"))
    if line.over:
        found.append((tr("· It takes the place of the one that is part of the program."), "note"))
    return found


def text_of(said: str, kind: str = "") -> QLabel:
    """Words of a pack: plain, never markup, to be selected and copied."""
    made = label(said, kind, wrap=True)
    made.setTextInteractionFlags(SELECTABLE)
    made.setAccessibleName(said)
    return made
