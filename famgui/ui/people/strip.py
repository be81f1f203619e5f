"""The strip above the list: rows that look like one person, one pair at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from famgui.ui.people.words import pair_words
from famgui.ui.shell.i18n import tr
from famgui.ui.theme.metrics import CARD_PADDING, GRID, margins
from famgui.ui.widgets.basic import button, label
from famgui.ui.widgets.elided import Elided
from famgui.usecase.people import Alike


class SuggestionStrip(QFrame):
    """Hidden while there is nothing to suggest."""

    def __init__(self, look: Callable[[Alike], object]) -> None:
        super().__init__()
        self.setProperty("kind", "amber")
        self._pairs: Sequence[Alike] = ()
        self._at = 0
        self._title = label(tr("Perhaps one person"), "heading")
        self._words = Elided("", "")
        self._look: QPushButton = button(tr("Look at them"), "link", lambda: look(self._pairs[self._at]))
        self._next: QPushButton = button("", "link", self._turn)
        layout = QHBoxLayout(self)
        margins(layout, horizontal=CARD_PADDING, vertical=2, spacing=GRID)
        layout.addWidget(self._title)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._look)
        layout.addWidget(self._next)
        self.hide()

    def show_pairs(self, pairs: Sequence[Alike]) -> None:
        """Suggest these."""
        self._pairs = pairs
        self._at = min(self._at, max(len(pairs) - 1, 0))
        self._show()

    def _turn(self) -> None:
        self._at = (self._at + 1) % len(self._pairs)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._pairs))
        if self._pairs:
            self._words.setText(pair_words(self._pairs[self._at]))
            self._next.setText(tr("Next ({number} of {total})", number=self._at + 1, total=len(self._pairs)))
            self._next.setAccessibleName(self._next.text())
            self._next.setVisible(len(self._pairs) > 1)
