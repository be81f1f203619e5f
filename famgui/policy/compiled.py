"""Packs compiled once: read, checked and joined when a file changes, then kept as JSON for a quick start."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import famgui
from famgui.base.paths import write_whole
from famgui.base.toml_source import Fault
from famgui.base.toml_source import Path as TomlPath
from famgui.policy.pack import WEAK_GRADES, BrokenPack, locate, read_pack

Stamp: TypeAlias = list[list[str | int]]


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing wrong in one pack file."""

    file: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Compiled:
    """All packs that could be taken, as plain data, and what was wrong with the others.

    A pack: file, place, name, version, checked_on, `kept` (the last good one stands in for a broken file) and `values`,
    each with `weak` added. `clauses` are by pack place, or None when they are still on disk.
    """

    packs: list[dict[str, Any]]
    faults: tuple[PackFault, ...]
    clauses: dict[str, list[dict[str, Any]]] | None


def compiled(folders: Sequence[Path], cache: Path | None) -> Compiled:
    """The packs of these folders; a later folder's pack takes the place of an earlier one's. Never raises for a broken
    pack: it is listed, and its last good version, when the cache has it, stays in use."""
    files = _files(folders)
    stamp = _stamp(files)
    old = _load(cache, "packs.json")
    if old is not None and old["stamp"] == stamp:
        return Compiled(old["packs"], tuple(_fault_from(fault) for fault in old["faults"]), None)
    return _compile_and_keep(files, stamp, old, cache)


def clauses_of(folders: Sequence[Path], cache: Path | None) -> dict[str, list[dict[str, Any]]]:
    """The clauses that the last compilation wrote, by pack place; compiled again when they are gone or stale."""
    files = _files(folders)
    stamp = _stamp(files)
    found = _load(cache, "clauses.json")
    if found is None or found["stamp"] != stamp:
        return _compile_and_keep(files, stamp, _load(cache, "packs.json"), cache).clauses or {}
    kept: dict[str, list[dict[str, Any]]] = found["clauses"]
    return kept


def _files(folders: Sequence[Path]) -> list[Path]:
    """Every pack file; what an editor hides behind a dot is none."""
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml")))
    return [path for path in found if not path.name.startswith(".")]


def _compile_and_keep(files: Sequence[Path], stamp: Stamp, old: dict[str, Any] | None, cache: Path | None) -> Compiled:
    fresh = _compile(files, old, _load(cache, "clauses.json"))
    if cache is not None:
        _keep(cache, stamp, fresh)
    return fresh


def _compile(files: Sequence[Path], old: dict[str, Any] | None, old_clauses: dict[str, Any] | None) -> Compiled:
    good, faults = _read(files)
    grades = {clause["id"]: clause["grade"] for _, pack in good for clause in pack.get("clause", ())}
    all_read = not faults
    packs: dict[str, dict[str, Any]] = {}
    clauses: dict[str, dict[str, dict[str, Any]]] = {}
    for path, pack in good:
        unknown = list(_unknown_clauses(pack, grades)) if all_read else []
        if unknown:
            faults.extend(PackFault(str(path), fault) for fault in locate(path, unknown))
            continue
        packs[pack["place"]] = _joined(str(path), pack, grades)
        # A pack that takes another's place adds to its clauses: what others rest on does not vanish.
        clauses.setdefault(pack["place"], {}).update({clause["id"]: clause for clause in pack.get("clause", ())})
    faulty = {fault.file for fault in faults}
    for pack in old["packs"] if old and old_clauses else ():
        if pack["file"] in faulty:
            packs[pack["place"]] = {**pack, "kept": True}
            kept = old_clauses["clauses"].get(pack["place"], []) if old_clauses else []
            clauses.setdefault(pack["place"], {}).update({clause["id"]: clause for clause in kept})
    by_place = {place: list(found.values()) for place, found in clauses.items()}
    return Compiled(list(packs.values()), tuple(faults), by_place)


def _read(files: Sequence[Path]) -> tuple[list[tuple[Path, dict[str, Any]]], list[PackFault]]:
    """Every pack that can be read, in order, and what is wrong with the others."""
    good: list[tuple[Path, dict[str, Any]]] = []
    faults: list[PackFault] = []
    for path in files:
        try:
            pack = read_pack(path)
        except BrokenPack as error:
            faults.extend(PackFault(str(path), fault) for fault in error.faults)
            continue
        rival = next((p for p, other in good if other["place"] == pack["place"] and p.parent == path.parent), None)
        if rival is None:
            good.append((path, pack))
            continue
        twice = Fault(("place",), "place-twice", (("place", pack["place"]), ("other", rival.name)))
        faults.extend(PackFault(str(path), fault) for fault in locate(path, [twice]))
    return good, faults


def _unknown_clauses(pack: dict[str, Any], grades: dict[str, str]) -> Iterator[Fault]:
    for index, value in enumerate(pack.get("value", ())):
        named: list[tuple[TomlPath, str]] = [(("value", index, "clause"), value["clause"])]
        named += [(("value", index, "beside", n), clause) for n, clause in enumerate(value.get("beside", ()))]
        for path, clause in named:
            if clause not in grades:
                yield Fault(path, "unknown-clause", (("id", clause),))


def _joined(file: str, pack: dict[str, Any], grades: dict[str, str]) -> dict[str, Any]:
    values = [
        {**value, "weak": "doubt" in value or grades.get(value["clause"], "K") in WEAK_GRADES}
        for value in pack.get("value", ())
    ]
    head = {key: pack[key] for key in ("place", "name", "version", "checked_on")}
    return {"file": file, **head, "kept": False, "values": values}


def _stamp(files: Sequence[Path]) -> Stamp:
    stamp: Stamp = [["famgui", famgui.__version__]]
    for path in files:
        try:
            stat = path.stat()
        except OSError:  # a link that leads nowhere; reading it will say so
            stamp.append([str(path), 0, 0])
        else:
            stamp.append([str(path), stat.st_mtime_ns, stat.st_size])
    return stamp


def _load(cache: Path | None, name: str) -> dict[str, Any] | None:
    """What `_keep` wrote, None when it is not there or not whole: a checksum stands on the first line."""
    if cache is None:
        return None
    try:
        checksum, _, body = (cache / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    if checksum.decode("ascii", "replace") != sha256(body).hexdigest():
        return None
    found: dict[str, Any] = json.loads(body)
    return found


def _keep(cache: Path, stamp: Stamp, fresh: Compiled) -> None:
    faults = [
        {"file": f.file, "path": f.fault.path, "code": f.fault.code, "values": f.fault.values, "line": f.fault.line}
        for f in fresh.faults
    ]
    try:
        write_whole(cache / "clauses.json", _dump({"stamp": stamp, "clauses": fresh.clauses}))
        write_whole(cache / "packs.json", _dump({"stamp": stamp, "packs": fresh.packs, "faults": faults}))
    except OSError:
        return  # a home that cannot be written costs time at the next start, nothing else


def _dump(data: Any) -> bytes:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return sha256(body).hexdigest().encode() + b"\n" + body


def _fault_from(table: dict[str, Any]) -> PackFault:
    values = tuple((key, value) for key, value in table["values"])
    return PackFault(table["file"], Fault(tuple(table["path"]), table["code"], values, table["line"]))
