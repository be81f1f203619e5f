"""Texts of the window: English in code inside `tr()`, Chinese in `resources/i18n/window/*.zh.toml`."""

import tomllib

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from famgui.base.paths import resources
from famgui.base.wording import Language


class _Texts:
    language: Language = "zh"
    table: dict[str, str] = {}  # noqa: RUF012 - the one table of the process, replaced whole
    qt: QTranslator | None = None
    whole = True


def use_language(language: Language) -> None:
    """Speak this language from now on; pages built before must be built again."""
    _Texts.language = language
    _Texts.table = {}
    _Texts.whole = language != "zh"
    if language == "zh":
        _load("shell.zh.toml")  # all that the first paint needs
    QLocale.setDefault(QLocale(QLocale.Language.Chinese if language == "zh" else QLocale.Language.English))
    application = QCoreApplication.instance()
    if application is None:
        return
    if _Texts.qt is not None:
        application.removeTranslator(_Texts.qt)
        _Texts.qt = None
    if language == "zh":
        translator = QTranslator(application)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)
            _Texts.qt = translator


def _load(pattern: str) -> None:
    for path in sorted((resources() / "i18n" / "window").glob(pattern)):
        _Texts.table |= tomllib.loads(path.read_text("utf-8"))


def language() -> Language:
    """The language in use."""
    return _Texts.language


def tr(text: str, **values: object) -> str:
    """The text in the language in use, with the names in braces filled in."""
    if text not in _Texts.table and not _Texts.whole:
        _Texts.whole = True
        _load("*.zh.toml")
    found = _Texts.table.get(text, text)
    return found.format(**values) if values else found
