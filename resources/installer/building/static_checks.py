"""What can be said of a Windows tree without starting it: every library and every module that is asked for is there."""

import ast
import fnmatch
import zipfile
from pathlib import Path

from building.assemble import MODULES, SITE
from building.pe import Image, executables
from building.plan import ROOT, TEMPLATES
from building.runtime import STDLIB
from building.tools import Fault
from building.wheels import Pin

SYSTEM = TEMPLATES / "windows" / "system-libraries.txt"
BUILT_IN = frozenset(
    [
        "_abc",
        "_ast",
        "_bisect",
        "_blake2",
        "_codecs",
        "_codecs_cn",
        "_codecs_hk",
        "_codecs_iso2022",
        "_codecs_jp",
        "_codecs_kr",
        "_codecs_tw",
        "_collections",
        "_contextvars",
        "_csv",
        "_datetime",
        "_functools",
        "_heapq",
        "_imp",
        "_io",
        "_json",
        "_locale",
        "_lsprof",
        "_md5",
        "_multibytecodec",
        "_opcode",
        "_operator",
        "_pickle",
        "_random",
        "_sha1",
        "_sha256",
        "_sha3",
        "_sha512",
        "_signal",
        "_sre",
        "_stat",
        "_statistics",
        "_string",
        "_struct",
        "_symtable",
        "_thread",
        "_tokenize",
        "_tracemalloc",
        "_typing",
        "_warnings",
        "_weakref",
        "_winapi",
        "_xxsubinterpreters",
        "array",
        "atexit",
        "audioop",
        "binascii",
        "builtins",
        "cmath",
        "errno",
        "faulthandler",
        "gc",
        "itertools",
        "marshal",
        "math",
        "mmap",
        "msvcrt",
        "nt",
        "sys",
        "time",
        "winreg",
        "zlib",
    ]
)
"""Modules inside python311.dll."""


def check_tree(tree: Path, pins: list[Pin], program: Path = ROOT / "famgui") -> str:
    """Raises Fault with the first ten of what is missing; what was looked at, for people."""
    images = executables(tree)
    faults = [*missing_libraries(tree, images), *missing_packages(tree, pins), *missing_modules(tree, program)]
    if faults:
        more = f"\n    and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise Fault("The Windows tree is not whole:\n" + "\n".join(f"    {fault}" for fault in faults[:10]) + more)
    return f"{len(images)} libraries and programs ask for nothing that is not there"


def missing_libraries(tree: Path, images: list[Path]) -> list[str]:
    """A sentence for each library that is asked for and neither in the tree nor part of Windows."""
    system = [line for line in SYSTEM.read_text("utf-8").split("\n") if line and not line.startswith("#")]
    own = {path.name.lower() for path in images}
    return [
        f"{path.relative_to(tree)} asks for {name}"
        for path in images
        for name in Image(path).imports()
        if name not in own and not any(fnmatch.fnmatch(name, pattern) for pattern in system)
    ]


def missing_packages(tree: Path, pins: list[Pin]) -> list[str]:
    """A sentence for each pinned package whose record is not in the tree."""
    there = {path.name.lower().replace("-", "_") for path in (tree / SITE).glob("*.dist-info")}
    names = ((pin, f"{pin.name}_{pin.version}.dist_info".lower().replace("-", "_")) for pin in pins)
    return [f"{pin.name} {pin.version} is not in it" for pin, name in names if name not in there]


def missing_modules(tree: Path, program: Path) -> list[str]:
    """A sentence for each module of the program, and each that one imports anywhere, that is not in the tree."""
    known = _modules(tree)
    faults = []
    for path in sorted(program.rglob("*.py")):
        own = ".".join((program.name, *path.relative_to(program).with_suffix("").parts)).removesuffix(".__init__")
        if own not in known:
            faults.append(f"the module {own} is not in it")
        asked = _imported(path)
        faults += [f"{own} imports {name}, which is not in it" for name in sorted(asked) if name not in known]
    return faults


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names if node.module == "PySide6")}
    return names


def _modules(tree: Path) -> set[str]:
    site = tree / SITE
    files = {path.relative_to(site) for path in site.rglob("*") if path.suffix in (".pyc", ".py", ".pyd")}
    files |= {path.relative_to(tree / MODULES) for path in (tree / MODULES).glob("*.pyd")}
    with zipfile.ZipFile(tree / STDLIB) as stream:
        files |= {Path(name) for name in stream.namelist() if name.endswith(".pyc")}
    names = {".".join((*path.parts[:-1], path.name.split(".")[0])).removesuffix(".__init__") for path in files}
    return names | BUILT_IN
