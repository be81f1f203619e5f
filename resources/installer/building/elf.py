"""What ELF files ask for: libraries by name, and the oldest C library that has all their symbols."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from building.tools import need, run

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_([0-9.]+)")


class Elf(NamedTuple):
    """One ELF file: names of the libraries it is linked with, and the newest version of glibc among its symbols."""

    needed: frozenset[str]
    glibc: tuple[int, ...]


@cache
def read_elf(path: Path) -> Elf:
    """What an ELF file asks for."""
    said = run([need("objdump"), "-p", path])
    versions = [tuple(map(int, version.split("."))) for version in _GLIBC.findall(said)]
    return Elf(frozenset(_NEEDED.findall(said)), max(versions, default=()))


def elf_files(tree: Path) -> list[Path]:
    """The ELF files of a tree, links left out."""
    found = []
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                if stream.read(4) == b"\x7fELF":
                    found.append(path)
    return found


def glibc_floor(tree: Path) -> tuple[int, ...]:
    """The version of glibc that a tree needs at least, as (2, 28)."""
    return max((read_elf(path).glibc for path in elf_files(tree)), default=())


def outside_libraries(tree: Path) -> dict[str, list[Path]]:
    """Libraries that a tree is linked with and does not carry, each with the files that ask for it."""
    carried = {path.name for path in tree.rglob("*.so*")}
    outside: dict[str, list[Path]] = {}
    for path in elf_files(tree):
        for name in sorted(read_elf(path).needed - carried):
            outside.setdefault(name, []).append(path)
    return outside


def orphan_libraries(folder: Path) -> list[Path]:
    """Libraries directly in `folder` that nothing at or below it is linked with; links to such count too."""
    wanted = {name for path in elf_files(folder) for name in read_elf(path).needed}
    return [
        path for path in sorted(folder.glob("lib*.so*")) if path.name not in wanted and not path.match("libpython*")
    ]
