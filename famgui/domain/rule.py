"""One rule: its key, its dated value with a clause, and the bundles of values that a settlement asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from famgui.domain.money import Fen, Ratio

Shape: TypeAlias = Literal[
    "amount", "ratio", "count", "flag", "order", "relations", "categories", "insurances", "window", "effect", "steps"
]

KEYS: Mapping[str, Shape] = {
    # What the pooled fund pays; a benefit without `pool.ratio` on a day has no pool rule on that day.
    "pool.ratio": "ratio",
    "pool.deductible.visit": "amount",
    "pool.deductible.level-year": "amount",
    "pool.deductible.year": "amount",
    "pool.deductible.month": "amount",
    "pool.cap.visit": "amount",
    "pool.cap.year": "amount",
    "pool.cap.cost": "amount",
    "pool.base.categories": "categories",
    "pool.base.disease-limit": "flag",
    "pool.by-receipt": "flag",
    # What accounts may pay, in which order, and how far.
    "account.pays": "categories",
    "account.prohibited": "categories",
    "account.own-first": "flag",
    "account.order": "order",
    "account.stops-at-zero": "flag",
    "account.keep": "amount",
    "account.prior-years-only": "flag",
    "account.payment-ratio": "ratio",
    # What flows into an account every month.
    "account.inflow.ratio": "ratio",
    "account.inflow.amount": "amount",
    # Who may be bound, and how often.
    "binding.relations": "relations",
    "binding.at-once": "count",
    "binding.lifetime": "count",
    "binding.rebinding-counts": "flag",
    "binding.authorizers": "count",
    "binding.minimum-months": "count",
    "binding.effective": "effect",
    "binding.ends-when-suspended": "flag",
    # What an application for a binding must bring (never asked of what already stands).
    "binding.changes-per-year": "count",
    "binding.proof": "flag",
    "binding.asks.id-number": "flag",
    "binding.asks.phone": "flag",
    "binding.asks.dates": "flag",
    "binding.commitment": "flag",
    # What people are told when they bind, and where it is done in truth.
    "notice.misuse": "flag",
    "notice.credit": "flag",
    "notice.push": "flag",
    "platform.bind": "steps",
    "platform.unbind": "steps",
    "platform.premium": "steps",
    # Premiums paid from an account.
    "premium.window": "window",
    "premium.price": "amount",
    "premium.late-price": "amount",
    "premium.once-a-year": "flag",
    "premium.stated-price": "flag",
    "premium.insurance": "insurances",
    "premium.self": "flag",
    # What the person at the counter is reminded of.
    "remind.credential": "flag",
    "remind.no-cash": "flag",
    "remind.tell-cashier": "flag",
    # Clauses behind fixed steps and refusals; the value itself is always true.
    "step.split": "flag",
    "step.person": "flag",
    "step.cash": "flag",
    "reason": "flag",
}
"""Every key that a pack may set, and the shape of its value."""


EFFECTS: tuple[str, ...] = ("at-once", "next-day", "next-month", "approval")
"""When a binding that is asked for may begin: on the day itself, the next, on the first of the next month, or when the
agency has approved it (GD-07)."""


class PlatformStep(NamedTuple):
    """One step on the official platform, in Chinese as its screens say it, and in English."""

    zh: str
    en: str


class Window(NamedTuple):
    """First and last day of a period, both in."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Row:
    """One dated value of a pack. `when` pairs a dimension with the words it holds for; `ages` is the first age it holds
    for and the first it no longer holds for; `above` (fen) makes it a band: it holds for the part of the year's cost
    above that; `weak` marks a value that rests on a clause of grade D, S or K, or that a
    `doubt` is noted against, in the pack's words."""

    key: str
    value: Any
    clause: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: date | None = None
    last: date | None = None
    weak: bool = False
    beside: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None
    above: Fen | None = None
    doubt: str = ""

    def holds(self, facts: Mapping[str, str], age: int | None = None) -> bool:
        """Whether every condition is met; a row by age never holds for somebody of unknown age."""
        if self.ages is not None and (age is None or not self.ages[0] <= age < self.ages[1]):
            return False
        return all(facts.get(dimension) in words for dimension, words in self.when)

    @property
    def conditions(self) -> int:
        """How many there are: the row with more is the more specific one."""
        return len(self.when) + (self.ages is not None)

    def in_force(self, day: date) -> bool:
        """Whether the value is in force on a day; an unknown end is open."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Value(NamedTuple):
    """A value found for a day, its clause, whether it is unconfirmed, the clauses it was preferred to, and the clauses
    that say the same beside it."""

    value: Any
    clause: str
    weak: bool = False
    over: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


NOTHING = Value(None, "")


class BenefitRule(NamedTuple):
    """How the pool pays one benefit for one kind of person at one kind of facility. Amounts in fen, ratio in
    ten-thousandths. `bands` are the ratios above some cost of the year, lowest first; a value that is not there is no
    limit."""

    ratio: Value
    per_visit: Value
    level_year: Value
    year: Value
    cap: Value
    disease_limit: Value
    month: Value = NOTHING
    visit_cap: Value = NOTHING
    cost_cap: Value = NOTHING
    categories: Value = NOTHING
    bands: tuple[tuple[Fen, Value], ...] = ()

    @property
    def counts_cost(self) -> bool:
        """Whether the year's cost has to be kept."""
        return bool(self.bands) or self.cost_cap.value is not None


class Circumstances(NamedTuple):
    """What may decide how the pool pays: the benefit, who is treated, where. Words as packs have them; `age` in whole
    years, None where unknown or where no rule asks."""

    benefit: str
    insurance: str
    status: str
    level: str
    facility: str = "hospital"
    grade: str = ""
    contracted: bool = False
    has_account: bool = True
    tier: str = ""
    disease: str = ""
    age: int | None = None

    def facts(self) -> dict[str, str]:
        """The same by dimension. Flexible employees count as active."""
        return {
            "benefit": self.benefit,
            "insurance": self.insurance,
            "status": "retired" if self.status == "retired" else "active",
            "level": self.level,
            "facility": self.facility,
            "grade": self.grade,
            "contracted": "yes" if self.contracted else "no",
            "account": "yes" if self.has_account else "no",
            "tier": self.tier,
            "disease": self.disease,
        }


class SharingRule(NamedTuple):
    """How accounts pay: order, what must stay in an authorizer's account, which bucket, what part of one payment."""

    own_first: bool
    own_first_rule: Value
    order: str
    order_rule: Value
    stops: Value
    keep: Fen
    keep_rule: Value
    prior_only: bool
    prior_rule: Value
    payment_ratio: Ratio | None
    payment_rule: Value
