"""The answer of `famgui verify --json`: the receipt in the national fields, findings and verdict, as plain data."""

from typing import Any

from famgui.domain.money import format_amount, format_ratio
from famgui.domain.receipt.stated import FIELDS, RATIO, Facts, Finding, Verification
from famgui.files.receipt.sentence import Teller, clauses_of

_AMOUNTS = frozenset({"used_pool", "used_deductible", "disease_limit"})
_FLAGS = {True: "yes", False: "no"}


def answer(checked: Verification, teller: Teller) -> dict[str, Any]:
    """The whole answer; amounts are texts with two digits, a difference is what is stated less what should be."""
    return {
        "format": 1,
        "receipt": _receipt(checked),
        "facts": _facts(checked.facts),
        "reading": {
            "accounts_contain_shared": checked.reading.contains,
            "funds_include_accounts": checked.reading.includes,
        },
        "findings": [_finding(found, teller) for found in checked.findings],
        "not_checked": [{"code": note.code, "message": teller.note(note)} for note in checked.unchecked],
        "verdict": checked.verdict,
    }


def _receipt(checked: Verification) -> dict[str, str]:
    receipt = checked.receipt
    keys = {"setl_id": receipt.number} if receipt.number else {}
    stated = {name: receipt.get(name) for name in FIELDS}
    return keys | {name: _shown(name, value) for name, value in stated.items() if value is not None}


def _shown(name: str, value: int) -> str:
    return format_ratio(value) if name == RATIO and value >= 0 else format_amount(value)


def _facts(facts: Facts) -> dict[str, str]:
    told = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    return {
        name: format_amount(value) if name in _AMOUNTS else _FLAGS.get(value, str(value))
        for name, value in told.items()
        if value is not None
    }


def _finding(found: Finding, teller: Teller) -> dict[str, Any]:
    shown: dict[str, Any] = {"field": found.field, "kind": found.kind, "severity": found.severity, "code": found.code}
    for name, value in (("stated", found.stated), ("expected", found.expected), ("difference", found.difference)):
        shown[name] = (
            None if value is None else _difference(found, value) if name == "difference" else _shown(found.field, value)
        )
    shown["explanation"] = teller.explanation(found)
    shown["cause"] = "+".join(cause.name for cause in found.causes)
    clauses = clauses_of(found)
    shown["clause"] = clauses[0] if clauses else ""
    if len(clauses) > 1:
        shown["beside"] = list(clauses[1:])
    if found.also:
        shown["also"] = list(dict.fromkeys(cause.name for cause in found.also))
    if found.others:
        shown["others"] = [{"field": name, "expected": _shown(name, value)} for name, value in found.others]
    if found.broken:
        shown["identities"] = list(found.broken)
    if found.weak:
        shown["unverified"] = True
    shown["message"] = teller.message(found)
    return shown


def _difference(found: Finding, value: int) -> str:
    sign = "-" if value < 0 else ""
    return sign + _shown(found.field, abs(value))
