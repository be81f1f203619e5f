"""Take the whole book away as one file, and put such a file back in its place."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from famgui.store import swap
from famgui.store.book import Book
from famgui.store.copies import KEPT, back_up
from famgui.store.copies import Copy as Copy
from famgui.store.copies import copies_of as copies_of
from famgui.store.copies import folder_of as folder_of
from famgui.store.facts import BookFacts as BookFacts
from famgui.store.facts import look as look

Report: TypeAlias = Callable[[int, int], None]
"""Told how much is done of how much; may raise to stop the work."""
ENDING = ".sqlite"


def suggested_name(title: str, now: datetime) -> str:
    """What a copy of a book is called, with the day on which it was made; no sign that a file's name may not have."""
    plain = "".join("_" if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in title).strip(" .")
    return f"{plain or 'famgui'}-{now:%Y%m%d}{ENDING}"


def take_away(book: Book, target: Path, report: Report) -> BookFacts:
    """Write the whole book to a file, while it is open; what the file holds, read from it again. It is there whole or
    not at all. Raises `BookTrouble` and what `report` raises."""
    back_up(book.path, target, report)
    return look(target)


class Choice(NamedTuple):
    """A file to restore beside what it would replace: the book at `path`, None where none is there, or none that can be
    read (`unreadable`)."""

    offered: BookFacts
    path: Path
    present: BookFacts | None
    unreadable: bool


def examine(source: Path, home: Path) -> Choice:
    """What would be restored and what would make room: the sample takes the sample's place, every other book one's own.
    Raises `BookTrouble` for a file that cannot be restored."""
    offered = look(source)
    path = home / ("sample.sqlite" if offered.is_sample else "book.sqlite")
    present = swap.facts_or_none(path)
    return Choice(offered, path, present, present is None and path.exists() and path.stat().st_size > 0)


def restore(source: Path, path: Path, *, now: datetime, report: Report, kept: int = KEPT) -> Path | None:
    """Put the book at `source` in the place of the one at `path`, which nobody may have open; where that is kept now.

    Raises `BookTrouble` and what `report` raises: then nothing has changed."""
    return swap.put_in_place(source, path, now, kept=kept, report=report)
