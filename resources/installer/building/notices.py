"""THIRD-PARTY-NOTICES.txt: who made what is in a product, under which licence, and the licences themselves."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from building.natives import Native
from building.pieces import Piece, pieces_in
from building.plan import TEMPLATES, Plan
from building.tools import Fault

FILE = "THIRD-PARTY-NOTICES.txt"
FOLDER = TEMPLATES / "notices"
RULE = "=" * 100
STANDARD = {
    "LGPL-3.0-only": ("LGPL-3.0", "GPL-3.0"),
    "LGPL-3.0-or-later": ("LGPL-3.0", "GPL-3.0"),
    "GPL-3.0-only": ("GPL-3.0",),
    "MIT": ("MIT",),
    "Apache-2.0": ("Apache-2.0",),
    "BSD-3-Clause": ("BSD-3-Clause",),
    "PSF-2.0": ("PSF-2.0",),
}
"""SPDX identifiers and the texts kept for packages that ship none of their own."""


class Entry(NamedTuple):
    """One component as the file tells it: `texts`: titles and licence texts, `inside`: libraries compiled into it."""

    name: str
    version: str
    licence: str
    page: str
    texts: tuple[tuple[str, str], ...]
    inside: tuple[str, ...]


def write_notices(plan: Plan, site: Path | Sequence[Piece], natives: Sequence[Native], out: Path) -> str:
    """Write a product's notices, Chinese and English; of how many components. `out` is the file.

    Raises Fault, writing nothing, when a component has no licence, no text of it is known, or no Qt is among them.
    """
    pieces = pieces_in(site) if isinstance(site, Path) else list(site)
    entries = sorted([*map(_of_piece, pieces), *map(_of_native, natives)], key=_place)
    text = "\n".join([*_heads(plan, pieces, natives), *_table(entries), *_texts([*entries, *_shared(pieces)])]) + "\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    half = out.with_name(f".{out.name}.part")
    half.write_text(text, "utf-8", newline="\n")
    half.replace(out)
    return f"{len(entries)} components"


def _place(entry: Entry) -> tuple[str, str]:
    return entry.name.lower(), entry.version


def _of_piece(piece: Piece) -> Entry:
    if not piece.licence:
        raise Fault(f"{piece.name} {piece.version} names no licence; find out which it has before it is passed on.")
    kept = [(title, text) for title, text in piece.texts if text.strip()]
    texts = kept or [(name, _text(name)) for name in _standard(piece)]
    inside = [f"{each.name} {each.version}" + (f" ({each.licence})" if each.licence else "") for each in piece.inner]
    return Entry(piece.name, piece.version, piece.licence, piece.page, tuple(texts), tuple(inside))


def _standard(piece: Piece) -> tuple[str, ...]:
    """Names of the texts for a package without any: all where its licences add up, one where they are a choice."""
    choices = [words.strip("() ").split(" AND ") for words in piece.licence.split(" OR ")]
    for together in choices:
        names = [name.strip("() ") for name in together]
        if all(name in STANDARD for name in names):
            return tuple(text for name in names for text in STANDARD[name])
    raise Fault(
        f"{piece.name} {piece.version} ships no licence text, and none is kept for {piece.licence}; "
        f"add it to {(FOLDER / 'licences').relative_to(TEMPLATES.parents[1])}."
    )


def _shared(pieces: Sequence[Piece]) -> list[Entry]:
    """The licences of libraries inside packages, as far as texts are kept: packages rarely ship those."""
    ids = {word for piece in pieces for each in piece.inner for word in re.findall(r"[\w.+-]+", each.licence)}
    texts = {name: _text(name) for one in sorted(ids & STANDARD.keys()) for name in STANDARD[one]}
    if not texts:
        return []
    title = "内含库的许可证 / Licences of the libraries named after “Contains”"
    return [Entry(title, "", " / ".join(sorted(ids & STANDARD.keys())), "", tuple(texts.items()), ())]


def _of_native(native: Native) -> Entry:
    if not native.licence or not native.texts:
        raise Fault(f"natives.toml gives {native.name} no licence or no text; add them.")
    by = (f"(in {native.carrier})",) if native.carrier else ()
    return Entry(
        " ".join((native.name, *by)),
        native.version,
        native.licence,
        native.page,
        tuple((name, _text(name)) for name in native.texts),
        (),
    )


def _text(name: str) -> str:
    file = FOLDER / "licences" / f"{name}.txt"
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise Fault(f"{file.relative_to(TEMPLATES.parents[1])} is missing; bring the licence text back.") from None


def _heads(plan: Plan, pieces: Sequence[Piece], natives: Sequence[Native]) -> Iterator[str]:
    """What stands first, Chinese then English: whose licence the program has, and how to replace Qt."""
    qt = next((native for native in natives if native.name == "Qt"), None)
    if qt is None:
        raise Fault("The product holds no Qt library that could be found; then nobody can be told how to replace it.")
    version = ".".join(qt.version.split(".")[:3])
    values = {
        "product": f"famgui {plan.version}",
        "qt": version,
        "series": version.rpartition(".")[0],
        "pyside": next((piece.version for piece in pieces if piece.key == "pyside6-essentials"), version),
        "folder": qt.folder + "/",
    }
    for language in ("zh", "en"):
        yield (FOLDER / f"head.{language}.txt").read_text("utf-8").format_map(values)


def _table(entries: Sequence[Entry]) -> Iterator[str]:
    yield from (RULE, "目录 / Components", RULE, "")
    yield from (f"{each.name:<44} {each.version:<26} {each.licence}".rstrip() for each in entries)
    yield ""


def _texts(entries: Sequence[Entry]) -> Iterator[str]:
    """Every component with its licence texts; a text that stood before is referred to."""
    stood: dict[str, str] = {}
    for each in entries:
        title = f"{each.name} {each.version}".rstrip()
        yield from (RULE, title, f"许可证 / Licence: {each.licence}")
        if each.page:
            yield f"网址 / Home page: {each.page}"
        if each.inside:
            yield f"内含 / Contains: {'; '.join(each.inside)}"
        yield from (RULE, "")
        for name, text in each.texts:
            body = "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
            key = re.sub(r"\s+", " ", body)
            if key in stood:
                yield f"[{name}] 全文见上 / printed above: {stood[key]}\n"
            else:
                stood[key] = f"{title} [{name}]"
                yield f"[{name}]\n\n{body}\n"
