"""Money as integers of fen and ratios as integers of ten-thousandths; nothing here ever sees a float."""

import re
from typing import TypeAlias

Fen: TypeAlias = int
"""An amount in fen (分), 1/100 yuan."""

Ratio: TypeAlias = int
"""A share in ten-thousandths (万分之一): 0.60 is 6000."""

WHOLE: Ratio = 10_000

_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,2})?")
_RATIO = re.compile(r"(?:0|1)(?:\.[0-9]{1,4})?")


def parse_amount(text: str) -> Fen:
    """Fen of an amount in yuan: ASCII digits, 0.00 to 9999999.99, at most two decimals, no sign, space or leading zero.

    Raises ValueError for anything else.
    """
    if not _AMOUNT.fullmatch(text):
        raise ValueError(text)
    yuan, _, cents = text.partition(".")
    return int(yuan) * 100 + int(cents.ljust(2, "0"))


def format_amount(fen: Fen) -> str:
    """Yuan with two digits: 34800 is "348.00", -5 is "-0.05"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def grouped(fen: Fen) -> str:
    """Yuan with thousands commas, for people to read: 478800 is "4,788.00"."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def parse_ratio(text: str) -> Ratio:
    """Ten-thousandths of a ratio written from "0" to "1" with at most four decimals; ValueError for anything else."""
    if not _RATIO.fullmatch(text):
        raise ValueError(text)
    whole, _, part = text.partition(".")
    ratio = int(whole) * WHOLE + int(part.ljust(4, "0"))
    if ratio > WHOLE:
        raise ValueError(text)
    return ratio


def format_ratio(ratio: Ratio) -> str:
    """A ratio with at least two decimals: 6000 is "0.60", 6750 is "0.675"."""
    text = f"{ratio // WHOLE}.{ratio % WHOLE:04d}"
    return text[:-2] + text[-2:].rstrip("0")


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two non-negative integers rounded half-up, the rounding of every settlement step (SYS-10)."""
    return (2 * numerator + denominator) // (2 * denominator)


def part_of(amount: Fen, ratio: Ratio) -> Fen:
    """`ratio` of a non-negative amount, half-up to the fen."""
    return (2 * amount * ratio + WHOLE) // (2 * WHOLE)
