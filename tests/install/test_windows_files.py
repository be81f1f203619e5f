"""The parts of the Windows tree: executables read, byte code, standard library, wheels, runtime, zip."""

import dataclasses
import marshal
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pip
import pytest
from building.markers import holds
from building.pe import Image
from building.plan import PYTHON, ROOT, Plan
from building.publish import digest
from building.runtime import CORE, MODULES, core_version, unpack_runtime
from building.stdlib import build_stdlib, compile_source
from building.tools import Fault
from building.wheels import TARGET, cached, fetch_wheels, read_lock, unpack_wheel
from building.ziptree import write_zip

COMPILER = "x86_64-w64-mingw32-gcc"
needs_mingw = pytest.mark.skipif(shutil.which(COMPILER) is None, reason="the compiler for Windows is not installed")

LAUNCHERS = Path(pip.__file__).parent / "_vendor" / "distlib"
"""Programs for Windows that most copies of pip carry."""

LOCK = """\
# a comment
plain==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via something
only-here==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{a}
not-here==3.0 ; sys_platform != 'win32' and python_version >= '3.8' \\
    --hash=sha256:{b}
""".format(a="a" * 64, b="b" * 64)


def _library(folder: Path, words: str, name: str, *options: str) -> Path:
    source, place = folder / "source.c", folder / name
    source.write_text(words, "utf-8")
    subprocess.run([COMPILER, "-shared", "-nostdlib", "-Wl,--entry=0", source, *options, "-o", place], check=True)
    return place


@needs_mingw
def test_a_library_tells_what_it_asks_for_and_what_it_offers(tmp_path: Path) -> None:
    words = "__declspec(dllimport) int Beep(int, int); __declspec(dllexport) int Py_Ring(void) { return Beep(1, 2); }"
    image = Image(_library(tmp_path, words, "ring.dll", "-lkernel32"))
    assert image.imports() == ["kernel32.dll"]
    assert image.exports() == ["Py_Ring"]


@needs_mingw
def test_a_library_for_another_machine_is_refused(tmp_path: Path) -> None:
    library = _library(tmp_path, "int nothing;", "x.dll")
    data = bytearray(library.read_bytes())
    start = int.from_bytes(data[0x3C:0x40], "little")
    data[start + 4 : start + 6] = (0x014C).to_bytes(2, "little")
    library.write_bytes(data)
    with pytest.raises(Fault, match="64-bit"):
        Image(library)


@pytest.mark.skipif(not (LAUNCHERS / "w64.exe").is_file(), reason="this pip carries no programs for Windows: Debian's")
def test_a_program_that_others_have_made_is_read() -> None:
    assert "kernel32.dll" in Image(LAUNCHERS / "w64.exe").imports()
    with pytest.raises(Fault, match="64-bit"):
        Image(LAUNCHERS / "w32.exe")


@pytest.mark.parametrize("data", [b"", b"MZ", b"#!/bin/sh\n" * 20, b"MZ" + b"\xff" * 100])
def test_what_is_no_executable_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "x.dll"
    file.write_bytes(data)
    with pytest.raises(Fault, match="no executable file"):
        Image(file)


def test_byte_code_is_the_same_twice_and_says_no_path(plan: Plan, tmp_path: Path) -> None:
    for name in ("here", "a longer 名字"):
        source = tmp_path / name / "source"
        (source / "kept" / "deep").mkdir(parents=True)
        (source / "module.py").write_text("NAMES = {'b', 'a', 'c'}\nX = 'a' in {'b', 'a', 'c'}\n", "utf-8")
        (source / "kept" / "deep" / "step.py").write_text("raise SystemExit\n", "utf-8")
        (source / "data.toml").write_text("x = 1\n", "utf-8")
        assert compile_source(plan, source, tmp_path / name / "out", "kept/") == 1
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (tmp_path / "here" / "out", tmp_path / "a longer 名字" / "out")
    )
    assert first == second
    assert sorted(map(str, first)) == ["data.toml", "kept/deep/step.py", "module.pyc"]
    compiled = first[Path("module.pyc")]
    assert compiled[4:8] == b"\1\0\0\0"  # a hash that nobody checks: no clock
    assert marshal.loads(compiled[16:]).co_filename == "module.py"


def test_source_that_is_not_python_stops_the_build(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "broken.py").write_text("def (:\n", "utf-8")
    with pytest.raises(Fault, match=r"broken\.py"):
        compile_source(plan, tmp_path / "source", tmp_path / "out")


def test_the_standard_library_leaves_out_what_nobody_asks_for(plan: Plan, tmp_path: Path) -> None:
    library = tmp_path / "library"
    for name in ("os.py", "json/__init__.py", "test/x.py", "tkinter/__init__.py", "site-packages/y.py", "turtle.py"):
        (library / name).parent.mkdir(parents=True, exist_ok=True)
        (library / name).write_text("X = 1\n", "utf-8")
    build_stdlib(plan, tmp_path / "std.zip", tmp_path / "scratch", library)
    with zipfile.ZipFile(tmp_path / "std.zip") as stream:
        assert stream.namelist() == ["json/__init__.pyc", "os.pyc"]


def test_a_zip_has_sorted_names_and_one_date(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "中.txt"):
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / name).write_text(name, "utf-8")
    write_zip(tmp_path / "x.zip", tmp_path / "tree", 1_790_000_000, top="famgui-1/")
    with zipfile.ZipFile(tmp_path / "x.zip") as stream:
        assert stream.namelist() == ["famgui-1/a/c.txt", "famgui-1/b.txt", "famgui-1/中.txt"]
        assert {entry.date_time for entry in stream.infolist()} == {(2026, 9, 21, 14, 13, 20)}


def test_a_lock_is_read_for_windows_wherever_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(LOCK, "utf-8")
    pins = read_lock(tmp_path / "lock")
    assert [(pin.name, pin.version) for pin in pins] == [("plain", "1.0"), ("only-here", "2.0")]
    assert pins[0].line() == f"plain==1.0 --hash=sha256:{'a' * 64} --hash=sha256:{'b' * 64}"


def test_a_lock_line_without_a_hash_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text("loose>=1.0\n", "utf-8")
    with pytest.raises(Fault, match="loose"):
        read_lock(tmp_path / "lock")


@pytest.mark.parametrize(
    ("marker", "held"),
    [
        ("sys_platform == 'win32'", True),
        ("sys_platform != 'win32' or os_name == 'nt'", True),
        ("(sys_platform == 'darwin' or os_name == 'nt') and python_version < '3.10'", False),
        ("python_full_version >= '3.9' and python_full_version < '3.11.10'", True),
        ("python_version == '3.11.0'", True),
        ("'3.9' < python_version", True),
        ("'win' in sys_platform and 'x86' not in platform_machine", True),
        ("extra == 'tests'", False),
    ],
)
def test_a_condition_is_answered_for_windows(marker: str, held: bool) -> None:
    assert holds(marker, TARGET) is held


@pytest.mark.parametrize(
    "marker",
    ["sys_platform", "python_version ~= '3.11'", "python_version == '3.*'", "unknown == 'x'", "os_name < 'z'",
     "python_version in 3", "__import__('os') == 'x'", "not os_name == 'nt'", "'3' < python_version < '4'"],
)  # fmt: skip
def test_a_condition_that_is_not_understood_stops_the_build(marker: str) -> None:
    with pytest.raises(Fault, match="Cannot read the condition"):
        holds(marker, TARGET)


def test_the_lock_of_the_program_is_understood() -> None:
    assert {"sqlalchemy", "pyside6-essentials"} <= {pin.name for pin in read_lock(ROOT / "requirements.lock")}


def test_a_wheel_in_the_cache_is_taken_only_with_a_digest_of_the_lock(plan: Plan, tmp_path: Path) -> None:
    wheel = plan.cache / "wheels" / "Some_Thing-1.0-py3-none-any.whl"
    wheel.parent.mkdir(parents=True)
    wheel.write_bytes(b"wheel")
    lock = tmp_path / "lock"
    lock.write_text(f"some-thing==1.0 --hash=sha256:{digest(wheel)}\n", "utf-8")
    assert fetch_wheels(plan, lock) == [wheel]
    wheel.write_bytes(b"another")
    assert cached(wheel.parent, read_lock(lock)[0]) is None


def test_a_wheel_is_unpacked_without_what_is_for_compilers_and_without_leaving_its_place(tmp_path: Path) -> None:
    wheel = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as stream:
        for name in (
            "thing/__init__.py", "thing/types.pyi", "thing/tests/test_x.py", "thing-1.0.dist-info/METADATA",
            "thing-1.0.dist-info/RECORD", "thing-1.0.data/purelib/other.py", "thing-1.0.data/scripts/run", "../out.py",
        ):  # fmt: skip
            stream.writestr(name, "x")
    assert unpack_wheel(wheel, tmp_path / "site") == 3
    found = {
        path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*") if path.is_file()
    }
    assert found == {"thing/__init__.py", "thing-1.0.dist-info/METADATA", "other.py"}
    assert not (tmp_path / "out.py").exists()


def _embeddable(folder: Path, *, without: str = "", core: str = CORE) -> Path:
    """An embeddable zip with a real library in the place of python3xx.dll."""
    real = _library(folder, "int nothing;", "core.dll")
    told = "FileVersion\0\0".encode("utf-16-le") + "3.11.12\0".encode("utf-16-le")
    archive = folder / "embed.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        stream.writestr(core, real.read_bytes() + told)
        for name in MODULES:
            if name != without:
                stream.writestr(f"{name}.pyd", b"module")
        for name in (
            "libcrypto-3.dll",
            "libssl-3.dll",
            "python311.zip",
            "python.exe",
            "vcruntime140.dll",
            "winsound.pyd",
        ):
            stream.writestr(name, b"x")
    return archive


@needs_mingw
def test_an_embeddable_zip_that_is_given_is_taken_with_its_standard_library(plan: Plan, tmp_path: Path) -> None:
    given = dataclasses.replace(plan, runtime=_embeddable(tmp_path))
    runtime = unpack_runtime(given, tmp_path / "root", tmp_path / "root" / "runtime")
    assert runtime.version == "3.11.12"
    assert runtime.stdlib == tmp_path / "root" / "python311.zip"
    assert {path.name for path in (tmp_path / "root").iterdir()} == {CORE, "python311.zip", "runtime"}
    modules = {path.name for path in (tmp_path / "root" / "runtime").iterdir()}
    assert modules == {*(f"{name}.pyd" for name in MODULES), "libcrypto-3.dll", "libssl-3.dll"}


@needs_mingw
@pytest.mark.parametrize(
    ("without", "core", "said"), [("_ssl", CORE, "lacks _ssl"), ("", "python312.dll", r"It has python312\.dll")]
)
def test_another_python_or_half_of_one_is_refused(
    without: str, core: str, said: str, plan: Plan, tmp_path: Path
) -> None:
    given = dataclasses.replace(plan, runtime=_embeddable(tmp_path, without=without, core=core))
    with pytest.raises(Fault, match=said):
        unpack_runtime(given, tmp_path / "root", tmp_path / "modules")


def test_a_runtime_that_is_not_there_or_no_zip_is_said(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no zip")
    for name, said in (("gone.zip", "there is no file"), ("no.zip", "no zip file")):
        with pytest.raises(Fault, match=said):
            unpack_runtime(dataclasses.replace(plan, runtime=tmp_path / name), tmp_path / "root", tmp_path / "m")


def test_a_library_that_says_no_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / CORE).write_bytes(b"nothing")
    with pytest.raises(Fault, match="which Python"):
        core_version(tmp_path / CORE)


def test_the_building_interpreter_writes_byte_code_of_the_runtime() -> None:
    if sys.version_info[:2] != PYTHON:
        pytest.skip("products are built with Python 3.11 only; build_installer.py refuses this one")
    assert f"python{sys.version_info.major}{sys.version_info.minor}.dll" == CORE
