"""A refund while it is typed: tried with every change, recorded, undone; or the bill taken back to be typed anew."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Refund
from famgui.domain.money import Fen
from famgui.domain.timeline import Outcome
from famgui.store.book import Book
from famgui.ui.records.moves import Move, refund_moves
from famgui.ui.records.viewmodel import RecordsVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.record import Recorded, next_handle, try_events
from famgui.usecase.undo import Mended, PutBack, Way, mend, put_back, take_way

Form: TypeAlias = Literal["whole", "items", "mend"]
"""Take back the whole, some items, or the whole to type it anew."""


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """A refund while it is typed: which form, the day, how much of each item (None: nothing), why. `wrong`: something
    typed is no amount."""

    form: Form
    day: date
    amounts: tuple[Fen | None, ...] = ()
    reason: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What the refund as typed would do: payers before and after, and the outcome; or why not, or what is missing."""

    moves: tuple[Move, ...] = ()
    outcome: Outcome | None = None
    why_not: str = ""
    missing: str = ""


class RefundVM(QObject):
    """`changed` with the draft; `refunded(refund)`, `taken_to_mend(refund, answer)` and `put_back(visit, way)` when
    recorded; `ways_offered(ways)` when an undo would not give what was; `refused(why)`."""

    changed = Signal()
    refunded = Signal(str)
    taken_to_mend = Signal(str, object)
    put_back = Signal(str, object)
    ways_offered = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, records: RecordsVM) -> None:
        super().__init__()
        self._desk, self._records = desk, records
        self.draft: RefundDraft | None = None
        self.tried = Tried()
        self.working = False
        self._made: set[tuple[int, str]] = set()
        records.looked_at.connect(self.drop)
        desk.ops.crashed.connect(self._crashed)

    @property
    def possible(self) -> bool:
        """Whether something of the visit that is looked at is left to take back."""
        record = self._records.record
        return record is not None and record.standing is not None and not self.working

    @property
    def last_refund(self) -> str | None:
        """The last refund of the visit that is looked at, if it was made in this session and not undone since."""
        record, home = self._records.record, self.home
        last = record.refunds[-1].event.id if record is not None and record.refunds else ""
        return last if home is not None and (home, last) in self._made else None

    @property
    def home(self) -> int | None:
        """The household at hand: the numbers of refunds are its own."""
        return None if self._desk.live is None else self._desk.live.id

    @property
    def left(self) -> tuple[tuple[str, Fen], ...]:
        """What is left of the bill by name, in its order: items of one name can only be taken back together."""
        record = self._records.record
        left: dict[str, Fen] = {}
        for item in record.bill if record is not None else ():
            left[item.name] = left.get(item.name, 0) + item.amount
        return tuple((name, fen) for name, fen in left.items() if fen)

    def begin(self, form: Form) -> None:
        """Begin a refund of the visit that is looked at, on today's day or the last that is recorded."""
        live = self._desk.live
        if live is None or not self.possible:
            return
        last = max(event.date for event in live.household.events)
        kept = self.draft.reason if self.draft is not None else ""
        self.draft = RefundDraft(form, max(self._desk.today, last), (None,) * len(self.left), kept)
        self._try()
        self.changed.emit()

    def edit(self, **fields: Any) -> None:
        """Change the refund that is typed."""
        if self.draft is not None:
            self.draft = replace(self.draft, **fields)
            self._try()
            self.changed.emit()

    def drop(self) -> None:
        """Forget the refund that is typed."""
        self.draft, self.tried = None, Tried()
        self.changed.emit()

    @property
    def ready(self) -> bool:
        """Whether the refund can be recorded as it is typed."""
        return self.draft is not None and self.tried.outcome is not None and not self.working

    @property
    def notes(self) -> tuple[str, ...]:
        """What is good to know about the refund as it is typed."""
        record, draft = self._records.record, self.draft
        if record is None or draft is None or not self.tried.moves or draft.form == "mend":
            return ()
        settled_on = record.refunds[-1].event.date if record.refunds else record.visit.date
        if settled_on.year != draft.day.year:
            return (tr("The year has turned since: account money comes back as prior years' money."),)
        return ()

    def _refund(self) -> Refund | None:
        """The refund as typed, None while it takes nothing back."""
        live, draft, record = self._desk.live, self.draft, self._records.record
        if live is None or draft is None or record is None:
            return None
        items: tuple[tuple[str, Fen], ...] | None = None
        if draft.form == "items":
            typed = zip(self.left, draft.amounts, strict=True)
            items = tuple((name, amount) for (name, _), amount in typed if amount)
            if not items:
                return None
        handle = next_handle(live.household, Refund)
        return Refund(handle, draft.day, record.visit.id, items, draft.reason.strip())

    def _try(self) -> None:
        """Compute what the refund as typed would do; nothing is written."""
        self.tried = Tried()
        live, draft, refund = self._desk.live, self.draft, self._refund()
        if live is None or draft is None:
            return
        if draft.wrong:
            self.tried = Tried(why_not=tr("Not an amount: digits, at most two decimals"))
            return
        if refund is None:
            self.tried = Tried(missing=tr("Type what is to be taken back of an item."))
            return
        found = try_events(live, (refund,))
        if isinstance(found, Recorded):
            self.tried = Tried(why_not=self._desk.why_not(found))
        elif not refund.reason:
            self.tried = Tried(refund_moves(found[0]), None, missing=tr("Say why; the reason is kept with the refund."))
        else:
            self.tried = Tried(refund_moves(found[0]), found[0])

    def confirm(self) -> None:
        """Record the refund; `refunded`, `taken_to_mend` or `refused` follows."""
        refund, draft = self._refund(), self.draft
        if refund is None or draft is None or not self.ready:
            return
        self.working = True
        if draft.form == "mend":
            self._run(tr("Taking back"), self._mend(refund), self._mended)
        else:
            self._desk.record(refund, lambda answer: self._refunded(refund.id, answer))

    def _refunded(self, handle: str, answer: Recorded) -> None:
        self.working = False
        if answer.recorded:
            self._was_made(handle)
            self._records.refresh()
        self.changed.emit()  # the household was read anew while the command was still at work
        if answer.recorded:
            self.refunded.emit(handle)
        else:
            self.refused.emit(self._desk.why_not(answer))

    def _was_made(self, handle: str) -> None:
        if self.home is not None:
            self._made.add((self.home, handle))

    def _mend(self, refund: Refund) -> Callable[[Book, int, datetime], Mended]:
        rules_of = self._desk.library.book
        return lambda book, home, now: mend(book, rules_of, home, refund.of, refund.reason, now=now)

    def _mended(self, answer: Mended) -> None:
        if answer.visit is None or answer.done.outcome is None:
            self.refused.emit(self._desk.why_not(answer.done))
            return
        refund = answer.done.outcome.event.id
        self._was_made(refund)
        self.changed.emit()
        self.taken_to_mend.emit(refund, answer)

    def undo(self, refund: str, home: int | None = None) -> None:
        """Undo a refund, of that household only if one is given; `put_back`, `ways_offered` or `refused` follows. What
        was not made in this session, or is undone already, is left alone."""
        if self.working or home not in (None, self.home) or (self.home, refund) not in self._made:
            return
        rules_of, reason = self._desk.library.book, tr("Undo of {id}", id=refund)
        self._run(
            tr("Taking back"),
            lambda book, home, now: put_back(book, rules_of, home, refund, now=now, reason=reason),
            self._was_put_back,
        )

    def take(self, way: Way) -> None:
        """Record a visit again in a way that was offered."""
        if self.working:
            return
        rules_of = self._desk.library.book
        self._run(
            tr("Recording"), lambda book, home, now: take_way(book, rules_of, home, way, now=now), self._was_put_back
        )

    def _was_put_back(self, answer: PutBack) -> None:
        if answer.done is not None and answer.way is not None:
            undone, visit = answer.way.old.id, answer.way.visit.id
            live = self._desk.live
            events = () if live is None else live.household.events
            handles = {event.id for event in events if isinstance(event, Refund) and event.of == undone}
            self._made = {(home, handle) for home, handle in self._made if home != self.home or handle not in handles}
            self._records.choose(visit)
            self.changed.emit()
            self.put_back.emit(visit, answer.way)
        elif answer.ways:
            self.ways_offered.emit(answer.ways)
        elif answer.refused is not None:
            self.refused.emit(self._desk.why_not(answer.refused))

    def _run(self, label: str, work: Callable[[Book, int, datetime], Any], done: Callable[[Any], None]) -> None:
        """Do a command on the writer thread; the household is read anew before `done` is called."""
        live, book, now = self._desk.live, self._desk.book, datetime.now().astimezone()
        if live is None or book is None:
            return
        self.working, home = True, live.id

        def finished(answer: Any) -> None:
            self.working = False
            self._desk.reload(titles=False)
            self._desk.ops.changed.emit(answer.changes, self._desk)
            self._records.refresh()
            self.changed.emit()
            done(answer)

        self._desk.ops.run(label, lambda _: work(book, home, now), finished)

    def _crashed(self, _: BaseException) -> None:
        self.working = False
        self.changed.emit()
