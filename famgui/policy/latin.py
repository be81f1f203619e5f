"""What the words of letters in a query ask for: English, words of the clauses, pinyin and initials."""

import re
from collections.abc import Collection, Iterator

from famgui.policy.idea import Idea
from famgui.policy.letters import LetterReader
from famgui.policy.places import Places
from famgui.policy.terms import SPOKEN, UNFINISHED, Terms, Wording

_POSSESSIVE = re.compile(r"'s?(?![a-z])")


class LatinReader:
    """Splits words of letters into ideas. `latin` are the words of letters that stand in clauses."""

    def __init__(self, terms: Terms, letters: LetterReader, places: Places, latin: Collection[str]) -> None:
        self._terms, self._letters, self._places, self._latin = terms, letters, places, latin

    def ideas(self, text: str, last: bool) -> Iterator[Idea]:
        """What words of letters ask for. `last`: the query ends here, perhaps in the middle of a word."""
        text = _POSSESSIVE.sub("", text).replace("'", "")
        words = text.replace("-", " ").split()
        english = [self._english(words, at) for at in range(len(words))]
        if not any(length for length, _ in english):
            whole = self._english_unfinished(words[-1]) if last else ()
            if whole and not self._letters.knows(words[-1]):
                yield Idea(words[-1], whole)
                words = words[:-1]
            yield from self._pinyin(words, last)
            return
        at = 0
        while at < len(words):
            length, key = english[at]
            if length:
                typed = " ".join(words[at : at + length])
                meant = self._terms.around_all(self._terms.english[key], SPOKEN, "english")
                yield Idea(typed, (Wording(typed, 1.0), *(word for word in meant if word.text != typed)))
            elif words[at] not in self._terms.empty_english:
                unfinished = self._english_unfinished(words[at]) if last and at == len(words) - 1 else ()
                yield from [Idea(words[at], unfinished)] if unfinished else self._pinyin([words[at]], last)
            at += length or 1

    def _english(self, words: list[str], at: int) -> tuple[int, str]:
        """How many words from here are an English term, and which."""
        for length in range(min(4, len(words) - at), 0, -1):
            typed = " ".join(words[at : at + length])
            for ending in ("", "s", "es", "ing", "ed", "d"):
                if typed.endswith(ending) and typed.removesuffix(ending) in self._terms.english:
                    return length, typed.removesuffix(ending)
        return 0, ""

    def _english_unfinished(self, word: str) -> tuple[Wording, ...]:
        if len(word) < 4:
            return ()
        meant = [other for said, found in self._terms.english.items() if said.startswith(word) for other in found]
        return self._terms.around_all(meant[:4], UNFINISHED, "english")

    def _pinyin(self, words: list[str], last: bool) -> Iterator[Idea]:
        run: list[str] = []
        for word in words:
            if word in self._latin and not self._places.sounds(word, unfinished=False):
                yield from self._read(run, False)
                yield Idea(word, (Wording(word, 1.0), *self._spelled(word)))
                run = []
            else:
                run.append(word)
        yield from self._read(run, last)

    def _spelled(self, word: str) -> tuple[Wording, ...]:
        """What a word of letters in the clauses may mean as a word of the thesaurus, or spelled out."""
        read = self._letters.read([word], unfinished=False)
        return tuple(wording for one in read for wording in one.wordings if one.typed == word)

    def _read(self, words: list[str], last: bool) -> Iterator[Idea]:
        if words:
            for one in self._letters.read(words, unfinished=last):
                yield Idea(one.typed, one.wordings, one.spoken, one.place, guess=one.guess)
