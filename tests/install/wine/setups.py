"""Three Setup.exe of one tree: the one that was built, an older and a newer one."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from building.nsis import build_setup
from building.plan import Plan
from building.tools import Fault

OLDER, NEWER = "0.0.9", "99.0.0"
ONLY_OLDER = ("lib/only-in-older/旧 文件.txt", "older.txt")
"""Files that the older version has and the new one has no more."""


@dataclass(frozen=True, slots=True)
class Setups:
    """Paths of the three, the tree that the newest but one carries, and its version."""

    older: Path
    built: Path
    newer: Path
    tree: Path
    version: str


def make_setups(work: Path, folder: Path, wanted: str = "") -> Setups:
    """Find what was built in `work` and make the other two; packed fast, not small.

    Raises Fault when there is nothing, or what is there is not of the commit `wanted`.
    """
    found = sorted(work.glob("famgui-setup-*-x64.exe"))
    if len(found) != 1:
        raise Fault(f"{work} has no Setup.exe; run build_installer.py --target windows first.")
    version = found[0].name.split("-")[2]
    tree = work / f"famgui-{version}"
    folder.mkdir(parents=True, exist_ok=True)
    commit = json.loads((tree / "product.json").read_text("utf-8"))["commit"]
    if wanted and commit != wanted:
        raise Fault(f"{tree} is of commit {commit}, the clone of {wanted}; build it anew, or say --any-commit.")
    plan = Plan(OLDER, commit, int(tree.stat().st_mtime), folder, folder, folder)
    older, newer = folder / "older", folder / "newer"
    shutil.rmtree(older, ignore_errors=True)
    shutil.copytree(tree, older)
    for name in ONLY_OLDER:
        (older / name).parent.mkdir(parents=True, exist_ok=True)
        (older / name).write_text("old\n", "utf-8")
    newer.mkdir(exist_ok=True)
    shutil.copyfile(tree / "famgui.exe", newer / "famgui.exe")
    shutil.copyfile(tree / "product.json", newer / "product.json")
    made = {}
    for name, source in ((OLDER, older), (NEWER, newer)):
        made[name] = folder / f"famgui-setup-{name}-x64.exe"
        build_setup(replace(plan, version=name), source, folder / "scratch", made[name], quick=True)
    shutil.rmtree(older)
    return Setups(made[OLDER], found[0], made[NEWER], tree, version)
