"""CPython for Windows: from a wheel that is pinned by its digest, or from an embeddable zip that is given."""

import fnmatch
import re
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from building.pe import Image
from building.plan import PYTHON, Plan
from building.publish import digest
from building.tools import Fault, run
from building.venv import pip_python

MINOR = "".join(map(str, PYTHON))
PACKAGE = "panda3d==1.10.16"
WHEEL = f"panda3d-1.10.16-cp{MINOR}-cp{MINOR}-win_amd64.whl"
SHA256 = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
INSIDE = "deploy_libs/"
"""A wheel that carries python.org's own runtime, CPython 3.11.9, for programs that ship it."""

FOR_WINDOWS = ("--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp", "--python-version", MINOR)

CORE = f"python{MINOR}.dll"
STABLE = "python3.dll"
"""What extension modules for any Python 3 ask for: each of its names stands for the same one of python3xx.dll."""

STDLIB = f"python{MINOR}.zip"
MODULES = [
    "_asyncio",
    "_bz2",
    "_ctypes",
    "_decimal",
    "_elementtree",
    "_hashlib",
    "_lzma",
    "_multiprocessing",
    "_overlapped",
    "_queue",
    "_socket",
    "_sqlite3",
    "_ssl",
    "_uuid",
    "_zoneinfo",
    "pyexpat",
    "select",
    "unicodedata",
]
LIBRARIES = ("libcrypto-3*.dll", "libssl-3*.dll", "libffi-*.dll", "sqlite3.dll")
"""Microsoft's C++ runtime is not among them: it comes with the wheels of Qt, newer, and must be of one set."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What was unpacked: the version of CPython, and its standard library when the runtime brings its own."""

    version: str
    stdlib: Path | None


def fetch_wheel(plan: Plan) -> Path:
    """The pinned wheel, from the cache or by pip; proved by its digest either way. Raises Fault."""
    folder = plan.cache / "runtime"
    wheel = folder / WHEEL
    if not (wheel.is_file() and digest(wheel) == SHA256):
        folder.mkdir(parents=True, exist_ok=True)
        pinned = folder / "runtime.txt"
        pinned.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", "utf-8")
        words: list[str | Path] = [pip_python(plan), "-m", "pip", "download", "--no-input", "-q", "--no-deps"]
        run([*words, "--require-hashes", *FOR_WINDOWS, "-d", folder, "-r", pinned], env=plan.environment())
    if digest(wheel) != SHA256:
        raise Fault(f"{wheel} is not the runtime that is pinned; delete it and build again.")
    return wheel


def unpack_runtime(plan: Plan, root: Path, modules: Path) -> Runtime:
    """Put python3xx.dll into `root`, its modules and their libraries into `modules`. Raises Fault."""
    given = plan.runtime
    archive, prefix = (given, "") if given else (fetch_wheel(plan), INSIDE)
    if not archive.is_file():
        raise Fault(f"--python-runtime: there is no file {archive}.")
    try:
        with zipfile.ZipFile(archive) as stream:
            names = {name.removeprefix(prefix): name for name in stream.namelist() if name.startswith(prefix)}
            _check(names, archive)
            for name in (CORE, STABLE):
                if name in names:
                    _take(stream, names[name], root / name)
            for name in sorted(names):
                if _is_wanted(name):
                    _take(stream, names[name], modules / name)
            stdlib = None
            if STDLIB in names:
                stdlib = root / STDLIB
                _take(stream, names[STDLIB], stdlib)
    except zipfile.BadZipFile:
        raise Fault(f"{archive} is no zip file; give an embeddable CPython for 64-bit Windows.") from None
    Image(root / CORE)
    return Runtime(core_version(root / CORE), stdlib)


def core_version(core: Path) -> str:
    """The version that python3xx.dll says of itself, such as 3.11.9. Raises Fault."""
    told = "FileVersion".encode("utf-16-le")
    data = core.read_bytes()
    place = data.find(told)
    text = data[place + len(told) : place + len(told) + 60].decode("utf-16-le", "replace") if place >= 0 else ""
    found = re.search(r"(\d+\.\d+\.\d+)", text)
    if not found:
        raise Fault(f"{core} does not say which Python it is.")
    return found[1]


def _check(names: dict[str, str], archive: Path) -> None:
    others = [name for name in names if re.fullmatch(r"python3\d+\.dll", name) and name != CORE]
    if CORE not in names:
        instead = f" It has {others[0]}." if others else ""
        raise Fault(f"{archive} has no {CORE}; an embeddable CPython {PYTHON[0]}.{PYTHON[1]} is needed.{instead}")
    missing = [name for name in MODULES if f"{name}.pyd" not in names]
    if missing:
        raise Fault(f"{archive} lacks {', '.join(missing)}; give a whole embeddable CPython.")


def _is_wanted(name: str) -> bool:
    return name.removesuffix(".pyd") in MODULES or any(fnmatch.fnmatch(name, pattern) for pattern in LIBRARIES)


def _take(stream: zipfile.ZipFile, name: str, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with stream.open(name) as inner, place.open("wb") as outer:
        shutil.copyfileobj(inner, outer)
