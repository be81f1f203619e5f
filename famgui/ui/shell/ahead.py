"""What is made ready before anybody asks for it: the policy search, once the window has come to rest."""

from PySide6.QtCore import QObject, QTimer

from famgui.ui.shell.desk import Desk

AT_REST_MS = 800
"""So long after the book has opened, or the packs have changed, nothing else is asked of the machine."""


class Ahead(QObject):
    """Prepares the search beside the writer thread, for the packs that are in use."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._done: object = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(AT_REST_MS)
        self._rest.timeout.connect(self._prepare)
        desk.changed.connect(self._soon)

    def stop(self) -> None:
        """Begin nothing any more."""
        self._rest.stop()

    def _soon(self) -> None:
        if self._desk.library is not self._done:
            self._rest.start()

    def _prepare(self) -> None:
        desk, library, searching = self._desk, self._desk.library, self._desk.services.searching
        if searching is None:
            return
        if desk.ops.pending:
            self._rest.start()
            return
        self._done = library
        desk.ops.aside(library, lambda pause: searching().prepare_search(library, pause))
