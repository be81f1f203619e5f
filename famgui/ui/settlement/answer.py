"""The live answer in values: who pays how much, what is left, how far the year is used, and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, Level, YearToDate
from famgui.domain.money import Fen
from famgui.domain.problem import Problem
from famgui.domain.rule import BenefitRule
from famgui.domain.settlement import Settlement
from famgui.domain.trace import Step, StepName


@dataclass(frozen=True, slots=True)
class PayerRow:
    """One payer: the colour's role, whose money, how much, what is left in the account then (None: no account), the
    step (from 0) that says why, and whether the figure rests on an unconfirmed rule."""

    role: str
    account: str
    amount: Fen
    left: Fen | None = None
    step: int | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of a yearly figure is used; `limit` None where there is none; `by_hand`: typed for this calculation."""

    name: str
    used: Fen
    limit: Fen | None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The live answer for a complete draft."""

    settlement: Settlement
    total: Fen
    rows: tuple[PayerRow, ...]
    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    meters: tuple[Meter, ...]
    used_by_hand: bool = False


_POOL_STEPS: tuple[StepName, ...] = (
    "cap",
    "cap-visit",
    "cap-stated",
    "pool",
    "pool-band",
    "pool-stated",
    "receipt",
    "pool-no-rule",
    "pool-without",
    "pool-not-insured",
    "pool-not-designated",
    "pool-other-province",
)
"""The steps that end with what the pool pays, the last word first."""


def result_of(
    settlement: Settlement, balances: Mapping[str, Balance], meters: tuple[Meter, ...], *, used_by_hand: bool
) -> Result:
    """A settlement with the balances after it, as the page shows it."""
    steps = settlement.steps
    pool = next((at for name in _POOL_STEPS if (at := _step(steps, name)) is not None), None)
    person = next(at for at, step in enumerate(steps) if step.name == "person")
    rows = [PayerRow("pool", "", settlement.pool, step=pool, weak=any(step.weak for step in steps[:person]))]
    for payment in settlement.payments:
        left = balances[payment.account].total
        at = _step(steps, payment.payer, payment.account)
        weak = at is not None and steps[at].weak
        rows.append(PayerRow(payment.payer, payment.account, payment.draw.total, left, at, weak))
    rows.append(PayerRow("cash", "", settlement.cash, step=_step(steps, "cash")))
    total = settlement.split.total
    return Result(settlement, total, tuple(rows), steps, settlement.problems, meters, used_by_hand)


def _step(steps: tuple[Step, ...], name: str, account: str = "") -> int | None:
    """Where the last step of this name stands, from 0."""
    found = [at for at, step in enumerate(steps) if step.name == name and step.account in ("", account)]
    return found[-1] if found else None


def share(part: Fen, whole: Fen) -> int:
    """A part of a whole in tenths of a per cent, half-up; 0 of nothing."""
    return (2000 * part + whole) // (2 * whole) if whole else 0


def meters_of(rule: BenefitRule | None, used: YearToDate, level: Level, *, by_hand: bool) -> tuple[Meter, ...]:
    """The yearly figures under a rule: deductible met (over all levels, else at this one), pool paid, cost counted."""
    if rule is None:
        return ()
    met, limit = used.all_levels, rule.year.value
    if limit is None and rule.level_year.value is not None:
        met, limit = used.by_level[LEVELS.index(level)], rule.level_year.value
    made = [Meter("pool", used.pool, rule.cap.value, by_hand)]
    if limit is not None or met:
        made.insert(0, Meter("deductible", met, limit, by_hand))
    if rule.cost_cap.value is not None:
        made.append(Meter("cost", used.cost, rule.cost_cap.value, by_hand))
    return tuple(made)
