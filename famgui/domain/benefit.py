"""What the pooled fund pays: base, deductible, ratio and the year's cap, with the year to date."""

from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.money import WHOLE, Fen, Ratio
from famgui.domain.rulebook import BenefitRule
from famgui.domain.trace import Step

Benefit: TypeAlias = Literal["outpatient", "chronic", "pharmacy", "inpatient"]
Level: TypeAlias = Literal["community", "primary", "secondary", "tertiary"]

BENEFITS: tuple[Benefit, ...] = get_args(Benefit)
LEVELS: tuple[Level, ...] = get_args(Level)
_LEVEL_INDEX = {level: index for index, level in enumerate(LEVELS)}


class YearToDate(NamedTuple):
    """What a person has used of one benefit in one natural year: pool paid and deductible met, in fen.

    `by_level` follows `LEVELS`; `all_levels` may be more than their sum, where the level was not stated.
    """

    pool: Fen = 0
    by_level: tuple[Fen, ...] = (0, 0, 0, 0)
    all_levels: Fen = 0

    def after(self, pool: Fen, deductible: Fen, level: str, sign: int = 1) -> "YearToDate":
        """The year to date once a settlement is counted (or, with sign -1, taken back)."""
        if not deductible:
            return self._replace(pool=self.pool + sign * pool)
        index = _LEVEL_INDEX[level]  # type: ignore[index]
        met = self.by_level[index] + sign * deductible
        levels = (*self.by_level[:index], met, *self.by_level[index + 1 :])
        return YearToDate(self.pool + sign * pool, levels, self.all_levels + sign * deductible)


class PoolShare(NamedTuple):
    """What the pool pays of one visit. `capped` is true when the year's cap took something off."""

    pool: Fen
    deductible: Fen
    ratio: Ratio
    capped: bool
    steps: tuple[Step, ...]


def pool_share(in_scope: Fen, disease_limit: Fen | None, level: str, used: YearToDate, rule: BenefitRule) -> PoolShare:
    """The pool's share of the in-scope cost of one visit (facts.md section 一, steps 2 to 4).

    deductible = min(per visit, level's yearly cap - met at that level, cap over all levels - met in all, base), never
    below 0; pool = half_up((base - deductible) x ratio), cut to what the year's cap leaves.
    """
    steps: list[Step] = []
    base = in_scope
    if disease_limit is not None and rule.disease_limit.value and disease_limit < in_scope:
        base = disease_limit
        steps.append(
            Step(
                "base",
                (("in_scope", in_scope), ("disease_limit", disease_limit)),
                base,
                rule.disease_limit.clause,
                weak=rule.disease_limit.weak,
            )
        )
    deductible = _deductible(base, level, used, rule, steps)
    ratio: Ratio = rule.ratio.value
    full = pool = (2 * (base - deductible) * ratio + WHOLE) // (2 * WHOLE)
    steps.append(
        Step(
            "pool",
            (("base", base), ("deductible", deductible), ("ratio", ratio)),
            full,
            rule.ratio.clause,
            weak=rule.ratio.weak,
        )
    )
    if rule.cap.value is not None:
        left = max(0, rule.cap.value - used.pool)
        if left < full:
            pool = left
            inputs = (("pool", full), ("cap", rule.cap.value), ("used", used.pool))
            steps.append(Step("cap", inputs, pool, rule.cap.clause, weak=rule.cap.weak))
    return PoolShare(pool, deductible, ratio, pool < full, tuple(steps))


def _deductible(base: Fen, level: str, used: YearToDate, rule: BenefitRule, steps: list[Step]) -> Fen:
    per_visit = rule.per_visit.value
    if not per_visit:
        clause = rule.per_visit.clause or rule.ratio.clause
        steps.append(Step("deductible", (("per_visit", 0),), 0, clause, weak=rule.per_visit.weak))
        return 0
    inputs = [("per_visit", per_visit), ("in_scope", base)]
    deciding = rule.per_visit
    deductible: Fen = min(per_visit, base)
    if rule.level_year.value is not None:
        level_left = max(0, rule.level_year.value - used.by_level[_LEVEL_INDEX[level]])  # type: ignore[index]
        inputs.append(("level_left", level_left))
        if level_left < deductible:
            deductible, deciding = level_left, rule.level_year
    if rule.year.value is not None:
        year_left = max(0, rule.year.value - used.all_levels)
        inputs.append(("year_left", year_left))
        if year_left < deductible:
            deductible, deciding = year_left, rule.year
    steps.append(Step("deductible", tuple(inputs), deductible, deciding.clause, weak=deciding.weak))
    return deductible
