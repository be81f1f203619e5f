"""The virtual environment of the build's own tools, made once for each state of their lock."""

import sys
from pathlib import Path

from building.plan import ROOT, Plan
from building.publish import digest
from building.venv import install, make_venv

LOCK = "requirements-build.lock"


def tools_python(plan: Plan) -> Path:
    """The interpreter that has what `requirements-build.lock` pins. Raises Fault naming what is missing to make it."""
    stand = f"{sys.version_info.major}.{sys.version_info.minor}-{digest(ROOT / LOCK)[:16]}"
    folder = plan.cache / f"tools-{stand}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "filled"
    if not (done.is_file() and python.is_file()):
        plan.cache.mkdir(parents=True, exist_ok=True)
        python = make_venv(Path(sys.executable), folder, plan)
        install(python, LOCK, plan)
        done.touch()
    return python
