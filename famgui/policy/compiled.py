"""Packs compiled once: each read and checked when its file changes, then kept as JSON for a quick start."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

import famgui
from famgui.base.paths import resources, write_whole
from famgui.base.toml_source import Fault
from famgui.base.toml_source import Path as TomlPath
from famgui.policy.pack import WEAK_GRADES, BrokenPack, locate, read_pack

Table: TypeAlias = dict[str, Any]

File: TypeAlias = tuple[str, int, int]
"""A pack file: path, time of its last change, size."""

INDEX, VALUES, TEXTS = "packs.json", "values.jsonl", "texts.jsonl"
"""What is kept: what each pack is; its values, a line a pack; its clauses and what is unconfirmed, a line a pack."""

_HEAD = ("file", "stamp", "kept", "place", "name", "version", "checked_on")
_TEXTS = ("clause", "unconfirmed")


@dataclass(frozen=True, slots=True)
class PackFault:
    """One thing wrong in one pack file."""

    file: str
    fault: Fault


class Compiled:
    """All packs that could be taken, in order, and what was wrong with the others.

    Of each pack its head: file, stamp, place, name, version, checked_on, and `kept` (the last good version stands in
    for a broken file). Values and clauses are read when asked for. `stamp` changes when any file does.
    """

    def __init__(
        self, stamp: str, packs: list[Table], faults: Sequence[PackFault], lines: "_Lines", again: "_Again"
    ) -> None:
        self.stamp, self.packs, self.faults = stamp, tuple(packs), tuple(faults)
        self._lines, self._again = lines, again

    def values(self, pack: Table) -> list[Table]:
        """A pack's values, each with `weak` added."""
        kept = self._lines.of(VALUES, pack)
        found: list[Table] = self._whole(pack).get("value", []) if kept is None else kept
        return found

    def texts(self, pack: Table) -> Table:
        """What a pack says in words: lists of tables under `clause` and `unconfirmed`."""
        kept = self._lines.of(TEXTS, pack)
        found: Table = self._whole(pack) if kept is None else kept
        return found

    def _whole(self, pack: Table) -> Table:
        return self._again().get(pack["file"], {})


_Again: TypeAlias = Callable[[], dict[str, Table]]
"""Packs in full by file, compiled when first asked."""


class _Lines:
    """The lines of the cache, read when first asked; a line that is not as it was written counts as gone."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._read: dict[str, bytes] = {}

    def of(self, name: str, pack: Table) -> Any:
        """What stands in a file for a pack; None where it is gone."""
        if self._folder is None or name not in pack:
            return None
        if name not in self._read:
            try:
                self._read[name] = (self._folder / name).read_bytes()
            except OSError:
                self._read[name] = b""
        start, end, checksum = pack[name]
        line = self._read[name][start:end]
        return json.loads(line) if sha256(line).hexdigest() == checksum else None


def compiled(folders: Sequence[Path], folder: Path | None) -> Compiled:
    """The packs of these folders, kept in `folder` (None: nowhere); a later folder's pack takes the place of an earlier
    one's. Never raises for a broken pack: it is listed, and its last good version, when kept, stays in use."""
    files = _files(folders)
    maker, index, lines = _maker(), _load(folder), _Lines(folder)
    stamp = sha256(json.dumps([maker, files]).encode()).hexdigest()
    marks = {"stamp": stamp, "maker": maker}

    def made() -> tuple[list[Table], list[PackFault]]:
        old, same_maker = (index["packs"], index.get("maker") == maker) if index else ([], False)
        packs, faults = _compile(files, old, lines, reuse=same_maker)
        if folder is not None:
            _keep(folder, marks, packs, faults)
        return packs, faults

    if index is not None and index["stamp"] == stamp:
        told = [_fault_from(fault) for fault in index["faults"]]
        return Compiled(stamp, index["packs"], told, lines, cache(lambda: {pack["file"]: pack for pack in made()[0]}))
    packs, faults = made()
    return Compiled(stamp, packs, faults, _Lines(None), lambda: {pack["file"]: pack for pack in packs})


def _files(folders: Sequence[Path]) -> list[File]:
    """Every pack file; what an editor hides behind a dot is none."""
    found: list[File] = []
    for folder in folders:
        if folder.is_dir():
            with os.scandir(folder) as entries:
                named = [entry for entry in entries if entry.name.endswith(".toml") and not entry.name.startswith(".")]
                found.extend(_file(entry) for entry in sorted(named, key=lambda entry: entry.name))
    return found


def _file(entry: os.DirEntry[str]) -> File:
    try:
        stat = entry.stat()
    except OSError:  # a link that leads nowhere; reading it will say so
        return entry.path, 0, 0
    return entry.path, stat.st_mtime_ns, stat.st_size


def _maker() -> list[str | int]:
    """What decides how a file is read: the program and the schema."""
    schema = (resources() / "policies" / "pack.schema.json").stat()
    return [famgui.__version__, schema.st_mtime_ns, schema.st_size]


def _compile(
    files: Sequence[File], old: list[Table], lines: _Lines, *, reuse: bool = False
) -> tuple[list[Table], list[PackFault]]:
    """Every pack in full, in order, and the faults. `reuse`: a file unchanged since `old` is not read again."""
    known = {pack["file"]: pack for pack in old}
    good, faults = _read(files, known if reuse else {}, lines)
    if not faults:
        ids = {clause["id"] for pack in good.values() for clause in pack.get("clause", ())}
        for path, pack in list(good.items()):
            unknown = list(_unknown_clauses(pack, ids))
            if unknown:
                faults.extend(PackFault(path, fault) for fault in locate(Path(path), unknown))
                del good[path]
    for path in dict.fromkeys(fault.file for fault in faults):
        last = _in_full(known[path], lines) if path in known else None
        if last is not None:
            good[path] = {**last, "kept": True}
    packs = [good[path] for path, _, _ in files if path in good]
    _weigh(packs)
    return packs, faults


def _read(files: Sequence[File], known: dict[str, Table], lines: _Lines) -> tuple[dict[str, Table], list[PackFault]]:
    """Every pack that can be read, by file, and what is wrong with the others."""
    good: dict[str, Table] = {}
    faults: list[PackFault] = []
    places: dict[tuple[str, str], str] = {}
    for path, changed, size in files:
        pack = _unchanged(known.get(path), [changed, size], lines)
        if pack is None:
            try:
                pack = {"file": path, "stamp": [changed, size], "kept": False, **read_pack(Path(path))}
            except BrokenPack as error:
                faults.extend(PackFault(path, fault) for fault in error.faults)
                continue
        folder, name = os.path.split(path)
        rival = places.setdefault((folder, pack["place"]), name)
        if rival == name:
            good[path] = pack
            continue
        twice = Fault(("place",), "place-twice", (("place", pack["place"]), ("other", rival)))
        faults.extend(PackFault(path, fault) for fault in locate(Path(path), [twice]))
    return good, faults


def _unchanged(pack: Table | None, stamp: list[int], lines: _Lines) -> Table | None:
    return _in_full(pack, lines) if pack and pack["stamp"] == stamp and not pack["kept"] else None


def _in_full(pack: Table, lines: _Lines) -> Table | None:
    values, texts = lines.of(VALUES, pack), lines.of(TEXTS, pack)
    return None if values is None or texts is None else {**pack, "value": values, **texts}


def _unknown_clauses(pack: Table, ids: set[str]) -> Iterator[Fault]:
    named: list[tuple[TomlPath, str]] = []
    for index, value in enumerate(pack.get("value", ())):
        named.append((("value", index, "clause"), value["clause"]))
        named += [(("value", index, "beside", n), clause) for n, clause in enumerate(value.get("beside", ()))]
    for path, clause in named:
        if clause not in ids:
            yield Fault(path, "unknown-clause", (("id", clause),))


def _weigh(packs: list[Table]) -> None:
    """Mark every value that rests on a doubt or a weak clause."""
    grades = {clause["id"]: clause["grade"] for pack in packs for clause in pack.get("clause", ())}
    for pack in packs:
        for value in pack.get("value", ()):
            value["weak"] = "doubt" in value or grades.get(value["clause"], "K") in WEAK_GRADES


def _load(folder: Path | None) -> Table | None:
    """The index that `_keep` wrote, None when it is not there or not whole: a checksum stands on its first line."""
    if folder is None:
        return None
    try:
        checksum, _, body = (folder / INDEX).read_bytes().partition(b"\n")
    except OSError:
        return None
    if checksum.decode("ascii", "replace") != sha256(body).hexdigest():
        return None
    found: Table = json.loads(body)
    return found


def _keep(folder: Path, index: Table, packs: list[Table], faults: Sequence[PackFault]) -> None:
    heads = [{key: pack[key] for key in _HEAD} for pack in packs]
    told = [
        {"file": f.file, "path": f.fault.path, "code": f.fault.code, "values": f.fault.values, "line": f.fault.line}
        for f in faults
    ]
    try:
        _keep_lines(folder / VALUES, heads, [pack.get("value", []) for pack in packs])
        _keep_lines(folder / TEXTS, heads, [{key: pack.get(key, []) for key in _TEXTS} for pack in packs])
        body = _dump({**index, "packs": heads, "faults": told})
        write_whole(folder / INDEX, sha256(body).hexdigest().encode() + b"\n" + body)
    except OSError:
        return  # a home that cannot be written costs time at the next start, nothing else


def _keep_lines(path: Path, heads: list[Table], bodies: list[Any]) -> None:
    """A line a pack; where it stands and its checksum are told in its head under the file's name."""
    lines = [_dump(body) for body in bodies]
    start = 0
    for head, line in zip(heads, lines, strict=True):
        head[path.name] = [start, start + len(line), sha256(line).hexdigest()]
        start += len(line) + 1
    write_whole(path, b"\n".join(lines) + b"\n")


def _dump(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _fault_from(table: Table) -> PackFault:
    values = tuple((key, value) for key, value in table["values"])
    return PackFault(table["file"], Fault(tuple(table["path"]), table["code"], values, table["line"]))
