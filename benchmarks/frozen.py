"""Frozen programs, from nothing to the first paint: the product against a bare QMainWindow frozen the same way.

`python -m benchmarks.frozen` needs what `make installer` leaves in build/installer/linux; prints medians and the ratio.
`--venv` freezes with another environment, `--trees` keeps both programs in a folder, and takes those that lie there.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import in_turns
from benchmarks.window import BARE

ROOT = Path(__file__).parents[1]
INSTALLER = ROOT / "resources" / "installer"
WORK = ROOT / "build" / "installer" / "linux"

_OURS = """
import os
import sys
from famgui.ui import start
make = start.Program.__init__
def made(self, *values, **named):
    make(self, *values, **named)
    self.window.painted.connect(lambda: os._exit(0))
start.Program.__init__ = made
from famgui.__main__ import main
sys.exit(main())
"""
_SPEC = """
analysis = Analysis([{script!r}], excludes=["tkinter", "unittest", "PySide6.QtNetwork"])
program = EXE(PYZ(analysis.pure), analysis.scripts, [], exclude_binaries=True, name="famgui", console=False, upx=False)
COLLECT(program, analysis.binaries, analysis.datas, name="famgui", upx=False)
"""


def main() -> int:
    """Freeze both with the product's own environment, start them in turns, print the ratio."""
    sys.path.insert(0, str(INSTALLER))
    from building.trim import trim

    words = argparse.ArgumentParser()
    words.add_argument("--venv", type=Path, default=WORK / "venv")
    words.add_argument("--trees", type=Path)
    asked = words.parse_args()
    python = asked.venv.absolute() / "bin" / "python"
    if not python.is_file():
        print(f"{python} is not there: make installer leaves it", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="famgui-frozen-") as folder:
        trees = asked.trees.absolute() if asked.trees else Path(folder)
        bare, ours = (trees / name / "frozen" / "famgui" for name in ("bare", "ours"))
        for tree, script, spec in ((bare, BARE, _SPEC), (ours, _OURS, None)):
            if not tree.is_dir():
                _freeze(python, script, tree.parents[1], spec)
                trim(tree)
        home = Path(folder) / "home"
        environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "FAMGUI_HOME": str(home)}
        environment["QT_QPA_PLATFORM"] = "offscreen"

        def start(tree: Path) -> None:
            subprocess.run([tree / "famgui"], env=environment, check=True, stdin=subprocess.DEVNULL)

        ratio = in_turns(
            "frozen: first paint of the window",
            lambda: start(ours),
            "bare QMainWindow, frozen",
            lambda: start(bare),
            rounds=15,
        )
    print(" | ".join(ratio.row()))
    return 0


def _freeze(python: Path, script: str, out: Path, spec: str | None) -> None:
    """Freeze a script; without a spec of its own by the product's, with the script in place of its launcher."""
    out.mkdir(parents=True)
    entry = out / "launch.py"
    entry.write_text(script, "utf-8")
    described = out / "famgui.spec"
    if spec is None:
        text = (INSTALLER / "famgui.spec").read_text("utf-8")
        text = text.replace("Path(SPECPATH)", f"Path({str(INSTALLER)!r})")
        text = text.replace('str(here / "launch.py")', repr(str(entry)))
        described.write_text(text, "utf-8")
    else:
        described.write_text(spec.format(script=str(entry)), "utf-8")
    words = [str(python), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(out / "frozen")]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run([*words, "--workpath", out / "work", described], check=True, cwd=out, env=environment)
    shutil.rmtree(out / "work")


if __name__ == "__main__":
    sys.exit(main())
