"""The Windows product: assembled from published parts on any machine, or frozen on Windows itself; one setup, one zip."""

import shutil
import sys
from pathlib import Path

from building.assemble import GUI, TERMINAL, Assembly
from building.freeze import freeze
from building.launcher import build_forwarder, build_launchers
from building.nsis import build_setup
from building.plan import ROOT, Plan, Step, Target
from building.program import write_mark
from building.publish import settle_times
from building.runtime import STABLE
from building.static_checks import check_tree
from building.tools import Fault, run
from building.venv import add_freezer, product_python
from building.wheels import read_lock
from building.ziptree import write_zip

PORTABLE = "portable.txt"
"""The marker that makes the program keep its data beside it."""

ABOUT_PORTABLE = """家庭共济助手（便携版）：有这个文件时，账本和设置存放在旁边的 data 文件夹里。
famgui, portable: as long as this file is here, books and settings lie in the folder data beside it.
"""


def target(plan: Plan) -> Target:
    """The steps of the Windows product. On Windows the tree is PyInstaller's; everywhere else it is assembled."""
    work = plan.work / "windows"
    tree, scratch = work / f"famgui-{plan.version}", work / "scratch"
    setup = work / f"famgui-setup-{plan.version}-x64.exe"
    portable = work / f"famgui-{plan.version}-windows-x64-portable.zip"
    making = _frozen(plan, tree, scratch) if sys.platform == "win32" else _assembled(plan, work, scratch)
    steps: tuple[Step, ...] = (
        *making,
        ("signatures of the programs", lambda: sign_programs(plan, tree)),
        ("setup", lambda: build_setup(plan, tree, scratch, setup)),
        ("signature of the setup", lambda: sign(plan, setup)),
        ("portable zip", lambda: build_portable(plan, tree, portable)),
    )
    return Target("windows", steps, lambda: [setup, portable])


def _assembled(plan: Plan, work: Path, scratch: Path) -> tuple[Step, ...]:
    made = Assembly(plan, work)
    return (
        ("runtime", made.runtime),
        ("packages", made.packages),
        ("Qt", made.trim),
        ("program", made.program),
        (STABLE, lambda: build_forwarder(plan, made.tree, scratch)),
        ("executables", lambda: build_launchers(plan, made.tree, scratch)),
        ("what is asked for", lambda: check_tree(made.tree, read_lock(ROOT / "requirements.lock"), made.source)),
    )


def _frozen(plan: Plan, tree: Path, scratch: Path) -> tuple[Step, ...]:
    """The road on Windows itself; the same setup script packs what PyInstaller leaves."""
    folder = scratch / "venv"

    def environment() -> None:
        add_freezer(product_python(plan, Path(sys.executable), folder), plan)

    def frozen() -> None:
        shutil.copytree(freeze(plan, folder / "Scripts" / "python.exe", scratch), tree)
        shutil.copyfile(ROOT / "LICENSE", tree / "LICENSE.txt")
        write_mark(plan, tree, "windows")

    return (("environment", environment), ("PyInstaller", frozen))


def sign_programs(plan: Plan, tree: Path) -> str:
    """Sign what we compiled ourselves; the setup's own uninstaller is signed by its script."""
    names = [name for name in (GUI, TERMINAL, STABLE) if (tree / name).is_file()]
    for name in names if plan.sign else ():
        sign(plan, tree / name)
    return f"{len(names)} signed" if plan.sign else "not signed"


def sign(plan: Plan, path: Path) -> str:
    """Have the given command sign a file in its place. Raises Fault when it fails or leaves the file as it was."""
    if not plan.sign:
        return "not signed"
    before = path.read_bytes()
    command = plan.sign.replace("{file}", f'"{path}"')
    shell = ["cmd", "/c", command] if sys.platform == "win32" else ["sh", "-c", command]
    run(shell, env=plan.environment())
    if path.read_bytes() == before:
        raise Fault(f"--sign-cmd ended well and left {path.name} as it was; it must sign the file in its place.")
    return "signed"


def build_portable(plan: Plan, tree: Path, archive: Path) -> str:
    """Pack the tree with the marker that keeps data beside it; its size, for people."""
    marker = tree / PORTABLE
    marker.write_text(ABOUT_PORTABLE, "utf-8")
    try:
        settle_times(tree, plan.epoch)
        write_zip(archive, tree, plan.epoch, top=f"famgui-{plan.version}/")
    finally:
        marker.unlink()
    return f"{archive.stat().st_size / 1_000_000:.1f} MB"
