"""All places for one subject: what each one's rules come to, on which clause, and what else is said there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from famgui.domain.rule import Circumstances, Row, Value
from famgui.domain.rulebook import RuleBook, Rules
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_cited import NOTHING_ODD, Citations, Cited
from famgui.usecase.policy_links import chain_of, in_force
from famgui.usecase.policy_matter import Matter, by_trust, matters_of

LEVELS = ("community", "primary", "secondary", "tertiary")


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
    `others` are further clauses of the place on the matter, contrary ones among them; `bands` what is found instead
    from an age on; `cited` is what is odd about the values, first of all a clause that is not in force on the day."""

    found: tuple[Found, ...] = ()
    stated: Clause | None = None
    others: tuple[Clause, ...] = ()
    inherited: bool = False
    bands: tuple[tuple[int, tuple[Found, ...]], ...] = ()
    cited: Cited = NOTHING_ODD

    @property
    def empty(self) -> bool:
        """Whether nothing is known at all."""
        return not self.found and self.stated is None

    @property
    def clause(self) -> str:
        """The clause behind it, the first one where there are several."""
        return self.found[0].value.clause if self.found else self.stated.id if self.stated else ""

    @property
    def _all(self) -> tuple[Found, ...]:
        return (*self.found, *(found for _, band in self.bands for found in band))

    @property
    def behind(self) -> tuple[str, ...]:
        """The clauses behind its further figures."""
        return tuple(id for id in dict.fromkeys(found.value.clause for found in self._all) if id != self.clause)

    @property
    def weak(self) -> bool:
        """Whether any figure rests on an unconfirmed clause."""
        return any(found.value.weak for found in self._all) or (self.stated is not None and self.stated.grade in "DSK")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place and its cells, one for each column of the subject."""

    place: str
    cells: tuple[Cell, ...]

    @property
    def own(self) -> bool:
        """Whether the place says anything itself, beyond or against what it inherits."""
        return any(cell.others or not (cell.empty or cell.inherited) for cell in self.cells)


_WORKING = (("status", "active"),)
_RETIRED = (("status", "retired"),)
_DEDUCTIBLES = ("pool.deductible.visit", "pool.deductible.month", "pool.deductible.level-year", "pool.deductible.year")
_CAPS = ("pool.cap.year", "pool.cap.visit", "pool.cap.cost")
_THRESHOLDS = frozenset(("account.prior-years-only", "account.keep"))
"""Keys that say something only where their value is neither no nor 0."""

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
        Ask("said", matter="deductible"),
        *(Ask(level, _DEDUCTIBLES, (*_WORKING, ("level", level))) for level in LEVELS),
        Ask("retired-all", _DEDUCTIBLES, _RETIRED, by_level=True),
    ),
    "working": (
        Ask("said", matter="working"),
        *(Ask(level, ("pool.ratio",), (*_WORKING, ("level", level))) for level in LEVELS),
    ),
    "retired": (
        Ask("said", matter="retired"),
        *(Ask(level, ("pool.ratio",), (*_RETIRED, ("level", level))) for level in LEVELS),
    ),
    "cap": (
        Ask("said", matter="cap"),
        Ask("cap", _CAPS, _WORKING, by_level=True),
        Ask("cap-retired", _CAPS, _RETIRED, by_level=True),
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
    citations, books = Citations(library, day), dict[str, Rules]()
    for pack in library.packs:
        books[pack.place] = RuleBook(pack.place, [library.rows(pack.place)]).at(day)
    return tuple(
        PlaceRow(
            place, tuple(_cell(_At(library, books, place, day, citations), ask, said.get(place, ())) for ask in asks)
        )
        for place in places
    )


class _At(NamedTuple):
    """Where and when a cell is asked."""

    library: Library
    books: Mapping[str, Rules]
    place: str
    day: date
    citations: Citations


def _cell(at: _At, ask: Ask, said: Sequence[tuple[Clause, frozenset[Matter]]]) -> Cell:
    place, codes = at.place, chain_of(at.library, at.place)
    chain = [at.books[code] for code in codes]
    edges = _edges(at, codes, ask)
    found = _telling([answer for key in ask.keys for answer in _answers(chain, key, ask, edges[:1])], place)
    bands = _bands(chain, ask, edges)
    used = {id for answer in found for id in (answer.value.clause, *answer.value.beside)}
    about = [clause for clause, matters in said if ask.matter in matters and clause.id not in used]
    about.sort(key=by_trust)
    inherited = bool(found) and all(answer.place != place for answer in found)
    if not found and about:
        return Cell((), about[0], tuple(about[1:]))
    cited = _cited(at, codes, found)
    others = tuple(one for one in dict.fromkeys((*about, *cited.then)) if one.id not in used)
    return Cell(found, None, others, inherited, bands, cited)


def _cited(at: _At, chain: Sequence[str], found: Sequence[Found]) -> Cited:
    """What is odd about the first value that rests on a clause not in force, else about the first doubted one."""
    told = [at.citations.of(row, chain) for row in (_row_of(at, one) for one in found) if row is not None]
    odd = [one for one in told if one != NOTHING_ODD]
    return min(odd, key=lambda one: one.out is None, default=NOTHING_ODD)


def _row_of(at: _At, found: Found) -> Row | None:
    """The pack's row that a value comes from."""
    value = found.value
    return next(
        (
            row
            for row in at.library.rows(found.place)
            if (row.key, row.clause, row.beside, row.weak) == (found.key, value.clause, value.beside, value.weak)
            and row.value == value.value
            and row.in_force(at.day)
        ),
        None,
    )


def _edges(at: _At, chain: Sequence[str], ask: Ask) -> list[int]:
    """The ages at which a value of the column may change, 0 first; none where no value has ages."""
    rows = (row for place in chain for row in at.library.rows(place) if row.key in ask.keys and row.in_force(at.day))
    ages = {edge for row in rows if row.ages is not None for edge in row.ages}
    return sorted({0, *ages})[:-1] if ages else []


def _bands(chain: Sequence[Rules], ask: Ask, edges: Sequence[int]) -> tuple[tuple[int, tuple[Found, ...]], ...]:
    """What is found from an age on, key by key, where that differs from what is found before it."""
    bands: dict[int, list[Found]] = {}
    for key in ask.keys:
        before = _answers(chain, key, ask, edges[:1])
        for edge in edges[1:]:
            answers = _answers(chain, key, ask, (edge,))
            if answers and [one.value.value for one in answers] != [one.value.value for one in before]:
                bands.setdefault(edge, []).extend(answers)
            before = answers or before
    return tuple((age, tuple(bands[age])) for age in sorted(bands))


def _telling(found: list[Found], place: str) -> tuple[Found, ...]:
    """Without thresholds that do not hold where another does; the place's own values first where none does."""
    thresholds = [one for one in found if one.key in _THRESHOLDS]
    if any(one.value.value for one in thresholds):
        return tuple(one for one in found if one.key not in _THRESHOLDS or one.value.value)
    return tuple(sorted(found, key=lambda one: one.place != place) if thresholds else found)


def _answers(chain: Sequence[Rules], key: str, ask: Ask, ages: Sequence[int]) -> list[Found]:
    """What is found for a key, level by level; for somebody of the first of these ages, of any age without one."""
    if not key.startswith("pool."):
        return [found for found in [_first(chain, key, "", {}, ())] if found is not None]
    given = dict(ask.facts)
    levels = LEVELS if ask.by_level else (given["level"],)
    asked = [(level, Circumstances("outpatient", "employee", given["status"], level).facts()) for level in levels]
    return [found for level, facts in asked for found in [_first(chain, key, level, facts, ages)] if found is not None]


def _first(chain: Sequence[Rules], key: str, level: str, facts: Mapping[str, str], ages: Sequence[int]) -> Found | None:
    """The value of the nearest place that has one."""
    for rules in chain:
        value = rules.find_aged(key, facts, ages[0]) if ages else rules.find(key, **facts)
        if value.clause:
            return Found(key, level, rules.place, value)
    return None
