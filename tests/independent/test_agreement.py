"""The program and the reference computation agree on random households."""

import pytest

from tests.conftest import TODAY
from tests.independent.comparing import disagreements
from tests.independent.households import make
from tests.independent.reference import settle

CHUNKS = [range(start, start + 60) for start in range(0, 600, 60)]


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"{seeds[0]}-{seeds[-1]}")
def test_the_program_agrees_with_the_reference(settled, seeds):
    found = []
    for seed in seeds:
        text = make(seed)
        found += [f"seed {seed} {line}" for line in disagreements(settled(text), settle(text, TODAY))]
    assert not found, "\n".join(found[:20])
