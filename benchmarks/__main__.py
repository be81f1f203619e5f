"""`python -m benchmarks [--write]`: run every benchmark, print the ratios, and with --write keep them in the docs."""

import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.bulk import batch_stored, memory
from benchmarks.measure import Ratio
from benchmarks.peers import MISSING, peers
from benchmarks.register import large_book
from benchmarks.search import search
from benchmarks.settlement import batch, one_settlement
from benchmarks.startup import terminal
from benchmarks.store import page, record
from benchmarks.window import first_paint, longest_wait
from benchmarks.workbook import workbook

DOCS = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
HEADINGS = ("work", "ours", "held against", "takes", "ratio")


def main() -> int:
    """Measure everything once; exit status 0."""
    found = [one_settlement(), *(() if MISSING else peers()), batch(), *terminal(), first_paint(), record()]
    found += [batch_stored(), memory(), longest_wait(), page(), *workbook(), *large_book(), *search()]
    table = Table(*HEADINGS)
    for ratio in found:
        table.add_row(*ratio.row())
    Console(width=None if sys.stdout.isatty() else 140).print(table)
    if MISSING:
        print(MISSING)
    if "--write" in sys.argv[1:]:
        _write(found)
    return 0


def _write(found: list[Ratio]) -> None:
    text = DOCS.read_text("utf-8")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    lines = [f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, medians.", ""]
    lines += [f"| {' | '.join(HEADINGS)} |", "|---|---:|---|---:|---:|"]
    lines += [f"| {' | '.join(ratio.row())} |" for ratio in found]
    DOCS.write_text(head + BEGIN + "\n" + "\n".join(lines) + "\n" + END + tail, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
