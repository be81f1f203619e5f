"""The command line of the build: what it says and leaves when something is wrong."""

import errno
from pathlib import Path

import pytest
from building.plan import Plan, Target
from building.publish import publish
from building.tools import Fault

import build_installer


def options(tmp_path: Path) -> list[str]:
    """Everything in folders of the test."""
    return ["--skip-tests", "--work", f"{tmp_path}/work", "--dist", f"{tmp_path}/dist", "--cache", f"{tmp_path}/cache"]


def targets_of(step: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One target, whose only step is given."""
    product = tmp_path / "famgui_0.1.0_amd64.deb"
    product.write_bytes(b"x")
    made = {"linux": lambda plan: Target("linux", [("the step", step)], lambda: [product])}  # type: ignore[list-item]
    monkeypatch.setattr(build_installer, "TARGETS", made)


def test_a_fault_is_one_sentence_and_publishes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> str:
        raise Fault("The program makensis is missing; install the Debian package nsis.")

    targets_of(broken, monkeypatch, tmp_path)
    assert build_installer.main(["--target", "linux", *options(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.err == "build_installer: The program makensis is missing; install the Debian package nsis.\n"
    assert "[linux 1/1] the step ... failed" in said.out
    assert not (tmp_path / "dist").exists()


def test_a_full_disk_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def full() -> str:
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    targets_of(full, monkeypatch, tmp_path)
    assert build_installer.main(["--target", "linux", *options(tmp_path)]) == 1
    assert capsys.readouterr().err == "build_installer: No space left on device: somewhere; nothing was published.\n"


def test_what_is_built_later_keeps_what_was_built_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "famgui-setup-0.1.0-x64.exe").write_bytes(b"setup")
    (tmp_path / "dist" / "famgui-setup-0.0.9-x64.exe").write_bytes(b"old")
    targets_of(lambda: None, monkeypatch, tmp_path)
    assert build_installer.main(["--target", "linux", *options(tmp_path)]) == 0
    notice = (tmp_path / "dist" / "famgui-version.json").read_text("utf-8")
    assert "famgui_0.1.0_amd64.deb" in notice and "famgui-setup-0.1.0-x64.exe" in notice
    assert "0.0.9" not in notice


def test_a_copy_that_breaks_off_leaves_nothing(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(source: Path, place: Path) -> None:
        place.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    product = tmp_path / "product"
    product.write_bytes(b"whole")
    monkeypatch.setattr("building.publish.shutil.copyfile", breaks_off)
    with pytest.raises(OSError, match="No space"):
        publish([product], plan.dist)
    assert list(plan.dist.iterdir()) == []
