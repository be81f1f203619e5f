"""The composition root: builds the parts and joins them. No behaviour lives here."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from famgui.base.crash import write_report
from famgui.base.paths import Home, resources
from famgui.base.wording import Language, Wording

if TYPE_CHECKING:
    from famgui.policy.library import Library
    from famgui.policy.regions import Regions
    from famgui.store.book import Book
    from famgui.ui.shell.desk import Services
    from famgui.ui.shell.page import Page, Shell
    from famgui.ui.start import PageMaker


class App:
    """Everything a front end needs, each part built when first asked for."""

    def __init__(self, home: Home, language: Language) -> None:
        self.home = home
        self.language = language

    @cached_property
    def wording(self) -> Wording:
        """Sentences in the chosen language."""
        return Wording(self.language)

    @cached_property
    def library(self) -> "Library":
        """The policy library: the packs that come with the program, then the user's own."""
        from famgui.policy.library import Library  # start-up seam: after the first paint

        return Library([resources() / "policies", self.home.policies], self.home.cache)

    def renew_library(self) -> "Library":
        """Read the packs anew, after one has come or gone; everybody who asks for the library from now on gets this."""
        from famgui.policy.library import Library  # start-up seam: after the first paint

        self.__dict__["library"] = fresh = Library([resources() / "policies", self.home.policies], self.home.cache)
        return fresh

    @cached_property
    def regions(self) -> "Regions":
        """The codes of places."""
        from famgui.policy.regions import Regions  # start-up seam: after the first paint

        return Regions(resources() / "codes" / "regions.json")

    @property
    def sample(self) -> Path:
        """The case file of the sample household."""
        return resources() / "samples" / "family-year.famgui.toml"

    def open_book(self, path: Path) -> "Book":
        """The book at a path; `sample.sqlite` is filled with the sample household when it is new."""
        sample = self.sample if path.name == "sample.sqlite" else None
        title = self.wording.say("report", "sample-family" if sample else "my-family")
        now = datetime.now().astimezone()
        opened: Book = usecases().open_book(path, sample, title, self.library.book, now=now)
        return opened

    def examine(self, path: Path) -> list[str]:
        """What is wrong with the book at a path, in sentences."""
        found: list[str] = usecases().examine_file(path, self.library.book, self.wording)
        return found

    def remarks(self, path: Path) -> list[str]:
        """What should be looked at in a sound book, in sentences."""
        found: list[str] = usecases().remarks_on(path, self.wording)
        return found

    def back_up(self, target: Path) -> tuple[bool, str]:
        """Write one's own book to a file; whether that failed, and a sentence."""
        told: tuple[bool, str] = usecases().back_up_file(self.home.root / "book.sqlite", target, self.wording)
        return told

    def services(self) -> "Services":
        """What the window is given."""
        from famgui.ui.shell.desk import Services  # start-up seam: Qt, which the terminal does without

        return Services(
            home=self.home,
            library=lambda: self.library,
            load_regions=lambda: self.regions,
            open_book=self.open_book,
            usecases=usecases,
            crash_report=self.crash_report,
            renew_library=self.renew_library,
            searching=searching,
        )

    def crash_report(self, error: BaseException) -> Path | None:
        """Write a bug down; where."""
        return write_report(self.home, error, datetime.now().astimezone().strftime("%Y%m%d-%H%M%S"))

    def tour(self, folder: Path, size: tuple[int, int], theme: str, scale: str, sheet: Path | None) -> list[Path]:
        """Pictures of every page on the sample household, and the settlement sheet, offscreen; the files written.

        A home of its own that lasts as long as the tour: nobody's book, draft or settings are looked at or touched.
        """
        from tempfile import TemporaryDirectory  # start-up seam: nobody else needs it

        from famgui.ui.tour import View, tour  # start-up seam: Qt, which the terminal does without

        view = View(*size, theme, scale, self.language)  # type: ignore[arg-type]
        with TemporaryDirectory(prefix="famgui-", ignore_cleanup_errors=True) as home:
            return tour(App(Home(Path(home)), self.language).services(), pages, folder, view, sheet=sheet)

    def run_window(self, language: Language | None, files: Sequence[str] = ()) -> int:
        """Open the window, and in it these case files; the exit status. `language` None follows the settings."""
        from famgui.ui.launch import run_window  # start-up seam: Qt, which the terminal does without

        return run_window(self.services(), pages, language, files)


def usecases() -> Any:
    """The book's commands and queries; loads SQLAlchemy at first."""
    from famgui.usecase import desk  # start-up seam: SQLAlchemy, which the first paint does without

    return desk


def searching() -> Any:
    """The policy search."""
    from famgui.usecase import policy  # start-up seam: the tables of the search, which opening a book does without

    return policy


def pages() -> "dict[str, PageMaker]":
    """How each page is made; a page's module is loaded when the page is first asked for."""

    def maker(module: str, name: str) -> "PageMaker":
        def make(shell: "Shell") -> "Page":
            made: Page = getattr(import_module(module), name)(shell)
            return made

        return make

    return {page: maker(f"famgui.ui.{page}.page", name) for page, name in _PAGES.items()}


_PAGES = {
    "overview": "OverviewPage",
    "binding": "BindingPage",
    "wizard": "WizardPage",
    "people": "PeoplePage",
    "roster": "RosterPage",
    "settlement": "SettlementPage",
    "compare": "ComparePage",
    "plan": "PlanPage",
    "verify": "VerifyPage",
    "batch": "BatchPage",
    "records": "RecordsPage",
    "ledger": "LedgerPage",
    "policy": "PolicyPage",
    "matrix": "MatrixPage",
    "packs": "PacksPage",
    "settings": "SettingsPage",
}
