"""Premiums due and paid: the product and the day chosen, who is to be paid for, what it would come to. QtCore only."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Premium
from famgui.domain.money import Fen, grouped
from famgui.domain.premium import PremiumLine
from famgui.domain.problem import Problem
from famgui.domain.timeline import Outcome
from famgui.files.sentence import problem_sentence
from famgui.ui.ledger.words import concession_words, product_words
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.premium import Due, Product, dues, products
from famgui.usecase.record import Recorded, next_handle, try_events


@dataclass(frozen=True, slots=True)
class DueRow:
    """One person's premium in words: what it costs (None: to be stated), how it stands, the clause behind the price;
    `event` is the handle of what paid it."""

    handle: str
    name: str
    amount: Fen | None
    state: str
    paid: bool
    clause: str
    weak: bool
    event: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of what a payment would do or did: whether it is good, what, and the clause."""

    good: bool
    text: str
    clause: str = ""


class PremiumVM(QObject):
    """Which product, on which day, for whom, from whose account. `changed` after every change, `recorded` with the
    event's handle when premiums were paid."""

    changed = Signal()
    recorded = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day = desk.today
        self.product = ""
        self.price: Fen | None = None
        self.payer = ""
        self.wished = ""
        self.picked: frozenset[str] = frozenset()
        self.result: tuple[Said, ...] = ()
        self.recording = False
        desk.ops.crashed.connect(self._crashed)

    @property
    def products(self) -> tuple[Product, ...]:
        """The products that the place knows on the day."""
        rules = self._desk.rules(self.day)
        return () if rules is None else products(rules, self.day)

    @property
    def chosen(self) -> Product | None:
        """The product chosen; the first one until somebody has chosen."""
        found = self.products
        return next((one for one in found if one.name == self.product), found[0] if found else None)

    @property
    def _dues(self) -> tuple[Due, ...]:
        live, product = self._desk.live, self.chosen
        return () if live is None or product is None else dues(live, product.name, self.day, self.price)

    @property
    def rows(self) -> tuple[DueRow, ...]:
        """Everybody who may have the product."""
        return tuple(map(self._row, self._dues))

    @property
    def payers(self) -> tuple[tuple[str, str], ...]:
        """Whose accounts could pay for those picked (for anybody, while nobody is), with what they hold."""
        live, names = self._desk.live, self._desk.names
        if live is None:
            return ()
        wanted = [due for due in self._dues if due.person.id in self.picked] or list(self._dues)
        handles = dict.fromkeys(handle for due in wanted for handle in due.payers)
        held = live.running.balances
        return tuple(
            (handle, tr("{name} · balance {amount}", name=names[handle], amount=grouped(held[handle].total)))
            for handle in handles
            if handle in held
        )

    @property
    def window_words(self) -> str:
        """The time to pay, and how it stands on the day."""
        product = self.chosen
        if product is None or product.first is None or product.last is None:
            return ""
        days = tr("{first} to {last}", first=product.first.isoformat(), last=product.last.isoformat())
        left = (product.last - self.day).days
        state = {
            "early": tr("not begun yet"),
            "open": tr("{count} days left", count=left) if left else tr("last day"),
            "late": tr("over"),
        }[product.state]
        return f"{days} · {state}"

    @property
    def preview(self) -> tuple[Said, ...]:
        """What paying now would do, person by person; empty while nobody or no payer is chosen."""
        live, event = self._desk.live, self._event()
        if live is None or event is None:
            return ()
        found = try_events(live, (event,))
        if not isinstance(found, Recorded):
            return self._lines(found[0], done=False)
        if found.outcome is not None:
            return self._lines(found.outcome, done=False)
        return (Said(False, self._desk.why_not(found)),)

    @property
    def can_pay(self) -> bool:
        """Whether at least one of those picked would be paid for."""
        return not self.recording and any(line.good for line in self.preview)

    def take(self, **wanted: object) -> None:
        """Change what is chosen: product, day, price, payer, picked."""
        for name, value in wanted.items():
            setattr(self, name, value)
        if "payer" in wanted:
            self.wished = self.payer
        self.result = ()
        self._settle()
        self.changed.emit()

    def refresh(self, wished: str = "") -> None:
        """Take up the household at hand; `wished` is the account that is to pay, where it can."""
        if wished:
            self.wished = wished
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """Keep what is chosen possible: nobody who has paid, a payer who may."""
        self.picked &= {row.handle for row in self.rows if not row.paid}
        handles = [handle for handle, _ in self.payers]
        if self.payer not in handles or self.wished in handles:
            self.payer = self.wished if self.wished in handles else handles[0] if handles else ""

    def pay(self) -> None:
        """Pay for those picked, from the account chosen."""
        event = self._event()
        if event is not None and not self.recording:
            self.recording = True
            self._desk.record(event, self._done)

    def _event(self) -> Premium | None:
        live, product = self._desk.live, self.chosen
        persons = tuple(due.person.id for due in self._dues if due.person.id in self.picked)
        if live is None or product is None or not persons or not self.payer:
            return None
        if product.stated and self.price is None:
            return None
        price = self.price if product.stated else None
        return Premium(next_handle(live.household, Premium), self.day, self.payer, product.name, persons, price)

    def _done(self, done: Recorded) -> None:
        self.recording = False
        if done.outcome is not None:
            self.result = self._lines(done.outcome, done=True)
        else:
            self.result = (Said(False, self._desk.why_not(done)),)
        self.picked = frozenset()
        self._settle()
        self.changed.emit()
        if done.recorded and done.outcome is not None:
            self.recorded.emit(done.outcome.event.id)

    def _crashed(self, _: BaseException) -> None:
        """A write that failed is told elsewhere; here it can be tried again."""
        self.recording = False
        self.changed.emit()

    def _row(self, due: Due) -> DueRow:
        names = self._desk.names
        about = concession_words().get(due.person.concession, "")
        name = names[due.person.id] + (f" · {about}" if about else "")
        if due.paid is not None:
            payer, day = names[due.paid.payer], due.paid.day.isoformat()
            state = tr("paid {day} by {payer}", day=day, payer=payer)
        elif not due.payers:
            state = tr("nobody bound can pay on this day")
        else:
            product = self.chosen
            late = product is not None and product.state == "late"
            state = tr("not paid, time is over") if late else tr("not paid yet")
        if due.paid is not None:
            return DueRow(due.person.id, name, due.paid.amount, state, True, "", False, due.paid.event)
        return DueRow(due.person.id, name, due.amount, state, False, due.rule.clause, due.rule.weak)

    def _lines(self, outcome: Outcome, *, done: bool) -> tuple[Said, ...]:
        """An outcome person by person: what is paid, or every reason why not."""
        event = outcome.event
        assert isinstance(event, Premium)
        found: list[Said] = []
        for line in outcome.premiums:
            if line.status == "settled":
                found.append(Said(True, self._paid_words(event, line, done=done)))
            else:
                found.extend(self._refused(outcome.problems, (line.person, event.product)))
        return tuple(dict.fromkeys(found))

    def _paid_words(self, event: Premium, line: PremiumLine, *, done: bool) -> str:
        names = self._desk.names
        values = {
            "person": names[line.person],
            "product": product_words(event.product),
            "amount": grouped(line.paid),
            "payer": names[event.payer],
        }
        if done:
            return tr("{person}: {product}, {amount} paid by {payer}", **values)
        return tr("{person}: {product}, {amount} will be paid by {payer}", **values)

    def _refused(self, problems: Iterable[Problem], subjects: tuple[str, ...]) -> Iterable[Said]:
        names, wording = self._desk.names, self._desk.wording
        for problem in problems:
            if problem.severity == "error" and problem.subject in subjects:
                yield Said(False, problem_sentence(problem, names, wording), problem.clause)
