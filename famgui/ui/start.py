"""The window's start: painted first, then the book on the writer thread, then the pages."""

import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
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
from famgui.ui.shell.i18n import tr, use_language
from famgui.ui.shell.offer import Shell
from famgui.ui.shell.ops import Ops
from famgui.ui.shell.settings import BOOK, HOUSEHOLD, LANGUAGE, PAGE, SCALE, STALE_DAYS, THEME, Settings
from famgui.ui.shell.status import checked_words
from famgui.ui.shell.toasts import Toasts
from famgui.ui.shell.trouble import TroublePage
from famgui.ui.shell.window import ALL_PAGES, GROUPS, PAGES, MainWindow, page_title, tab_title
from famgui.ui.theme.style import Theme

if TYPE_CHECKING:
    from famgui.store.book import Book
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
        self._application, self._services, self._makers = application, services, makers
        self._asked_language = language
        self.settings = Settings(services.home.root / "settings.ini")
        self.theme = Theme(application)
        self._look()
        self.ops = Ops(self)
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
        self.files = CaseFiles(self.desk, self.window, self.shell.toasts, self._tell)
        self.pages: dict[str, Page] = {}
        self.window.page_asked.connect(self.go_to)
        self.window.dropped.connect(self.files.open_files)
        self.window.household_picked.connect(self._pick_household)
        self.window.status.cancel_asked.connect(self.ops.cancel)
        self.window.status.stale_asked.connect(partial(self.go_to, "packs"))
        self.ops.busy.connect(self.window.status.show_work)
        self.ops.idle.connect(self.window.status.hide_work)
        for number, page in enumerate((*PAGES, "settings"), 1):
            keys = f"Ctrl+{number}" if page != "settings" else "Ctrl+,"
            self.commands.add(self.window, Command(f"page.{page}", page_title(page), keys, partial(self.go_to, page)))
        for page in (page for members in GROUPS.values() for page in members if page not in PAGES):
            self.commands.add(self.window, Command(f"page.{page}", tab_title(page), "", partial(self.go_to, page)))
        for command in (
            Command("household.import", tr("Import a case file"), "Ctrl+O", self.files.ask_import),
            Command("household.export", tr("Export this household"), "Ctrl+E", self.files.ask_export),
            Command("book.own", tr("Start my own book"), "", lambda: self._use_book("own")),
            Command("book.sample", tr("Open the sample"), "", lambda: self._use_book("sample")),
        ):
            self.commands.add(self.window, command)
        offered = ("household.import", "household.export", "book.own", "book.sample")
        self.window.offer_commands([self.commands.action(name) for name in offered])
        self.window.offer_own_book(self.commands.action("book.own"))

    def open(self) -> None:
        """Open the book on the writer thread, then bring the pages up. Call after the first paint."""
        sample = self.settings.get(BOOK) == "sample"
        services = self._services

        def opened(book: "Book") -> None:
            wanted = self.settings.get(HOUSEHOLD)
            self.desk.take(book, int(wanted) if wanted.isdigit() else None, sample=sample)
            self.go_to(self.settings.get(PAGE))
            self.opened.emit()
            self.files.open_files()

        path = self._book_path()
        self.ops.run(tr("Opening the book ..."), lambda _: services.open_book(path), opened, self._book_failed)

    def bring_forward(self, files: Sequence[str] = ()) -> None:
        """Come before other windows, and import these case files once a book is open."""
        self.window.come_forward()
        self.files.open_files(files)

    def go_to(self, page: str) -> None:
        """Bring a page up; unknown names lead to the overview."""
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
        self.window.show_page(page, self.pages[page])
        self.pages[page].type_ahead(self.window.typed)
        self.window.typed = ""
        self.settings.set(PAGE, page)

    @property
    def home(self) -> Home:
        """The folder of all that is written."""
        return self._services.home

    def close(self) -> None:
        """Save what is half-done, end the writer thread and let the book go."""
        self._leave_pages()
        self._ahead.stop()
        self.ops.close()
        if self.desk.book is not None:
            self.desk.book.close()
            self.desk.book = None

    def _leave_pages(self) -> None:
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
        elif key == STALE_DAYS.key:
            self._show_desk()
        elif key == LANGUAGE.key:
            QTimer.singleShot(0, self._rebuild)

    def _rebuild(self) -> None:
        """Another language: the frame and its pages are made anew."""
        old = self.window
        self._leave_pages()
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
        entries: list[tuple[object, str]] = [*desk.titles.items()]
        self.window.households.set_entries(entries)
        place = None
        if desk.live is not None:
            self.window.households.set_value(desk.live.id)
            self.settings.set(HOUSEHOLD, str(desk.live.id))
            place = desk.live.household.place
        self.window.show_place(desk.place_name(place) if place else "")
        self.window.show_banner(desk.sample)
        self.commands.enable("household.export", desk.live is not None)
        self.commands.enable("book.own", desk.sample)
        self.commands.enable("book.sample", not desk.sample)
        uses, days = self._services.usecases(), int(self.settings.get(STALE_DAYS))
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

    def _use_book(self, which: str) -> None:
        self._leave_pages()
        old = self.desk.book
        self.desk.book, self.desk.live = None, None
        if old is not None:
            self.ops.run(tr("Closing the book"), lambda _: old.close())
        self.settings.set(HOUSEHOLD, "")
        self.settings.set(BOOK, which)
        self.open()

    def _say(self, text: str) -> None:
        self.shell.toasts.show(text)

    def _book_failed(self, error: BaseException) -> None:
        said = self._services.usecases().explain(error, self.desk.wording)
        if said is None:
            self._crashed(error)
            return
        which, other = self.settings.get(BOOK), tr("Open the sample")
        if which == "sample":
            other = tr("Start my own book")
        page = TroublePage(
            said,
            (
                (tr("Try again"), self.open),
                (tr("Put the file aside and begin anew"), self._put_aside),
                (other, partial(self._use_book, "own" if which == "sample" else "sample")),
            ),
        )
        self.window.show_page("", page)

    def _put_aside(self) -> None:
        uses, now = self._services.usecases(), datetime.now().astimezone()
        try:
            kept = uses.put_aside(self._book_path(), now)
        except OSError as error:
            self._tell(uses.explain(error, self.desk.wording))
            return
        self.open()
        self._say(tr("The old file is kept as {name}", name=kept.name))

    def _book_path(self) -> Path:
        name = "sample.sqlite" if self.settings.get(BOOK) == "sample" else "book.sqlite"
        return self._services.home.root / name

    def _crashed(self, error: BaseException) -> None:
        said = self._services.usecases().explain(error, self.desk.wording)
        if said is not None:
            self._tell(said)
            return
        report = self._services.crash_report(error)
        self._tell(self.desk.wording.say("cli", "unexpected", file=report or self._services.home.root))

    def _tell(self, text: str) -> None:
        box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, tr("famgui"), text, parent=self.window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.open()


def _today() -> date:
    return datetime.now().astimezone().date()
