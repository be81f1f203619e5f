"""Widgets side by side that go on in the next line where the width ends: nothing is cut in any language or size."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from famgui.ui.theme.metrics import GRID, margins


class Flow(QLayout):
    """Items from the left, in lines as high as their highest item, each item centred in its line."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = GRID) -> None:
        super().__init__(parent)
        margins(self, spacing=spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._shown()]
        widest = max((hint.width() for hint in hints), default=0)
        return QSize(widest, max((hint.height() for hint in hints), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Lay the items out in a rectangle; the height that they take."""
        top, line, used = rect.y(), list[tuple[QLayoutItem, QSize]](), 0
        for item in self._shown():
            hint = item.sizeHint().boundedTo(QSize(max(rect.width(), item.minimumSize().width()), 1 << 20))
            if line and used + self.spacing() + hint.width() > rect.width():
                top += self._line(rect.x(), top, line, really) + self.spacing()
                line, used = [], 0
            used += hint.width() + (self.spacing() if line else 0)
            line.append((item, hint))
        return top + self._line(rect.x(), top, line, really) - rect.y()

    def _line(self, left: int, top: int, line: list[tuple[QLayoutItem, QSize]], really: bool) -> int:
        """One line of items; its height."""
        height = max((hint.height() for _, hint in line), default=0)
        for item, hint in line if really else ():
            item.setGeometry(QRect(QPoint(left, top + (height - hint.height()) // 2), hint))
            left += hint.width() + self.spacing()
        return height


def flow(*widgets: QWidget, spacing: int = GRID) -> QWidget:
    """Widgets side by side, on as many lines as they need."""
    made = QWidget()
    made.setProperty("kind", "plain")
    layout = Flow(made, spacing=spacing)
    for widget in widgets:
        layout.addWidget(widget)
    policy = made.sizePolicy()
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
