"""What a refund moves, payer by payer: how much goes back into which bucket, and how much is owed anew."""

from typing import NamedTuple

from famgui.domain.account import Balance
from famgui.domain.money import Fen
from famgui.domain.settlement import Settlement
from famgui.domain.timeline import Outcome
from famgui.usecase.recorded import VisitRecord


class Move(NamedTuple):
    """One payer of a visit before and after: role (pool, own, shared, cash), whose account, what was and is paid."""

    role: str
    account: str
    was: Fen
    now: Fen

    @property
    def back(self) -> Fen:
        """What comes back in the end."""
        return max(0, self.was - self.now)

    @property
    def owed(self) -> Fen:
        """What is to be paid on top in the end."""
        return max(0, self.now - self.was)


def moves(was: Settlement, now: Settlement | None) -> tuple[Move, ...]:
    """Every payer of either settlement, pool first and cash last; `now` None: nothing is left of the bill."""
    before, after = _paid(was), {} if now is None else _paid(now)
    accounts = [payer for payer in dict.fromkeys((*before, *after)) if payer[1]]
    payers = (("pool", ""), *accounts, ("cash", ""))
    return tuple(Move(*payer, before.get(payer, 0), after.get(payer, 0)) for payer in payers)


def moves_between(differences: tuple[tuple[str, str, Fen, Fen], ...]) -> tuple[Move, ...]:
    """Differences of two settlements as moves."""
    return tuple(Move(*difference) for difference in differences)


def _paid(done: Settlement) -> dict[tuple[str, str], Fen]:
    paid: dict[tuple[str, str], Fen] = {("pool", ""): done.pool}
    for payer, account, draw in done.payments:
        paid[payer, account] = draw.total
    return paid | {("cash", ""): done.cash}


class BackTo(NamedTuple):
    """Money of a refund that went back into an account: role, whose, and into which buckets."""

    role: str
    account: str
    into: Balance


def went_back(record: VisitRecord, number: int) -> tuple[BackTo, ...]:
    """Where the money of a visit's refund (from 0) went: back into the bucket it left, or to prior years' money when
    the year had turned."""
    refund = record.refunds[number]
    settled_on = record.refunds[number - 1].event.date if number else record.visit.date
    turned = settled_on.year != refund.event.date.year
    taken = refund.reversed.payments if refund.reversed is not None else ()
    return tuple(BackTo(role, account, draw.carried_over() if turned else draw) for role, account, draw in taken)


def refund_moves(outcome: Outcome) -> tuple[Move, ...]:
    """What a refund moved, or would move."""
    return () if outcome.reversed is None else moves(outcome.reversed, outcome.settlement)
