"""The last step: products reach dist/ whole and together, or not at all."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from building.publish import SUMS, digest, publish, settle_times, write_sums
from building.tools import Fault

from tests.install.conftest import EPOCH


def _product(folder: Path, name: str, holds: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(holds)
    return file


def test_products_and_their_digests_are_published(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    made = [
        _product(tmp_path / "made", "famgui_1.deb", b"one"),
        _product(tmp_path / "made", "famgui setup.exe", b"two"),
    ]
    assert publish(made, dist) == [dist / "famgui_1.deb", dist / "famgui setup.exe"]
    assert sorted(path.name for path in dist.iterdir()) == [SUMS, "famgui setup.exe", "famgui_1.deb"]
    assert all(file.exists() for file in made)
    checked = subprocess.run(["sha256sum", "--check", "--strict", SUMS], cwd=dist, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "famgui setup.exe: OK\nfamgui_1.deb: OK\n")


def test_a_damaged_file_is_seen_by_the_digests(tmp_path: Path) -> None:
    publish([_product(tmp_path / "made", "famgui.deb", b"one")], tmp_path / "dist")
    (tmp_path / "dist" / "famgui.deb").write_bytes(b"onf")
    checked = subprocess.run(["sha256sum", "--check", SUMS], cwd=tmp_path / "dist", capture_output=True)
    assert checked.returncode == 1


@pytest.mark.parametrize("left", [None, b""], ids=["missing", "empty"])
def test_a_missing_product_publishes_nothing(tmp_path: Path, left: bytes | None) -> None:
    good = _product(tmp_path / "made", "a.deb", b"one")
    bad = tmp_path / "made" / "b.exe"
    if left is not None:
        bad.write_bytes(left)
    with pytest.raises(Fault, match=r"left no b\.exe; nothing was published"):
        publish([good, bad], tmp_path / "dist")
    assert not (tmp_path / "dist").exists()


def test_what_cannot_be_copied_leaves_the_former_products_alone(tmp_path: Path) -> None:
    dist = tmp_path / "dist"
    publish([_product(tmp_path / "old", "a.deb", b"old")], dist)
    before = {path.name: path.read_bytes() for path in dist.iterdir()}
    (dist / ".b.exe.part").mkdir()
    with pytest.raises(OSError):
        publish([_product(tmp_path / "new", "a.deb", b"new"), _product(tmp_path / "new", "b.exe", b"new")], dist)
    (dist / ".b.exe.part").rmdir()
    assert {path.name: path.read_bytes() for path in dist.iterdir()} == before


def test_digests_cover_what_was_there_before_and_no_hidden_file(tmp_path: Path) -> None:
    _product(tmp_path, "b", b"2")
    _product(tmp_path, "a", b"1")
    _product(tmp_path, ".hidden", b"3")
    lines = write_sums(tmp_path).read_text("utf-8").splitlines()
    assert lines == [f"{hashlib.sha256(text).hexdigest()}  {name}" for name, text in (("a", b"1"), ("b", b"2"))]
    assert write_sums(tmp_path).read_text("utf-8").splitlines() == lines
    assert digest(tmp_path / "a") == hashlib.sha256(b"1").hexdigest()


def test_a_tree_gets_one_time_and_modes_of_its_own(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    inner = tree / "sub"
    inner.mkdir(parents=True, mode=0o700)
    text, program = inner / "text", tree / "program"
    text.write_text("x", "utf-8")
    text.chmod(0o664)
    program.write_text("x", "utf-8")
    program.chmod(0o700)
    (tree / "link").symlink_to("program")
    outside = _product(tmp_path, "outside", b"x")
    outside.chmod(0o600)
    (tree / "away").symlink_to(outside)
    settle_times(tree, EPOCH)
    modes = {path.name: path.lstat().st_mode & 0o777 for path in (tree, inner, text, program)}
    assert modes == {"tree": 0o755, "sub": 0o755, "text": 0o644, "program": 0o755}
    assert {int(os.lstat(path).st_mtime) for path in (tree, *tree.rglob("*"))} == {EPOCH}
    assert outside.stat().st_mode & 0o777 == 0o600 and int(outside.stat().st_mtime) != EPOCH
