"""The reference meets the worked cases, which were computed by hand."""

import json
from pathlib import Path

import pytest

from famgui.files.comparison import differences
from tests.conftest import TODAY
from tests.independent.reference import settle

CASES = sorted(Path(__file__).parent.parent.joinpath("cases").glob("*.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_reference_meets_the_worked_case(case):
    expected = json.loads(case.with_name(f"{case.stem}.expect.json").read_text(encoding="utf-8"))
    assert differences(settle(case.read_text(encoding="utf-8"), TODAY), expected) == []
