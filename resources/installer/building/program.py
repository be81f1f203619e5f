"""The program as a product carries it: the package and its resources, and nothing of the build."""

import json
import shutil
from pathlib import Path

from building.plan import ROOT, Plan
from building.tools import Fault, run

LEFT_OUT = ("resources/installer/",)
"""What lies under `resources` for the build only."""

MARK = "product.json"
"""Beside a product's executable: what it is."""


def copy_program(site: Path, root: Path = ROOT) -> int:
    """Copy the files of `famgui/` and `resources/` that git knows; how many. Raises Fault.

    `site` is a folder that Python imports from."""
    said = run(["git", "-C", str(root), "ls-files", "-z", "famgui", "resources"])
    names = [name for name in said.split("\0") if name and not name.startswith(LEFT_OUT)]
    for name in names:
        place = site / name.replace("resources/", "famgui/_resources/", 1)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(root / name, place)
        except FileNotFoundError:
            raise Fault(f"{name} is known to git and not there; bring it back with git checkout {name}.") from None
    return len(names)


def write_mark(plan: Plan, folder: Path, target: str) -> Path:
    """Write `product.json` into the folder of the executable; its path."""
    mark = folder / MARK
    facts = {"version": plan.version, "commit": plan.commit, "target": target}
    mark.write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    return mark
