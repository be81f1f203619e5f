"""The settings page under a virtual screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.settings.page import SettingsPage
from famgui.ui.shell.commands import Command
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import COPIES, LANGUAGE, SCALE, THEME, Option
from famgui.ui.widgets.table import Table
from tests.ui.building import nameless


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> SettingsPage:
    owner = QWidget()
    qtbot.addWidget(owner)
    find = shell.commands.add(owner, Command("policy.search", "搜索政策", "Ctrl+F", lambda: None))
    find.setShortcuts([*find.shortcuts(), "/"])
    shell.commands.add(owner, Command("quiet", "没有键的命令", "", lambda: None))
    made = SettingsPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    with qtbot.waitExposed(made):
        made.show()
    return made


def press(page: SettingsPage, qtbot: QtBot, name: str) -> None:
    (found,) = [made for made in page.findChildren(QPushButton) if made.accessibleName() == name]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def table(page: SettingsPage, name: str) -> Table:
    return next(found for found in page.findChildren(Table) if found.accessibleName() == name)


@pytest.mark.parametrize(
    ("name", "option", "value"),
    [("主题 深色", THEME, "dark"), ("语言 English", LANGUAGE, "en"), ("字号 特大", SCALE, "huge")],
)
def test_a_press_applies_at_once(page: SettingsPage, qtbot: QtBot, name: str, option: Option, value: str) -> None:
    with qtbot.waitSignal(page.shell.settings.changed) as told:
        press(page, qtbot, name)
    assert told.args == [option.key]
    assert page.shell.settings.get(option) == value


def test_a_setting_changed_elsewhere_is_shown(page: SettingsPage) -> None:
    page.shell.settings.set(THEME, "light")
    shown = [made.text() for made in page.findChildren(QPushButton) if made.isChecked()]
    assert shown == ["浅色", "跟随系统", "标准", "10"]


def test_where_the_automatic_copies_are_and_how_many(page: SettingsPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert str(tmp_path / "backups") in [shown.text() for shown in page.findChildren(QLabel)]
    press(page, qtbot, "保留份数 20")
    assert page.shell.settings.get(COPIES) == "20"


def test_keys_come_from_the_registry(page: SettingsPage) -> None:
    keys = table(page, "快捷键")
    keys.selectAll()
    assert keys.as_tsv() == "搜索政策\tCtrl+F   /"


def test_commands_registered_later_are_listed_at_the_next_look(page: SettingsPage) -> None:
    page.shell.commands.add(page, Command("late", "后来的命令", "Ctrl+L", lambda: None))
    page.refresh()
    assert table(page, "快捷键").model().rowCount() == 2


def test_packs_and_folder_are_told(page: SettingsPage, tmp_path: Path) -> None:
    assert table(page, "规则包").model().rowCount() == len(page.shell.desk.library.packs)
    paths = [label for label in page.findChildren(QLabel) if label.text() == str(tmp_path)]
    assert [bool(label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse) for label in paths] == [
        True
    ]


def test_every_widget_has_a_name(page: SettingsPage) -> None:
    assert nameless(page) == []
