"""What a folder of installed packages holds: each with its licence, home page, needs, licence texts and inner parts."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackagePath, distributions
from pathlib import Path
from typing import Any

SPDX = {
    "MIT": "MIT",
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
"""What authors write as their licence, free text or classifier, and the SPDX identifier that it means."""

EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")
TEXT_NAMES = re.compile(r"(licen[cs]e|copying|notice|authors?|copyright)\b", re.IGNORECASE)
PAGES = ("homepage", "home", "home-page", "repository", "source", "source code", "github", "documentation")
CRATE = re.compile(rb"crates\.io-[0-9a-f]+/([A-Za-z0-9_-]+?)-(\d+\.\d+\.\d+[0-9A-Za-z.+-]{0,20})/")
"""The path of a Rust library's source, as compiled modules keep it for their messages."""


@dataclass(frozen=True, slots=True, order=True)
class Inner:
    """A library compiled into a package. `licence` is empty where the package does not say."""

    name: str
    version: str
    purl: str
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """An installed package. `licence` is SPDX where it could be understood, else the author's words, else empty."""

    name: str
    version: str
    licence: str
    page: str
    needs: tuple[str, ...]
    """Normal names of other packages that its metadata ask for, extras left aside."""
    texts: tuple[tuple[str, str], ...]
    """File name and text of each licence file that it ships."""
    inner: tuple[Inner, ...] = ()

    @property
    def key(self) -> str:
        """Its normal name."""
        return normal(self.name)

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:pypi/{self.key}@{self.version}"


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pieces_in(*places: Path, own: str = "famgui") -> list[Piece]:
    """The packages installed in a folder, or those of wheels, by name; the program itself is none of them."""
    found = {normal(each.metadata["Name"]): each for each in distributions(path=[str(place) for place in places])}
    return [_piece(each) for key, each in sorted(found.items()) if key != own]


def required(words: str) -> str | None:
    """The normal name in a requirement; None when it belongs to an extra."""
    requirement, _, marker = words.partition(";")
    name = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", requirement)
    return normal(name[1]) if name and "extra" not in marker else None


def _piece(distribution: Distribution) -> Piece:
    fields = distribution.metadata
    needs = {name for line in fields.get_all("Requires-Dist") or () if (name := required(line))}
    return Piece(
        name=fields["Name"],
        version=fields["Version"],
        licence=_licence(distribution),
        page=_page(_field(distribution, "Home-page"), fields.get_all("Project-URL") or ()),
        needs=tuple(sorted(needs)),
        texts=tuple(sorted(_texts(distribution))),
        inner=tuple(sorted(set(_stated(distribution)) or set(_compiled(distribution)))),
    )


def _licence(distribution: Distribution) -> str:
    """License-Expression; else a License of one line that reads as an expression or is known; else the classifiers."""
    fields = distribution.metadata
    if expression := _field(distribution, "License-Expression"):
        return expression
    words = _field(distribution, "License")
    if words in SPDX:
        return SPDX[words]
    if EXPRESSION.fullmatch(words):
        return words
    classes = [line.rpartition(" :: ")[2] for line in fields.get_all("Classifier") or ()]
    known = sorted({SPDX[name] for name in classes if name in SPDX})
    return " OR ".join(known) or (words if "\n" not in words else "")


def _field(distribution: Distribution, name: str) -> str:
    found = distribution.metadata.get_all(name) or [""]
    return str(found[0]).strip()


def _page(home: str, links: Sequence[str]) -> str:
    """The home page, or the link that says most about where the package comes from; empty when it names none."""
    named = {label.strip().lower(): url.strip() for label, _, url in (link.partition(",") for link in links)}
    return home or next((named[label] for label in PAGES if label in named), "")


def _texts(distribution: Distribution) -> Iterator[tuple[str, str]]:
    for path in distribution.files or ():
        inside = "/".join(path.parts)
        named = ".dist-info/" in inside and TEXT_NAMES.match(path.name)
        if named and (holds := _bytes(distribution, path)):
            yield inside.partition(".dist-info/")[2], holds.decode("utf-8", errors="replace")


def _stated(distribution: Distribution) -> Iterator[Inner]:
    """The parts that the package's own bill of materials names."""
    for path in distribution.files or ():
        if "sboms" in path.parts and path.suffix == ".json":
            try:
                said = json.loads(_bytes(distribution, path))
                yield from (_inner(part) for part in said.get("components", ()))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue


def _inner(part: dict[str, Any]) -> Inner:
    name, version = str(part["name"]), str(part.get("version", ""))
    purl = str(part.get("purl", "")).partition("?")[0] or f"pkg:generic/{name}@{version}"
    licence: dict[str, Any] = next(iter(part.get("licenses") or ()), {})
    return Inner(name, version, purl, licence.get("expression") or licence.get("license", {}).get("id", ""))


def _compiled(distribution: Distribution) -> Iterator[Inner]:
    """The Rust libraries whose source paths stand in the package's compiled modules."""
    for path in distribution.files or ():
        if path.suffix in (".so", ".pyd"):
            for name, version in set(CRATE.findall(_bytes(distribution, path))):
                crate = name.decode(), version.decode()
                yield Inner(*crate, f"pkg:cargo/{crate[0]}@{crate[1]}")


def _bytes(distribution: Distribution, path: PackagePath) -> bytes:
    """What a file of a package holds, in a folder or in a wheel; nothing when it was left out."""
    file: Any = distribution.locate_file(path)
    return bytes(file.read_bytes()) if file.is_file() else b""
