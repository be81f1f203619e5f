"""Case files in and out of the book, through the file dialogs; what cannot be taken is told."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6 import QtWidgets

from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.ui.shell.toasts import Toasts

_FILES_TOLD = 12
"""How many files that cannot be opened are named at once."""
_LINES_A_FILE = 3
"""How many faults of a file are told where there are several files."""


class CaseFiles:
    """Import and export of the household at hand; `tell` shows a sentence that must be read."""

    def __init__(self, desk: Desk, window: QtWidgets.QWidget, toasts: Toasts, tell: Callable[[str], None]) -> None:
        self._desk, self._window, self._toasts, self._tell = desk, window, toasts, tell
        self._waiting: list[str] = []

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
            self._window, title, "", tr("Case files (*.famgui.toml *.toml)")
        )
        if len(names) == 1:
            self.import_file(Path(names[0]))
        elif names:
            self.import_files([Path(name) for name in names])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import several case files, each as a household; the faulty ones are left out and told."""
        desk, uses, now = self._desk, self._desk.services.usecases(), datetime.now().astimezone()
        book = desk.book
        if book is None:
            return

        def work(progress: Progress) -> Any:
            def report(count: int) -> bool:
                try:
                    progress.report(count, len(paths))
                except Cancelled:
                    return False
                return True

            return uses.import_files(book, desk.library.book, paths, now=now, report=report)

        def imported(answer: Any) -> None:
            desk.reload(max(answer.imported.changes.households, default=None))
            self._toasts.show(tr("Imported {count} households", count=answer.imported.households))
            if answer.faulty:
                said = [uses.explain(error, desk.wording) or str(error) for error in answer.faulty]
                self._tell("\n".join(line for text in said for line in text.splitlines()[:_LINES_A_FILE]))

        desk.ops.run(tr("Importing {count} files", count=len(paths)), work, imported, self._failed)

    def import_file(self, path: Path) -> None:
        """Import a case file as a new household; a faulty file is told."""
        desk, uses, now = self._desk, self._desk.services.usecases(), datetime.now().astimezone()
        book = desk.book

        def imported(answer: tuple[int, Any]) -> None:
            desk.reload(answer[0])
            self._toasts.show(tr("Imported {name}", name=path.name))

        if book is not None:
            work = tr("Importing {name}", name=path.name)
            desk.ops.run(
                work, lambda _: uses.import_file(book, desk.library.book, path, now=now), imported, self._failed
            )

    def ask_export(self) -> None:
        """Let the user choose where, and write the household at hand there."""
        live = self._desk.live
        if live is None:
            return
        title, suggested = tr("Export this household"), f"{live.title}.famgui.toml"
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._window, title, suggested, tr("Case files (*.famgui.toml *.toml)")
        )
        if name:
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
