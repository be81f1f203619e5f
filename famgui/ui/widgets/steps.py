"""Where one is on the way from a file to what it brings into the book: numbered steps in a row."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from famgui.ui.theme.metrics import GRID, margins
from famgui.ui.widgets.basic import chip, label, restyle, set_chip


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
