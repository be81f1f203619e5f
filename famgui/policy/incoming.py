"""A pack file from outside: read within limits, held against every trick a file can play, signature told.

Nothing of what it says is believed before it is checked: not its name, its size, its encoding, nor what its texts
hold. What is refused is told with line and key; what is odd but harmless is `odd`."""

import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from famgui.base.toml_guard import bare
from famgui.base.toml_source import Fault, Lines, NotToml, decode, parse, printable
from famgui.base.toml_source import Path as TomlPath
from famgui.policy.characters import walk
from famgui.policy.pack import MAX_BYTES, BrokenPack, not_read, pack_from
from famgui.policy.regions import Regions
from famgui.policy.signature import Signature, judge, signature_beside
from famgui.policy.told import told_once

MOST_TABLES = 5_000
"""Clauses, or values, of one pack."""
MOST_ITEMS = 64
"""Keys of a table, or items of a list inside one."""
_MOST_SIGNS = 250_000
"""Commas, equals signs and brackets of one file, outside quotes: a pack with all the tables it may have has fewer."""
MOST_FAULTS = 200
"""So many faults of a file are told; whoever mends these will be told the rest."""
_CODE = re.compile(r"[0-9]{6}")
_MARKUP = re.compile(r"<[/!]?[A-Za-z][^<>]{0,200}>|&(?:#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6}|[a-z]{2,8});")
_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#\\]*)", re.IGNORECASE)
_DATED = ("pool", "account", "binding")
"""The first words of keys whose values decide a figure or a binding of any day. A premium's product names its year; the
others name a sentence."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A pack that may be taken: its bytes, what they say, who signed them. `file` is only ever shown."""

    file: str
    raw: bytes
    data: dict[str, Any]
    signature: Signature
    signature_text: bytes | None
    odd: tuple[Fault, ...]

    @property
    def place(self) -> str:
        """The place it speaks for: six digits, nothing else."""
        return str(self.data["place"])


def receive(path: Path, keys: Mapping[bytes, str], *, signed: bool = True) -> Incoming:
    """The pack in a file; `keys` are the trusted ones, `signed` False leaves its signature aside.

    Raises `BrokenPack` with every fault: of the file, of what it says, or of a signature that does not belong to it."""
    file = str(path)
    raw = _read(path, file)
    text = _text(raw, file)
    data = _parsed(text, file)
    faults = list(_tricks(data))
    try:
        checked = pack_from(raw, file)
    except BrokenPack as error:
        raise BrokenPack(file, _in_order(told_once([*error.faults, *_placed(text, faults)]))) from None
    faults += _against_itself(checked)
    if faults:
        raise BrokenPack(file, _in_order(_placed(text, faults)))
    written = signature_beside(path) if signed else None
    signature = judge(raw, written, keys)
    if signature.state == "broken":
        raise BrokenPack(file, [Fault((), "signature-broken")])
    return Incoming(file, raw, checked, signature, written, tuple(_placed(text, _oddities(checked))))


def _read(path: Path, file: str) -> bytes:
    """At most as many bytes as a pack may have, however fast the file grows."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise BrokenPack(file, [Fault((), "pack-is-folder" if stat.S_ISDIR(mode) else "not-a-file")])
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise BrokenPack(file, [not_read(error)]) from None
    if len(raw) > MAX_BYTES:
        raise BrokenPack(file, [Fault((), "too-large", (("limit", "4 MiB"),))])
    return raw


def _text(raw: bytes, file: str) -> str:
    """The text, unless it has more signs than a pack can need."""
    try:
        text = decode(raw)
    except NotToml as error:
        raise BrokenPack(file, [error.fault]) from None
    signs = _signs(text)
    if signs > _MOST_SIGNS and (signs := _signs(bare(text))) > _MOST_SIGNS:
        raise BrokenPack(file, [Fault((), "too-many", (("count", signs), ("limit", _MOST_SIGNS)))])
    return text


def _signs(text: str) -> int:
    return sum(map(text.count, ",=["))


def _parsed(text: str, file: str) -> dict[str, Any]:
    """The document, unless it is none or has more of anything than a pack can need."""
    try:
        data = parse(text)
    except NotToml as error:
        raise BrokenPack(file, [error.fault]) from None
    crowded = list(_crowded(data))
    if crowded:
        raise BrokenPack(file, _in_order(_placed(text, crowded)))
    return data


def _crowded(data: Mapping[str, Any]) -> Iterator[Fault]:
    for path, value in walk(data):
        if isinstance(value, list | dict):
            most = MOST_TABLES if isinstance(value, list) and len(path) == 1 else MOST_ITEMS
            if len(value) > most:
                yield Fault(path, "too-many", (("count", len(value)), ("limit", most)))


def _tricks(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What no schema sees: a place that is a path, an address that hides where it leads."""
    for path, value in walk(data):
        if path and path[-1] == "url" and isinstance(value, str) and _disguised(value):
            yield Fault(path, "disguised-address", (("value", printable(value)),))
    place = data.get("place")
    if isinstance(place, str) and not _CODE.fullmatch(place):
        yield Fault(("place",), "place", (("value", printable(place)),))


def _disguised(url: str) -> bool:
    """A name before an @ reads like the host, and is not."""
    found = _AUTHORITY.match(url)
    return "\\" in url or (found is not None and "@" in found.group(1))


def _against_itself(data: Mapping[str, Any]) -> Iterator[Fault]:
    for index, clause in enumerate(data.get("clause", ())):
        for n, other in enumerate(clause.get("conflicts", ())):
            if other == clause["id"]:
                yield Fault(("clause", index, "conflicts", n), "conflict-with-itself", (("id", other),))


def _oddities(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What may stand but must not go unseen: markup, which is shown as the plain characters it is."""
    for path, value in walk(data):
        if isinstance(value, str) and _MARKUP.search(value):
            yield Fault(path, "markup")


def misfits(incoming: Incoming, others: Mapping[str, str], beneath: Collection[str]) -> tuple[Fault, ...]:
    """What keeps a pack from standing beside the others: a clause that another place has already, a value that rests on
    a clause nobody has. `others`: the clauses of all other places, with their place; `beneath`: those that stay at its
    own place."""
    data, faults = incoming.data, []
    known = {*others, *beneath, *(clause["id"] for clause in data.get("clause", ()))}
    for index, clause in enumerate(data.get("clause", ())):
        if clause["id"] in others:
            path, taken = ("clause", index, "id"), clause["id"]
            faults.append(Fault(path, "clause-elsewhere", (("id", taken), ("place", others[taken]))))
    named: list[tuple[TomlPath, str]] = []
    for index, value in enumerate(data.get("value", ())):
        named.append((("value", index, "clause"), value["clause"]))
        named += [(("value", index, "beside", n), clause) for n, clause in enumerate(value.get("beside", ()))]
    for index, gap in enumerate(data.get("unconfirmed", ())):
        named += [(("unconfirmed", index, "clauses", n), clause) for n, clause in enumerate(gap.get("clauses", ()))]
    faults += [Fault(path, "unknown-clause", (("id", clause),)) for path, clause in named if clause not in known]
    return tuple(_in_order(_placed(decode(incoming.raw), faults)))


def loose_conflicts(incoming: Incoming, known: Collection[str]) -> tuple[Fault, ...]:
    """A fault for every conflict with a clause that nobody has; `known`: the clauses that will be there."""
    named = (
        (("clause", index, "conflicts", n), other)
        for index, clause in enumerate(incoming.data.get("clause", ()))
        for n, other in enumerate(clause.get("conflicts", ()))
    )
    faults = [Fault(path, "unknown-conflict", (("id", other),)) for path, other in named if other not in known]
    return tuple(_placed(decode(incoming.raw), faults))


def out_of_time(incoming: Incoming, others: Mapping[str, Mapping[str, Any]]) -> tuple[Fault, ...]:
    """A fault for every value used on days that its clauses do not speak of; `others`: clauses of other packs by id."""
    known = {**others, **{clause["id"]: clause for clause in incoming.data.get("clause", ())}}
    return tuple(_placed(decode(incoming.raw), untimely(incoming.data.get("value", ()), known)))


def untimely(values: Iterable[Mapping[str, Any]], clauses: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """The same of values alone, without lines: one that begins before all its clauses and does not say why (`earlier`,
    `doubt`), or goes on after they have ended (`doubt`)."""
    for index, value in enumerate(values):
        key, names = value["key"], (value["clause"], *value.get("beside", ()))
        path, dated = ("value", index), key.split(".")[0] in _DATED
        first, id_ = _bound(names, clauses, "from", min)
        begun = value.get("from")
        if first is not None and not {"earlier", "doubt"} & value.keys():
            if begun is None and dated:
                yield Fault(path, "value-without-from", (("id", id_), ("key", key), ("day", first)))
            elif begun is not None and begun < first:
                yield Fault((*path, "from"), "value-from", (("id", id_), ("key", key), ("own", begun), ("day", first)))
        last, id_ = _bound(names, clauses, "until", max)
        ends = value.get("until")
        if last is not None and "doubt" not in value:
            if ends is None and dated:
                yield Fault(path, "value-without-until", (("id", id_), ("key", key), ("day", last)))
            elif ends is not None and ends > last:
                yield Fault((*path, "until"), "value-until", (("id", id_), ("key", key), ("own", ends), ("day", last)))


def _bound(
    names: Iterable[str], clauses: Mapping[str, Mapping[str, Any]], field: str, of_all: Callable[[Any], Any]
) -> tuple[Any, str]:
    """The first day, or the last, that any of these clauses speaks of, and which one; None where one leaves it open."""
    days = [(clauses.get(name, {}).get(field), name) for name in names]
    return (None, "") if None in dict(days) else of_all(days)


def checked_ahead(checked_on: str, today: date) -> tuple[Fault, ...]:
    """A fault where a pack says that it was checked on a day to come: it could never be stale."""
    if date.fromisoformat(checked_on) <= today:
        return ()
    return (Fault(("checked_on",), "checked-ahead", (("day", checked_on), ("today", today.isoformat()))),)


def misnamed(incoming: Incoming, regions: Regions, known: Collection[str]) -> tuple[Fault, ...]:
    """A fault where a pack calls its place what that is not called; `known`: names that a pack of the place has."""
    return tuple(_placed(decode(incoming.raw), wrong_name(incoming.place, incoming.data["name"]["zh"], regions, known)))


def wrong_name(place: str, name: str, regions: Regions, known: Collection[str]) -> tuple[Fault, ...]:
    """The same of a place and its name alone, without a line."""
    if name in known or (regions.named(place, name) and (not known or place in regions.current)):
        return ()
    official = regions.name(place) if place in regions.current else min(known)
    shown = printable(name)
    return (Fault(("name", "zh"), "wrong-name", (("place", place), ("official", official), ("name", shown))),)


def still_needed(gone: Iterable[str], users: Callable[[str], Iterable[str]]) -> Iterator[Fault]:
    """A fault for every clause that would go although other packs rest on it; `users` names their places."""
    for clause in sorted(gone):
        places = ", ".join(sorted(set(users(clause))))
        if places:
            yield Fault((), "clause-needed", (("id", clause), ("place", places)))


def _placed(text: str, faults: Iterable[Fault]) -> list[Fault]:
    found = list(faults)
    if not found:
        return []
    lines = Lines(text)
    return [Fault(fault.path, fault.code, fault.values, lines.of(fault.path)) for fault in found]


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """By line, each once, and not more than anybody reads."""
    found = sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0)
    return found[:MOST_FAULTS]
