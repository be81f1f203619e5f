"""A desk with a real book in a folder, and the shell around it."""

from collections.abc import Sequence
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
from famgui.usecase import ledger, record

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def sample() -> Household:
    """The sample family's year."""
    return parse_case((resources() / "samples" / "family-year.famgui.toml").read_bytes(), "sample")


def desk_of(folder: Path, library: Library, kept: Sequence[Household]) -> Desk:
    """A desk on a new book with these households; the first one is at hand."""
    uses = SimpleNamespace(
        summaries=households.summaries,
        load=households.load,
        record_event=record.record_event,
        accounts=ledger.accounts,
        postings_page=ledger.postings_page,
        year_summary=ledger.year_summary,
    )
    services = Services(
        Home(folder),
        lambda: library,
        Regions(resources() / "codes" / "regions.json"),
        lambda path: Book.open(path, now=NOW),
        lambda: uses,
        lambda error: None,
    )
    desk = Desk(services, Ops(), Wording("zh"), lambda: TODAY)
    book = services.open_book(folder / "book.db")
    for household in kept:
        households.import_household(book, library.book, household, "家", now=NOW)
    desk.take(book, None, sample=True)
    return desk


def close(desk: Desk) -> None:
    """Let go of thread and file."""
    desk.ops.close()
    if desk.book is not None:
        desk.book.close()


def shell_of(desk: Desk, application: QApplication, host: QWidget) -> Shell:
    """A shell as the window would make it."""
    theme = Theme(application)
    theme.apply("light", "standard")
    settings = Settings(desk.services.home.root / "settings.ini")
    return Shell(desk, Commands(), theme, settings, Toasts(host))


def nameless(page: QWidget) -> list[str]:
    """Interactive widgets without an accessible name."""
    kinds = ("QPushButton", "QLineEdit", "QComboBox", "QListView", "QTableView", "QCheckBox", "QDateEdit")
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in page.findChildren(QWidget)
        if any(widget.inherits(kind) for kind in kinds)
        and not widget.accessibleName()
        and not widget.inherits("QComboBoxListView")
    ]
