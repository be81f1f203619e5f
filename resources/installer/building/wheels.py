"""The Windows wheels of what `requirements.lock` pins: downloaded by hash, unpacked, and only what is used kept."""

import fnmatch
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from building.markers import holds
from building.plan import PYTHON, ROOT, Plan
from building.publish import digest
from building.runtime import FOR_WINDOWS
from building.tools import Fault, run
from building.venv import pip_python

TARGET = {
    "implementation_name": "cpython",
    "implementation_version": f"{PYTHON[0]}.{PYTHON[1]}.9",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_release": "10",
    "platform_system": "Windows",
    "platform_version": "10.0.17763",
    "python_full_version": f"{PYTHON[0]}.{PYTHON[1]}.9",
    "python_version": f"{PYTHON[0]}.{PYTHON[1]}",
    "sys_platform": "win32",
    "extra": "",
}
"""What markers ask about, answered for where the program will run, not for where it is built."""

UNUSED = (
    "*.pyi", "*.pxd", "*.pyx", "*.h", "*.hpp", "*.c", "*.cpp", "*.lib", "*.cmake", "*.pc", "*/py.typed",
    "*/tests/*", "*/testing/suite/*", "*.dist-info/RECORD", "*.dist-info/sboms/*", "*.dist-info/INSTALLER",
    "opencc/clib/bin/*", "opencc/clib/include/*", "opencc/clib/lib/*",
    "alembic/templates/*", "rich/__main__.py", "setuptools/*", "*/scripts/*.bat",
)  # fmt: skip
"""Parts of wheels that a program at work never opens: for compilers, for type checkers, tests."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of the lock: a package, its version and the digests of its files."""

    name: str
    version: str
    hashes: frozenset[str]

    def line(self) -> str:
        """The line again, for pip, without its condition."""
        return " ".join((f"{self.name}=={self.version}", *(f"--hash=sha256:{each}" for each in sorted(self.hashes))))


def read_lock(lock: Path) -> list[Pin]:
    """What a lock pins for Windows, by name. Raises Fault for a line it does not understand."""
    pins = []
    for line in lock.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.fullmatch(r"([\w.-]+)==(\S+?)\s*(?:;\s*(.*?))?\s+(--hash=.*)", line.strip())
        if not found:
            raise Fault(f"{lock.name}: cannot read the line {line[:60]!r}; pin it with == and its hashes.")
        name, version, marker, hashes = found.groups()
        if not marker or holds(marker, TARGET):
            pins.append(Pin(name, version, frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", hashes))))
    return pins


def fetch_wheels(plan: Plan, lock: Path = ROOT / "requirements.lock") -> list[Path]:
    """A wheel for each pin, from the cache or by pip, proved by its digest. Raises Fault."""
    folder = plan.cache / "wheels"
    folder.mkdir(parents=True, exist_ok=True)
    pins = read_lock(lock)
    missing = [pin for pin in pins if cached(folder, pin) is None]
    if missing:
        wanted = folder / "wanted.txt"
        wanted.write_text("".join(f"{pin.line()}\n" for pin in missing), "utf-8")
        words: list[str | Path] = [pip_python(plan), "-m", "pip", "download", "--no-input", "-q", "--no-deps"]
        run([*words, "--require-hashes", *FOR_WINDOWS, "-d", folder, "-r", wanted], env=plan.environment())
        wanted.unlink()
    found = {pin.name: cached(folder, pin) for pin in pins}
    gone = [name for name, wheel in found.items() if wheel is None]
    if gone:
        raise Fault(f"There is no wheel for 64-bit Windows of {', '.join(gone)} with a digest that the lock knows.")
    return [wheel for wheel in found.values() if wheel is not None]


def cached(folder: Path, pin: Pin) -> Path | None:
    """The wheel of a pin in a folder, if its digest is one that the lock knows."""
    stem = re.sub(r"[-_.]+", "_", pin.name).lower()
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        same = re.sub(r"[-_.]+", "_", name).lower() == stem and version == pin.version
        if same and digest(wheel) in pin.hashes:
            return wheel
    return None


def unpack_wheel(wheel: Path, place: Path) -> int:
    """Put what a wheel installs, and a program at work opens, where Python imports from; how many files."""
    count = 0
    with zipfile.ZipFile(wheel) as stream:
        for entry, name in _installed(stream):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with stream.open(entry) as inner, target.open("wb") as outer:
                shutil.copyfileobj(inner, outer)
            count += 1
    return count


def _installed(stream: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Entries of a wheel and where each goes; those for scripts, headers and data outside are none of ours."""
    for entry in sorted(stream.namelist()):
        name = entry
        if ".data/" in entry:
            _, _, inside = entry.partition(".data/")
            scheme, _, name = inside.partition("/")
            if scheme not in ("purelib", "platlib"):
                continue
        if name.endswith("/") or ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            continue
        if not any(fnmatch.fnmatch(name, pattern) for pattern in UNUSED):
            yield entry, name
