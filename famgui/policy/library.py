"""The policy library: every pack at hand, the rule book of a place, the clauses behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from famgui.domain.person import province
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.policy.compiled import PackFault, clauses_of, compiled
from famgui.policy.pack import Clause, clause_from, row_from

NATION = "000000"


class NoRuleBook(LookupError):
    """No pack speaks for a place, nor for its province."""


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack in use: where it speaks for, its version, and whether it stands in for a broken newer file."""

    place: str
    name_zh: str
    name_en: str
    version: str
    checked_on: str
    file: str
    kept: bool


class Library:
    """Packs from these folders, compiled into `cache` (None: kept in memory only)."""

    def __init__(self, folders: Sequence[Path], cache: Path | None) -> None:
        self._folders, self._cache = tuple(folders), cache
        self._compiled = compiled(folders, cache)
        self._packs = {pack["place"]: pack for pack in self._compiled.packs}
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._books: dict[str, RuleBook] = {}

    @property
    def faults(self) -> tuple[PackFault, ...]:
        """What is wrong with packs that could not be taken."""
        return self._compiled.faults

    @property
    def packs(self) -> tuple[PackInfo, ...]:
        """The packs in use, by place."""
        return tuple(
            PackInfo(
                place,
                pack["name"]["zh"],
                pack["name"]["en"],
                pack["version"],
                pack["checked_on"],
                pack["file"],
                pack["kept"],
            )
            for place, pack in sorted(self._packs.items())
        )

    def chain(self, place: str) -> tuple[str, ...]:
        """The packs that speak for a place, nearest first: its own, its province's, the nation's.

        Raises `NoRuleBook` when neither the exact code nor its province has one.
        """
        near = [code for code in dict.fromkeys((place, province(place))) if code in self._packs and code != NATION]
        if not near:
            raise NoRuleBook(place)
        return (*near, NATION) if NATION in self._packs else tuple(near)

    def book(self, place: str) -> RuleBook:
        """The rule book of a place. Raises `NoRuleBook`."""
        chain = self.chain(place)
        if place not in self._books:
            self._books[place] = RuleBook(place, [self._rows_of(code) for code in chain])
        return self._books[place]

    def _rows_of(self, place: str) -> tuple[Row, ...]:
        if place not in self._rows:
            self._rows[place] = tuple(row_from(value, weak=value["weak"]) for value in self._packs[place]["values"])
        return self._rows[place]

    def used_by(self, clause: str) -> tuple[tuple[str, str], ...]:
        """The values that name a clause, first or beside another: pack place and key, each pair once."""
        return self._uses.get(clause, ())

    @cached_property
    def _uses(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, dict[tuple[str, str], None]] = {}
        for place, pack in sorted(self._packs.items()):
            for value in pack["values"]:
                for clause in (value["clause"], *value.get("beside", ())):
                    found.setdefault(clause, {})[place, value["key"]] = None
        return {clause: tuple(pairs) for clause, pairs in found.items()}

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by id."""
        tables = self._compiled.clauses
        if tables is None:
            tables = clauses_of(self._folders, self._cache)
        return {clause["id"]: clause_from(clause, place) for place, found in sorted(tables.items()) for clause in found}
