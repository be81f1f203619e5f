"""How receipts name their fields, and what their codes mean: the table `resources/codes/receipt.toml`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from famgui.base.paths import resources
from famgui.base.wording import Language

_BLANK = re.compile(r"[（(][^（()）]*[)）]|[\s:：*]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A field or a fact: its name in the code, what people call it, how else it is written, and its codes' meaning."""

    name: str
    zh: str
    en: str
    spellings: tuple[str, ...]
    codes: Mapping[str, str]
    unsure: frozenset[str]
    none: frozenset[str]

    def label(self, language: Language) -> str:
        """What people call it."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Names:
    """Every field and fact, and the way back from a spelling; `funds` are the fields behind the funds' types, `clauses`
    those behind each identity and reading."""

    fields: Mapping[str, Named]
    facts: Mapping[str, Named]
    funds: Mapping[str, str]
    clauses: Mapping[str, str]
    by_spelling: Mapping[str, str]
    facts_by_spelling: Mapping[str, tuple[str, ...]]

    def field(self, written: str) -> str | None:
        """The field that is written so, None for anything else."""
        return self.by_spelling.get(plain(written))

    def facts_of(self, written: str) -> tuple[str, ...]:
        """The facts that may stand under this name."""
        return self.facts_by_spelling.get(plain(written), ())

    def known(self, written: str) -> bool:
        """Whether the name is one of a field or of a fact."""
        return bool(self.field(written) or self.facts_of(written))

    def label(self, name: str, language: Language) -> str:
        """What people call a field or fact; the name itself where nobody has another."""
        found = self.fields.get(name) or self.facts.get(name)
        return found.label(language) if found else name


def plain(written: str) -> str:
    """A name without what does not matter: case, spaces, colons, what stands in brackets."""
    return _BLANK.sub("", written).lower()


@cache
def names() -> Names:
    """The table that comes with the program."""
    table = tomllib.loads((resources() / "codes" / "receipt.toml").read_text("utf-8"))
    fields = {entry["name"]: _named(entry) for entry in table["field"]}
    facts = {entry["name"]: _named(entry) for entry in table["fact"]}
    by_spelling = {plain(text): name for name, named in fields.items() for text in _written(named)}
    by_fact: dict[str, tuple[str, ...]] = {}
    for name, named in facts.items():
        for text in _written(named):
            by_fact[plain(text)] = (*by_fact.get(plain(text), ()), name)
    return Names(fields, facts, table["fund"], table["clause"], by_spelling, by_fact)


def _written(named: Named) -> tuple[str, ...]:
    return tuple(dict.fromkeys((named.name, named.zh, *named.spellings)))


def _named(entry: Mapping[str, Any]) -> Named:
    codes = {**entry.get("codes", {}), **entry.get("words", {})}
    return Named(
        entry["name"],
        entry["zh"],
        entry["en"],
        tuple(entry["spellings"]),
        codes,
        frozenset(entry.get("unsure", ())),
        frozenset(entry.get("none", ())),
    )
