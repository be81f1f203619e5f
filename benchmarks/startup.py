"""How long the terminal takes from nothing to an answer, as whole processes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Ratio, in_turns
from benchmarks.settlement import SAMPLE


def terminal() -> Iterator[Ratio]:
    """`famgui settle` on the sample family: packs compiled already, and packs read anew, against a bare interpreter."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {**os.environ, "FAMGUI_HOME": folder}
        settle = [sys.executable, "-m", "famgui", "settle", str(SAMPLE)]

        def command(words: list[str]) -> None:
            subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=True)

        def cold() -> None:
            for kept in (home / "cache").glob("*.json"):
                kept.unlink()
            command([*settle, "--json"])

        def bare() -> None:
            command([sys.executable, "-c", "import argparse, json, tomllib, dataclasses"])

        imports = "python importing argparse, json, tomllib, dataclasses"
        yield in_turns("terminal, first start (packs compiled)", cold, imports, bare, rounds=5)
        yield in_turns("terminal, later starts, --json", lambda: command([*settle, "--json"]), imports, bare)
        yield in_turns("terminal, later starts, page to read", lambda: command(settle), imports, bare)
