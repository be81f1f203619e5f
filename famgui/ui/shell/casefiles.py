"""Case files in and out of the book, through the file dialogs; what cannot be taken is told."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6 import QtWidgets

from famgui.ui.shell.commands import Command
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.folder import in_folder, keep_folder
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.known import known_words
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.ui.shell.takeout import TakeOut, ask
from famgui.ui.shell.toasts import Toasts

_FILES_TOLD = 12
"""How many files that cannot be opened are named at once."""
_NOT_IN_NAMES = '<>:"/\\|?*'
_LINES_A_FILE = 3
"""How many faults of a file are told where there are several files."""


class CaseFiles:
    """Import and export of the household at hand, and the way back; `tell` shows a sentence that must be read."""

    def __init__(self, desk: Desk, window: QtWidgets.QWidget, toasts: Toasts, tell: Callable[[str], None]) -> None:
        self._desk, self._window, self._toasts, self._tell = desk, window, toasts, tell
        self._waiting: list[str] = []
        self._came: tuple[object, tuple[int, ...], int | None] = (None, (), None)
        self.takeout = TakeOut(desk, window, toasts, tell)
        self.takeout.gone = self._forget

    def commands(self) -> tuple[Command, ...]:
        """What can be done with households and their files."""
        return (
            Command("household.import", tr("Import a case file"), "Ctrl+O", self.ask_import),
            Command("household.import-undo", tr("Take the last import back"), "", self.take_back),
            Command("household.export", tr("Export this household"), "Ctrl+E", self.ask_export),
            Command("household.delete", tr("Delete this household ..."), "", self.takeout.ask_delete),
        )

    def search(self, typed: str) -> Sequence[int]:
        """The households that answer what is typed."""
        desk = self._desk
        found: Sequence[int] = ()
        if desk.book is not None:
            found = desk.services.usecases().among(desk.book, desk.labels, typed)
        return found

    @property
    def imported(self) -> bool:
        """Whether there is an import to take back."""
        book, households, _ = self._came
        return book is self._desk.book and any(household in self._desk.titles for household in households)

    def take_back(self) -> None:
        """Take the last import back, unless something has followed."""
        if self.imported:
            _, households, before = self._came
            there = [household for household in households if household in self._desk.titles]
            self.takeout.take_back(there, before)

    def _forget(self) -> None:
        self._came = (None, (), None)

    def _note(self, households: Sequence[int], before: int | None, said: str) -> None:
        """What an import brought can be taken back for as long as nothing follows."""
        self._came = (self._desk.book, tuple(households), before)
        self._desk.reload(max(households))
        self._toasts.show(said, [(tr("Undo"), self.take_back)])

    def open_files(self, files: Sequence[str] = ()) -> None:
        """Import case files that were double-clicked, dropped or handed over; while no book is open they wait for the
        next call. What is not there, or no case file by its name, is told."""
        self._waiting += files
        if self._desk.book is None:
            return
        asked, self._waiting = [Path(file) for file in dict.fromkeys(self._waiting)], []
        cases = [path for path in asked if path.suffix.lower() == ".toml" and path.is_file()]
        strange = [path for path in asked if path not in cases]
        if len(cases) == 1:
            self.import_file(cases[0])
        elif cases:
            self.import_files(cases)
        if strange:
            self._tell("\n".join(self._not_opened(path) for path in strange[:_FILES_TOLD]))

    @staticmethod
    def _not_opened(path: Path) -> str:
        if path.is_file():
            return tr("{name} is not a case file; their names end in .famgui.toml.", name=path.name)
        return tr("There is no file {path}; it may have been moved or renamed.", path=path)

    def ask_import(self) -> None:
        """Let the user choose case files and import them."""
        title = tr("Import a case file")
        names, _ = QtWidgets.QFileDialog.getOpenFileNames(
            self._window, title, in_folder(), tr("Case files (*.famgui.toml *.toml)")
        )
        keep_folder(*names)
        if len(names) == 1:
            self.import_file(Path(names[0]))
        elif names:
            self.import_files([Path(name) for name in names])

    def import_files(self, paths: Sequence[Path], *, anyway: bool = False) -> None:
        """Import several case files, each as a household; the faulty ones are left out and told. Those whose people are
        in the book already are asked about, unless `anyway`."""
        desk, uses, now = self._desk, self._desk.services.usecases(), datetime.now().astimezone()
        book, before = desk.book, None if desk.live is None else desk.live.id
        if book is None:
            return

        def work(progress: Progress) -> Any:
            def report(count: int) -> bool:
                try:
                    progress.report(count, len(paths))
                except Cancelled:
                    return False
                return True

            return uses.import_files(book, desk.library.book, paths, now=now, report=report, anyway=anyway)

        def imported(answer: Any) -> None:
            if answer.imported.households:
                count = answer.imported.households
                self._note(
                    sorted(answer.imported.changes.households), before, tr("Imported {count} households", count=count)
                )
            said = [uses.explain(error, desk.wording) or str(error) for error in answer.faulty]
            faults = [line for text in said for line in text.splitlines()[:_LINES_A_FILE]]
            if answer.known:
                self._ask_many(answer.known, faults)
            elif faults:
                self._tell("\n".join(faults))

        desk.ops.run(tr("Importing {count} files", count=len(paths)), work, imported, self._failed)

    def _ask_many(self, known: Sequence[tuple[Path, Any]], faults: Sequence[str]) -> None:
        text = tr("{count} files are not imported: their people are in the book already.", count=len(known))
        lines = [known_words(path.name, found, self._desk.labels) for path, found in known[:_FILES_TOLD]]
        way = tr("Import as further households"), partial(self.import_files, [path for path, _ in known], anyway=True)
        ask(self._window, text, "\n".join((*lines, *faults)), tr("Do not import"), way)

    def import_file(self, path: Path, *, anyway: bool = False) -> None:
        """Import a case file as a new household; a faulty file is told, one whose people are in the book already is
        asked about, unless `anyway`."""
        desk, uses, now = self._desk, self._desk.services.usecases(), datetime.now().astimezone()
        book, before = desk.book, None if desk.live is None else desk.live.id
        if book is None:
            return

        def work() -> tuple[int | None, Any]:
            found = None if anyway else uses.known_already(book, path)
            if found is not None:
                return None, found
            answer: tuple[int, Any] = uses.import_file(book, desk.library.book, path, now=now)
            return answer

        def imported(answer: tuple[int | None, Any]) -> None:
            household, found = answer
            if household is None:
                said = known_words(path.name, found, desk.labels)
                way = tr("Import as a further household"), partial(self.import_file, path, anyway=True)
                ask(self._window, said, _twice_words(), tr("Do not import"), way)
            else:
                self._note([household], before, tr("Imported {name}", name=path.name))

        desk.ops.run(tr("Importing {name}", name=path.name), lambda _: work(), imported, self._failed)

    def ask_export(self) -> None:
        """Let the user choose where, and write the household at hand there."""
        live = self._desk.live
        if live is None:
            return
        title, suggested = tr("Export this household"), in_folder(f"{file_name(live.title)}.famgui.toml")
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._window, title, suggested, tr("Case files (*.famgui.toml *.toml)")
        )
        if name:
            keep_folder(name)
            self.export_file(Path(name))

    def export_file(self, path: Path) -> None:
        """Write the household at hand as a case file."""
        uses, book, live = self._desk.services.usecases(), self._desk.book, self._desk.live
        if book is None or live is None:
            return
        title, household = tr("Export this household"), live.id
        self._desk.ops.run(title, lambda _: uses.export_file(book, household, path), self._exported(path), self._failed)

    def _exported(self, path: Path) -> Callable[[Any], None]:
        def said(_: Any) -> None:
            self._toasts.show(tr("Exported {name}", name=path.name))

        return said

    def _failed(self, error: BaseException) -> None:
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if said is None:
            self._desk.ops.crashed.emit(error)
        else:
            self._tell(said)


def file_name(title: str) -> str:
    """A title as a file may be called: an import takes the title from there."""
    return "".join("_" if sign in _NOT_IN_NAMES or sign < " " else sign for sign in title).strip(" .")


def _twice_words() -> str:
    return tr("Imported once more, one card would have two accounts, and balances would count twice.")
