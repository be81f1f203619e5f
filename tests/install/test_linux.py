"""The Linux products from a small tree of real programs: what they ask for, what they hold, the same bytes twice."""

import os
import shutil
import stat
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from building import cpython, deb, elf, linux, trim
from building.plan import ROOT, Plan
from building.program import copy_program, write_mark
from building.smoke import smoke
from building.tools import Fault
from building.venv import for_glibc

TRUE = Path("/bin/true").resolve()
"""A program that every Debian has; linked with the C library."""


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A frozen folder in small: a program, a library, a page of text."""
    tree = tmp_path / "frozen" / "famgui"
    (tree / "_internal").mkdir(parents=True)
    shutil.copy(TRUE, tree / "famgui")
    (tree / "_internal" / "page.txt").write_text("页", "utf-8")
    return tree


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """The folder of notices."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "THIRD-PARTY-NOTICES.txt").write_text("许可\n", "utf-8")
    return folder


def fields(package: Path) -> dict[str, str]:
    """The control fields of a .deb."""
    said = subprocess.run(["dpkg-deb", "-f", package], capture_output=True, text=True, check=True).stdout
    return dict(line.split(": ", 1) for line in said.splitlines() if not line.startswith(" "))


def test_the_package_names_what_it_needs(plan: Plan, product: Path, papers: Path, tmp_path: Path) -> None:
    control = fields(deb.make_deb(plan, product, papers, (2, 28), tmp_path))
    assert control["Package"] == "famgui"
    assert control["Version"] == plan.version
    assert control["Depends"] == "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei, libc6 (>= 2.28)"


def test_the_package_puts_everything_in_its_place(plan: Plan, product: Path, papers: Path, tmp_path: Path) -> None:
    package = deb.make_deb(plan, product, papers, (2, 28), tmp_path)
    out = tmp_path / "unpacked"
    subprocess.run(["dpkg-deb", "-R", package, out], check=True)
    assert sorted(path.name for path in (out / "DEBIAN").iterdir()) == ["control"], "no maintainer scripts"
    assert (out / "usr/bin/famgui").readlink() == Path("/opt/famgui/famgui")
    assert (out / "opt/famgui/famgui").stat().st_mode & stat.S_IXOTH
    places = "applications/famgui.desktop metainfo/famgui.metainfo.xml mime/packages/famgui.xml"
    icon = "icons/hicolor/scalable/apps/famgui.svg"
    for place in (*places.split(), icon, "doc/famgui/copyright", "doc/famgui/THIRD-PARTY-NOTICES.txt"):
        assert (out / "usr/share" / place).is_file(), place
    assert f'<release version="{plan.version}"' in (out / "usr/share/metainfo/famgui.metainfo.xml").read_text("utf-8")


def test_the_same_tree_gives_the_same_bytes(plan: Plan, product: Path, papers: Path, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        work = tmp_path / name
        work.mkdir()
        again = work / "tree"
        shutil.copytree(product, again)
        os.utime(again / "famgui", (1_000_000_000 + len(made), 1_000_000_000))
        (again / "_internal").chmod(0o700 if made else 0o755)
        made.append(
            [
                maker.read_bytes()
                for maker in (_deb(plan, again, papers, work), deb.make_portable(plan, again, papers, work))
            ]
        )
    assert made[0] == made[1]


def _deb(plan: Plan, tree: Path, papers: Path, work: Path) -> Path:
    return deb.make_deb(plan, tree, papers, (2, 28), work)


def test_the_portable_archive_carries_the_marker(plan: Plan, product: Path, papers: Path, tmp_path: Path) -> None:
    archive = deb.make_portable(plan, product, papers, tmp_path)
    with tarfile.open(archive) as opened:
        names = {Path(entry.name).relative_to(f"famgui-{plan.version}").as_posix() for entry in opened}
        assert {entry.mtime for entry in opened} == {plan.epoch}
    assert {"portable.txt", "famgui", "_internal/page.txt", "licences/THIRD-PARTY-NOTICES.txt"} <= names


def test_a_library_without_a_known_package_stops_the_build(product: Path) -> None:
    library = next(
        path
        for path in Path(sys.prefix).resolve().rglob("*.abi3.so")
        if "libpyside6" in "".join(elf.read_elf(path).needed)
    )
    shutil.copy(library, product / "_internal")
    with pytest.raises(Fault, match=r"asks for lib\S+; no package is known for it"):
        deb.depends(product, (2, 28))


def test_the_floor_is_the_newest_symbol(product: Path) -> None:
    floor = elf.glibc_floor(product)
    assert floor == elf.read_elf(TRUE).glibc
    assert (2, 2) < floor < (3,)


def test_trimming_takes_what_the_desktop_has_and_what_nothing_asks_for(product: Path) -> None:
    inner = product / "_internal"
    for name in ("libX11.so.6", "libepoxy.so.0", "libxcb-cursor.so.0", "libpython3.11.so.1.0"):
        shutil.copy(TRUE, inner / name)
    (inner / "PySide6/Qt/plugins/platforms").mkdir(parents=True)
    (inner / "PySide6/Qt/translations").mkdir()
    for name in ("plugins/platforms/libqminimal.so", "plugins/platforms/libqxcb.so"):
        shutil.copy(TRUE, inner / "PySide6/Qt" / name)
    for name in ("qtbase_zh_CN.qm", "qtbase_de.qm"):
        (inner / "PySide6/Qt/translations" / name).write_text("x")
    trim.trim(product)
    left = {path.relative_to(inner).as_posix() for path in inner.rglob("*") if path.is_file()}
    assert left == {
        "page.txt",
        "libpython3.11.so.1.0",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
    }


def test_the_program_comes_with_its_resources_and_without_the_build(tmp_path: Path) -> None:
    assert copy_program(tmp_path) > 500
    assert (tmp_path / "famgui/_resources/policies/430200-zhuzhou.toml").is_file()
    assert (tmp_path / "famgui/store/migrations/versions/0001_first.py").is_file()
    assert not (tmp_path / "famgui/_resources/installer").exists()


def test_the_mark_tells_version_commit_and_target(plan: Plan, tmp_path: Path) -> None:
    said = write_mark(plan, tmp_path, "linux").read_text("utf-8")
    assert plan.version in said and plan.commit in said and '"linux"' in said


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo famgui 9.9.9", "should say version 1.2.3"),
        ("[ $1 = --version ] && echo famgui 1.2.3", "failed with status"),
        ("echo famgui 1.2.3", "answered no JSON"),
        ("""[ $1 = --version ] && echo famgui 1.2.3 || echo '{"checks": []}'""", "no check was made"),
        ("""[ $1 = --version ] && echo famgui 1.2.3 || echo '{"checks": [{"check": "pdf", "ok": false}]}'""", "pdf"),
    ],
)
def test_a_product_that_does_not_hold_is_not_packed(plan: Plan, tmp_path: Path, script: str, told: str) -> None:
    program = tmp_path / "famgui"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    with pytest.raises(Fault, match=told):
        smoke(plan, program)


def test_another_python_is_refused(plan: Plan, tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\necho 3 9\n")
    other.chmod(0o755)
    with pytest.raises(Fault, match=r"is Python 3\.9; products carry 3\.11"):
        cpython.linux_python(replace(plan, python=str(other)))


def test_the_old_python_is_taken_from_the_cache(plan: Plan) -> None:
    """The recipe names it: a changed recipe finds nothing and would build anew."""
    recipe = b"".join((ROOT / "resources/installer/linux" / name).read_bytes() for name in cpython.RECIPE)
    kept = plan.cache / f"python-{cpython.OLD}-{cpython.hashlib.sha256(recipe).hexdigest()[:16]}" / "bin" / "python3.11"
    kept.parent.mkdir(parents=True)
    kept.touch()
    assert cpython.linux_python(plan) == kept
    assert cpython.versions_of(kept) == {}
    (kept.parents[1] / "versions.txt").write_text("sqlite3 3.40.1-2\n")
    assert cpython.versions_of(kept) == {"sqlite3": "3.40.1-2"}


def test_wheels_are_chosen_for_the_old_c_library(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    words = for_glibc(tmp_path, (2, 28))
    assert words[:3] == ["--target", str(site), "--no-deps"]
    assert "manylinux_2_28_x86_64" in words and "manylinux2014_x86_64" in words
    assert "manylinux_2_29_x86_64" not in words
    assert for_glibc(tmp_path, None) == []


@pytest.mark.parametrize("name", ["a, b", "a;b"])
def test_a_folder_below_which_qt_is_not_found_is_refused_at_once(plan: Plan, tmp_path: Path, name: str) -> None:
    _, step = linux.target(replace(plan, work=tmp_path / name)).steps[0]
    with pytest.raises(Fault, match=r"Qt's own files are not found below .*; build with --work in another folder\.$"):
        step()
