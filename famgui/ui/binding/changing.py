"""What is done to the register: a pair unbound, rows renewed, authorizers put in order, all of it undone. No window."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Event
from famgui.store.book import Book
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.binding_change import Ending, Renewal, Term, ending, renewals, reordering
from famgui.usecase.record import Recorded, RecordedAll, record_events
from famgui.usecase.register import PaymentOrder, payment_order
from famgui.usecase.retract import retract

Panel: TypeAlias = Literal["", "unbind", "renew"]
Made: TypeAlias = tuple[int, tuple[str, ...]]
"""Events recorded together: the household and their handles."""


class ChangesVM(QObject):
    """`changed`: what is about to be done is something else. `done(text, made)`: recorded, and what an undo would take
    out again (None: it was an undo); `refused(text)`: why not."""

    changed = Signal()
    done = Signal(str, object)
    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.panel: Panel = ""
        self.working = False
        self.ending: Ending | None = None
        self.reason = ""
        self.renewals: tuple[Renewal, ...] = ()
        self.term: Term = "year"
        self.typed: date = desk.today
        self.pending: tuple[str, ...] | None = None
        self._user = ""
        self._rows: tuple[int, ...] = ()
        self._made: list[Made] = []
        desk.changed.connect(self._read_anew)
        desk.ops.crashed.connect(self._crashed)

    def begin_unbind(self, row: RegisterRow, reason: str) -> None:
        """Look at what the end of a pair would do."""
        live = self._desk.live
        if live is None or not row.open or self.working:
            return
        self.panel, self.reason = "unbind", reason
        self.ending = ending(live, row.authorizer_id, row.user_id, self._desk.today, reason)
        self.changed.emit()

    def set_reason(self, reason: str) -> None:
        """Why the pair is unbound."""
        live, found = self._desk.live, self.ending
        self.reason = reason
        if live is not None and found is not None:
            event = found.event
            self.ending = ending(live, event.authorizer, event.user, event.date, reason.strip())
            self.changed.emit()

    def begin_renew(self, rows: Sequence[RegisterRow]) -> None:
        """Look at what renewing rows of the household at hand would come to."""
        if self._desk.live is None or not rows or self.working:
            return
        self.panel, self._rows = "renew", tuple(row.id for row in rows)
        self._bindings = rows
        self._try_renewals()

    def set_term(self, term: Term, typed: date | None = None) -> None:
        """For how long the rows are renewed."""
        self.term, self.typed = term, typed or self.typed
        self._try_renewals()
