"""`famgui search` from outside: what cannot be asked is told in one sentence, and nothing is printed."""

from pathlib import Path

import pytest

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
