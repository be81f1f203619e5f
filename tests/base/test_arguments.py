"""A double-clicked case file is told from a command."""

import pytest

from famgui.base.arguments import files_to_open

COMMANDS = ("settle", "doctor")


@pytest.mark.parametrize(
    ("arguments", "files", "rest"),
    [
        ([], [], []),
        (["王家 的.famgui.toml"], ["王家 的.famgui.toml"], []),
        (["A.TOML", "b.toml"], ["A.TOML", "b.toml"], []),
        (["--home", "x.toml", "a.toml", "--lang", "en"], ["a.toml"], ["--home", "x.toml", "--lang", "en"]),
        (["--home=x.toml", "a.toml"], ["a.toml"], ["--home=x.toml"]),
        (["settle", "a.toml"], [], ["settle", "a.toml"]),
        (["a.toml", "settle"], [], ["a.toml", "settle"]),
        (["--lang", "zh", "settle", "a.toml"], [], ["--lang", "zh", "settle", "a.toml"]),
        (["setle", "a.toml"], [], ["setle", "a.toml"]),
        (["--home"], [], ["--home"]),
    ],
)
def test_files_and_what_is_left(arguments: list[str], files: list[str], rest: list[str]) -> None:
    assert files_to_open(arguments) == (files, rest)
