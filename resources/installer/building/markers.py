"""Conditions of lock lines, such as `sys_platform == 'win32'`, answered for another machine than this one."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from building.tools import Fault

VERSIONS = ("python_version", "python_full_version", "implementation_version")
"""Their values are compared number by number, all others as text."""

ORDER: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def holds(marker: str, target: Mapping[str, str]) -> bool:
    """Whether a condition holds where `target` gives the values of its names. Raises Fault when it is not understood.

    Conditions are written like Python's expressions, so its parser reads them; only names of `target`, texts,
    comparisons, `and` and `or` are taken, and no text but a plain version is held against a version.
    """
    try:
        return _holds(ast.parse(marker.strip(), mode="eval").body, target)
    except (SyntaxError, ValueError):
        raise Fault(
            f"Cannot read the condition {marker!r} of a lock; write it with ==, !=, <, >, in, and, or."
        ) from None


def _holds(node: ast.expr, target: Mapping[str, str]) -> bool:
    match node:
        case ast.BoolOp(op=how, values=values):
            held = [_holds(value, target) for value in values]  # each is read, so that none goes by not understood
            return all(held) if isinstance(how, ast.And) else any(held)
        case ast.Compare(left=left, ops=[how], comparators=[right]):
            return _compare(left, how, right, target)
    raise ValueError(ast.dump(node))


def _compare(left: ast.expr, how: ast.cmpop, right: ast.expr, target: Mapping[str, str]) -> bool:
    one, other = _text(left, target), _text(right, target)
    if isinstance(how, (ast.In, ast.NotIn)):
        return (one in other) == isinstance(how, ast.In)
    if any(isinstance(side, ast.Name) and side.id in VERSIONS for side in (left, right)):
        return ORDER[type(how)](_numbers(one), _numbers(other)) if type(how) in ORDER else _refuse(how)
    if isinstance(how, (ast.Eq, ast.NotEq)):
        return (one == other) == isinstance(how, ast.Eq)
    return _refuse(how)


def _text(node: ast.expr, target: Mapping[str, str]) -> str:
    match node:
        case ast.Name(id=name) if name in target:
            return target[name]
        case ast.Constant(value=str() as text):
            return text
    raise ValueError(ast.dump(node))


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version without the zeros at its end. Raises ValueError for any other text."""
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        raise ValueError(version)
    return tuple(map(int, re.sub(r"(\.0+)+$", "", version).split(".")))


def _refuse(how: ast.cmpop) -> bool:
    raise ValueError(ast.dump(how))
