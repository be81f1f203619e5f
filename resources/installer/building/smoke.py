"""A product is started before anyone gets it: its own self-test, in an empty home, with no help from this machine."""

import json
import os
import tempfile
from pathlib import Path

from building.plan import Plan
from building.tools import Fault, run


def smoke(plan: Plan, program: Path) -> str:
    """Run `selftest` of a product's executable; how many checks held. Raises Fault with the first that did not."""
    with tempfile.TemporaryDirectory(prefix="famgui 自检 ") as home:
        env = {
            "PATH": "/usr/bin:/bin",
            "HOME": home,
            "FAMGUI_HOME": str(Path(home, "数 据")),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        }
        env |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}  # for Windows
        said = run([program, "--version"], env=env, timeout=60)
        if plan.version not in said:
            raise Fault(f"{program} says {said.strip()!r} and should say version {plan.version}.")
        said = run([program, "--lang", "en", "selftest", "--json"], env=env, timeout=600)
    try:
        checks = json.loads(said)["checks"]
    except (ValueError, KeyError):
        raise Fault(f"{program} selftest answered no JSON: {said[-300:]!r}") from None
    failed = [check for check in checks if not check["ok"]]
    if failed or not checks:
        raise Fault(f"{program} selftest: {failed[0] if failed else 'no check was made'}")
    return f"{len(checks)} checks held"
