"""What the plan shows: what is expected as typed, kept as a draft, and what comes of it under every order."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from famgui.domain.household import Event, Premium
from famgui.domain.money import Fen
from famgui.domain.settlement import Visit
from famgui.ui.plan.draft import RHYTHMS, PlanDraft, Row, as_body, from_body, known_to, row_like
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.drafts import DraftKeeper
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.usecase.expected import Inflow, PremiumOffer, days_of, expected_events, likely_inflow, premium_offers
from famgui.usecase.plan import Course, Plan, plan

AT_ONCE = 100
"""Up to so many events are planned at once; more of them on the worker thread, with progress."""


@dataclass(frozen=True, slots=True)
class InflowRow:
    """An account and what arrives in it every month, in fen; the clause where a rule says so, weak or not."""

    account: str
    name: str
    amount: Fen
    clause: str = ""
    weak: bool = False


class Horizon(NamedTuple):
    """First and last day of the plan, the day of the last recorded event (None without one), and whether the start
    typed lies before that: the plan begins as typed, else today, but never before what is recorded; it ends with the
    year or with the next one."""

    start: date
    end: date
    recorded: date | None
    too_early: bool


class PlanVM(QObject):
    """Holds the draft; `changed` when it or the plan changed; `found_again` when a kept draft came back."""

    changed = Signal()
    found_again = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft = PlanDraft()
        self.plan: Plan | None = None
        self.offers: tuple[PremiumOffer, ...] = ()
        self.unread: dict[str, str] = {}
        """What is wrong with the inflow typed for an account: while there is such a text there is no plan."""
        self.busy = False
        self.keeper = DraftKeeper(desk, "plan")
        self._order = ""
        self._book = desk.book
        self._household: int | None = None
        self._work: Progress | None = None
        self._turn = 0
        desk.changed.connect(self.refresh)
        self.refresh()

    @property
    def horizon(self) -> Horizon:
        """The days that are planned, as far as what is recorded allows."""
        live = self._desk.live
        recorded = max((event.date for event in live.household.events), default=None) if live else None
        earliest = date.min if recorded is None else recorded + timedelta(days=1)
        start = max(self.draft.start or self._desk.today, earliest)
        too_early = self.draft.start is not None and self.draft.start < earliest
        return Horizon(start, date(start.year + self.draft.next_year, 12, 31), recorded, too_early)

    @property
    def inflow(self) -> tuple[InflowRow, ...]:
        """Every account with what arrives in it: as typed, else as recorded within a year."""
        typed, names = dict(self.draft.inflow), self._desk.names

        def row(likely: Inflow) -> InflowRow:
            account, name = likely.account, names.get(likely.account, likely.account)
            if account in typed:
                return InflowRow(account, name, typed[account])
            return InflowRow(account, name, likely.amount, likely.clause, likely.weak)

        return tuple(row(likely) for likely in self._likely())

    @property
    def inflow_day(self) -> int:
        """The day of the month on which money arrives: as typed, else as recorded last, else the first."""
        recorded = [one.day for one in self._likely() if one.amount and not one.clause]
        return self.draft.inflow_day or (recorded[-1] if recorded else 1)

    @property
    def course(self) -> Course | None:
        """The course looked at: the order picked, else the household's own."""
        if self.plan is None:
            return None
        return next((one for one in self.plan.courses if one.order == self._order), self.plan.now)

    @property
    def missing(self) -> str:
        """What has to be typed before there is a plan, "" when nothing is."""
        number = next((number for number, row in enumerate(self.draft.rows, 1) if not row.complete), None)
        if number is not None:
            return tr("Line {number} has no amount yet.", number=number)
        if self.unread:
            return next(iter(self.unread.values()))
        number = next((number for number, row in enumerate(self.draft.rows, 1) if not self._falls(row)), None)
        if number is not None:
            start, end, *_ = self.horizon
            return tr("Line {number} has no day between {start} and {end}.", number=number, start=start, end=end)
        if self.plan is None and not self.busy:
            return tr("Type the visits that you expect: the answer appears with the first amount.")
        return ""

    def _falls(self, row: Row) -> bool:
        """Whether any day of a row lies in the plan."""
        start, end, *_ = self.horizon
        first, last = row.first or start, min(row.last or end, end)
        return any(day >= start for day in days_of(first, RHYTHMS[row.often], last))

    def refresh(self) -> None:
        """Take up the household at hand, with what was half-done for it, and plan anew."""
        live = self._desk.live
        if self._book is not self._desk.book:
            self._book, self._household = self._desk.book, None
            self.draft, self.unread = PlanDraft(), {}
            self.keeper = DraftKeeper(self._desk, "plan")
        if live is not None and live.id != self._household:
            self._household, self._order, self.unread = live.id, "", {}
            kept = self.keeper.take_back()
            found = None if kept is None else from_body(kept)
            self.draft = found or PlanDraft()
            if found is not None and found.rows:
                self.found_again.emit()
        self.draft = known_to(self.draft, [person.id for person in self._desk.persons])
        self._compute()

    def edit(self, **fields: Any) -> None:
        """Replace fields of the draft and plan anew."""
        self.draft = replace(self.draft, **fields)
        self.keeper.keep(None if self.draft == PlanDraft() else as_body(self.draft))
        self._compute()

    def start_over(self) -> None:
        """Forget what was typed."""
        self.unread = {}
        self.edit(**{name: getattr(PlanDraft(), name) for name in PlanDraft.__dataclass_fields__})

    def mark(self, account: str, said: str) -> None:
        """Note what is wrong with the inflow typed for an account, "" when nothing is any more."""
        if said != self.unread.get(account, ""):
            others = {one: wrong for one, wrong in self.unread.items() if one != account}
            self.unread = {**others, account: said} if said else others
            self._compute()

    def set_inflow(self, account: str, amount: Fen) -> None:
        """What arrives in an account every month."""
        self.unread.pop(account, None)
        self.edit(inflow=(*(pair for pair in self.draft.inflow if pair[0] != account), (account, amount)))

    def pay_premium(self, offer: PremiumOffer, *, wanted: bool) -> None:
        """Plan with a premium, or no longer."""
        others = tuple(pair for pair in self.draft.premiums if pair != (offer.person, offer.product))
        self.edit(premiums=(*others, (offer.person, offer.product)) if wanted else others)

    @property
    def visit(self) -> Visit | None:
        """The calculator's visit, None while its bill is not complete."""
        return self._desk.visit if self._desk.live is not None else None

    def add_like(self) -> None:
        """Expect a visit like the calculator's, every month from the start."""
        if self.visit is not None:
            self.edit(rows=(*self.draft.rows, row_like(self.visit)))

    def new_row(self) -> Row:
        """What a new line begins with: the person and the kind of the line before."""
        if self.draft.rows:
            before = self.draft.rows[-1]
            return Row(before.patient, before.kind, before.level)
        persons = self._desk.persons
        return Row(persons[0].id if persons else "")

    def look_at(self, order: str) -> None:
        """Look at the course of an order."""
        if self.plan is not None and order != (self.course or self.plan.now).order:
            self._order = order
            self.changed.emit()

    def _likely(self) -> tuple[Inflow, ...]:
        live = self._desk.live
        return () if live is None else likely_inflow(live.running, live.household.events, self.horizon.start)

    def _events(self) -> list[Event]:
        live = self._desk.live
        assert live is not None
        place, day = live.household.place, self.inflow_day
        start, end, *_ = self.horizon
        expected = [row.expected(start, place) for row in self.draft.rows if row.complete]
        wanted = set(self.draft.premiums)
        premiums = [
            Premium(f"plan-{one.person}-{one.product}", one.day, one.payer, one.product, (one.person,))
            for one in self.offers
            if (one.person, one.product) in wanted
        ]
        inflow = [Inflow(row.account, row.amount, day) for row in self.inflow]
        return expected_events(expected, inflow, premiums, start, end) if expected or premiums else []

    def _compute(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self._work, self.busy = None, False
        self._turn += 1
        live, (start, end, *_) = self._desk.live, self.horizon
        self.offers = () if live is None else premium_offers(live.running, start, end)
        events = [] if live is None or self.unread else self._events()
        if live is None or not events:
            self.plan = None
        elif len(events) <= AT_ONCE:
            self.plan = plan(live.running, events, start, end)
        else:
            running, turn = live.running.fork(), self._turn
            self.busy = True
            self._work = self._desk.ops.run(
                tr("Planning"),
                lambda work: plan(running, events, start, end, work.report),
                lambda found: self._planned(turn, found),
                lambda error: self._failed(turn, error),
            )
        self.changed.emit()

    def _planned(self, turn: int, found: Plan) -> None:
        if turn == self._turn:
            self.busy, self.plan = False, found
            self.changed.emit()

    def _failed(self, turn: int, error: BaseException) -> None:
        if not isinstance(error, Cancelled):
            self._desk.ops.crashed.emit(error)
        if turn == self._turn:
            self.busy, self.plan = False, None
            self.changed.emit()
