"""Puts the Windows program together on any machine: runtime, standard library, wheels, and our own code."""

from pathlib import Path

from building.plan import Plan
from building.program import copy_program, write_mark
from building.qt import trim_qt
from building.runtime import CORE, STDLIB, unpack_runtime
from building.stdlib import build_stdlib, compile_source
from building.wheels import fetch_wheels, unpack_wheel

MODULES, SITE = "runtime", "lib"
"""Folders beside the executable: CPython's own modules; packages, ours among them."""

PATHS = f"python{CORE.removeprefix('python').removesuffix('.dll')}._pth"
AS_SOURCE = "famgui/store/migrations/"
"""Alembic reads its steps as files."""

GUI, TERMINAL = "famgui.exe", "famgui-cli.exe"


class Assembly:
    """The product's tree, put together step by step; what grows in `scratch` is of no use afterwards."""

    def __init__(self, plan: Plan, tree: Path, scratch: Path) -> None:
        self.plan, self.tree, self.scratch = plan, tree, scratch
        self.site = self.scratch / "site"
        self.source = self.site / "famgui"

    def runtime(self) -> str:
        """CPython and its standard library."""
        self.tree.mkdir(parents=True)
        self.scratch.mkdir(parents=True, exist_ok=True)
        runtime = unpack_runtime(self.plan, self.tree, self.tree / MODULES)
        if runtime.stdlib is None:
            build_stdlib(self.plan, self.tree / STDLIB, self.scratch)
        (self.tree / PATHS).write_text(f"{STDLIB}\n{MODULES}\n{SITE}\n", "ascii")
        return f"CPython {runtime.version}"

    def packages(self) -> str:
        """What the lock pins, for Windows."""
        wheels = fetch_wheels(self.plan)
        for wheel in wheels:
            unpack_wheel(wheel, self.site)
        return f"{len(wheels)} wheels"

    def trim(self) -> str:
        """Qt down to what is used."""
        return trim_qt(self.site, self.tree)

    def program(self) -> str:
        """Our own code and resources, and all of it as byte code."""
        copy_program(self.site)
        count = compile_source(self.plan, self.site, self.tree / SITE, AS_SOURCE)
        write_mark(self.plan, self.tree, "windows")
        return f"{count} modules"
