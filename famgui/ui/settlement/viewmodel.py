"""What the settlement page shows: a frozen draft of a visit, its live result, and the command to record it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.person import Person
from famgui.domain.settlement import Visit
from famgui.ui.settlement.answer import Meter, Result, meters_of, result_of
from famgui.ui.settlement.draft import (
    FRESH,
    ItemDraft,
    VisitDraft,
    as_body,
    begun,
    draft_of,
    from_body,
    staying,
    used_by_hand,
    visit_of,
)
from famgui.ui.settlement.memory import Memory
from famgui.ui.settlement.terms import NO_OFFERS, TOLD, Offers, asked_for, offers_of
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper
from famgui.ui.shell.i18n import tr
from famgui.usecase.repeated import Twin, twin_of

if TYPE_CHECKING:
    from famgui.usecase.record import Recorded

NOTHING: Mapping[str, str] = {}


class SettlementVM(QObject):
    """Holds the draft; `changed` when the draft or its result changed; `recorded(outcome)` after a record; `repeated`
    instead of a record that would be the second of its kind; `taken` when another page's visit came in (with the draft
    before it)."""

    changed = Signal()
    recorded = Signal(object)
    repeated = Signal()
    refused = Signal(object)
    found_again = Signal()
    taken = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft = VisitDraft(date=desk.today)
        self.result: Result | None = None
        self.offers: Offers = NO_OFFERS
        self.twin: Twin | None = None
        """The visit in the book that is just like the draft."""
        self.unread: dict[str, str] = {}
        """What is wrong with the text in a field of the draft, by the field: while one counts there is no answer."""
        self.recording = False
        self.keeper = DraftKeeper(desk, "settlement")
        self.memory = Memory(desk)
        self._book = desk.book
        self._household: int | None = None
        desk.changed.connect(self.refresh)
        desk.visit_taken.connect(self.take)
        desk.ops.crashed.connect(self._failed)
        self.refresh()

    @property
    def patients(self) -> tuple[Person, ...]:
        """Everybody who may be a patient: the household."""
        return self._desk.persons

    @property
    def home(self) -> str:
        """The insured place of the household, "" without one."""
        return "" if self._desk.live is None else self._desk.live.household.place

    @property
    def missing(self) -> str:
        """What still has to be typed before there is an answer, "" when nothing is."""
        draft = self.draft
        if not draft.patient:
            return tr("This book holds no household yet.")
        asked = asked_for(draft, states_pool=self.offers.states_pool)
        for name, said in self.unread.items():
            if name in asked:
                return said
        for number, item in enumerate(draft.items, 1):
            if not item.empty and not item.complete:
                return tr("Line {number} has no amount yet.", number=number)
            if item.too_far_over:
                return tr("Line {number}: more above the price limit than its amount.", number=number)
        if draft.kind == "chronic" and draft.disease_limit is None:
            return tr("A chronic visit needs what the disease's limit leaves.")
        if self._states_pool and draft.ratio is None:
            return tr("The pool's terms need the ratio it pays.")
        if not any(item.complete for item in draft.items):
            return tr("Type the bill: the answer appears with the first amount.")
        return ""

    def refresh(self) -> None:
        """Take up the household at hand, with what was half-done for it; the patient stays when still a member."""
        live = self._desk.live
        if self._book is not self._desk.book or (live is None and self._household is not None):
            self._book, self._household = self._desk.book, None
            self.draft, self.unread = VisitDraft(date=self._desk.today), {}
            self.keeper, self.memory = DraftKeeper(self._desk, "settlement"), Memory(self._desk)
        if live is not None and live.id != self._household:
            self._household, self.unread = live.id, {}
            kept = self.keeper.take_back()
            found = None if kept is None else from_body(kept)
            self.draft = found or begun(VisitDraft(date=self._desk.today), self.memory.visit, self.home)
            if found is not None:
                self.found_again.emit()
        known = [person.id for person in self._desk.persons]
        if self.draft.patient not in known:
            self.draft = replace(self.draft, patient=known[0] if known else "")
        self._compute()

    def edit(self, unread: Mapping[str, str] = NOTHING, /, **fields: Any) -> None:
        """Replace fields of the draft and compute anew; `unread` are those among them whose text is no amount or share,
        with what is wrong there."""
        self.unread = {name: said for name, said in self.unread.items() if name not in fields} | dict(unread)
        self.draft = replace(self.draft, **fields)
        self._keep()
        self.memory.keep_visit(staying(self.draft))
        if "items" in fields:
            self.memory.learn(self.draft.items)
        self._compute()

    def _keep(self) -> None:
        """Save the draft soon; what is on its way into the book is not saved once more."""
        if not self.recording:
            self.keeper.keep(as_body(self.draft) if self.draft.items else None)

    def start_over(self) -> None:
        """Forget what was typed; the next visit begins where this one was."""
        self.edit(**FRESH)

    def set_items(self, items: tuple[ItemDraft, ...]) -> None:
        """Replace the bill."""
        self.edit(items=items)

    def set_switch(self, name: str, value: object) -> None:
        """Turn a switch (own_first, order, cross_province) for this visit; back at its default it is no change."""
        default: dict[str, Any] = {name: None}
        self.draft = replace(self.draft, **default)
        self._offer()
        self.edit(**{name: None if value == getattr(self.offers, name).value else value})

    def take(self, visit: Visit) -> None:
        """Take a whole visit over; who is not in the household gives way to its first member."""
        if self._desk.live is None:
            return
        before, taken = self.draft, draft_of(visit, self.home)
        if taken.patient not in {person.id for person in self._desk.persons}:
            taken = replace(taken, patient=before.patient)
        self.restore(taken)
        self.taken.emit(before)

    def restore(self, draft: VisitDraft) -> None:
        """Put a whole draft in the place of the one at hand."""
        self.edit(**{name: getattr(draft, name) for name in VisitDraft.__dataclass_fields__})

    def balance(self, person: str) -> Balance | None:
        """The balance of a person's account now, None without an account."""
        live = self._desk.live
        return None if live is None else live.running.balances.get(person)

    def visit(self, handle: str) -> Visit | None:
        """The draft as a visit of the domain, None while something is missing."""
        if self._desk.live is None or not self.draft.patient or self.missing:
            return None
        return visit_of(self.draft, self.home, handle, self._ledger, stated=self._states_pool)

    def record(self, *, again: bool = False) -> None:
        """Record the draft; `recorded` or `refused` follows, or `repeated` where its like is in the book already and
        nobody said that it is to be recorded `again`."""
        live = self._desk.live
        if live is None or self.recording:
            return
        if self.twin is not None and not again:
            self.repeated.emit()
            return
        visit = self.visit(self._desk.services.usecases().next_handle(live.household, Visit))
        if visit is None:
            return
        draft = self.keeper.hand_over()
        self.recording = True

        def done(answer: "Recorded") -> None:
            self.recording = False
            if not answer.recorded:
                self._keep()
                self.refused.emit(self._desk.why_not(answer))
                return
            self.start_over()
            self.recorded.emit(answer.outcome)

        self._desk.record(visit, done, draft)

    def _failed(self, _: BaseException) -> None:
        if self.recording:
            self.recording = False
            self._keep()
        self.changed.emit()

    def undo(self, visit: str, done: Callable[["Recorded"], None]) -> None:
        """Take a recorded visit back whole."""
        self._desk.take_back(visit, done)

    @property
    def _ledger(self) -> YearToDate:
        """The year to date as the ledger has it, for the person, kind and year of the draft."""
        live, draft = self._desk.live, self.draft
        used = None if live is None else live.running.used.get((draft.patient, draft.date.year, draft.kind))
        return used or YearToDate()

    def meters(self) -> tuple[Meter, ...]:
        """The yearly figures before the visit."""
        draft = self.draft
        used = used_by_hand(draft, self._ledger) if draft.used_by_hand else self._ledger
        return meters_of(self.offers.rule, used, draft.level, by_hand=draft.used_by_hand)

    @property
    def _states_pool(self) -> bool:
        """Whether the pool's share goes by the terms typed."""
        draft = self.draft
        typed = (draft.deductible, draft.ratio, draft.cap_left) != (None, None, None)
        asked = "ratio" in asked_for(draft, states_pool=self.offers.states_pool)
        return asked and (typed or draft.kind in TOLD)

    def _offer(self) -> None:
        rules, live = self._desk.rules(self.draft.date), self._desk.live
        person = next((person for person in self._desk.persons if person.id == self.draft.patient), None)
        if rules is None or person is None or live is None:
            self.offers = NO_OFFERS
        else:
            self.offers = offers_of(self.draft, person, live.household.terms, rules)

    def _compute(self) -> None:
        self._offer()
        self.result, self.twin = None, None
        visit, live, book = self.visit("preview"), self._desk.live, self._desk.book
        if visit is not None and live is not None and book is not None:
            self.twin = twin_of(book, live, visit)
            state = live.running.fork()
            settlement = state.apply(visit).settlement
            if settlement is not None:
                by_hand = self.draft.used_by_hand
                meters = meters_of(self.offers.rule, settlement.used, self.draft.level, by_hand=by_hand)
                self.result = result_of(settlement, state.balances, meters, used_by_hand=by_hand)
        self._desk.show_visit(visit)
        self.changed.emit()
