"""`famgui search` from outside: what cannot be asked is told in one sentence, and nothing is printed."""

import json
from datetime import date
from pathlib import Path

import pytest

from famgui.base.paths import resources
from famgui.policy.library import Library
from famgui.usecase.policy_links import in_force
from tests.files.program import famgui


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("门槛", "--limit", "0"), "--limit “0”"),
        (("门槛", "--limit", "-3", "--json"), "--limit “-3”"),
        (("门槛", "--limit", "十"), "--limit “十”"),
        (("门槛", "--limit"), "--limit “”"),
        (("门槛", "--place", "999999"), "--place “999999”"),
        (("门槛", "--place", "株洲"), "--place “株洲”"),
        (("门槛", "--date", "2026-02-30"), "--date “2026-02-30”"),
        (("门槛", "--date", "20260230"), "--date “20260230”"),
        ((), "要找什么"),
        (("  ", "--json"), "要找什么"),
    ],
)
def test_what_cannot_be_asked(home: Path, arguments: tuple[str, ...], named: str) -> None:
    ran = famgui(home, "--lang", "zh", "search", *arguments)
    (line,) = ran.stderr.decode().splitlines()
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert line.startswith(named) and line.endswith("。") and "usage" not in line


def test_every_fault_is_told_in_the_language_chosen(home: Path) -> None:
    ran = famgui(home, "--lang", "en", "search", "--limit", "0", "--place", "1", "--date", "x")
    assert (ran.returncode, ran.stdout) == (2, b"")
    told = ran.stderr.decode().splitlines()
    assert [line.split(" ", 1)[0] for line in told] == ["Nothing", "--limit", "--place", "--date"]
    assert "".join(told).isascii()


def test_the_largest_number_of_answers(home: Path) -> None:
    ran = famgui(home, "search", "医保", "--limit", "999999", "--place", "000000", "--json")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.count(b'"id"') > 100


@pytest.mark.parametrize(
    ("words", "place", "day", "wanted"),
    [
        ("三级医院起付线", "430200", "2022-12-01", "HN-05"),
        ("起付线", "430200", "2022-12-01", "HN-05"),
        ("能绑哪些人", "430200", "2022-01-01", "N-35"),
        ("门诊比例", "310000", "2020-06-01", "SH-20"),
        ("居民医保缴费多少钱", "430200", "2024-12-01", "HN-40"),
    ],
)
def test_a_day_leaves_out_what_did_not_hold(home: Path, words: str, place: str, day: str, wanted: str) -> None:
    asked = ("search", words, "--place", place, "--date", day, "--limit", "60")
    told = json.loads(famgui(home, *asked, "--json").stdout)["results"]
    assert all(set(one) == {"id", "score", "place", "statement", "grade", "matched"} for one in told)
    clauses = {clause.id: clause for clause in Library([resources() / "policies"], None).clauses.values()}
    assert all(in_force(clauses[one["id"]], date.fromisoformat(day)) for one in told)
    assert wanted in [one["id"] for one in told][:3]


def test_each_answer_tells_from_when_to_when(home: Path) -> None:
    ran = famgui(home, "--lang", "zh", "search", "HN-05", "--limit", "1", "--date", "2022-12-01")
    assert ran.stdout.decode().splitlines()[0] == "HN-05  湖南省  多源一致  自 2022-10-01 至 2023-05-31"
