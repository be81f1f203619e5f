"""TOML read with its places kept: data from the standard library, the line of any key when a fault must name it."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

from famgui.base.toml_guard import danger

if TYPE_CHECKING:
    from tree_sitter import Node

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top: ("event", 2, "items", 0, "amount")."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where (line from 1 or None, path), a wording key and its values."""

    path: Path
    code: str
    values: tuple[tuple[str, object], ...] = ()
    line: int | None = None


def spell(path: Path) -> str:
    """A path as people write it: event[2].items[0].amount, positions counted from 0; odd keys quoted, never raw."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        key = part if _BARE.fullmatch(part) else json.dumps(printable(part), ensure_ascii=False)
        text += f".{key}" if text else key
    return text


_BARE = re.compile(r"[A-Za-z0-9_-]{1,60}")


def printable(text: str, longest: int = 60) -> str:
    """Text that may stand in a message: one line, no control characters, not too long."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= longest else shown[: longest - 3] + "..."


class NotToml(Exception):
    """The text is not TOML; carries the one `Fault` that says why and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def decode(raw: bytes) -> str:
    """UTF-8 text with or without a byte order mark; `NotToml` for other encodings, with the line."""
    try:
        return raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotToml(Fault((), "not-utf8", line=line)) from None


def parse(text: str) -> dict[str, Any]:
    """The document as plain data; `NotToml` with the line and what is wrong there when it is no TOML."""
    risk = danger(text)
    if risk is not None:
        raise NotToml(Fault((), "too-deep" if risk.deep else "too-long", line=risk.line))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(_no_toml(str(error), text)) from None
    except RecursionError:
        raise NotToml(Fault((), "too-deep")) from None
    except ValueError as error:  # a date or number that the calendar or the interpreter refuses
        raise NotToml(_no_toml(str(error), text)) from None
    fault = _excess(data)
    if fault is not None:
        raise NotToml(Fault(fault.path, fault.code, line=Lines(text).of(fault.path)))
    return data


_PLACE = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")
_KINDS: tuple[tuple[str, str], ...] = (
    ("Invalid initial character for a key part", "key"),
    ("Invalid statement", "statement"),
    ("Expected newline or end of document", "rest"),
    ("Expected '=' after a key", "equals"),
    ("Expected ']", "bracket"),
    ("Cannot declare", "table-twice"),
    ("Cannot overwrite a value", "key-twice"),
    ("Duplicate inline table key", "key-twice"),
    ("Cannot mutate immutable namespace", "key-twice"),
    ("Cannot redefine namespace", "table-twice"),
    ("Unclosed array", "list-open"),
    ("Unclosed inline table", "table-open"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ("Unterminated string", "string-open"),
    ('Expected "', "string-open"),
    ("Found invalid character '\\n'", "string-open"),
    ("Expected '", "string-open"),
    ("Found invalid character", "control"),
    ("Illegal character '\\n'", "string-open"),
    ("Illegal character", "control"),
    ("Invalid date or datetime", "date"),
    ("Invalid value", "value"),
)
"""How the parser's messages begin, and what we call each; the first that fits counts."""


def _no_toml(said: str, text: str) -> Fault:
    """The parser's message as a fault: `kind` of a mistake ("other" for one without a name), its column or 0."""
    place = _PLACE.search(said)
    reason = printable(said[: place.start()] if place else said, 120)
    kind = next((kind for opening, kind in _KINDS if reason.startswith(opening)), "other")
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (None, 0)
    if place and line is None:
        line = text.count("\n") + 1
    return Fault((), "syntax", (("kind", kind), ("column", column), ("reason", reason)), line=line)


def _excess(data: dict[str, Any]) -> Fault | None:
    """What is too deep for any file of ours, or a number that TOML does not allow (over 64 bits)."""
    todo: list[tuple[Path, Any]] = [((), data)]
    while todo:
        path, value = todo.pop()
        if len(path) > _DEEPEST:
            return Fault(path[:1], "too-deep")
        if isinstance(value, dict):
            todo.extend(((*path, key), inner) for key, inner in value.items())
        elif isinstance(value, list):
            todo.extend(((*path, index), inner) for index, inner in enumerate(value))
        elif isinstance(value, int) and value.bit_length() > 64:
            return Fault(path, "number-too-big")
    return None


_DEEPEST = 40


def type_name(value: object) -> str:
    """The wording key for what a TOML value is."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, str):
        return "string"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date | time):
        return "date"
    return "table" if isinstance(value, Mapping) else "array"


class Lines:
    """Line numbers of a TOML text by path; the text is read a second time, so ask only when there are faults."""

    def __init__(self, text: str) -> None:
        import tree_sitter_toml  # start-up seam: needed for a faulty file only
        from tree_sitter import Language, Parser

        parser = Parser(Language(tree_sitter_toml.language()))
        self._lines: dict[Path, int] = {(): 1}
        self._counts: dict[Path, int] = {}
        for node in parser.parse(text.encode("utf-8")).root_node.named_children:
            self._top(node)

    def of(self, path: Path) -> int | None:
        """The line of a path, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                return self._lines[path[:length]]
        return None

    def _top(self, node: "Node") -> None:
        if node.type == "pair":
            self._pair(node, ())
        elif node.type in ("table", "table_array_element"):
            header, *body = node.named_children
            path = self._open(_key_parts(header), array=node.type == "table_array_element")
            self._note(path, node)
            for child in body:
                if child.type == "pair":
                    self._pair(child, path)

    def _open(self, keys: Sequence[str], *, array: bool) -> Path:
        path: Path = ()
        for position, key in enumerate(keys):
            path = (*path, key)
            last = position == len(keys) - 1
            if last and array:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, node: "Node", above: Path) -> None:
        key, value = node.named_children[0], node.named_children[-1]
        path = (*above, *_key_parts(key))
        self._note(path, node, len(above))
        self._value(value, path)

    def _note(self, path: Path, node: "Node", above: int = 0) -> None:
        """A path and every path that it opens begin here, unless they began before."""
        for length in range(above + 1, len(path) + 1):
            self._lines.setdefault(path[:length], node.start_point[0] + 1)

    def _value(self, node: "Node", path: Path) -> None:
        self._lines.setdefault(path, node.start_point[0] + 1)
        children = [child for child in node.named_children if child.type != "comment"]
        if node.type == "inline_table":
            for child in children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            for position, child in enumerate(children):
                self._value(child, (*path, position))


def _key_parts(node: "Node") -> list[str]:
    parts: list[str] = []
    todo = [node]
    while todo:
        part = todo.pop()
        if part.type == "dotted_key":
            todo.extend(reversed(part.named_children))
        else:
            parts.append(_key(part))
    return parts


def _key(node: "Node") -> str:
    text = (node.text or b"").decode("utf-8")
    if node.type == "quoted_key":
        try:
            (key,) = tomllib.loads(f"{text} = 0")
        except (tomllib.TOMLDecodeError, ValueError):
            return text
        return str(key)
    return text
