"""The window's start: painted first, then the book on the writer thread, then the pages."""

import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from famgui.base.paths import Home
from famgui.base.wording import Language, Wording, system_language
from famgui.ui.shell.ahead import Ahead
from famgui.ui.shell.casefiles import CaseFiles
from famgui.ui.shell.commands import Command, Commands
from famgui.ui.shell.desk import Desk, Services
from famgui.ui.shell.folder import use_settings
from famgui.ui.shell.i18n import tr, use_language
from famgui.ui.shell.offer import Shell
from famgui.ui.shell.ops import Ops
from famgui.ui.shell.settings import (
    BOOK,
    BOOK_FILES,
    COPIES,
    HOUSEHOLD,
    LANGUAGE,
    PAGE,
    SCALE,
    STALE_DAYS,
    THEME,
    Settings,
)
from famgui.ui.shell.status import checked_words
from famgui.ui.shell.toasts import Toasts
from famgui.ui.shell.window import ALL_PAGES, GROUPS, PAGES, MainWindow, page_title, tab_title
from famgui.ui.theme.style import Theme

if TYPE_CHECKING:
    from famgui.store.book import Book
    from famgui.ui.shell.books import Books
    from famgui.ui.shell.page import Page

PageMaker: TypeAlias = "Callable[[Shell], Page]"
WITHOUT_BOOK = ("policy", "matrix", "packs", "settings")
"""Pages that work while no book is open."""


class Program(QObject):
    """One running window: the frame, the desk, and the pages made when first asked for."""

    opened = Signal()
    _crash = Signal(object)

    def __init__(
        self,
        application: QApplication,
        services: Services,
        makers: Callable[[], dict[str, PageMaker]],
        *,
        language: Language | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        super().__init__()
        self._application, self.services, self._makers = application, services, makers
        self._asked_language = language
        self.settings = Settings(services.home.root / "settings.ini")
        use_settings(self.settings)
        self.theme = Theme(application)
        self._look()
        self.ops = Ops(self)
        self.ops.at_rest = self._at_rest
        self.desk = Desk(services, self.ops, Wording(self._language()), today or _today)
        self._ahead = Ahead(self.desk)
        self.ops.crashed.connect(self._crashed)
        self.settings.changed.connect(self._setting_changed)
        self.desk.changed.connect(self._show_desk)
        self.desk.clause_asked.connect(self._open_clause)
        self.desk.page_asked.connect(self.go_to)
        self._crash.connect(self._crashed, Qt.ConnectionType.QueuedConnection)
        self._build_frame()

    def _build_frame(self) -> None:
        self.window = MainWindow(self.theme, self.settings)
        self.commands = Commands(self.window)
        self.shell = Shell(self.desk, self.commands, self.theme, self.settings, Toasts(self.window))
        self.files = CaseFiles(self.desk, self.window, self.shell.toasts, self.tell)
        self.pages: dict[str, Page] = {}
        self.window.page_asked.connect(self.go_to)
        self.window.dropped.connect(self.files.open_files)
        self.window.household_picked.connect(self._pick_household)
        self.window.households.search = self.files.search
        self.files.takeout.leave = self.leave_pages
        self.window.status.cancel_asked.connect(self.ops.cancel)
        self.window.status.stale_asked.connect(partial(self.go_to, "packs"))
        self.ops.busy.connect(self.window.status.show_work)
        self.ops.idle.connect(self.window.status.hide_work)
        for number, page in enumerate((*PAGES, "settings"), 1):
            keys = f"Ctrl+{number}" if page != "settings" else "Ctrl+,"
            self.commands.add(self.window, Command(f"page.{page}", page_title(page), keys, partial(self.go_to, page)))
        for page in (page for members in GROUPS.values() for page in members if page not in PAGES):
            self.commands.add(self.window, Command(f"page.{page}", tab_title(page), "", partial(self.go_to, page)))
        homes = self.files.commands()
        for command in (
            *homes,
            Command("household.choose", tr("Choose a household"), "Ctrl+G", self.window.households.showPopup),
            Command("book.own", tr("Start my own book"), "", lambda: self.books.use("own")),
            Command("book.sample", tr("Open the sample"), "", lambda: self.books.use("sample")),
            Command("book.backup", tr("Back up the book ..."), "", lambda: self.books.ask_backup()),
            Command("book.restore", tr("Restore a backup ..."), "", lambda: self.books.ask_restore()),
        ):
            self.commands.add(self.window, command)
        offered = (*(command.id for command in homes), "book.own", "book.sample", "book.backup", "book.restore")
        self.window.offer_commands([self.commands.action(name) for name in offered])
        self.window.offer_own_book(self.commands.action("book.own"))

    def open(self) -> None:
        """Open the book on the writer thread, then bring the pages up. Call after the first paint."""
        sample = self.settings.get(BOOK) == "sample"
        services = self.services

        def opened(book: "Book") -> None:
            wanted = self.settings.get(HOUSEHOLD)
            book.copies_kept = int(self.settings.get(COPIES))
            self.desk.take(book, int(wanted) if wanted.isdigit() else None, sample=sample)
            self.go_to(self.settings.get(PAGE))
            self.opened.emit()
            self.files.open_files()

        path = self.home.root / BOOK_FILES[self.settings.get(BOOK)]
        work = tr("Opening the book ...")
        self.ops.run(work, lambda _: services.open_book(path), opened, lambda error: self.books.failed(error))

    def bring_forward(self, files: Sequence[str] = ()) -> None:
        """Come before other windows, and import these case files once a book is open."""
        self.window.come_forward()
        self.files.open_files(files)

    def go_to(self, page: str) -> None:
        """Bring a page up, or a part of it ("ledger/premiums"); unknown names lead to the overview."""
        page, _, part = page.partition("/")
        page = page if page in ALL_PAGES else "overview"
        if self.desk.book is None and page not in WITHOUT_BOOK:
            return
        if page not in self.pages:
            made = self._makers()[page](self.shell)
            asked = getattr(made, "page_asked", None)
            if asked is not None:
                asked.connect(self.go_to)
            self.pages[page] = made
        self.pages[page].refresh()
        if part:
            self.pages[page].show_part(part)
        self.window.show_page(page, self.pages[page])
        self.pages[page].type_ahead(self.window.typed)
        self.window.typed = ""
        self.settings.set(PAGE, page)

    @cached_property
    def books(self) -> "Books":
        """What changes which book is open."""
        from famgui.ui.shell.books import Books  # start-up seam: after the first paint

        return Books(self)

    @property
    def home(self) -> Home:
        """The folder of all that is written."""
        return self.services.home

    def close(self) -> None:
        """Save what is half-done, end the writer thread and let the book go."""
        self.leave_pages()
        self._ahead.stop()
        self.ops.close()
        if self.desk.book is not None:
            self.desk.book.close()
            self.desk.book = None
        use_settings(None)

    def _at_rest(self) -> bool:
        book = self.desk.book
        return book is None or book.rest()

    def leave_pages(self) -> None:
        """Save what is half-done on every page."""
        for page in self.pages.values():
            page.leave()

    def watch_for_bugs(self) -> None:
        """Hand what nobody caught, on any thread, to the dialog on the GUI thread."""
        sys.excepthook = lambda kind, error, trace: self._crash.emit(error)
        threading.excepthook = lambda found: self._crash.emit(found.exc_value)

    def _look(self) -> None:
        use_language(self._language())
        self.theme.apply(self.settings.get(THEME), self.settings.get(SCALE))  # type: ignore[arg-type]

    def _language(self) -> Language:
        chosen = self.settings.get(LANGUAGE)
        if self._asked_language is not None:
            return self._asked_language
        return system_language() if chosen == "system" else "en" if chosen == "en" else "zh"

    def _setting_changed(self, key: str) -> None:
        if key in (THEME.key, SCALE.key):
            self.theme.apply(self.settings.get(THEME), self.settings.get(SCALE))  # type: ignore[arg-type]
        elif key == COPIES.key and self.desk.book is not None:
            self.desk.book.copies_kept = int(self.settings.get(COPIES))
        elif key == STALE_DAYS.key:
            self._show_desk()
        elif key == LANGUAGE.key:
            QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        """Another language: the frame and its pages are made anew."""
        old = self.window
        self.leave_pages()
        self._asked_language = None
        use_language(self._language())
        self.desk.wording = Wording(self._language())
        self.ops.busy.disconnect()
        self.ops.idle.disconnect()
        self._build_frame()
        if old.isMaximized():
            self.window.showMaximized()
        else:
            self.window.setGeometry(old.geometry())
            self.window.show()
        old.close()
        old.deleteLater()
        self._show_desk()
        self.go_to(self.settings.get(PAGE))

    def _show_desk(self) -> None:
        desk = self.desk
        entries: list[tuple[object, str]] = [*desk.labels.items()]
        self.window.households.set_entries(entries)
        place = None
        if desk.live is not None:
            self.window.households.set_value(desk.live.id)
            self.settings.set(HOUSEHOLD, str(desk.live.id))
            place = desk.live.household.place
        self.window.show_place(desk.place_name(place) if place else "")
        self.window.show_banner(desk.sample)
        for command in ("household.export", "household.delete", "household.choose"):
            self.commands.enable(command, desk.live is not None)
        self.commands.enable("household.import-undo", self.files.imported)
        self.commands.enable("book.own", desk.sample)
        self.commands.enable("book.sample", not desk.sample)
        uses, days = self.services.usecases(), int(self.settings.get(STALE_DAYS))
        checked = checked_words(uses.checked_on(desk.library, place), desk.today, days)
        book = tr("Book: {name}", name=tr("Sample") if desk.sample else tr("My book"))
        self.window.status.show_facts([book, checked], tr("{count} problems", count=len(desk.library.faults)))
        self.window.status.show_stale(uses.stale_count(desk.library, desk.today, days), days)
        for name, page in self.pages.items():
            if self.window.stack.currentWidget() is page or name == "overview":
                page.refresh()

    def _pick_household(self, household: object) -> None:
        if isinstance(household, int):
            self.desk.reload(household)

    def _open_clause(self, clause: str) -> None:
        self.go_to("policy")
        self.pages["policy"].open_clause(clause)  # type: ignore[attr-defined]

    def _crashed(self, error: BaseException) -> None:
        said = self.services.usecases().explain(error, self.desk.wording)
        if said is not None:
            self.tell(said)
            return
        report = self.services.crash_report(error)
        self.tell(self.desk.wording.say("cli", "unexpected", file=report or self.services.home.root))

    def tell(self, text: str) -> None:
        """Show a sentence that must be read."""
        box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, tr("famgui"), text, parent=self.window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.open()


def _today() -> date:
    return datetime.now().astimezone().date()
