"""Toasts: what was just done, with a way back, for ten seconds at the foot of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from famgui.ui.theme.metrics import GAP, GRID, margins

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
        row.addWidget(QLabel(text))
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
        """Stand at the foot of the host, in the middle."""
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - 6 * GRID)

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
