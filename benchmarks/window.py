"""From nothing to the first paint, as whole processes: our frame against a bare QMainWindow."""

import os
import subprocess
import sys
import tempfile

from benchmarks.measure import Ratio, in_turns

_BARE = """
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
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}

        def start(code: str) -> None:
            subprocess.run([sys.executable, "-c", code, home], env=environment, check=True)

        return in_turns(
            "first paint of the window", lambda: start(_OURS), "bare QMainWindow", lambda: start(_BARE), rounds=11
        )
