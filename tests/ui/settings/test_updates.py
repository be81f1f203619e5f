"""Looking for a newer version from the settings page: only at the press of the button, and off where IT says so."""

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

import famgui
from famgui.base.ordered import Ordered
from famgui.ui.settings.updatecard import UpdateCard
from famgui.ui.settings.updates import UpdatesVM
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import UPDATE_SOURCE
from tests.patience import PATIENCE
from tests.ui.building import nameless


def offer(folder: Path, version: str, **more: object) -> str:
    """A folder that offers a version."""
    (folder / "famgui-version.json").write_text(json.dumps({"version": version, **more}), "utf-8")
    return str(folder)


def vm_of(shell: Shell, orders: Ordered | None = None) -> UpdatesVM:
    """The view-model, with nothing ordered unless said."""
    return UpdatesVM(shell.desk, shell.settings, orders or Ordered())


def looked(vm: UpdatesVM, qtbot: QtBot) -> str:
    """What is said once it has been looked for."""
    vm.check()
    qtbot.waitUntil(lambda: not vm.busy)
    return vm.said


def shown(card: UpdateCard) -> list[str]:
    """The texts that can be read on the card."""
    return [label.text() for label in card.findChildren(QLabel) if not label.isHidden() and label.text()]


def test_nothing_is_entered_or_looked_for_at_first(shell: Shell, qtbot: QtBot) -> None:
    vm = vm_of(shell)
    assert (vm.source, vm.off, vm.said, vm.busy) == ("", "", "", False)
    assert "https" in looked(vm, qtbot) and vm.wrong


@pytest.mark.parametrize(
    ("version", "part"), [("99.0.0", "新版本 99.0.0"), ("{mine}", "就是最新版本"), ("0.0.1", "0.0.1 比您用的")]
)
def test_newer_same_or_older(shell: Shell, qtbot: QtBot, tmp_path: Path, version: str, part: str) -> None:
    vm = vm_of(shell)
    vm.keep_source(f" {offer(tmp_path, version.format(mine=famgui.__version__), page='https://example.org/')} ")
    said = looked(vm, qtbot)
    assert part in said and not vm.wrong
    assert vm.page == ("https://example.org/" if version == "99.0.0" else "")
    assert shell.settings.get(UPDATE_SOURCE) == str(tmp_path)


def test_what_cannot_be_read_is_told(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    vm = vm_of(shell)
    vm.keep_source(offer(tmp_path, "soon"))
    assert "soon" in looked(vm, qtbot) and vm.wrong


def test_a_look_that_is_stopped_says_so(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    vm = vm_of(shell)
    vm.keep_source(offer(tmp_path, "99.0.0"))
    go = threading.Event()
    shell.desk.ops.run("before", lambda _: go.wait(PATIENCE))
    vm.check()
    vm.stop()
    go.set()
    qtbot.waitUntil(lambda: not vm.busy)
    assert (vm.said, vm.wrong) == ("已停止，没有读取。", False)


def test_the_administrator_switches_it_off(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    shell.settings.set(UPDATE_SOURCE, offer(tmp_path, "99.0.0"))
    vm = vm_of(shell, Ordered(update=False, file=tmp_path / "policy.toml"))
    card = UpdateCard(vm)
    qtbot.addWidget(card)
    assert looked(vm, qtbot) == ""
    assert f"! 已由管理员关闭（{tmp_path / 'policy.toml'}）" in shown(card)
    assert all(
        button.isHidden() or button.parentWidget().isHidden() or not button.isVisibleTo(card)
        for button in card.findChildren(QPushButton)
    )


def test_a_policy_file_that_cannot_be_understood_keeps_it_off(shell: Shell, tmp_path: Path) -> None:
    fault = ("order-unknown", (("file", str(tmp_path / "policy.toml")), ("key", "updates")))
    vm = vm_of(shell, Ordered(update=False, fault=fault))
    assert "updates" in vm.off and str(tmp_path) in vm.off


def test_the_administrator_says_where_to_look(shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    vm = vm_of(shell, Ordered(source=offer(tmp_path, "99.0.0")))
    card = UpdateCard(vm)
    qtbot.addWidget(card)
    (source,) = card.findChildren(QLineEdit)
    assert source.isReadOnly() and source.text() == str(tmp_path)
    vm.keep_source("/elsewhere")
    assert shell.settings.get(UPDATE_SOURCE) == ""
    assert "99.0.0" in looked(vm, qtbot)


def test_the_card_takes_notes_for_plain_text_and_opens_the_page(
    shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    vm = vm_of(shell)
    card = UpdateCard(vm)
    qtbot.addWidget(card)
    card.show()
    buttons = {button.accessibleName(): button for button in card.findChildren(QPushButton)}
    assert not buttons["打开下载页"].isVisible()
    (source,) = card.findChildren(QLineEdit)
    notes = "<b>粗</b> <a href='https://x'>x</a>"
    source.setText(offer(tmp_path, "99.0.0", notes={"zh": notes}, page="https://example.org/f", date="2026-11-22"))
    qtbot.mouseClick(buttons["检查更新"], Qt.MouseButton.LeftButton)
    assert not buttons["检查更新"].isEnabled()
    qtbot.waitUntil(lambda: not vm.busy)
    assert notes in shown(card) and any("2026-11-22" in text for text in shown(card))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in card.findChildren(QLabel))
    qtbot.mouseClick(buttons["打开下载页"], Qt.MouseButton.LeftButton)
    assert opened == ["https://example.org/f"]
    assert nameless(card) == []
    card.close()
