"""What tests of the build share: its steps on the path, and a plan that writes into a folder of the test."""

import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
sys.path[:0] = [str(REPOSITORY / "resources" / "installer"), str(REPOSITORY), str(Path(__file__).parent)]

from building.plan import Plan  # noqa: E402 - found by the line above

EPOCH = 1_790_000_000
"""2026-09-21, in seconds."""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A build of a made-up commit of version 1.2.3."""
    return Plan(
        version="1.2.3",
        commit="0123456789abcdef0123456789abcdef01234567",
        epoch=EPOCH,
        work=tmp_path / "work",
        dist=tmp_path / "dist",
        cache=tmp_path / "cache",
    )


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of packages that this test runs with."""
    return Path(pytest.__file__).parents[1]
