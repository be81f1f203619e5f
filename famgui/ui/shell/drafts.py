"""Half-done work survives a crash: saved at most 300 ms after a change and offered back. QtCore only."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr

if TYPE_CHECKING:
    from famgui.store.book import Book

DELAY_MS = 300
RETRY_MS = 3_000


class DraftKeeper(QObject):
    """Keeps at most one draft of a kind for each household. `saved(moment)` when one is in the book.

    Who types on and on is saved as well: a change waits for `delay` ms (300 at most) whatever comes after it."""

    saved = Signal(object)
    delay = DELAY_MS

    def __init__(self, desk: Desk, kind: str) -> None:
        super().__init__()
        self._desk, self._kind = desk, kind
        self._waiting: tuple[Book, str, Mapping[str, Any] | None] | None = None
        self._ids: dict[str, int] = {}
        self._book: Book | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)

    def keep(self, body: Mapping[str, Any] | None) -> None:
        """Save this soon; None: there is nothing half-done any more."""
        key, book = self._key(), self._desk.book
        if key is not None and book is not None:
            self._waiting = (book, key, body)
            if not self._timer.isActive() or self._timer.interval() > self.delay:
                self._timer.start(self.delay)

    def flush(self) -> None:
        """Save now what waits."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting[0] is not self._desk.book:
            return
        book, key, body = waiting
        uses, now, ids = self._desk.services.usecases(), datetime.now().astimezone(), self._ids_in(book)

        def save() -> None:
            if body is not None:
                ids[key], _ = uses.save_draft(book, key, body, now=now, draft_id=ids.get(key))
            elif ids.pop(key, None) is not None:
                uses.drop_drafts(book, key, now=now)

        def done(_: object) -> None:
            if body is not None:
                self.saved.emit(now)

        def failed(_: BaseException) -> None:
            if self._waiting is None:
                self._waiting = waiting
                self._timer.start(RETRY_MS)

        self._desk.ops.run(tr("Saving the draft"), lambda _: save(), done, failed)

    def hand_over(self) -> str:
        """Save what waits before it is recorded; the kind of draft that is to go in the same transaction."""
        self.flush()
        return self._key() or ""

    def take_back(self) -> Mapping[str, Any] | None:
        """The household's draft as it was saved last, None without one."""
        key, book = self._key(), self._desk.book
        if key is None or book is None:
            return None
        found = self._desk.services.usecases().load_drafts(book, key)
        if not found:
            return None
        self._ids_in(book)[key] = found[0].id
        body: Mapping[str, Any] = found[0].body
        return body

    def _ids_in(self, book: "Book") -> dict[str, int]:
        """Which draft of this book is whose; another book's say nothing here."""
        if book is not self._book:
            self._book, self._ids = book, {}
        return self._ids

    def _key(self) -> str | None:
        live = self._desk.live
        return None if live is None else f"{self._kind}-{live.id}"
