"""The words people use for the same thing, findable as written, by sound, by initials and with a slip of the finger."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from famgui.policy.spelling import blurred
from famgui.policy.wordbook import Group, Wordbook

EXACT, SAME, LEAD, COMPANY = 0.95, 0.78, 0.6, 0.9
"""How near another name of the very same thing is, another wording of a word, one that it only leads to, and one that
it leads to beside others."""
SPOKEN, UNFINISHED, SLIP, SHORT = 0.95, 0.6, 0.8, 0.6
"""How near a word is that was typed by its sound, in part, with one character wrong, or shortened."""
_MOST_UNFINISHED = 8


class Wording(NamedTuple):
    """Something to look for: folded text, how near it is to what was typed (1 the same), by which way it was reached
    ("itself", "synonym", "lead", "sound", "initials", "unfinished", "typo", "short", "number", "english"), and the word
    that what was typed was taken for, where that is another."""

    text: str
    near: float
    way: str = "itself"
    through: str = ""


class Terms:
    """A wordbook to ask. Wordings that stand in no clause are left out where `live` names those that do."""

    def __init__(self, book: Wordbook, live: Collection[str] | None = None) -> None:
        self.english = book.english or {}
        self.empty = frozenset(book.empty)
        self.light = frozenset(book.light)
        self.kin = frozenset(book.kin)
        self._exact, self._only = frozenset(book.exact), frozenset(book.only)
        self._company = [(frozenset(said), frozenset(beside), meant) for said, beside, meant in book.company]
        self.empty_english = frozenset(book.empty_english)
        self._written = book.written or {}
        self._slips = re.compile("|".join(map(re.escape, sorted(self._written, key=len, reverse=True))) or "(?!)")
        self._live = None if live is None else frozenset(live)
        self._words = book.words()
        self._sounds = book.sounds or {}
        self.longest = max(map(len, self._words), default=0)
        self._groups: dict[str, list[Group]] = defaultdict(list)
        for group in book.groups:
            for word in group:
                self._groups[word].append(group)
        self._leads: dict[str, list[str]] = defaultdict(list)
        for said, meant in book.leads:
            for word in said:
                self._leads[word].extend(meant)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def plain(self, text: str) -> str:
        """A folded text, what is written otherwise written as the clauses write it."""
        return self._slips.sub(lambda found: self._written[found[0]], text)

    def around(self, word: str, near: float = 1.0, way: str = "") -> Iterator[Wording]:
        """A word and everything that means the same or that it leads to; `way` tells how it was reached."""
        through = word if way else ""
        if word in self._only:
            yield from (Wording(other, near * SAME, way or "lead", through) for other in self._leads.get(word, ()))
            return
        yield Wording(word, near, way or "itself")
        same = dict.fromkeys(other for group in self._groups.get(word, ()) for other in group if other != word)
        for other in same:
            if self._lives(other):
                alike = EXACT if word in self._exact and other in self._exact else SAME
                yield Wording(other, near * alike, way or "synonym", through)
        for other in self._leads.get(word, ()):
            if other not in same and self._lives(other):
                yield Wording(other, near * LEAD, way or "lead", through)

    def around_all(self, words: Iterable[str], near: float, way: str) -> tuple[Wording, ...]:
        """The wordings of several words, each wording once, at its nearest."""
        best: dict[str, Wording] = {}
        for word in words:
            for wording in self.around(word, near, way):
                if wording.text not in best or wording.near > best[wording.text].near:
                    best[wording.text] = wording
        return tuple(best.values())

    def beside(self, word: str, others: Collection[str]) -> tuple[Wording, ...]:
        """What a word leads to where it is asked for together with these others."""
        meant = (
            other
            for said, beside, found in self._company
            if word in said and any(one in beside for one in others)
            for other in found
        )
        return tuple(Wording(other, COMPANY, "lead") for other in meant if self._lives(other))

    def _lives(self, word: str) -> bool:
        return self._live is None or word in self._live

    # by sound -------------------------------------------------------------------------------------------------------

    @cached_property
    def by_sound(self) -> dict[str, list[str]]:
        """Words by all their syllables written as one."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            sound = self._sounds.get(word, "").replace(" ", "")
            if sound:
                found[sound].append(word)
                if "v" in sound:
                    found[sound.replace("v", "u")].append(word)
        return found

    @cached_property
    def by_blurred_sound(self) -> dict[str, list[str]]:
        """Words by all their syllables, as those say them who do not tell some sounds apart."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            sound = self._sounds.get(word, "").split()
            if len(sound) > 1:
                found[blurred(sound)].append(word)
        return found

    @cached_property
    def by_initials(self) -> dict[str, list[str]]:
        """Words of two characters and more by the first letters of their syllables."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            sound = self._sounds.get(word, "").split()
            if len(sound) > 1:
                found["".join(syllable[0] for syllable in sound)].append(word)
        return found

    @cached_property
    def empty_sounds(self) -> frozenset[str]:
        """How the words sound that say nothing."""
        return frozenset(self._sounds.get(word, "").replace(" ", "") for word in self.empty)

    @cached_property
    def _sounds_in_order(self) -> list[str]:
        return sorted(self.by_sound)

    @cached_property
    def _initials_in_order(self) -> list[str]:
        return sorted(self.by_initials)

    def sounding_on(self, letters: str) -> list[str]:
        """Words whose sound opens with these letters, the shortest first."""
        return self._going_on(letters, self._sounds_in_order, self.by_sound)

    def initials_on(self, letters: str) -> list[str]:
        """Words whose initials open with these letters, the shortest first."""
        return self._going_on(letters, self._initials_in_order, self.by_initials)

    def begun_by(self, letter: str) -> list[str]:
        """Words of the clauses whose first syllable opens with a letter: those of two characters, as the book has
        them."""
        found = (word for word, sound in self._sounds.items() if sound.startswith(letter) and word in self._words)
        return [word for word in found if len(word) == 2 and self._lives(word)][:_MOST_UNFINISHED]

    def _going_on(self, letters: str, order: Sequence[str], words: Mapping[str, list[str]]) -> list[str]:
        keys = takewhile(lambda key: key.startswith(letters), order[bisect_left(order, letters) :])
        found = [word for key in keys for word in words[key]]
        return sorted(found, key=len)[:_MOST_UNFINISHED]

    # in part, and nearly --------------------------------------------------------------------------------------------

    @cached_property
    def _openings(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for length in range(1, len(word)):
                found[word[:length]].append(word)
        return found

    def beginning(self, part: str) -> list[str]:
        """Words that begin with this and go on, the shortest first."""
        return sorted(self._openings.get(part, ()), key=len)[:_MOST_UNFINISHED]

    @cached_property
    def long_words(self) -> list[str]:
        """Words long enough to be known with one character wrong."""
        return [word for word in self._words if len(word) > 2 and not word.isascii()]

    def shortened(self, part: str) -> list[str]:
        """Longer words that this may be short for: its characters in their order, from the first to the last."""
        found = (
            word for word in self._openings.get(part[0], ()) if word[-1] == part[-1] and len(word) <= len(part) + 3
        )
        return [word for word in found if len(word) > len(part) and _in_order(part, word)][:_MOST_UNFINISHED]


def _in_order(part: str, word: str) -> bool:
    characters = iter(word)
    return all(character in characters for character in part)
