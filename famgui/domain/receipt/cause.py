"""Why the pool's figures may differ from the rule book: a table of known causes, each a small change of the trial."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from famgui.domain.benefit import BENEFITS, LEVELS, YearToDate
from famgui.domain.bill import split
from famgui.domain.receipt.stated import Values
from famgui.domain.receipt.trial import Ask, Trial, bill
from famgui.domain.rule import NOTHING, BenefitRule, Circumstances, Value

Change: TypeAlias = Callable[[Trial], Trial]


class Variant(NamedTuple):
    """One cause at work: what it changes, the steps whose clause it rests on, the words of its sentence."""

    cause: str
    change: Change
    steps: tuple[str, ...]
    values: Values = ()


Causes: TypeAlias = Callable[[Trial], Iterator[Variant]]


def changed(**parts: Any) -> Change:
    """Another patient, year to date, rules' day ... of the trial."""
    return lambda trial: replace(trial, **parts)


def _visit(**parts: Any) -> Change:
    return lambda trial: replace(trial, visit=replace(trial.visit, **parts))


def _facility(**parts: Any) -> Change:
    return lambda trial: replace(trial, visit=replace(trial.visit, facility=replace(trial.visit.facility, **parts)))


def _patient(**parts: Any) -> Change:
    return lambda trial: replace(trial, patient=replace(trial.patient, **parts))


def _used(change: Callable[[YearToDate], YearToDate]) -> Change:
    return lambda trial: replace(trial, used=change(trial.used))


def instead(values: Callable[[BenefitRule], dict[str, Any]]) -> Change:
    """The pool's rule with some of its values in others' place."""

    def bend(ask: Ask, circumstances: Circumstances) -> BenefitRule | None:
        rule = ask(circumstances)
        return None if rule is None else rule._replace(**values(rule))

    return lambda trial: replace(trial, bends=(*trial.bends, bend))


def _of_other(fields: Sequence[str], **circumstances: Any) -> Change:
    """The rule with the values that hold in other circumstances; as it is where no rule holds there."""

    def bend(ask: Ask, usual: Circumstances) -> BenefitRule | None:
        rule, other = ask(usual), ask(usual._replace(**circumstances))
        if rule is None or other is None:
            return rule
        return rule._replace(**{name: getattr(other, name) for name in fields})

    return lambda trial: replace(trial, bends=(*trial.bends, bend))


def _without(*fields: str) -> Change:
    return instead(lambda rule: dict.fromkeys(fields, NOTHING))


def _per_visit(times: int) -> Change:
    def values(rule: BenefitRule) -> dict[str, Value]:
        return {"per_visit": rule.per_visit._replace(value=times * (rule.per_visit.value or 0))}

    return instead(values)


def _other_levels(trial: Trial) -> tuple[str, ...]:
    own = trial.visit.facility.level
    return tuple(level for level in LEVELS if own and level != own)


def _other_status(trial: Trial) -> tuple[str, ...]:
    if trial.patient.insurance != "employee":
        return ()
    return ("active",) if trial.patient.status == "retired" else ("retired",)


_DEDUCTIBLE = ("per_visit", "level_year", "year", "month")


def _deductible(trial: Trial) -> Iterator[Variant]:
    steps = ("deductible",)
    yield Variant("deductible-not-taken", _per_visit(0), steps)
    yield Variant("deductible-limits-ignored", _without("level_year", "year", "month"), steps)
    yield Variant("deductible-level-limit-ignored", _without("level_year"), steps)
    yield Variant("deductible-year-limit-ignored", _without("year"), steps)
    for level in _other_levels(trial):
        yield Variant("deductible-of-level", _of_other(_DEDUCTIBLE, level=level), steps, (("level", level),))
    yield Variant("deductible-twice", _per_visit(2), steps)


def _ratio(trial: Trial) -> Iterator[Variant]:
    steps, parts = ("pool",), ("ratio", "bands")
    for level in _other_levels(trial):
        yield Variant("ratio-of-level", _of_other(parts, level=level), steps, (("level", level),))
    for status in _other_status(trial):
        yield Variant("ratio-of-status", _of_other(parts, status=status), steps, (("status", status),))
    yield Variant("deductible-after-ratio", changed(twist="after"), ("pool",))


def _person_and_place(trial: Trial) -> Iterator[Variant]:
    steps = ("cap", "pool", "deductible")
    for level in _other_levels(trial):
        yield Variant("level", _facility(level=level), steps, (("level", level),))
    for status in _other_status(trial):
        yield Variant("status", _patient(status=status), steps, (("status", status),))
    other = "resident" if trial.patient.insurance == "employee" else "employee"
    yield Variant("insurance", _patient(insurance=other), steps, (("insurance", other),))
    for kind in BENEFITS:
        if kind not in (trial.visit.kind, "inpatient", "two-disease"):
            yield Variant("kind", _visit(kind=kind), steps, (("kind", kind),))
    yield Variant("not-designated", _facility(designated=False), ("pool-not",))
    yield Variant("not-insured", _patient(insurance="none"), ("pool-not",))


def _caps(trial: Trial) -> Iterator[Variant]:
    steps = ("cap",)
    yield Variant("cap-ignored", _without("cap", "visit_cap", "cost_cap"), steps)
    for status in _other_status(trial):
        yield Variant("cap-of-status", _of_other(("cap",), status=status), steps, (("status", status),))
    if trial.visit.disease_limit is not None:
        yield Variant("disease-limit-ignored", _without("disease_limit"), ("base",))


def _year(trial: Trial) -> Iterator[Variant]:
    used = trial.used
    if used.all_levels or any(used.by_level):
        nothing_met = _used(lambda used: used._replace(by_level=(0,) * len(LEVELS), all_levels=0, month_met=0))
        yield Variant("deductible-year-ignored", nothing_met, ("deductible",), (("used", used.all_levels),))
    if used.pool or used.cost:
        nothing_paid = _used(lambda used: used._replace(pool=0, cost=0))
        yield Variant("pool-year-ignored", nothing_paid, ("cap",), (("used", used.pool),))


def _bill(trial: Trial) -> Iterator[Variant]:
    parts = split(trial.visit.items)
    for name in _OUTSIDE:
        amount = getattr(parts, name)
        if amount:
            cause = f"{name.replace('_', '-')}-in-scope"
            yield Variant(cause, _into_scope(name), ("split",), (("amount", amount),))
    if 0 < parts.upfront <= parts.in_scope:
        yield Variant("upfront-twice", _upfront_twice, ("split",), (("amount", parts.upfront),))


_OUTSIDE = ("self_paid", "over_limit", "upfront")


def _into_scope(name: str) -> Change:
    def change(trial: Trial) -> Trial:
        parts = split(trial.visit.items)
        left = {part: 0 if part == name else getattr(parts, part) for part in _OUTSIDE}
        items = bill(**left, in_scope=parts.in_scope + getattr(parts, name))
        return replace(trial, visit=replace(trial.visit, items=items))

    return change


def _upfront_twice(trial: Trial) -> Trial:
    parts = split(trial.visit.items)
    in_scope = max(0, parts.in_scope - parts.upfront)
    items = bill(parts.self_paid, parts.over_limit, 2 * parts.upfront, in_scope)
    return replace(trial, visit=replace(trial.visit, items=items))


def _rounding(trial: Trial) -> Iterator[Variant]:
    yield Variant("rounding-cut", changed(twist="cut"), ("pool",))


def _other_days(trial: Trial) -> Iterator[Variant]:
    """The rules of every other time, as far as they differ: before a day not after the visit, or since a later one."""
    day, book = trial.visit.date, trial.book
    edges = list(book.changes_after(date.min))
    steps = ("pool", "deductible", "cap")
    for edge in reversed([edge for edge in edges if edge <= day]):
        yield Variant("rules-before", changed(rules_day=edge - timedelta(days=1)), steps, (("date", edge),))
    for edge in (edge for edge in edges if edge > day):
        yield Variant("rules-since", changed(rules_day=edge), steps, (("date", edge),))


CAUSES: tuple[Causes, ...] = (_deductible, _ratio, _caps, _year, _bill, _rounding, _person_and_place, _other_days)
"""The table, the likelier first. Each entry tells the ways in which it could be at work in this trial."""

DEDUCTIBLE_CAUSES: tuple[Causes, ...] = (_deductible, _person_and_place, _year)
"""The entries that may change the deductible."""
