"""Small Debian systems in folders: made, entered with what a network needs, and let go. Root only."""

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from building.tools import Fault, need, run


def make_chroot(suite: str, folder: Path) -> None:
    """A minimal Debian of that suite in a folder, unless it is there already. Root. Raises Fault."""
    if (folder / ".ready").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    run([need("debootstrap"), "--variant=minbase", "--include=ca-certificates", suite, folder])
    (folder / ".ready").touch()


@contextlib.contextmanager
def entered(chroot: Path) -> Iterator[None]:
    """A chroot with /proc and the builder's name service and package settings; let go afterwards.

    It keeps the device files that it was made with: a build that runs wild as root breaks only those.
    """
    for name in ("etc/resolv.conf", "etc/hosts", "etc/ssl/certs/ca-certificates.crt"):
        if Path("/", name).exists():
            (chroot / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path("/", name), chroot / name)
    for file in Path("/etc/apt/apt.conf.d").glob("99*"):
        shutil.copy(file, chroot / "etc/apt/apt.conf.d")
    run(["mount", "-t", "proc", "proc", chroot / "proc"])
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(chroot / "proc")], check=False)


def run_inside(chroot: Path, words: list[str], *, env: dict[str, str] | None = None, timeout: float = 5400) -> str:
    """Run a program inside a chroot with a bare environment; what it printed. Raises Fault."""
    proxies = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
    bare = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    return run([need("chroot"), chroot, *words], env=bare | proxies | (env or {}), timeout=timeout)


def mirror_of(chroot: Path) -> str:
    """The archive that a chroot was made from."""
    found = re.search(r"^deb (\S+)", (chroot / "etc/apt/sources.list").read_text("utf-8"), re.MULTILINE)
    if not found:
        raise Fault(f"{chroot}/etc/apt/sources.list names no archive.")
    return found[1]
