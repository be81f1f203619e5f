"""What the batch page shows: a workbook tried out, its bills and problems, and the way into the book."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from PySide6.QtCore import QObject, Signal

from famgui.files.workbook.form import FaultyWorkbook
from famgui.files.workbook.results import fault_line
from famgui.files.workbook.write import write_template
from famgui.ui.batch.rows import TriedRows
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import tr
from famgui.ui.shell.ops import Cancelled, Progress
from famgui.usecase.batch import DryRun, dry_run, write_faulty, write_results
from famgui.usecase.batch_book import BatchRecorded, InBook, NotAsRecorded, record_batch, take_back_batch
from famgui.usecase.batch_people import Asked, Source

State: TypeAlias = Literal["empty", "running", "done"]


class BatchVM(QObject):
    """Tries a workbook out, writes results, records; `changed` when there is something else to show, `progressed` while
    it runs, `told` with a sentence and, where what was done can be taken back, how. `rows` go with `done`."""

    changed = Signal()
    progressed = Signal(int, int)
    told = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._running: Progress | None = None
        self.name = self.doing = ""
        self.has_template = False
        self.done: DryRun | None = None
        self.failures: tuple[str, ...] = ()
        self.recorded: BatchRecorded | None = None
        self.rows: TriedRows | None = None
        self._book = desk.book

    @property
    def state(self) -> State:
        """What there is to show."""
        if self._running is not None:
            return "running"
        return "empty" if self.done is None else "done"

    def refresh(self) -> None:
        """Put away what was tried on another book."""
        if self._book is not self._desk.book and self._running is None:
            self._book, self.done, self.recorded, self.failures = self._desk.book, None, None, ()
            self.changed.emit()

    @property
    def can_record(self) -> bool:
        """Whether the settled bills may go into the book."""
        done = self.done
        return self.state == "done" and done is not None and bool(done.results) and done.in_book and not self.recorded

    @property
    def why_not(self) -> str:
        """What keeps the bills out of the book, or what has become of them; "" for nothing to say."""
        if self.done is None:
            return ""
        if self.recorded:
            return tr("In the book: {count} bills.", count=self.recorded.count)
        if not self.done.in_book:
            return tr("These people come from the workbook, not from the book: the results can be saved, not recorded.")
        return ""

    def save_template(self, path: Path) -> None:
        """Write the empty workbook."""
        wording = self._desk.wording
        self.has_template = True
        self._write(tr("Save the template"), path, lambda: write_template(path, wording))

    def save_results(self, path: Path) -> None:
        """Write the results as a workbook."""
        done, wording = self.done, self._desk.wording
        if done is not None:
            self._write(tr("Save the results"), path, lambda: write_results(done, path, wording))

    def save_faulty(self, path: Path) -> None:
        """Write the faulty rows as a workbook to mend."""
        done, wording = self.done, self._desk.wording
        if done is not None:
            self._write(tr("Save the faulty rows"), path, lambda: write_faulty(done, path, wording))

    def open(self, path: Path) -> None:
        """Try a workbook out; what was shown before goes away."""
        if self._running is not None:
            return
        desk, book = self._desk, self._desk.book
        home = desk.live.household.place if desk.live is not None else ""
        rules_of = desk.library.book

        def source() -> Source:
            assert book is not None
            return InBook(book, rules_of)

        def work(progress: Progress) -> TriedRows:
            asked = Asked(rules_of, desk.services.regions, home, desk.today, desk.wording.language)
            done = dry_run(path, asked, None if book is None else source, self._reporter(progress))
            return TriedRows(done, desk.wording)

        self.name, self.done, self.recorded, self._book = path.name, None, None, book
        self._start(tr("Trying {name}", name=path.name), work, self._tried)

    def cancel(self) -> None:
        """Stop what runs."""
        if self._running is not None:
            self._running.cancel()

    def record(self) -> None:
        """Record every settled bill, all or none."""
        desk, done, book = self._desk, self.done, self._desk.book
        if done is None or book is None or not self.can_record:
            return
        now, rules_of = datetime.now().astimezone(), desk.library.book

        def work(progress: Progress) -> BatchRecorded:
            return record_batch(book, rules_of, done, now=now, report=self._reporter(progress))

        self._start(tr("Recording"), work, self._was_recorded)

    def take_back(self) -> None:
        """Take every recorded bill of the batch back, all or none."""
        desk, batch, book = self._desk, self.recorded, self._desk.book
        if batch is None or book is None or self._running is not None:
            return
        now, rules_of = datetime.now().astimezone(), desk.library.book

        def taken(changes: object) -> None:
            self._running, self.recorded, self.done = None, None, None
            desk.reload(titles=False)
            desk.ops.changed.emit(changes, self)
            self.told.emit(tr("Took back {count} bills", count=batch.count), None)
            self.changed.emit()

        def work(progress: Progress) -> object:
            return take_back_batch(book, rules_of, batch, now=now, report=self._reporter(progress))

        self._start(tr("Taking back"), work, taken)

    def _start(self, label: str, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        self.doing, self.failures = label, ()
        self._running = self._desk.ops.run(label, work, done, self._failed)
        self.changed.emit()

    def _reporter(self, progress: Progress) -> Callable[[int, int], None]:
        def report(done: int, total: int) -> None:
            progress.report(done, total)
            self.progressed.emit(done, total)

        return report

    def _tried(self, rows: TriedRows) -> None:
        self._running, self.done, self.rows = None, rows.done, rows
        self.changed.emit()

    def _was_recorded(self, batch: BatchRecorded) -> None:
        self._running = None
        if batch.recorded:
            self.recorded = batch
            self._desk.reload(titles=False)
            self._desk.ops.changed.emit(batch.changes, self)
            self.told.emit(tr("Recorded {count} bills", count=batch.count), self.take_back)
        else:
            self.failures = (
                tr("Bill {number} comes out differently now: nothing was recorded.", number=batch.number),
                tr("The book has changed since; open the workbook again."),
            )
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._running = None
        if isinstance(error, Cancelled):
            self.told.emit(tr("Stopped; nothing was changed"), None)
        elif isinstance(error, FaultyWorkbook):
            self.failures = tuple(fault_line(fault, self.name, self._desk.wording) for fault in error.faults)
        elif isinstance(error, NotAsRecorded):
            self.failures = (tr("Some of these bills have changed since; take them back one by one."),)
        else:
            self._tell_or_crash(error)
        self.changed.emit()

    def _write(self, label: str, path: Path, work: Callable[[], None]) -> None:
        def written(_: object) -> None:
            self.told.emit(tr("Saved {name}", name=path.name), None)
            self.changed.emit()

        self._desk.ops.run(label, lambda _: work(), written, self._tell_or_crash)

    def _tell_or_crash(self, error: BaseException) -> None:
        said = self._desk.services.usecases().explain(error, self._desk.wording)
        if said is None:
            self._desk.ops.crashed.emit(error)
        else:
            self.failures = (said,)
            self.changed.emit()
