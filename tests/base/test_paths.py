"""One home for everything that is written, and files that are there whole or not at all."""

import os
from pathlib import Path

import pytest

from famgui.base.crash import write_report
from famgui.base.paths import Home, default_home, program_folder, resources, write_whole


def fail(*_: object, **__: object) -> None:
    """A disk that is full."""
    raise OSError(28, "No space left on device")


def files(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_file_is_written_with_the_folders_above_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.json", b"new")
    write_whole(tmp_path / "a" / "b" / "c.json", b"newer")
    assert (tmp_path / "a" / "b" / "c.json").read_bytes() == b"newer"
    assert files(tmp_path) == ["a/b/c.json"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
@pytest.mark.parametrize("old", [b"old", None], ids=["over an old file", "new"])
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, old: bytes | None
) -> None:
    path = tmp_path / "c.json"
    if old is not None:
        path.write_bytes(old)
    monkeypatch.setattr(*((os, "fsync", fail) if broken == "fsync" else (Path, "replace", fail)))
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"new")
    assert files(tmp_path) == ([] if old is None else ["c.json"])
    assert old is None or path.read_bytes() == old


def test_a_folder_that_cannot_be_made_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        write_whole(tmp_path / "file" / "c.json", b"new")
    assert files(tmp_path) == ["file"]


def test_home_by_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FAMGUI_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/u")
    monkeypatch.setattr("sys.platform", "linux")
    assert default_home().root == Path("/home/u/.local/share/famgui")
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_home().root == Path("/data/famgui")
    monkeypatch.setattr("sys.platform", "darwin")
    assert default_home().root == Path("/home/u/Library/Application Support/famgui")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert default_home().root == Path("/local/famgui")
    monkeypatch.setenv("FAMGUI_HOME", "/chosen")
    assert default_home() == Home(Path("/chosen"))


def test_everything_written_lies_below_the_home() -> None:
    home = Home(Path("/chosen"))
    assert (home.policies, home.cache) == (Path("/chosen/policies"), Path("/chosen/cache"))


def test_resources_are_there() -> None:
    assert {"policies", "codes", "i18n"} <= {path.name for path in resources().iterdir()}


def test_a_crash_is_written_down_or_not_at_all(tmp_path: Path) -> None:
    try:
        raise ValueError("what happened")
    except ValueError as error:
        report = write_report(Home(tmp_path), error, "20261122-120000")
        assert report == tmp_path / "logs" / "crash-20261122-120000.txt"
        told = report.read_text("utf-8")
        (tmp_path / "file").write_bytes(b"")
        assert write_report(Home(tmp_path / "file"), error, "20261122-120000") is None
    assert "what happened" in told and "test_paths.py" in told


@pytest.fixture
def program_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installed program that runs us; nothing else says where the home is."""
    monkeypatch.delenv("FAMGUI_HOME", raising=False)
    folder = tmp_path / "共济 助手"
    folder.mkdir()
    (folder / "product.json").write_text("{}", "utf-8")
    monkeypatch.setattr("sys.executable", str(folder / "famgui.exe"))
    return folder


def test_a_portable_program_keeps_its_data_beside_itself(program_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert program_folder() == program_in
    assert not default_home().portable
    (program_in / "portable.txt").touch()
    home = default_home()
    assert (home.root, home.portable, home.refusal()) == (program_in / "data", True, "")
    assert files(program_in) == ["portable.txt", "product.json"]
    monkeypatch.setenv("FAMGUI_HOME", "/chosen")
    assert default_home() == Home(Path("/chosen"))
    assert not default_home().portable


def test_a_marker_beside_an_interpreter_that_is_no_product_means_nothing(program_in: Path) -> None:
    (program_in / "portable.txt").touch()
    (program_in / "product.json").unlink()
    assert program_folder() is None
    assert not default_home().portable


def test_a_frozen_program_and_a_link_to_it(program_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program_in / "portable.txt").touch()
    (program_in / "product.json").unlink()
    (program_in / "famgui").touch()
    link = program_in.parent / "famgui"
    link.symlink_to(program_in / "famgui")
    monkeypatch.setattr("sys.executable", str(link))
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert default_home().root == program_in / "data"


def test_a_home_that_takes_no_files_says_why(program_in: Path) -> None:
    (program_in / "portable.txt").touch()
    (program_in / "data").write_bytes(b"a file where the folder should be")
    assert default_home().refusal()
    assert Home(program_in / "data" / "deeper").refusal()
    assert files(program_in) == ["data", "portable.txt", "product.json"]
