"""Where famgui reads its resources and writes its data. One home moves everything that is written."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import famgui


def resources() -> Path:
    """The resource folder: inside the installed package, or beside it in a checkout."""
    package = Path(famgui.__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds all that the program writes."""

    root: Path

    @property
    def policies(self) -> Path:
        """Packs of the user's own."""
        return self.root / "policies"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.root / "cache"


def default_home() -> Home:
    """The platform's place for a user's application data, unless FAMGUI_HOME names another."""
    chosen = os.environ.get("FAMGUI_HOME")
    if chosen:
        return Home(Path(chosen))
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
