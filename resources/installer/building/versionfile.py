"""famgui-version.json: what a release tells programs that are asked whether a newer version exists."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from building.changelog import OPEN, read_changelog
from building.plan import ROOT, Plan
from building.publish import digest
from building.tools import Fault

FILE = "famgui-version.json"
LONGEST = 600
"""Characters of notes in one language: they are read in a small window."""


def write_version_file(plan: Plan, files: Sequence[Path], out: Path, page: str = "", root: Path = ROOT) -> Path:
    """Write the notice of a version: its day, what is new, where to get it (https, may be empty), its files' digests.

    The day is the change log's, else the commit's. Raises Fault, writing nothing, when a file is missing.
    """
    section = next((each for each in read_changelog(root) if each.version == plan.version), None)
    day = section.day if section and section.day not in ("", OPEN) else ""
    for file in files:
        if not file.is_file():
            raise Fault(f"{file.name} is missing; its digest cannot be told.")
    notice = {
        "version": plan.version,
        "date": day or datetime.fromtimestamp(plan.epoch, UTC).date().isoformat(),
        "notes": _notes(section.points if section else ()),
        "page": page,
        "sha256": {file.name: digest(file) for file in sorted(files)},
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    half = out.with_name(f".{out.name}.part")
    half.write_text(json.dumps(notice, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    half.replace(out)
    return out


def _notes(points: Sequence[str]) -> dict[str, str]:
    """The first sentence of each point while there is room; a language not spoken there is left out."""
    spoken = {"zh": [point for point in points if _is_chinese(point)], "en": [p for p in points if not _is_chinese(p)]}
    return {language: notes for language, own in spoken.items() if (notes := _short(own))}


def _short(points: Sequence[str]) -> str:
    lines: list[str] = []
    for point in points:
        sentence = re.split(r"(?<=[.。;；])(?:\s|(?<=[。；]))", point, maxsplit=1)[0].rstrip(";；")
        if sum(map(len, lines)) + len(lines) + len(sentence) > LONGEST:
            break
        lines.append(sentence)
    return "\n".join(lines)


def _is_chinese(text: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", text)) > len(text) / 4
