"""What people bear of a visit, passed from payer to payer: own account, authorizers in order, the rest is cash."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from famgui.domain.account import Balance
from famgui.domain.binding import Standing, in_order
from famgui.domain.money import Fen, part_of
from famgui.domain.person import Person, province
from famgui.domain.problem import Problem
from famgui.domain.rule import SharingRule
from famgui.domain.rulebook import Rules
from famgui.domain.trace import Step


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


def shareable(balance: Balance, sharing: SharingRule) -> Fen:
    """What an account could share now: after the amount that must stay, or of prior years' money only."""
    available = balance.prior_years if sharing.prior_only else balance.total
    return max(0, min(available, balance.total - sharing.keep))


class Waterfall:
    """What is still due while payers take their part; collects payments, steps and problems."""

    def __init__(self, due: Fen, accounts: Mapping[str, Balance], problems: list[Problem], steps: list[Step]) -> None:
        self.due = due
        self.accounts = accounts
        self.problems = problems
        self.steps = steps
        self.payments: list[Payment] = []
        self.own = self.shared = 0

    def pay_own(self, patient: Person, sharing: SharingRule, sharers_wait: bool) -> None:
        """The patient's own account pays what it can, even a lost one; not limited by what may be shared."""
        balance = self.accounts.get(patient.id)
        if balance is None:
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

    def pay_shared(
        self, patient: str, place: str, standing: Standing, rules: Rules, terms: Terms, in_scope: Fen
    ) -> None:
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
        if province(place) != province(rules.place) and not terms.cross_province:
            self.problems.extend(rules.problem("OTHER_PROVINCE", row.authorizer) for row in line)
            return
        if terms.order is None and sharing.order_rule.weak and len(line) > 1:
            self.problems.append(Problem("UNVERIFIED_RULE", "info", patient, sharing.order_rule.clause))
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
