"""Receipts in JSON: the national interface's result, bare or wrapped, alone or several, or our own answer."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from famgui.domain.receipt.stated import PAYERS
from famgui.files.receipt.names import Names
from famgui.files.receipt.raw import FaultyReceipt, Raw, ReceiptFault, Written

_DEEPEST = 40
Node: TypeAlias = Mapping[str, Any]


def raws(text: str, path: str, names: Names) -> list[Raw]:
    """Every settlement result of a JSON text. Raises `FaultyReceipt`."""
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_not_a_number)
    except json.JSONDecodeError as wrong:
        fault = ReceiptFault("not-json", "", wrong.lineno, (("column", wrong.colno),))
        raise FaultyReceipt(path, [fault]) from None
    except (RecursionError, ValueError):
        raise FaultyReceipt(path, [ReceiptFault("too-deep")]) from None
    found = list(_settlements(document, (), names, 0))
    if not found:
        raise FaultyReceipt(path, [ReceiptFault("no-receipt")])
    return [_raw(node, above, names, text, alone=len(found) == 1) for node, above in found]


def _not_a_number(name: str) -> Any:
    raise ValueError(name)


def _settlements(
    node: object, above: tuple[Node, ...], names: Names, depth: int
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Objects that state a settlement, each with what they lie in, nearest first."""
    if depth > _DEEPEST:
        return
    node = _unwrapped(node)
    if isinstance(node, dict):
        if _is_settlement(node, names):
            yield node, above
            return
        for value in node.values():
            yield from _settlements(value, (node, *above), names, depth + 1)
    elif isinstance(node, list):
        for value in node:
            yield from _settlements(value, above, names, depth + 1)


def _unwrapped(node: object) -> object:
    """JSON that was put into a text of another JSON."""
    if isinstance(node, str) and node.lstrip()[:1] in ("{", "["):
        try:
            inside: object = json.loads(node, parse_float=Decimal)
        except (ValueError, RecursionError):
            return node
        return inside
    return node


def _is_settlement(node: Node, names: Names) -> bool:
    """Two known fields at least, one of them such as only a settlement has."""
    found = {
        names.field(key) for key, value in node.items() if not isinstance(value, dict | list) and value is not None
    }
    found.discard(None)
    return len(found) > 1 and bool(found & PAYERS)


def _raw(node: Node, above: tuple[Node, ...], names: Names, text: str, *, alone: bool) -> Raw:
    written = list(_scalars(node, text))
    around = [entry for outer in above for entry in _scalars(outer, text)]
    lists = [node, *above[:1]]
    if alone:
        around += [entry for outer in above for inner in _inner(outer, node) for entry in _scalars(inner, text)]
        lists += above[1:]
    return Raw(
        written,
        around + [entry for inner in _inner(node, node) for entry in _scalars(inner, text)],
        _rows(lists, "fund_pay_type"),
        _rows([node], "payer"),
        _rows([node], "inputs"),
    )


def _scalars(node: Node, text: str) -> Iterator[Written]:
    for key, value in node.items():
        if value is not None and not isinstance(value, dict | list):
            yield Written(key, value, _line(text, key))


def _inner(outer: Node, node: Node) -> Iterator[Node]:
    """The objects inside one, two deep, that are not the settlement itself."""
    for value in outer.values():
        inside = _unwrapped(value)
        if isinstance(inside, dict) and inside is not node:
            yield inside
            yield from (deeper for deeper in inside.values() if isinstance(deeper, dict) and deeper is not node)


def _rows(places: list[Node], key: str) -> list[Node]:
    """The rows of lists whose rows have this key."""
    lists = [value for place in places for value in place.values() if isinstance(value, list)]
    return [row for rows in lists for row in rows if isinstance(row, dict) and key in row]


def _line(text: str, key: str) -> int | None:
    """The line of a key, where it stands only once."""
    found = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)]
    return text.count("\n", 0, found[0]) + 1 if len(found) == 1 else None
