"""Characters that a reader does not see: control characters, line breaks, invisible ones, turners of direction."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from famgui.base.toml_source import Fault, Path

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def walk(data: Any) -> Iterator[tuple[Path, Any]]:
    """Every value of a document with its path, the document itself first; never by recursion."""
    todo: list[tuple[Path, Any]] = [((), data)]
    while todo:
        path, value = todo.pop()
        yield path, value
        inner: Iterable[tuple[Any, Any]] = ()
        if isinstance(value, dict):
            inner = value.items()
        elif isinstance(value, list):
            inner = enumerate(value)
        todo.extend(((*path, key), found) for key, found in inner)


def hidden(data: Any) -> Iterator[Fault]:
    """A fault for every text and key that holds what is not seen. A terminal would obey it, a search would miss the
    word around it, and a pattern's end lets a last line break pass."""
    for path, value in walk(data):
        for text in (value, path[-1] if path else ""):
            if isinstance(text, str) and not text.isprintable():
                for character in dict.fromkeys(text):
                    if unicodedata.category(character) in _UNSEEN:
                        yield Fault(path, "hidden-character", (("code", f"U+{ord(character):04X}"),))
