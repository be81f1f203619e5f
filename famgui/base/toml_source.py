"""TOML read with its places kept: data from the standard library, the line of any key when a fault must name it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeAlias

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
    """A path as people write it: event[2].items[0].amount, positions counted from 0."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class NotToml(Exception):
    """The text is not TOML; carries the one `Fault` that says why and where."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def decode(raw: bytes) -> str:
    """UTF-8 text with or without a byte order mark; `NotToml` for other encodings, with the line."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise NotToml(Fault((), "not-utf8", line=line)) from None


def parse(text: str) -> dict[str, Any]:
    """The document as plain data; `NotToml` with the line and the parser's reason when it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        digits = place.removeprefix("line ").split(",")[0]
        line = int(digits) if digits.isdigit() else text.count("\n") + 1
        raise NotToml(Fault((), "syntax", (("reason", reason),), line=line)) from None
    except RecursionError:
        raise NotToml(Fault((), "too-deep")) from None
    except ValueError as error:  # a date or number that the calendar or the interpreter refuses
        raise NotToml(Fault((), "syntax", (("reason", str(error)),), line=None)) from None


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
            self._lines.setdefault(path, node.start_point[0] + 1)
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
        self._lines.setdefault(path, node.start_point[0] + 1)
        self._value(value, path)

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
    if node.type == "dotted_key":
        return [part for child in node.named_children for part in _key_parts(child)]
    text = (node.text or b"").decode("utf-8")
    if node.type == "quoted_key":
        try:
            (key,) = tomllib.loads(f"{text} = 0")
        except (tomllib.TOMLDecodeError, ValueError):
            return [text]
        return [key]
    return [text]
