"""The Windows products: assembled from published parts on any machine, or frozen on Windows itself."""

import shutil
import sys
from pathlib import Path

from building.assemble import GUI, TERMINAL, Assembly
from building.freeze import freeze
from building.launcher import build_forwarder, build_launchers, mingw_version
from building.linux import distribution_version
from building.natives import Native, added, natives_in
from building.notices import write_notices
from building.nsis import build_setup, nsis_said, nsis_version
from building.pieces import Piece, pieces_in
from building.plan import ROOT, TEMPLATES, Plan, Step, Target
from building.program import write_mark
from building.publish import settle_times
from building.runtime import STABLE
from building.sbom import write_sbom
from building.signing import sign
from building.smoke import smoke
from building.static_checks import check_tree
from building.tools import need
from building.venv import add_freezer, product_python, site_packages
from building.wheels import fetch_wheels, read_lock
from building.ziptree import write_zip

PORTABLE = "portable.txt"
"""The marker that makes the program keep its data beside it."""

NEEDED = ("git", "makensis", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres")


def target(plan: Plan) -> Target:
    """The steps of the Windows products. On Windows the tree is PyInstaller's; everywhere else it is assembled."""
    return (_Frozen(plan) if sys.platform == "win32" else _Assembled(plan)).target()


class _Windows:
    """One build for Windows: the way to the tree is its kinds' own, the way from the tree to products is the same."""

    tools: tuple[str, ...] = ()

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.work = plan.work / "windows"
        self.tree, self.scratch = self.work / f"famgui-{plan.version}", self.work / "scratch"
        self.setup = self.work / f"famgui-setup-{plan.version}-x64.exe"
        self.portable = self.work / f"famgui-{plan.version}-windows-x64-portable.zip"
        self.bill = self.work / f"famgui-{plan.version}-windows-x64.cdx.json"
        self.pieces: list[Piece] = []

    def target(self) -> Target:
        """The steps in order."""
        steps = (
            ("programs that the build needs", self._tools),
            *self.making(),
            ("parts list and licences", self._papers),
            ("signatures of the programs", self._sign_programs),
            ("Setup.exe", lambda: build_setup(self.plan, self.tree, self.scratch, self.setup)),
            ("signature of Setup.exe", lambda: sign(self.plan, self.setup)),
            ("the portable zip", self._portable),
        )
        return Target("windows", steps, lambda: [self.setup, self.portable, self.bill])

    def making(self) -> tuple[Step, ...]:
        """The steps that leave the tree."""
        raise NotImplementedError

    def left_by_tools(self) -> list[Native]:
        """What the programs that made the tree left in it of themselves."""
        raise NotImplementedError

    def _tools(self) -> str:
        for tool in self.tools:
            need(tool)
        return f"all there, {nsis_said(nsis_version())}"

    def _papers(self) -> str:
        """The bill of materials goes with the product and beside it."""
        natives = [*natives_in(self.tree), *self.left_by_tools(), added("NSIS", nsis_version())]
        said = write_sbom(self.plan, "famgui for Windows", self.pieces, natives, self.bill)
        write_notices(self.plan, self.pieces, natives, self.tree / "THIRD-PARTY-NOTICES.txt")
        shutil.copyfile(ROOT / "LICENSE", self.tree / "LICENSE.txt")
        shutil.copyfile(self.bill, self.tree / "famgui.cdx.json")
        return said

    def _sign_programs(self) -> str:
        """Sign what was compiled here; the script of the setup signs its uninstaller."""
        said = [sign(self.plan, self.tree / name) for name in (GUI, TERMINAL, STABLE) if (self.tree / name).is_file()]
        return said[0]

    def _portable(self) -> str:
        marker = self.tree / PORTABLE
        shutil.copyfile(TEMPLATES / PORTABLE, marker)
        try:
            settle_times(self.tree, self.plan.epoch)
            write_zip(self.portable, self.tree, self.plan.epoch, top=f"famgui-{self.plan.version}/")
        finally:
            marker.unlink()
        return f"{self.portable.stat().st_size / 1_000_000:.1f} MB"


class _Assembled(_Windows):
    """The road from any machine: published parts put together, nothing of them run."""

    tools = NEEDED

    def making(self) -> tuple[Step, ...]:
        """Runtime, packages, our code, executables, and whether anything is missing."""
        made = Assembly(self.plan, self.tree, self.scratch)
        return (
            ("CPython for Windows", made.runtime),
            ("packages from requirements.lock", made.packages),
            ("trimming Qt", made.trim),
            ("program and byte code", made.program),
            (STABLE, lambda: build_forwarder(self.plan, self.tree, self.scratch)),
            ("executables", lambda: build_launchers(self.plan, self.tree, self.scratch)),
            ("whether all that is asked for is there", lambda: self._check(made.source)),
        )

    def left_by_tools(self) -> list[Native]:
        """The C start of the executables."""
        return [added("mingw-w64", mingw_version(self.plan))]

    def _check(self, program: Path) -> str:
        self.pieces = pieces_in(*fetch_wheels(self.plan))
        return check_tree(self.tree, read_lock(ROOT / "requirements.lock"), program)


class _Frozen(_Windows):
    """The road on Windows itself: PyInstaller's folder, packed by the same script of the setup."""

    tools = ("git", "makensis")

    def making(self) -> tuple[Step, ...]:
        """A clean environment and what PyInstaller makes of it."""
        return (
            ("a clean environment from requirements.lock", self._environment),
            ("freezing", self._freeze),
            ("starting it: self-test", lambda: smoke(self.plan, self.tree / TERMINAL)),
        )

    def left_by_tools(self) -> list[Native]:
        """PyInstaller's loader."""
        return [added("PyInstaller", distribution_version(site_packages(self.scratch / "venv"), "pyinstaller"))]

    def _environment(self) -> str:
        self._inside = product_python(self.plan, Path(sys.executable), self.scratch / "venv")
        self.pieces = pieces_in(site_packages(self.scratch / "venv"))
        add_freezer(self._inside, self.plan)
        return f"{len(self.pieces)} packages"

    def _freeze(self) -> None:
        shutil.copytree(freeze(self.plan, self._inside, self.scratch), self.tree)
        write_mark(self.plan, self.tree, "windows")
