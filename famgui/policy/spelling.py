"""What somebody may have typed as text to compare: simplified characters of one width, and how characters sound."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

_RUNS = re.compile(r"[a-zü]+|[0-9]+(?:\.[0-9]+)?%?|[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LONGEST_SYLLABLE = 6
_FIRST, _LAST = 0x4E00, 0x9FA5
"""The common Chinese characters, whose readings are kept."""


@cache
def _simplifier() -> Any:
    # Start-up seam: the tables of characters are wanted only for a search.
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Simplified characters, one width, lower case; thousands commas out of figures, and what is no character."""
    plain = unicodedata.normalize("NFKC", text.encode("utf-8", "ignore").decode()).casefold()
    if not plain.isascii():
        plain = _simplifier().convert(plain)
    return re.sub(r"(?<=\d),(?=\d{3})", "", plain)


def runs(text: str) -> list[str]:
    """The runs of letters, of figures and of Chinese characters in a folded text."""
    return _RUNS.findall(text)


def grams(text: str) -> str:
    """A folded text as tokens to index: each pair of neighbouring characters and the last one, each word, each figure.

    "共济10人" gives "共济 济 10 人": whatever is looked for, one character too, is then a phrase of few tokens.
    """
    return " ".join(token for run in runs(text) for token in ([run] if run.isascii() else _pairs(run)))


def phrase(text: str) -> str:
    """The FTS5 phrase for a folded text indexed by `grams`; "" where nothing in it can be looked for."""
    found = runs(text)
    if not found:
        return ""
    tokens = [token for run in found[:-1] for token in ([run] if run.isascii() else _pairs(run))]
    last = found[-1]
    if last.isascii():
        return f'"{" ".join([*tokens, last])}"'
    if len(last) == 1:
        return f'"{" ".join([*tokens, last])}" *'
    return f'"{" ".join([*tokens, *_pairs(last)[:-1]])}"'


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """A folded Chinese text syllable by syllable, each character's reading in its surroundings. Slow at first."""
    # Start-up seam: the dictionary of phrases is large, and wanted only when an index is built.
    from pypinyin import Style, pinyin

    return tuple(found[0] for found in pinyin(text, style=Style.NORMAL))


def usual_readings() -> dict[str, str]:
    """Every syllable with the characters that are usually read so, without tones. Slow: wanted at build only."""
    # Start-up seam: as above.
    from pypinyin.constants import PINYIN_DICT

    found: dict[str, list[str]] = {}
    for code in range(_FIRST, _LAST + 1):
        reading = PINYIN_DICT.get(code)
        if reading:
            found.setdefault(_toneless(reading.split(",")[0]), []).append(chr(code))
    return {syllable: "".join(characters) for syllable, characters in found.items() if syllable}


def _toneless(reading: str) -> str:
    apart = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in apart if "a" <= letter <= "z")


_ALIKE = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("ng$"), "n"),
    (re.compile("^l"), "n"),
    (re.compile("^hu"), "fu"),
)
"""Sounds that many do not tell apart: zh and z, final ng and n, l and n, hu and fu."""


def blurred(spoken: Iterable[str]) -> str:
    """Syllables as one, as those say them who do not tell some sounds apart."""
    return "".join(_blurred(syllable) for syllable in spoken)


@lru_cache(maxsize=2048)
def _blurred(syllable: str) -> str:
    for sound, said in _ALIKE:
        syllable = sound.sub(said, syllable)
    return syllable


class Sounds:
    """How characters are usually read, from a kept table; needs no dictionary."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self._readings = readings

    @cached_property
    def _by_character(self) -> dict[str, str]:
        return {character: syllable for syllable, found in self._readings.items() for character in found}

    def of(self, text: str) -> tuple[str, ...]:
        """A folded Chinese text syllable by syllable; an unknown character is its own sound."""
        table = self._by_character
        return tuple(table.get(character, character) for character in text)

    def is_syllable(self, letters: str) -> bool:
        """Whether letters are one whole syllable of Mandarin."""
        return letters in self._readings

    @cached_property
    def _openings(self) -> frozenset[str]:
        return frozenset(syllable[:length] for syllable in self._readings for length in range(1, len(syllable)))

    def opens(self, letters: str) -> bool:
        """Whether letters are the beginning of a syllable."""
        return letters in self._openings

    def spelled(self, letters: str, *, unfinished: bool) -> tuple[str, ...]:
        """Letters as the fewest syllables, the last one perhaps unfinished; () where they are none."""
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(letters) + 1):
            found: tuple[str, ...] | None = None
            for start in range(max(0, end - _LONGEST_SYLLABLE), end):
                before, piece = best[start], letters[start:end]
                whole = piece in self._readings or (unfinished and end == len(letters) and self.opens(piece))
                if whole and before is not None and (found is None or len(before) + 1 < len(found)):
                    found = (*before, piece)
            best.append(found)
        return best[-1] or ()

    def stretches(self, text: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Where a text sounds like these syllables: first and past-last character. One letter stands for any syllable
        that opens with it, the last syllable may be unfinished."""
        spoken = self.of(text)
        for at in range(len(spoken) - len(wanted) + 1):
            if all(
                heard == asked or ((len(asked) == 1 or place == len(wanted) - 1) and heard.startswith(asked))
                for place, (heard, asked) in enumerate(zip(spoken[at : at + len(wanted)], wanted, strict=True))
            ):
                yield at, at + len(wanted)
