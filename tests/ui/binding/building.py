"""A desk over a real book on a chosen day, and the shell around it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from PySide6.QtWidgets import QApplication, QWidget

from famgui.base.paths import Home, resources
from famgui.base.wording import Wording
from famgui.domain.household import Household
from famgui.files.casefile import parse_case
from famgui.policy.library import Library
from famgui.policy.regions import Regions
from famgui.store.book import Book
from famgui.ui.shell.commands import Commands
from famgui.ui.shell.desk import Desk, Services
from famgui.ui.shell.ops import Ops
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import Settings
from famgui.ui.shell.toasts import Toasts
from famgui.ui.theme.style import Theme
from famgui.usecase import household as households
from famgui.usecase import record

NOW = datetime(2025, 1, 2, 9, tzinfo=UTC)


def sample() -> Household:
    """The sample family's year."""
    return parse_case((resources() / "samples" / "family-year.famgui.toml").read_bytes(), "sample")


@contextmanager
def desk_with(folder: Path, library: Library, today: date, *kept: Household) -> Iterator[Desk]:
    """A desk on a new book with these households, in Chinese, on a day; the first household is at hand."""
    uses = SimpleNamespace(summaries=households.summaries, load=households.load, record_event=record.record_event)
    regions = Regions(resources() / "codes" / "regions.json")
    services = Services(Home(folder), lambda: library, regions, Book.open, lambda: uses, lambda error: None)
    desk = Desk(services, Ops(), Wording("zh"), lambda: today)
    book = Book.open(folder / "book.sqlite", now=NOW)
    for household in kept:
        households.import_household(book, library.book, household, "家", now=NOW)
    desk.take(book, None, sample=True)
    yield desk
    desk.ops.close()
    book.close()


def shell_of(desk: Desk, application: QApplication, host: QWidget) -> Shell:
    """A shell as the window makes it."""
    theme = Theme(application)
    theme.apply("light", "standard")
    return Shell(desk, Commands(), theme, Settings(desk.services.home.root / "settings.ini"), Toasts(host))


def nameless(page: QWidget) -> list[str]:
    """Interactive widgets without an accessible name."""
    kinds = ("QAbstractButton", "QLineEdit", "QComboBox", "QTableView", "QDateEdit", "QScrollArea")
    parts = ("qt_spinbox_lineedit", "qt_calendar")
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in page.findChildren(QWidget)
        if any(widget.inherits(kind) for kind in kinds)
        and not widget.accessibleName()
        and not widget.objectName().startswith(parts)
        and not widget.inherits("QTableCornerButton")
        and type(widget).__name__ != "QAbstractButton"
    ]
