"""The folder in which a file was last chosen: every file dialog begins there."""

from pathlib import Path

from famgui.ui.shell.settings import FOLDER, Settings


class _Kept:
    settings: Settings | None = None


def use_settings(settings: Settings | None) -> None:
    """Keep the folder in these settings from now on; None: keep none."""
    _Kept.settings = settings


def in_folder(name: str = "") -> str:
    """Where a dialog is to begin, with the file name that it suggests; the name alone while no folder is known."""
    folder = "" if _Kept.settings is None else _Kept.settings.get(FOLDER)
    return str(Path(folder) / name) if folder and Path(folder).is_dir() else name


def keep_folder(*chosen: str) -> None:
    """Remember where these files are; nothing for none."""
    if _Kept.settings is not None and chosen and chosen[0]:
        _Kept.settings.set(FOLDER, str(Path(chosen[0]).absolute().parent))
