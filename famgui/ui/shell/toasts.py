"""Toasts: what was just done, with a way back, for ten seconds in the head of the window, over no control."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from famgui.ui.theme.metrics import GAP, GRID, HEADER_HEIGHT, RAIL_WIDTH, margins

SECONDS = 10


class Toast(QFrame):
    """One message with its actions; goes away by itself, or when an action was taken."""

    def __init__(self, host: QWidget, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        super().__init__(host)
        self._host = host
        self.setProperty("kind", "toast")
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        margins(row, horizontal=GAP, vertical=GRID, spacing=GAP)
        words = QLabel(text)
        words.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(words)
        for title, act in actions:
            button = QPushButton(title)
            button.setAccessibleName(title)
            button.clicked.connect(lambda _=False, act=act: self._act(act))
            row.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.leave)
        self._timer.start(SECONDS * 1000)
        host.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Stand in the head of the host, between the household and the place."""
        self.adjustSize()
        left = min((self._host.width() - self.width() + RAIL_WIDTH) // 2, self._host.width() - self.width() - GRID)
        self.move(max(GRID, left), max(2, (HEADER_HEIGHT - self.height()) // 2))

    def leave(self) -> None:
        """Go away now."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def _act(self, act: Callable[[], object]) -> None:
        self.leave()
        act()


class Toasts:
    """At most one toast at a time; a new one takes the old one's place."""

    def __init__(self, host: QWidget) -> None:
        self._host = host

    def show(self, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> Toast:
        """Say something."""
        for old in [child for child in self._host.children() if isinstance(child, Toast)]:
            old.leave()
        toast = Toast(self._host, text, actions)
        toast.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        return toast
