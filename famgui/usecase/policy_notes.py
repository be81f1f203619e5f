"""A person's own bookmarks and notes on clauses: one small JSON file of the home, written whole or not at all."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from famgui.base.paths import Home, write_whole

FORMAT = 1
LONGEST_NOTE = 4000
"""Characters that a note may have; what is pasted beyond that is cut."""
_LARGEST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Marks:
    """Bookmarked clauses, the latest first, and notes by clause."""

    bookmarks: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def starred(self, clause: str) -> "Marks":
        """With this clause bookmarked, or no longer."""
        rest = tuple(one for one in self.bookmarks if one != clause)
        return replace(self, bookmarks=rest if clause in self.bookmarks else (clause, *rest))

    def noted(self, clause: str, text: str) -> "Marks":
        """With this note, none where the text is blank."""
        notes = {one: said for one, said in self.notes.items() if one != clause}
        if text.strip():
            notes[clause] = text[:LONGEST_NOTE]
        return replace(self, notes=MappingProxyType(notes))


def marks_file(home: Home) -> Path:
    """Where a home keeps its bookmarks and notes."""
    return home.root / "policy-notes.json"


def load_marks(path: Path, now: datetime) -> tuple[Marks, Path | None]:
    """The marks of a file; none where there is no file. A file that makes no sense is given another name, never
    written over, and that name is told. Raises OSError where it cannot be read or renamed."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return Marks(), None
    found = _read(path.read_bytes()) if size <= _LARGEST else None
    if found is not None:
        return found, None
    kept = path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}.aside")
    path.rename(kept)
    return Marks(), kept


def save_marks(path: Path, marks: Marks) -> None:
    """Write the marks, whole or not at all. Raises OSError."""
    body = {"format": FORMAT, "bookmarks": list(marks.bookmarks), "notes": dict(sorted(marks.notes.items()))}
    write_whole(path, json.dumps(body, ensure_ascii=False, indent=1).encode())


def _read(data: bytes) -> Marks | None:
    try:
        body: Any = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or body.get("format") != FORMAT:
        return None
    bookmarks, notes = body.get("bookmarks"), body.get("notes")
    if not isinstance(bookmarks, list) or not isinstance(notes, dict):
        return None
    if not all(isinstance(text, str) for text in (*bookmarks, *notes.values())):
        return None
    kept = {clause: said[:LONGEST_NOTE] for clause, said in notes.items() if said.strip()}
    return Marks(tuple(dict.fromkeys(bookmarks)), MappingProxyType(kept))
