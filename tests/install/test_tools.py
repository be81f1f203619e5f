"""Outside programs: what is missing is named with its package, what fails with its last words, what hangs is ended."""

import subprocess
import sys
from pathlib import Path

import pytest
from building.plan import TEMPLATES
from building.tools import PACKAGES, Fault, Progress, need, run


def test_a_missing_program_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Fault, match=r"program makensis is missing; install the Debian package nsis\.$"):
        need("makensis")
    with pytest.raises(Fault, match=r"program of-nobody is missing; install it and put it on the PATH\.$"):
        need("of-nobody")


def test_a_program_that_is_there_is_found() -> None:
    assert need("sh").endswith("/sh")
    assert all(package == package.lower() and " " not in package for package in PACKAGES.values())


def test_what_a_program_prints_is_returned_from_both_its_streams() -> None:
    said = run([sys.executable, "-c", "import sys; print('out', flush=True); print('err', file=sys.stderr)"])
    assert said.split() == ["out", "err"]


def test_a_failure_keeps_the_last_lines_and_the_status() -> None:
    with pytest.raises(Fault) as raised:
        run([sys.executable, "-c", "import sys; [print('line', n) for n in range(40)]; sys.exit(7)"])
    lines = str(raised.value).splitlines()
    assert "failed with status 7" in lines[0]
    assert lines[1:] == [f"    line {n}" for n in range(15, 40)]


def test_bytes_that_are_no_utf8_do_not_break_a_failure() -> None:
    with pytest.raises(Fault, match="\N{REPLACEMENT CHARACTER}"):
        run([sys.executable, "-c", "import sys; sys.stdout.buffer.write(b'\\xff'); sys.exit(1)"])


def test_a_program_that_hangs_is_ended() -> None:
    with pytest.raises(Fault, match="did not end within 0 s"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.3)


def test_a_program_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="nothing-here is missing"):
        run([tmp_path / "nothing-here"])


def test_a_program_never_waits_for_a_keyboard() -> None:
    inner = "[sys.executable, '-c', 'import sys; print(repr(sys.stdin.read()))']"
    words = [sys.executable, "-c", f"import sys; from building.tools import run; print(run({inner}), end='')"]
    folder = {"PYTHONPATH": str(TEMPLATES)}
    done = subprocess.run(words, input="typed", env=folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "''"


def test_progress_tells_each_step_and_a_failed_one() -> None:
    written: list[str] = []
    progress = Progress("linux", 2, written.append)
    progress.step("freezing", lambda: "112 MB")

    def fail() -> str:
        raise Fault("no room")

    with pytest.raises(Fault):
        progress.step("packing", fail)
    told = "".join(written)
    assert told.startswith("[linux 1/2] freezing ... 112 MB (")
    assert told.endswith("[linux 2/2] packing ... failed\n")
