"""What an administrator lays down, and what a file that cannot be understood means."""

from pathlib import Path

import pytest

from famgui.base.ordered import Ordered, order_files, read_orders
from famgui.base.wording import Wording


def test_without_files_everything_is_up_to_the_user(tmp_path: Path) -> None:
    assert read_orders([tmp_path / "none.toml"]) == Ordered(update=True, source="")


def test_off_in_one_file_is_off_and_the_first_source_counts(tmp_path: Path) -> None:
    first, second = tmp_path / "policy.toml", tmp_path / "famgui-policy.toml"
    first.write_text('update-source = "//server/share"\n', "utf-8-sig")
    second.write_text('update = false\nupdate-source = "https://elsewhere"\n', "utf-8")
    assert read_orders([first, second]) == Ordered(False, "//server/share", second)
    assert read_orders([second, first]) == Ordered(False, "https://elsewhere", second)
    first.write_text("update = true\n", "utf-8")
    assert not read_orders([second, first]).update


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (b"update = no", "order-no-toml"),
        (b"\xff\xfe", "order-no-toml"),
        (b'update = "false"', "order-update"),
        (b"update = 0", "order-update"),
        (b"update-source = 1", "order-source"),
        (b"updates = false", "order-unknown"),
        (b"# " + b"x" * 70_000, "order-large"),
        (b"a = " + b"[" * 60_000, "order-no-toml"),
    ],
)
def test_a_file_that_cannot_be_understood_turns_updates_off(tmp_path: Path, text: bytes, key: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(text)
    found = read_orders([file])
    assert found.fault is not None and found.fault[0] == key
    assert not found.update
    for language in ("zh", "en"):
        assert str(file) in Wording(language).say("update", key, **dict(found.fault[1]))


def test_a_folder_in_the_files_place_turns_updates_off(tmp_path: Path) -> None:
    found = read_orders([tmp_path])
    assert found.fault is not None and found.fault[0] == "order-unreadable"
    assert not found.update


def test_where_orders_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert order_files() == (Path("/etc/famgui/policy.toml"),)
    (tmp_path / "product.json").touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "famgui"))
    assert order_files() == (Path("/etc/famgui/policy.toml"), tmp_path / "famgui-policy.toml")
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("PROGRAMDATA", "/programdata")
    assert order_files()[0] == Path("/programdata/famgui/policy.toml")
