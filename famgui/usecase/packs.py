"""Packs of the user's own: what is in use and how fresh, a file looked at and taken, given out, taken away again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from famgui.base.paths import Home, write_whole
from famgui.base.toml_source import Fault, printable
from famgui.domain.person import province
from famgui.policy.incoming import checked_ahead, still_needed, wrong_name
from famgui.policy.library import Library, NoRuleBook, PackInfo
from famgui.policy.pack import MAX_BYTES, BrokenPack
from famgui.policy.regions import Regions
from famgui.policy.signature import (
    BROKEN,
    ENDING,
    SHIPPED,
    UNSIGNED,
    Signature,
    judge,
    key_folders,
    signature_beside,
    trusted,
)
from famgui.usecase.packpreview import Preview, age_of, is_own

STALE_AFTER = 180
"""Days after which a pack that nobody has held against its sources counts as stale, unless the user says otherwise."""


class PackTrouble(Exception):
    """What cannot be done with a pack; `code` is a sentence of `pack-trouble`."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack, in use or too faulty to be: `place` "" and no `checked_on` where its file cannot be read.

    `age` in days; `own`: the user's, not part of the program; `kept`: the last good version stands in for the file;
    `over`: it takes the place of a shipped one; `doubts`: what is odd about it although it is in use."""

    file: Path
    place: str
    name_zh: str
    name_en: str
    version: str
    checked_on: date | None
    age: int
    stale: bool
    own: bool
    kept: bool
    over: bool
    signature: Signature
    faults: tuple[Fault, ...]
    doubts: tuple[Fault, ...] = ()


class Undo(NamedTuple):
    """Files as they were before, to be put back; None where there was none."""

    files: tuple[tuple[Path, bytes | None], ...]


def stale_count(library: Library, today: date, stale_after: int) -> int:
    """How many packs in use were last held against their sources more than so many days ago."""
    return sum(age_of(pack.checked_on, today) > stale_after for pack in library.packs)


def checked_on(library: Library, place: str | None) -> date | None:
    """When the packs that speak for a place - its own, its province's, the nation's - were held against their sources,
    the oldest day of them; of all packs without a place, None where no pack speaks."""
    try:
        codes = None if place is None else library.chain(place)
    except NoRuleBook:
        return None
    days = (date.fromisoformat(pack.checked_on) for pack in library.packs if codes is None or pack.place in codes)
    return min(days, default=None)


def pack_lines(library: Library, home: Home, regions: Regions, today: date, stale_after: int) -> tuple[PackLine, ...]:
    """The packs in use by place, shipped ones and the user's own, then those that cannot be used."""
    keys = trusted(key_folders(home))
    faults: dict[str, list[Fault]] = {}
    for found in library.faults:
        faults.setdefault(found.file, []).append(found.fault)
    shipped: dict[str, set[str]] = {}
    for table in library.heads:
        if not is_own(str(table["file"]), home):
            shipped.setdefault(str(table["place"]), set()).add(table["name"]["zh"])
    lines = []
    for pack in library.packs:
        own, age = is_own(pack.file, home), age_of(pack.checked_on, today)
        lines.append(
            PackLine(
                Path(pack.file),
                pack.place,
                pack.name_zh,
                pack.name_en,
                pack.version,
                date.fromisoformat(pack.checked_on),
                age,
                age > stale_after,
                own,
                pack.kept,
                own and pack.place in shipped,
                signed_by(Path(pack.file), keys) if own else SHIPPED,
                tuple(faults.pop(pack.file, ())),
                _doubts(pack, regions, shipped.get(pack.place, ()), today) if own else (),
            )
        )
    for file, wrong in sorted(faults.items()):
        path, own = Path(file), is_own(file, home)
        name, signature = printable(path.name), signed_by(path, keys) if own else SHIPPED
        lines.append(PackLine(path, "", name, name, "", None, 0, False, own, False, False, signature, tuple(wrong)))
    return tuple(lines)


def _doubts(pack: PackInfo, regions: Regions, known: Collection[str], today: date) -> tuple[Fault, ...]:
    named = wrong_name(pack.place, pack.name_zh, regions, known)
    return (*named, *checked_ahead(pack.checked_on, today))


def signed_by(path: Path, keys: Mapping[bytes, str]) -> Signature:
    """Who stands behind a pack file of the user's own."""
    written = signature_beside(path)
    if written is None:
        return UNSIGNED
    try:
        return judge(path.read_bytes(), written, keys) if path.stat().st_size <= MAX_BYTES else BROKEN
    except OSError:
        return BROKEN


def take(seen: Preview, home: Home) -> Undo:
    """Put a pack that was looked at into the home, whole or not at all; what was there is kept in `removed/`, too.
    The file is named by its place, never as it was called outside. Raises OSError."""
    before = _before(seen.target)
    _keep_aside(home, seen.incoming.place, before)
    _put(seen.target, seen.incoming.raw, seen.incoming.signature_text)
    return before


def remove(library: Library, home: Home, file: Path, places: Iterable[str]) -> Undo:
    """Take a pack of the user's own away; the shipped one of its place, if there is one, is in use again. `places`: the
    insured places of the book's households. Raises `PackTrouble`, `BrokenPack` (others
    rest on it), OSError."""
    if file.parent != home.policies:
        raise PackTrouble("not-own", file=file.name)
    tables = library.tables
    table = next((found for found in tables if Path(found["file"]) == file), None)
    if table is not None:
        _check_going(table, tables, library, places)
    before = _before(file)
    _keep_aside(home, str(table["place"]) if table else "unread", before)
    _signature_of(file).unlink(missing_ok=True)
    file.unlink()
    return before


def _check_going(
    table: Mapping[str, Any], tables: Sequence[Mapping[str, Any]], library: Library, places: Iterable[str]
) -> None:
    left = [found for found in tables if found is not table]
    ruled = {found["place"] for found in left}
    for place in sorted(set(places)):
        if table["place"] in (place, province(place)) and not ruled & {place, province(place)}:
            raise PackTrouble("place-in-use", place=place)
    gone = {clause["id"] for clause in table["clause"]}
    gone -= {clause["id"] for found in left for clause in found["clause"]}
    here = table["place"]
    needed = list(still_needed(gone, lambda clause: (user for user, _ in library.used_by(clause) if user != here)))
    if needed:
        raise BrokenPack(table["file"], needed)


def export(library: Library, place: str, path: Path) -> None:
    """Write the pack in use at a place, and its signature, where the user says. Raises `PackTrouble`, OSError."""
    found = next((pack for pack in library.packs if pack.place == place), None)
    if found is None:
        raise PackTrouble("no-pack", place=place)
    if found.kept:
        raise PackTrouble("file-broken", file=Path(found.file).name)
    source = Path(found.file)
    _put(path, source.read_bytes(), signature_beside(source))


def restore(undo: Undo, library: Library, places: Iterable[str]) -> None:
    """Put files back as they were. Raises OSError; and as `remove` where a pack would go that came to be needed."""
    (file, raw), (_, signature) = undo.files
    if raw is None:
        tables = library.tables
        table = next((found for found in tables if Path(found["file"]) == file), None)
        if table is not None:
            _check_going(table, tables, library, places)
        _signature_of(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    else:
        _put(file, raw, signature)


def _signature_of(file: Path) -> Path:
    return file.with_name(file.name + ENDING)


def _before(file: Path) -> Undo:
    raw = file.read_bytes() if file.exists() else None
    return Undo(((file, raw), (_signature_of(file), signature_beside(file))))


def _put(file: Path, raw: bytes, signature: bytes | None) -> None:
    """A pack, then its signature: whatever happens between leaves an unsigned pack, never a wrongly signed one."""
    _signature_of(file).unlink(missing_ok=True)
    write_whole(file, raw)
    if signature is not None:
        write_whole(_signature_of(file), signature)


def _keep_aside(home: Home, place: str, before: Undo) -> None:
    """Keep what goes, under a name of ours; the same bytes are kept once."""
    (_, raw), (_, signature) = before.files
    if raw is not None:
        _put(home.policies / "removed" / f"{place}-{sha256(raw).hexdigest()[:8]}.toml", raw, signature)
