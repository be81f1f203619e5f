"""What the settlement page shows: a frozen draft of a visit, its live result, and the command to record it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, Benefit, Level
from famgui.domain.bill import MEDICAL, Item
from famgui.domain.household import UsedKey
from famgui.domain.money import WHOLE, Fen
from famgui.domain.person import Person
from famgui.domain.problem import Problem
from famgui.domain.settlement import Facility, Settlement, Visit
from famgui.domain.trace import Step
from famgui.ui.settlement.draft import ItemDraft, VisitDraft, as_body, from_body
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper

if TYPE_CHECKING:
    from famgui.usecase.record import Recorded


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One payer: the colour's role, whose money, how much, what is left in the account then (None: no account)."""

    role: str
    account: str
    amount: Fen
    left: Fen | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a yearly figure is used, after this visit; `limit` None where there is none."""

    name: str
    used: Fen
    limit: Fen | None


@dataclass(frozen=True, slots=True)
class Result:
    """The live answer for a complete draft."""

    settlement: Settlement
    total: Fen
    rows: tuple[PayerRow, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    meters: tuple[Meter, ...]


class SettlementVM(QObject):
    """Holds the draft; `changed` when the draft or its result changed; `recorded(outcome)` after a record."""

    changed = Signal()
    recorded = Signal(object)
    refused = Signal(object)
    found_again = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft = VisitDraft(date=desk.today)
        self.result: Result | None = None
        self.recording = False
        self.keeper = DraftKeeper(desk, "settlement")
        self._household: int | None = None
        desk.changed.connect(self.refresh)
        desk.ops.crashed.connect(self._failed)
        self.refresh()

    @property
    def patients(self) -> tuple[Person, ...]:
        """Everybody who may be a patient: the household."""
        return self._desk.persons

    @property
    def complete(self) -> bool:
        """Whether the draft can be settled."""
        return self.result is not None

    @property
    def line_without_amount(self) -> int | None:
        """The first line of the bill (from 1) that still lacks its amount."""
        lines = enumerate(self.draft.items, 1)
        return next((number for number, item in lines if not item.empty and not item.complete), None)

    def refresh(self) -> None:
        """Take up the household at hand, with what was half-done for it; the patient stays when still a member."""
        live = self._desk.live
        if live is not None and live.id != self._household:
            self._household = live.id
            kept = self.keeper.take_back()
            found = None if kept is None else from_body(kept)
            self.draft = found or VisitDraft(date=self._desk.today)
            if found is not None:
                self.found_again.emit()
        known = [person.id for person in self._desk.persons]
        if self.draft.patient not in known:
            self.draft = replace(self.draft, patient=known[0] if known else "")
        self._compute()

    def edit(self, **fields: Any) -> None:
        """Replace fields of the draft and compute anew."""
        self.draft = replace(self.draft, **fields)
        self.keeper.keep(as_body(self.draft) if self.draft.items else None)
        self._compute()

    def start_over(self) -> None:
        """Forget what was typed."""
        self.edit(items=(), disease_limit=None, pool_paid=None)

    def set_items(self, items: tuple[ItemDraft, ...]) -> None:
        """Replace the bill."""
        self.edit(items=items)

    def balance(self, person: str) -> Balance | None:
        """The balance of a person's account now, None without an account."""
        live = self._desk.live
        return None if live is None else live.running.balances.get(person)

    def visit(self, handle: str) -> Visit | None:
        """The draft as a visit of the domain, None while something is missing."""
        draft, live = self.draft, self._desk.live
        items = tuple(_item(item) for item in draft.items if item.complete)
        if live is None or not draft.patient or not items:
            return None
        if self.line_without_amount is not None:
            return None
        if draft.kind == "chronic" and draft.disease_limit is None:
            return None
        pharmacy = draft.kind == "pharmacy"
        facility = Facility(
            "pharmacy" if pharmacy else "hospital",
            live.household.place,
            "" if pharmacy else draft.level,
            draft.designated,
        )
        limit = draft.disease_limit if draft.kind == "chronic" else None
        pool_paid = draft.pool_paid if draft.kind == "inpatient" else None
        return Visit(handle, draft.date, draft.patient, draft.kind, facility, items, limit, pool_paid)

    def record(self) -> None:
        """Record the draft; `recorded` or `refused` follows."""
        live = self._desk.live
        if live is None or self.recording:
            return
        visit = self.visit(self._desk.services.usecases().next_handle(live.household, Visit))
        if visit is None:
            return
        self.recording = True

        def done(answer: "Recorded") -> None:
            self.recording = False
            if not answer.recorded:
                self.refused.emit(self._desk.why_not(answer))
                return
            self.start_over()
            self.recorded.emit(answer.outcome)

        self._desk.record(visit, done)

    def _failed(self, _: BaseException) -> None:
        self.recording = False
        self.changed.emit()

    def undo(self, visit: str, done: Callable[["Recorded"], None]) -> None:
        """Take a recorded visit back whole."""
        self._desk.take_back(visit, done)

    def _compute(self) -> None:
        self.result = None
        visit, live = self.visit("preview"), self._desk.live
        if visit is not None and live is not None:
            state = live.running.fork()
            settlement = state.apply(visit).settlement
            if settlement is not None:
                used = state.used.get((visit.patient, visit.date.year, visit.kind))
                self.result = _result(settlement, state.balances, self._meters(visit.date, used))
        self.changed.emit()

    def meters(self) -> tuple[Meter, ...]:
        """The yearly figures before the visit, for the person, kind and year of the draft."""
        live = self._desk.live
        if live is None:
            return ()
        key: UsedKey = (self.draft.patient, self.draft.date.year, self.draft.kind)
        return self._meters(self.draft.date, live.running.used.get(key))

    def _meters(self, day: date, used: Any) -> tuple[Meter, ...]:
        rules = self._desk.rules(day)
        person = next((p for p in self._desk.persons if p.id == self.draft.patient), None)
        if rules is None or person is None or self.draft.kind == "pharmacy":
            return ()
        rule = rules.benefit(self.draft.kind, person.insurance, person.status, self.draft.level)
        if rule is None:
            return ()
        met, paid = (used.all_levels, used.pool) if used is not None else (0, 0)
        return Meter("deductible", met, rule.year.value), Meter("pool", paid, rule.cap.value)


def _item(item: ItemDraft) -> Item:
    medical = item.category in MEDICAL
    upfront = item.upfront_ratio if medical and item.catalogue_class == "B" else 0
    catalogue_class = item.catalogue_class if medical else ""
    return Item(item.name or "—", item.category, item.amount or 0, catalogue_class, min(upfront, WHOLE))


def _result(settlement: Settlement, balances: dict[str, Balance], meters: tuple[Meter, ...]) -> Result:
    rows = [PayerRow("pool", "", settlement.pool)]
    for payment in settlement.payments:
        left = balances[payment.account].total
        rows.append(PayerRow(payment.payer, payment.account, payment.draw.total, left))
    rows.append(PayerRow("cash", "", settlement.cash))
    return Result(settlement, settlement.split.total, tuple(rows), settlement.steps, settlement.problems, meters)


KINDS: tuple[Benefit, ...] = ("outpatient", "chronic", "pharmacy", "inpatient")
LEVEL_CHOICES: tuple[Level, ...] = LEVELS
