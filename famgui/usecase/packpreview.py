"""A pack file looked at before it is taken: what would be different, what to know, what forbids it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from famgui.base.paths import Home
from famgui.base.toml_source import Fault, spell
from famgui.policy.incoming import (
    Incoming,
    checked_ahead,
    loose_conflicts,
    misfits,
    misnamed,
    out_of_time,
    receive,
    still_needed,
)
from famgui.policy.library import Library
from famgui.policy.pack import BrokenPack, locate
from famgui.policy.regions import Regions
from famgui.policy.signature import key_folders, trusted
from famgui.policy.template import sounds_like
from famgui.usecase.packdiff import Change, differences


class Mark(NamedTuple):
    """Something to know before a pack is taken; `code` is a sentence of `pack-mark`. `line` and `key` of the file."""

    code: str
    values: Mapping[str, object]
    good: bool = False
    line: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A pack that may be taken: what would be different, what to know before. `now` is the one it takes the place of:
    its head, None without one. `target` is where it will be."""

    incoming: Incoming
    now: Mapping[str, Any] | None
    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]
    target: Path


def age_of(checked_on: str, today: date) -> int:
    """How many days ago a pack was last held against its sources; 0 for a day to come."""
    return max(0, (today - date.fromisoformat(checked_on)).days)


def is_own(file: str, home: Home) -> bool:
    """Whether a pack file is the user's, not part of the program."""
    return Path(file).parent == home.policies


def preview(path: Path, library: Library, home: Home, regions: Regions, today: date, stale_after: int) -> Preview:
    """Look at a pack file without taking it. Raises `BrokenPack` with every fault."""
    incoming = receive(path, trusted(key_folders(home)))
    if ahead := checked_ahead(incoming.data["checked_on"], today):
        raise BrokenPack(incoming.file, locate(path, ahead))
    place = incoming.place
    tables = library.tables
    own = [table for table in tables if table["place"] == place and is_own(table["file"], home)]
    beneath = [table for table in tables if table["place"] == place and not is_own(table["file"], home)]
    _check_fit(incoming, tables, own, beneath, library, regions)
    now = next(reversed((*beneath, *own)), None)
    stays = {clause["id"]: clause for table in beneath for clause in table["clause"]}
    said = {clause["id"]: clause for table in (*beneath, *own) for clause in table["clause"]}
    will = stays | {clause["id"]: clause for clause in incoming.data.get("clause", ())}
    values = now["value"] if now else []
    gaps = [gap for table in beneath for gap in table["unconfirmed"]]
    asked = [gap for table in own for gap in table["unconfirmed"] if gap not in gaps]
    asks = [gap for gap in incoming.data.get("unconfirmed", ()) if gap not in gaps]
    changes = differences(
        {"value": values, "clause": list(said.values()), "unconfirmed": asked},
        {**incoming.data, "clause": list(will.values()), "unconfirmed": asks},
    )
    others = {clause["id"]: clause for table in tables if table["place"] != place for clause in table["clause"]}
    odd = (*loose_conflicts(incoming, others.keys() | will.keys()), *out_of_time(incoming, others | will))
    marks = tuple(_marks(incoming, now, bool(own), regions, today, stale_after, changes, odd))
    target = Path(own[-1]["file"]) if own else home.policies / f"{place}.toml"
    return Preview(incoming, now, changes, marks, target)


def _check_fit(
    incoming: Incoming,
    tables: Sequence[Mapping[str, Any]],
    own: Sequence[Mapping[str, Any]],
    beneath: Sequence[Mapping[str, Any]],
    library: Library,
    regions: Regions,
) -> None:
    place = incoming.place
    others = {clause["id"]: table["place"] for table in tables if table["place"] != place for clause in table["clause"]}
    here = {clause["id"] for table in beneath for clause in table["clause"]}
    new = {clause["id"] for clause in incoming.data.get("clause", ())}
    gone = {clause["id"] for table in own for clause in table["clause"]} - {*others, *here, *new}
    faults = [
        *misnamed(incoming, regions, {table["name"]["zh"] for table in beneath}),
        *misfits(incoming, others, here),
        *still_needed(gone, lambda clause: (user for user, _ in library.used_by(clause) if user != place)),
    ]
    if faults:
        raise BrokenPack(incoming.file, faults)


def _marks(
    incoming: Incoming,
    now: Mapping[str, Any] | None,
    own: bool,
    regions: Regions,
    today: date,
    stale_after: int,
    changes: Sequence[Change],
    seen: Iterable[Fault],
) -> Iterable[Mark]:
    signature, data = incoming.signature, incoming.data
    if not any(data.get(name) for name in ("clause", "value", "unconfirmed")):
        yield Mark("empty", {})
    yield Mark(
        {"known": "signed", "unknown": "unknown-key"}.get(signature.state, "unsigned"),
        {"name": signature.name, "key": signature.key},
        signature.state == "known",
    )
    place, age = incoming.place, age_of(data["checked_on"], today)
    if age > stale_after:
        yield Mark("stale", {"days": age, "day": data["checked_on"]})
    if place not in regions.current and now is None:
        yield Mark("unknown-place", {"place": place})
    name, now_en = data["name"], now["name"]["en"] if now is not None else ""
    if place in regions.current and name["en"] != now_en and not sounds_like(name["en"], name["zh"]):
        yield Mark("english-name", {"written": name["en"], "place_zh": name["zh"]})
    if now is not None:
        here, there = _version(data["version"]), _version(now["version"])
        if here < there:
            yield Mark("older", {"version": data["version"], "now": now["version"]})
        elif here == there and changes:
            yield Mark("same-version", {"version": data["version"]})
        if not own:
            yield Mark("over-shipped", {"name": now["name"]["zh"], "name_en": now["name"]["en"]})
        if not changes:
            yield Mark("no-change", {}, good=True)
    for odd in (*seen, *incoming.odd):
        yield Mark(odd.code, dict(odd.values), False, odd.line, spell(odd.path))


def _version(text: str) -> tuple[int, ...]:
    """A version to compare: 2026.9 comes before 2026.11, 1 is 1.0."""
    numbers = [int(part) for part in text.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
