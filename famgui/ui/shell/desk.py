"""What all pages work on: the household at hand, its rules, today, and the commands that change it. QtCore only."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from famgui.base.paths import Home
from famgui.base.wording import Wording
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Ops

if TYPE_CHECKING:  # for annotations only: the frame is painted before the domain and the library are loaded
    from famgui.domain.household import Event
    from famgui.domain.person import Person
    from famgui.domain.rulebook import RuleBook, Rules
    from famgui.domain.settlement import Visit
    from famgui.policy.library import Library
    from famgui.policy.regions import Regions
    from famgui.store.book import Book
    from famgui.usecase.household import LiveHousehold
    from famgui.usecase.record import Recorded
    from famgui.usecase.since import SinceStart


class Services(NamedTuple):
    """What the composition root hands to the window; `open_book` runs on the writer thread.

    `usecases` gives the book's commands and queries once they have been loaded, after the first paint; `renew_library`
    reads the packs anew, after one has come or gone (None: they never change); `searching` gives the policy search,
    loaded when the window is at rest (None: it is not made ready ahead).
    """

    home: Home
    library: "Callable[[], Library]"
    load_regions: "Callable[[], Regions]"
    open_book: Callable[[Path], "Book"]
    usecases: Callable[[], Any]
    crash_report: Callable[[BaseException], Path | None]
    renew_library: "Callable[[], Library] | None" = None
    searching: Callable[[], Any] | None = None

    @property
    def regions(self) -> "Regions":
        """The codes of places."""
        return self.load_regions()


class Desk(QObject):
    """The household at hand. `changed` when another one is taken up, or when its rows changed.

    `visit` is what the calculator holds now, None while its bill is not complete (`visit_changed`); other pages compare
    it and plan with it, and hand a visit back with `take_visit` (`visit_taken`), or, when the calculator is up,
    ask it for a patient (`patient_asked`, a handle). `labels` are the `titles` so that namesakes are told apart.
    """

    changed = Signal()
    clause_asked = Signal(str)
    page_asked = Signal(str)
    visit_changed = Signal()
    visit_taken = Signal(object)
    patient_asked = Signal(str)

    def __init__(self, services: Services, ops: Ops, wording: Wording, today: Callable[[], date]) -> None:
        super().__init__()
        self.services = services
        self.ops = ops
        self.wording = wording
        self._today = today
        self.book: Book | None = None
        self.sample = False
        self.live: LiveHousehold | None = None
        self.titles: dict[int, str] = {}
        self.labels: dict[int, str] = {}
        self.visit: Visit | None = None
        self.since: SinceStart | None = None
        """What has come to the book's households since it was taken up, and can be taken out again."""

    @property
    def today(self) -> date:
        """The day that the program takes for today."""
        return self._today()

    @property
    def library(self) -> "Library":
        """The policy library."""
        return self.services.library()

    def rule_book(self) -> "RuleBook | None":
        """The rule book of the household's place, None without a household."""
        return None if self.live is None else self.library.book(self.live.household.place)

    def rules(self, day: date) -> "Rules | None":
        """The rules of the household's place on a day."""
        book = self.rule_book()
        return None if book is None else book.at(day)

    def place_name(self, place: str) -> str:
        """What a place is called: as its pack says in this language, else as the code table does."""
        pack = self.library.pack(place)
        if pack is None:
            return self.services.regions.name(place)
        return pack.name_en if self.wording.language == "en" else pack.name_zh

    @property
    def persons(self) -> "tuple[Person, ...]":
        """The household's persons."""
        return () if self.live is None else self.live.persons

    @property
    def names(self) -> dict[str, str]:
        """Names by handle."""
        return {person.id: person.name or person.id for person in self.persons}

    def take(self, book: "Book", household_id: int | None, *, sample: bool) -> None:
        """Work on this book, on the household named or on its first one."""
        self.book, self.sample, self.since = book, sample, None
        self.reload(household_id)

    def reload(self, household_id: int | None = None, *, titles: bool = True) -> None:
        """Read a household anew; without an id the one at hand, or the first. `titles` False: nothing but what was
        recorded in it has changed."""
        if self.book is None:
            return
        if titles:
            self.titles = self.services.usecases().titles(self.book)
            self.labels = self.services.usecases().labels(self.book, self.titles)
        wanted = household_id if household_id is not None else (self.live.id if self.live else None)
        self._take_up(wanted if wanted in self.titles else next(iter(self.titles), None))

    def _take_up(self, household_id: int | None) -> None:
        uses, book = self.services.usecases(), self.book
        self.live = None if household_id is None else uses.load(book, self.library.book, household_id)
        since = self.since = self.since or uses.SinceStart(self.titles)
        if self.live is not None:
            since.look(self.live)
        self.changed.emit()

    def record(self, event: "Event", done: Callable[["Recorded"], None], draft: str = "") -> None:
        """Record an event on the writer thread; the household is read anew before `done` is called. `draft` is the kind
        of draft that goes with it."""
        book, live = self.book, self.live
        if book is None or live is None:
            return
        uses, rules_of, now = self.services.usecases(), self.library.book, datetime.now().astimezone()

        def work() -> "Recorded":
            recorded: Recorded = uses.record_event(book, rules_of, live.id, event, now=now, draft=draft)
            return recorded

        self._command(tr("Recording"), work, done)

    def take_back(self, visit: str, done: Callable[["Recorded"], None]) -> None:
        """Take a recorded visit back whole, as `record` does."""
        book, live = self.book, self.live
        if book is None or live is None:
            return
        uses, rules_of, now = self.services.usecases(), self.library.book, datetime.now().astimezone()
        self._command(tr("Taking back"), lambda: uses.undo(book, rules_of, live.id, visit, now=now), done)

    def why_not(self, done: "Recorded") -> str:
        """Why an event was not recorded, in sentences."""
        return "\n".join(self.services.usecases().why_not(done, self.names, self.wording))

    def show_visit(self, visit: "Visit | None") -> None:
        """What the calculator holds now."""
        if visit != self.visit:
            self.visit = visit
            self.visit_changed.emit()

    def take_visit(self, visit: "Visit") -> None:
        """Bring the calculator up with this visit typed in."""
        self.page_asked.emit("settlement")
        self.visit_taken.emit(visit)

    def _command(self, label: str, work: Callable[[], Any], done: Callable[["Recorded"], None]) -> None:
        def recorded(result: "Recorded") -> None:
            self.reload(titles=False)
            self.ops.changed.emit(result.changes, self)
            done(result)

        self.ops.run(label, lambda _: work(), recorded)

    def open_clause(self, clause: str) -> None:
        """Ask for the policy page at a clause."""
        self.clause_asked.emit(clause)
