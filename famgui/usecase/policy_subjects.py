"""What all places can be compared in: subjects, their columns, and the keys that each column asks for."""

from collections.abc import Mapping
from dataclasses import dataclass

from famgui.usecase.policy_matter import Matter

LEVELS = ("community", "primary", "secondary", "tertiary")


@dataclass(frozen=True, slots=True)
class Ask:
    """One column: the keys asked for (under `facts`, once for every level with `by_level`), and the matter whose
    clauses stand beside or, where no value is known, instead. `in_words`: the clause behind the values is told in its
    words, not the values."""

    name: str
    keys: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    by_level: bool = False
    matter: Matter | None = None
    in_words: bool = False


_WORKING = (("status", "active"),)
_RETIRED = (("status", "retired"),)
_DEDUCTIBLES = ("pool.deductible.visit", "pool.deductible.month", "pool.deductible.level-year", "pool.deductible.year")
_CAPS = ("pool.cap.year", "pool.cap.visit", "pool.cap.cost")
SUBJECTS: Mapping[str, tuple[Ask, ...]] = {
    "overview": (
        Ask("relations", ("binding.relations",), matter="relations"),
        Ask("at-once", ("binding.at-once",), matter="limit"),
        Ask("threshold", ("account.keep", "account.prior-years-only"), matter="threshold"),
        Ask("order", ("account.order",), matter="order"),
        Ask("deductible", _DEDUCTIBLES, _WORKING, by_level=True, matter="deductible"),
        Ask("working", ("pool.ratio",), _WORKING, by_level=True, matter="working"),
        Ask("retired", ("pool.ratio",), _RETIRED, by_level=True, matter="retired"),
        Ask("cap", _CAPS, _WORKING, by_level=True, matter="cap"),
        Ask("channel", ("platform.bind",), matter="channel"),
    ),
    "relations": (
        Ask("relations", ("binding.relations",), matter="relations"),
        Ask("proof", ("binding.proof",)),
    ),
    "limits": (
        Ask("at-once", ("binding.at-once",), matter="limit"),
        Ask("lifetime", ("binding.lifetime",), matter="lifetime"),
        Ask("rebinding-counts", ("binding.rebinding-counts",), matter="rebinding"),
        Ask("authorizers", ("binding.authorizers",), matter="authorizers"),
        Ask("changes", ("binding.changes-per-year",), matter="changes"),
        Ask("minimum-months", ("binding.minimum-months",), matter="months"),
        Ask("effective", ("binding.effective",), matter="effective"),
    ),
    "order": (
        Ask("order", ("account.order",), matter="order"),
        Ask("own-first", ("account.own-first",)),
        Ask("stops", ("account.stops-at-zero",)),
    ),
    "threshold": (
        Ask("prior-years", ("account.prior-years-only",), matter="threshold"),
        Ask("keep", ("account.keep",)),
        Ask("payment-ratio", ("account.payment-ratio",), matter="payment"),
    ),
    "deductible": (
        Ask("said", _DEDUCTIBLES, _WORKING, by_level=True, matter="deductible", in_words=True),
        *(Ask(level, _DEDUCTIBLES, (*_WORKING, ("level", level))) for level in LEVELS),
        Ask("retired-all", _DEDUCTIBLES, _RETIRED, by_level=True),
    ),
    "working": (
        Ask("said", ("pool.ratio",), _WORKING, by_level=True, matter="working", in_words=True),
        *(Ask(level, ("pool.ratio",), (*_WORKING, ("level", level))) for level in LEVELS),
    ),
    "retired": (
        Ask("said", ("pool.ratio",), _RETIRED, by_level=True, matter="retired", in_words=True),
        *(Ask(level, ("pool.ratio",), (*_RETIRED, ("level", level))) for level in LEVELS),
    ),
    "cap": (
        Ask("said", _CAPS, _WORKING, by_level=True, matter="cap", in_words=True),
        Ask("cap", _CAPS, _WORKING, by_level=True),
        Ask("cap-retired", _CAPS, _RETIRED, by_level=True),
    ),
    "channel": (
        Ask("channel", ("platform.bind",), matter="channel"),
        Ask("platform-unbind", ("platform.unbind",), matter="unbind"),
    ),
}
"""What the matrix can be asked, and its columns. The pooled fund is that of an employee's ordinary outpatient visit."""
