"""All places for one subject: what each one's rules come to, on which clause, and what else is said there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.domain.rule import Circumstances, Value
from famgui.domain.rulebook import RuleBook, Rules
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_links import chain_of, in_force
from famgui.usecase.policy_matter import Matter, matters_of

LEVELS = ("community", "primary", "secondary", "tertiary")
_GRADES = "ABCDSK"


@dataclass(frozen=True, slots=True)
class Ask:
    """One column: the keys asked for (under `facts`, once for every level with `by_level`), and the matter whose
    clauses stand beside or, where no value is known, instead."""

    name: str
    keys: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    by_level: bool = False
    matter: Matter | None = None


class Found(NamedTuple):
    """A value of a key at a level ("" where levels are not told apart), and the place whose pack has it."""

    key: str
    level: str
    place: str
    value: Value


@dataclass(frozen=True, slots=True)
class Cell:
    """What a place says in a matter: `found` by the rule book; `stated` the best clause where nothing was found;
    `others` are further clauses of the place on the matter, contrary ones among them."""

    found: tuple[Found, ...] = ()
    stated: Clause | None = None
    others: tuple[Clause, ...] = ()
    inherited: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is known at all."""
        return not self.found and self.stated is None

    @property
    def clause(self) -> str:
        """The clause behind it, the first one where there are several."""
        return self.found[0].value.clause if self.found else self.stated.id if self.stated else ""

    @property
    def weak(self) -> bool:
        """Whether any figure rests on an unconfirmed clause."""
        return any(found.value.weak for found in self.found) or (self.stated is not None and self.stated.grade in "DSK")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and its cells, one for each column of the subject."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def own(self) -> bool:
        """Whether the place says anything itself, beyond what it inherits."""
        return any(not cell.empty and not cell.inherited for cell in self.cells)


_WORKING = (("status", "active"),)
_RETIRED = (("status", "retired"),)
_DEDUCTIBLES = ("pool.deductible.visit", "pool.deductible.level-year", "pool.deductible.year", "pool.deductible.month")
_CAPS = ("pool.cap.year", "pool.cap.visit", "pool.cap.cost")

SUBJECTS: Mapping[str, tuple[Ask, ...]] = {
    "overview": (
        Ask("relations", ("binding.relations",), matter="relations"),
        Ask("at-once", ("binding.at-once",), matter="limit"),
        Ask("threshold", ("account.prior-years-only", "account.keep"), matter="threshold"),
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
        Ask("lifetime", ("binding.lifetime",)),
        Ask("rebinding-counts", ("binding.rebinding-counts",)),
        Ask("authorizers", ("binding.authorizers",)),
        Ask("changes", ("binding.changes-per-year",), matter="unbind"),
        Ask("minimum-months", ("binding.minimum-months",)),
        Ask("effective", ("binding.effective",)),
    ),
    "order": (
        Ask("order", ("account.order",), matter="order"),
        Ask("own-first", ("account.own-first",)),
        Ask("stops", ("account.stops-at-zero",)),
    ),
    "threshold": (
        Ask("prior-years", ("account.prior-years-only",), matter="threshold"),
        Ask("keep", ("account.keep",)),
        Ask("payment-ratio", ("account.payment-ratio",)),
    ),
    "deductible": (
        *(Ask(level, _DEDUCTIBLES, (*_WORKING, ("level", level))) for level in LEVELS),
        Ask("retired-all", _DEDUCTIBLES, _RETIRED, by_level=True),
        Ask("said", matter="deductible"),
    ),
    "working": (
        *(Ask(level, ("pool.ratio",), (*_WORKING, ("level", level))) for level in LEVELS),
        Ask("said", matter="working"),
    ),
    "retired": (
        *(Ask(level, ("pool.ratio",), (*_RETIRED, ("level", level))) for level in LEVELS),
        Ask("said", matter="retired"),
    ),
    "cap": (
        Ask("cap", _CAPS, _WORKING, by_level=True),
        Ask("cap-retired", _CAPS, _RETIRED, by_level=True),
        Ask("said", matter="cap"),
    ),
    "channel": (
        Ask("channel", ("platform.bind",), matter="channel"),
        Ask("platform-unbind", ("platform.unbind",), matter="unbind"),
    ),
}
"""What the matrix can be asked, and its columns. The pooled fund is that of an employee's ordinary outpatient visit."""


def matrix(library: Library, subject: str, day: date) -> tuple[PlaceRow, ...]:
    """Every place that has a pack or a clause, by its code. KeyError for an unknown subject."""
    asks = SUBJECTS[subject]
    said: dict[str, list[tuple[Clause, frozenset[Matter]]]] = {}
    for clause in library.clauses.values():
        if in_force(clause, day):
            said.setdefault(clause.place, []).append((clause, matters_of(clause)))
    places = sorted({pack.place for pack in library.packs} | set(said))
    books: dict[str, Rules] = {}
    for pack in library.packs:
        books[pack.place] = RuleBook(pack.place, [library.rows(pack.place)]).at(day)
    return tuple(
        PlaceRow(place, tuple(_cell(library, books, place, ask, said.get(place, ())) for ask in asks))
        for place in places
    )


def _cell(
    library: Library,
    books: Mapping[str, Rules],
    place: str,
    ask: Ask,
    said: Sequence[tuple[Clause, frozenset[Matter]]],
) -> Cell:
    chain = [books[code] for code in chain_of(library, place)]
    found = tuple(answer for key in ask.keys for answer in _answers(chain, key, ask))
    used = {id for answer in found for id in (answer.value.clause, *answer.value.beside)}
    about = [clause for clause, matters in said if ask.matter in matters and clause.id not in used]
    about.sort(key=lambda clause: (_GRADES.index(clause.grade), -(clause.first or date.min).toordinal(), clause.id))
    inherited = bool(found) and all(answer.place != place for answer in found)
    if not found and about:
        return Cell((), about[0], tuple(about[1:]))
    return Cell(found, None, tuple(about), inherited)


def _answers(chain: Sequence[Rules], key: str, ask: Ask) -> list[Found]:
    if not key.startswith("pool."):
        return [found for found in [_first(chain, key, "", {})] if found is not None]
    given = dict(ask.facts)
    levels = LEVELS if ask.by_level else (given["level"],)
    asked = [(level, Circumstances("outpatient", "employee", given["status"], level).facts()) for level in levels]
    return [found for level, facts in asked for found in [_first(chain, key, level, facts)] if found is not None]


def _first(chain: Sequence[Rules], key: str, level: str, facts: Mapping[str, str]) -> Found | None:
    """The value of the nearest place that has one."""
    for rules in chain:
        value = rules.find(key, **facts)
        if value.clause:
            return Found(key, level, rules.place, value)
    return None
