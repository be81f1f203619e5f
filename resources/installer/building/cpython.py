"""The CPython of the Linux product: a newer Debian's sources, built in an old Debian, kept until the recipe changes."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from building.chroot import entered, make_chroot, mirror_of, run_inside
from building.natives import read_versions
from building.plan import PYTHON, TEMPLATES, Plan
from building.tools import Fault, run

OLD, NEWER = "bullseye", "bookworm"
"""The Debian whose C library the product must do with, and the Debian whose sources of CPython are built."""

RECIPE = ("build-python.sh", "old-glibc.h")


def linux_python(plan: Plan) -> Path:
    """The interpreter that the Linux product is made with, as the plan asks. Raises Fault."""
    if plan.python == "this":
        return Path(sys.executable)
    if plan.python != "old":
        chosen = Path(plan.python)
        said = run([chosen, "-c", "import sys; print(*sys.version_info[:2])"]).split()
        if tuple(map(int, said)) != PYTHON:
            raise Fault(f"{chosen} is Python {'.'.join(said)}; products carry {'.'.join(map(str, PYTHON))}.")
        return chosen
    return old_python(plan)


def old_python(plan: Plan) -> Path:
    """The CPython for old C libraries: from the cache, else built (about a quarter of an hour, root only)."""
    recipe = [TEMPLATES / "linux" / name for name in RECIPE]
    key = hashlib.sha256(b"".join(file.read_bytes() for file in recipe)).hexdigest()[:16]
    kept = plan.cache / f"python-{OLD}-{key}"
    inside = kept / "bin" / f"python{PYTHON[0]}.{PYTHON[1]}"
    if inside.is_file():
        return inside
    if os.geteuid() != 0:
        raise Fault(
            "The CPython for old desktops is built in a chroot, which only root may enter; run as root once with"
            f" --cache {plan.cache}, or take --linux-python this (the product then needs this machine's C library)."
        )
    plan.cache.mkdir(parents=True, exist_ok=True)
    chroot = plan.cache / f"{OLD}-chroot"
    make_chroot(OLD, chroot)
    for file in recipe:
        shutil.copy(file, chroot / "root")
    with entered(chroot):
        run_inside(chroot, ["sh", "/root/build-python.sh", mirror_of(chroot), NEWER, "/opt/python"])
    half = kept.with_name(kept.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(chroot / "opt" / "python", half, symlinks=True)
    half.rename(kept)
    return inside


def versions_of(python: Path) -> dict[str, str]:
    """What an old CPython was built from, by Debian's package names; empty for another interpreter."""
    file = python.parents[1] / "versions.txt"
    return read_versions(file) if file.is_file() else {}
