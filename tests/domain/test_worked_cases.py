"""The worked cases, computed without files or terminal in between."""

import json
from pathlib import Path

import pytest

from famgui.files.comparison import differences

CASES = sorted(Path(__file__).parent.parent.joinpath("cases").glob("*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_case_comes_out_as_expected(settled, path):
    expected = json.loads(path.with_name(f"{path.stem}.expect.json").read_text(encoding="utf-8"))
    got = settled(path.read_text(encoding="utf-8"))
    assert differences(got, expected) == []


def test_every_expectation_has_its_case():
    assert {path.name.removesuffix(".expect.json") for path in CASES[0].parent.glob("*.expect.json")} == {
        path.stem for path in CASES
    }
