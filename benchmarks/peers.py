"""One settlement with its trace against rule engines of others, told the same rule: `python -m benchmarks.peers`."""

import sys
from collections.abc import Iterator

from benchmarks.bills import USUAL, asked, our_rules, random_bills, rule
from benchmarks.measure import Ratio, in_turns

try:
    from benchmarks.peer_openfisca import OpenFisca
    from benchmarks.peer_zen import Zen
except ImportError as missing:
    MISSING = f"Not measured against other rule engines ({missing}): pip install -e '.[bench]' installs them."
else:
    MISSING = ""

BILLS = 400
TIMES = 200


def peers() -> Iterator[Ratio]:
    """Ours against each of the others, which must first answer random bills as we do."""
    rules = our_rules()
    told = rule(rules)
    zen, openfisca = Zen(told), OpenFisca(told)
    for bill in random_bills(BILLS):
        expected = asked(bill, rules).settle()
        assert zen.paid(bill) == expected, bill
        assert openfisca.paid(bill) == expected, bill
    ready, question, arrays = asked(USUAL, rules), zen.question(USUAL), openfisca.question(USUAL)

    def ours() -> None:
        for _ in range(TIMES):
            ready.settle()

    def theirs() -> None:
        for _ in range(TIMES):
            zen.answer(question)

    def slowest() -> None:
        for _ in range(TIMES):
            openfisca.answer(arrays)

    name = "one settlement with trace, full rule book"
    yield in_turns(name, ours, "zen-engine with trace, this rule only", theirs, units=TIMES)
    yield in_turns(name, ours, "openfisca-core with trace, this rule only", slowest, units=TIMES)


def main() -> int:
    """Print the ratios; exit status 1 when the others are not installed."""
    if MISSING:
        print(MISSING)
        return 1
    for ratio in peers():
        name, ours, yardstick, theirs, _ = ratio.row()
        print(f"{name}: {ours}; {yardstick}: {theirs} ({1 / ratio.ratio:.1f} times ours)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
