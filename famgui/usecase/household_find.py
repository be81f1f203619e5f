"""A household among many: found by its title, by how that sounds, by who is in it and the end of their numbers."""

from collections.abc import Mapping

from famgui.base.pinyin import sound_of
from famgui.store import household_known as known
from famgui.store.book import Book
from famgui.usecase.people import term_of

AT_MOST = 200
"""So many households are offered at once."""


def among(book: Book, labels: Mapping[int, str], typed: str) -> list[int]:
    """The households, called by these labels, that answer what is typed, those by their own title first; all of them
    for nothing typed."""
    wanted = "".join(typed.split()).casefold()
    if not wanted:
        return list(labels)
    titled = [household for household, label in labels.items() if wanted in "".join(label.split()).casefold()]
    if wanted.isascii() and wanted.isalpha():
        sounds = (household for household, label in labels.items() if _sounds(label, wanted))
        titled = list(dict.fromkeys((*titled, *sounds)))
    with book.read() as connection:
        homes = known.homes(connection, term_of(typed), AT_MOST)
    return list(dict.fromkeys((*titled, *(household for household in homes if household in labels))))[:AT_MOST]


def _sounds(label: str, wanted: str) -> bool:
    """Whether a title sounds like this, whole or in its initials."""
    return any(word.startswith(wanted) for word in sound_of(label).split())
