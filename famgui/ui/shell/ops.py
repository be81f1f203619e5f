"""Operations: work queued on the one writer thread, with late progress, cancel, and the news of what changed; and work
beside it that may be given up."""

import gc
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

PROGRESS_AFTER_MS = 400
REST_SECONDS = 0.5
"""So long after the last work of the queue it is at rest."""
_STAND_BACK = 0.002
"""Seconds that work beside the queue rests at each pause while the queue is at work."""

Pause: TypeAlias = Callable[[], None]


class Cancelled(Exception):
    """The user stopped an operation."""


class Progress:
    """How far an operation is; handed to the work, which reports and asks whether to go on."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Tell how much is done. Raises `Cancelled` when the user has asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        self._report(done, total)


class _Job(NamedTuple):
    label: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[BaseException], None] | None
    progress: Progress


class _Aside:
    def __init__(self, key: object, work: Callable[[Pause], Any]) -> None:
        self.key = key
        self.work = work
        self.done: list[Callable[[Any], None]] = []
        self.given_up = threading.Event()


class Ops(QObject):
    """The writer thread's queue, and work beside it. Results, failures and progress arrive on the GUI thread.

    While it works no cyclic garbage is collected: a collection begun by the writer thread would destroy Qt objects that
    are dead but still have a running timer on the wrong thread, and Qt does not survive that.

    `changed(changes, initiator)`: a command changed rows; the page that started it may skip itself.
    `crashed(error)`: a bug or an unexpected failure nobody handled.
    `busy(label, done, total)`: an operation runs for longer than 400 ms; `idle()`: none does.
    """

    changed = Signal(object, object)
    crashed = Signal(object)
    busy = Signal(str, int, int)
    idle = Signal()
    _finished = Signal(object, object, object)
    _reported = Signal(object, int, int)
    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._jobs: deque[_Job] = deque()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(PROGRESS_AFTER_MS)
        self._late.timeout.connect(self._show_late)
        self._finished.connect(self._on_finished)
        self._reported.connect(self._on_reported)
        self._ended.connect(self._on_ended)
        self._asides: dict[_Aside, threading.Thread] = {}
        self._closed = False
        self._counts = (0, 0)
        self._shown = False
        self.at_rest: Callable[[], bool] | None = None
        """Done on the writer thread when it has come to rest; answers whether that was all."""
        self._thread = threading.Thread(target=self._serve, name="famgui-writer", daemon=True)
        self._thread.start()

    def run(
        self,
        label: str,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> Progress:
        """Queue work; `done(result)` or `failed(error)` is called on the GUI thread. The handle cancels it."""
        gc.disable()
        progress = Progress(lambda made, total: self._reported.emit(job, made, total))
        job = _Job(label, work, done, failed, progress)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._late.start()
        self._queue.put(job)
        return progress

    def aside(self, key: object, work: Callable[[Pause], Any], done: Callable[[Any], None] | None = None) -> None:
        """Begin work that may be given up, on a thread beside the queue: no write waits for it.

        `work` is handed a pause to take every few milliseconds. What is under way for this very `key` is not begun
        twice, what is under way for another is given up. `done(result)` is called on the GUI thread, never for what was
        given up; what fails is a crash.
        """
        running = next((one for one in self._asides if one.key is key and not one.given_up.is_set()), None)
        if self._closed:
            return
        if running is None:
            self._give_up()
            gc.disable()
            running = _Aside(key, work)
            thread = threading.Thread(target=self._beside, args=(running,), name="famgui-aside", daemon=True)
            self._asides[running] = thread
            thread.start()
        if done is not None and done not in running.done:
            running.done.append(done)

    def cancel(self) -> None:
        """Cancel what is running now."""
        if self._jobs:
            self._jobs[0].progress.cancel()

    @property
    def pending(self) -> int:
        """How many operations are queued or running."""
        return len(self._jobs)

    def close(self) -> None:
        """Finish what is queued, however long it takes, then end the threads: no write is cut off."""
        self._closed = True
        self._late.stop()
        self._give_up()
        self._queue.put(None)
        self._thread.join()
        for thread in self._asides.values():
            thread.join()
        self._asides.clear()
        gc.enable()

    def _next(self) -> _Job | None:
        """The next work; while none comes the thread rests."""
        while self.at_rest is not None:
            try:
                return self._queue.get(timeout=REST_SECONDS)
            except queue.Empty:
                try:
                    if self.at_rest():
                        break
                except BaseException as error:
                    self.at_rest = None
                    self.crashed.emit(error)
        return self._queue.get()

    def _serve(self) -> None:
        while (job := self._next()) is not None:
            result: Any = None
            error: BaseException | None = None
            try:
                result = job.work(job.progress)
            except BaseException as raised:
                error = raised
            self._finished.emit(job, result, error)

    def _beside(self, aside: _Aside) -> None:
        def pause() -> None:
            if aside.given_up.is_set():
                raise Cancelled
            time.sleep(_STAND_BACK if self._jobs else 0)

        result: Any = None
        error: BaseException | None = None
        try:
            result = aside.work(pause)
        except BaseException as raised:
            error = raised
        self._ended.emit(aside, result, error)

    def _give_up(self) -> None:
        for aside in self._asides:
            aside.given_up.set()

    def _on_ended(self, aside: _Aside, result: Any, error: BaseException | None) -> None:
        thread = self._asides.pop(aside, None)
        if thread is None:
            return
        thread.join()
        self._collect_again()
        if aside.given_up.is_set():
            return
        if error is not None:
            self.crashed.emit(error)
            return
        for done in aside.done:
            done(result)

    def _collect_again(self) -> None:
        if not self._jobs and not self._asides:
            gc.enable()

    def _on_reported(self, job: _Job, done: int, total: int) -> None:
        self._counts = (done, total)
        if self._shown:
            self.busy.emit(job.label, done, total)

    def _show_late(self) -> None:
        if self._jobs:
            self._shown = True
            self.busy.emit(self._jobs[0].label, *self._counts)

    def _on_finished(self, job: _Job, result: Any, error: BaseException | None) -> None:
        self._jobs.popleft()
        self._counts = (0, 0)
        self._late.stop()
        if self._jobs:
            self._late.start()
        else:
            self._collect_again()
            if self._shown:
                self._shown = False
                self.idle.emit()
        if error is None:
            if job.done is not None:
                job.done(result)
        elif job.failed is not None:
            job.failed(error)
        elif not isinstance(error, Cancelled):
            self.crashed.emit(error)
