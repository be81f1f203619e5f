"""Which matter a clause speaks of, finer than its topic: deductible, share, limit of a year, order, channel ..."""

import re
from dataclasses import dataclass
from re import Pattern
from typing import Literal, TypeAlias

from famgui.policy.pack import Clause

Matter: TypeAlias = Literal[
    "relations", "limit", "threshold", "order", "deductible", "working", "retired", "cap", "channel", "unbind"
]


@dataclass(frozen=True, slots=True)
class _Sign:
    """A clause of one of the topics is of the matter where its words hold `having` and not `lacking`."""

    topics: frozenset[str]
    having: Pattern[str] | None = None
    lacking: Pattern[str] | None = None


def _sign(topics: str, having: str = "", lacking: str = "") -> _Sign:
    return _Sign(
        frozenset(topics.split()), re.compile(having) if having else None, re.compile(lacking) if lacking else None
    )


_SIGNS: dict[Matter, _Sign] = {
    "relations": _sign("relation"),
    "limit": _sign("binding_limit limit"),
    "threshold": _sign("threshold"),
    "order": _sign("order"),
    "deductible": _sign("opd_employee", r"起付(?!以上|线以上)|自负段"),
    "working": _sign("opd_employee", r"%.*退休|^(?!.*退休).*(%|比例)|[0-9]/[0-9].*退休|在职.*%", r"限额为.*比例"),
    "retired": _sign("opd_employee", r"退休.*(%|百分点|加\s?[0-9]|\+|比例)", r"限额为.*比例"),
    "cap": _sign("opd_employee", r"限额|封顶|上限|最高(支付|付)|最多(支付|付)"),
    "channel": _sign("binding_path"),
    "unbind": _sign("unbind"),
}
MATTERS: tuple[Matter, ...] = tuple(_SIGNS)


def matters_of(clause: Clause) -> frozenset[Matter]:
    """The matters that a clause speaks of; none for one whose topic is not divided any further."""
    return frozenset(matter for matter, sign in _SIGNS.items() if _shows(clause, sign))


def _shows(clause: Clause, sign: _Sign) -> bool:
    if clause.topic not in sign.topics:
        return False
    said = f"{clause.statement} {clause.value}{clause.unit}".replace("％", "%")
    if sign.lacking is not None and sign.lacking.search(said):
        return False
    return sign.having is None or sign.having.search(said) is not None
