"""Setup.exe by NSIS: the list of what is packed and of what the uninstaller deletes, both generated from the tree."""

import os
import re
import shutil
import sys
from pathlib import Path

from building.launcher import ICON
from building.plan import TEMPLATES, Plan
from building.publish import settle_times
from building.tools import Fault, need, run

SCRIPT = TEMPLATES / "windows" / "setup.nsi"
SIGNER = Path(__file__).with_name("sign_uninstaller.py")
LONGEST = 120
"""Longest path inside the product: with a long folder before it, Windows still reaches 259 characters."""

MARK = "product.json"
"""What tells our folder from others': the uninstaller takes it away last, when everything else is gone."""

SOUND = (3, 12)
"""NSIS before it lets other programs of the user reach into a setup that runs as SYSTEM."""


def build_setup(plan: Plan, tree: Path, scratch: Path, setup: Path, *, quick: bool = False) -> str:
    """Pack a finished tree as Setup.exe; its size, for people. `quick` packs fast, for tests. Raises Fault."""
    settle_times(tree, plan.epoch)
    scratch.mkdir(parents=True, exist_ok=True)
    payload = scratch / "payload.nsh"
    payload.write_text(payload_text(tree), "utf-8-sig")
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
    values = {
        "VERSION": plan.version,
        "NUMBERS": f"{plan.version}.0",
        "SIZE_KB": str(size // 1024 + 1),
        "SIZE_MB": str(size // 1_000_000 + 1),
        "OUT": str(setup),
        "ICON": str(ICON),
        "WELCOME": str(_dated(ICON.with_name("welcome.bmp"), scratch, plan.epoch)),
        "PAYLOAD": str(payload),
    }
    if quick:
        values["QUICK"] = "1"
    if plan.sign:
        values["SIGN"] = f'"{sys.executable}" "{SIGNER}" "%1"'
    defines = [f"-D{name}={value}" for name, value in values.items()]
    words: list[str | Path] = [need("makensis"), "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", *defines, SCRIPT]
    run(words, env=plan.environment() | {"SIGN_COMMAND": plan.sign}, cwd=tree)
    os.utime(setup, (plan.epoch, plan.epoch))
    return f"{setup.stat().st_size / 1_000_000:.1f} MB"


def nsis_version() -> str:
    """The version of makensis, such as 3.08. Raises Fault."""
    said = run([need("makensis"), "-VERSION"]).strip()
    found = re.match(r"v(\d+\.\d+(?:\.\d+)?)", said)
    if not found:
        raise Fault(f"makensis -VERSION says {said[:60]!r}; NSIS 3 is needed.")
    return found[1]


def nsis_said(version: str) -> str:
    """The version for people, with a note when setups made by it must not be run as SYSTEM."""
    old = tuple(map(int, version.split("."))) < SOUND
    return f"NSIS {version}" + (" (below 3.12: do not run its setups as SYSTEM)" if old else "")


def _dated(file: Path, scratch: Path, epoch: int) -> Path:
    """A copy with the commit's time: setup keeps the time of all it carries, and a checkout has that of its day."""
    copy = scratch / file.name
    shutil.copyfile(file, copy)
    os.utime(copy, (epoch, epoch))
    return copy


def payload_text(tree: Path) -> str:
    """Three macros: InstallFiles lays every file of the tree down in a folder, RemoveFiles takes the same away but for
    the mark, RemoveFolders what is empty then."""
    files = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    folders = sorted({str(parent) for name in files for parent in Path(name).parents} - {"."})
    for name in files:
        if len(name) > LONGEST or not set('"`\n\r').isdisjoint(name):
            raise Fault(f"{name} cannot go into Setup.exe: its path is longer than {LONGEST} or has quotes in it.")
    return "\n".join([*_install_lines(files), "", *_remove_lines(files, folders), ""])


def _install_lines(files: list[str]) -> list[str]:
    lines, here = ["!macro InstallFiles folder"], None
    for name in sorted(files, key=lambda name: (name.rpartition("/")[0], name)):
        place = name.rpartition("/")[0]
        if place != here:
            lines.append(f'  SetOutPath "{_below("${folder}", place)}"')
            here = place
        lines.append(f'  File "{Path(name)}"')
    return [*lines, "!macroend"]


def _remove_lines(files: list[str], folders: list[str]) -> list[str]:
    lines = ["!macro RemoveFiles folder"]
    lines += [f'  Delete "{_below("${folder}", name)}"' for name in files if name != MARK]
    lines += ["!macroend", "", "!macro RemoveFolders folder"]
    lines += [f'  RMDir "{_below("${folder}", Path(name).as_posix())}"' for name in sorted(folders, reverse=True)]
    return [*lines, "!macroend"]


def _below(folder: str, name: str) -> str:
    return folder + ("\\" + _escaped(name.replace("/", "\\")) if name else "")


def _escaped(name: str) -> str:
    """A name in which NSIS reads no variable."""
    return name.replace("$", "$$")
