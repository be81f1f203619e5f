"""Which book is open: changed for another, taken away as one file, put back from one; and the ways on when it fails."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6 import QtWidgets

from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.ui.shell.restore import RestoreDialog
from famgui.ui.shell.settings import BOOK, BOOK_FILES, COPIES, HOUSEHOLD
from famgui.ui.shell.trouble import TroublePage
from famgui.usecase import backup

if TYPE_CHECKING:
    from famgui.ui.shell.page import Shell
    from famgui.ui.shell.window import MainWindow


class Opener(Protocol):
    """What opens the book and shows it: the program."""

    shell: "Shell"
    window: "MainWindow"

    def open(self) -> None:
        """Open the book that the settings name."""

    def tell(self, text: str) -> None:
        """Say a sentence that must be seen."""

    def leave_pages(self) -> None:
        """Let the pages put away what is half done."""


class Books:
    """Opens and closes books for the window of a program; whatever is done to a book runs on the writer thread."""

    def __init__(self, program: Opener) -> None:
        self._program, self._desk, self._settings = program, program.shell.desk, program.shell.settings

    def path(self) -> Path:
        """Where the book lies that is open, or should be."""
        return self._desk.services.home.root / BOOK_FILES[self._settings.get(BOOK)]

    def use(self, which: str) -> None:
        """Leave this book for another: "own" or "sample"."""
        old = self._let_go()
        if old is not None:
            self._desk.ops.run(tr("Closing the book"), lambda _: old.close())
        self._go_on_with(which)

    def ask_backup(self) -> None:
        """Let the user choose where, and write the whole book there."""
        book = self._desk.book
        if book is None:
            return
        title = tr("Sample") if self._desk.sample else tr("My book")
        suggested = backup.suggested_name(f"{tr('famgui')}-{title}", datetime.now().astimezone())
        chosen, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._program.window, tr("Back up the book"), in_folder(suggested), tr("Backups (*.sqlite)")
        )
        if chosen:
            keep_folder(chosen)
            path = Path(chosen)
            self.back_up(path if path.suffix else path.with_name(f"{path.name}{backup.ENDING}"))

    def back_up(self, target: Path) -> None:
        """Write the whole book to a file."""
        book = self._desk.book
        if book is None:
            return

        def done(facts: backup.BookFacts) -> None:
            self._toast(
                tr(
                    "Backed up to {name} and checked: households {households}, persons {persons}, records {events}",
                    name=target.name,
                    households=facts.households,
                    persons=facts.persons,
                    events=facts.events,
                )
            )

        def work(progress: Progress) -> backup.BookFacts:
            return backup.take_away(book, target, progress.report)

        self._desk.ops.run(tr("Backing up the book"), work, done, self._failed)

    def ask_restore(self) -> None:
        """Let the user choose a copy or a file, look at it, and put it in the book's place."""
        dialog = RestoreDialog(self._desk, self.path(), self._program.window)
        dialog.agreed.connect(lambda choice: self.restore(choice.offered.path, choice.path))
        dialog.open()

    def restore(self, source: Path, path: Path) -> None:
        """Put the book at `source` in the place of the one at `path`, which is kept aside, and open it."""
        before, which = self._settings.get(BOOK), "sample" if path.name == BOOK_FILES["sample"] else "own"
        old, now, kept = self._let_go(), datetime.now().astimezone(), int(self._settings.get(COPIES))
        self._program.window.stack.setCurrentIndex(0)

        def work(progress: Progress) -> Path | None:
            if old is not None:
                old.close()
            return backup.restore(source, path, now=now, report=progress.report, kept=kept)

        def done(aside: Path | None) -> None:
            self._go_on_with(which)
            if aside is None:
                self._toast(tr("Restored from {name}", name=source.name))
                return
            said = tr("Restored from {name}; the book before is kept as {kept}", name=source.name, kept=aside.name)
            undo = ((tr("Undo"), partial(self.restore, aside, path)),) if aside.suffix == backup.ENDING else ()
            self._program.shell.toasts.show(said, undo)

        def failed(error: BaseException) -> None:
            self._go_on_with(before)
            if not isinstance(error, Cancelled):
                self._failed(error)

        self._desk.ops.run(tr("Restoring the book"), work, done, failed)

    def failed(self, error: BaseException) -> None:
        """The book cannot be opened: say why, and offer the ways on."""
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if said is None:
            self._desk.ops.crashed.emit(error)
            return
        sample = self._settings.get(BOOK) == "sample"
        other = (tr("Start my own book"), partial(self.use, "own"))
        if not sample:
            other = (tr("Open the sample"), partial(self.use, "sample"))
        ways = (
            (tr("Try again"), self._program.open),
            (tr("Restore a backup ..."), self.ask_restore),
            (tr("Put the file aside and begin anew"), self._put_aside),
            other,
        )
        self._program.window.show_page("", TroublePage(said, ways))

    def _put_aside(self) -> None:
        uses, now = self._desk.services.usecases(), datetime.now().astimezone()
        try:
            kept = uses.put_aside(self.path(), now)
        except OSError as error:
            self._program.tell(uses.explain(error, self._desk.wording))
            return
        self._program.open()
        self._toast(tr("The old file is kept as {name}", name=kept.name))

    def _let_go(self) -> Any:
        """Leave the book, saved; it is still open."""
        self._program.leave_pages()
        old, self._desk.book, self._desk.live = self._desk.book, None, None
        return old

    def _go_on_with(self, which: str) -> None:
        self._settings.set(HOUSEHOLD, "")
        self._settings.set(BOOK, which)
        self._program.open()

    def _toast(self, text: str) -> None:
        self._program.shell.toasts.show(text)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._toast(tr("Stopped; nothing was written."))
            return
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if said is None:
            self._desk.ops.crashed.emit(error)
        else:
            self._program.tell(said)
