"""Installs, starts, upgrades and removes the Windows product under wine 10, in a Debian 13 chroot made for it.

    sudo python tests/install/run_wine.py FOLDER [--work build/installer/windows]

FOLDER takes the chroot (kept for the next run), pictures and `report.txt` (`report-of-some.txt` with --only).
Needs root, debootstrap and the network of apt; `make installer-test` runs it after the build. The newest Setup.exe of
the work folder is tested; an older and a newer one are made from its tree. Nothing of wine ever goes into a product.
"""

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "resources" / "installer"), str(ROOT / "tests" / "install")]

from building.plan import read_commit  # noqa: E402
from building.tools import Fault  # noqa: E402
from wine.chroot import Chroot  # noqa: E402
from wine.course import Course  # noqa: E402
from wine.setups import make_setups  # noqa: E402


def stopped(number: int, frame: FrameType | None) -> None:
    """Somebody ends the run: an exception, so that everything is put away."""
    sys.exit("run_wine: stopped")


def main() -> int:
    """0 when everything held; 1 with the lines that did not."""
    parser = argparse.ArgumentParser("run_wine.py", description=__doc__, allow_abbrev=False)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "installer" / "windows")
    parser.add_argument("--base", type=Path, help="a Debian 13 base system to copy instead of debootstrap")
    parser.add_argument(
        "--only", metavar="STEPS", default="", help="names of steps, with commas: for whoever mends one"
    )
    parser.add_argument("--any-commit", action="store_true", help="take a product that is not of the clone's commit")
    asked = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stopped)  # else nobody ends the screen and lets /proc go
    folder = asked.folder.resolve()
    try:
        wanted = "" if asked.any_commit else read_commit()[0]
        setups = make_setups(asked.work.resolve(), folder / "setups", wanted)
        for picture in () if asked.only else folder.glob("*.png"):
            picture.unlink()  # nobody shall look at those of an earlier run
        with Chroot(folder / "wine", asked.base) as chroot:
            course = Course(chroot, setups, folder)
            try:
                course.run(asked.only)
            finally:
                report = folder / ("report-of-some.txt" if asked.only else "report.txt")
                report.write_text("\n".join(course.lines) + "\n", "utf-8")
    except Fault as fault:
        print(f"run_wine: {fault}", file=sys.stderr)
        return 1
    failed = [line for line in course.lines if line.startswith("FAILED")]
    print(f"{len(course.lines) - len(failed)} held, {len(failed)} failed; {report}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
