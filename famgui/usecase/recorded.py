"""Recorded visits with all that came of them: what stands, what was taken back and why, and the trail they left."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from famgui.domain.bill import Item
from famgui.domain.household import Refund
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome
from famgui.store import audit, recorded
from famgui.store.audit import AuditLine as AuditLine
from famgui.store.book import Book
from famgui.usecase.household import LiveHousehold
from famgui.usecase.undo import standing_bills

State: TypeAlias = Literal["settled", "partly", "part-back", "back"]
"""As recorded; something kept it from being settled wholly; some of it, or all of it, was taken back."""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A recorded visit: as it was settled first, its refunds in order, the bill and the settlement that stand now (none
    after a whole refund). `other_rules`: the rules of now no longer give what is recorded."""

    visit: Visit
    first: Settlement
    state: State
    refunds: tuple[Outcome, ...] = ()
    bill: tuple[Item, ...] = ()
    standing: Settlement | None = None
    other_rules: bool = False

    @property
    def shown(self) -> Settlement:
        """What stands, or what was taken back whole."""
        return self.first if self.standing is None else self.standing

    @property
    def as_it_stands(self) -> Visit:
        """The visit with the bill that stands; after a whole refund as it was recorded."""
        return self.visit if self.standing is None else replace(self.visit, items=self.bill)


@dataclass(slots=True)
class _Gathered:
    visit: Outcome
    refunds: list[Outcome] = field(default_factory=list)


def visit_records(book: Book, live: LiveHousehold) -> tuple[VisitRecord, ...]:
    """Every recorded visit of the household, the newest first; figures as they are written in the book."""
    gathered: dict[str, _Gathered] = {}
    order = sorted(range(len(live.outcomes)), key=lambda index: live.outcomes[index].event.date)
    for index in order:
        outcome = live.outcomes[index]
        if isinstance(outcome.event, Visit):
            gathered[outcome.event.id] = _Gathered(outcome)
        elif isinstance(outcome.event, Refund) and outcome.event.of in gathered:
            gathered[outcome.event.of].refunds.append(outcome)
    bills = standing_bills(live.household)
    kept = _as_written(book, live, gathered.values())
    found = [_record(one, bills[handle], kept) for handle, one in gathered.items()]
    return tuple(reversed([record for record in found if record is not None]))


def _as_written(book: Book, live: LiveHousehold, gathered: Iterable[_Gathered]) -> dict[str, Settlement]:
    """The settlements of events that the rules no longer give, as the book has them."""
    handles = {event.event.id for one in gathered for event in (one.visit, *one.refunds)}
    drifted = frozenset(handles & set(live.drift))
    if not drifted:
        return {}
    with book.read() as connection:
        return recorded.settlements(connection, live.id, drifted)


def _record(one: _Gathered, bill: tuple[Item, ...], kept: dict[str, Settlement]) -> VisitRecord | None:
    visit = one.visit.event
    last = (one.visit, *one.refunds)[-1]
    first = kept.get(visit.id, one.visit.settlement)
    standing = kept.get(last.event.id, last.settlement)
    if first is None or not isinstance(visit, Visit):
        return None
    state: State = "partly" if one.visit.status == "partly" else "settled"
    if one.refunds:
        state = "back" if standing is None else "part-back"
    other = any(outcome.event.id in kept for outcome in (one.visit, *one.refunds))
    return VisitRecord(visit, first, state, tuple(one.refunds), bill, standing, other)


def trail(book: Book, live: LiveHousehold, record: VisitRecord) -> tuple[AuditLine, ...]:
    """What was done about a visit, oldest first: recorded, refunded, corrected, and when."""
    handles = [record.visit.id, *(outcome.event.id for outcome in record.refunds)]
    with book.read() as connection:
        return audit.trail(connection, live.id, handles)
