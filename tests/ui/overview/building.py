"""Households whose bindings end when a test wants it, and the overview once its dates are known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, TypeAlias

from famgui.domain.household import Household
from famgui.ui.overview.agenda_model import AgendaVM
from famgui.ui.overview.page import OverviewPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from tests.domain.building import SHANGHAI, employee, household, resident, row

Looked: TypeAlias = Callable[[Desk], AgendaVM]

MAY = date(2025, 5, 10)
"""No time to pay is open then."""
OCTOBER = date(2025, 10, 20)


@contextmanager
def page_over(shell: Shell, qtbot: Any) -> Iterator[OverviewPage]:
    """The page, with the dates looked up."""
    made = OverviewPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    made.show()
    qtbot.waitUntil(lambda: not shell.desk.ops.pending)
    yield made


def family(*ends: date | None, day: date = MAY, **more: Any) -> Household:
    """Li, from another place than those that know a premium, with one parent for each of these ends."""
    place = more.pop("place", SHANGHAI)
    parents = [resident(f"p{number}", place, name=f"父{number}") for number in range(len(ends))]
    rows = [row("li", one.id, "parent", date(2024, 1, 1), ends=end) for one, end in zip(parents, ends, strict=True)]
    return household(employee("li", place, name="李"), *parents, rows=rows, place=place, **more)


def on(days: int) -> date:
    return MAY + timedelta(days)
