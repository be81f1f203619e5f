"""Packs compiled once: read, checked and joined when a file changes, then kept as JSON for a quick start."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import famgui
from famgui.base.paths import write_whole
from famgui.base.toml_source import Fault
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
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.toml"))]
    stamp = _stamp(files)
    old = _load(cache, "packs.json")
    if old is not None and old["stamp"] == stamp:
        return Compiled(old["packs"], tuple(_fault_from(fault) for fault in old["faults"]), None)
    fresh = _compile(files, old, _load(cache, "clauses.json"))
    if cache is not None:
        _keep(cache, stamp, fresh)
    return fresh


def kept_clauses(cache: Path | None) -> dict[str, list[dict[str, Any]]]:
    """The clauses that the last compilation wrote, by pack place."""
    found = _load(cache, "clauses.json")
    return found["clauses"] if found else {}


def _compile(files: Sequence[Path], old: dict[str, Any] | None, old_clauses: dict[str, Any] | None) -> Compiled:
    faults: list[PackFault] = []
    good: dict[str, tuple[Path, dict[str, Any]]] = {}
    broken = False
    for path in files:
        try:
            pack = read_pack(path)
        except BrokenPack as error:
            faults.extend(PackFault(str(path), fault) for fault in error.faults)
            broken = True
            continue
        rival = good.get(pack["place"])
        if rival is not None and rival[0].parent == path.parent:
            twice = Fault(("place",), "place-twice", (("place", pack["place"]), ("other", rival[0].name)))
            faults.extend(PackFault(str(path), fault) for fault in locate(path, [twice]))
            continue
        good[pack["place"]] = (path, pack)
    grades = {clause["id"]: clause["grade"] for _, pack in good.values() for clause in pack.get("clause", ())}
    packs: dict[str, dict[str, Any]] = {}
    clauses: dict[str, list[dict[str, Any]]] = {}
    for place, (path, pack) in good.items():
        unknown = [] if broken else list(_unknown_clauses(pack, grades))
        if unknown:
            faults.extend(PackFault(str(path), fault) for fault in locate(path, unknown))
            continue
        packs[place] = _joined(str(path), pack, grades)
        clauses[place] = pack.get("clause", [])
    for pack in old["packs"] if old else ():
        stands_in = any(fault.file == pack["file"] for fault in faults) and pack["place"] not in packs
        if stands_in and old_clauses is not None:
            packs[pack["place"]] = {**pack, "kept": True}
            clauses[pack["place"]] = old_clauses["clauses"].get(pack["place"], [])
    return Compiled(list(packs.values()), tuple(faults), clauses)


def _unknown_clauses(pack: dict[str, Any], grades: dict[str, str]) -> Iterator[Fault]:
    for index, value in enumerate(pack.get("value", ())):
        for clause in (value["clause"], *value.get("beside", ())):
            if clause not in grades:
                yield Fault(("value", index, "clause"), "unknown-clause", (("id", clause),))


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
        stat = path.stat()
        stamp.append([str(path), stat.st_mtime_ns, stat.st_size])
    return stamp


def _load(cache: Path | None, name: str) -> dict[str, Any] | None:
    if cache is None:
        return None
    try:
        found: dict[str, Any] = json.loads((cache / name).read_bytes())
    except (OSError, ValueError):
        return None
    return found


def _keep(cache: Path, stamp: Stamp, fresh: Compiled) -> None:
    faults = [
        {"file": f.file, "path": f.fault.path, "code": f.fault.code, "values": f.fault.values, "line": f.fault.line}
        for f in fresh.faults
    ]
    try:
        write_whole(cache / "clauses.json", _dump({"clauses": fresh.clauses}))
        write_whole(cache / "packs.json", _dump({"stamp": stamp, "packs": fresh.packs, "faults": faults}))
    except OSError:
        return  # a home that cannot be written costs time at the next start, nothing else


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _fault_from(table: dict[str, Any]) -> PackFault:
    values = tuple((key, value) for key, value in table["values"])
    return PackFault(table["file"], Fault(tuple(table["path"]), table["code"], values, table["line"]))
