"""What is done to the register: a pair unbound, rows renewed, authorizers put in order, all of it undone. No window."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.domain.binding import Binding
from famgui.domain.household import Bind, Event
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
        self.others = 0
        self.pending: tuple[str, ...] | None = None
        self._user = ""
        self._rows: tuple[Binding, ...] = ()
        self._home = None if desk.live is None else desk.live.id
        self._made: list[Made] = []
        desk.changed.connect(self._read_anew)
        desk.ops.crashed.connect(self._crashed)

    def begin_unbind(self, row: RegisterRow, reason: str) -> None:
        """Look at what the end of a pair would do."""
        live = self._desk.live
        if live is None or not row.open or self.working:
            return
        self.panel, self.reason = "unbind", reason
        self.ending = ending(live, *row.pair, self._desk.today, reason)
        self.changed.emit()

    def set_reason(self, reason: str) -> None:
        """Why the pair is unbound."""
        self.reason = reason
        self._try_again()

    def begin_renew(self, rows: Sequence[RegisterRow], others: int = 0) -> None:
        """Look at what renewing rows of the household at hand would come to; `others` were chosen too and are not its
        own."""
        if self._desk.live is None or not rows or self.working:
            return
        self.panel, self._rows, self.others = "renew", tuple(row.binding for row in rows), others
        self._try_again()

    def set_term(self, term: Term, typed: date | None = None) -> None:
        """For how long the rows are renewed."""
        self.term, self.typed = term, typed or self.typed
        self._try_again()

    def _try_again(self) -> None:
        """Compute anew what would be done; nothing is written."""
        live, today = self._desk.live, self._desk.today
        if live is not None and self.panel == "unbind" and self.ending is not None:
            event = self.ending.event
            self.ending = ending(live, event.authorizer, event.user, today, self.reason.strip())
        if live is not None and self.panel == "renew":
            clock = datetime.now().astimezone().time().replace(microsecond=0)
            moment = datetime.combine(today, clock)
            self.renewals = renewals(live, self._rows, self.term, self.typed, today, moment)
        self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether what is looked at can be recorded."""
        if self.working:
            return False
        if self.panel == "unbind":
            return self.ending is not None and self.ending.refused is None and bool(self.reason.strip())
        if self.panel == "renew":
            return any(not one.why for one in self.renewals)
        return self.pending is not None

    def confirm(self) -> None:
        """Record it."""
        if not self.ready:
            return
        if self.panel == "unbind" and self.ending is not None:
            names, event = self._desk.names, self.ending.event
            values = {"authorizer": names[event.authorizer], "user": names[event.user]}
            self._record(
                (event,), tr("Unbound: {authorizer} → {user}, from today. To share again, bind anew.", **values)
            )
        elif self.panel == "renew":
            events = tuple(one.event for one in self.renewals if not one.why)
            self._record(events, self._renewed(events))
        else:
            self._record_order()

    def _renewed(self, events: Sequence[Bind]) -> str:
        if len(events) != 1:
            return tr("Renewed: {count} bindings", count=len(events))
        row, names = events[0].binding, self._desk.names
        until = "" if row.ends is None else row.ends.isoformat()
        values = {"authorizer": names[row.authorizer], "user": names[row.user], "day": until}
        return tr("Renewed: {authorizer} → {user} until {day}", **values)

    def drop(self) -> None:
        """Do nothing after all."""
        if not self.working:
            self._forget()
            self.changed.emit()

    def _forget(self) -> None:
        self.panel, self.ending, self.renewals, self.pending = "", None, (), None

    def order_of(self, user: str) -> PaymentOrder | None:
        """The authorizers of a user in the order in which they pay, or as they are about to."""
        live = self._desk.live
        if live is None:
            return None
        found = payment_order(live, user, self._desk.today)
        if self.pending is not None and self._user == user:
            return found._replace(authorizers=self.pending)
        return found

    def put_in_order(self, user: str, authorizers: Sequence[str]) -> None:
        """Let a user's authorizers pay in this order, once it is recorded."""
        live = self._desk.live
        if live is None or self.working:
            return
        standing = payment_order(live, user, self._desk.today).authorizers
        self._user, self.pending = user, None if tuple(authorizers) == standing else tuple(authorizers)
        self.changed.emit()

    def _record_order(self) -> None:
        live, names = self._desk.live, self._desk.names
        if live is not None and self.pending is not None:
            listed = tr(", ").join(names[who] for who in self.pending)
            event = reordering(live, self._user, self.pending, self._desk.today)
            self._record(
                (event,), tr("For {user} now pay in this order: {names}", user=names[self._user], names=listed)
            )

    def _record(self, events: Sequence[Event], said: str) -> None:
        live, rules_of = self._desk.live, self._desk.library.book
        if live is None:
            return
        made = (live.id, tuple(event.id for event in events))

        def recorded(answer: RecordedAll) -> None:
            if answer.refused is not None:
                self.refused.emit(self._desk.why_not(answer.refused))
                return
            self._made.append(made)
            self.done.emit(said, made)

        self._run(
            live.id,
            tr("Recording"),
            lambda book, home, now: record_events(book, rules_of, home, events, now=now),
            recorded,
        )

    @property
    def last_made(self) -> Made | None:
        """What was recorded last in this session, if it is still the last of the household at hand."""
        live = self._desk.live
        if live is None or self.working or not self._made:
            return None
        home, handles = self._made[-1]
        last = {event.id for event in live.household.events[-len(handles) :]}
        return self._made[-1] if home == live.id and last == set(handles) else None

    def undo(self, made: Made | None = None) -> None:
        """Take out again what was recorded last here, or these events of any household if nothing came after them."""
        made = made or self.last_made
        if made is None or self.working or made not in self._made:
            return
        rules_of, handles = self._desk.library.book, made[1]

        def undone(answer: Recorded) -> None:
            if not answer.recorded:
                self.refused.emit(self._desk.why_not(answer))
                return
            self._made.remove(made)
            self.done.emit(tr("Undone: the register is as it was before."), None)

        self._run(
            made[0], tr("Taking back"), lambda book, home, now: retract(book, rules_of, home, handles, now=now), undone
        )

    def _run(
        self, home: int, label: str, work: Callable[[Book, int, datetime], Any], then: Callable[[Any], None]
    ) -> None:
        """Do a command on the writer thread; the household is read anew before `then` is called."""
        book, now = self._desk.book, datetime.now().astimezone()
        if book is None:
            return
        self.working = True
        self.changed.emit()

        def finished(answer: Any) -> None:
            self.working = False
            if answer.changes:
                self._forget()
            self._desk.reload(titles=False)
            self._desk.ops.changed.emit(answer.changes, self._desk)
            then(answer)
            self.changed.emit()

        self._desk.ops.run(label, lambda _: work(book, home, now), finished, self._failed)

    def _failed(self, error: BaseException) -> None:
        self._desk.ops.crashed.emit(error)

    def _crashed(self, _: BaseException) -> None:
        self.working = False
        self.changed.emit()

    def _read_anew(self) -> None:
        """Another household drops what was about to be done; a change of this one is looked at again."""
        live = self._desk.live
        home = None if live is None else live.id
        if home != self._home:
            self._home = home
            self._forget()
        self._try_again()
