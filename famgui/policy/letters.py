"""Letters read as pinyin, whole or unfinished, or as initials: the words that they may spell."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from famgui.policy.places import Places
from famgui.policy.spelling import Sounds
from famgui.policy.terms import SPOKEN, UNFINISHED, Terms, Wording

_LONGEST = 60
"""Letters that are looked at together."""
_LONGEST_WORD = 24
_NO_INITIALS = 6
"""Letters that are no initials for certain, where no more than a third of them spell anything else."""
_INITIALS, _TWO_INITIALS = 0.7, 0.5
_MOST_BY_INITIALS = 8
_MOST_SPOKEN = 12
"""Syllables, or initials, that are looked for as one."""


class Read(NamedTuple):
    """Letters as typed: the wordings that they spell, or else the syllables (or initials) that they are, or a place;
    `guess` where many letters could be read so."""

    typed: str
    wordings: tuple[Wording, ...] = ()
    spoken: tuple[str, ...] = ()
    place: str = ""
    guess: bool = False


class _Piece(NamedTuple):
    start: int
    end: int
    kind: str


class LetterReader:
    """Reads letters with a thesaurus and the names of places."""

    def __init__(self, terms: Terms, sounds: Sounds, places: Places) -> None:
        self._terms, self._sounds, self._places = terms, sounds, places

    def knows(self, letters: str) -> bool:
        """Whether letters spell words of the thesaurus, or are whole syllables."""
        return all(piece.kind not in ("letter", "initials") for piece in self._split(letters, frozenset(), True))

    def read(self, words: Sequence[str], *, unfinished: bool) -> list[Read]:
        """What words of letters spell, in their order. Syllables may stand apart; initials do not go on from one word
        to the next. `unfinished`: the last word may go on."""
        letters = "".join(words)[:_LONGEST]
        gaps, at = set(), 0
        for word in words:
            at += len(word)
            gaps.add(at)
        pieces = self._split(letters, frozenset(gaps), unfinished)
        whole = list(self._as_it_sounds(letters, len(pieces), unfinished))
        match _trust(pieces, unfinished, one_word=len(words) == 1):
            case "sure":
                return [*self._told(letters, pieces), *whole]
            case "guess":
                return [*self._guessed(letters, pieces), *(one._replace(guess=True) for one in whole)]
        return [one._replace(guess=True) for one in whole]

    def _guessed(self, letters: str, pieces: list[_Piece]) -> Iterator[Read]:
        """Pairs of initials, each as the words that open so; not also as what these mean."""
        for piece in pieces:
            typed = letters[piece.start : piece.end]
            if piece.kind == "initials":
                words = self._terms.by_initials[typed][:_MOST_BY_INITIALS]
                yield Read(typed, tuple(Wording(word, _TWO_INITIALS, "initials", word) for word in words), guess=True)

    def _as_it_sounds(self, letters: str, pieces: int, unfinished: bool) -> Iterator[Read]:
        """All the letters as syllables, or else as initials: what stands so in a clause need be no known word."""
        if pieces > 1 and len(letters) > 2:
            spoken = self._sounds.spelled(letters, unfinished=unfinished) or tuple(letters)
            if len(spoken) > 1 and len(spoken) <= _MOST_SPOKEN:
                yield Read(letters, spoken=spoken)

    def _told(self, letters: str, pieces: list[_Piece]) -> Iterator[Read]:
        for piece in _joined(pieces):
            typed = letters[piece[0].start : piece[-1].end]
            match piece[0].kind:
                case "sound":
                    yield Read(typed, self._terms.around_all(self._terms.by_sound[typed], SPOKEN, "sound"))
                case "place":
                    name = self._places.sounding(typed)
                    yield Read(typed, (Wording(name, 1.0, "sound"),), place=self._places.code(name))
                case "unfinished":
                    yield Read(typed, self._terms.around_all(self._going_on(typed), UNFINISHED, "unfinished"))
                case "initials":
                    near = _INITIALS if len(typed) > 2 else _TWO_INITIALS
                    words = self._terms.by_initials[typed][:_MOST_BY_INITIALS]
                    yield Read(typed, self._terms.around_all(words, near, "initials"))
                case "syllable":
                    yield Read(typed, spoken=tuple(letters[one.start : one.end] for one in piece))
                case "letter" if 2 < len(piece) < len(pieces) or len(piece) == len(pieces) == 2:
                    yield Read(typed, spoken=tuple(typed))

    def _going_on(self, letters: str) -> list[str]:
        return self._terms.sounding_on(letters) or self._terms.initials_on(letters)

    def _split(self, letters: str, gaps: frozenset[int], unfinished: bool) -> list[_Piece]:
        """The cheapest reading: words by sound, then by initials, then bare syllables, then letters."""
        best: list[tuple[float, tuple[_Piece, ...]]] = [(0.0, ())]
        for end in range(1, len(letters) + 1):
            options = []
            for start in range(max(0, end - _LONGEST_WORD), end):
                cost, before = best[start]
                at_end = unfinished and end == len(letters)
                for price, kind in self._prices(letters[start:end], at_end, _crosses(start, end, gaps)):
                    options.append((cost + price, (*before, _Piece(start, end, kind))))
            best.append(min(options, key=lambda option: option[0]))
        return list(best[-1][1])

    def _prices(self, piece: str, at_end: bool, crosses: bool) -> Iterator[tuple[float, str]]:
        terms, length = self._terms, len(piece)
        if piece in terms.by_sound and (length > 1):
            yield 0.9 if self._sounds.is_syllable(piece) else 0.5, "sound"
        if self._places.sounds(piece, unfinished=at_end):
            yield 0.5, "place"
        if piece in terms.empty_sounds and length > 1 and not crosses:
            yield 0.85, "empty"
        if at_end and length > 2 and terms.sounding_on(piece):
            yield 0.75, "unfinished"
        if not crosses and length > 1 and piece in terms.by_initials:
            yield 1.0 if length > 2 else 1.35, "initials"
        if not crosses and at_end and length > 1 and piece not in terms.by_initials and terms.initials_on(piece):
            yield 1.5, "unfinished"
        if not crosses and length > 1 and self._sounds.is_syllable(piece):
            yield 1.0, "syllable"
        if not crosses and at_end and self._sounds.opens(piece) and not self._sounds.is_syllable(piece):
            yield 1.4, "syllable"
        if length == 1:
            yield 1.6, "letter"


def _trust(pieces: Sequence[_Piece], unfinished: bool, *, one_word: bool) -> Literal["sure", "guess", "nothing"]:
    """How far a reading is to be believed: pairs of initials can be made of any letters, and so can single ones. The
    last letter of what is still being typed is the beginning of something."""
    parts = pieces[:-1] if unfinished and pieces and pieces[-1].kind == "letter" else pieces
    if len(parts) < 2:
        return "sure"
    runs = [run for run in _joined(list(parts)) if _believed(run)]
    stray = any(one.kind == "letter" for one in parts)
    if stray and 2 * _letters(runs) <= parts[-1].end:
        return "nothing"
    told = [run for run in runs if run[0].kind != "empty"] if one_word else runs
    if parts[-1].end >= _NO_INITIALS and 3 * _letters(told) <= parts[-1].end:
        return "guess"
    return "sure" if runs else "guess"


def _letters(runs: Sequence[Sequence[_Piece]]) -> int:
    return sum(one.end - one.start for run in runs for one in run)


def _believed(run: Sequence[_Piece]) -> bool:
    if run[0].kind in ("sound", "place", "empty"):
        return True
    return run[0].kind != "letter" and (len(run) > 1 or (run[0].kind != "syllable" and run[0].end - run[0].start > 2))


def _crosses(start: int, end: int, gaps: frozenset[int]) -> bool:
    return any(start < gap < end for gap in gaps)


def _joined(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Bare syllables, and letters, that stand beside each other together; the others each for itself."""
    run: list[_Piece] = []
    for piece in pieces:
        if run and (piece.kind not in ("syllable", "letter") or piece.kind != run[0].kind):
            yield run
            run = []
        if piece.kind in ("syllable", "letter"):
            run.append(piece)
        else:
            yield [piece]
    if run:
        yield run
