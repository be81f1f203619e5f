"""A window that case files may be dropped on."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow


class DropWindow(QMainWindow):
    """`dropped(files)`: case files let go over the window; anything else is not taken. `come_forward` raises it."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    def come_forward(self) -> None:
        """Come before the other windows, as it was before it was made small."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        if self.isVisible():
            self.raise_()
            self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _cases(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if cases := _cases(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(cases)


def _cases(data: QMimeData) -> list[str]:
    files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.lower().endswith(".toml")]
