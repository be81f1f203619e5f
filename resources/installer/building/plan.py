"""What one build is: which version of which commit, from where, to where."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from building.tools import Fault, run

ROOT = Path(__file__).resolve().parents[3]
"""The clone that is built."""

TEMPLATES = ROOT / "resources" / "installer"
"""Scripts and texts of the installers."""

PYTHON = (3, 11)
"""The minor version of CPython in every product: byte code, runtime and wheels must agree on it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One build. `epoch` is the commit's time: every date inside a product, so that two builds are equal."""

    version: str
    commit: str
    epoch: int
    work: Path
    """Where products grow; emptied at the start of a target, never published."""
    dist: Path
    cache: Path
    """What may be kept from one build to the next: downloads proved by their digest, the old CPython."""
    sign: str = ""
    """A command line that signs the file it is given in place of {file}; empty: unsigned, and said so."""
    runtime: Path | None = None
    """An embeddable zip of CPython for Windows, instead of the pinned one."""
    python: str = "old"
    """CPython of the Linux product: `old` (built for old C libraries), `this` (the running one) or a path."""
    skip_tests: bool = False

    def environment(self) -> dict[str, str]:
        """The environment of every step: nothing in it may differ between two builds."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "FAMGUI"))}
        fixed = {"SOURCE_DATE_EPOCH": str(self.epoch), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        return kept | fixed | {"PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


Step = tuple[str, Callable[[], str | None]]
"""A title and what is done; the text it returns is told after the title."""


@dataclass(frozen=True, slots=True)
class Target:
    """One of the things that can be built: its steps in order, and the files they leave for `dist/`."""

    name: str
    steps: Sequence[Step]
    products: Callable[[], list[Path]]


def read_version() -> str:
    """The version, which stands in `famgui/__init__.py` only. Raises Fault when it is not there."""
    file = ROOT / "famgui" / "__init__.py"
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', file.read_text("utf-8"), re.MULTILINE)
    if not found:
        raise Fault(f'{file.relative_to(ROOT)} has no line __version__ = "X.Y.Z"; write one.')
    return found[1]


def read_commit() -> tuple[str, int]:
    """The commit of the clone and its time in seconds; without git, what SOURCE_DATE_EPOCH says."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        said = subprocess.run(
            ["git", "-C", str(ROOT), "log", "-1", "--format=%H %ct"], capture_output=True, text=True, check=True
        ).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        if given.isdigit():
            return "unknown", int(given)
        raise Fault(
            "This folder is no git clone; set SOURCE_DATE_EPOCH to the seconds of its date, or clone it."
        ) from None
    return said[0], int(given) if given.isdigit() else int(said[1])


def is_dirty() -> bool:
    """Whether files that the commit knows were changed since."""
    try:
        return bool(run(["git", "-C", str(ROOT), "status", "--porcelain"]).strip())
    except Fault:
        return False


def check_python() -> None:
    """Raises Fault unless the running Python has the minor version that products carry."""
    if sys.version_info[:2] != PYTHON:
        wanted = ".".join(map(str, PYTHON))
        here = ".".join(map(str, sys.version_info[:2]))
        raise Fault(f"This is Python {here}; products carry {wanted}. Run it with python{wanted} (Debian 12: python3).")
