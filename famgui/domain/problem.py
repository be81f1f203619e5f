"""What a user got wrong or must know, as values: a code, how grave, whom it concerns, which clause says so."""

from typing import Literal, NamedTuple, TypeAlias

Code: TypeAlias = Literal[
    "NO_ACCOUNT",
    "BIND_NOT_STARTED",
    "BIND_EXPIRED",
    "UNBOUND",
    "RELATION_NOT_ALLOWED",
    "BIND_LIMIT",
    "LIFETIME_LIMIT",
    "SELF_BINDING",
    "DUPLICATE_BINDING",
    "NOT_INSURED",
    "OTHER_PROVINCE",
    "PROHIBITED",
    "OUT_OF_SCOPE",
    "NOT_DESIGNATED",
    "INSUFFICIENT",
    "THRESHOLD",
    "PAYMENT_LIMIT",
    "PRIOR_YEAR_ONLY",
    "OUT_OF_WINDOW",
    "ALREADY_PAID",
    "PRICE_NEEDED",
    "CAP_REACHED",
    "UNVERIFIED_RULE",
    "ID_CHECKSUM",
    "ID_DATE",
    "ID_REGION_UNKNOWN",
    "SUSPENDED",
    "AUTHORIZER_LIMIT",
    "STARTS_TOO_EARLY",
    "UNBIND_TOO_EARLY",
]
Severity: TypeAlias = Literal["error", "warning", "info"]

MILD: frozenset[Code] = frozenset({"CAP_REACHED", "UNVERIFIED_RULE"})
"""Codes that leave a visit fully settled (case-format, Status)."""


class Problem(NamedTuple):
    """One finding. The sentence for people is made where it is shown, from the code, the subject and the clause."""

    code: Code
    severity: Severity
    subject: str
    clause: str = ""
