"""A desk with a real book in a folder, the shell around it, and the whole program."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from famgui.app import App, searching
from famgui.base.paths import Home, resources
from famgui.base.wording import Wording
from famgui.domain.household import Household
from famgui.files.casefile import parse_case
from famgui.policy.library import Library
from famgui.policy.regions import Regions
from famgui.ui.shell.commands import Commands
from famgui.ui.shell.desk import Desk, Services
from famgui.ui.shell.ops import Ops
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import Settings
from famgui.ui.shell.toasts import Toasts
from famgui.ui.theme.style import Theme
from famgui.usecase import desk as uses
from famgui.usecase.household import import_household
from tests.store.making import SAMPLE, open_new

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def sample() -> Household:
    """The sample family's year, with bindings that run out at its end."""
    return parse_case(SAMPLE.read_bytes(), "sample")


def desk_of(folder: Path, library: Library, kept: Sequence[Household]) -> Desk:
    """A desk on a new book with these households; the first one is at hand."""
    services = Services(
        Home(folder),
        lambda: library,
        lambda: Regions(resources() / "codes" / "regions.json"),
        open_new,
        lambda: uses,
        lambda error: None,
        searching=searching,
    )
    desk = Desk(services, Ops(), Wording("zh"), lambda: TODAY)
    book = services.open_book(folder / "book.sqlite")
    for household in kept:
        import_household(book, library.book, household, "家", now=NOW)
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
    kinds = (
        "QAbstractButton",
        "QLineEdit",
        "QComboBox",
        "QListView",
        "QTableView",
        "QDateEdit",
        "QProgressBar",
        "QPlainTextEdit",
    )
    inner = ("QComboBoxListView", "QTableCornerButton", "QLineEditIconButton", "QToolButton")
    return [
        f"{type(widget).__name__} {widget.metaObject().className()} {widget.objectName()}"
        for widget in page.findChildren(QWidget)
        if any(widget.inherits(kind) for kind in kinds)
        and not widget.accessibleName()
        and not any(widget.inherits(kind) for kind in inner)
        and not widget.objectName().startswith("qt_")
    ]


def app_in(folder: Path) -> App:
    """The composition root with its home in a folder."""
    return App(Home(folder), "zh")
