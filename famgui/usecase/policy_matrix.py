"""All places for one subject: what each one's rules come to, on which clause, and what else is said there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from famgui.domain.money import Fen
from famgui.domain.rule import Circumstances, Row, Value
from famgui.domain.rulebook import RuleBook, Rules
from famgui.policy.library import Library
from famgui.policy.pack import Clause
from famgui.usecase.policy_cell import Case, Cell, Found, PlaceRow
from famgui.usecase.policy_cited import NOTHING_ODD, Citations, Cited
from famgui.usecase.policy_links import chain_of, in_force
from famgui.usecase.policy_matter import Matter, by_trust, matters_of
from famgui.usecase.policy_subjects import LEVELS, SUBJECTS, Ask

_RATIO = "pool.ratio"
_SPECIAL = {"grade": "", "contracted": "no", "account": "yes", "tier": ""}
"""Dimensions that make a special case, each with the word of the ordinary one."""
_ORDINARY: Mapping[str, str] = MappingProxyType({})
_KEEP, _PRIOR = "account.keep", "account.prior-years-only"
"""Keys that say something only where their value is neither 0 nor no."""


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
    found = _telling([answer for key in ask.keys for answer in _answers(chain, key, ask, edges[:1])])
    used = {id for answer in found for id in (answer.value.clause, *answer.value.beside)}
    about = [clause for clause, matters in said if ask.matter in matters and clause.id not in used]
    about.sort(key=by_trust)
    inherited = bool(found) and all(answer.place != place for answer in found)
    behind = _behind(at, ask, found) if ask.in_words else None
    if about and (not found or (ask.in_words and behind is None)):
        return Cell((), about[0], tuple(about[1:]))
    if behind is not None:
        first = sorted(found, key=lambda one: one.value.clause != behind.id)
        return Cell(tuple(first), behind, tuple(about), inherited)
    cited = _cited(at, codes, found)
    tiers, cases = _tiers(at, codes, ask, found, edges[:1]), _cases(at, codes, ask, found, edges[:1])
    cell = Cell(found, None, (), inherited, _bands(chain, ask, edges), cited, tiers, cases)
    used |= {*cell.behind}
    return replace(cell, others=tuple(one for one in dict.fromkeys((*about, *cited.then)) if one.id not in used))


def _behind(at: _At, ask: Ask, found: Sequence[Found]) -> Clause | None:
    """The clause in force behind values that says most of the matter in words; None where no pack has one."""
    known = at.library.clauses
    named = (known[one.value.clause] for one in found if one.value.clause in known)
    standing = [clause for clause in dict.fromkeys(named) if in_force(clause, at.day)]
    return min(standing, key=lambda one: (ask.matter not in matters_of(one), *by_trust(one)), default=None)


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


def _tiers(
    at: _At, chain: Sequence[str], ask: Ask, found: Sequence[Found], ages: Sequence[int]
) -> tuple[tuple[Fen, tuple[Found, ...]], ...]:
    """The shares above some cost of the year, where any of them differs from the share below it."""
    if _RATIO not in ask.keys:
        return ()
    base = {one.level: one.value.value for one in found if one.key == _RATIO}
    tiers: dict[Fen, list[Found]] = {}
    for level, facts in _asked(ask):
        for above, one in _above(at, chain, level, facts, ages).items():
            tiers.setdefault(above, []).append(one)
    return tuple(
        (above, tuple(tiers[above]))
        for above in sorted(tiers)
        if any(one.value.value != base.get(one.level) for one in tiers[above])
    )


def _above(
    at: _At, chain: Sequence[str], level: str, facts: Mapping[str, str], ages: Sequence[int]
) -> dict[Fen, Found]:
    """The shares by the cost above which they hold, from the nearest place that has a share at all, as the rule book
    takes them; the most specific of each."""
    for place in chain:
        rows = [row for row in at.library.rows(place) if row.key == _RATIO and row.in_force(at.day)]
        held = [row for row in rows if row.holds(facts, ages[0] if ages else None)]
        held.sort(key=lambda row: (row.conditions, row.first or date.min))
        if held:
            return {
                row.above: Found(_RATIO, level, place, Value(row.value, row.clause, row.weak, (), row.beside))
                for row in held
                if row.above is not None
            }
    return {}


def _cases(
    at: _At, codes: Sequence[str], ask: Ask, found: Sequence[Found], ages: Sequence[int]
) -> tuple[tuple[Case, tuple[Found, ...]], ...]:
    """What is found in a special case that the rules of the place tell apart, where that differs."""
    rows = (row for place in codes for row in at.library.rows(place) if row.key in ask.keys and row.in_force(at.day))
    told = dict.fromkeys(
        (dimension, words)
        for row in rows
        for dimension, words in row.when
        if dimension in _SPECIAL and _SPECIAL[dimension] not in words
    )
    base = {(one.key, one.level): one.value.value for one in found}
    chain = [at.books[code] for code in codes]
    cases = []
    for dimension, words in told if found else ():
        answers = (one for key in ask.keys for one in _answers(chain, key, ask, ages, {dimension: words[0]}))
        differing = tuple(one for one in answers if base.get((one.key, one.level), one.value.value) != one.value.value)
        cases += [((dimension, words), differing)] if differing else []
    return tuple(cases)


def _telling(found: list[Found]) -> tuple[Found, ...]:
    """Without thresholds that do not hold where another does; where none does, what an account must keep speaks."""
    if not {_KEEP, _PRIOR} <= {one.key for one in found}:
        return tuple(found)
    holds = any(one.value.value for one in found)
    return tuple(one for one in found if (one.value.value if holds else one.key == _KEEP))


def _asked(ask: Ask) -> list[tuple[str, dict[str, str]]]:
    """The levels asked for, each with the circumstances of an employee's ordinary outpatient visit there."""
    given = dict(ask.facts)
    levels = LEVELS if ask.by_level else (given["level"],)
    return [(level, Circumstances("outpatient", "employee", given["status"], level).facts()) for level in levels]


def _answers(
    chain: Sequence[Rules], key: str, ask: Ask, ages: Sequence[int], case: Mapping[str, str] = _ORDINARY
) -> list[Found]:
    """What is found for a key, level by level; for somebody of the first of these ages, of any age without one; in a
    special case."""
    if not key.startswith("pool."):
        return [found for found in [_first(chain, key, "", {}, ())] if found is not None]
    asked = ((level, {**facts, **case}) for level, facts in _asked(ask))
    return [found for level, facts in asked for found in [_first(chain, key, level, facts, ages)] if found is not None]


def _first(chain: Sequence[Rules], key: str, level: str, facts: Mapping[str, str], ages: Sequence[int]) -> Found | None:
    """The value of the nearest place that has one."""
    for rules in chain:
        value = rules.find_aged(key, facts, ages[0]) if ages else rules.find(key, **facts)
        if value.clause:
            return Found(key, level, rules.place, value)
    return None
