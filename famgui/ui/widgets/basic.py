"""Small building blocks: cards, labels, chips, rules, buttons, empty states."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from famgui.ui.shell.commands import native_keys
from famgui.ui.theme.metrics import CARD_PADDING, GRID, margins

ChipKind: TypeAlias = Literal["plain", "accent", "warning", "danger"]


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label of a kind that the style sheet knows: title, subtitle, heading, dim, note, figure, statement ..."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def tip(text: str) -> str:
    """A tooltip's text, which Qt would otherwise take for markup where it looks like it."""
    if "<" not in text and "&" not in text:
        return text
    return f"<span>{text.replace('&', '&amp;').replace('<', '&lt;')}</span>"


def figure(text: str = "") -> QLabel:
    """A number, right-aligned."""
    made = label(text, "figure")
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def chip(text: str, kind: ChipKind = "plain") -> QLabel:
    """A small rounded word that carries a state."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("chip", kind)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def set_chip(target: QLabel, text: str, kind: ChipKind) -> None:
    """Change a chip's word and kind."""
    target.setText(text)
    target.setProperty("chip", kind)
    restyle(target)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clause_chip(clause: str, open_clause: Callable[[str], object]) -> QPushButton:
    """A clause id that opens the policy reader there."""
    made = button(clause, "chip", lambda: open_clause(clause))
    made.setAccessibleName(clause)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def button(text: str, kind: str = "", run: Callable[[], object] | None = None) -> QPushButton:
    """A push button; kinds: primary, danger, link, chip, segment or plain."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    if kind:
        made.setProperty("kind", kind)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def command_button(action: QAction, kind: str = "") -> QPushButton:
    """A button for a registered command: same title, enabled with it, its keys shown."""
    keys = native_keys(action.shortcut().toString())
    made = button(f"{action.text()}  {keys}" if keys and kind == "primary" else action.text(), kind, action.trigger)
    made.setAccessibleName(action.text())
    made.setToolTip(keys)
    made.setEnabled(action.isEnabled())
    action.enabledChanged.connect(made.setEnabled)
    return made


def rule() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


class Card(QFrame):
    """A rounded box that answers one question. `body` is its column."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        margins(self.body, horizontal=CARD_PADDING, vertical=CARD_PADDING)
        self.head = QHBoxLayout()
        margins(self.head)
        if title:
            self.head.addWidget(label(title, "heading"))
        self.body.addLayout(self.head)

    def add_to_head(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Put widgets beside the title; with `stretch` at the right edge."""
        if stretch:
            self.head.addStretch(1)
        for widget in widgets:
            self.head.addWidget(widget)


def row(*widgets: QWidget, spacing: int = GRID, stretch_last: bool = True) -> QWidget:
    """Widgets side by side, from the left."""
    made = QWidget()
    made.setProperty("kind", "plain")
    layout = QHBoxLayout(made)
    margins(layout, spacing=spacing)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch_last:
        layout.addStretch(1)
    return made


def foot(*buttons: QWidget, spacing: int = GRID) -> QHBoxLayout:
    """The buttons at the foot of a card or dialog, from the right edge."""
    made = QHBoxLayout()
    margins(made, spacing=spacing)
    made.addStretch(1)
    for one in buttons:
        made.addWidget(one)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class EmptyState(QWidget):
    """What stands where nothing is yet: one sentence and the one next step."""

    def __init__(self, text: str, step: QPushButton | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "plain")
        column = QVBoxLayout(self)
        margins(column, vertical=CARD_PADDING, spacing=CARD_PADDING)
        column.addStretch(1)
        self._words = label(text, "dim", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._words)
        if step is not None:
            column.addWidget(step, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def say(self, text: str) -> None:
        """Change the sentence."""
        self._words.setText(text)


def column(*widgets: QWidget | QLayout, spacing: int = GRID) -> QVBoxLayout:
    """Widgets and layouts one under the other."""
    made = QVBoxLayout()
    margins(made, spacing=spacing)
    add_all(made, widgets)
    return made


def add_all(layout: QVBoxLayout | QHBoxLayout, parts: Sequence[QWidget | QLayout]) -> None:
    """Add widgets and layouts in order."""
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
