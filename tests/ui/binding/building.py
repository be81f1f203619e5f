"""The shared desk, on a day of one's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from famgui.domain.household import Household
from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from tests.ui.building import close, desk_of


@contextmanager
def desk_on(day: date, folder: Path, library: Library, *kept: Household) -> Iterator[Desk]:
    """A desk over a new book with these households on a day; the first household is at hand."""
    made = desk_of(folder, library, kept)
    made._today = lambda: day
    try:
        yield made
    finally:
        close(made)
