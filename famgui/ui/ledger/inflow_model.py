"""The monthly inflow and single deposits of one account: what is typed, the months that come of it. QtCore only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Deposit
from famgui.domain.money import Fen
from famgui.domain.person import Person
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.inflow import MonthOfInflow, deposits, plan_inflow, record_inflow
from famgui.usecase.record import Recorded, RecordedAll, next_handle, try_each

Way: TypeAlias = Literal["rule", "stated"]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month in words: its first day, what flows in, the clause of it, and whether it is there already."""

    day: date
    amount: Fen | None
    clause: str
    weak: bool
    state: str
    due: bool


class InflowVM(QObject):
    """Whose account, by the rules or as stated, from which month to which. `changed` after every change, `recorded`
    with a sentence when money was put in."""

    changed = Signal()
    recorded = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.account = ""
        self.way: Way = "rule"
        self.base: Fen | None = None
        self.stated: Fen | None = None
        self.first = date(desk.today.year, 1, 1)
        self.last = desk.today.replace(day=1)
        self.single: Fen | None = None
        self.single_day = desk.today
        self.problem = ""
        self.late = ""
        self.recording = False
        desk.ops.crashed.connect(self._crashed)

    @property
    def accounts(self) -> tuple[tuple[str, str], ...]:
        """Everyone with an account."""
        return tuple((person.id, person.name or person.id) for person in self._desk.persons if person.has_account)

    @property
    def person(self) -> Person | None:
        """The holder of the account chosen."""
        return next((person for person in self._desk.persons if person.id == self.account), None)

    @property
    def needs_base(self) -> bool:
        """Whether the rules ask for the contribution base: of somebody at work."""
        person = self.person
        return self.way == "rule" and person is not None and person.status != "retired"

    @property
    def _months(self) -> tuple[MonthOfInflow, ...]:
        live = self._desk.live
        if live is None or self.person is None:
            return ()
        stated = (self.stated or 0) if self.way == "stated" else None
        return plan_inflow(live, self.account, self.first, self.last, base=self.base, stated=stated)

    @property
    def rows(self) -> tuple[MonthRow, ...]:
        """The months, each with what is to be recorded or already there."""
        return tuple(map(self._row, self._months))

    @property
    def rule_words(self) -> str:
        """How the rules reckon the amount; what is still to be typed for it."""
        shares = dict.fromkeys(percent(month.rule.value) for month in self._months if month.rule.value)
        if not self.needs_base:
            return tr("A fixed sum a month")
        said = tr("{share} % of the contribution base", share=tr(", ").join(shares))
        return said if self.base else tr("{said}; type the base of a month", said=said)

    @property
    def total(self) -> tuple[int, Fen]:
        """How many months are to be recorded, and what they come to in fen."""
        due = [row.amount or 0 for row in self.rows if row.due]
        return len(due), sum(due)

    @property
    def can_record(self) -> bool:
        """Whether there is a month to record, and the book would take all of them."""
        return not self.recording and self.total[0] > 0 and not self.late

    @property
    def can_deposit(self) -> bool:
        """Whether there is a single amount to put in."""
        return not self.recording and bool(self.single) and self.person is not None

    def take(self, **wanted: object) -> None:
        """Change what is typed: account, way, base, stated, first, last, single, single_day."""
        for name, value in wanted.items():
            setattr(self, name, value)
        self.problem = ""
        self._look_ahead()
        self.changed.emit()

    def refresh(self, wished: str = "") -> None:
        """Take up the household at hand; `wished` is the account chosen on the page."""
        handles = [handle for handle, _ in self.accounts]
        if wished in handles:
            self.account = wished
        elif self.account not in handles:
            self.account = handles[0] if handles else ""
        self._look_ahead()
        self.changed.emit()

    def _look_ahead(self) -> None:
        """Say before it is asked for that a month can no longer be recorded."""
        live, self.late = self._desk.live, ""
        due = deposits(live, self.account, self._months) if live is not None and self.person is not None else ()
        if live is None or not due or due[0].date >= live.keys.last:
            return
        for at, (found, _) in enumerate(try_each(live, due)):
            if isinstance(found, Recorded):
                why = self._desk.why_not(found)
                self.late = tr("{day} cannot be recorded any more: {why}", day=f"{due[at].date:%Y-%m}", why=why)
                return

    def record(self) -> None:
        """Put in every month that is due, all or none."""
        desk, live, book = self._desk, self._desk.live, self._desk.book
        if live is None or book is None or not self.can_record:
            return
        events = deposits(live, self.account, self._months)
        rules_of, now, household = desk.library.book, datetime.now().astimezone(), live.id
        self.recording = True
        desk.ops.run(
            tr("Recording"), lambda _: record_inflow(book, rules_of, household, events, now=now), self._all_done
        )

    def deposit(self) -> None:
        """Put in the single amount."""
        live = self._desk.live
        if live is not None and self.can_deposit and self.single:
            self.recording = True
            handle = next_handle(live.household, Deposit)
            self._desk.record(Deposit(handle, self.single_day, self.account, self.single), self._done)

    def _all_done(self, done: RecordedAll) -> None:
        self.recording = False
        self._desk.reload()
        if done.refused is None:
            self._desk.ops.changed.emit(done.changes, self._desk)
            self.recorded.emit(tr("{count} months recorded", count=len(done.each)))
        else:
            why = self._desk.why_not(done.refused)
            self.problem = tr("Nothing was recorded. {day}: {why}", day=self._day_of(done.index or 0), why=why)
        self.changed.emit()

    def _day_of(self, index: int) -> str:
        due = [row.day for row in self.rows if row.due]
        return f"{due[index]:%Y-%m}" if index < len(due) else ""

    def _done(self, done: Recorded) -> None:
        self.recording = False
        if done.recorded and done.outcome is not None:
            self.single = None
            self.recorded.emit(tr("Deposit recorded as {id}", id=done.outcome.event.id))
        else:
            self.problem = self._desk.why_not(done)
        self.changed.emit()

    def _crashed(self, _: BaseException) -> None:
        """A write that failed is told elsewhere; here it can be tried again."""
        self.recording = False
        self.changed.emit()

    def _row(self, month: MonthOfInflow) -> MonthRow:
        rule = month.rule
        if month.there is not None:
            there = f"✓ {tr('there already')}"
            return MonthRow(month.day, month.there.amount, "", False, there, False)
        if month.amount:
            return MonthRow(month.day, month.amount, rule.clause, rule.weak, f"· {tr('will be recorded')}", True)
        missing = self.needs_base and rule.clause
        state = f"! {tr('no rule of that month')}" if self.way == "rule" and not missing else ""
        return MonthRow(month.day, None, rule.clause, rule.weak, state, False)


def percent(ratio: int) -> str:
    """Ten-thousandths as per cent: 200 is "2", 280 "2.8"."""
    return f"{ratio // 100}.{ratio % 100:02d}".rstrip("0").rstrip(".")
