"""`famgui selftest` from outside: every check holds here, leaves nothing behind, and what is missing is a line."""

import json
import os
import re
from pathlib import Path

import pytest

from famgui import __version__
from famgui.cli import run
from famgui.cli_selftest import CHECKS
from tests.files.program import environment, famgui

QUICK = ("fuzzy", "traditional", "faulty-line")


def test_all_holds_wherever_it_runs(tmp_path: Path) -> None:
    """Into pipes, with a temporary folder of Chinese and blanks, where neither cwd nor HOME can be written."""
    scratch, locked = tmp_path / "临时 文件夹", tmp_path / "locked"
    scratch.mkdir()
    locked.mkdir(mode=0o555)
    picture = tmp_path / "概览.png"
    env = environment(locked, TMPDIR=str(scratch), LANG="zh_CN.UTF-8")
    ran = famgui(locked, "selftest", "--picture", picture, env=env)
    head, resources, *lines, last = ran.stdout.decode("utf-8").splitlines()
    assert (ran.returncode, ran.stderr, last) == (0, b"", f"{len(CHECKS)} 项全部通过。"), ran.stdout.decode()
    assert head.startswith(f"famgui {__version__} · Python 3.") and re.search(r"Qt 6\.[0-9.]+ · SQLite 3\.", head)
    assert resources.startswith("资源文件夹 ")
    assert len(lines) == len(CHECKS) and all(re.fullmatch(r"ok  \S.*  [0-9]+ ms", line) for line in lines)
    assert picture.read_bytes().startswith(b"\x89PNG") and picture.stat().st_size > 20_000
    assert list(scratch.iterdir()) == [] and list(locked.iterdir()) == []


def test_without_a_font_for_chinese_it_names_the_package(tmp_path: Path) -> None:
    (tmp_path / "fonts.conf").write_text(
        f'<?xml version="1.0"?><fontconfig><cachedir>{tmp_path / "cache"}</cachedir></fontconfig>', "utf-8"
    )
    env = environment(tmp_path, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    ran = famgui(tmp_path, "selftest", "--lang", "en", "fonts", "icons", env=env)
    *_, fonts, icons, last = ran.stdout.decode("utf-8").splitlines()
    assert fonts.startswith("FAILED font for Chinese: ") and "fonts-noto-cjk or fonts-wqy-microhei" in fonts
    assert icons.startswith("ok  ")
    assert (ran.returncode, last) == (1, "1 of 2 checks failed.")
    assert b"Traceback" not in ran.stderr


def test_without_the_screen_that_is_asked_for(tmp_path: Path) -> None:
    ran = famgui(tmp_path, "selftest", "fuzzy", "screen", env=environment(tmp_path, QT_QPA_PLATFORM="nosuch"))
    *_, fuzzy, screen, last = ran.stdout.decode("utf-8").splitlines()
    assert fuzzy.startswith("ok  ") and screen.startswith("FAILED 启动 Qt: ") and "nosuch" in screen
    assert (ran.returncode, ran.stderr, last) == (1, b"", "2 项中有 1 项没有通过。")


def test_as_data(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    assert run(["selftest", "--json", *QUICK]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ok"] and told["version"] == __version__
    assert {check["check"] for check in told["checks"]} == set(QUICK)
    assert all(check["ok"] and check["message"] == "" for check in told["checks"])


def test_a_check_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["selftest", "nosuch"]) == 2
    out, err = capsys.readouterr()
    assert out == "" and "nosuch" in err and "old-book" in err
