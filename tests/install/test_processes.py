"""The course under wine never hangs: programs are given up after a time, and what they leave behind is ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from wine.processes import TOOK_TOO_LONG, Hung, at_most, end_all, run_bounded, running_inside


def test_what_a_program_leaves_behind_is_not_waited_for() -> None:
    """The sleeper keeps the output open, as wine's server does; its number is what was printed."""
    left: list[int] = []
    with at_most(20):
        code, said = run_bounded(["sh", "-c", "sleep 60 & echo $!; echo 完"], 15)
        left.append(int(said.split()[0]))
    os.kill(left[0], signal.SIGKILL)
    assert (code, said.split()[1]) == (0, "完")


def test_a_program_that_takes_too_long_is_killed_and_what_it_said_is_kept() -> None:
    assert run_bounded(["sh", "-c", "echo begun; exec sleep 60"], 1) == (TOOK_TOO_LONG, "begun\n")


def test_a_step_that_takes_too_long_is_cut_off_with_a_sentence() -> None:
    with pytest.raises(Hung, match="did not end within 1 s and was stopped"), at_most(1):
        time.sleep(60)


def test_a_step_that_ends_is_not_cut_off_later() -> None:
    with at_most(0.2):
        pass
    time.sleep(0.5)


@pytest.mark.product
def test_what_runs_in_a_chroot_is_ended_and_nothing_else(tmp_path: Path) -> None:
    script = "import os, sys, time; os.chroot(sys.argv[1]); open('/ready-' + sys.argv[2], 'w'); time.sleep(60)"
    inside, spared = (subprocess.Popen([sys.executable, "-c", script, tmp_path, name]) for name in ("1", "2"))
    outside = subprocess.Popen(["sleep", "60"])
    try:
        while not ((tmp_path / "ready-1").exists() and (tmp_path / "ready-2").exists()):
            time.sleep(0.1)
        assert set(running_inside(tmp_path)) == {inside.pid, spared.pid}
        end_all(tmp_path, spare=[spared.pid])
        assert inside.wait(10) < 0
        assert spared.poll() is None
        end_all(tmp_path)
        assert spared.wait(10) < 0
        assert outside.poll() is None
    finally:
        for process in (inside, spared, outside):
            process.kill()
            process.wait(10)
