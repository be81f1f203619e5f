"""The program and the reference agree on households whose people change, and under limits of made-up places.

`REFERENCE_SEEDS=A:B` in the environment takes those seeds instead.
"""

import os

import pytest

from famgui.policy.library import Library
from tests.conftest import TODAY, settled_by
from tests.independent.comparing import disagreements
from tests.independent.household_amend import LIMITS, make_amended, make_limited
from tests.independent.reference import settle
from tests.policy.packs import shipped

FIRST, LAST = (int(n) for n in os.environ.get("REFERENCE_SEEDS", "0:240").split(":"))
CHUNKS = [range(start, min(start + 60, LAST)) for start in range(FIRST, LAST, 60)]


def differing(got, reference):
    """Every disagreement, and problems of the register's events that are told in another order."""
    found = disagreements(got, reference)
    for one, other in zip(got["events"], reference["events"], strict=True):
        if "medfee_sumamt" not in other and "resettled" not in other and "premiums" not in other:
            told, expected = ([(row["code"], row["subject"]) for row in event["problems"]] for event in (one, other))
            found += [f".events.{one['id']}: {told}, reference {expected}"] if told != expected else []
    return found


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_amended_households(settled, seeds):
    found = []
    for seed in seeds:
        text = make_amended(seed)
        found += [f"seed {seed} {line}" for line in differing(settled(text), settle(text, TODAY))]
    assert not found, "\n".join(found[:20])


def place_of(folder, limits):
    """The shipped packs, where Zhuzhou has these limits."""
    path = next(shipped(folder).glob("430200-*.toml"))
    text = path.read_text(encoding="utf-8")
    if "effective" in limits:
        text = text.replace(
            'key = "binding.effective"\nvalue = "at-once"',
            f'key = "binding.effective"\nvalue = "{limits["effective"]}"',
        )
    for name, amount in limits.items():
        if name != "effective":
            said = str(amount).lower()
            text += f'\n[[value]]\nkey = "binding.{name.replace("_", "-")}"\nvalue = {said}\nclause = "S1-24"\n'
    path.write_text(text, encoding="utf-8")
    library = Library([folder], None)
    assert library.faults == ()
    return library


@pytest.mark.parametrize("number", range(len(LIMITS)))
def test_limits_that_no_shipped_place_has(tmp_path, number):
    settled = settled_by(place_of(tmp_path / "packs", LIMITS[number]))
    found = []
    for seed in range(FIRST, LAST):
        if seed % len(LIMITS) == number:
            text, limits = make_limited(seed)
            found += [f"seed {seed} {line}" for line in differing(settled(text), settle(text, TODAY, limits))]
    assert not found, "\n".join(found[:20])
