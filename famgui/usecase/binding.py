"""The register looked at: the state of a row, what is to be renewed, and what was shared under a row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, TypeAlias

from famgui.domain.binding import Binding
from famgui.domain.household import Premium, Refund
from famgui.domain.money import Fen
from famgui.domain.settlement import Settlement, Visit
from famgui.domain.timeline import Outcome, Running

SOON = 30
"""Days before its end from which a binding is said to expire."""
RECENT = 365
"""Days for which an ended binding that nobody renewed is still worth a word."""

RowState: TypeAlias = Literal["in-force", "expiring", "upcoming", "expired", "unbound"]


def row_state(row: Binding, day: date) -> tuple[RowState, int]:
    """What a row is on a day, and the days until it ends (`expiring`) or begins (`upcoming`), else 0."""
    if row.unbound(day):
        return "unbound", 0
    if row.ends is not None and row.ends < day:
        return "expired", 0
    if day < row.starts:
        return "upcoming", (row.starts - day).days
    if row.ends is not None and (row.ends - day).days <= SOON:
        return "expiring", (row.ends - day).days
    return "in-force", 0


def to_renew(register: Iterable[Binding], day: date) -> tuple[Binding, ...]:
    """The last row of every pair that ends soon or ended of late, earliest end first; none for a pair unbound."""
    pairs: dict[tuple[str, str], Binding] = {}
    for row in register:
        kept = pairs.get((row.authorizer, row.user))
        if kept is None or _end(kept) <= _end(row):
            pairs[row.authorizer, row.user] = row
    ending = [row for row in pairs.values() if not row.unbound(day) and -RECENT <= (_end(row) - day).days <= SOON]
    return tuple(sorted(ending, key=_end))


def _end(row: Binding) -> date:
    return min(row.unbound_on or date.max, row.ends or date.max)


def shared_by_row(register: Sequence[Binding], outcomes: Iterable[Outcome], year: int) -> tuple[Fen, ...]:
    """What was shared under each row in a natural year, in fen: visits and premiums less what refunds brought back."""
    sums = [0] * len(register)
    for authorizer, user, day, amount in _shared(outcomes, year):
        rows = [index for index, row in enumerate(register) if (row.authorizer, row.user) == (authorizer, user)]
        live = [index for index in rows if register[index].in_force(day)]
        begun = [index for index in rows if register[index].starts <= day]
        chosen = live[:1] or begun[-1:] or rows[-1:]
        for index in chosen:
            sums[index] += amount
    return tuple(sums)


def _shared(outcomes: Iterable[Outcome], year: int) -> Iterator[tuple[str, str, date, Fen]]:
    visits: dict[str, Visit] = {}
    for outcome in sorted(outcomes, key=lambda outcome: outcome.event.date):
        event = outcome.event
        if isinstance(event, Visit):
            visits[event.id] = event
        if event.date.year != year:
            continue
        visit = visits.get(event.of) if isinstance(event, Refund) else event if isinstance(event, Visit) else None
        if visit is not None:
            for settlement, sign in ((outcome.reversed, -1), (outcome.settlement, 1)):
                for account, amount in _paid(settlement):
                    yield account, visit.patient, visit.date, sign * amount
        if isinstance(event, Premium):
            for line in outcome.premiums:
                if line.paid:
                    yield event.payer, line.person, event.date, line.paid


def _paid(settlement: Settlement | None) -> Iterator[tuple[str, Fen]]:
    if settlement is not None:
        for payment in settlement.payments:
            if payment.payer == "shared":
                yield payment.account, payment.draw.total


def year_at_hand(running: Running, outcomes: Iterable[Outcome], today: date) -> int:
    """The natural year whose figures are worth showing: this one, or the latest one with figures when it has none."""
    years = {outcome.event.date.year for outcome in outcomes} | {year for _, year, _ in running.used}
    if today.year in years or not years:
        return today.year
    return max((year for year in years if year < today.year), default=min(years))
