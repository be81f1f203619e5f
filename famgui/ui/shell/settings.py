"""Settings, declared once: name, type, default, choices. Kept as an INI file in the home."""

from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QSettings, Signal

FORMAT = 1
"""The format of the file; a later change of meaning raises it and adds an upgrade step here."""


class Option(NamedTuple):
    """One setting. `choices` empty: any text."""

    key: str
    default: str
    choices: tuple[str, ...] = ()

    def read(self, value: object) -> str:
        """The stored value, or the default where it makes no sense."""
        text = value if isinstance(value, str) else self.default
        return text if not self.choices or text in self.choices else self.default


THEME = Option("look/theme", "system", ("system", "light", "dark"))
SCALE = Option("look/scale", "standard", ("small", "standard", "large", "huge"))
LANGUAGE = Option("look/language", "system", ("system", "zh", "en"))
PAGE = Option("window/page", "overview")
GEOMETRY = Option("window/geometry", "")
BOOK = Option("book/which", "sample", ("sample", "own"))
BOOK_FILES = {"sample": "sample.sqlite", "own": "book.sqlite"}
"""What the books are called in the home."""
HOUSEHOLD = Option("book/household", "")
COPIES = Option("book/copies", "10", ("5", "10", "20", "50"))
"""So many automatic copies of each book are kept."""
STALE_DAYS = Option("packs/stale-days", "180", ("30", "90", "180", "365"))
"""Days after which a rule pack that nobody has held against its sources counts as stale."""
FOLDER = Option("files/folder", "")
"""Where a file was last chosen; empty: nowhere yet."""
UPDATE_SOURCE = Option("update/source", "")
"""Where to look for a newer version when the user asks: an https address or a path; empty: nowhere."""


class Settings(QObject):
    """The settings of one home. `changed(key)` after every change."""

    changed = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store: Any = QSettings(str(path), QSettings.Format.IniFormat)
        self._store.setValue("format", FORMAT)

    def get(self, option: Option) -> str:
        """The value in force."""
        return option.read(self._store.value(option.key))

    def set(self, option: Option, value: str) -> None:
        """Keep a value; ValueError for one that the option does not know."""
        if option.read(value) != value:
            raise ValueError(f"{value!r} is no value of {option.key}")
        if value != self.get(option):
            self._store.setValue(option.key, value)
            self._store.sync()
            self.changed.emit(option.key)
