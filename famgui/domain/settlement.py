"""The settlement of one visit: a waterfall of payers - pool, own account, authorizers, cash - with its trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.account import Balance
from famgui.domain.benefit import Benefit, Level, PoolShare, YearToDate, pool_share
from famgui.domain.bill import Item, Split, split
from famgui.domain.binding import Standing
from famgui.domain.money import Fen, Ratio
from famgui.domain.person import Person, province
from famgui.domain.problem import MILD, Code, Problem
from famgui.domain.rulebook import Rules
from famgui.domain.trace import Step, StepName
from famgui.domain.waterfall import Payment, Terms, Waterfall

FacilityType: TypeAlias = Literal["hospital", "pharmacy", "other"]
FACILITY_TYPES: tuple[FacilityType, ...] = get_args(FacilityType)


@dataclass(frozen=True, slots=True)
class Facility:
    """Where the visit was: type, level (hospitals), designated (定点) or not, GB/T 2260 place."""

    type: FacilityType
    place: str
    level: Level | Literal[""] = ""
    designated: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit and its bill. `disease_limit` (fen) goes with chronic, `pool_paid` (fen) with inpatient."""

    id: str
    date: date
    patient: str
    kind: Benefit
    facility: Facility
    items: tuple[Item, ...]
    disease_limit: Fen | None = None
    pool_paid: Fen | None = None


class Settlement(NamedTuple):
    """Who pays what of a visit, in fen. Conservation: split.total = pool + accounts + cash.

    `used` is the year to date after this visit; `counted` is false where no pool rule applied and nothing was counted.
    """

    split: Split
    pool: Fen
    deductible: Fen
    ratio: Ratio
    own: Fen
    shared: Fen
    cash: Fen
    payments: tuple[Payment, ...]
    used: YearToDate
    counted: bool
    problems: tuple[Problem, ...]
    steps: tuple[Step, ...]

    @property
    def person_part(self) -> Fen:
        """个人负担总金额: the total less what the pool pays (N-25)."""
        return self.split.total - self.pool

    @property
    def partly(self) -> bool:
        """Whether any problem keeps the visit from being fully settled."""
        return any(problem.code not in MILD for problem in self.problems)


def settle(
    visit: Visit,
    patient: Person,
    accounts: Mapping[str, Balance],
    standing: Standing,
    used: YearToDate,
    rules: Rules,
    terms: Terms,
) -> Settlement:
    """Settle one visit; changes nothing, tells everything.

    `accounts` are the balances now, of the patient and of every authorizer in line; `standing` is who may share on the
    day; `used` is the patient's year to date for this benefit, before the visit. See domain.md, Settlement.
    """
    parts = split(visit.items)
    problems: list[Problem] = []
    steps = [_split_step(parts, rules)]
    payable = _payable(visit, rules, problems)
    designated = visit.facility.designated and visit.facility.type != "other"
    share, reason = _pool(visit, patient, parts, used, rules, designated, problems)
    if share is None:
        steps.append(_no_pool_step(reason, visit, patient, rules))
        share = PoolShare(0, 0, 0, False, ())
        counted = False
    else:
        steps.extend(share.steps)
        counted = reason == "pool"
        if share.capped:
            cap = share.steps[-1]
            problems.append(Problem("CAP_REACHED", "info", patient.id, cap.clause))
        weak = next((step.clause for step in share.steps if step.weak), "")
        if weak:
            problems.append(Problem("UNVERIFIED_RULE", "info", patient.id, weak))
    person_part = parts.total - share.pool
    person = rules.find("step.person")
    steps.append(Step("person", (("total", parts.total), ("pool", share.pool)), person_part, person.clause))

    flow = Waterfall(max(0, payable - share.pool) if designated else 0, accounts, problems, steps)
    sharing = rules.sharing
    own_first = sharing.own_first if terms.own_first is None else terms.own_first
    if designated:
        if own_first:
            flow.pay_own(patient, sharing, terms.own_first is None and bool(standing.line))
        flow.pay_shared(patient.id, visit.facility.place, standing, rules, terms, parts.in_scope)
        if not own_first:
            flow.pay_own(patient, sharing, False)
    cash = person_part - flow.own - flow.shared
    inputs = (("person", person_part), ("own", flow.own), ("shared", flow.shared))
    steps.append(Step("cash", inputs, cash, rules.find("step.cash").clause))
    return Settlement(
        split=parts,
        pool=share.pool,
        deductible=share.deductible,
        ratio=share.ratio,
        own=flow.own,
        shared=flow.shared,
        cash=cash,
        payments=tuple(flow.payments),
        used=used.after(share.pool, share.deductible, visit.facility.level) if counted else used,
        counted=counted,
        problems=tuple(problems),
        steps=tuple(steps),
    )


_REASON_CODES: dict[str, Code] = {
    "pool-not-designated": "NOT_DESIGNATED",
    "pool-not-insured": "NOT_INSURED",
    "pool-other-province": "OTHER_PROVINCE",
}


def _no_pool_step(reason: StepName, visit: Visit, patient: Person, rules: Rules) -> Step:
    """Why the pool pays nothing, with the clause that says so."""
    if reason in _REASON_CODES:
        return Step(reason, (), 0, rules.reason(_REASON_CODES[reason]))
    found = rules.find("reason", code="POOL_NO_RULE", benefit=visit.kind, insurance=patient.insurance)
    return Step(reason, (), 0, found.clause, weak=found.weak)


def _split_step(parts: Split, rules: Rules) -> Step:
    inputs = (
        ("total", parts.total),
        ("self_paid", parts.self_paid),
        ("over_limit", parts.over_limit),
        ("upfront", parts.upfront),
    )
    return Step("split", inputs, parts.in_scope, rules.find("step.split").clause)


def _payable(visit: Visit, rules: Rules, problems: list[Problem]) -> Fen:
    """What of the bill accounts may pay; every other item over 0.00 is named and goes to cash (N-07, N-08)."""
    pays, prohibited = rules.account_pays(visit.facility.type)
    payable = 0
    for item in visit.items:
        if item.category in pays:
            payable += item.amount
        elif item.amount:
            problems.append(rules.problem("PROHIBITED" if item.category in prohibited else "OUT_OF_SCOPE", item.name))
    return payable


def _pool(
    visit: Visit,
    patient: Person,
    parts: Split,
    used: YearToDate,
    rules: Rules,
    designated: bool,
    problems: list[Problem],
) -> tuple[PoolShare | None, StepName]:
    """The pool's share, or None and the name of the reason why it pays nothing."""
    if not designated and parts.total:
        problems.append(rules.problem("NOT_DESIGNATED", "facility"))
    if patient.insurance == "none" and parts.total:
        problems.append(rules.problem("NOT_INSURED", patient.id))
    if not designated:
        return None, "pool-not-designated"
    if patient.insurance == "none":
        return None, "pool-not-insured"
    if province(patient.insured_place) != province(rules.place):
        return None, "pool-other-province"
    rule = rules.benefit(visit.kind, patient.insurance, patient.status, visit.facility.level)
    if rule is not None:
        return pool_share(parts.in_scope, visit.disease_limit, visit.facility.level, used, rule), "pool"
    if visit.pool_paid is not None:
        found = rules.find("pool.by-receipt", insurance=patient.insurance)
        pool = min(visit.pool_paid, parts.in_scope)
        step = Step(
            "receipt", (("stated", visit.pool_paid), ("in_scope", parts.in_scope)), pool, found.clause, weak=True
        )
        return PoolShare(pool, 0, 0, False, (step,)), "receipt"
    return None, "pool-no-rule"
