"""Administrative division codes (GB/T 2260): names of places, and the county codes that ID numbers may open with."""

import json
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any


class Regions:
    """The code table in `resources/codes/regions.json`, read when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _table(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._path.read_text("utf-8"))
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._counties

    @property
    def current(self) -> Collection[str]:
        """The codes of the places of today, provinces, cities and counties."""
        return self._names.keys()

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = self._table["current"]
        return found

    @cached_property
    def _counties(self) -> frozenset[str]:
        current = self._names
        with_counties = {code[:4] for code in current if not code.endswith("00")}
        counties = {code for code in current if not code.endswith("0000") and self._opens(code, with_counties)}
        return frozenset(counties.union(*(line.split() for line in self._table["retired"])))

    @staticmethod
    def _opens(code: str, with_counties: set[str]) -> bool:
        """A county, or a city that has none (Dongguan, Zhongshan, Danzhou, Jiayuguan)."""
        return not code.endswith("00") or code[:4] not in with_counties

    def name(self, code: str) -> str:
        """The current name of a place, or the code itself where the table has none."""
        return self._names.get(code, code)

    def named(self, code: str, name: str) -> bool:
        """Whether a place may be called so: by its name, a short form of it (昌江县 for 昌江黎族自治县), or either of
        them behind the names of the places around it (湖南省湘潭市). True for a code that the table does not have."""
        official = self._names.get(code)
        if official is None:
            return True
        for around in (f"{code[:2]}0000", f"{code[:4]}00"):
            above = self.name(around)
            if around != code and name != above:
                name = name.removeprefix(above)
        if name == official:
            return True
        letters = iter(official)
        return len(name) > 1 and name[:2] == official[:2] and all(letter in letters for letter in name)

    def codes(self, name: str) -> tuple[str, ...]:
        """The codes of the places that are called so today."""
        return tuple(self._by_name.get(name, ()))

    @property
    def names(self) -> list[str]:
        """What places are called today, each name once, cities before their counties."""
        return list(self._by_name)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code, name in self._names.items():
            found.setdefault(name, []).append(code)
        return found
