"""Citizen ID numbers (GB 11643) and the words for how two people are related."""

import re
from collections.abc import Container, Iterator
from datetime import date
from typing import Literal, get_args

from famgui.domain.problem import Code

Relation = Literal[
    "spouse",
    "parent",
    "child",
    "sibling",
    "paternal-grandparent",
    "maternal-grandparent",
    "sons-child",
    "daughters-child",
    "in-law",
    "other",
]
"""What the user is to the authorizer; the first eight are near relatives (Civil Code art. 1045, N-03)."""

RELATIONS: tuple[Relation, ...] = get_args(Relation)

_FORM = re.compile(r"[0-9]{17}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_RESIDENCE_PERMITS = frozenset({"810000", "820000", "830000"})
_OLDEST = 150


def normal_id_number(text: str) -> str | None:
    """The 18 characters with an upper-case X, or None when it is not 17 ASCII digits and a digit or X."""
    number = text.upper()
    return number if _FORM.fullmatch(number) else None


def check_digit(first17: str) -> str:
    """The GB 11643 check character (ISO 7064 MOD 11-2) of 17 digits."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The date of birth inside a well-formed number, or None when the calendar has no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_problems(number: str, *, today: date, regions: Container[str]) -> Iterator[Code]:
    """What is wrong with a well-formed ID number: checksum, date (none, in the future, over 150 years ago), county.

    `regions` holds the county codes of GB/T 2260, retired ones included; residence permits of Hong Kong, Macao and
    Taiwan (810000, 820000, 830000) are always known. An unknown county is only ever a warning: tables age.
    """
    if check_digit(number[:17]) != number[17]:
        yield "ID_CHECKSUM"
    born = birth_date(number)
    if born is None or born > today or born.year < today.year - _OLDEST:
        yield "ID_DATE"
    if number[:6] not in regions and number[:6] not in _RESIDENCE_PERMITS:
        yield "ID_REGION_UNKNOWN"
