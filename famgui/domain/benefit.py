"""What the pooled fund pays: base, deductible, ratio by cost band, and the caps, with the year to date."""

from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.money import WHOLE, Fen, Ratio
from famgui.domain.rule import BenefitRule
from famgui.domain.trace import Step

Benefit: TypeAlias = Literal["outpatient", "chronic", "two-disease", "pharmacy", "inpatient"]
Level: TypeAlias = Literal["community", "primary", "secondary", "tertiary"]

BENEFITS: tuple[Benefit, ...] = get_args(Benefit)
LEVELS: tuple[Level, ...] = get_args(Level)
_LEVEL_INDEX = {level: index for index, level in enumerate(LEVELS)}


class YearToDate(NamedTuple):
    """What a person has used of one benefit in one natural year: pool paid and deductible met, in fen.

    `by_level` follows `LEVELS`; `all_levels` may be more than their sum, where the level was not stated. `cost` is the
    in-scope cost counted so far, kept where a rule asks for it (cost bands, a cap on cost); `month` is the last month
    (1-12) in which a deductible was met and `month_met` what was met in it, kept where a rule is by month.
    """

    pool: Fen = 0
    by_level: tuple[Fen, ...] = (0, 0, 0, 0)
    all_levels: Fen = 0
    cost: Fen = 0
    month: int = 0
    month_met: Fen = 0

    def after(self, pool: Fen, deductible: Fen, level: str, cost: Fen = 0, month: int = 0) -> "YearToDate":
        """The year to date once a settlement is counted; `cost` and `month` where the rule asks for them."""
        if not (deductible or cost):
            return self._replace(pool=self.pool + pool)
        levels = self.by_level
        if level:
            index = _LEVEL_INDEX[level]  # type: ignore[index]
            levels = (*levels[:index], levels[index] + deductible, *levels[index + 1 :])
        month, met = (month, self.met_in(month) + deductible) if month else (self.month, self.month_met)
        return YearToDate(self.pool + pool, levels, self.all_levels + deductible, self.cost + cost, month, met)

    def moved(self, before: "YearToDate", after: "YearToDate", sign: int) -> "YearToDate":
        """This year to date with what lies between two others added (sign 1) or taken off (sign -1)."""
        levels = zip(self.by_level, before.by_level, after.by_level, strict=True)
        in_month = after.month_met - before.met_in(after.month)
        month_met = self.month_met + sign * in_month if self.month == after.month else self.month_met
        return YearToDate(
            self.pool + sign * (after.pool - before.pool),
            tuple(own + sign * (new - old) for own, old, new in levels),
            self.all_levels + sign * (after.all_levels - before.all_levels),
            self.cost + sign * (after.cost - before.cost),
            self.month if month_met else 0,
            month_met,
        )

    def met_in(self, month: int) -> Fen:
        """The deductible met in a month of this year, as far as it is kept: the last month only."""
        return self.month_met if month == self.month else 0


NOTHING_USED = YearToDate()
"""The year to date on the first day of a year."""


class PoolShare(NamedTuple):
    """What the pool pays of one visit. `capped` names the clause of the cap that took something off, "" when none did;
    `ratio` is the one of the first cost band; `cost` is what counts towards the year's cost and `month` the month whose
    deductible counts, 0 where no rule asks."""

    pool: Fen
    deductible: Fen
    ratio: Ratio
    capped: str
    steps: tuple[Step, ...]
    cost: Fen = 0
    month: int = 0


def pool_share(
    in_scope: Fen,
    disease_limit: Fen | None,
    level: str,
    used: YearToDate,
    rule: BenefitRule,
    *,
    month: int = 0,
    counted: Fen | None = None,
) -> PoolShare:
    """The pool's share of the in-scope cost of one visit (facts.md section 一, steps 2 to 4).

    deductible = min(per visit, level's yearly cap - met at that level, cap over all levels - met in all, the month's
    cap - met in `month`, base), never below 0; a rule that has yearly or monthly limits only takes the base up to them.
    pool = half_up((base - deductible) x ratio), band by band where ratios go by the year's cost, cut to what the caps
    leave. `counted` is the in-scope cost of the categories that the rule counts, where it names some.
    """
    steps: list[Step] = []
    base, capped = _base(in_scope, disease_limit, used, rule, counted, steps)
    deductible = _deductible(base, level, used, rule, month, steps)
    full = _by_ratio(base, deductible, used, rule, steps)
    pool = full
    if rule.visit_cap.value is not None and rule.visit_cap.value < pool:
        cap = rule.visit_cap
        steps.append(Step("cap-visit", (("pool", pool), ("cap", cap.value)), cap.value, cap.clause, weak=cap.weak))
        pool, capped = cap.value, cap.clause
    if rule.cap.value is not None:
        left = max(0, rule.cap.value - used.pool)
        if left < pool:
            inputs = (("pool", pool), ("cap", rule.cap.value), ("used", used.pool))
            steps.append(Step("cap", inputs, left, rule.cap.clause, weak=rule.cap.weak))
            pool, capped = left, rule.cap.clause
    cost = base if rule.counts_cost else 0
    kept = month if rule.month.value is not None else 0
    return PoolShare(pool, deductible, rule.ratio.value, capped, tuple(steps), cost, kept)


def _base(
    in_scope: Fen,
    disease_limit: Fen | None,
    used: YearToDate,
    rule: BenefitRule,
    counted: Fen | None,
    steps: list[Step],
) -> tuple[Fen, str]:
    """What of the in-scope cost the pool looks at, and the clause of a cap on the year's cost that cut it."""
    base = in_scope
    if counted is not None and counted < base:
        found = rule.categories
        scope = (("in_scope", in_scope), ("counted", counted))
        steps.append(Step("base-categories", scope, counted, found.clause, weak=found.weak))
        base = counted
    if disease_limit is not None and rule.disease_limit.value and disease_limit < base:
        found = rule.disease_limit
        limited = (("in_scope", base), ("disease_limit", disease_limit))
        steps.append(Step("base", limited, disease_limit, found.clause, weak=found.weak))
        base = disease_limit
    if rule.cost_cap.value is not None:
        left = max(0, rule.cost_cap.value - used.cost)
        if left < base:
            found = rule.cost_cap
            inputs = (("base", base), ("cap", found.value), ("used", used.cost))
            steps.append(Step("cap-cost", inputs, left, found.clause, weak=found.weak))
            return left, found.clause
    return base, ""


def _by_ratio(base: Fen, deductible: Fen, used: YearToDate, rule: BenefitRule, steps: list[Step]) -> Fen:
    """(base - deductible) x ratio, half-up; where the ratio goes by the year's cost, each band for itself."""
    if not rule.bands:
        ratio: Ratio = rule.ratio.value
        pool = (2 * (base - deductible) * ratio + WHOLE) // (2 * WHOLE)
        named = (("base", base), ("deductible", deductible), ("ratio", ratio))
        steps.append(Step("pool", named, pool, rule.ratio.clause, weak=rule.ratio.weak))
        return pool
    low, high = used.cost + deductible, used.cost + base
    edges = ((0, rule.ratio), *rule.bands)
    total = 0
    for number, (above, found) in enumerate(edges):
        top = edges[number + 1][0] if number + 1 < len(edges) else high
        part = min(high, top) - max(low, above)
        if part > 0 or (number == 0 and low == high):
            part = max(0, part)
            paid = (2 * part * found.value + WHOLE) // (2 * WHOLE)
            band = (("part", part), ("above", above), ("ratio", found.value))
            steps.append(Step("pool-band", band, paid, found.clause, weak=found.weak))
            total += paid
    return total


def stated_share(in_scope: Fen, deductible: Fen, ratio: Ratio, cap_left: Fen | None, clause: str) -> PoolShare:
    """The pool's share by what the receipt states, where no rule is known: every step is unconfirmed.

    Nothing of it is counted towards the year, as nobody knows what the year's limits are.
    """
    met = min(deductible, in_scope)
    steps = [Step("deductible-stated", (("stated", deductible), ("in_scope", in_scope)), met, clause, weak=True)]
    full = (2 * (in_scope - met) * ratio + WHOLE) // (2 * WHOLE)
    inputs = (("base", in_scope), ("deductible", met), ("ratio", ratio))
    steps.append(Step("pool-stated", inputs, full, clause, weak=True))
    if cap_left is None or full <= cap_left:
        return PoolShare(full, met, ratio, "", tuple(steps))
    steps.append(Step("cap-stated", (("pool", full), ("cap_left", cap_left)), cap_left, clause, weak=True))
    return PoolShare(cap_left, met, ratio, clause, tuple(steps))


def _deductible(base: Fen, level: str, used: YearToDate, rule: BenefitRule, month: int, steps: list[Step]) -> Fen:
    per_visit, limited = rule.per_visit, rule.per_visit.value is not None
    inputs = [("per_visit", per_visit.value)] if limited else []
    deciding, deductible = per_visit, min(per_visit.value, base) if limited else base
    inputs.append(("in_scope", base))
    limits = (
        (rule.level_year, "level_left", used.by_level[_LEVEL_INDEX[level]] if level else 0),  # type: ignore[index]
        (rule.year, "year_left", used.all_levels),
        (rule.month, "month_left", used.met_in(month)),
    )
    for limit, name, met in limits:
        if limit.value is None:
            continue
        limited = True
        left = max(0, limit.value - met)
        inputs.append((name, left))
        if left < deductible or not deciding.clause:
            deductible, deciding = min(left, deductible), limit
    if not limited or per_visit.value == 0:
        found = per_visit if per_visit.clause else rule.ratio
        steps.append(Step("deductible", (("per_visit", 0),), 0, found.clause, weak=per_visit.weak))
        return 0
    steps.append(Step("deductible", tuple(inputs), deductible, deciding.clause, weak=deciding.weak))
    return deductible
