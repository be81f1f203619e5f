"""The way from a file to what it brings into the book: numbered steps, the card that asks for a file, the card of work
under way."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import GAP, GRID, LIST_WIDTH, fix_width, margins
from famgui.ui.widgets.basic import Card, button, chip, label, restyle, set_chip


class StepLine(QWidget):
    """Numbered steps in a row: the one at hand stands out, those behind are ticked."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        line = QHBoxLayout(self)
        margins(line)
        self._numbers: list[QLabel] = []
        self._names: list[QLabel] = []
        for number, name in enumerate(steps, 1):
            if number > 1:
                line.addWidget(label("›", "dim"))
            mark, words = chip(str(number)), label(name, "dim")
            self._numbers.append(mark)
            self._names.append(words)
            line.addWidget(mark)
            line.addWidget(words)
            line.addSpacing(GRID)
        line.addStretch(1)

    def show_step(self, at: int) -> None:
        """Say which step is at hand, from 0; the last one's number says that all is done."""
        self.setAccessibleName(self._names[min(at, len(self._names) - 1)].text())
        for place, (mark, words) in enumerate(zip(self._numbers, self._names, strict=True)):
            set_chip(mark, "✓" if place < at else str(place + 1), "accent" if place <= at else "plain")
            words.setProperty("kind", "heading" if place == at else "dim")
            restyle(words)


class FileCard(Card):
    """Asks for a file: a call, what a row is, what happens with it, and the buttons."""

    def __init__(self, call: str, rows: str, promise: str, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        inside = QVBoxLayout()
        margins(inside, spacing=GAP)
        inside.addStretch(1)
        for text, kind in ((call, "statement"), (rows, ""), (promise, "dim")):
            words = label(text, kind, wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(words)
        line = QHBoxLayout()
        margins(line, spacing=GAP)
        line.addStretch(1)
        for made in buttons:
            line.addWidget(made)
        line.addStretch(1)
        inside.addLayout(line)
        inside.addStretch(2)
        self.body.addLayout(inside, 1)


class WorkCard(Card):
    """Work under way: what is done, how far it is, and a way to stop it."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        inside = QVBoxLayout()
        margins(inside, spacing=GAP)
        inside.addStretch(1)
        self._doing, self._far = label("", "heading"), label("", "note")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        fix_width(self.bar, LIST_WIDTH)
        for widget in (self._doing, self.bar, self._far, button(tr("Cancel"), "", cancel)):
            inside.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(2)
        self.body.addLayout(inside, 1)

    def say(self, doing: str) -> None:
        """What is being done."""
        self._doing.setText(doing)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is; `total` 0: nobody knows yet."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._far.setText(tr("{part} %", part=100 * done // total) if total else "")
