"""What the people page shows: who answers what is typed, who is looked at, which rows look like one person."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.usecase.people import PAGE, Alike, Hit, alike, count, find, told
from famgui.usecase.people_edit import AsKnown as AsKnown
from famgui.usecase.people_edit import Moment, as_known, story


class PeopleVM(QObject):
    """`found` when other rows answer, `chosen` when another person is looked at or they changed, `suggested` when other
    pairs look alike."""

    found = Signal()
    chosen = Signal()
    suggested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.typed = ""
        self.total = 0
        self.everybody = 0
        self.hit: Hit | None = None
        self.pairs: list[Alike] = []
        self._wanted: int | None = None
        self._read: object = None

    def refresh(self) -> None:
        """Read the directory anew; who was looked at stays while they are there."""
        book = self.desk.book
        self.everybody = 0 if book is None else count(book, "")
        self._wanted = None if self.hit is None else self.hit.id
        self._look_again()
        self._suggest()

    def search(self, typed: str) -> None:
        """Look for somebody."""
        if typed != self.typed:
            self.typed = typed
            self._look_again()

    def _look_again(self) -> None:
        book = self.desk.book
        self.total = 0 if book is None else count(book, self.typed)
        self.found.emit()

    def page(self, offset: int) -> Sequence[Hit]:
        """The next rows behind so many."""
        book = self.desk.book
        return () if book is None else find(book, self.typed, PAGE, offset, day=self.desk.today)

    def choose(self, hit: Hit | None) -> None:
        """Look at a person."""
        self.hit = hit
        self._wanted = None
        self.chosen.emit()

    def take(self, person: int) -> None:
        """Look at a person by id, wherever they are in the list."""
        found = self.told(person)
        self.choose(found)

    @property
    def wanted(self) -> int | None:
        """Who was looked at before the rows were read anew."""
        return self._wanted

    def told(self, person: int) -> Hit | None:
        """A person as they stand now."""
        book = self.desk.book
        rows = [] if book is None else told(book, [person], self.desk.today)
        return rows[0] if rows else None

    def known(self) -> AsKnown | None:
        """What is known of who is looked at: as given, and as it stands."""
        book = self.desk.book
        return None if book is None or self.hit is None else as_known(book, self.hit.id)

    def story(self) -> tuple[tuple[Moment, ...], dict[str, str]]:
        """What happened to who is looked at, and the names of the household."""
        book, hit = self.desk.book, self.hit
        if book is None or hit is None:
            return (), {}
        uses, rules_of = self.desk.services.usecases(), self.desk.library.book
        live = uses.load(book, rules_of, hit.household)
        return story(book, hit.id, self.desk.today), {person.id: person.name or person.id for person in live.persons}

    def open_household(self) -> None:
        """Take the household of who is looked at in hand."""
        if self.hit is not None:
            self.desk.reload(self.hit.household)

    def settle(self) -> None:
        """Bring the calculator up with who is looked at as its patient."""
        if self.hit is not None:
            hit = self.hit
            if not self.at_hand:
                self.open_household()
            self.desk.page_asked.emit("settlement")
            self.desk.patient_asked.emit(hit.person.id)

    @property
    def at_hand(self) -> bool:
        """Whether who is looked at belongs to the household at hand."""
        live = self.desk.live
        return self.hit is not None and live is not None and live.id == self.hit.household

    def _suggest(self) -> None:
        book, today = self.desk.book, self.desk.today
        if book is None or self.everybody == 0:
            self._take_pairs([])
            return
        self.desk.ops.run(tr("Looking for double rows"), lambda _: alike(book, today), self._take_pairs)

    def _take_pairs(self, pairs: list[Alike]) -> None:
        self.pairs = pairs
        self.suggested.emit()


class PeopleOps(QObject):
    """Commands on people, one after the other on the writer thread. `changed(person)` once something was done: the
    household is read anew by then."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.working = False

    def ask(self, label: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """What something would do; nothing is changed."""
        self.desk.ops.run(label, lambda _: work(), done)

    def do(self, label: str, work: Callable[[], Any], done: Callable[[Any], None], home: int | None = None) -> None:
        """Do something whose result has `changes`; the desk reads everything anew where there are any."""
        if self.working:
            return
        self.working = True

        def finished(result: Any) -> None:
            self.working = False
            changes = getattr(result, "changes", None)
            if changes:
                self.desk.reload(home)
                self.desk.ops.changed.emit(changes, self)
            done(result)

        def failed(error: BaseException) -> None:
            self.working = False
            self.desk.ops.crashed.emit(error)

        self.desk.ops.run(label, lambda _: work(), finished, failed)
