"""The standard library for Windows: byte code in one zip, from the interpreter that builds."""

import shutil
import sys
import sysconfig
from pathlib import Path

from building.plan import Plan
from building.tools import run
from building.ziptree import write_zip

LEFT_OUT = frozenset(
    [
        "test",
        "tests",
        "idlelib",
        "idle_test",
        "turtledemo",
        "turtle",
        "tkinter",
        "lib2to3",
        "ensurepip",
        "distutils",
        "venv",
        "pydoc_data",
        "unittest",
        "msilib",
        "curses",
        "dbm",
        "antigravity",
        "this",
        "site-packages",
        "dist-packages",
        "lib-dynload",
        "pip",
        "__pycache__",
        "crypt",
        "nis",
        "ossaudiodev",
        "spwd",
        "sqlite3.test",
    ]
)
"""Modules and packages that no installed program asks for, or that Windows does not have."""

COMPILER = Path(__file__).with_name("compiling.py")


def build_stdlib(plan: Plan, archive: Path, scratch: Path, source: Path | None = None) -> str:
    """Write the standard library of the running interpreter as a zip of byte code; its size, for people."""
    library = source or Path(sysconfig.get_path("stdlib"))
    gathered = scratch / "stdlib-source"
    for path in sorted(library.rglob("*.py")):
        place = path.relative_to(library)
        if not _is_left_out(place):
            (gathered / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, gathered / place)
    compiled = scratch / "stdlib"
    compile_source(plan, gathered, compiled)
    write_zip(archive, compiled, plan.epoch)
    return f"{archive.stat().st_size / 1_000_000:.1f} MB"


def compile_source(plan: Plan, source: Path, place: Path, *kept: str) -> int:
    """Compile a tree in an interpreter of its own, so that two builds write the same bytes; how many files."""
    words: list[str | Path] = [sys.executable, "-S", "-s", COMPILER, source, place, *kept]
    return int(run(words, env=plan.environment()).split()[-1])


def _is_left_out(place: Path) -> bool:
    parts = [*place.parts[:-1], place.stem]
    return any(part in LEFT_OUT or part.startswith(("config-", "_sysconfigdata")) for part in parts)
