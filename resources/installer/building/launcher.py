"""The two executables of the Windows program, compiled from one C file: the window and the terminal."""

import os
import re
from pathlib import Path

from building.assemble import GUI, PATHS, TERMINAL
from building.pe import Image
from building.plan import TEMPLATES, Plan
from building.runtime import CORE, STABLE, STDLIB
from building.tools import need, run

SOURCES = TEMPLATES / "windows"
ICON = SOURCES / "famgui.ico"
COMPILER, RESOURCES = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"

TITLES = {GUI: ("家庭共济助手", "famgui"), TERMINAL: ("家庭共济助手（终端）", "famgui (terminal)")}
"""What Windows calls the programs, in Chinese and in English."""

OPTIONS = ("-std=c11", "-Os", "-Wall", "-Wextra", "-Werror", "-municode", "-s", "-static", "-Wl,--no-insert-timestamp",
           "-Wl,--dynamicbase,--nxcompat,--high-entropy-va")  # fmt: skip


def build_launchers(plan: Plan, tree: Path, scratch: Path) -> str:
    """Compile famgui.exe and famgui-cli.exe into the tree; their size, for people. Raises Fault."""
    scratch.mkdir(parents=True, exist_ok=True)
    for name in (GUI, TERMINAL):
        _build(plan, name, tree / name, scratch)
    return f"{sum((tree / name).stat().st_size for name in (GUI, TERMINAL)) / 1000:.0f} kB"


def mingw_version(plan: Plan) -> str:
    """The version of mingw-w64, whose C start is in the executables, as its own headers tell it. Raises Fault."""
    said = run([need(COMPILER), "-E", "-dM", "-x", "c", "-include", "_mingw.h", os.devnull], env=plan.environment())
    parts = (re.search(rf"#define __MINGW64_VERSION_{part} (\d+)", said) for part in ("MAJOR", "MINOR", "BUGFIX"))
    return ".".join(found[1] if found else "0" for found in parts)


def _build(plan: Plan, name: str, place: Path, scratch: Path) -> None:
    resources = scratch / f"{name}.rc"
    resources.write_text(resource_text(plan.version, name), "utf-8")
    compiled = scratch / f"{name}.res.o"
    run([need(RESOURCES), "-c", "65001", "-i", resources, "-o", compiled], env=plan.environment())
    names = {"PYTHON_CORE": CORE, "PYTHON_STDLIB": STDLIB, "PYTHON_PATHS": PATHS}
    defines = [f'-D{key}=L"{value}"' for key, value in names.items()]
    kind = ["-mconsole", "-DCONSOLE"] if name == TERMINAL else ["-mwindows"]
    words: list[str | Path] = [need(COMPILER), *OPTIONS, *kind, *defines, SOURCES / "launcher.c", compiled, "-o", place]
    run(words, env=plan.environment(), cwd=scratch)


def build_forwarder(plan: Plan, tree: Path, scratch: Path) -> str:
    """Make python3.dll where the runtime brought none; what was done. Raises Fault."""
    if (tree / STABLE).is_file():
        return "the runtime's own"
    names = [name for name in Image(tree / CORE).exports() if name.startswith(("Py", "_Py"))]
    core = CORE.removesuffix(".dll")
    listed = scratch / "python3.def"
    lines = (f"{name} = {core}.{name}\n" for name in sorted(names))
    listed.write_text(f"LIBRARY {STABLE}\nEXPORTS\n{''.join(lines)}", "ascii")
    options = ["-shared", "-nostdlib", "-s", "-Wl,--no-insert-timestamp,--entry=0,--image-base=0x180000000"]
    run([need(COMPILER), *options, listed, "-o", tree / STABLE], env=plan.environment(), cwd=scratch)
    return f"{len(names)} names"


def resource_text(version: str, name: str) -> str:
    """Icon, manifest and version of one executable, as `windres` reads them."""
    chinese, english = TITLES[name]
    values = {
        "ICON": ICON.as_posix(),
        "MANIFEST": (SOURCES / "launcher.manifest").as_posix(),
        "NUMBERS": ",".join([*version.split("."), "0"]),
        "VERSION": version,
        "NAME": name,
        "TITLE_ZH": chinese,
        "TITLE_EN": english,
    }
    text = (SOURCES / "launcher.rc.in").read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    return text
