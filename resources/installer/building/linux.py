"""The Linux products: a .deb for Debian and what descends from it, and an archive that keeps its data beside it."""

import shutil
from pathlib import Path

from building.cpython import linux_python, versions_of
from building.deb import make_deb, make_portable
from building.elf import elf_files, glibc_floor, read_elf
from building.freeze import freeze
from building.natives import added, bundled_versions, natives_in
from building.notices import write_notices
from building.pieces import Piece, pieces_in
from building.plan import Plan, Target
from building.program import write_mark
from building.sbom import write_sbom
from building.smoke import smoke
from building.tools import Fault, need
from building.trim import trim
from building.venv import add_freezer, product_python, site_packages

OLDEST = (2, 28)
"""The glibc that a product made with the old CPython must do with: UOS 20 and Kylin V10 have it, Debian 10 had it."""

CUTTING = (",", ";", '"', "\\")
"""Characters at which PySide6 ends the path of Qt's files: it hands it on as a line of settings, unquoted."""


def target(plan: Plan) -> Target:
    """The steps of the Linux products."""
    return _Linux(plan).target()


class _Linux:
    """One build for Linux: what a step leaves for the next."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.work = plan.work / "linux"
        self.papers = self.work / "papers"
        self.python = self.inside = self.tree = Path()
        self.floor: tuple[int, ...] = ()
        self.pieces: list[Piece] = []
        self.products: list[Path] = []

    def target(self) -> Target:
        """The steps in order."""
        steps = (
            ("programs that the build needs", self._tools),
            ("CPython", self._python),
            ("a clean environment from requirements.lock", self._environment),
            ("freezing", self._freeze),
            ("trimming", lambda: trim(self.tree)),
            ("parts list and licences", self._papers),
            ("the C library that it needs", self._floor),
            ("starting it: self-test", lambda: smoke(self.plan, self.tree / "famgui")),
            ("the Debian package", self._deb),
            ("the portable archive", self._portable),
        )
        return Target("linux", steps, lambda: self.products)

    def _tools(self) -> str:
        if set(str(self.work)) & set(CUTTING):
            raise Fault(
                f"Qt's own files are not found below {self.work}, whose path has one of {' '.join(CUTTING)}; "
                "build with --work in another folder."
            )
        for tool in ("git", "dpkg-deb", "objdump", "strip"):
            need(tool)
        checks = [tool for tool in ("desktop-file-validate", "appstreamcli") if shutil.which(tool) is None]
        return (
            f"all there; without {' and '.join(checks)} the desktop files are not validated" if checks else "all there"
        )

    def _python(self) -> str:
        self.python = linux_python(self.plan)
        built = versions_of(self.python)
        from_debian = [f"{name} {built[name]}" for name in ("python3.11", "openssl", "sqlite3") if name in built]
        return ", ".join([str(self.python), *from_debian])

    def _environment(self) -> str:
        glibc = OLDEST if self.plan.python == "old" else None
        self.inside = product_python(self.plan, self.python, self.work / "venv", glibc)
        self.pieces = pieces_in(site_packages(self.work / "venv"))  # before the freezer joins them
        return f"{len(self.pieces)} packages"

    def _papers(self) -> str:
        """The bill of materials goes with the product and beside it."""
        loader = distribution_version(site_packages(self.work / "venv"), "pyinstaller")
        natives = natives_in(self.tree, versions_of(self.python) | bundled_versions(self.tree))
        natives.append(added("PyInstaller", loader))
        bill = self.work / f"famgui-{self.plan.version}-linux-x86_64.cdx.json"
        said = write_sbom(self.plan, "famgui for Linux", self.pieces, natives, bill)
        self.papers.mkdir()
        write_notices(self.plan, self.pieces, natives, self.papers / "THIRD-PARTY-NOTICES.txt")
        shutil.copy(bill, self.papers)
        self.products.append(bill)
        return said

    def _freeze(self) -> str:
        add_freezer(self.inside, self.plan)
        own = self.python.parents[1] / "lib" if versions_of(self.python) else None
        self.tree = freeze(self.plan, self.inside, self.work, own)
        write_mark(self.plan, self.tree, "linux")
        return f"{len(elf_files(self.tree))} libraries and programs"

    def _floor(self) -> str:
        self.floor = glibc_floor(self.tree)
        if self.plan.python == "old" and self.floor > OLDEST:
            guilty = [path.name for path in elf_files(self.tree) if read_elf(path).glibc > OLDEST]
            raise Fault(
                f"The product needs glibc {_dotted(self.floor)}, not {_dotted(OLDEST)}: {', '.join(guilty[:8])}."
            )
        return f"glibc {_dotted(self.floor)} or later"

    def _deb(self) -> str:
        deb = make_deb(self.plan, self.tree, self.papers, self.floor, self.work)
        self.products.append(deb)
        return f"{deb.stat().st_size / 1_000_000:.1f} MB"

    def _portable(self) -> str:
        archive = make_portable(self.plan, self.tree, self.papers, self.work)
        self.products.append(archive)
        return f"{archive.stat().st_size / 1_000_000:.1f} MB"


def distribution_version(site: Path, name: str) -> str:
    """The version of a package in a folder of packages."""
    return next(piece.version for piece in pieces_in(site) if piece.key == name)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
