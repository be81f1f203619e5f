"""What is checked before anything is built: every place names one version, and the project's own tests pass."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from building.changelog import OPEN, read_changelog
from building.plan import ROOT, Plan, read_version
from building.tools import Fault, need, run

TAG = re.compile(r"v(\d+\.\d+\.\d+)")
SUMMARY = re.compile(r"=*\s*(\d+ passed.*?)\s*=*")


def version_findings(root: Path = ROOT, version: str = "") -> list[str]:
    """Where the clone names another version than `famgui/__init__.py`, a sentence each; empty when all agree."""
    try:
        version = version or read_version()
    except Fault as fault:
        return [str(fault)]
    return [*_in_changelog(root, version), *_in_metainfo(root, version)]


def run_tests(plan: Plan) -> str:
    """Run the project's tests; their summary. Raises Fault with their last lines when one fails."""
    if sys.platform == "win32":
        words: list[str | Path] = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    else:
        words = [need("make"), "--no-print-directory", "test"]
    return summary(run(words, cwd=ROOT))


def summary(said: str) -> str:
    """The last line of a test run's report that counts what passed. Raises Fault when nothing did."""
    for line in reversed(said.splitlines()):
        if found := SUMMARY.fullmatch(line.strip()):
            return found[1]
    raise Fault("The tests ended well but no line says that any passed; run make test and see.")


def _in_changelog(root: Path, version: str) -> Iterator[str]:
    """The newest numbered heading must be the version's; of a tagged commit it must have a day."""
    named = [section for section in read_changelog(root) if section.version]
    newest = named[0] if named else None
    if newest is None:
        yield f"CHANGELOG.md has no heading of a version; write ## {version} - unreleased."
    elif newest.version != version:
        yield f"famgui/__init__.py says {version} and CHANGELOG.md begins with {newest.version}; make them agree."
    tags = [found[1] for line in _tags(root) if (found := TAG.fullmatch(line))]
    if tags and version not in tags:
        yield f"This commit has the tag v{tags[0]} and famgui/__init__.py says {version}; tag the right commit."
    if newest and version in tags and newest.day in ("", OPEN):
        yield f"This commit has the tag v{version} without a day in CHANGELOG.md; write ## {version} - YYYY-MM-DD."


def _in_metainfo(root: Path, version: str) -> Iterator[str]:
    """A release list of the desktop entry begins with the version, or leaves it to be put in (a placeholder)."""
    for file in sorted((root / "resources" / "installer" / "linux").glob("*.metainfo.xml*")):
        try:
            release = ElementTree.fromstring(file.read_text("utf-8")).find("releases/release")
        except ElementTree.ParseError as error:
            yield f"{file.name} is no XML: {error}."
            continue
        said = release.get("version", "") if release is not None else ""
        if re.fullmatch(r"\d+(\.\d+)*", said) and said != version:
            yield f"famgui/__init__.py says {version} and the first release of {file.name} {said}; make them agree."


def _tags(root: Path) -> list[str]:
    """The tags of the commit that is checked out; none where there is no git."""
    words = ["git", "-C", str(root), "tag", "--points-at", "HEAD"]
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []
