"""One thing that a query asks for."""

from typing import NamedTuple

from famgui.policy.terms import Wording


class Idea(NamedTuple):
    """One thing that a query asks for: as typed, its wordings, and what else it may be looked for by: `spoken`
    syllables (or single letters, then initials), the `place` that it names, the `id` of a clause, a `year`, a `day`
    (year, month and perhaps day), and the place `away` where it says that a relative is; `guess` where it is but one of
    many readings of letters; `weighs` where another means something else beside it; `stray` where it is one character
    that belongs to no word."""

    typed: str
    wordings: tuple[Wording, ...] = ()
    spoken: tuple[str, ...] = ()
    place: str = ""
    id: str = ""
    year: int | None = None
    day: tuple[int, ...] = ()
    away: str = ""
    guess: bool = False
    weighs: bool = False
    stray: bool = False

    @property
    def taken_for(self) -> list[str]:
        """What it is typed as, and the words that this was taken for."""
        meant = (word.text if word.way == "lead" else word.through for word in self.wordings)
        return list(dict.fromkeys((self.typed, *filter(None, meant))))

    @property
    def asks(self) -> bool:
        """Whether anything can be looked for by it."""
        return bool(self.wordings or self.spoken or self.place or self.id)
