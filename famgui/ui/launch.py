"""One window a home: the first start opens it, every other one hands over what it was asked to open."""

import gc
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QLockFile, Qt, QTimer
from PySide6.QtWidgets import QApplication

from famgui.base.paths import Home
from famgui.base.wording import Language, Wording, system_language
from famgui.ui.shell.desk import Services
from famgui.ui.shell.i18n import tr, use_language
from famgui.ui.start import PageMaker, Program
from famgui.ui.theme.style import new_application

FAULTY = 2


def run_window(
    services: Services,
    makers: Callable[[], dict[str, PageMaker]],
    language: Language | None,
    files: Sequence[str] = (),
) -> int:
    """Open the window, import these case files, and serve until it is closed; the exit status."""
    application = QApplication.instance() or new_application()
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without widgets is running")
    application.setApplicationName("famgui")
    application.setDesktopFileName("famgui")
    home, asked = services.home, [absolute(file) for file in files]
    if refused := home_refused(home, language or system_language()):
        _say(refused, language)
        return FAULTY
    lock = QLockFile(str(home.root / "famgui.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100) and (status := _held(home, asked, lock, language)) is not None:
        return status
    try:
        return _serve(application, Program(application, services, makers, language=language), asked)
    finally:
        lock.unlock()


def _serve(application: QApplication, program: Program, files: Sequence[str]) -> int:
    program.watch_for_bugs()
    program.opened.connect(gc.freeze)  # what is loaded by then stays: collections need not walk it
    program.files.open_files(files)

    def go_on() -> None:
        from famgui.ui.shell.handover import Doorbell  # start-up seam: after the first paint

        bell = Doorbell(program.home, program)
        bell.rung.connect(program.bring_forward)
        application.aboutToQuit.connect(bell.stop)
        program.open()

    program.window.painted.connect(lambda: QTimer.singleShot(0, go_on))
    program.window.show_on_screen()
    try:
        return application.exec()
    finally:
        program.close()


def _held(home: Home, files: Sequence[str], lock: QLockFile, language: Language | None) -> int | None:
    """Another process has this home: hand the files over, or say who it is; the exit status, None when the home is ours
    after all."""
    from famgui.ui.shell.occupied import Occupied  # start-up seam: for a second start only

    return Occupied(home, lock, language or system_language()).settle(files)


def _say(text: str, language: Language | None) -> None:
    use_language(language or system_language())
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, tr("famgui"), text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def absolute(file: str) -> str:
    """The path that an argument means, seen from here; desktops may hand over `file:` addresses."""
    local = QtCore.QUrl(file).toLocalFile() if file.startswith("file:") else file
    return str(Path(local).absolute())


def home_refused(home: Home, language: Language) -> str:
    """The sentence that says why nothing can be kept in the home; "" when all is well."""
    reason = home.refusal()
    key = "portable-refused" if home.portable else "home-refused"
    return Wording(language).say("cli", key, folder=home.root, reason=reason) if reason else ""
