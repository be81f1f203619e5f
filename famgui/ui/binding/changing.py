"""What is done to the register: a pair unbound, rows renewed, authorizers put in order, all of it undone. No window."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.domain.binding import Binding
from famgui.domain.household import Event, Unbind
from famgui.store.book import Book
from famgui.ui.binding.made import Made, MadeHere
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.binding.words import renewed_words, unbound_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.binding_change import Ending, Renewal, Term, ending, renewals, reordering
from famgui.usecase.record import Recorded, RecordedAll, numbered, record_events
from famgui.usecase.register import PaymentOrder, payment_order
from famgui.usecase.retract import retract

Panel: TypeAlias = Literal["", "unbind", "renew"]


class ChangesVM(QObject):
    """`changed`: what is about to be done is something else. `done(text, made)`: recorded, and what an undo would take
    out again (None: it was an undo); `refused(text)`: why not; `told(text)`: something to know, nothing was recorded.

    An order of payment that is not recorded yet is kept for its household until it is recorded or put back."""

    changed = Signal()
    done = Signal(str, object)
    refused = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.panel: Panel = ""
        self.working = False
        self.endings: tuple[Ending, ...] = ()
        self.reason = ""
        self.renewals: tuple[Renewal, ...] = ()
        self.term: Term = "year"
        self.typed: date = desk.today
        self.others = 0
        self._orders: dict[int, tuple[str, tuple[str, ...]]] = {}
        self._pairs: tuple[tuple[str, str], ...] = ()
        self._rows: tuple[Binding, ...] = ()
        self._home = None if desk.live is None else desk.live.id
        self._made = MadeHere(desk)
        desk.changed.connect(self._read_anew)
        desk.ops.crashed.connect(self._crashed)

    def begin_unbind(self, rows: Sequence[RegisterRow], reason: str = "", others: int = 0) -> None:
        """Look at what the end of pairs of the household at hand would do; `others` as for renewals."""
        pairs = tuple(dict.fromkeys(row.pair for row in rows if row.open))
        if self._desk.live is None or not pairs or self.working:
            return
        self.panel, self._pairs, self.reason, self.others = "unbind", pairs, reason, others
        self._try_again()

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
        if live is not None and self.panel == "unbind":
            found = [ending(live, *pair, today, self.reason.strip()) for pair in self._pairs]
            gone = {(one.event.authorizer, one.event.user) for one in found if one.refused is None}
            self.endings = tuple(
                one._replace(others=tuple(who for who in one.others if (who, one.event.user) not in gone))
                for one in found
            )
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
            return any(one.refused is None for one in self.endings) and bool(self.reason.strip())
        if self.panel == "renew":
            return any(not one.why for one in self.renewals)
        return self.pending is not None

    def confirm(self) -> None:
        """Record it."""
        if not self.ready:
            return
        if self.panel == "unbind":
            ended = self._ended()
            self._record(ended, unbound_words(ended, self._desk.names))
        elif self.panel == "renew":
            events = tuple(one.event for one in self.renewals if not one.why)
            self._record(events, renewed_words(events, self._desk.names))
        else:
            self._record_order()

    def _ended(self) -> tuple[Unbind, ...]:
        """The ends that can be recorded, each with a handle of its own."""
        live = self._desk.live
        if live is None:
            return ()
        free = [one.event for one in self.endings if one.refused is None]
        return tuple(replace(event, id=own) for event, own in zip(free, numbered(live.household, Unbind), strict=False))

    def drop(self) -> None:
        """Do nothing after all: close what is open, else put an order back that is not recorded."""
        if not self.working:
            self._forget()
            self.changed.emit()

    def close(self) -> None:
        """Close what is open; an order stays."""
        if self.panel and not self.working:
            self._forget()
            self.changed.emit()

    def _forget(self) -> None:
        if not self.panel and self._home is not None:
            self._orders.pop(self._home, None)
        self.panel, self.endings, self.renewals = "", (), ()

    @property
    def pending(self) -> tuple[str, ...] | None:
        """The order of payment of the household at hand that is not recorded yet."""
        return None if self._home not in self._orders else self._orders[self._home][1]

    @property
    def pending_user(self) -> str:
        """Whose order that is, "" without one."""
        return "" if self._home not in self._orders else self._orders[self._home][0]

    def order_of(self, user: str) -> PaymentOrder | None:
        """The authorizers of a user in the order in which they pay, or as they are about to."""
        live = self._desk.live
        if live is None:
            return None
        found = payment_order(live, user, self._desk.today)
        if self.pending is not None and self.pending_user == user:
            return found._replace(authorizers=self.pending)
        return found

    def put_in_order(self, user: str, authorizers: Sequence[str]) -> None:
        """Let a user's authorizers pay in this order, once it is recorded."""
        live = self._desk.live
        if live is None or self.working:
            return
        standing, first = payment_order(live, user, self._desk.today).authorizers, self.pending_user
        if first not in ("", user):
            self.refused.emit(
                tr("Record {name}'s order of payment first, or put it back.", name=self._desk.names[first])
            )
        elif tuple(authorizers) == standing:
            self._orders.pop(live.id, None)
        else:
            self._orders[live.id] = (user, tuple(authorizers))
        self.changed.emit()

    def _record_order(self) -> None:
        live, names = self._desk.live, self._desk.names
        if live is not None and self.pending is not None:
            listed = tr(", ").join(names[who] for who in self.pending)
            user = self.pending_user
            event = reordering(live, user, self.pending, self._desk.today)
            self._record((event,), tr("For {user} now pay in this order: {names}", user=names[user], names=listed))

    def _record(self, events: Sequence[Event], said: str) -> None:
        live, rules_of = self._desk.live, self._desk.library.book
        if live is None:
            return
        made = (live.id, tuple(event.id for event in events))

        def recorded(answer: RecordedAll) -> None:
            if answer.refused is not None:
                self.refused.emit(self._desk.why_not(answer.refused))
                return
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
        return None if self.working else self._made.last

    def step_back(self) -> None:
        """Put back an order that is not recorded; without one take out what was recorded last; or say why not."""
        if self.working:
            return
        if self.pending is not None:
            name = self._desk.names[self.pending_user]
            self._orders.pop(self._home or 0, None)
            self.changed.emit()
            self.told.emit(tr("Taken back: the new order of payment for {name}; it was not recorded.", name=name))
        elif self.last_made is None:
            self.refused.emit(
                tr(
                    "Nothing to take back. Only what was recorded about bindings since the program started can be, "
                    "as long as nothing was recorded after it."
                )
            )
        else:
            self.undo()

    def undo(self, made: Made | None = None) -> None:
        """Take out again what was recorded last here, or these events of any household if nothing came after them."""
        made = made or self.last_made
        if made is None or self.working or made not in self._made:
            return
        rules_of, handles, said = self._desk.library.book, made[1], self._made.said(made)

        def undone(answer: Recorded) -> None:
            if not answer.recorded:
                self.refused.emit(self._desk.why_not(answer))
                return
            self._made.forget(made)
            self.done.emit(tr("Taken back: {what}", what=said), None)

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
            self.panel, self.endings, self.renewals = "", (), ()
        if live is not None and self.pending is not None:
            standing = payment_order(live, self.pending_user, self._desk.today).authorizers
            if set(standing) != set(self.pending) or standing == self.pending:
                self._orders.pop(live.id)
        self._try_again()
