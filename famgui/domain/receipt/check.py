"""Hold a receipt against the identities and the rule book: what is wrong, what it should be, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from famgui.domain.receipt.identity import Clauses, bounds, diagnose, fitting
from famgui.domain.receipt.known import Known, Visit, agreed, no_rule, recorded_as, silent, stated_of, untold, visits
from famgui.domain.receipt.rules import Asked, against_rules, contradicted
from famgui.domain.receipt.stated import (
    ACCOUNTS,
    BALANCE,
    FIELDS,
    FUND_SUM,
    IN_SCOPE,
    POOL,
    RATIO,
    USUAL,
    Cause,
    Facts,
    Finding,
    Reading,
    Receipt,
    Unchecked,
    Verdict,
    Verification,
)
from famgui.domain.trace import Step

OPEN = frozenset(
    {"facts", "date", "place", "in-scope", "items", "no-rule", "deductible-open", "no-pool-figure", "no-bill"}
)
"""What keeps the pool's part from being checked; without a difference the verdict is then `incomplete`."""
_ORDER = {"error": 0, "warning": 1, "info": 2}
_PLAIN = frozenset({"one-field", "missing", "sign"})


def verify(receipt: Receipt, facts: Facts, known: Known, clauses: Clauses, usual: Reading = USUAL) -> Verification:
    """Check the sums, recompute the visit under the rules, and explain each difference to the fen.

    `facts` come before the receipt's own. Nothing is claimed that was not computed: what could not be asked is in
    `unchecked`, and a difference that no known cause gives has no cause.
    """
    asked = Asked(facts.beside(receipt.facts), known, usual, clauses)
    upright = receipt.upright()
    reading, mended, findings = _sums(upright, asked)
    unchecked = list(_told(receipt, asked))
    sure = [finding for finding in findings if not finding.others or finding.code == "swapped"]
    expected = {finding.field: finding.expected for finding in sure if finding.expected is not None}
    steps: tuple[Step, ...] = ()
    found = visits(mended, asked.facts, known)
    visit = agreed(found)
    if visit is None:
        findings.extend(_none_fits(mended, found))
        unchecked.append(_open(mended, asked, found))
    else:
        answer = against_rules(mended, visit, reading, asked)
        said = {finding.field for finding in findings}
        findings.extend(one for one in answer.findings if one.field not in said or one.code == "by-rule")
        unchecked.extend(answer.unchecked)
        expected |= answer.expected
        steps = answer.steps
    findings.extend(_unsaid(findings, _recorded(upright, known, reading)))
    findings.extend(_unsaid(findings, bounds(mended, reading)))
    if receipt.turned:
        findings = [_turned(finding) for finding in findings]
        expected = {name: value if name == RATIO else -value for name, value in expected.items() if name != BALANCE}
    findings.extend(_doubled(receipt))
    findings.sort(key=lambda finding: (_ORDER[finding.severity], FIELDS.index(finding.field)))
    verdict = _verdict(findings, unchecked)
    return Verification(receipt, asked.facts, reading, tuple(findings), tuple(unchecked), verdict, expected, steps)


def _unsaid(findings: Sequence[Finding], more: Iterable[Finding]) -> list[Finding]:
    """Those of fields that nothing was found about, or nothing that names this figure."""
    said = {finding.field for finding in findings if finding.severity != "info"}
    named = {(finding.field, finding.expected) for finding in findings}
    return [one for one in more if one.field not in said and (one.field, one.expected) not in named]


def _verdict(findings: Iterable[Finding], unchecked: Iterable[Unchecked]) -> Verdict:
    if any(finding.severity != "info" for finding in findings):
        return "differs"
    return "incomplete" if any(note.code in OPEN for note in unchecked) else "agrees"


def _sums(receipt: Receipt, asked: Asked) -> tuple[Reading, Receipt, list[Finding]]:
    """The reading under which the sums hold or can be put right, the receipt put right, and what was wrong."""
    fits = fitting(receipt, asked.usual)
    if fits is not None:
        return fits, receipt, list(_other_reading(receipt, fits, asked))
    mended, findings = _diagnosed(receipt, asked.usual, asked)
    if not any(finding.code == "sum" for finding in findings):
        return asked.usual, mended, findings
    for reading in (Reading(shared, funds) for shared in (True, False) for funds in (False, True)):
        tried, told = _diagnosed(receipt, reading, asked)
        if reading != asked.usual and len(told) == 1 and told[0].code in _PLAIN and _other(reading, asked, tried):
            return reading, tried, [*told, *_other_reading(tried, reading, asked)]
    return asked.usual, mended, findings


def _other(reading: Reading, asked: Asked, receipt: Receipt) -> bool:
    """Whether the sums of the receipt hold under this reading and not under the usual one."""
    return fitting(receipt, asked.usual) == reading


def _diagnosed(receipt: Receipt, reading: Reading, asked: Asked) -> tuple[Receipt, list[Finding]]:
    def score(tried: Receipt) -> int:
        found = visits(tried, asked.facts, asked.known)
        return min((contradicted(tried, visit, reading, asked.known) for visit in found), default=0)

    return diagnose(receipt, reading, asked.clauses, score)


def _other_reading(receipt: Receipt, reading: Reading, asked: Asked) -> Iterator[Finding]:
    """What to say where only another reading than the usual one fits."""
    told = []
    if reading.contains != asked.usual.contains:
        told.append((ACCOUNTS, "shared-within" if reading.contains else "shared-apart", "shared-apart"))
    if reading.includes != asked.usual.includes:
        told.append((FUND_SUM, "accounts-in-funds" if reading.includes else "funds-alone", "accounts-in-funds"))
    for name, code, key in told:
        cause = Cause(code, (), asked.clauses.get(key, ""))
        yield Finding(name, "reading", "info", code, receipt.get(name), None, (cause,), cause.clause)


def _recorded(receipt: Receipt, known: Known, reading: Reading) -> Iterator[Finding]:
    """What is not as it was recorded in the ledger, where a recorded settlement is compared with."""
    for name, amount in recorded_as(known, reading).items():
        stated = receipt.get(name)
        if stated not in (None, amount):
            yield Finding(name, "recomputed", "error", "as-recorded", stated, amount)


def _none_fits(receipt: Receipt, found: tuple[Visit, ...]) -> Iterator[Finding]:
    """The pool's figures that the rules give in none of the circumstances that are possible."""
    stated = stated_of(receipt)
    ruled = bool(found) and not any(no_rule(visit) or untold(visit) for visit in found)
    if ruled and stated.paid is not None and not any(stated.met_by(visit.pool) for visit in found):
        yield Finding(POOL if POOL in receipt.amounts else FUND_SUM, "recomputed", "error", "none-fits", stated.paid)


def _open(receipt: Receipt, asked: Asked, found: tuple[Visit, ...]) -> Unchecked:
    """Why the pool's part could not be checked; what would fit, where only some facts are missing."""
    if asked.known.book is None:
        return Unchecked("place", (("place", asked.facts.place or ""),))
    if asked.facts.day is None:
        return Unchecked("date")
    if not found:
        return Unchecked("in-scope" if IN_SCOPE not in receipt.amounts else "no-bill")
    names = silent(asked.facts)
    fits = [visit.facts for visit in found if stated_of(receipt).met_by(visit.pool) and not no_rule(visit)]
    ways = tuple(dict.fromkeys(tuple((name, getattr(facts, name)) for name in names) for facts in fits))
    return Unchecked("facts", (("names", names), ("fits", ways)))


def _told(receipt: Receipt, asked: Asked) -> Iterator[Unchecked]:
    """What of the receipt could not be read for certain, and that it is a refund."""
    for name, value in receipt.unread:
        yield Unchecked("unread", (("field", name), ("value", value)))
    for name, value in receipt.unsure:
        yield Unchecked("unsure", (("field", name), ("value", value)))
    if receipt.turned or receipt.refund:
        yield Unchecked("refund", (("clause", asked.clauses.get("refund", "")),))


def _doubled(receipt: Receipt) -> Iterator[Finding]:
    for name, spelling, amount in receipt.doubled:
        yield Finding(name, "reading", "warning", "doubled", receipt.get(name), others=((spelling, amount),))


def _turned(finding: Finding) -> Finding:
    """A finding on a refund, its amounts below 0 as on the receipt."""

    def back(name: str, amount: int | None) -> int | None:
        return amount if amount is None or name in (RATIO, BALANCE) else -amount

    name = finding.field
    others = tuple((other, back(other, value) or 0) for other, value in finding.others)
    stated, expected = back(name, finding.stated), back(name, finding.expected)
    return replace(finding, stated=stated, expected=expected, others=others, off=-finding.off)
