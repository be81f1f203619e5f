"""The program and the reference computation agree on random households.

`REFERENCE_SEEDS=A:B` in the environment takes those seeds instead, of both kinds of household.
"""

import os

import pytest

from tests.conftest import TODAY
from tests.independent.comparing import disagreements
from tests.independent.household_growth import make_grown
from tests.independent.households import make
from tests.independent.reference import settle

FIRST, LAST = (int(n) for n in os.environ.get("REFERENCE_SEEDS", "0:600").split(":"))
CHUNKS = [range(start, min(start + 60, LAST)) for start in range(FIRST, LAST, 60)]


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
@pytest.mark.parametrize("household", [make, make_grown])
def test_the_program_agrees_with_the_reference(settled, household, seeds):
    found = []
    for seed in seeds:
        text = household(seed)
        found += [f"seed {seed} {line}" for line in disagreements(settled(text), settle(text, TODAY))]
    assert not found, "\n".join(found[:20])
