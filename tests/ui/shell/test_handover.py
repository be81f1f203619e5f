"""What a second start hands to the window that is open."""

import json
import threading
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from famgui.base.paths import Home
from famgui.ui.shell.handover import STALE_SECONDS, Doorbell, folder, hand_over, take, was_taken
from tests.patience import PATIENCE


def never() -> bool:
    """The other window stays."""
    return False


def test_files_come_across_whole_in_order_and_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "家 里")
    hand_over(home, ["/a/王家 的.famgui.toml", "/b.toml"])
    hand_over(home, [])
    assert take(home) == [["/a/王家 的.famgui.toml", "/b.toml"], []]
    assert take(home) == []
    assert list(folder(home).iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"files": ["/a.toml"], "moment": time.time() - STALE_SECONDS - 1}),
        json.dumps({"files": "/a.toml", "moment": time.time()}),
        json.dumps({"files": [1], "moment": time.time()}),
        json.dumps({"files": [], "moment": "now"}),
        json.dumps(["/a.toml"]),
        '{"files": [',
        "[" * 60_000,
        '{"files": ["' + "a" * 70_000 + '"], "moment": 1}',
    ],
    ids=["old", "a text", "numbers", "no moment", "a list", "half", "deep", "huge"],
)
def test_what_nobody_can_mean_is_removed(tmp_path: Path, text: str) -> None:
    home = Home(tmp_path)
    folder(home).mkdir()
    (folder(home) / "1.json").write_text(text, "utf-8")
    (folder(home) / "note.txt").touch()
    assert take(home) == []
    assert [path.name for path in folder(home).iterdir()] == ["note.txt"]


def test_a_request_waits_until_it_is_taken(tmp_path: Path) -> None:
    request = hand_over(Home(tmp_path), [])
    other = threading.Timer(0.2, take, [Home(tmp_path)])
    other.start()
    assert was_taken(request, never, patience=PATIENCE) is True
    other.join()


def test_a_request_that_nobody_takes_is_taken_back(tmp_path: Path) -> None:
    request = hand_over(Home(tmp_path), [])
    assert was_taken(request, never, patience=0.2) is False
    assert not request.exists()


def test_when_the_other_window_goes_its_place_is_free(tmp_path: Path) -> None:
    request = hand_over(Home(tmp_path), [])
    assert was_taken(request, lambda: True) is None
    assert not request.exists()


def test_the_bell_rings_for_every_request(qtbot: QtBot, tmp_path: Path) -> None:
    bell = Doorbell(Home(tmp_path))
    heard: list[object] = []
    bell.rung.connect(heard.append)
    hand_over(Home(tmp_path), ["/a.toml"])
    qtbot.waitUntil(lambda: heard == [["/a.toml"]])
    bell.stop()
