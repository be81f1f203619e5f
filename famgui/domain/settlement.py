"""The settlement of one visit: a waterfall of payers - pool, own account, authorizers, cash - with its trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.account import Balance
from famgui.domain.benefit import Benefit, Level, PoolShare, YearToDate, pool_share, stated_share
from famgui.domain.bill import Item, Split, split
from famgui.domain.binding import Standing
from famgui.domain.money import Fen, Ratio
from famgui.domain.person import Person, province
from famgui.domain.problem import MILD, Code, Problem
from famgui.domain.rule import Circumstances, Value
from famgui.domain.rulebook import Rules
from famgui.domain.trace import Step, StepName
from famgui.domain.waterfall import Payment, Terms, Waterfall

FacilityType: TypeAlias = Literal["hospital", "pharmacy", "other"]
FACILITY_TYPES: tuple[FacilityType, ...] = get_args(FacilityType)


Grade: TypeAlias = Literal["special", "A", "B", "C"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""特等, 甲等, 乙等, 丙等: some places pay by the grade within a hospital's level."""
Disease: TypeAlias = Literal["hypertension", "diabetes", "both"]
DISEASES: tuple[Disease, ...] = get_args(Disease)
"""The two diseases (两病): hypertension, diabetes, both."""


@dataclass(frozen=True, slots=True)
class Facility:
    """Where the visit was: type, level (hospitals), designated (定点) or not, GB/T 2260 place, grade within the level,
    and whether the patient has signed up there (签约)."""

    type: FacilityType
    place: str
    level: Level | Literal[""] = ""
    designated: bool = True
    grade: Grade | Literal[""] = ""
    contracted: bool = False


class Stated(NamedTuple):
    """What the receipt or the window says where no rule is known: deductible (fen), ratio (ten-thousandths), and what
    the year's cap still leaves (fen). Never takes the place of a rule in force."""

    deductible: Fen | None = None
    ratio: Ratio | None = None
    cap_left: Fen | None = None


class Override(NamedTuple):
    """What holds for one visit only, in place of the household's switches and of the ledger's year to date."""

    order: str | None = None
    own_first: bool | None = None
    cross_province: bool | None = None
    used: YearToDate | None = None

    def over(self, terms: Terms) -> Terms:
        """The household's switches with these in their place."""
        return Terms(
            terms.order if self.order is None else self.order,
            terms.own_first if self.own_first is None else self.own_first,
            terms.cross_province if self.cross_province is None else self.cross_province,
        )


NOT_STATED = Stated()
NO_OVERRIDE = Override()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit and its bill. `disease_limit` (fen) goes with chronic, `pool_paid` (fen) with inpatient, `disease` with
    two-disease drugs, `stated` with kinds whose rule may be unknown."""

    id: str
    date: date
    patient: str
    kind: Benefit
    facility: Facility
    items: tuple[Item, ...]
    disease_limit: Fen | None = None
    pool_paid: Fen | None = None
    disease: Disease | Literal[""] = ""
    stated: Stated = NOT_STATED
    override: Override = NO_OVERRIDE


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
    if visit.override is not NO_OVERRIDE:
        terms = visit.override.over(terms)
        if visit.override.used is not None:
            used = visit.override.used
            steps.append(Step("used-stated", (("pool", used.pool), ("deductible", used.all_levels)), 0, ""))
    payable = _payable(visit, rules, problems)
    designated = visit.facility.designated and visit.facility.type != "other"
    share, reason = _pool(visit, patient, parts, used, rules, designated, problems)
    if share is None:
        steps.append(_no_pool_step(reason, visit, patient, rules))
        share = PoolShare(0, 0, 0, "", ())
        counted = False
    else:
        steps.extend(share.steps)
        counted = reason == "pool"
        if share.capped:
            problems.append(Problem("CAP_REACHED", "info", patient.id, share.capped))
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
    level = visit.facility.level
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
        used=used.after(share.pool, share.deductible, level, share.cost, share.month) if counted else used,
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
    found = _no_rule(visit, patient, rules)
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
    rule = rules.benefit_in(_circumstances(visit, patient, rules))
    if rule is not None:
        counted = None
        if rule.categories.value is not None:
            counted = split(item for item in visit.items if item.category in rule.categories.value).in_scope
        level, limit, month = visit.facility.level, visit.disease_limit, visit.date.month
        return pool_share(parts.in_scope, limit, level, used, rule, month=month, counted=counted), "pool"
    if visit.pool_paid is not None:
        found = rules.find("pool.by-receipt", insurance=patient.insurance)
        pool = min(visit.pool_paid, parts.in_scope)
        step = Step(
            "receipt", (("stated", visit.pool_paid), ("in_scope", parts.in_scope)), pool, found.clause, weak=True
        )
        return PoolShare(pool, 0, 0, "", (step,)), "receipt"
    stated = visit.stated
    if stated.ratio is not None:
        receipt = rules.find("pool.by-receipt", insurance=patient.insurance)
        clause = (receipt if visit.kind == "inpatient" else _no_rule(visit, patient, rules)).clause
        return stated_share(parts.in_scope, stated.deductible or 0, stated.ratio, stated.cap_left, clause), "receipt"
    return None, "pool-without" if visit.kind == "pharmacy" else "pool-no-rule"


def _no_rule(visit: Visit, patient: Person, rules: Rules) -> Value:
    """The clause that says that no rule is known, or that no rule can be computed by."""
    facts = {"benefit": visit.kind, "insurance": patient.insurance, "status": patient.status}
    return rules.find("reason", code="POOL_NO_RULE", **facts)


def _circumstances(visit: Visit, patient: Person, rules: Rules) -> Circumstances:
    place = visit.facility
    return Circumstances(
        visit.kind,
        patient.insurance,
        patient.status,
        place.level,
        place.type,
        place.grade,
        place.contracted,
        patient.has_account,
        patient.tier,
        visit.disease,
        patient.age_on(visit.date) if rules.by_age else None,
    )
