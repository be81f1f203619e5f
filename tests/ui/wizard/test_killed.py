"""A process killed in the middle of the wizard loses at most what was typed in the last 300 ms."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from famgui.ui.shell.settings import BOOK, Settings
from famgui.ui.start import Program
from famgui.ui.wizard.page import WizardPage
from tests.conftest import REPOSITORY
from tests.patience import PATIENCE
from tests.ui.wizard.building import number

TYPIST = '''
import sys
import time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from famgui.app import App, pages
from famgui.base.paths import Home
from famgui.ui.start import Program
from tests.ui.wizard.building import Keys

application = QApplication([])
program = Program(application, App(Home(Path(sys.argv[1])), "zh").services(), pages, language="zh")

def type_on():
    """Types without a rest; tells when 300 ms are over since the number was whole and nothing is being written."""
    program.go_to("wizard")
    keys = Keys(program.window)
    program.window.activateWindow()
    keys.type("李强")
    keys.enter()
    for digit in sys.argv[2]:
        keys.type(digit)
        QTest.qWait(10)
    keys.enter()
    keys.type("1")
    whole, told = time.monotonic(), False
    while True:
        keys.type("1")
        QTest.qWait(10)
        if not told and time.monotonic() > whole + 0.3 and not program.desk.ops.pending:
            told = True
            print("typed", flush=True)

program.opened.connect(lambda: QTimer.singleShot(0, type_on))
program.window.show()
program.open()
application.exec()
'''


def test_what_was_typed_before_is_offered_back(tmp_path: Path, program: Callable[[], Program], qtbot: QtBot) -> None:
    Settings(tmp_path / "settings.ini").set(BOOK, "own")
    whole = number("43020219850101001")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
    script = [sys.executable, "-c", TYPIST, str(tmp_path), whole]
    typist = subprocess.Popen(script, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert typist.stdout is not None
        assert typist.stdout.readline() == "typed\n"
    finally:
        typist.send_signal(signal.SIGKILL)
        typist.wait(timeout=PATIENCE)
        typist.stdout.close() if typist.stdout else None
    assert typist.returncode == -signal.SIGKILL

    app = program()
    app.go_to("wizard")
    page = app.pages["wizard"]
    assert isinstance(page, WizardPage)
    assert page.vm.waiting is not None and page.vm.waiting.summary == "李强"
    page.offer.resume.click()
    giver = page.vm.state.authorizer
    assert giver is not None and giver.draft is not None
    assert (giver.draft.name, giver.draft.id_number) == ("李强", whole)
    assert giver.draft.phone.startswith("1")
