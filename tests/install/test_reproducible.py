"""Two builds of one commit, in two places: the same files, bit for bit."""

import subprocess
import sys
from pathlib import Path

import pytest
from building.plan import ROOT
from building.publish import digest

pytestmark = pytest.mark.product


def built(target: str, folder: Path) -> dict[str, str]:
    """Build a target in a folder of its own; the SHA-256 of each file that came out."""
    options = ["--target", target, "--skip-tests", "--work", folder / "work", "--dist", folder / "dist"]
    done = subprocess.run(
        [sys.executable, ROOT / "build_installer.py", *options], capture_output=True, text=True, timeout=3600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return {file.name: digest(file) for file in sorted((folder / "dist").iterdir())}


@pytest.mark.parametrize("target", ["linux", "windows"])
def test_two_builds_are_equal(target: str, tmp_path: Path) -> None:
    first = built(target, tmp_path / "one")
    assert len(first) >= 4
    assert built(target, tmp_path / "another place 第二次") == first
