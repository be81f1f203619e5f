"""The answer of `famgui settle --json`: what each event did, accounts, year to date and problems, as plain data."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from famgui.domain.account import Balance
from famgui.domain.benefit import LEVELS, YearToDate
from famgui.domain.household import UsedKey
from famgui.domain.money import format_amount, format_ratio
from famgui.domain.problem import Problem
from famgui.domain.settlement import Settlement
from famgui.domain.timeline import Outcome, Timeline
from famgui.domain.trace import Step

Say: TypeAlias = Callable[[Problem], str]
"""Turns a problem into a sentence for people."""


def answer(timeline: Timeline, persons: Iterable[Problem], say: Say) -> dict[str, Any]:
    """The whole answer (case-format, Output); amounts are texts with two digits."""
    return {
        "format": 1,
        "events": [_event(outcome, say) for outcome in timeline.outcomes],
        "accounts": {account: _balance(balance) for account, balance in timeline.balances.items()},
        "used": [_used(key, used) for key, used in timeline.used.items()],
        "problems": [_problem(problem, say) for problem in persons],
    }


def _event(outcome: Outcome, say: Say) -> dict[str, Any]:
    event: dict[str, Any] = {"id": outcome.event.id, "status": outcome.status}
    if outcome.reversed is not None:
        event["payments"] = _payments(outcome.reversed, -1)
        event["resettled"] = None if outcome.settlement is None else settlement_fields(outcome.settlement)
    elif outcome.settlement is not None:
        event.update(settlement_fields(outcome.settlement))
    if outcome.premiums:
        event["premiums"] = [
            {
                "person": line.person,
                "amount": format_amount(line.amount),
                "paid": format_amount(line.paid),
                "status": line.status,
            }
            for line in outcome.premiums
        ]
    event["problems"] = [_problem(problem, say) for problem in outcome.problems]
    return event


def settlement_fields(settlement: Settlement) -> dict[str, Any]:
    """A settlement under the national interface's field names (standards.md, section 1), with payments and steps."""
    parts = settlement.split
    amounts = {
        "medfee_sumamt": parts.total,
        "fulamt_ownpay_amt": parts.self_paid,
        "overlmt_selfpay": parts.over_limit,
        "preselfpay_amt": parts.upfront,
        "inscp_scp_amt": parts.in_scope,
        "act_pay_dedc": settlement.deductible,
        "hifp_pay": settlement.pool,
        "fund_pay_sumamt": settlement.pool,
        "psn_part_amt": settlement.person_part,
        "acct_pay": settlement.own + settlement.shared,
        "acct_mulaid_pay": settlement.shared,
        "psn_cash_pay": settlement.cash,
    }
    return {
        **{field: format_amount(amount) for field, amount in amounts.items()},
        "pool_prop_selfpay": format_ratio(settlement.ratio),
        "payments": _payments(settlement, 1),
        "steps": [_step(step) for step in settlement.steps],
    }


def _payments(settlement: Settlement, sign: int) -> list[dict[str, str]]:
    accounts = [
        {"payer": payment.payer, "account": payment.account, "amount": format_amount(sign * payment.draw.total)}
        for payment in settlement.payments
    ]
    return [
        {"payer": "pool", "amount": format_amount(sign * settlement.pool)},
        *accounts,
        {"payer": "cash", "amount": format_amount(sign * settlement.cash)},
    ]


def _step(step: Step) -> dict[str, Any]:
    inputs = {name: format_ratio(value) if name == "ratio" else format_amount(value) for name, value in step.inputs}
    shown: dict[str, Any] = {"name": step.name, "inputs": inputs, "value": format_amount(step.value)}
    shown["clause"] = step.clause
    if step.account:
        shown["account"] = step.account
    if step.beside:
        shown["beside"] = list(step.beside)
    if step.weak:
        shown["unverified"] = True
    return shown


def _balance(balance: Balance) -> Mapping[str, str]:
    return {"current": format_amount(balance.current), "prior_years": format_amount(balance.prior_years)}


def _used(key: UsedKey, used: YearToDate) -> dict[str, Any]:
    person, year, benefit = key
    levels = {level: format_amount(met) for level, met in zip(LEVELS, used.by_level, strict=True) if met}
    return {
        "person": person,
        "year": year,
        "benefit": benefit,
        "pool": format_amount(used.pool),
        "deductible": {**levels, "all": format_amount(used.all_levels)},
        **({"cost": format_amount(used.cost)} if used.cost else {}),
    }


def _problem(problem: Problem, say: Say) -> dict[str, str]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "subject": problem.subject,
        "clause": problem.clause,
        "message": say(problem),
    }
