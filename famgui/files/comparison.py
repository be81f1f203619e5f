"""An answer held against the part of it that a worked case expects (tests/cases/README.md says how)."""

from collections.abc import Iterable
from typing import Any


def differences(got: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Where the answer `got` differs from `expected`, one line a difference; fields left out there are free.

    Events are matched by id, payments by payer and account (an absent one is 0.00), premiums by person, `used` rows by
    person, year and benefit, problems by the set of their codes (and the subject where one is given).
    """
    return list(_fields(got, expected, ""))


def _fields(got: dict[str, Any], expected: dict[str, Any], path: str) -> Iterable[str]:
    for key, wanted in expected.items():
        at = f"{path}.{key}" if path else key
        if key not in got:
            yield f"{at}: missing, expected {wanted!r}"
            continue
        found = got[key]
        if wanted is None or found is None:
            if wanted is not found:
                yield f"{at}: {found!r}, expected {wanted!r}"
        elif key in _ROWS:
            yield from _rows(found, wanted, _ROWS[key], at)
        elif key == "payments":
            yield from _payments(found, wanted, at)
        elif key == "problems":
            yield from _problems(found, wanted, at)
        elif isinstance(wanted, dict) and isinstance(found, dict):
            yield from _fields(found, wanted, at)
        elif type(wanted) is not type(found) or wanted != found:
            yield f"{at}: {found!r}, expected {wanted!r}"


_ROWS = {"events": ("id",), "premiums": ("person",), "used": ("person", "year", "benefit")}
"""Lists of rows and the fields that name a row."""


def _rows(
    got: list[dict[str, Any]], expected: list[dict[str, Any]], names: tuple[str, ...], path: str
) -> Iterable[str]:
    found = {tuple(row[name] for name in names): row for row in got}
    if len(found) != len(got):
        yield f"{path}: rows repeated"
    for row in expected:
        name = tuple(row[part] for part in names)
        at = f"{path}[{' '.join(map(str, name))}]"
        if name in found:
            yield from _fields(found[name], row, at)
        else:
            yield f"{at}: missing"


def _payments(got: list[dict[str, Any]], expected: list[dict[str, Any]], path: str) -> Iterable[str]:
    found = {(row["payer"], row.get("account")): row["amount"] for row in got}
    if len(found) != len(got):
        yield f"{path}: payers repeated"
    for row in expected:
        payer, account = row["payer"], row.get("account")
        amount = found.get((payer, account), "0.00")
        if amount != row["amount"]:
            yield f"{path}[{' '.join(filter(None, (payer, account)))}]: {amount}, expected {row['amount']}"


def _problems(got: list[dict[str, Any]], expected: list[dict[str, Any]], path: str) -> Iterable[str]:
    codes = [{row["code"] for row in rows} - {"UNVERIFIED_RULE"} for rows in (got, expected)]
    if codes[0] != codes[1]:
        yield f"{path}: {sorted(codes[0])}, expected {sorted(codes[1])}"
    found = {(row["code"], row["subject"]) for row in got}
    for row in expected:
        if "subject" in row and (row["code"], row["subject"]) not in found:
            yield f"{path}: no {row['code']} of {row['subject']}"
