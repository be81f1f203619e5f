"""PyInstaller, run in the product's own virtual environment: one folder, no archive around it, no compression."""

from pathlib import Path

from building.plan import TEMPLATES, Plan
from building.tools import Fault, run


def freeze(plan: Plan, python: Path, out: Path, libraries: Path | None = None) -> Path:
    """Freeze the program with the interpreter of a filled virtual environment; the folder with the executable.

    `libraries`: the interpreter's own, which come before this machine's.
    """
    words: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    env = plan.environment() | ({"LD_LIBRARY_PATH": str(libraries)} if libraries else {})
    said = run(
        [*words, "--distpath", out / "frozen", "--workpath", out / "freezing", TEMPLATES / "famgui.spec"],
        env=env,
        cwd=out,
    )
    missing = [line for line in said.splitlines() if "ERROR" in line]
    if missing:
        raise Fault("PyInstaller left something out:\n" + "\n".join("    " + line for line in missing[:10]))
    folder = out / "frozen" / "famgui"
    if not any((folder / name).is_file() for name in ("famgui", "famgui.exe")):
        raise Fault(f"PyInstaller ended without a program in {folder}.")
    return folder
