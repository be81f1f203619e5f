"""The identities of a settlement result (I1 to I7), and which one field must change for all of them to hold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

from famgui.domain.money import Fen
from famgui.domain.receipt.stated import (
    ACCOUNTS,
    BALANCE,
    CASH,
    DEDUCTIBLE,
    FUND_SUM,
    FUNDS,
    IN_SCOPE,
    OVER_LIMIT,
    OWN,
    PERSON,
    POOL,
    RATIO,
    SELF_PAID,
    SHARED,
    TOTAL,
    UPFRONT,
    Cause,
    Finding,
    Reading,
    Receipt,
    Severity,
)

Score: TypeAlias = Callable[[Receipt], int]
"""How many figures of a receipt the rule book contradicts; where it cannot be asked, 0."""
Clauses: TypeAlias = Mapping[str, str]
"""The clause behind each identity and each reading, by its name."""

HARD = frozenset({"I1", "I2", "I3", "I5"})
"""What must hold; the others are told as warnings (standards.md, Traps)."""


class Equation(NamedTuple):
    """Terms that must sum to 0 with what the receipt lists apart (`listed`, fen)."""

    id: str
    terms: tuple[tuple[str, int], ...]
    listed: Fen = 0

    def off(self, receipt: Receipt) -> Fen:
        """By how much it does not hold."""
        return sum(sign * receipt.amount(name) for name, sign in self.terms) - self.listed

    def value(self, receipt: Receipt, name: str) -> Fen:
        """What the field must be for it to hold."""
        return receipt.amount(name) - dict(self.terms)[name] * self.off(receipt)


class Repair(NamedTuple):
    """A field, the value it should have, and the equations (by position) that hold then and did not before."""

    field: str
    value: Fen
    fixes: frozenset[int]


def equations(receipt: Receipt, reading: Reading) -> tuple[Equation, ...]:
    """The identities that can be asked of this receipt; a fund or part that is not stated counts as 0.00."""
    accounts = {ACCOUNTS: 1} if reading.contains else {ACCOUNTS: 1, SHARED: 1}
    funds = _plus({FUND_SUM: 1}, accounts, -1) if reading.includes else {FUND_SUM: 1}
    beside = {"oth_pay": 1} if receipt.mobile else {}
    parts = {SELF_PAID: -1, OVER_LIMIT: -1, UPFRONT: -1, IN_SCOPE: -1}
    own = {ACCOUNTS: 1, OWN: -1, SHARED: -1} if reading.contains else {ACCOUNTS: 1, OWN: -1}
    paid = _plus({CASH: 1, TOTAL: -1}, _plus(funds, beside))
    asked: tuple[tuple[str, tuple[str, ...], Mapping[str, int]], ...] = (
        ("I1", (TOTAL, FUND_SUM, PERSON), _plus({TOTAL: 1, PERSON: -1}, _plus(funds, beside), -1)),
        ("I2", (PERSON, CASH), _plus({PERSON: 1, CASH: -1}, accounts, -1)),
        ("I5" if receipt.mobile else "I3", (TOTAL, FUND_SUM, CASH), _plus(paid, accounts)),
        ("I4", (ACCOUNTS, OWN), own),
        ("I6", (FUND_SUM, POOL), _plus(funds, dict.fromkeys(FUNDS, 1), -1)),
        ("I7", (TOTAL, IN_SCOPE), {TOTAL: 1, **parts}),
    )
    found = [
        Equation(name, tuple(terms.items()))
        for name, needed, terms in asked
        if all(need in receipt.amounts for need in needed)
    ]
    for name in dict.fromkeys(name for name, _ in receipt.details if name in receipt.amounts):
        listed = sum(amount for other, amount in receipt.details if other == name)
        found.append(Equation("detail", ((name, 1),), listed))
    return tuple(found)


def _plus(terms: Mapping[str, int], more: Mapping[str, int], sign: int = 1) -> dict[str, int]:
    summed = dict(terms)
    for name, factor in more.items():
        summed[name] = summed.get(name, 0) + sign * factor
    return {name: factor for name, factor in summed.items() if factor}


def holds(receipt: Receipt, reading: Reading) -> bool:
    """Whether every identity that can be asked holds."""
    return not any(equation.off(receipt) for equation in equations(receipt, reading))


def fitting(receipt: Receipt, usual: Reading) -> Reading | None:
    """The reading under which all identities hold, the usual one first; None when none does."""
    flips = ((False, False), (True, False), (False, True), (True, True))
    readings = (Reading(usual.contains != shared, usual.includes != funds) for shared, funds in flips)
    return next((reading for reading in readings if holds(receipt, reading)), None)


def repairs(receipt: Receipt, asked: Sequence[Equation], reading: Reading) -> Iterator[Repair]:
    """Every single field whose change makes broken equations hold and leaves all others as far off as they were."""
    off = [equation.off(receipt) for equation in asked]
    tried: set[tuple[str, Fen]] = set()
    for equation, wrong in zip(asked, off, strict=True):
        for name, _ in equation.terms if wrong else ():
            value = equation.value(receipt, name)
            if (name, value) in tried or value < 0:
                continue
            tried.add((name, value))
            mended = receipt.having(**{name: value})
            if reading.contains and name in (SHARED, ACCOUNTS) and mended.amount(SHARED) > mended.amount(ACCOUNTS):
                continue
            after = [equation.off(mended) for equation in asked]
            if any(new and new != old for old, new in zip(off, after, strict=True)):
                continue
            fixes = frozenset(at for at, (old, new) in enumerate(zip(off, after, strict=True)) if old and not new)
            yield Repair(name, value, fixes)


def diagnose(receipt: Receipt, reading: Reading, clauses: Clauses, score: Score) -> tuple[Receipt, list[Finding]]:
    """What is wrong with the sums, and the receipt with what could be put right for certain.

    One field that explains everything is named with its value; where several would do, all are; amounts that stand in
    each other's place are named as a pair. `score` tells apart what the sums alone cannot.
    """
    asked = equations(receipt, reading)
    broken = frozenset(at for at, equation in enumerate(asked) if equation.off(receipt))
    if not broken:
        return receipt, []
    found = list(repairs(receipt, asked, reading))
    whole = [repair for repair in found if repair.fixes == broken]
    if not whole:
        swap = _swap(receipt, reading, score)
        if swap is not None:
            mended = receipt.having(**dict(swap))
            return mended, [_swapped(receipt, swap, asked, broken, clauses)]
    findings: list[Finding] = []
    mended = receipt
    left = broken
    for group in [whole] if whole else _cover(found, broken):
        best = _best(receipt, group, score)
        left -= best[0].fixes
        findings.append(_named(receipt, best, asked, clauses))
        if len(best) == 1:
            mended = mended.having(**{best[0].field: best[0].value})
    names = {asked[at].id for at in left}
    for at in sorted(left):
        if not (asked[at].id == "I3" and names & {"I1", "I2"}):
            findings.append(_sum(receipt, asked[at], clauses))
    return mended, findings


def _cover(found: Sequence[Repair], broken: frozenset[int]) -> list[list[Repair]]:
    """The fewest groups of repairs, each group mending the same equations, that together mend all."""
    groups: dict[frozenset[int], list[Repair]] = {}
    for repair in found:
        groups.setdefault(repair.fixes, []).append(repair)
    for count in range(2, min(len(broken), 3) + 1):
        for chosen in combinations(groups, count):
            if sum(map(len, chosen)) == len(broken) and frozenset().union(*chosen) == broken:
                return [groups[fixes] for fixes in chosen]
    return []


def _best(receipt: Receipt, group: Sequence[Repair], score: Score) -> list[Repair]:
    if len(group) == 1:
        return list(group)
    scores = [score(receipt.having(**{repair.field: repair.value})) for repair in group]
    return [repair for repair, bad in zip(group, scores, strict=True) if bad == min(scores)]


def _swap(receipt: Receipt, reading: Reading, score: Score) -> tuple[tuple[str, Fen], ...] | None:
    """The two fields whose amounts stand in each other's place, if exactly one pair would do."""
    amounts = {name: amount for name, amount in receipt.amounts.items() if name != BALANCE}
    pairs = [
        ((one, amounts[other]), (other, amounts[one]))
        for one, other in combinations(amounts, 2)
        if amounts[one] != amounts[other]
    ]
    good = [pair for pair in pairs if holds(receipt.having(**dict(pair)), reading)]
    if len(good) > 1:
        scores = [score(receipt.having(**dict(pair))) for pair in good]
        good = [pair for pair, bad in zip(good, scores, strict=True) if bad == min(scores)]
    return good[0] if len(good) == 1 else None


def _named(receipt: Receipt, best: Sequence[Repair], asked: Sequence[Equation], clauses: Clauses) -> Finding:
    first = best[0]
    names = tuple(dict.fromkeys(asked[at].id for at in sorted(first.fixes)))
    stated = receipt.get(first.field)
    one = len(best) == 1
    code = "one-field" if one else "one-of"
    if one and stated is not None and stated == -first.value:
        code = "sign"
    elif one and stated is None:
        code = "missing"
    return Finding(
        first.field,
        "identity",
        "error" if HARD & set(names) else "warning",
        code,
        stated,
        first.value,
        (Cause(code, (), clauses.get(names[0], "")),) if one else (),
        clauses.get(names[0], ""),
        others=tuple((repair.field, repair.value) for repair in best[1:]),
        broken=names,
        off=asked[min(first.fixes)].off(receipt),
    )


def _swapped(
    receipt: Receipt,
    swap: tuple[tuple[str, Fen], ...],
    asked: Sequence[Equation],
    broken: frozenset[int],
    clauses: Clauses,
) -> Finding:
    (one, value), other = swap
    names = tuple(dict.fromkeys(asked[at].id for at in sorted(broken)))
    clause = clauses.get(names[0], "")
    cause = Cause("swapped", (("other", other[0]),), clause)
    severity: Severity = "error" if HARD & set(names) else "warning"
    return Finding(
        one, "identity", severity, "swapped", receipt.get(one), value, (cause,), clause, others=(other,), broken=names
    )


def _sum(receipt: Receipt, equation: Equation, clauses: Clauses) -> Finding:
    first = equation.terms[0][0]
    return Finding(
        first,
        "identity",
        "error" if equation.id in HARD else "warning",
        "sum",
        receipt.get(first),
        clause=clauses.get(equation.id, ""),
        broken=(equation.id,),
        off=equation.off(receipt),
    )


_AT_MOST = ((SHARED, ACCOUNTS), (DEDUCTIBLE, IN_SCOPE), (POOL, TOTAL))


def bounds(receipt: Receipt, reading: Reading) -> Iterator[Finding]:
    """Amounts that no settlement can have, where the sums alone say nothing: below 0, or more than what they lie in."""
    for name, amount in receipt.amounts.items():
        if amount < 0:
            yield Finding(name, "identity", "error", "negative", amount)
    for part, whole in _AT_MOST:
        if part == SHARED and not reading.contains:
            continue
        if part in receipt.amounts and whole in receipt.amounts and receipt.amount(part) > receipt.amount(whole):
            others = ((whole, receipt.amount(whole)),)
            yield Finding(part, "identity", "error", "more-than", receipt.amount(part), others=others)
    if receipt.ratio is not None and receipt.ratio < 0:
        yield Finding(RATIO, "identity", "error", "negative", receipt.ratio)
