"""What the list's page shows: a file, where its columns are, what would become of its rows; the way in and out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.files.roster.form import is_doubtful, missing, recognise
from famgui.files.roster.source import Grid, open_list
from famgui.files.roster.told import file_sentence
from famgui.files.roster.write import export, faulty, template, write_list
from famgui.files.workbook.form import FaultyWorkbook
from famgui.files.workbook.write import SheetOut
from famgui.ui.roster.rows import TriedRows
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.usecase.batch_people import Asked
from famgui.usecase.roster.commit import ListChanged, TakenOver, take_over
from famgui.usecase.roster.export import register_rows
from famgui.usecase.roster.trial import try_file

State: TypeAlias = Literal["empty", "running", "columns", "done"]


class _Opened(NamedTuple):
    """A file as it was opened: where its columns are, and, where none that is needed is missing, its rows tried."""

    grid: Grid
    mapped: Mapping[str, int]
    rows: TriedRows | None


class RosterVM(QObject):
    """Tries a list, takes it over, gives one out; `changed` when there is something else to show, `progressed` while it
    runs, `told` with a sentence. `grid` and `mapped` go with `columns` and `done`, `rows` with `done`."""

    changed = Signal()
    progressed = Signal(int, int)
    told = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._book = desk.book
        self._running: Progress | None = None
        self._placing = False
        self.name = self.doing = ""
        self.has_template = self.leave_out = False
        self.failures: tuple[str, ...] = ()
        self.grid: Grid | None = None
        self.mapped: dict[str, int] = {}
        self.fixed: dict[str, str] = {}
        self.rows: TriedRows | None = None
        self.taken: TakenOver | None = None

    @property
    def state(self) -> State:
        """What there is to show."""
        if self._running is not None:
            return "running"
        if self.grid is None:
            return "empty"
        return "columns" if self._placing or self.rows is None else "done"

    @property
    def can_take(self) -> bool:
        """Whether the good rows may go into the book: rows with problems are left out only where one says so."""
        if self.state != "done" or self.rows is None or self.taken is not None:
            return False
        plan = self.rows.plan
        return plan.count("new") > 0 and (self.leave_out or not plan.count("held"))

    def refresh(self) -> None:
        """Put away what was tried on another book."""
        if self._book is not self._desk.book and self._running is None:
            self._book = self._desk.book
            self._clear()
            self.changed.emit()

    def _clear(self) -> None:
        self.grid, self.rows, self.taken, self.mapped = None, None, None, {}
        self.fixed = {}
        self.failures, self._placing, self.leave_out = (), False, False

    def open(self, path: Path) -> None:
        """Try a list; what was shown before goes away."""
        if self._running is not None:
            return
        self._clear()
        self.name, self._book = path.name, self._desk.book

        def work(progress: Progress) -> _Opened:
            grid = open_list(path)
            mapped = recognise(grid.titles)
            doubtful = is_doubtful(grid.titles, mapped)
            return _Opened(grid, mapped, None if doubtful else self._try(grid, mapped, progress))

        self._start(tr("Trying {name}", name=path.name), work, self._opened)

    def show_columns(self) -> None:
        """Let the user say which column is which."""
        if self.state == "done" and self.taken is None:
            self._placing = True
            self.changed.emit()

    def place(self, key: str, position: int | str) -> None:
        """Say where a column stands in the file (-1: nowhere), or what all rows say in it; no two of ours are the same
        column."""
        self.fixed.pop(key, None)
        if isinstance(position, str):
            self.fixed[key], position = position, -1
        for other, where in self.mapped.items():
            if position >= 0 and where == position and other != key:
                self.mapped[other] = -1
        self.mapped[key] = position
        self.changed.emit()

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns that the file cannot do without and that are nowhere, by key."""
        return missing(self.mapped)

    def try_again(self) -> None:
        """Try the file with its columns as they are placed now."""
        grid, mapped = self.grid, dict(self.mapped)
        if grid is None or self._running is not None or self.missing:
            return
        self.leave_out = False
        grid = replace(grid, fixed=dict(self.fixed))

        def work(progress: Progress) -> _Opened:
            return _Opened(grid, mapped, self._try(grid, mapped, progress))

        self._start(tr("Trying {name}", name=self.name), work, self._opened)

    def _try(self, grid: Grid, mapped: Mapping[str, int], progress: Progress) -> TriedRows:
        book = self._book
        assert book is not None
        plan = try_file(book, grid, mapped, self._asked(), self._reporter(progress))
        return TriedRows(plan, self._desk.wording)

    def _asked(self) -> Asked:
        desk = self._desk
        home = desk.live.household.place if desk.live is not None else ""
        return Asked(desk.library.book, desk.services.regions, home, desk.today, desk.wording.language)

    def set_leave_out(self, on: bool) -> None:
        """Whether the rows with problems are left out."""
        self.leave_out = on
        self.changed.emit()

    def take(self) -> None:
        """Take over every good row, all or none."""
        rows, book = self.rows, self._desk.book
        if rows is None or book is None or not self.can_take:
            return
        asked, now = self._asked(), datetime.now().astimezone()

        def work(progress: Progress) -> TakenOver:
            return take_over(book, rows.plan, asked, now=now, report=self._reporter(progress))

        self._start(tr("Taking over {name}", name=self.name), work, self._took)

    def cancel(self) -> None:
        """Stop what runs."""
        if self._running is not None:
            self._running.cancel()

    def save_template(self, path: Path) -> None:
        """Write the empty list."""
        self.has_template = True
        self._write(path, lambda: template(self._desk.wording))

    def save_faulty(self, path: Path) -> None:
        """Write the rows that are held back, with what is wrong in a column of their own."""
        grid, rows, wording = self.grid, self.rows, self._desk.wording
        if grid is None or rows is None:
            return
        plan = rows.plan
        held = {number: plan.remarks.get(number, ()) for number, state in plan.states.items() if state == "held"}
        self._write(path, lambda: faulty(grid, plan.read.mapped, held, wording))

    def save_register(self, path: Path, *, whole: bool) -> None:
        """Write the register as a list: the household's at hand or, `whole`, everybody's in the book."""
        desk, book = self._desk, self._desk.book
        if book is None or desk.live is None:
            return
        households = list(desk.titles) if whole else [desk.live.id]
        language, regions = desk.wording.language, desk.services.regions

        def place_name(code: str) -> str:
            name = regions.name(code)
            return name if regions.codes(name) == (code,) else code

        unknown: list[int] = []

        def sheets() -> list[SheetOut]:
            rows, without = register_rows(book, households, place_name, language)
            unknown.append(without)
            return export(rows, language)

        def said() -> str:
            if not unknown[0]:
                return ""
            return tr("{count} people have no ID number: a list cannot bring them back in", count=unknown[0])

        self._write(path, sheets, said)

    def _start(self, label: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.doing, self.failures = label, ()
        self._running = self._desk.ops.run(label, work, done, self._failed)
        self.changed.emit()

    def _reporter(self, progress: Progress) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            progress.report(done, total)
            self.progressed.emit(done, total)

        return report

    def _opened(self, opened: _Opened) -> None:
        self._running, self._placing = None, opened.rows is None
        self.grid, self.mapped, self.rows = opened.grid, dict(opened.mapped), opened.rows
        self.changed.emit()

    def _took(self, taken: TakenOver) -> None:
        self._running, self.taken = None, taken
        self._desk.reload()
        self._desk.ops.changed.emit(taken.changes, self)
        self.told.emit(tr("Took over {count} rows", count=taken.rows))
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._running = None
        if isinstance(error, Cancelled):
            self.told.emit(tr("Stopped; nothing was changed"))
        elif isinstance(error, FaultyWorkbook):
            self.failures = (file_sentence(error, self.name, self._desk.wording),)
        elif isinstance(error, ListChanged):
            self.try_again()
            self.failures = (tr("The book has changed since: nothing was taken over. The list is tried anew."),)
        else:
            self._tell_or_crash(error)
        self.changed.emit()

    def _write(self, path: Path, sheets: Callable[[], list[SheetOut]], said: Callable[[], str] = str) -> None:
        def written(_: object) -> None:
            more = said()
            name = path.name
            self.told.emit(tr("Saved {name}; {more}", name=name, more=more) if more else tr("Saved {name}", name=name))
            self.changed.emit()

        self._desk.ops.run(tr("Exporting"), lambda _: write_list(path, sheets()), written, self._tell_or_crash)

    def _tell_or_crash(self, error: BaseException) -> None:
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if said is None:
            self._desk.ops.crashed.emit(error)
        else:
            self.failures = (said,)
            self.changed.emit()
