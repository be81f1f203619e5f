"""The shared desk, on a day of one's own, and a second household."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from famgui.domain.household import Household
from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from tests.domain.building import employee, household, money, resident, row
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


def neighbours() -> Household:
    """An and her husband, whose binding ended in spring, beside a child without one."""
    people = (employee("an", name="安宁"), employee("he", name="何平"), resident("xin", name="何欣"))
    rows = [row("an", "he", ends=date(2025, 4, 30)), row("he", "an", starts=date(2025, 12, 20))]
    return household(*people, accounts={"an": money("50.00")}, rows=rows)
