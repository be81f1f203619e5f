"""The rule book of a place: dated values, each naming its clause; code asks for the value on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from famgui.domain.money import Fen, Ratio
from famgui.domain.problem import Code, Problem, Severity

Shape: TypeAlias = Literal["amount", "ratio", "count", "flag", "order", "relations", "categories", "window"]

KEYS: Mapping[str, Shape] = {
    # What the pooled fund pays; a benefit without `pool.ratio` on a day has no pool rule on that day.
    "pool.ratio": "ratio",
    "pool.deductible.visit": "amount",
    "pool.deductible.level-year": "amount",
    "pool.deductible.year": "amount",
    "pool.cap.year": "amount",
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
    # Who may be bound, and how often.
    "binding.relations": "relations",
    "binding.at-once": "count",
    "binding.lifetime": "count",
    "binding.changes-per-year": "count",
    "binding.proof": "flag",
    # Premiums paid from an account.
    "premium.window": "window",
    "premium.price": "amount",
    "premium.late-price": "amount",
    "premium.once-a-year": "flag",
    # Clauses behind fixed steps and refusals; the value itself is always true.
    "step.split": "flag",
    "step.person": "flag",
    "step.cash": "flag",
    "reason": "flag",
}
"""Every key that a pack may set, and the shape of its value."""


class Window(NamedTuple):
    """First and last day of a period, both in."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Row:
    """One dated value of a pack. `when` pairs a dimension with the words it holds for; `weak` marks a value that rests
    on a clause of grade D, S or K, or that a doubt is noted against."""

    key: str
    value: Any
    clause: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    first: date | None = None
    last: date | None = None
    weak: bool = False
    beside: tuple[str, ...] = ()

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether every condition is met."""
        return all(facts.get(dimension) in words for dimension, words in self.when)

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
    """How the pool pays one benefit for one kind of person at one level. Amounts in fen, ratio in ten-thousandths."""

    ratio: Value
    per_visit: Value
    level_year: Value
    year: Value
    cap: Value
    disease_limit: Value


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


class Rules:
    """The rule book on one day. Values are looked up nearest place first; within a place the most specific, then the
    latest begun, wins. Look-ups are remembered, so that a long row of events asks each question once."""

    def __init__(self, place: str, layers: Sequence[Mapping[str, Sequence[Row]]]) -> None:
        self.place = place
        self._layers = layers
        self._benefits: dict[tuple[str, str, str, str], BenefitRule | None] = {}
        self._pays: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._reasons: dict[str, str] = {}
        self._plain: dict[str, Value] = {}
        self._sharing: SharingRule | None = None

    def find(self, key: str, **facts: str) -> Value:
        """The value of a key for these facts, or `NOTHING`. The winner says over which clauses it won."""
        if facts:
            return self._find(key, facts)
        try:
            return self._plain[key]
        except KeyError:
            found = self._plain[key] = self._find(key, facts)
            return found

    def _find(self, key: str, facts: Mapping[str, str]) -> Value:
        found: Row | None = None
        over: list[str] = []
        for layer in self._layers:
            held = [row for row in layer.get(key, ()) if row.holds(facts)]
            held.sort(key=lambda row: (len(row.when), row.first or date.min), reverse=True)
            for row in held:
                if found is None:
                    found = row
                elif row.clause != found.clause and row.clause not in over:
                    over.append(row.clause)
        return NOTHING if found is None else Value(found.value, found.clause, found.weak, tuple(over), found.beside)

    def benefit(self, benefit: str, insurance: str, status: str, level: str) -> BenefitRule | None:
        """The pool's rule, or None when no ratio is in force. Flexible employees count as active."""
        key = (benefit, insurance, status, level)
        try:
            return self._benefits[key]
        except KeyError:
            rule = self._benefits[key] = self._benefit(*key)
            return rule

    def _benefit(self, benefit: str, insurance: str, status: str, level: str) -> BenefitRule | None:
        facts = {
            "benefit": benefit,
            "insurance": insurance,
            "status": "retired" if status == "retired" else "active",
            "level": level,
        }
        ratio = self.find("pool.ratio", **facts)
        if ratio.value is None:
            return None
        return BenefitRule(
            ratio,
            self.find("pool.deductible.visit", **facts),
            self.find("pool.deductible.level-year", **facts),
            self.find("pool.deductible.year", **facts),
            self.find("pool.cap.year", **facts),
            self.find("pool.base.disease-limit", **facts),
        )

    @property
    def sharing(self) -> SharingRule:
        """How accounts pay here today."""
        if self._sharing is None:
            own, order, keep = self.find("account.own-first"), self.find("account.order"), self.find("account.keep")
            prior, payment = self.find("account.prior-years-only"), self.find("account.payment-ratio")
            self._sharing = SharingRule(
                own_first=own.value is not False,
                own_first_rule=own,
                order=order.value or "priority",
                order_rule=order,
                stops=self.find("account.stops-at-zero"),
                keep=keep.value or 0,
                keep_rule=keep,
                prior_only=bool(prior.value),
                prior_rule=prior,
                payment_ratio=payment.value,
                payment_rule=payment,
            )
        return self._sharing

    def account_pays(self, facility: str) -> tuple[frozenset[str], frozenset[str]]:
        """The categories that accounts pay at this type of facility, and those that are prohibited everywhere."""
        try:
            return self._pays[facility]
        except KeyError:
            pays = self.find("account.pays", facility=facility).value or ()
            prohibited = self.find("account.prohibited").value or ()
            found = self._pays[facility] = (frozenset(pays), frozenset(prohibited))
            return found

    def reason(self, code: Code) -> str:
        """The clause behind a refusal, "" where the library has none."""
        try:
            return self._reasons[code]
        except KeyError:
            clause = self._reasons[code] = self.find("reason", code=code).clause
            return clause

    def problem(self, code: Code, subject: str, severity: Severity = "warning") -> Problem:
        """A problem with the clause that stands behind its code here."""
        return Problem(code, severity, subject, self.reason(code))


class RuleBook:
    """The rules of a place at any date: its own pack, then its province's, then the nation's."""

    def __init__(self, place: str, layers: Iterable[Iterable[Row]]) -> None:
        self.place = place
        self._layers = tuple(tuple(layer) for layer in layers)
        edges = {row.first for layer in self._layers for row in layer if row.first}
        edges |= {
            row.last + timedelta(days=1) for layer in self._layers for row in layer if row.last and row.last < date.max
        }
        self._edges = sorted(edges)
        self._days: dict[int, Rules] = {}

    def at(self, day: date) -> Rules:
        """The rules in force on a day."""
        epoch = bisect_right(self._edges, day)
        if epoch not in self._days:
            self._days[epoch] = Rules(self.place, tuple(_by_key(layer, day) for layer in self._layers))
        return self._days[epoch]


def _by_key(layer: Iterable[Row], day: date) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in layer:
        if row.in_force(day):
            found.setdefault(row.key, []).append(row)
    return found
