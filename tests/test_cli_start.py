"""How the program starts as a product: its version at once, its data beside it, a home that takes no files."""

import json
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

import famgui as package
from tests.files.program import CASES, environment, famgui
from tests.patience import PATIENCE


@pytest.fixture
def product(tmp_path: Path) -> Path:
    """A portable program: an interpreter of its own in a folder with the marks of a product; its executable."""
    folder = tmp_path / "U 盘" / "家庭共济助手"
    folder.mkdir(parents=True)
    (folder / "product.json").write_text(json.dumps({"version": "1", "commit": "0", "target": "test"}), "utf-8")
    (folder / "portable.txt").touch()
    return Path(shutil.copy(Path(sys.executable).resolve(), folder / "famgui"))


def run(product: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the product; nothing but its place says where its home is."""
    repository = Path(package.__file__).parent.parent
    env = environment(product.parent, PYTHONHOME=sys.base_prefix, PYTHONUTF8="1")
    env["PYTHONPATH"] = ":".join([str(repository), *site.getsitepackages()])
    del env["FAMGUI_HOME"]
    command = [str(product), "-m", "famgui", *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )


def test_a_portable_product_writes_beside_itself(product: Path) -> None:
    case = str(CASES / "example.toml")
    done = run(product, "settle", "--json", case)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (product.parent / "data").iterdir()] == ["cache"]
    elsewhere = product.parent.parent / "home"
    assert run(product, "settle", "--json", "--home", str(elsewhere), case).stdout == done.stdout
    assert (elsewhere / "cache").is_dir()


def test_a_portable_product_on_a_locked_stick_says_so_and_goes_on(product: Path) -> None:
    (product.parent / "data").write_bytes(b"no folder can be made here")
    done = run(product, "settle", "--json", "--lang", "zh", str(CASES / "example.toml"))
    assert done.returncode == 0 and json.loads(done.stdout)
    (line,) = done.stderr.splitlines()
    assert str(product.parent / "data") in line and "portable.txt" in line


def test_the_version_is_told_without_the_window_or_the_book(tmp_path: Path) -> None:
    code = "import sys; from famgui.cli import run\ntry: run(['--version'])\nexcept SystemExit: pass\n"
    code += "print([name for name in ('PySide6', 'sqlalchemy', 'rich', 'ssl') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment(tmp_path)
    )
    assert done.stdout.splitlines() == [f"famgui {package.__version__}", "[]"]


@pytest.mark.parametrize("arguments", [("setle", "a.toml"), ("a.toml", "settle"), ("a.xlsx",)])
def test_what_is_neither_command_nor_case_file_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = famgui(tmp_path, *arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr and arguments[0].encode() in done.stderr
