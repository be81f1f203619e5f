"""The settlement of one visit: a waterfall of payers - pool, own account, authorizers, cash - with its trace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias, get_args

from famgui.domain.account import Balance
from famgui.domain.benefit import Benefit, Level, PoolShare, YearToDate, pool_share
from famgui.domain.bill import Item, Split, split
from famgui.domain.binding import Standing, in_order
from famgui.domain.money import Fen, Ratio, part_of
from famgui.domain.person import Person, province
from famgui.domain.problem import MILD, Problem
from famgui.domain.rulebook import Rules, SharingRule
from famgui.domain.trace import Step, StepName

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


class Terms(NamedTuple):
    """The household's own switches; None takes the place's default."""

    order: str | None = None
    own_first: bool | None = None
    cross_province: bool = False


class Payment(NamedTuple):
    """What one account paid: whose, as own or shared, out of which buckets."""

    payer: Literal["own", "shared"]
    account: str
    draw: Balance


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


def shareable(balance: Balance, sharing: SharingRule) -> Fen:
    """What an account could share now: after the amount that must stay, or of prior years' money only."""
    available = balance.prior_years if sharing.prior_only else balance.total
    return max(0, min(available, balance.total - sharing.keep))


class _Waterfall:
    """What is still due while payers take their part; collects payments, steps and problems."""

    def __init__(self, due: Fen, accounts: Mapping[str, Balance], problems: list[Problem], steps: list[Step]) -> None:
        self.due = due
        self.accounts = accounts
        self.problems = problems
        self.steps = steps
        self.payments: list[Payment] = []
        self.own = self.shared = 0

    def pay_own(self, patient: Person, sharing: SharingRule, sharers_wait: bool) -> None:
        """The patient's own account pays what it can; not limited by what may be shared."""
        balance = self.accounts.get(patient.id)
        if balance is None or not patient.has_account:
            return
        rule = sharing.own_first_rule
        paid = min(self.due, balance.total)
        inputs = (("due", self.due), ("balance", balance.total))
        self.steps.append(Step("own", inputs, paid, rule.clause, patient.id, rule.weak and sharers_wait))
        if paid:
            self.payments.append(Payment("own", patient.id, balance.draw(paid)))
            self.own += paid
            self.due -= paid
            if rule.weak and sharers_wait:
                self.problems.append(Problem("UNVERIFIED_RULE", "info", patient.id, rule.clause))

    def pay_shared(self, visit: Visit, standing: Standing, rules: Rules, terms: Terms, in_scope: Fen) -> None:
        """The authorizers pay in order, each what it may share; those who cannot pay are named while money is due."""
        if not self.due:
            return
        sharing = rules.sharing
        self.problems.extend(rules.problem(code, authorizer) for code, authorizer in standing.absent)
        line = in_order(
            standing.line,
            terms.order or sharing.order,
            lambda account: shareable(self.accounts[account], sharing),
        )
        if province(visit.facility.place) != province(rules.place) and not terms.cross_province:
            self.problems.extend(rules.problem("OTHER_PROVINCE", row.authorizer) for row in line)
            return
        if terms.order is None and sharing.order_rule.weak and len(line) > 1:
            self.problems.append(Problem("UNVERIFIED_RULE", "info", visit.patient, sharing.order_rule.clause))
        limit = self.due if sharing.payment_ratio is None else part_of(in_scope, sharing.payment_ratio)
        for row in line:
            if self.due:
                self._take(row.authorizer, sharing, limit - self.shared)
        if self.due:
            for row in line:
                self._name_limit(row.authorizer, sharing, limited=self.shared >= limit)

    def _take(self, account: str, sharing: SharingRule, limit: Fen) -> None:
        balance = self.accounts[account]
        available = shareable(balance, sharing)
        paid = min(self.due, available, limit)
        inputs = [("due", self.due), ("available", available), ("balance", balance.total)]
        rule = sharing.stops
        if paid == limit < min(self.due, available):
            rule = sharing.payment_rule
            inputs.append(("payment_limit", limit))
        elif available < min(self.due, balance.total):
            rule = sharing.prior_rule if sharing.prior_only else sharing.keep_rule
        self.steps.append(Step("shared", tuple(inputs), paid, rule.clause, account, rule.weak, rule.beside))
        if paid:
            self.payments.append(Payment("shared", account, balance.draw(paid)))
            self.shared += paid
            self.due -= paid
            if rule.weak:
                self.problems.append(Problem("UNVERIFIED_RULE", "info", account, rule.clause))

    def _name_limit(self, account: str, sharing: SharingRule, *, limited: bool) -> None:
        left = self.accounts[account]
        for payment in self.payments:
            if payment.payer == "shared" and payment.account == account:
                left = left.less(payment.draw)
        if limited and shareable(left, sharing):
            self.problems.append(Problem("PAYMENT_LIMIT", "warning", account, sharing.payment_rule.clause))
        elif sharing.prior_only and left.current:
            self.problems.append(Problem("PRIOR_YEAR_ONLY", "warning", account, sharing.prior_rule.clause))
        elif sharing.keep and left.total:
            self.problems.append(Problem("THRESHOLD", "warning", account, sharing.keep_rule.clause))


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
        steps.append(Step(reason, (), 0, ""))
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

    flow = _Waterfall(max(0, payable - share.pool) if designated else 0, accounts, problems, steps)
    sharing = rules.sharing
    own_first = sharing.own_first if terms.own_first is None else terms.own_first
    if designated:
        if own_first:
            flow.pay_own(patient, sharing, terms.own_first is None and bool(standing.line))
        flow.pay_shared(visit, standing, rules, terms, parts.in_scope)
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
