"""Clean virtual environments, filled from the locks by hash and from nothing else."""

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from building.plan import ROOT, Plan
from building.program import copy_program
from building.tools import Fault, run


def product_python(plan: Plan, python: Path, folder: Path, glibc: tuple[int, int] | None = None) -> Path:
    """A virtual environment of `python` with what `requirements.lock` pins and the program; its interpreter.

    `glibc`: take only wheels that do with this version of the C library, whatever this machine has.
    """
    inside = make_venv(python, folder, plan)
    install(inside, "requirements.lock", plan, for_glibc(folder, glibc))
    copy_program(site_packages(folder))
    return inside


def add_freezer(inside: Path, plan: Plan) -> None:
    """Add PyInstaller; only after the SBOM was taken, so that it names what the product has."""
    install(inside, "requirements-freeze.lock", plan)


def make_venv(python: Path, folder: Path, plan: Plan) -> Path:
    """An empty virtual environment; its interpreter. Raises Fault naming the package that has `venv`."""
    try:
        run([python, "-m", "venv", "--clear", "--without-pip", folder], env=plan.environment())
    except Fault as fault:
        raise Fault(f"{fault}\nA Python without the module venv? Install the Debian package python3-venv.") from None
    scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return folder / scripts


def for_glibc(folder: Path, glibc: tuple[int, int] | None) -> list[str]:
    """The words that make pip take wheels for a C library; they go straight into the folder of packages."""
    if glibc is None:
        return []
    named = [f"manylinux_{glibc[0]}_{minor}_x86_64" for minor in range(glibc[1], 4, -1)]
    platforms = [*named, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"]
    target = ["--target", str(site_packages(folder)), "--no-deps"]
    return [*target, *(word for platform in platforms for word in ("--platform", platform))]


def install(inside: Path, lock: str, plan: Plan, more: Sequence[str] = ()) -> None:
    """Install what a lock file of the clone pins, every file proved by its hash."""
    options = ["--no-input", "--no-compile", "--only-binary=:all:", "--require-hashes", "-q", "-r", str(ROOT / lock)]
    words: list[str | Path] = [pip_python(plan), "-m", "pip", "--python", inside, "install"]
    run([*words, *options, *more], env=plan.environment())


def pip_python(plan: Plan) -> Path:
    """An interpreter that has pip: the running one, or else a virtual environment of it, made once. Raises Fault."""
    here = Path(sys.executable)
    if find_spec("pip"):
        return here
    folder = plan.cache / f"pip-{sys.version_info.major}.{sys.version_info.minor}"
    inside = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not inside.is_file():
        try:
            run([here, "-m", "venv", "--clear", folder])
        except Fault as fault:
            raise Fault(f"{fault}\n{here} has neither pip nor venv; install the Debian package python3-venv.") from None
    return inside


def site_packages(folder: Path) -> Path:
    """Where a virtual environment keeps its packages."""
    found = sorted(folder.glob("lib/python3.*/site-packages")) or sorted(folder.glob("Lib/site-packages"))
    if not found:
        raise Fault(f"{folder} has no site-packages; its Python is not one that can be frozen.")
    return found[0]
