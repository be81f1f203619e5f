"""Two places, or one place on two days, side by side: every value of their rule books by key and condition."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import NamedTuple, TypeAlias

from famgui.domain.money import Fen
from famgui.domain.rule import KEYS, Row
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_cited import NOTHING_ODD, Citations, Cited
from famgui.usecase.policy_links import Ruling, chain_of
from famgui.usecase.policy_reading import NOTHING_SAID, Reading, Shelf

Condition: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
_HIDDEN = ("step.", "reason")
"""Keys that only lead to a clause: their values are the same everywhere."""
_CLOSED: Mapping[str, tuple[str, ...]] = {
    "benefit": ("outpatient", "chronic", "two-disease", "pharmacy", "inpatient"),
    "insurance": ("employee", "resident"),
    "status": ("active", "retired"),
    "level": ("community", "primary", "secondary", "tertiary"),
    "facility": ("hospital", "pharmacy", "other"),
    "contracted": ("no", "yes"),
    "account": ("yes", "no"),
}
"""Dimensions of which every word is known."""
_OTHERWISE = ""
"""Any word of an open dimension that no value names."""


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared: the rules of a place on a day."""

    place: str
    day: date


@dataclass(frozen=True, slots=True)
class Difference:
    """What one key comes to on both sides under a condition; None where a side has no value, and what is to be read
    there instead; `cited` is what is odd about a value. `ages` and `above` as in `Row`."""

    key: str
    condition: Condition
    ages: tuple[int, int] | None
    above: Fen | None
    a: Ruling | None
    b: Ruling | None
    read_a: Reading = NOTHING_SAID
    read_b: Reading = NOTHING_SAID
    cited_a: Cited = NOTHING_ODD
    cited_b: Cited = NOTHING_ODD

    @property
    def alike_but_marked(self) -> bool:
        """Whether the same is computed, and yet only one side's clause is in force on its day."""
        return self.same and (self.cited_a.out is None) != (self.cited_b.out is None)

    @property
    def lent(self) -> bool:
        """Whether only one side has a rule of its own."""
        return bool(self.cited_a.lent_by) != bool(self.cited_b.lent_by)

    @property
    def same(self) -> bool:
        """Whether both sides come to the same."""
        alike = self.a is not None and self.b is not None and self.a.row.value == self.b.row.value
        return alike and not self.lent


def differences(library: Library, a: Side, b: Side) -> tuple[Difference, ...]:
    """Every value that either side has, in the order of the keys. Values that both have, but for different conditions,
    are told apart as far as the finer of the two goes."""
    left, right = _layers(library, a), _layers(library, b)
    found: list[Difference] = []
    for key in KEYS:
        if not key.startswith(_HIDDEN):
            found += _of_key(key, _only(left, key), _only(right, key))
    shelves = Shelf(library, a.place, a.day), Shelf(library, b.place, b.day)
    cited = _Cites(library, a), _Cites(library, b)
    return tuple(
        replace(_with_readings(one, *shelves), cited_a=cited[0].of(one.a), cited_b=cited[1].of(one.b)) for one in found
    )


class _Cites:
    """What is odd about the values of one side."""

    def __init__(self, library: Library, side: Side) -> None:
        self._chain = chain_of(library, side.place)
        self._citations = Citations(library, side.day)

    def of(self, ruling: Ruling | None) -> Cited:
        return NOTHING_ODD if ruling is None else self._citations.of(ruling.row, self._chain)


class Turn(NamedTuple):
    """A clause that began on a day between two days, or whose last day that was."""

    day: date
    begins: bool
    clause: Clause


def turns(library: Library, place: str, one: date, other: date) -> tuple[Turn, ...]:
    """The clauses that began or ended between two days: the place's own, its province's, the nation's, each by day."""
    first, last = min(one, other), max(one, other)
    chain = chain_of(library, place)
    found: list[Turn] = []
    for clause in library.clauses.values():
        if clause.place not in chain:
            continue
        if clause.first is not None and first < clause.first <= last:
            found.append(Turn(clause.first, True, clause))
        if clause.last is not None and first <= clause.last < last:
            found.append(Turn(clause.last, False, clause))
    return tuple(sorted(found, key=lambda turn: (chain.index(turn.clause.place), turn.day, turn.clause.id)))


def _with_readings(one: Difference, a: Shelf, b: Shelf) -> Difference:
    """The difference with what is to be read where a side has no value; a band that a side does not know is no gap."""
    if one.above is not None:
        return one
    asked = (one.key, dict(one.condition))
    return replace(
        one,
        read_a=NOTHING_SAID if one.a is not None else a.reading(*asked),
        read_b=NOTHING_SAID if one.b is not None else b.reading(*asked),
    )


_Layer: TypeAlias = tuple[str, tuple[Row, ...]]


def _layers(library: Library, side: Side) -> tuple[_Layer, ...]:
    """The values in force, nearest place first."""
    return tuple(
        (place, tuple(row for row in library.rows(place) if row.in_force(side.day)))
        for place in chain_of(library, side.place)
    )


def _only(layers: Sequence[_Layer], key: str) -> tuple[_Layer, ...]:
    kept = ((place, tuple(row for row in rows if row.key == key)) for place, rows in layers)
    return tuple((place, rows) for place, rows in kept if rows)


def _of_key(key: str, left: Sequence[_Layer], right: Sequence[_Layer]) -> Iterator[Difference]:
    rows = [row for _, held in (*left, *right) for row in held]
    for above in sorted({row.above for row in rows}, key=lambda above: -1 if above is None else above):
        pairs: dict[tuple[int, int], _Pair] = {}
        for facts, age in _questions(rows):
            a, b = _find(left, facts, age, above), _find(right, facts, age, above)
            if a is not None or b is not None:
                pair = pairs.setdefault((id(a and a.row), id(b and b.row)), _Pair(a, b))
                pair.add(facts)
        yield from sorted((pair.as_difference(key, above) for pair in pairs.values()), key=_by_condition)


def _questions(rows: Sequence[Row]) -> Iterator[tuple[dict[str, str], int | None]]:
    """Every case that the values tell apart: a word for each dimension, and an age where some value has ages."""
    dimensions = list(dict.fromkeys(dimension for row in rows for dimension, _ in row.when))
    choices = [_words(rows, dimension) for dimension in dimensions]
    edges = sorted({edge for row in rows if row.ages is not None for edge in row.ages})
    ages: list[int | None] = [0, *edges[:-1]] if edges else [None]
    for words in product(*choices):
        facts = {dimension: word for dimension, word in zip(dimensions, words, strict=True) if word != _OTHERWISE}
        for age in dict.fromkeys(ages):
            yield facts, age


def _words(rows: Iterable[Row], dimension: str) -> tuple[str, ...]:
    named: dict[str, None] = {}
    everywhere = False
    for row in rows:
        words = dict(row.when).get(dimension)
        everywhere = everywhere or words is None
        named |= dict.fromkeys(words or ())
    if dimension in _CLOSED:
        return tuple(word for word in _CLOSED[dimension] if everywhere or word in named)
    return (*sorted(named), _OTHERWISE) if everywhere else tuple(sorted(named))


def _find(layers: Sequence[_Layer], facts: Mapping[str, str], age: int | None, above: Fen | None) -> Ruling | None:
    """What the rule book finds; a band is looked for only where the nearest ratio is."""
    for place, rows in layers:
        held = [row for row in rows if row.holds(facts, age)]
        wanted = [row for row in held if row.above == above]
        if wanted:
            return Ruling(place, max(wanted, key=lambda row: (row.conditions, row.first or date.min)))
        if held and above is not None:
            return None
    return None


class _Pair:
    """The two values that meet, and the words under which they do."""

    def __init__(self, a: Ruling | None, b: Ruling | None) -> None:
        self.a, self.b = a, b
        self._words: dict[str, dict[str, None]] = {}

    def add(self, facts: Mapping[str, str]) -> None:
        """They meet for these facts."""
        for dimension, word in facts.items():
            self._words.setdefault(dimension, {})[word] = None

    def as_difference(self, key: str, above: Fen | None) -> Difference:
        """The difference, its condition told in the dimensions that either value has."""
        rows = [side.row for side in (self.a, self.b) if side is not None]
        named = dict.fromkeys(dimension for row in rows for dimension, _ in row.when)
        told = ((dimension, tuple(self._words[dimension])) for dimension in named)
        condition = tuple((dimension, words) for dimension, words in told if not _all(dimension, words))
        ages = [row.ages for row in rows if row.ages is not None]
        met = (max(low for low, _ in ages), min(high for _, high in ages)) if ages else None
        return Difference(key, condition, met, above, self.a, self.b)


def _all(dimension: str, words: Sequence[str]) -> bool:
    return set(words) == set(_CLOSED.get(dimension, ()))


def _by_condition(one: Difference) -> tuple[int, tuple[tuple[int, ...], ...], tuple[int, int]]:
    order = {word: place for words in _CLOSED.values() for place, word in enumerate(words)}
    places = tuple(tuple(order.get(word, len(order)) for word in words) for _, words in one.condition)
    return len(one.condition), places, one.ages or (0, 0)
