"""Faults as they are told: what several checks find wrong with one value is said once, in the plainest words."""

from collections.abc import Iterable

from famgui.base.toml_source import Fault, Path

_OF_ONE_VALUE = (
    "want-",
    "hidden-character",
    "empty-text",
    "address-",
    "disguised-address",
    "place",
    "choice",
    "not-a-date",
    "not-in-form",
)
"""Ways to say that one value is not right, the plainest first."""


def told_once(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without those that say of a value less plainly what another says of it, too."""
    found = list(dict.fromkeys(faults))
    plainest: dict[Path, int] = {}
    for fault in found:
        rank = _rank(fault)
        plainest[fault.path] = min(rank, plainest.get(fault.path, rank))
    return [fault for fault in found if _rank(fault) in (plainest[fault.path], len(_OF_ONE_VALUE))]


def _rank(fault: Fault) -> int:
    ranks = (rank for rank, code in enumerate(_OF_ONE_VALUE) if fault.code.startswith(code))
    return next(ranks, len(_OF_ONE_VALUE))
