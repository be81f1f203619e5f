"""The part of Qt that the program uses on Windows: modules and plugins by name, libraries by what those ask for."""

import fnmatch
import shutil
from pathlib import Path

from building.pe import Image
from building.tools import Fault

MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
"""What the program imports; `check_imports` proves that it is no less."""

KEPT = (
    "PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/support/*.py",
    *(f"PySide6/{module}.pyd" for module in MODULES),
    "PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qoffscreen.dll",
    "PySide6/plugins/styles/qmodernwindowsstyle.dll", "PySide6/plugins/iconengines/qsvgicon.dll",
    "PySide6/plugins/imageformats/qsvg.dll", "PySide6/plugins/imageformats/qico.dll",
    "PySide6/plugins/imageformats/qjpeg.dll", "PySide6/plugins/imageformats/qgif.dll",
    "PySide6/translations/qtbase_zh_CN.qm",
    "shiboken6/__init__.py", "shiboken6/_config.py", "shiboken6/_git_shiboken_module_version.py",
    "shiboken6/Shiboken.pyd",
    "shibokensupport/*",
)  # fmt: skip

FOLDERS = ("PySide6", "shiboken6")
"""Where Qt's wheels put their libraries."""

MICROSOFT = ("msvcp140*.dll", "vcruntime140*.dll", "concrt140.dll")
"""The C++ runtime: one copy beside the executable, where every module looks first."""


def trim_qt(site: Path, root: Path) -> str:
    """Keep of Qt's packages what is named and what that asks for; how much was left out, for people.

    Microsoft's runtime goes to `root`. Raises Fault when a wheel no longer has what is named."""
    before = _size(site)
    _take_runtime(site, root)
    files = {path.relative_to(site).as_posix(): path for folder in FOLDERS for path in (site / folder).rglob("*")}
    files = {name: path for name, path in files.items() if path.is_file()}
    kept = {name for name in files if any(fnmatch.fnmatch(name, pattern) for pattern in KEPT)}
    missing = [name for name in KEPT if "*" not in name and name not in files]
    if missing:
        raise Fault(f"Qt's wheels no longer have {', '.join(missing)}; look at building/qt.py.")
    kept |= _asked_for(kept, files)
    for name in files.keys() - kept:
        files[name].unlink()
    for folder in FOLDERS:
        _remove_empty(site / folder)
    return f"{(before - _size(site)) / 1_000_000:.0f} MB left out"


def _asked_for(begin: set[str], files: dict[str, Path]) -> set[str]:
    """The libraries that executable files ask for, and those that these ask for, as far as Qt's wheels have them."""
    libraries = {path.name.lower(): name for name, path in files.items() if name.count("/") == 1}
    found: set[str] = set()
    waiting = [name for name in begin if name.endswith((".pyd", ".dll"))]
    while waiting:
        for asked in Image(files[waiting.pop()]).imports():
            name = libraries.get(asked)
            if name and name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _take_runtime(site: Path, root: Path) -> None:
    for folder in FOLDERS:
        for pattern in MICROSOFT:
            for path in sorted((site / folder).glob(pattern)):
                if not (root / path.name).exists():
                    shutil.copyfile(path, root / path.name)
                path.unlink()


def _remove_empty(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _size(tree: Path) -> int:
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
