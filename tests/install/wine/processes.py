"""Programs with an end: none is waited for longer than told, and none is left behind in a chroot."""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import FrameType

from building.tools import Fault

TOOK_TOO_LONG = 124
"""The exit code of a program that had to be killed."""


class Hung(Fault):
    """Something took longer than it may."""


def run_bounded(words: Sequence[str], seconds: float) -> tuple[int, str]:
    """Run a program for at most so many seconds; exit code (124: it was killed) and what it printed.

    Programs that it leaves behind are not waited for. They keep its output open - the first program of wine starts
    wine's server and services, which live until the last one ends - so it is a file: a pipe would end with them.
    """
    with tempfile.TemporaryFile() as said:
        try:
            code = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, timeout=seconds
            ).returncode
        except subprocess.TimeoutExpired:
            code = TOOK_TOO_LONG
        said.seek(0)
        return code, said.read().decode("utf-8", "replace")


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done inside is cut off after so many seconds; Hung says so. In the main thread only."""

    def cut_off(number: int, frame: FrameType | None) -> None:
        raise Hung(f"did not end within {seconds:.0f} s and was stopped")

    before = signal.signal(signal.SIGALRM, cut_off)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def running_inside(root: Path) -> dict[int, str]:
    """The processes whose root folder is that of a chroot, by number, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile, or has ended and is still listed
            if (folder / "root").readlink() == root:
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    return found


def end_all(root: Path, spare: Collection[int] = (), seconds: float = 20) -> None:
    """Kill what runs in a chroot, one by one, but those that are spared. Hung when something does not go."""
    end = time.monotonic() + seconds
    while left := {number: said for number, said in running_inside(root).items() if number not in spare}:
        if time.monotonic() > end:
            raise Hung(f"{root}: these processes cannot be killed: {left}")
        for number in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.2)


def unmount(folder: Path) -> None:
    """Take away every file system that is mounted on a folder."""
    while os.path.ismount(folder):
        subprocess.run(["umount", "-l", folder], check=True, capture_output=True)
