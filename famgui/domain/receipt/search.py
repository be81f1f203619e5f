"""Which causes make the figures of a receipt come out to the fen: one of the table, two together, or a year to date."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from famgui.domain.money import Fen
from famgui.domain.receipt.cause import CAUSES, DEDUCTIBLE_CAUSES, Variant, changed, instead
from famgui.domain.receipt.identity import Clauses
from famgui.domain.receipt.stated import DEDUCTIBLE, POOL, RATIO, Cause
from famgui.domain.receipt.trial import Pool, Trial, met_before, where
from famgui.domain.rule import NOTHING, Value

LOTS: Fen = 10**9
"""More than anybody's year to date, in fen."""
_ALSO = 3
"""So many further causes are named beside the first."""


class Stated(NamedTuple):
    """What the receipt says of the pool; None where it says nothing."""

    deductible: Fen | None
    ratio: int | None
    paid: Fen | None

    def off(self, pool: Pool) -> tuple[str, ...]:
        """The fields stated that are not the pool's."""
        computed = (pool.deductible, pool.ratio, pool.paid)
        fields = zip((DEDUCTIBLE, RATIO, POOL), self, computed, strict=True)
        return tuple(name for name, stated, found in fields if stated is not None and stated != found)

    def met_by(self, pool: Pool) -> bool:
        """Whether every figure stated is the pool's."""
        return not self.off(pool)


class Explained(NamedTuple):
    """Why a field is as it is: one cause, or two together; and other causes that give the very same figure."""

    causes: tuple[Cause, ...] = ()
    also: tuple[Cause, ...] = ()


DEDUCTIBLE_YEAR, POOL_YEAR = "other-deductible-year", "other-pool-year"
"""The causes that another year to date than the one checked with would give the figures."""
Test: TypeAlias = Callable[[Trial], bool]


def ones(trial: Trial, variants: Sequence[Variant], fits: Test) -> Iterator[tuple[Variant, ...]]:
    """Each variant that alone makes the figures come out; of other days' rules the nearest only."""
    found: set[str] = set()
    for variant in variants:
        if variant.cause in found and variant.cause.startswith("rules-"):
            continue
        if fits(variant.change(trial)):
            found.add(variant.cause)
            yield (variant,)


def pairs(trial: Trial, variants: Sequence[Variant], fits: Test) -> Iterator[tuple[Variant, ...]]:
    """The first two of different causes that together make the figures come out."""
    for one, two in combinations(variants, 2):
        if one.cause != two.cause and fits(two.change(one.change(trial))):
            yield one, two
            return


def explain(
    trial: Trial, stated: Stated, usual: Pool, clauses: Clauses, open_years: frozenset[str]
) -> dict[str, Explained]:
    """Each field that is off, and why. `open_years`: what of the year to date nobody told, so that it is asked before
    pairs; another year to date than the one told is no cause, but named as what else would give the figure.

    A field that is off alone while the others follow from the rule is itself what is wrong.
    """
    off = stated.off(usual)
    if len(off) == 1 and off[0] != POOL:
        return {off[0]: Explained((Cause("only-this", (), usual.clause("pool" if off[0] == RATIO else "deductible")),))}
    found = _by_causes(trial, stated, usual, clauses, open_years)
    if found is None and stated.ratio is not None:
        found = _by_causes(trial, stated._replace(ratio=None), usual, clauses, open_years)
    if found is not None:
        return dict.fromkeys(off, found)
    answer = dict.fromkeys(off, Explained())
    if DEDUCTIBLE in off:
        answer[DEDUCTIBLE] = _deductible_alone(trial, stated, usual, clauses, open_years)
        if POOL in off and _follows_deductible(trial, stated):
            answer[POOL] = Explained((Cause("follows", (("field", DEDUCTIBLE),), usual.clause("pool")),))
    return answer


def _by_causes(
    trial: Trial, stated: Stated, usual: Pool, clauses: Clauses, open_years: frozenset[str]
) -> Explained | None:
    def fits(tried: Trial) -> bool:
        return stated.met_by(tried.pool())

    variants = [variant for cause in CAUSES for variant in cause(trial)]
    alone, together = ones(trial, variants, fits), pairs(trial, variants, fits)
    years = list(_years(trial, stated))
    year = iter([way for way in years if way[0].cause in open_years])
    for way in (alone, year, together):
        found = [tuple(_cause(trial, variant, usual, clauses) for variant in chosen) for chosen in way]
        if found:
            return Explained(found[0], tuple(other[0] for other in found[1 : 1 + _ALSO]))
    return Explained((), tuple(_cause(trial, variant, usual, clauses) for (variant,) in years)) if years else None


def _years(trial: Trial, stated: Stated) -> Iterator[tuple[Variant, ...]]:
    """The year to date that would give exactly these figures: the deductible met, or what the pool has paid."""
    used = trial.used
    if stated.deductible is not None:
        met = met_for(trial, stated.deductible)
        if met is not None:
            change = changed(used=met_before(trial, met))
            if stated.met_by(change(trial).pool()):
                values = (("year", met), ("used", used.all_levels))
                yield (Variant(DEDUCTIBLE_YEAR, change, ("deductible",), values),)
    paid = stated.paid
    if paid is not None:
        spent = where(lambda amount: changed(used=used._replace(pool=amount))(trial).pool().paid - paid, LOTS)
        if spent is not None:
            change = changed(used=used._replace(pool=spent))
            if stated.met_by(change(trial).pool()):
                values = (("year", spent), ("used", used.pool))
                yield (Variant(POOL_YEAR, change, ("cap",), values),)


def met_for(trial: Trial, deductible: Fen) -> Fen | None:
    """The deductible met before in the year that leaves exactly this much to be met now; None when none does."""
    return where(lambda met: changed(used=met_before(trial, met))(trial).pool().deductible - deductible, LOTS)


def _deductible_alone(
    trial: Trial, stated: Stated, usual: Pool, clauses: Clauses, open_years: frozenset[str]
) -> Explained:
    """Why the deductible is as stated, whatever the pool paid."""
    only = Stated(stated.deductible, None, None)
    variants = [variant for cause in DEDUCTIBLE_CAUSES for variant in cause(trial)]
    years = list(_years(trial, only))
    year = iter([way for way in years if way[0].cause in open_years])
    for way in (ones(trial, variants, lambda tried: only.met_by(tried.pool())), year):
        found = tuple(_cause(trial, variant, usual, clauses) for (variant,) in way)
        if found:
            return Explained(found[:1], found[1 : 1 + _ALSO])
    return Explained((), tuple(_cause(trial, variant, usual, clauses) for (variant,) in years))


def _follows_deductible(trial: Trial, stated: Stated) -> bool:
    """Whether the pool's part follows from the deductible stated, right or wrong."""
    if stated.deductible is None or stated.paid is None:
        return False
    none = dict.fromkeys(("level_year", "year", "month"), NOTHING)
    taken = instead(lambda rule: {**none, "per_visit": Value(stated.deductible, "")})
    return taken(trial).pool().paid == stated.paid


def _cause(trial: Trial, variant: Variant, usual: Pool, clauses: Clauses) -> Cause:
    pool = variant.change(trial).pool()
    clause = clauses.get(variant.cause) or pool.clause(*variant.steps) or usual.clause(*variant.steps)
    computed = (("deductible", pool.deductible), ("ratio", pool.ratio), ("paid", pool.paid))
    return Cause(variant.cause, (*variant.values, *computed), clause)
