"""The picture of a settlement: one bar, a part for each payer, in the payers' own colours."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from famgui.domain.money import Fen
from famgui.ui.theme.metrics import BAR_HEIGHT, DOT, fix_height, fix_width
from famgui.ui.theme.style import Theme


class Part(NamedTuple):
    """One payer's part: the colour's role (pool, own, shared, cash), who, how much in fen."""

    role: str
    name: str
    amount: Fen


class PayersBar(QWidget):
    """A horizontal bar of all parts; parts of the same role are told apart by a thin gap."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: tuple[Part, ...] = ()
        fix_height(self, BAR_HEIGHT)
        theme.changed.connect(self.update)

    def show_parts(self, parts: Sequence[Part], spoken: str) -> None:
        """Draw these parts; `spoken` is what a screen reader says."""
        self._parts = tuple(part for part in parts if part.amount > 0)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 5, 5)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), self._theme.colour("chip"))
        total = sum(part.amount for part in self._parts)
        left = 0.0
        for part in self._parts:
            width = self.width() * part.amount / total
            painter.fillRect(QRectF(left, 0, width, self.height()), self._theme.colour(part.role))
            left += width
            if left < self.width() - 1:
                painter.fillRect(QRectF(left - 0.75, 0, 1.5, self.height()), self._theme.colour("surface"))
        painter.end()


class Dot(QWidget):
    """A small square in a payer's colour, beside the payer's name."""

    def __init__(self, theme: Theme, role: str) -> None:
        super().__init__()
        self._theme, self._role = theme, role
        fix_width(self, DOT)
        fix_height(self, DOT)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._role))
        painter.drawRoundedRect(self.rect(), 3, 3)
        painter.end()
