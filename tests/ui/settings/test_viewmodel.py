"""What the settings page tells, without a window."""

from pathlib import Path

import pytest

from famgui.base.paths import resources
from famgui.policy.library import Library
from famgui.ui.settings.viewmodel import SettingsVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.settings import LANGUAGE, SCALE, THEME, Settings
from tests.policy.packs import GOOD, user
from tests.ui.building import close, desk_of


def settings(folder: Path) -> Settings:
    return Settings(folder / "settings.ini")


def test_every_value_of_the_looks_settings_is_offered(desk: Desk, tmp_path: Path) -> None:
    vm = SettingsVM(desk, settings(tmp_path))
    offered = {option: tuple(value for value, _ in entries) for option, _, entries in vm.looks}
    assert offered == {option: option.choices for option in (THEME, LANGUAGE, SCALE)}


def test_a_value_kept_is_there_at_the_next_start(desk: Desk, tmp_path: Path) -> None:
    vm = SettingsVM(desk, settings(tmp_path))
    assert vm.value(THEME) == "system"
    vm.keep(THEME, "dark")
    assert SettingsVM(desk, settings(tmp_path)).value(THEME) == "dark"


def test_packs_with_place_version_and_day(desk: Desk, tmp_path: Path) -> None:
    rows = {row.place: row for row in SettingsVM(desk, settings(tmp_path)).packs}
    assert len(rows) == len(desk.library.packs)
    assert (rows["株洲市 · 430200"].checked_on, rows["株洲市 · 430200"].state) == ("2026-11-22", "使用中")


def test_folders(desk: Desk, tmp_path: Path) -> None:
    vm = SettingsVM(desk, settings(tmp_path))
    assert (vm.folder, vm.pack_folder) == (str(tmp_path), str(tmp_path / "policies"))


def test_a_broken_pack_is_told_with_file_line_and_what_stands_in(zh: None, tmp_path: Path) -> None:
    folders, cache = [resources() / "policies", tmp_path / "policies"], tmp_path / "cache"
    path = user(tmp_path / "policies")
    Library(folders, cache)
    path.write_text(
        GOOD.replace('value = "500.00"\nclause = "T-01"\nbeside', 'value = 5\nclause = "T-01"\nbeside'), "utf-8"
    )
    desk = desk_of(tmp_path, Library(folders, cache), [])
    try:
        vm = SettingsVM(desk, settings(tmp_path))
        assert [row.state for row in vm.packs if row.place.endswith("810000")] == ["! 用上一个好的版本"]
        assert vm.faults
        assert all(fault.startswith(f"{path}:") and "\n" not in fault for fault in vm.faults)
    finally:
        close(desk)


def test_a_portable_program_says_that_its_data_goes_with_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [text[:9] for text in SettingsVM(desk, settings(tmp_path)).about_data] == ["数据只存在这台电脑"]
    for name in ("product.json", "portable.txt"):
        (tmp_path / name).touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "famgui"))
    stick = desk_of(tmp_path / "data", desk.library, [])
    try:
        told = SettingsVM(stick, settings(tmp_path)).about_data
    finally:
        close(stick)
    assert [text[:3] for text in told] == ["便携版", "除非您"]
