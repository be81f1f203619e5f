"""Administrative division codes (GB/T 2260): names of places, and the county codes that ID numbers may open with."""

import json
import re
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Any

_BETWEEN = re.compile(r"[\s·•‧・/\\,，、>-]+")
"""What people put between a province and its city."""
_ENDINGS = ("", "市", "省")
_PROVINCE, _CITY = 2, 4
"""Digits of a code that say the province, and the city within it."""
_PEOPLES = (
    "土家族|苗族|藏族|羌族|彝族|布依族|侗族|哈尼族|壮族|傣族|白族|景颇族|傈僳族|回族|蒙古族|蒙古|哈萨克|柯尔克孜|朝鲜族"
)
_LONG = re.compile(
    rf"(?:{_PEOPLES})+自治州$|(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市盟]$|地区$|新区$|(?<=..)[区县]$"
)
"""What the short form of a name leaves out."""


def _forms(name: str) -> tuple[str, ...]:
    """A name and its short forms."""
    short = _LONG.sub("", name)
    return (name, short, f"{short}州") if name.endswith("自治州") else (name, short)


def _is_next(code: str, around: str) -> bool:
    """Whether a place stands right below: a province below nothing, a city below a province, a county below a city."""
    digits = len(around) + 2
    return code[digits:] == "0" * (len(code) - digits) and code[len(around) : digits] != "00"


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

    def meant(self, text: str) -> tuple[str, ...]:
        """The codes of the places that a text means, as people write them: a name or its short form, alone or behind
        those of the places around it (湖南省株洲市, 广东深圳, 湖南省 · 株洲市). A city goes before a county."""
        plain = _BETWEEN.sub("", text)
        found = next(filter(None, (self.codes(plain + ending) for ending in _ENDINGS)), ())
        return found or self._within("", plain)

    def _within(self, around: str, text: str) -> tuple[str, ...]:
        """The places of which a text speaks behind the name of a province ("43"), a city ("4302") or nothing ("")."""
        level = [code for code in self._names if code.startswith(around) and _is_next(code, around)]
        for code in level:
            if text in _forms(self.name(code)):
                return (code,)
        found = {
            inner: None
            for code in level
            for name in _forms(self.name(code))
            if len(around) < _CITY and text.startswith(name)
            for inner in self._within(code[: len(around) + 2], text.removeprefix(name))
        }
        if not found and len(around) == _PROVINCE:  # a county without its city, or the city that is its own province
            inside = (code for code in self._names if code.startswith(around) and code[_PROVINCE:] != "0000")
            whole = f"{around}0000"
            own = [whole] if text in _forms(self.name(whole)) else []
            found = dict.fromkeys(own or [code for code in inside if text in _forms(self.name(code))])
        return tuple(found)

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
