"""The trace of a settlement: each step names its inputs, its result and the clause it rests on."""

from typing import Literal, NamedTuple, TypeAlias

from famgui.domain.money import Fen

StepName: TypeAlias = Literal[
    "split",
    "used-stated",
    "base-categories",
    "base",
    "cap-cost",
    "deductible",
    "pool",
    "pool-band",
    "cap-visit",
    "cap",
    "receipt",
    "deductible-stated",
    "pool-stated",
    "cap-stated",
    "pool-no-rule",
    "pool-without",
    "pool-not-insured",
    "pool-not-designated",
    "pool-other-province",
    "person",
    "own",
    "shared",
    "cash",
]


NO_POOL_RULE: frozenset[StepName] = frozenset({"pool-no-rule", "pool-without"})
"""Steps that say that the library has no rule for such a visit, or none that a pharmacy's pool could be computed by."""


class Step(NamedTuple):
    """One line of the why. Inputs are (name, number) pairs: fen, except `ratio` in ten-thousandths.

    `account` is whose account a payment step is about; `weak` is true where the rule behind it is not confirmed;
    `beside` are further clauses that say the same.
    Kept as numbers: text is rendered only where it is shown.
    """

    name: StepName
    inputs: tuple[tuple[str, int], ...]
    value: Fen
    clause: str
    account: str = ""
    weak: bool = False
    beside: tuple[str, ...] = ()
