"""Everybody in the book: found as one types, told in full; what changes them stands in the modules beside."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from famgui.domain.identity import normal_id_number
from famgui.domain.persondraft import tidy_name, tidy_number
from famgui.store import person_find
from famgui.store.book import Book
from famgui.store.person_find import Hit as Hit
from famgui.store.person_find import Term
from famgui.usecase.people_join import Joined as Joined
from famgui.usecase.people_join import join_households as join_households

PAGE = 30
"""Rows of the directory that are read in one go."""
SUGGESTED = 20
"""Pairs that are suggested as one person at most."""


def term_of(typed: str) -> Term:
    """What somebody is looking for: letters are how a name sounds, digits the end of an ID number or phone (an X at its
    end belongs to it), all else is part of a name. "周 3512" asks for both."""
    text = tidy_name(typed).lower()
    if normal_id_number(tidy_number(typed)):
        return Term(number=tidy_number(typed))
    digits = re.search(r"([0-9][0-9 -]*x?)$", text)
    number = re.sub(r"[ -]", "", digits[1]).upper() if digits else ""
    rest = text[: digits.start()].strip() if digits else text
    letters = re.sub(r"[ '·-]", "", rest)
    if letters.isascii() and letters.isalnum():
        return Term(sound=letters, number=number)
    return Term(text=tidy_name(typed)[: len(rest)].strip() if rest else "", number=number)


def find(
    book: Book, typed: str, limit: int = PAGE, offset: int = 0, place: str | None = None, day: date | None = None
) -> list[Hit]:
    """Persons who match what is typed (`term_of`), the best first; everybody, by sound, while nothing is. `place` keeps
    to households under the rules of that place; with a `day` only rows of the register open on it are counted."""
    with book.read() as connection:
        return person_find.find(connection, term_of(typed), limit=limit, offset=offset, place=place, day=day)


def count(book: Book, typed: str, place: str | None = None) -> int:
    """How many match."""
    with book.ask() as connection:
        return person_find.count(connection, term_of(typed), place=place)


def told(book: Book, persons: Sequence[int], day: date | None = None) -> list[Hit]:
    """These persons as they stand, in this order."""
    with book.read() as connection:
        return person_find.hits(connection, persons, day)


def with_number(book: Book, number: str) -> list[Hit]:
    """Everybody who has this ID number already; nobody for a number that is not whole."""
    whole = normal_id_number(tidy_number(number))
    if whole is None:
        return []
    with book.read() as connection:
        return person_find.hits(connection, person_find.same_number(connection, whole))


class Alike(NamedTuple):
    """Two rows that may be one person, the older first, and why: the same "number", or the same name and the same day
    of birth ("born") or "phone"."""

    first: Hit
    second: Hit
    why: str


def alike(book: Book, day: date | None = None, limit: int = SUGGESTED) -> list[Alike]:
    """Rows that should be looked at together, the surest first."""
    with book.read() as connection:
        pairs = person_find.alike(connection, limit)
        ids = list({key for pair in pairs for key in pair[:2]})
        rows = {hit.id: hit for hit in person_find.hits(connection, ids, day)}
    return [Alike(rows[pair.first], rows[pair.second], pair.why) for pair in pairs]
