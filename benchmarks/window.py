"""From nothing to the first paint, as whole processes: our frame against a bare QMainWindow."""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Ratio, in_turns
from benchmarks.settlement import EVENTS_EACH

NOTICED = 0.05
"""Seconds of standstill that the window must never reach."""

BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        os._exit(0)
application = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""
_BRINGING = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from benchmarks.settlement import book, families
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui.start import Program, QApplication, QTimer
from famgui.usecase.bulk import import_many

application = QApplication([])
program = Program(application, App(Home(Path(sys.argv[1])), "zh").services(), pages)
program.window.show()
program.opened.connect(lambda: QTimer.singleShot(1_000, bring))
count, rules, seen, waits = int(sys.argv[2]), book(), [0.0], []
clock = QTimer()
clock.setInterval(5)

def tick():
    waits.append(time.perf_counter() - seen[0])
    seen[0] = time.perf_counter()

clock.timeout.connect(tick)

def work(progress):
    def report(done):
        progress.report(done, count)
        return True
    named = ((family, "家") for family in families(count))
    return import_many(program.desk.book, lambda place: rules, named, now=datetime.now(UTC), report=report)

def bring():
    seen[0] = time.perf_counter()
    clock.start()
    program.ops.run("bringing in", work, lambda done: application.quit())

program.open()
application.exec()
print(max(waits))
program.window.close()
program.close()
"""
_OURS = """
import os, sys
from pathlib import Path
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui.start import Program, QApplication
application = QApplication([])
program = Program(application, App(Home(Path(sys.argv[1])), "zh").services(), pages)
program.window.painted.connect(lambda: os._exit(0))
program.window.show()
application.exec()
"""


def first_paint() -> Ratio:
    """The frame with rail, header and status line on screen; the database is not loaded yet."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled; so is what we measure

        def start(code: str) -> None:
            subprocess.run([sys.executable, "-c", code, home], env=environment, check=True)

        return in_turns(
            "first paint of the window", lambda: start(_OURS), "bare QMainWindow", lambda: start(BARE), rounds=11
        )


def longest_wait(families: int = 2_000, rounds: int = 3) -> Ratio:
    """How long the window's own clock has to wait at most while many events are settled and stored behind it."""

    def once() -> float:
        with tempfile.TemporaryDirectory(dir=Path.cwd(), prefix=".bench-") as home:
            command = [sys.executable, "-c", _BRINGING, home, str(families)]
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        return float(done.stdout)

    wait = statistics.median(once() for _ in range(rounds))
    name = f"longest wait of the window while {families * EVENTS_EACH:,} events are brought in"
    return Ratio(name, wait, "what one notices", NOTICED, wait / NOTICED)
