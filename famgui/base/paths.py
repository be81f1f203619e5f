"""Where famgui reads its resources and writes its data. One home moves everything that is written."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import famgui

PRODUCT = "product.json"
"""Beside the executable of an installed program: what it is."""
PORTABLE = "portable.txt"
"""Beside the executable: keep the data there as well."""


def resources() -> Path:
    """The resource folder: inside the installed package, or beside it in a checkout."""
    package = Path(famgui.__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


class Home(NamedTuple):
    """The folder that holds all that the program writes."""

    root: Path

    @property
    def policies(self) -> Path:
        """Packs of the user's own."""
        return self.root / "policies"

    @property
    def backups(self) -> Path:
        """Copies of the books that the program keeps by itself."""
        return self.root / "backups"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / "cache"

    @property
    def portable(self) -> bool:
        """Whether this is the folder beside a portable program."""
        return self.root == _beside_the_program()

    def refusal(self) -> str:
        """Why nothing can be written here, in the system's words; "" when the folder is there (now) and takes files."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            trial = self.root / f".famgui.{os.getpid()}.part"
            trial.touch()
            trial.unlink()
        except OSError as error:
            return error.strerror or str(error)
        return ""


def program_folder() -> Path | None:
    """The folder that the installed program's executable lies in; None when an interpreter of its own runs us.

    An installed program is frozen, or has a `product.json` (version, commit, target) beside its executable.
    """
    if not sys.executable:
        return None
    executable = Path(sys.executable)
    beside = (executable.resolve() if executable.is_symlink() else executable.absolute()).parent
    installed = getattr(sys, "frozen", False) or (beside / PRODUCT).is_file()
    return beside if installed else None


def _beside_the_program() -> Path | None:
    """Where a portable program keeps its data; None for every other one."""
    beside = program_folder()
    return beside / "data" if beside is not None and (beside / PORTABLE).is_file() else None


def default_home() -> Home:
    """Beside a portable program, else the platform's place for a user's application data; FAMGUI_HOME comes before."""
    chosen = os.environ.get("FAMGUI_HOME")
    if chosen:
        return Home(Path(chosen))
    if (portable := _beside_the_program()) is not None:
        return Home(portable)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Home(Path(base) / "famgui")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
