"""The policy library: every pack at hand, the rule book of a place, the clauses behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from famgui.domain.person import province
from famgui.domain.rule import Row
from famgui.domain.rulebook import RuleBook
from famgui.policy.compiled import PackFault, compiled
from famgui.policy.pack import Clause, Unconfirmed, clause_from, row_from, unconfirmed_from

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
        self.cache = cache
        """Where the compiled packs, and what is built from them, are kept."""
        self._compiled = compiled(folders, cache)
        self._packs = {pack["place"]: pack for pack in self._compiled.packs}
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._books: dict[str, RuleBook] = {}

    @property
    def faults(self) -> tuple[PackFault, ...]:
        """What is wrong with packs that could not be taken."""
        return self._compiled.faults

    @property
    def stamp(self) -> str:
        """Changes when any pack file does: what is built from the packs is stale when it was built under another."""
        return self._compiled.stamp

    @cached_property
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

    @property
    def heads(self) -> tuple[dict[str, Any], ...]:
        """Every pack's head as plain data, in order, also of one whose place a later one takes: `file`, `place`,
        `kept`, `name`, `version`, `checked_on`."""
        return self._compiled.packs

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Every pack in full as plain data: its head with `value`, `clause`, `unconfirmed`."""
        found = self._compiled
        none: dict[str, Any] = {"clause": [], "unconfirmed": []}
        return [none | pack | {"value": found.values(pack)} | found.texts(pack) for pack in found.packs]

    def pack(self, place: str) -> PackInfo | None:
        """The pack in use of one place, None where it has none."""
        return self._infos.get(place)

    @cached_property
    def _infos(self) -> dict[str, PackInfo]:
        return {pack.place: pack for pack in self.packs}

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

    def rows(self, place: str) -> tuple[Row, ...]:
        """The dated values of one place's own pack, none where it has no pack."""
        return self._rows_of(place) if place in self._packs else ()

    def _rows_of(self, place: str) -> tuple[Row, ...]:
        if place not in self._rows:
            self._rows[place] = tuple(row_from(value, weak=value["weak"]) for value in self._values_of(place))
        return self._rows[place]

    def _values_of(self, place: str) -> list[dict[str, Any]]:
        return self._compiled.values(self._packs[place])

    def used_by(self, clause: str) -> tuple[tuple[str, str], ...]:
        """The values that name a clause, first or beside another: pack place and key, each pair once."""
        return self._uses.get(clause, ())

    @cached_property
    def _uses(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, dict[tuple[str, str], None]] = {}
        for place in sorted(self._packs):
            for value in self._values_of(place):
                for clause in (value["clause"], *value.get("beside", ())):
                    found.setdefault(clause, {})[place, value["key"]] = None
        return {clause: tuple(pairs) for clause, pairs in found.items()}

    def contradicting(self, clause: str) -> tuple[str, ...]:
        """The clauses that contradict one, whichever of the two says so: first those it names itself."""
        return self._contradictions.get(clause, ())

    @cached_property
    def _contradictions(self) -> dict[str, tuple[str, ...]]:
        known = self.clauses
        found = {
            id_: dict.fromkeys(other for other in clause.conflicts if other in known) for id_, clause in known.items()
        }
        for id_, clause in known.items():
            for other in clause.conflicts:
                if other in known:
                    found[other].setdefault(id_)
        return {clause: tuple(others) for clause, others in found.items() if others}

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by id."""
        return {
            clause["id"]: clause_from(clause, place)
            for place, texts in self._texts
            for clause in texts.get("clause", ())
        }

    def file_of(self, clause: str) -> str:
        """The file of the pack that a clause comes from, "" where none has it."""
        return self._files.get(clause, "")

    @cached_property
    def _files(self) -> dict[str, str]:
        files = [pack["file"] for pack in self._in_order]
        pairs = zip(files, self._texts, strict=True)
        return {clause["id"]: file for file, (_, texts) in pairs for clause in texts.get("clause", ())}

    @cached_property
    def unconfirmed(self) -> tuple[Unconfirmed, ...]:
        """What could not be confirmed, by place."""
        found = [unconfirmed_from(gap, place) for place, texts in self._texts for gap in texts.get("unconfirmed", ())]
        return tuple(sorted(found, key=lambda gap: gap.place))

    @cached_property
    def _texts(self) -> list[tuple[str, dict[str, Any]]]:
        """What every pack says in words, by place: of a pack whose place another took, too, for others rest on it."""
        return [(pack["place"], self._compiled.texts(pack)) for pack in self._in_order]

    @cached_property
    def _in_order(self) -> list[dict[str, Any]]:
        return sorted(self._compiled.packs, key=lambda pack: str(pack["place"]))
