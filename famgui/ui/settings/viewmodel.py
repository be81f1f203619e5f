"""What the settings page shows: the look in use, where the data is, the rule packs and what is wrong with them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from famgui.files.sentence import fault_sentence
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import language, tr
from famgui.ui.shell.settings import LANGUAGE, SCALE, THEME, Option, Settings


@dataclass(frozen=True, slots=True)
class PackRow:
    """A rule pack in use; `state` says when an older version stands in for a broken file."""

    place: str
    version: str
    checked_on: str
    state: str


class SettingsVM(QObject):
    """Reads and keeps the settings of the look; tells about data and packs."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self._desk = desk
        self._settings = settings

    @property
    def looks(self) -> tuple[tuple[Option, str, tuple[tuple[str, str], ...]], ...]:
        """The settings of the look: option, title, and its values with their words."""
        return (
            (THEME, tr("Theme"), (("system", tr("System")), ("light", tr("Light")), ("dark", tr("Dark")))),
            (LANGUAGE, tr("Language"), (("system", tr("System")), ("zh", "中文"), ("en", "English"))),
            (
                SCALE,
                tr("Text size"),
                (
                    ("small", tr("Small")),
                    ("standard", tr("Standard")),
                    ("large", tr("Large")),
                    ("huge", tr("Extra large")),
                ),
            ),
        )

    def value(self, option: Option) -> str:
        """The value in force."""
        return self._settings.get(option)

    def keep(self, option: Option, value: str) -> None:
        """Keep a value; the window follows `Settings.changed`."""
        self._settings.set(option, value)

    @property
    def folder(self) -> str:
        """Where all that the program writes is."""
        return str(self._desk.services.home.root)

    @property
    def about_data(self) -> tuple[str, ...]:
        """What is to be known about where the data is."""
        if self._desk.services.home.portable:
            return (
                tr("Portable: the data lies beside the program and goes with it; copy the whole folder."),
                tr("The program talks to nobody unless you check for updates."),
            )
        return (tr("The data stays on this computer; the program talks to nobody unless you check for updates."),)

    @property
    def copies_folder(self) -> str:
        """Where the automatic copies of the books are, or will be."""
        return str(self._desk.services.home.backups)

    def copies_folder_there(self) -> str:
        """That folder, made if need be; the home where it cannot be made."""
        home = self._desk.services.home
        try:
            home.backups.mkdir(parents=True, exist_ok=True)
        except OSError:
            return str(home.root)
        return str(home.backups)

    @property
    def about_copies(self) -> str:
        """When automatic copies are made, and what they are not."""
        return tr(
            "A copy is kept before a list is imported, a workbook recorded, persons merged or taken out, a backup "
            "restored. They lie on the same disk: back up to a stick or share too."
        )

    @property
    def pack_folder(self) -> str:
        """Where packs of the user's own are looked for."""
        return str(self._desk.services.home.policies)

    @property
    def packs(self) -> tuple[PackRow, ...]:
        """The packs in use."""
        chinese = language() == "zh"
        return tuple(
            PackRow(
                f"{pack.name_zh if chinese else pack.name_en} · {pack.place}",
                pack.version,
                pack.checked_on,
                tr("! last good version") if pack.kept else tr("in use now"),
            )
            for pack in self._desk.library.packs
        )

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with packs that could not be taken, a line each."""
        wording = self._desk.wording
        return tuple(fault_sentence(found.file, found.fault, wording) for found in self._desk.library.faults)
