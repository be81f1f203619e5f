"""The synonyms file: which words mean the same, lead to others, are read as others, or say nothing."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from famgui.policy.spelling import folded, syllables

Group: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Wordbook:
    """A synonyms file, folded: groups that mean the same, one-way leads, English, and words that say nothing;
    `light` words count less beside others, `only` ones are no more than what they lead to; a `company` is a lead that
    holds beside other words only (said, beside, meant); `written` is read as another word wherever it is typed;
    `places` are nicknames with the names of their places; `sounds` are syllables apart by blanks, by word, filled in
    when an index is built."""

    groups: tuple[Group, ...] = ()
    leads: tuple[tuple[Group, Group], ...] = ()
    english: Mapping[str, Group] | None = None
    light: Group = ()
    company: tuple[tuple[Group, Group, Group], ...] = ()
    kin: Group = ()
    exact: Group = ()
    only: Group = ()
    empty: Group = ()
    empty_english: Group = ()
    written: Mapping[str, str] | None = None
    places: Mapping[str, str] | None = None
    sounds: Mapping[str, str] | None = None

    def words(self) -> dict[str, None]:
        """Every Chinese word of it, and every other that stands in a group."""
        said = (word for group in self.groups for word in group)
        led = (word for lead in self.leads for part in lead for word in part)
        meant = (word for words in (self.english or {}).values() for word in words)
        beside = (
            word for said, _, meant in self.company for word in (*(one for one in said if one in self.only), *meant)
        )
        return dict.fromkeys((*said, *led, *meant, *beside))

    def spoken(self) -> "Wordbook":
        """The same with all its sounds. Slow."""
        words = (*self.words(), *self.empty)
        return replace(self, sounds={word: " ".join(syllables(word)) for word in words if not word.isascii()})

    def without(self, words: Collection[str]) -> "Wordbook":
        """The same, these words left out wherever they stand on the side that people type."""
        groups = tuple(tuple(word for word in group if word not in words) for group in self.groups)
        leads = tuple((tuple(word for word in said if word not in words), meant) for said, meant in self.leads)
        company = tuple(
            (tuple(word for word in said if word not in words), beside, meant) for said, beside, meant in self.company
        )
        return replace(self, groups=groups, leads=leads, company=company)


def wordbook(path: Path) -> Wordbook:
    """The synonyms file at a path, its sounds left open."""
    with path.open("rb") as stream:
        data: dict[str, Any] = tomllib.load(stream)
    groups = tuple(_folded(group["words"]) for group in data["group"])
    leads = [(_said(lead, groups), lead) for lead in data["lead"]]
    return Wordbook(
        groups=groups,
        leads=tuple((said, _folded(lead["meant"])) for said, lead in leads if "beside" not in lead),
        company=tuple(
            (said, _all_like(lead["beside"], groups), _folded(lead["meant"]))
            for said, lead in leads
            if "beside" in lead
        ),
        only=_folded(word for said, lead in leads if lead.get("only") for word in said),
        light=_folded(word for group in data["group"] if group.get("light") for word in group["words"])
        + _folded(word for lead in data["lead"] if lead.get("light") for word in lead["said"]),
        kin=_flagged(data, "kin"),
        exact=_flagged(data, "exact"),
        english={folded(said): _folded(meant) for said, meant in data["english"].items()},
        written={folded(typed): folded(read) for typed, read in data["written"].items()},
        places={folded(nickname): folded(name) for nickname, name in data["places"].items()},
        empty=_folded(data["empty"]["zh"].split()),
        empty_english=_folded(data["empty"]["en"].split()),
    )


def _said(lead: Mapping[str, Any], groups: Iterable[Group]) -> Group:
    """The words of a lead that people type: those it names, and all wordings of those it has under `like`."""
    return _folded((*lead.get("said", ()), *_all_like(lead.get("like", ()), groups)))


def _all_like(words: Iterable[str], groups: Iterable[Group]) -> Group:
    """Words with every other wording of the groups that open with one of them."""
    opening = _folded(words)
    return _folded((*opening, *(word for group in groups if group[0] in opening for word in group)))


def _flagged(data: Mapping[str, Any], flag: str) -> Group:
    return _folded(word for group in data["group"] if group.get(flag) for word in group["words"])


def _folded(words: Iterable[str]) -> Group:
    return tuple(dict.fromkeys(map(folded, words)))
