"""Outside programs: found or named with the package that has them, run, and their last words kept when they fail."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PACKAGES = {
    "git": "git",
    "dpkg-deb": "dpkg",
    "dpkg-query": "dpkg",
    "make": "make",
    "debootstrap": "debootstrap",
    "chroot": "coreutils",
    "objdump": "binutils",
    "strip": "binutils",
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "x86_64-w64-mingw32-windres": "binutils-mingw-w64-x86-64",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
    "osslsigncode": "osslsigncode",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
}
"""Debian's package of each program that a step may ask for."""


class Fault(Exception):
    """The build cannot go on; its text is one clear sentence: what, where, what to do."""


def need(tool: str) -> str:
    """The path of a program; Fault naming the package that has it."""
    found = shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if found is None:
        package = PACKAGES.get(tool)
        how = f"install the Debian package {package}" if package else "install it and put it on the PATH"
        raise Fault(f"The program {tool} is missing; {how}.")
    return found


def run(
    words: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None, timeout: float = 3600
) -> str:
    """Run a program to its end; what it printed. Fault with its last lines when it fails or takes over `timeout` s."""
    shown = " ".join(str(word) for word in words[:6]) + (" ..." if len(words) > 6 else "")
    try:
        done = subprocess.run(
            [str(word) for word in words],
            env=None if env is None else dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )
    except FileNotFoundError:
        raise Fault(f"The program {words[0]} is missing.") from None
    except subprocess.TimeoutExpired:
        raise Fault(f"{shown} did not end within {timeout:.0f} s.") from None
    if done.returncode:
        tail = "\n".join("    " + line for line in done.stdout.splitlines()[-25:])
        raise Fault(f"{shown} failed with status {done.returncode}:\n{tail}")
    return done.stdout


class Progress:
    """Says which step is at work, how many there are, and how long each took (seconds)."""

    def __init__(self, target: str, count: int, write: Callable[[str], object] | None = None) -> None:
        self._target, self._count, self._done = target, count, 0
        self._write = write or sys.stdout.write

    def step(self, title: str, work: Callable[[], str | None]) -> None:
        """Do one step; what it returns is told after its title."""
        self._done += 1
        self._write(f"[{self._target} {self._done}/{self._count}] {title} ... ")
        sys.stdout.flush()
        begun = time.monotonic()
        try:
            said = work()
        except BaseException:
            self._write("failed\n")
            raise
        self._write(f"{said or 'done'} ({time.monotonic() - begun:.1f} s)\n")
