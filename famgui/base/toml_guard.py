"""What no TOML text of ours needs and a parser chokes on: keys of endless parts, numbers of endless digits."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_DEEPEST_KEY = 16
_OPENING = re.compile(r'"""|\'\'\'|"|\'|#')
_CLOSING = {
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile(r"'''"),
    '"': re.compile(r'\\[^\n]|"|(?=\n)'),
    "'": re.compile(r"'|(?=\n)"),
    "#": re.compile(r"(?=\n)"),
}
"""How strings and comments begin, and what ends each; a backslash and the character behind it end nothing."""
_LONG_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_DEEPEST_KEY},}}+")
_LONG_WORD = re.compile(r"[\w+:.-]{129}")
"""Numbers, dates and keys outside quotes are short; a number of many digits takes the parser for ever."""


class Danger(NamedTuple):
    """Why a text is not parsed: a key too `deep`, else a word too long; and its line from 1."""

    deep: bool
    line: int


def danger(text: str) -> Danger | None:
    """What would keep the parser busy for ever, None in a text that may be read."""
    outside = bare(text)
    for wanted in (_LONG_KEY, _LONG_WORD):
        found = wanted.search(outside)
        if found is not None:
            return Danger(wanted is _LONG_KEY, outside.count("\n", 0, found.start()) + 1)
    return None


def bare(text: str) -> str:
    """The text with a letter in the place of every string and comment, its lines kept."""
    return "".join(_bare(text))


def _bare(text: str) -> Iterator[str]:
    """What is never closed goes to the end, so that one look at every character is enough."""
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        yield text[at : opening.start()]
        ends = _CLOSING[opening.group()].finditer(text, opening.end())
        at = next((found.end() for found in ends if not found.group().startswith("\\")), len(text))
        yield "s" + "\n" * text.count("\n", opening.start(), at)
    yield text[at:]
