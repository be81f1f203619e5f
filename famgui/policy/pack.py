"""One policy pack: a TOML file of clauses and dated values, checked against the published schema and for sense."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from famgui.base.toml_source import Fault, Lines, NotToml, decode, parse
from famgui.domain.money import parse_amount, parse_ratio
from famgui.domain.rule import KEYS, PlatformStep, Row, Window
from famgui.policy.characters import hidden
from famgui.policy.signature import judge, signature_beside
from famgui.policy.told import told_once

MAX_BYTES = 4 * 1024 * 1024
WEAK_GRADES = frozenset("DSK")
_OLDEST = 200
"""An age that nobody has: where a value by age has no upper end."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sourced, dated, graded statement. `first`/`last` None: unknown or open. `place` is where it speaks of."""

    id: str
    place: str
    topic: str
    statement: str
    grade: str
    value: str = ""
    unit: str = ""
    first: date | None = None
    last: date | None = None
    conflicts: tuple[str, ...] = ()
    note: str = ""
    place_name: str = ""
    source_title: str = ""
    doc_no: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A question that the sources at hand do not answer, what is known of it, and the clauses that come near."""

    place: str
    topic: str
    question_zh: str
    question_en: str
    known: str
    clauses: tuple[str, ...] = ()
    place_name: str = ""


class BrokenPack(Exception):
    """A pack that cannot be taken, with every fault and its line."""

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        super().__init__(file)
        self.file = file
        self.faults = tuple(faults)


def read_pack(path: Path) -> dict[str, Any]:
    """The pack in a file as plain data, found good: dates are ISO text. Raises `BrokenPack`."""
    file = str(path)
    try:
        if path.exists() and not path.is_file():
            raise BrokenPack(file, [Fault((), "pack-is-folder" if path.is_dir() else "not-a-file")])
        if path.stat().st_size > MAX_BYTES:
            raise BrokenPack(file, [Fault((), "too-large", (("limit", "4 MiB"),))])
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenPack(file, [not_read(error)]) from None
    found = pack_from(raw, file)
    if judge(raw, signature_beside(path), {}).state == "broken":
        raise BrokenPack(file, [Fault((), "signature-broken")])
    return found


def not_read(error: OSError | ValueError) -> Fault:
    """Why a pack file cannot be read; in the system's words where there are no better ones."""
    if isinstance(error, FileNotFoundError):
        return Fault((), "no-such-file")
    if isinstance(error, PermissionError):
        return Fault((), "may-not-read")
    return Fault((), "unreadable", (("reason", getattr(error, "strerror", None) or str(error)),))


def pack_from(raw: bytes, file: str) -> dict[str, Any]:
    """The pack in these bytes, found good; `file` is what faults call them. Raises `BrokenPack`."""
    try:
        text = decode(raw)
        data = parse(text)
    except NotToml as error:
        raise BrokenPack(file, [error.fault]) from None
    checked: dict[str, Any] = _plain(data)
    faults = told_once((*_schema_faults(checked), *hidden(checked))) or list(_sense_faults(checked))
    if faults:
        lines = Lines(text)
        raise BrokenPack(file, [Fault(f.path, f.code, f.values, lines.of(f.path)) for f in faults])
    return checked


def locate(path: Path, faults: Iterable[Fault]) -> list[Fault]:
    """Faults found after reading, with the lines of the file as it is now."""
    lines = Lines(decode(path.read_bytes()))
    return [Fault(f.path, f.code, f.values, lines.of(f.path)) for f in faults]


def _plain(value: Any) -> Any:
    """The document as JSON knows it: dates become text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return value


def _schema_faults(data: Any) -> Iterator[Fault]:
    from famgui.policy.schemafaults import schema_faults  # start-up seam: 150 ms, needed only when a pack has changed

    return schema_faults(data)


def _sense_faults(data: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, clause in enumerate(data.get("clause", ())):
        if clause["id"] in seen:
            yield Fault(("clause", index, "id"), "duplicate-id", (("id", clause["id"]),))
        seen.add(clause["id"])
        yield from _period_faults(("clause", index), clause, "from", "until")
    rivals: dict[tuple[str, str, str | None], int] = {}
    for index, value in enumerate(data.get("value", ())):
        yield from _period_faults(("value", index), value, "from", "until")
        if KEYS[value["key"]] == "count" and not isinstance(value["value"], int):
            yield Fault(("value", index, "value"), "want-integer", (("found", "number"),))
        if KEYS[value["key"]] == "window":
            yield from _period_faults(("value", index, "value"), value["value"], "first", "last")
        if "above" in value and value["key"] != "pool.ratio":
            yield Fault(("value", index, "above"), "above-not-ratio")
        ages = value.get("ages", {})
        if ages.get("below", _OLDEST) <= ages.get("from", 0):
            path = ("value", index, "ages", "below" if "below" in ages else "from")
            yield Fault(path, "nobody-so-old", (("first", ages.get("from", 0)), ("below", ages.get("below", _OLDEST))))
        decided = (value.get("when"), ages, value.get("above"))
        same = (value["key"], json.dumps(decided, sort_keys=True), value.get("from"))
        if same in rivals:
            yield Fault(("value", index, "key"), "rival-value", (("key", value["key"]), ("other", rivals[same])))
        rivals[same] = index
    yield from _half_products(data.get("value", ()))


def _half_products(values: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """A fault for every key that a product lacks, where the product is first named."""
    products: dict[str, dict[str, int]] = {}
    for index, value in enumerate(values):
        for product in _words(value.get("when", {}).get("product", [])):
            products.setdefault(product, {}).setdefault(value["key"], index)
    for product, keys in sorted(products.items()):
        for key in ("premium.window", "premium.price", "premium.late-price"):
            if key not in keys and "premium.stated-price" not in keys:
                path = ("value", min(keys.values()), "when", "product")
                yield Fault(path, "half-product", (("product", product), ("key", key)))


def _period_faults(path: tuple[str | int, ...], table: Mapping[str, Any], first: str, last: str) -> Iterator[Fault]:
    if first in table and last in table and table[last] < table[first]:
        yield Fault((*path, last), "until-before-from", (("first", table[first]), ("last", table[last])))


def _words(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def clause_from(table: Mapping[str, Any], place: str) -> Clause:
    """A clause table of a pack for `place`, already found good."""
    source = table.get("source", {})
    return Clause(
        id=table["id"],
        place=table.get("place", place),
        topic=table["topic"],
        statement=table["statement"],
        grade=table["grade"],
        value=table.get("value", ""),
        unit=table.get("unit", ""),
        first=_day(table.get("from")),
        last=_day(table.get("until")),
        conflicts=tuple(table.get("conflicts", ())),
        note=table.get("note", ""),
        place_name=table.get("place_name", ""),
        source_title=source.get("title", ""),
        doc_no=source.get("doc_no", ""),
        url=source.get("url", ""),
    )


def unconfirmed_from(table: Mapping[str, Any], place: str) -> Unconfirmed:
    """An unconfirmed table of a pack for `place`, already found good."""
    return Unconfirmed(
        place=table.get("place", place),
        topic=table["topic"],
        question_zh=table["question"]["zh"],
        question_en=table["question"]["en"],
        known=table["known"],
        clauses=tuple(table.get("clauses", ())),
        place_name=table.get("place_name", ""),
    )


def row_from(table: Mapping[str, Any], *, weak: bool = False) -> Row:
    """A value table of a pack, already found good, as a row of the rule book."""
    return Row(
        key=table["key"],
        value=_value(table["key"], table["value"]),
        clause=table["clause"],
        when=tuple((dimension, _words(words)) for dimension, words in table.get("when", {}).items()),
        first=_day(table.get("from")),
        last=_day(table.get("until")),
        weak=weak or "doubt" in table,
        beside=tuple(table.get("beside", ())),
        ages=_ages(table.get("ages")),
        above=parse_amount(table["above"]) if "above" in table else None,
        doubt=table.get("doubt", ""),
    )


def _ages(table: Mapping[str, int] | None) -> tuple[int, int] | None:
    return None if table is None else (table.get("from", 0), table.get("below", _OLDEST))


def _value(key: str, value: Any) -> Any:
    match KEYS[key]:
        case "amount":
            return parse_amount(value)
        case "ratio":
            return parse_ratio(value)
        case "relations" | "categories" | "insurances":
            return tuple(value)
        case "steps":
            return tuple(PlatformStep(step["zh"], step["en"]) for step in value)
        case "window":
            return Window(date.fromisoformat(value["first"]), date.fromisoformat(value["last"]))
        case _:
            return value


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
