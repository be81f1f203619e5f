"""What a query asks for: split into ideas, each with all wordings that may stand for it in a clause."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from famgui.policy.figures import FIGURE, day_in, wordings, year_in
from famgui.policy.idea import Idea
from famgui.policy.latin import LatinReader
from famgui.policy.letters import LetterReader
from famgui.policy.places import Places
from famgui.policy.spelling import Sounds, blurred, folded, runs
from famgui.policy.terms import SHORT, SLIP, UNFINISHED, Terms, Wording

_WORDS = re.compile(r"[a-z'ü]+(?:[\s-]+[a-z'ü]+)*|[^a-z'ü]+")
_OTHER_PROVINCE, _OTHER_CITY = "跨省", "省内异地"
_AROUND = ((1, 2), (0, 3), (2, 1), (1, 1), (0, 2))
"""How many pieces before one, and after with itself, are tried as one word."""
_BETWEEN = "了过个着点次完"
"""What people put between the two characters of a verb with its object: 退了休, 看个病, 挂错号."""
_AWAY = 0.35
"""How near the name of a place counts, where it only tells that a relative is elsewhere."""
_STAYS = "(?:那边|那里|那儿)?(?:住|上班|打工|工作|读书|上学|生活|定居|带孙|带孩|带娃|看病|就医|买药|养老)"
_SHARED = "共济"
_CAPITAL = re.compile("省会|首府|省城")
_MONEY = (
    "(?:用|刷|花|扣)(?:我|俺|咱|他|她)?{name}的|{name}的(?:钱|余额|个账|账户)"
    "|给(?:我|俺|咱)?{name}(?:用|花|刷|付|看病|买药)"
)
_LONGEST_QUERY = 200
"""Characters of a query that are looked at."""


class Ideas:
    """Splits queries. `latin` are the words of letters that stand in clauses, `characters` the Chinese characters."""

    def __init__(
        self, terms: Terms, sounds: Sounds, places: Places, latin: Collection[str], characters: Collection[str]
    ) -> None:
        self._terms, self._sounds, self._places = terms, sounds, places
        self._characters = characters
        self._latin = LatinReader(terms, LetterReader(terms, sounds, places), places, latin)
        self._longest = max(terms.longest, places.longest, 4)
        self.of = lru_cache(maxsize=256)(self._of)
        """What a query asks for, in its order."""

    def _of(self, query: str) -> tuple[Idea, ...]:
        text = self._terms.plain(folded(query[:_LONGEST_QUERY]).strip())
        if len(text) == 1 and text.isascii() and text.isalpha():
            return (self._initial(text),)
        found: list[Idea] = []
        at = 0
        for figure in FIGURE.finditer(text):
            found.extend(self._plain(text[at : figure.start()], last=False))
            found.append(_figure(str(figure.lastgroup), figure[0]))
            at = figure.end()
        found.extend(self._plain(text[at:], last=True))
        if not found:  # nothing but words that say nothing: then they are meant as they stand
            found = [Idea(run, (Wording(run, 1.0),), (run,) if run.isascii() else ()) for run in runs(text)]
        if any(idea.typed in self._terms.kin for idea in found):
            found = [self._away(idea, text) for idea in found] + list(self._their_money(found, text))
        whole = [self._in_company(_capital(idea, text), found) for idea in found]
        return tuple(dict.fromkeys(idea for idea in whole if idea.asks or len(whole) == 1))

    def _their_money(self, found: list[Idea], text: str) -> Iterator[Idea]:
        """A relative's money, what is used of a relative, or given to one, is asked about as shared."""
        if any(word.text == _SHARED for idea in found for word in idea.wordings):
            return
        for name in (idea.typed for idea in found if idea.typed in self._terms.kin):
            said = re.search(_MONEY.format(name=re.escape(name)), text)
            if said:
                yield Idea(said[0], self._terms.around_all((_SHARED,), 1.0, "lead"))
                return

    def _in_company(self, idea: Idea, found: list[Idea]) -> Idea:
        """An idea with what it means beside the others of its query."""
        others = [other for other in found if other is not idea]
        said = {word for other in others for word in other.taken_for}
        more = [one for word in idea.taken_for for one in self._terms.beside(word, said)]
        own = idea.taken_for
        weighs = any(self._terms.beside(word, own) for word in said)
        return idea._replace(wordings=(*idea.wordings, *more), weighs=True) if more or weighs else idea

    def _initial(self, letter: str) -> Idea:
        """One letter is the first of a word's initials."""
        begun = tuple(Wording(word, UNFINISHED, "initials", word) for word in self._terms.begun_by(letter))
        return Idea(letter, begun or (Wording(letter, 1.0),))

    def _away(self, idea: Idea, text: str) -> Idea:
        """A place in which a relative is, is asked about as one that is not ours: can it be used there?"""
        name = re.escape(idea.typed)
        if not idea.place or not re.search(f"(?:在|去了?|到){name}|{name}{_STAYS}", text):
            return idea
        abroad = self._terms.around_all((_OTHER_PROVINCE, _OTHER_CITY), 1.0, "lead")
        return Idea(idea.typed, (*abroad, Wording(idea.typed, _AWAY)), away=idea.place)

    def _plain(self, text: str, *, last: bool) -> Iterator[Idea]:
        """What has no figures. `last`: the query ends here, perhaps in the middle of a word."""
        pieces = _WORDS.findall(text)
        for number, piece in enumerate(pieces):
            ends = last and number == len(pieces) - 1
            if piece[0].isascii() and piece[0].isalpha():
                yield from self._latin.ideas(piece, ends)
            else:
                found = runs(piece)
                for place, run in enumerate(found):
                    if run.isascii():
                        yield Idea(run, (Wording(run, 1.0),))
                    else:
                        yield from self._chinese(run, ends and place == len(found) - 1)

    # Chinese --------------------------------------------------------------------------------------------------------

    def _chinese(self, run: str, last: bool) -> Iterator[Idea]:
        pieces = self._mended(self._split(run))
        for number, (piece, known) in enumerate(pieces):
            if piece in self._places and (len(piece) > 1 or piece == run):
                yield Idea(piece, (Wording(piece, 1.0),), place=self._places.code(piece))
            elif known:
                yield Idea(piece, tuple(self._terms.around(self._word(piece))))
            elif piece not in self._terms.empty:
                ends = last and number == len(pieces) - 1
                yield Idea(piece, self._nearest(piece, ends), stray=len(piece) == 1 and not ends)

    def _word(self, piece: str) -> str:
        """The known word that a piece is, or is with something put between its two characters; "" where it is none."""
        if piece in self._terms:
            return piece
        outer = piece[0] + piece[-1]
        return outer if len(piece) == 3 and piece[1] in _BETWEEN and outer in self._terms else ""

    def _split(self, text: str) -> list[tuple[str, bool]]:
        """Known words with the fewest pieces and left-over characters; words that say nothing; and what is between,
        where words that sound like a known one count as that."""
        best: list[tuple[float, tuple[tuple[str, bool], ...]]] = [(0.0, ())]
        sound = self._sounds.of(text)
        for end in range(1, len(text) + 1):
            options = []
            for start in range(max(0, end - self._longest), end):
                piece = text[start:end]
                cost, before = best[start]
                if len(piece) > 1 and _asks_whether(text, start):
                    continue
                place = piece in self._places and (len(piece) > 1 or piece == text)
                if place or self._word(piece):
                    options.append((cost + 1.0 - 0.01 * len(piece) ** 2, (*before, (piece, True))))
                elif piece in self._terms.empty:
                    options.append((cost + 0.9 - 0.005 * len(piece), (*before, (piece, False))))
                elif len(piece) == 1:
                    options.append((cost + 1.6, (*before, (piece, False))))
                elif "".join(sound[start:end]) in self._terms.by_sound:
                    options.append((cost + 2.0 - 0.01 * len(piece) ** 2, (*before, (piece, False))))
                elif blurred(sound[start:end]) in self._terms.by_blurred_sound:
                    options.append((cost + 2.4 - 0.01 * len(piece) ** 2, (*before, (piece, False))))
            best.append(min(options, key=lambda option: option[0]))
        return self._joined(best[-1][1])

    def _joined(self, pieces: tuple[tuple[str, bool], ...]) -> list[tuple[str, bool]]:
        """Single characters that nobody knows, neighbours written as one."""
        found: list[tuple[str, bool]] = []
        open_run = False
        for piece, known in pieces:
            loose = not known and len(piece) == 1 and piece not in self._terms.empty
            if loose and open_run:
                found[-1] = (found[-1][0] + piece, False)
            else:
                found.append((piece, known))
            open_run = loose
        return found

    def _mended(self, pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
        """A slip in the middle of a word breaks it up: single characters around what nobody knows, or pieces that make
        a long word, are put together again where that is a known word with one character wrong."""
        for number, (piece, known) in enumerate(pieces):
            if known or piece in self._terms.empty or self._sounds_known(piece):
                continue
            for before, after in _AROUND:
                first, past = number - before, number + after
                parts = [part for part, _ in pieces[max(first, 0) : past]]
                if first >= 0 and past <= len(pieces) and self._one_slip(parts, piece):
                    return [*pieces[:first], ("".join(parts), False), *self._mended(pieces[past:])]
        return pieces

    def _one_slip(self, parts: list[str], unknown: str) -> bool:
        whole, others = "".join(parts), [part for part in parts if part != unknown]
        if parts[0] in self._terms.empty or parts[-1] in self._terms.empty or len(whole) > self._longest:
            return False
        fits = len(whole) > 3 or all(len(part) == 1 for part in others)
        meant = [part in self._terms and part not in self._terms.empty for part in parts for _ in part]
        return fits and any(
            len(word) == len(whole)
            and all(word[at] == whole[at] for at, as_it_stands in enumerate(meant) if as_it_stands)
            for word in self._slips(whole)
        )

    def _sounds_known(self, piece: str) -> bool:
        return bool(self._sounding(piece))

    def _sounding(self, piece: str) -> list[str]:
        """Known words that sound like a piece, or nearly so."""
        spoken, terms = self._sounds.of(piece), self._terms
        return terms.by_sound.get("".join(spoken), []) or terms.by_blurred_sound.get(blurred(spoken), [])

    def _slips(self, piece: str) -> list[str]:
        """Words of three characters and more that differ from this in one."""
        if len(piece) < 3:
            return []
        near = extract(piece, self._terms.long_words, scorer=Levenshtein.distance, score_cutoff=1, limit=3)
        return [word for word, _, _ in near]

    def _nearest(self, piece: str, last: bool) -> tuple[Wording, ...]:
        """What nobody knows: as it stands; words that sound so, or are written nearly so, or that it is short for, or
        the beginning of."""
        terms = self._terms
        itself = Wording(piece, 1.0)
        alike = self._sounding(piece) if len(piece) > 1 else []
        if alike:
            return (itself, *terms.around_all(alike, SLIP, "sound"))
        near = self._slips(piece)
        if near:
            return (itself, *terms.around_all(near, SLIP, "typo"))
        unfinished = terms.beginning(piece) if last and piece not in self._characters else []
        if unfinished:
            return (itself, *terms.around_all(unfinished, UNFINISHED, "unfinished"))
        return (itself, *terms.around_all(terms.shortened(piece) if len(piece) > 1 else (), SHORT, "short"))


def _asks_whether(text: str, at: int) -> bool:
    """Whether a text asks A-not-A around a place: no word opens in the middle of 能不能."""
    return 0 < at < len(text) - 1 and text[at] in "不没" and text[at - 1] == text[at + 1]


def _capital(idea: Idea, text: str) -> Idea:
    """A province whose capital is meant is that city."""
    if not idea.place.endswith("0000") or not _CAPITAL.search(text):
        return idea
    return idea._replace(place=f"{idea.place[:2]}0100")


def _figure(kind: str, typed: str) -> Idea:
    id_ = typed.upper() if kind == "code" else ""
    return Idea(typed, wordings(kind, typed), id=id_, year=year_in(typed), day=day_in(kind, typed))
