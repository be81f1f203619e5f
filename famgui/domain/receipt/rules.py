"""What the rule book says of a receipt: the pool's figures, accounts and cash, and what follows from a difference."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from famgui.domain.money import WHOLE, Fen
from famgui.domain.person import province
from famgui.domain.receipt.accounts import Split, explain_accounts, funds_of, split_of, wallet_of
from famgui.domain.receipt.identity import Clauses
from famgui.domain.receipt.known import Known, Visit, no_rule, recorded_as, stated_of, untold
from famgui.domain.receipt.search import DEDUCTIBLE_YEAR, POOL_YEAR, explain
from famgui.domain.receipt.stated import (
    ACCOUNTS,
    BALANCE,
    CASH,
    DEDUCTIBLE,
    FUND_SUM,
    OWN,
    PERSON,
    POOL,
    RATIO,
    SHARED,
    Cause,
    Facts,
    Finding,
    Reading,
    Receipt,
    Severity,
    Unchecked,
)
from famgui.domain.receipt.trial import Trial
from famgui.domain.trace import Step


class Asked(NamedTuple):
    """What is asked: the facts, what is known beside them, the usual reading, the clauses by name."""

    facts: Facts
    known: Known
    usual: Reading
    clauses: Clauses


class Answer(NamedTuple):
    """What the rules give: the expected figures and the steps to them, the findings, and what could not be asked."""

    expected: Mapping[str, int]
    findings: tuple[Finding, ...]
    unchecked: tuple[Unchecked, ...]
    steps: tuple[Step, ...]


def against_rules(receipt: Receipt, visit: Visit, reading: Reading, asked: Asked) -> Answer:
    """Hold the pool's part, then accounts and cash as the funds left them, against the rules."""
    stated, pool = stated_of(receipt), visit.pool
    expected: dict[str, int] = {}
    findings: list[Finding] = []
    unchecked = list(visit.notes)
    if untold(visit):
        pass  # the note says it
    elif no_rule(visit) and any(stated):
        values = (("kind", visit.facts.kind), ("clause", pool.clause("pool-no")))
        unchecked.append(Unchecked("no-rule", values))
    elif stated.paid is None:
        unchecked.append(Unchecked("no-pool-figure"))
    else:
        expected |= {DEDUCTIBLE: pool.deductible, RATIO: pool.ratio, _pool_field(receipt): pool.paid}
        findings.extend(_pool(receipt, visit, asked))
    if receipt.amounts.keys() & {ACCOUNTS, OWN, SHARED, CASH}:
        split = accounts(receipt, visit, reading, asked.known)
        if split is None:
            unchecked.append(Unchecked("accounts"))
        else:
            abroad = elsewhere(receipt, visit, asked.known)
            unchecked.extend([Unchecked("cross-province")] if abroad else ())
            expected |= {name: value for name, value in split[1].expected.items() if not (abroad and name == SHARED)}
            findings.extend(_accounts(receipt, split, reading, asked))
    if expected.keys() & {POOL, FUND_SUM} and stated.paid != pool.paid:
        off = {finding.field for finding in findings}
        findings.extend(one for one in _follows(receipt, visit, reading, asked) if one.field not in off)
    expected |= {finding.field: finding.expected for finding in findings if finding.expected is not None}
    return Answer(expected, tuple(findings), tuple(unchecked), _steps(visit, asked.known))


def _steps(visit: Visit, known: Known) -> tuple[Step, ...]:
    """How the rules come to their figures from the receipt's split; accounts and cash only where the balances are the
    ledger's."""
    hidden = {"split"} if known.wallet is not None else {"split", "own", "shared", "cash"}
    return tuple(step for step in visit.pool.steps if step.name not in hidden)


def contradicted(receipt: Receipt, visit: Visit, reading: Reading, known: Known) -> int:
    """How many of the receipt's figures the rules, and a record of it, contradict if this is the visit."""
    off = sum(receipt.get(name) not in (None, amount) for name, amount in recorded_as(known, reading).items())
    off += 0 if no_rule(visit) or untold(visit) else len(stated_of(receipt).off(visit.pool))
    split = accounts(receipt, visit, reading, known)
    if split is not None:
        off += sum(receipt.amounts.get(name, value) != value for name, value in split[1].expected.items())
    return off


def accounts(
    receipt: Receipt, visit: Visit, reading: Reading, known: Known, more: Fen = 0
) -> tuple[Trial, Split] | None:
    """What accounts and cash should be when the funds pay what is stated, or `more` (fen); None where the balances are
    not known or no bill lets the funds pay it."""
    made, wallet = visit.trial, known.wallet
    if wallet is None:
        wallet = wallet_of(receipt, visit.facts, made.patient.id, reading, made.rules.sharing.keep)
    funds = funds_of(receipt, reading) + more
    if wallet is None or funds < 0:
        return None
    if elsewhere(receipt, visit, known):
        wallet = wallet._replace(terms=wallet.terms._replace(cross_province=True))
    made = replace(made, wallet=wallet)
    split = split_of(made, funds, reading)
    return None if split is None else (made, split)


def elsewhere(receipt: Receipt, visit: Visit, known: Known) -> bool:
    """Whether shared accounts paid in another province and nobody knows if the household's may."""
    place, home = visit.trial.visit.facility.place, visit.trial.book.place
    return known.wallet is None and receipt.amount(SHARED) > 0 and province(place) != province(home)


def _pool_field(receipt: Receipt) -> str:
    return POOL if POOL in receipt.amounts else FUND_SUM


def _pool(receipt: Receipt, visit: Visit, asked: Asked) -> Iterator[Finding]:
    stated, pool = stated_of(receipt), visit.pool
    off = stated.off(pool)
    if off == (RATIO,) and stated.ratio == WHOLE - pool.ratio:
        code = "ratio-as-own-share"
        cause = Cause(code, (), asked.clauses.get(code, ""))
        yield Finding(RATIO, "reading", "info", code, stated.ratio, pool.ratio, (cause,), cause.clause)
        return
    told = explain(visit.trial, stated, pool, asked.clauses, _open_years(asked)) if off else {}
    said = {DEDUCTIBLE: stated.deductible, RATIO: stated.ratio, POOL: stated.paid}
    right = {DEDUCTIBLE: pool.deductible, RATIO: pool.ratio, POOL: pool.paid}
    steps = {DEDUCTIBLE: ("deductible",), RATIO: ("pool",), POOL: ("cap", "pool")}
    for name in off:
        yield Finding(
            _pool_field(receipt) if name == POOL else name,
            "recomputed",
            "warning" if pool.weak else "error",
            "by-rule",
            said[name],
            right[name],
            _crossed(name, said, right) or told[name].causes,
            pool.clause(*steps[name]),
            told[name].also,
            weak=pool.weak,
        )


def _open_years(asked: Asked) -> frozenset[str]:
    """The parts of the year to date that neither the ledger nor anybody told."""
    if asked.known.used is not None:
        return frozenset()
    told = {DEDUCTIBLE_YEAR: asked.facts.used_deductible, POOL_YEAR: asked.facts.used_pool}
    return frozenset(name for name, amount in told.items() if amount is None)


def _crossed(name: str, said: Mapping[str, int | None], right: Mapping[str, int]) -> tuple[Cause, ...]:
    """Another field whose amount stands here, and this one's there."""
    for other in said:
        crossed = said[name] == right[other] != right[name] == said[other]
        if crossed and RATIO not in (name, other):
            return (Cause("swapped", (("other", other),)),)
    return ()


def _follows(receipt: Receipt, visit: Visit, reading: Reading, asked: Asked) -> Iterator[Finding]:
    """What else would be different if the pool had paid by the rule: sums, accounts, cash."""
    more = visit.pool.paid - (stated_of(receipt).paid or 0)
    by_rule = {FUND_SUM: receipt.amount(FUND_SUM) + more, PERSON: receipt.amount(PERSON) - more}
    now = accounts(receipt, visit, reading, asked.known)
    then = accounts(receipt, visit, reading, asked.known, more)
    if now is not None and then is not None:
        moved = {name: value - now[1].expected[name] for name, value in then[1].expected.items()}
        by_rule |= {name: receipt.amount(name) + by for name, by in moved.items() if name != BALANCE}
    clause = visit.pool.clause("person")
    cause = (Cause("follows", (("field", _pool_field(receipt)),), clause),)
    for name, value in by_rule.items():
        stated = receipt.amounts.get(name)
        if stated not in (None, value) and value >= 0 and name != _pool_field(receipt):
            yield Finding(name, "recomputed", "info", "follows", stated, value, cause, clause)


def _accounts(receipt: Receipt, found: tuple[Trial, Split], reading: Reading, asked: Asked) -> Iterator[Finding]:
    made, split = found
    said = {name: receipt.amounts[name] for name in split.expected if name in receipt.amounts}
    off = [name for name, amount in said.items() if amount != split.expected[name]]
    if not off:
        return
    told = explain_accounts(made, receipt, split, funds_of(receipt, reading), reading, asked.clauses)
    for name in off:
        weak = split.weak(name)
        severity: Severity = "warning" if weak or made.wallet.invented else "error"
        if [cause.name for cause in told[name].causes] == ["self-paid-in-cash"]:
            severity = "info"  # a receipt does not say whether what is self-paid was something that accounts may pay
        yield Finding(
            name,
            "recomputed",
            severity,
            "by-rule",
            said[name],
            split.expected[name],
            told[name].causes,
            split.clause(name),
            told[name].also,
            weak=weak,
        )
