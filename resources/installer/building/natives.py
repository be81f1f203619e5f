"""Libraries of a product that are no Python packages: found by their files, their versions read from those files."""

import fnmatch
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from building.plan import TEMPLATES
from building.tools import Fault, need, run

TABLE = TEMPLATES / "notices" / "natives.toml"
RESOURCE = re.compile("ProductVersion".encode("utf-16-le") + rb"(?:\0\0)+((?:[0-9.]\0)+)")


@dataclass(frozen=True, slots=True)
class Native:
    """A library in the product. `licence` is SPDX; `texts` name files of notices/licences."""

    name: str
    version: str
    """Empty when neither its bytes nor its package tell."""
    licence: str
    page: str
    texts: tuple[str, ...]
    purl: str
    carrier: str = ""
    """The normal name of the Python package that brings it; empty when the product itself does."""
    folder: str = ""
    """Where it lies in the product, with `/`."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a library shows itself; the head of natives.toml tells the fields."""

    name: str
    licence: str
    page: str
    texts: tuple[str, ...]
    files: tuple[str, ...] = ()
    version: str = ""
    contained: bool = False
    resource: bool = False
    debian: tuple[str, ...] = ()
    carrier: str = ""


def natives_in(product: Path, debian: Mapping[str, str] | None = None) -> list[Native]:
    """The libraries of a finished tree, by name. `debian`: versions of the packages that its files came from, by name.

    Raises Fault when a file says another version than `debian` does: then one of the two is not what was built.
    """
    files = sorted(path for path in product.rglob("*") if path.is_file() and not path.is_symlink())
    found: dict[tuple[str, str, str], Native] = {}
    for trace in _traces():
        for native in _search(trace, files, product, debian or {}):
            found.setdefault((native.name, native.carrier, native.version), native)
    return [found[key] for key in sorted(found)]


def added(name: str, version: str) -> Native:
    """What a builder leaves in a product: PyInstaller's loader, the frame of NSIS, the C start of mingw-w64."""
    trace = next(trace for trace in _traces() if trace.name == name and not trace.files)
    return _native(trace, version, "", "")


def read_versions(file: Path) -> dict[str, str]:
    """A `versions.txt`: a line for each Debian package, its name and its version."""
    return dict(line.split(maxsplit=1) for line in file.read_text("utf-8").splitlines() if line.strip())


def bundled_versions(product: Path) -> dict[str, str]:
    """Debian's versions, on this machine, of the packages whose window libraries (xcb-util) a product carries."""
    names = {path.name for path in product.rglob("libxcb-*")}
    wanted = [package for trace in _traces() if names.intersection(trace.files) for package in trace.debian]
    if not wanted:
        return {}
    said = run([need("dpkg-query"), "-W", "-f", "${Package} ${Version}\\n", *wanted])
    return dict(line.split(maxsplit=1) for line in said.splitlines())


@functools.cache
def _traces() -> tuple[Trace, ...]:
    rows = tomllib.loads(TABLE.read_text("utf-8"))["native"]
    return tuple(
        _trace({key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}) for row in rows
    )


def _trace(row: dict[str, Any]) -> Trace:
    return Trace(**row)


def _search(trace: Trace, files: list[Path], product: Path, debian: Mapping[str, str]) -> Iterator[Native]:
    for path in files:
        if not any(fnmatch.fnmatchcase(path.name, pattern) for pattern in trace.files):
            continue
        told = _told(trace, path.read_bytes())
        package = next((name for name in trace.debian if name in debian), "")
        listed = debian.get(package, "")
        if told and listed and not re.match(rf"(\d+:)?{re.escape(told)}(?!\d)", listed):
            raise Fault(f"{path.name} holds {trace.name} {told}, but {package} is said to be {listed}; build it anew.")
        if told or not trace.contained:
            yield _native(trace, listed or told, package, path.parent.relative_to(product).as_posix())


def _told(trace: Trace, holds: bytes) -> str:
    """The version that a file tells, by its pattern or its resources; empty when it tells none."""
    told = re.search(trace.version.encode().replace(rb"\0", rb"\x00"), holds) if trace.version else None
    if told:
        return str(next(filter(None, told.groups())).replace(b"\0", b"").decode())
    named = RESOURCE.search(holds) if trace.resource else None
    return named[1].decode("utf-16-le") if named else ""


def _native(trace: Trace, version: str, package: str, folder: str) -> Native:
    name = package or re.sub(r"[^a-z0-9]+", "-", trace.name.lower()).strip("-")
    purl = f"pkg:{'deb/debian' if package else 'generic'}/{name}" + (f"@{quote(version, safe='~')}" if version else "")
    return Native(trace.name, version, trace.licence, trace.page, trace.texts, purl, trace.carrier, folder)
