"""The Windows product round the tree: icon, executables, what is missing in it, Setup.exe and its lists."""

import dataclasses
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from building.assemble import GUI, TERMINAL
from building.launcher import ICON, build_forwarder, build_launchers, resource_text
from building.nsis import LONGEST, build_setup, payload_text
from building.pe import Image, executables
from building.plan import TEMPLATES, Plan
from building.publish import digest
from building.qt import KEPT, trim_qt
from building.static_checks import missing_libraries, missing_modules, missing_packages
from building.tools import Fault
from building.wheels import Pin

COMPILER = "x86_64-w64-mingw32-gcc"
needs_mingw = pytest.mark.skipif(shutil.which(COMPILER) is None, reason="the compiler for Windows is not installed")
needs_nsis = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")


def _library(place: Path, *asks: Path, offers: str = "nothing") -> Path:
    """A library for Windows that asks for others and offers one function."""
    place.parent.mkdir(parents=True, exist_ok=True)
    source = place.with_suffix(".c")
    calls = "".join(f"__declspec(dllimport) int {ask.stem}(void); " for ask in asks)
    body = " + ".join(["0", *(f"{ask.stem}()" for ask in asks)])
    source.write_text(f"{calls}__declspec(dllexport) int {offers}(void) {{ return {body}; }}", "utf-8")
    words = [COMPILER, "-shared", "-nostdlib", "-Wl,--entry=0", source, *asks, "-o", place]
    subprocess.run(words, check=True)
    source.unlink()
    return place


def test_the_icon_has_every_size_that_windows_shows() -> None:
    data = ICON.read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    rows = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * index) for index in range(count)]
    assert kind == 1
    assert [row[0] or 256 for row in rows] == [16, 20, 24, 32, 40, 48, 64, 128, 256]
    assert all(row[5] == 32 and row[6] + row[7] <= len(data) for row in rows)
    assert data[rows[-1][7] :].startswith(b"\x89PNG")


def test_resources_of_an_executable_name_version_and_file() -> None:
    text = resource_text("1.2.3", TERMINAL)
    assert "FILEVERSION 1,2,3,0" in text
    assert '"OriginalFilename", "famgui-cli.exe"' in text
    assert not re.search(r"@[A-Z_]+@", text)


@needs_mingw
def test_the_executables_are_the_same_twice_and_need_only_windows(plan: Plan, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        build_launchers(plan, tmp_path / name, tmp_path / "scratch" / name)
    for name in (GUI, TERMINAL):
        assert digest(tmp_path / "one" / name) == digest(tmp_path / "two" / name)
    assert missing_libraries(tmp_path / "one", executables(tmp_path / "one")) == []
    program = (tmp_path / "one" / GUI).read_bytes()
    assert "家庭共济助手".encode("utf-16-le") in program
    assert b"PerMonitorV2" in program
    assert b"longPathAware" in program


@needs_mingw
def test_names_of_the_stable_library_stand_for_those_of_the_core(plan: Plan, tmp_path: Path) -> None:
    _library(tmp_path / "python311.dll", offers="Py_Main")
    assert build_forwarder(plan, tmp_path, tmp_path) == "1 names"
    assert Image(tmp_path / "python3.dll").exports() == ["Py_Main"]
    assert b"python311.Py_Main" in (tmp_path / "python3.dll").read_bytes()
    (tmp_path / "a longer name").mkdir()
    shutil.copyfile(tmp_path / "python311.dll", tmp_path / "a longer name" / "python311.dll")
    build_forwarder(plan, tmp_path / "a longer name", tmp_path)
    assert digest(tmp_path / "python3.dll") == digest(tmp_path / "a longer name" / "python3.dll")
    assert build_forwarder(plan, tmp_path, tmp_path) == "the runtime's own"


@needs_mingw
def test_a_library_that_is_asked_for_and_missing_is_named(tmp_path: Path) -> None:
    inner = _library(tmp_path / "tree" / "lib" / "inner.dll", offers="inner")
    _library(tmp_path / "tree" / "outer.dll", inner, offers="outer")
    tree = tmp_path / "tree"
    assert missing_libraries(tree, executables(tree)) == []
    inner.unlink()
    assert missing_libraries(tree, executables(tree)) == ["outer.dll asks for inner.dll"]


def test_a_package_that_is_pinned_and_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "lib" / "Some_Thing-1.0.dist-info").mkdir(parents=True)
    pins = [Pin("some-thing", "1.0", frozenset()), Pin("other", "2.0", frozenset())]
    assert missing_packages(tmp_path, pins) == ["other 2.0 is not in it"]


def test_a_module_that_is_imported_and_missing_is_named(tmp_path: Path) -> None:
    program, tree = tmp_path / "famgui", tmp_path / "tree"
    (tree / "lib" / "famgui").mkdir(parents=True)
    (tree / "lib" / "PySide6").mkdir()
    program.mkdir()
    (tree / "runtime").mkdir()
    (program / "__init__.py").touch()
    (program / "page.py").write_text(
        "import json.decoder\nfrom PySide6 import QtGui, QtNetwork\nimport zlib\n", "utf-8"
    )
    for name in ("famgui/__init__.pyc", "PySide6/__init__.pyc", "PySide6/QtGui.pyd"):
        (tree / "lib" / name).touch()
    with zipfile.ZipFile(tree / "python311.zip", "w") as stream:
        stream.writestr("json/__init__.pyc", b"")
        stream.writestr("json/decoder.pyc", b"")
    faults = missing_modules(tree, program)
    assert faults == [
        "the module famgui.page is not in it",
        "famgui.page imports PySide6.QtNetwork, which is not in it",
    ]


@needs_mingw
def test_qt_is_cut_down_to_what_is_named_and_what_that_asks_for(tmp_path: Path) -> None:
    site, root = tmp_path / "site", tmp_path / "root"
    root.mkdir()
    core = _library(site / "PySide6" / "Qt6Core.dll", offers="Qt6Core")
    _library(site / "PySide6" / "Qt6Network.dll", core, offers="Qt6Network")
    for name in KEPT:
        if "*" not in name:
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            if name.endswith((".pyd", ".dll")):
                _library(site / name, core)
            else:
                (site / name).touch()
    for name in ("PySide6/msvcp140.dll", "shiboken6/msvcp140.dll", "PySide6/qml/deep/x.qml"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"x")
    trim_qt(site, root)
    assert core.is_file()
    assert not (site / "PySide6" / "Qt6Network.dll").exists()
    assert not (site / "PySide6" / "qml").exists()
    assert [path.name for path in root.iterdir()] == ["msvcp140.dll"]
    (site / "PySide6" / "QtSvg.pyd").unlink()
    with pytest.raises(Fault, match=r"QtSvg\.pyd"):
        trim_qt(site, root)


def _tree(folder: Path) -> Path:
    for name in ("famgui.exe", "product.json", "lib/a b/中.txt", "lib/a b/$x.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, "utf-8")
    return folder


def test_what_setup_lays_down_the_uninstaller_takes_away(tmp_path: Path) -> None:
    tree = _tree(tmp_path / "tree")
    text = payload_text(tree)
    laid = {line.split('"')[1] for line in text.splitlines() if line.startswith("  File ")}
    assert laid == {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    taken = re.findall(r'  Delete "\$\{folder\}\\(.*)"', text)
    assert {name.replace("$$", "$").replace("\\", "/") for name in taken} == laid - {"product.json"}
    script = (TEMPLATES / "windows" / "uninstall.nsh").read_text("utf-8")
    assert script.index("RemoveFolders") < script.index(r'Delete "$INSTDIR\product.json"')
    assert re.findall(r'  RMDir "\$\{folder\}\\(.*)"', text) == [r"lib\a b", "lib"]


@pytest.mark.parametrize("name", ["x" * (LONGEST + 1), 'with"quote'])
def test_a_name_that_setup_could_not_write_stops_the_build(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    with pytest.raises(Fault, match=re.escape(name)):
        payload_text(tmp_path)


@needs_nsis
def test_setup_is_the_same_twice_and_signs_its_uninstaller(plan: Plan, tmp_path: Path) -> None:
    tree = _tree(tmp_path / "有 空格")
    for name in ("one.exe", "two.exe"):
        build_setup(plan, tree, tmp_path / "scratch", tmp_path / name, quick=True)
    assert digest(tmp_path / "one.exe") == digest(tmp_path / "two.exe")
    signer = tmp_path / "signer.py"
    signer.write_text("import sys\nopen(sys.argv[1], 'ab').write(b'signed')\nopen(sys.argv[2], 'a').write('x')\n")
    signing = dataclasses.replace(plan, sign=f"{sys.executable} {signer} {{file}} {tmp_path / 'times'}")
    build_setup(signing, tree, tmp_path / "scratch", tmp_path / "signed.exe", quick=True)
    assert (tmp_path / "times").read_text() == "x"


def test_every_sentence_of_setup_is_used_and_known() -> None:
    folder = TEMPLATES / "windows"
    known = set(re.findall(r"!insertmacro Text (\w+)", (folder / "texts.nsh").read_text("utf-8")))
    scripts = "".join(path.read_text("utf-8") for path in folder.glob("*.ns[ih]"))
    assert known == set(re.findall(r"\$\((\w+)\)", scripts))
