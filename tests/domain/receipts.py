"""Receipts for tests: one visit of Zhuzhou as its receipt states it, and short ways to hold one against the rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from famgui.domain.account import Balance
from famgui.domain.benefit import YearToDate
from famgui.domain.binding import NOBODY, Standing
from famgui.domain.money import parse_amount, parse_ratio
from famgui.domain.person import Person
from famgui.domain.receipt.check import verify
from famgui.domain.receipt.known import Known
from famgui.domain.receipt.stated import RATIO, USUAL, Facts, Finding, Reading, Receipt, Verification
from famgui.domain.receipt.trial import Wallet
from famgui.domain.rulebook import RuleBook
from famgui.files.receipt.names import names
from tests.domain.building import DAY, employee, money, row

BOOKS = Callable[[str], RuleBook]

GOOD: Mapping[str, str] = {
    "medfee_sumamt": "680.00",
    "fulamt_ownpay_amt": "30.00",
    "overlmt_selfpay": "0.00",
    "preselfpay_amt": "20.00",
    "inscp_scp_amt": "630.00",
    "act_pay_dedc": "50.00",
    "pool_prop_selfpay": "0.60",
    "hifp_pay": "348.00",
    "fund_pay_sumamt": "348.00",
    "psn_part_amt": "332.00",
    "acct_pay": "332.00",
    "acct_mulaid_pay": "212.00",
    "psn_cash_pay": "0.00",
}
"""680.00 at a tertiary hospital, 250.00 of deductible and 400.00 of pool used before: (630 - 50) x 0.60 = 348.00; the
own account had 120.00, an authorizer the rest."""

FACTS = Facts(insurance="employee", status="active", kind="outpatient", level="tertiary", day=DAY)
YEAR = FACTS.beside(Facts(used_pool=40_000, used_deductible=25_000))
"""The same with the year to date before the visit."""


def signed(text: str) -> int:
    """Fen of an amount that may be below 0."""
    return -parse_amount(text[1:]) if text.startswith("-") else parse_amount(text)


def receipt(stated: Mapping[str, str] = GOOD, **changed: str | None) -> Receipt:
    """A receipt that states this; None takes a field away."""
    figures = {name: text for name, text in {**stated, **changed}.items() if text is not None}
    ratio = figures.pop(RATIO, None)
    amounts = {name: signed(text) for name, text in figures.items()}
    return Receipt(amounts, None if ratio is None else parse_ratio(ratio))


def paid_by_pool(pool: str, deductible: str = "50.00", ratio: str = "0.60", **more: str) -> Receipt:
    """The receipt with another part of the pool, everything that is added up from it moved along, the rest in cash."""
    stated = {**GOOD, **more}
    person = parse_amount(stated["medfee_sumamt"]) - parse_amount(pool)
    made = receipt(
        stated,
        hifp_pay=pool,
        fund_pay_sumamt=pool,
        act_pay_dedc=deductible,
        pool_prop_selfpay=ratio,
        acct_mulaid_pay="0.00",
    )
    return made.having(psn_part_amt=person, acct_pay=0, psn_cash_pay=person)


@dataclass
class Family:
    """A patient with accounts and authorizers."""

    patient: Person = field(default_factory=lambda: employee("wang"))
    used: YearToDate = field(default_factory=lambda: YearToDate(40_000, (0, 0, 0, 25_000), 25_000))
    balances: dict[str, Balance] = field(default_factory=lambda: {"wang": money("120.00"), "li": money("5000.00")})
    wallet: Wallet | None = None

    def known(self, book: RuleBook, **more: Any) -> Known:
        """What is known beside the receipt."""
        line = tuple(row(name, "wang", priority=at) for at, name in enumerate(self.balances) if name != "wang")
        wallet = self.wallet or Wallet(self.balances, Standing(line, ()) if line else NOBODY, line)
        return Known(book, self.patient, self.used, wallet, **more)


def held(
    book: RuleBook | None, stated: Receipt, facts: Facts = YEAR, *, known: Known | None = None, usual: Reading = USUAL
) -> Verification:
    """The receipt held against sums and rules."""
    return verify(stated, facts, known or Known(book), names().clauses, usual)


def named(checked: Verification) -> list[tuple[str, str, int | None]]:
    """What was found that matters: field, code, what it should be."""
    return [(one.field, one.code, one.expected) for one in checked.findings if one.severity != "info"]


def about(checked: Verification, name: str) -> Finding:
    """The first finding about a field."""
    return next(one for one in checked.findings if one.field == name)


def causes(found: Finding) -> list[str]:
    """The names of the causes told."""
    return [cause.name for cause in found.causes]


def notes(checked: Verification) -> list[str]:
    """What was not checked."""
    return [note.code for note in checked.unchecked]
