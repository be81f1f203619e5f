"""A receipt's visit settled by the rules: the bill that has the receipt's split, under the rule book or a bent one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.bill import MEDICAL, Item
from famgui.domain.binding import NOBODY, Binding, Standing
from famgui.domain.money import WHOLE, Fen, Ratio, part_of
from famgui.domain.person import Person
from famgui.domain.receipt.stated import IN_SCOPE, OVER_LIMIT, SELF_PAID, TOTAL, UPFRONT, Facts, Receipt
from famgui.domain.rule import BenefitRule, Circumstances
from famgui.domain.rulebook import RuleBook, Rules
from famgui.domain.settlement import Facility, Settlement, Visit, settle
from famgui.domain.trace import Step
from famgui.domain.waterfall import Terms

Ask: TypeAlias = Callable[[Circumstances], BenefitRule | None]
Bend: TypeAlias = Callable[[Ask, Circumstances], BenefitRule | None]
"""What the pool's rule is taken to be, given how to ask the rule book."""


class Wallet(NamedTuple):
    """The accounts that stood behind the visit: balances before it, who was in line, the user's other rows, switches.

    `invented` is true where no household is known and the shared part is taken as the receipt states it.
    """

    balances: Mapping[str, Balance]
    standing: Standing = NOBODY
    rows: tuple[Binding, ...] = ()
    terms: Terms = Terms()
    invented: bool = False


NO_WALLET = Wallet({})


class Pool(NamedTuple):
    """What the pool does: deductible (fen), ratio, what it pays (fen), and the steps that led there."""

    deductible: Fen
    ratio: Ratio
    paid: Fen
    steps: tuple[Step, ...] = ()

    def clause(self, *names: str) -> str:
        """The clause of the first step whose name begins with one of these; "" where there is none."""
        found = (step.clause for name in names for step in self.steps if step.name.startswith(name) and step.clause)
        return next(found, "")

    @property
    def weak(self) -> bool:
        """Whether any step rests on a rule that is not confirmed."""
        return any(step.weak for step in self.steps if step.name not in ("own", "shared", "split"))


@dataclass(frozen=True, slots=True)
class Trial:
    """One way to settle the receipt's visit. `rules_day` takes another day's rules; `twist` rounds or orders the
    ratio differently: "cut" (to the fen, not half-up) or "after" (the deductible taken off after the ratio)."""

    visit: Visit
    patient: Person
    used: YearToDate
    book: RuleBook
    wallet: Wallet = NO_WALLET
    bends: tuple[Bend, ...] = ()
    rules_day: date | None = None
    twist: str = ""

    @property
    def rules(self) -> Rules:
        """The rules of the visit's day, or of the other day, bent where asked."""
        rules = self.book.at(self.rules_day or self.visit.date)
        return _Bent(rules, self.bends) if self.bends else rules

    def settled(self) -> Settlement:
        """The settlement that the domain computes."""
        wallet = self.wallet
        return settle(self.visit, self.patient, wallet.balances, wallet.standing, self.used, self.rules, wallet.terms)

    def pool(self) -> Pool:
        """What the pool pays of it."""
        done = self.settled()
        paid = done.pool
        if self.twist == "cut":
            paid = min(paid, _cut(done.steps))
        elif self.twist == "after":
            paid = min(paid, _after(done.steps))
        return Pool(done.deductible, done.ratio, paid, done.steps)


class _Bent(Rules):
    """The rules of a day with another answer to what the pool pays."""

    def __init__(self, rules: Rules, bends: tuple[Bend, ...]) -> None:
        self.__dict__.update(rules.__dict__)
        self._usual = rules
        self._bends = bends

    def benefit_in(self, circumstances: Circumstances) -> BenefitRule | None:
        ask: Ask = self._usual.benefit_in
        for bend in self._bends:
            ask = _asked(bend, ask)
        return ask(circumstances)


def _asked(bend: Bend, ask: Ask) -> Ask:
    return lambda circumstances: bend(ask, circumstances)


def _cut(steps: tuple[Step, ...]) -> Fen:
    """The pool's part without rounding up, band by band."""
    total = 0
    for step in steps:
        inputs = dict(step.inputs)
        if step.name == "pool":
            total += (inputs["base"] - inputs["deductible"]) * inputs["ratio"] // WHOLE
        elif step.name == "pool-band":
            total += inputs["part"] * inputs["ratio"] // WHOLE
    return total


def _after(steps: tuple[Step, ...]) -> Fen:
    """Base times ratio, and only then less the deductible; the pool's own part where the ratio goes by bands."""
    for step in steps:
        inputs = dict(step.inputs)
        if step.name == "pool" and inputs["base"]:
            return max(0, part_of(inputs["base"], inputs["ratio"]) - inputs["deductible"])
    return sum(step.value for step in steps if step.name == "pool-band")


def bill(self_paid: Fen, over_limit: Fen, upfront: Fen, in_scope: Fen) -> tuple[Item, ...]:
    """The shortest bill with this split; what the parts are called does not matter to any rule."""
    lines = (
        Item(SELF_PAID, "drug", self_paid, "C"),
        Item(OVER_LIMIT, "drug", over_limit, "A", 0, over_limit),
        Item(UPFRONT, "drug", upfront, "B", WHOLE),
        Item(IN_SCOPE, "drug", in_scope, "A"),
    )
    return tuple(line for line in lines if line.amount) or lines[-1:]


def parts_of(receipt: Receipt) -> tuple[Fen, Fen, Fen, Fen] | None:
    """The receipt's split, None where it cannot be a bill: no in-scope amount, or an amount below 0.

    What the total has beyond the other parts counts as self-paid, which decides nothing for the pool.
    """
    over, upfront, scope = (receipt.amount(name) for name in (OVER_LIMIT, UPFRONT, IN_SCOPE))
    self_paid = receipt.amount(SELF_PAID)
    if TOTAL in receipt.amounts:
        self_paid = max(0, receipt.amount(TOTAL) - over - upfront - scope)
    if IN_SCOPE not in receipt.amounts or min(self_paid, over, upfront, scope) < 0:
        return None
    return self_paid, over, upfront, scope


def trial(receipt: Receipt, facts: Facts, patient: Person, used: YearToDate, book: RuleBook) -> Trial | None:
    """The visit of a receipt whose facts are all known; None where its split cannot be a bill."""
    parts = parts_of(receipt)
    if parts is None or facts.kind is None or facts.day is None:
        return None
    pharmacy = facts.kind == "pharmacy"
    facility = Facility(
        "pharmacy" if pharmacy else "hospital",
        facts.facility_place or book.place,
        "" if pharmacy else facts.level or "",
        facts.designated is not False,
        facts.grade or "",
        facts.contracted is True,
    )
    visit = Visit(
        "receipt",
        facts.day,
        patient.id,
        facts.kind,
        facility,
        bill(*parts),
        disease_limit=facts.disease_limit,
        disease=facts.disease or "",
    )
    return Trial(visit, patient, used, book)


def by_category(trial: Trial) -> bool:
    """Whether the pool counts only some categories of the bill, so that the receipt's split does not say enough."""
    for category in sorted(MEDICAL):
        items = tuple(item._replace(category=category) for item in trial.visit.items)
        steps = replace(trial, visit=replace(trial.visit, items=items)).settled().steps
        if any(step.name == "base-categories" for step in steps):
            return True
    return False


def met_before(trial: Trial, deductible: Fen) -> YearToDate:
    """The year to date with this much deductible met before, at the visit's own level and over all levels."""
    level = trial.visit.facility.level
    levels = tuple(deductible if name == level else 0 for name in LEVELS)
    return trial.used._replace(by_level=levels, all_levels=deductible)


def where(test: Callable[[Fen], int], limit: Fen) -> Fen | None:
    """The smallest amount from 0 to `limit` at which a falling function comes to 0 or below, None if never there
    exactly. `test` must not rise."""
    low, high = 0, limit
    if test(low) < 0 or test(high) > 0:
        return None
    while low < high:
        middle = (low + high) // 2
        if test(middle) > 0:
            low = middle + 1
        else:
            high = middle
    return low if test(low) == 0 else None
