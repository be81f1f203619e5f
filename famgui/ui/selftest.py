"""Does the window work: fonts, icons, Qt's own texts, a PDF, and every page painted without a complaint."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QtMsgType, QTranslator, qInstallMessageHandler
from PySide6.QtGui import QFontDatabase, QFontMetrics, QImage
from PySide6.QtWidgets import QApplication

from famgui.base.paths import resources
from famgui.base.wording import Language
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.window import ALL_PAGES
from famgui.ui.start import Program
from famgui.ui.theme.icons import tinted
from famgui.ui.theme.roles import LIGHT
from famgui.ui.theme.style import Theme, new_application
from famgui.ui.tour import TourFailed, View, bring_up, picture_of, showing, tour
from famgui.usecase.selftest.ground import Ground, SelftestFailed

_SIZE = (1366, 768)
_SHOWN = "家庭共济绑定医疗结算统筹个人账户起付线待核￥：，。"
"""Characters that every page shows, some of which fonts for other languages do not have."""
_HARMLESS = re.compile(r"This plugin does not support (propagateSizeHints|raise)")
_PAGE_OBJECT, _FONT_FILE = re.compile(rb"/Type\s*/Page\b"), re.compile(rb"/FontFile[23]?\b")


def screen(ground: Ground) -> None:
    """The way to the screen that is asked for is there, and Qt starts on it."""
    _application(ground)


def fonts(ground: Ground) -> None:
    """Chinese text is drawn with a font that has its characters."""
    application = _application(ground)
    Theme(application).apply("light", "standard")
    drawn = QFontMetrics(application.font())
    missing = "".join(character for character in _SHOWN if not drawn.inFontUcs4(ord(character)))
    if missing:
        ground.fail("no-font-windows" if sys.platform == "win32" else "no-font", missing=missing)


def icons(ground: Ground) -> None:
    """SVG icons are drawn: by our own painter, and by the plugin that the style sheet needs."""
    _application(ground)
    path = resources() / "icons" / "check-light.svg"
    pictures = {"QtSvg": tinted("overview", LIGHT.text).pixmap(36, 36).toImage(), "qsvg": QImage(str(path))}
    for name, picture in pictures.items():
        if blank(picture):
            ground.fail("not-drawn", name=name)


def translation(ground: Ground) -> None:
    """Qt's own buttons and menus speak Chinese."""
    _application(ground)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not QTranslator().load("qtbase_zh_CN", folder):
        ground.fail("no-translation", path=str(Path(folder) / "qtbase_zh_CN.qm"))


def pdf(ground: Ground) -> None:
    """The settlement sheet of the sample is written as PDF, with its fonts inside."""
    _application(ground)
    path = ground.home.root / "sheet.pdf"
    with _watched(ground):
        tour(ground.services(), ground.pages, ground.folder("sheet"), _view("zh"), pages=(), sheet=path)
    data = path.read_bytes() if path.exists() else b""
    if not data.startswith(b"%PDF") or not _PAGE_OBJECT.search(data):
        ground.fail("no-pdf")
    if not _FONT_FILE.search(data):
        ground.fail("pdf-without-font")


def pages(ground: Ground) -> None:
    """Every page comes up in Chinese on the sample household."""
    look(ground, "zh", ALL_PAGES)


def english(ground: Ground) -> None:
    """The first page comes up in English."""
    look(ground, "en", ALL_PAGES[:1])


def look(ground: Ground, language: Language, names: tuple[str, ...]) -> None:
    """These pages come up in a language, each with something on it, and nobody complains; the picture is taken."""
    _application(ground)
    with _watched(ground), showing(ground.services(), ground.pages, _view(language)) as program:
        crashed: list[BaseException] = []
        program.ops.crashed.connect(crashed.append)
        for name in names:
            _bring_up(ground, program, name)
            if crashed:
                ground.fail("page-crashed", page=name, error=repr(crashed[0]))
            if blank(program.pages[name].grab().toImage()):
                ground.fail("page-blank", page=name)
        wanted = ground.picture if language == ground.wording.language else None
        if wanted is not None and not picture_of(program, ALL_PAGES[0]).save(str(wanted)):
            ground.fail("no-picture", path=wanted)


def _bring_up(ground: Ground, program: Program, name: str) -> None:
    try:
        bring_up(program, name)
    except TourFailed:
        raise
    except Exception as error:
        raise SelftestFailed(ground.wording.say("selftest", "page-crashed", page=name, error=repr(error))) from error


def blank(picture: QImage) -> bool:
    """Whether a picture shows nothing: one single colour, or no dot at all."""
    if picture.isNull():
        return True
    plain = picture.convertToFormat(QImage.Format.Format_ARGB32)  # must live as long as its bits are read
    return len(set(memoryview(plain.constBits()).cast("I"))) < 2


def _view(language: Language) -> View:
    return View(*_SIZE, "light", "standard", language)


def _application(ground: Ground) -> QApplication:
    """The one application; Qt ends the process where its platform plugin is missing, so that is looked up first."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    asked = re.split("[:;]", os.environ.get("QT_QPA_PLATFORM", ""))[0]
    folders = [Path(folder) / "platforms" for folder in QCoreApplication.libraryPaths()]
    folders.append(Path(sys.executable).parent / "platforms")
    named: str = os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", "")
    folders += [Path(folder) for folder in named.split(os.pathsep) if folder]
    if asked and not any(any(folder.glob(f"*q{asked}*")) for folder in folders):
        ground.fail("no-platform", platform=asked)
    if asked == "xcb" and not os.environ.get("DISPLAY"):
        ground.fail("no-display", platform=asked)
    application = new_application()
    if sys.platform == "win32" and asked == "offscreen":  # Qt looks for *.ttf only
        for font in Path(os.environ.get("QT_QPA_FONTDIR", "")).glob("*.ttc"):
            QFontDatabase.addApplicationFont(str(font))
    return application


@contextmanager
def _watched(ground: Ground) -> Iterator[None]:
    """Whatever Qt complains of, and whatever goes wrong where Qt calls, fails the check."""
    complaints: list[str] = []

    def hear(kind: QtMsgType, context: object, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not _HARMLESS.search(text):
            complaints.append(text)

    before, qt_before = sys.excepthook, qInstallMessageHandler(hear)
    sys.excepthook = lambda kind, error, trace: complaints.append(repr(error))
    try:
        yield
    except TourFailed as error:
        ground.fail("tour-failed", error="; ".join([str(error), *complaints]))
    finally:
        sys.excepthook = before
        qInstallMessageHandler(qt_before)
        use_language(ground.wording.language)
    if complaints:
        ground.fail("complaint", text=complaints[0])
