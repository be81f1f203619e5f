"""Names of places in a query: which place somebody asks about."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from famgui.policy.spelling import folded

_ENDINGS = ("特别行政区", "自治区", "自治州", "地区", "省", "市", "县", "盟")
_PEOPLES = re.compile(
    "(?:(?:朝鲜|土家|苗|侗|布依|藏|羌|彝|哈尼|壮|傣|景颇|白|傈僳|回|维吾尔)族|蒙古族?|哈萨克|柯尔克孜|维吾尔)+$"
)
NATION, _NOWHERE = "000000", "99"
_UNFINISHED = 6
"""Letters from which on the name of a place is guessed."""


def names_of_places(codes: Path, packs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names and short names of provinces and cities, folded, with their codes; `packs` are codes and names besides.

    A name that several places bear is the larger place's.
    """
    current: Mapping[str, str] = json.loads(codes.read_text("utf-8"))["current"]
    whole = [(code, name) for code, name in current.items() if code.endswith("00")]
    found: dict[str, str] = {}
    for code, name in sorted([*whole, *packs], key=lambda pair: (not pair[0].endswith("0000"), pair[0])):
        if code == NATION:
            continue
        for said in _said(folded(name)):
            found.setdefault(said, code)
    return found


def _said(name: str) -> Iterable[str]:
    yield name
    ending = next((ending for ending in _ENDINGS if name.endswith(ending)), "")
    short = name.removesuffix(ending)
    if len(short) > 1:
        yield short
    plain = _PEOPLES.sub("", short) if ending.startswith("自治") else short
    if len(plain) > 1:
        yield plain


class Places:
    """Codes of places by name, and names by how they sound (an English name sounds as it is written)."""

    def __init__(self, codes: Mapping[str, str], sounds: Mapping[str, str]) -> None:
        self._codes, self._sounds = codes, sounds
        self.longest = max(map(len, codes), default=0)

    def __contains__(self, name: object) -> bool:
        return name in self._codes

    def code(self, name: str) -> str:
        """The code of a place, "" where nothing is called so."""
        return self._codes.get(name, "")

    @cached_property
    def _in_order(self) -> list[str]:
        return sorted(self._sounds)

    def sounds(self, letters: str, *, unfinished: bool) -> bool:
        """Whether letters are how a place's name sounds, or `unfinished` the better part of it."""
        return letters in self._sounds or (unfinished and len(letters) >= _UNFINISHED and bool(self._going_on(letters)))

    def sounding(self, letters: str) -> str:
        """The name that sounds like these letters, or goes on after them; "" where none does."""
        return self._sounds.get(letters) or self._sounds.get(self._going_on(letters), "")

    def _going_on(self, letters: str) -> str:
        at = bisect_left(self._in_order, letters)
        found = self._in_order[at] if at < len(self._in_order) else ""
        return found if found.startswith(letters) else ""


def nowhere(place: str) -> bool:
    """Whether a code stands for an article that says of no place where it holds."""
    return place.startswith(_NOWHERE)


def chain(place: str) -> tuple[str, ...]:
    """A place, its city, its province and the nation, nearest first."""
    return tuple(dict.fromkeys((place, f"{place[:4]}00", f"{place[:2]}0000", NATION)))
