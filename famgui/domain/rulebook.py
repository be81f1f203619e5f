"""The rule book of a place: dated values, each naming its clause; code asks for the value on a day."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from famgui.domain.money import Fen
from famgui.domain.problem import Code, Problem, Severity
from famgui.domain.rule import NOTHING, BenefitRule, Circumstances, Row, SharingRule, Value

_BENEFIT_KEYS = {
    "per_visit": "pool.deductible.visit",
    "level_year": "pool.deductible.level-year",
    "year": "pool.deductible.year",
    "cap": "pool.cap.year",
    "disease_limit": "pool.base.disease-limit",
    "month": "pool.deductible.month",
    "visit_cap": "pool.cap.visit",
    "cost_cap": "pool.cap.cost",
    "categories": "pool.base.categories",
}
"""The keys behind the fields of a `BenefitRule` beside its ratios."""

_PRODUCT_KEYS = ("premium.window", "premium.stated-price")


class Rules:
    """The rule book on one day. Values are looked up nearest place first; within a place the most specific, then the
    latest begun, wins. Look-ups are remembered, so that a long row of events asks each question once."""

    def __init__(self, place: str, layers: Sequence[Mapping[str, Sequence[Row]]]) -> None:
        self.place = place
        self._layers = layers
        self.by_age = any(row.ages is not None for layer in layers for rows in layer.values() for row in rows)
        self._benefits: dict[Circumstances, BenefitRule | None] = {}
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

    def find_aged(self, key: str, facts: Mapping[str, str], age: int) -> Value:
        """As `find`, for somebody of this age in whole years."""
        return self._find(key, facts, age)

    def _find(self, key: str, facts: Mapping[str, str], age: int | None = None) -> Value:
        found: Row | None = None
        over: list[str] = []
        for layer in self._layers:
            held = [row for row in layer.get(key, ()) if row.above is None and row.holds(facts, age)]
            held.sort(key=lambda row: (row.conditions, row.first or date.min), reverse=True)
            for row in held:
                if found is None:
                    found = row
                elif row.clause != found.clause and row.clause not in over:
                    over.append(row.clause)
        return NOTHING if found is None else Value(found.value, found.clause, found.weak, tuple(over), found.beside)

    def benefit(self, benefit: str, insurance: str, status: str, level: str) -> BenefitRule | None:
        """The pool's rule in the usual circumstances, or None when no ratio is in force."""
        return self.benefit_in(Circumstances(benefit, insurance, status, level))

    def benefit_in(self, circumstances: Circumstances) -> BenefitRule | None:
        """The pool's rule, or None when no ratio is in force."""
        try:
            return self._benefits[circumstances]
        except KeyError:
            rule = self._benefits[circumstances] = self._benefit(circumstances)
            return rule

    def _benefit(self, circumstances: Circumstances) -> BenefitRule | None:
        facts, age = circumstances.facts(), circumstances.age
        ratio = self._find("pool.ratio", facts, age)
        if ratio.value is None:
            return None
        found = {name: self._find(key, facts, age) for name, key in _BENEFIT_KEYS.items()}
        return BenefitRule(ratio, **found, bands=tuple(self._bands(facts, age)))

    def _bands(self, facts: Mapping[str, str], age: int | None) -> Iterator[tuple[Fen, Value]]:
        """The ratios above some cost, from the nearest place that has a ratio at all; the most specific of each."""
        for layer in self._layers:
            held = [row for row in layer.get("pool.ratio", ()) if row.holds(facts, age)]
            held.sort(key=lambda row: (row.conditions, row.first or date.min))
            bands = {row.above: row for row in held if row.above is not None}
            for above in sorted(bands):
                row = bands[above]
                yield above, Value(row.value, row.clause, row.weak, (), row.beside)
            if held:
                return

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

    def products(self) -> tuple[str, ...]:
        """The premium products that the place knows on this day, in the order of the packs."""
        rows = (row for layer in self._layers for key in _PRODUCT_KEYS for row in layer.get(key, ()))
        named = (word for row in rows for dimension, words in row.when if dimension == "product" for word in words)
        return tuple(dict.fromkeys(named))

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

    def changes_after(self, day: date) -> Iterator[date]:
        """The days after this one on which a value begins, or has ended the day before."""
        return iter(self._edges[bisect_right(self._edges, day) :])


def _by_key(layer: Iterable[Row], day: date) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in layer:
        if row.in_force(day):
            found.setdefault(row.key, []).append(row)
    return found
