"""CHANGELOG.md as far as a release needs it: which versions it tells of, since when, and what is new."""

import re
from pathlib import Path
from typing import NamedTuple

from building.plan import ROOT

HEADING = re.compile(
    r"## (?:\[?v?(?P<version>\d+\.\d+\.\d+)\]?(?: - (?P<day>\d{4}-\d\d-\d\d|unreleased))?|\[?unreleased\]?)",
    re.IGNORECASE,
)
OPEN = "unreleased"


class Section(NamedTuple):
    """What stands under a heading. `version` is empty for a bare Unreleased; `day` is ISO, `unreleased` or empty."""

    version: str
    day: str
    points: tuple[str, ...]


def read_changelog(root: Path = ROOT) -> list[Section]:
    """The sections, newest first; headings of another form are left out."""
    file = root / "CHANGELOG.md"
    sections: list[Section] = []
    for part in re.split(r"^(?=## )", file.read_text("utf-8") if file.is_file() else "", flags=re.MULTILINE):
        heading, _, body = part.partition("\n")
        if found := HEADING.fullmatch(heading.strip()):
            sections.append(Section(found["version"] or "", (found["day"] or "").lower(), _points(body)))
    return sections


def _points(body: str) -> tuple[str, ...]:
    """The list's entries, each on one line."""
    entries = re.split(r"^[-*] ", body, flags=re.MULTILINE)[1:]
    return tuple(" ".join(entry.partition("\n\n")[0].split()) for entry in entries)
