"""The real program as a subprocess, the way a user starts it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import famgui as package
from tests.patience import PATIENCE

REPOSITORY = Path(__file__).parent.parent.parent
CASES = REPOSITORY / "tests" / "cases"


def environment(home: Path, **more: str) -> dict[str, str]:
    """A bare environment: a UTF-8 locale that is not English, and everything written below `home`."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    kept["PYTHONPATH"] = str(Path(package.__file__).parent.parent)  # the very package that the other tests import
    return {**kept, "LANG": "C.UTF-8", "HOME": str(home), "FAMGUI_HOME": str(home / "famgui"), **more}


def famgui(
    home: Path, *arguments: object, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run `python -m famgui` in `home`; output as bytes."""
    return subprocess.run(
        [sys.executable, "-m", "famgui", *map(str, arguments)],
        cwd=home,
        env=dict(env) if env is not None else environment(home),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
