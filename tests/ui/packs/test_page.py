"""The rule packs page under a virtual screen: table, preview, faults, keys, drop, status line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from famgui.ui.packs.page import PacksPage
from famgui.ui.shell.page import Shell
from famgui.ui.shell.settings import STALE_DAYS
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program
from famgui.ui.widgets.table import Table
from tests.ui.building import nameless
from tests.ui.packs.building import PACK, Packs, done


@pytest.fixture
def packs(tmp_path: Path, shell: Shell) -> Packs:
    (tmp_path / "packs").mkdir()
    return Packs(tmp_path / "packs", shell.desk)


@pytest.fixture
def page(packs: Packs, shell: Shell, qtbot: QtBot) -> PacksPage:
    made = PacksPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


def seen(page: PacksPage) -> list[str]:
    QApplication.processEvents()  # what was just put into a layout comes up then
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def pressed(page: PacksPage, text: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.isVisible() and made.text().startswith(text)]
    return found


def toast(shell: Shell) -> Toast:
    (found,) = [child for child in shell.toasts._host.children() if isinstance(child, Toast) and not child.isHidden()]
    return found


def test_the_pack_at_hand_is_told_in_full(page: PacksPage) -> None:
    texts = seen(page)
    for said in ("4 个规则包", "株洲市", "430200", "随程序提供"):
        assert said in texts
    assert not pressed(page, "移除规则包").isEnabled()
    assert not any("天前" in text for text in texts)
    assert pressed(page, "导出规则包").isEnabled()


def test_a_file_is_shown_as_a_difference_taken_by_key_and_undone(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring()))
    texts = seen(page)
    assert "! 没有签名：无法确认是谁写的，请自行核对来源" in texts
    assert "2 处不同" in texts
    assert not [made for made in page.findChildren(QPushButton) if made.isVisible() and "导入规则包" in made.text()]
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.vm.state == "list")
    assert "湘潭市" in seen(page)
    assert pressed(page, "移除规则包").isEnabled()
    made = toast(page.shell)
    assert made.accessibleName() == "已导入 湘潭市"
    (undo,) = made.findChildren(QPushButton)
    done(qtbot, page.vm, undo.click)
    assert [line.place for line in page.vm.lines if line.own] == []
    toast(page.shell).leave()


def test_the_keyboard_stays_on_the_page_and_takes_an_import_back(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    page._find.setFocus()
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring()))
    assert page.focusWidget() is page._preview._table
    take = pressed(page, "采用")
    take.setFocus()
    done(qtbot, page.vm, take.click)
    assert page.window().focusWidget() is page._table
    remove = pressed(page, "移除规则包")
    remove.setFocus()
    done(qtbot, page.vm, remove.click)
    assert page.window().focusWidget() is page._table
    for own in (["430300"], []):
        page.activateWindow()
        qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: page.vm.state == "list" and page.vm._desk.ops.pending == 0)
        assert [line.place for line in page.vm.lines if line.own] == own
    assert not page.shell.commands.action("packs.undo").isEnabled()
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring("a = ", "a.toml")))
    assert page.window().focusWidget() is pressed(page, "返回列表")
    toast(page.shell).leave()


def test_the_card_follows_what_is_seen(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring()))
    done(qtbot, page.vm, page.vm.take)
    page._find.setText("zhuzhou")
    assert "湘潭市" not in seen(page) and "在左边选一个规则包，在这里看它的来历。" in seen(page)
    for text in ("移除规则包", "导出规则包"):
        assert not pressed(page, text).isEnabled()
    qtbot.keyClick(page._find, Qt.Key.Key_Return)
    assert "株洲市" in seen(page) and page.window().focusWidget() is page._table
    assert not pressed(page, "移除规则包").isEnabled()
    toast(page.shell).leave()


def test_the_pack_at_hand_is_in_sight(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    for number in range(20):
        text = PACK.replace("430300", f"9901{number:02}").replace("XT-01", f"XT-{number:02}")
        packs.own.mkdir(exist_ok=True)
        (packs.own / f"{number:02}.toml").write_text(text, "utf-8")
    packs.renew()
    page.refresh()
    page._table.go_to(0)
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring(PACK.replace("430300", "999999").replace("XT", "QQ"))))
    done(qtbot, page.vm, page.vm.take)
    table = page._table
    assert page.vm.line is not None and page.vm.line.place == "999999"
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    page.resize(1198, 560)
    QApplication.processEvents()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    toast(page.shell).leave()


def test_escape_leaves_a_file_alone(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring()))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.vm.state == "list"
    assert not packs.own.exists()


def test_faults_are_told_with_file_line_and_key(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring(PACK.replace('"A"', '"Z"'), "坏.toml")))
    texts = seen(page)
    assert "✗ 不能导入 坏.toml：1 处错误" in texts
    assert "坏.toml:10: clause[0].grade: “Z”不是可用的值；可用：A | B | C | D | S | K" in texts
    pressed(page, "返回列表").click()
    assert page.vm.state == "list"


def test_texts_of_packs_are_never_markup(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    long = "<b>甲</b><img src='x'>" + "长" * 200
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring(PACK.replace("<b>甲</b>", long), "a&lt;b.toml")))
    assert any("网页标记" in text for text in seen(page))
    assert {label.textFormat() for label in page.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    (table,) = [found for found in page.findChildren(Table) if found.isVisible()]
    place = table.visualRect(table.model().index(1, 3)).center()

    def told() -> bool:
        """Asked again until it is there: a tooltip on its way out takes a new one along."""
        where = table.viewport().mapToGlobal(place)
        QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, where))
        return "&lt;img src=" in QToolTip.text()

    qtbot.waitUntil(told)
    assert "<img" not in QToolTip.text()
    QToolTip.hideText()
    done(qtbot, page.vm, page.vm.take)
    assert {label.textFormat() for label in toast(page.shell).findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    toast(page.shell).leave()


def test_dialogs_suggest_names_of_ours(
    page: PacksPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.append(str(given[2]))
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "mine.toml"), ""))
    for name in ("packs.export", "packs.template", "packs.import"):
        done(qtbot, page.vm, lambda name=name: page.shell.commands.run(name))  # type: ignore[misc]
    assert asked == ["430200.toml", "430200.toml"]
    assert page.vm.state == "preview"
    toast(page.shell).leave()


def test_more_to_look_at_than_there_is_room_for_is_counted(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    early = "".join(
        f'[[value]]\nkey = "pool.cap.{key}"\nvalue = "1.00"\nclause = "XT-01"\nfrom = 2020-01-01\n'
        for key in ("visit", "year", "cost")
    )
    text = PACK.replace("[[value]]", 'from = 2026-01-01\nunit = "<i>"\nvalue = "<i>"\nnote = "<i>"\n[[value]]', 1)
    path = packs.bring(text + early)
    done(qtbot, page.vm, lambda: page.vm.open(path))
    said = [text for text in seen(page) if text.startswith("! ")]
    assert len(said) == 7 and said[-1] == "! 另有 3 处要留意：用 famgui pack check 可以全部列出"
    assert any("比依据的条款 XT-01（2026-01-01 起）早" in text for text in said)


def test_a_file_can_be_dropped(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    data, both, other = QMimeData(), QMimeData(), QMimeData()
    path = QUrl.fromLocalFile(str(packs.bring()))
    data.setUrls([path])
    both.setUrls([path, path])
    other.setUrls([QUrl("https://example.org/a.toml")])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for carried, taken in ((data, True), (both, False), (other, False)):
        enter = QDragEnterEvent(QPoint(5, 5), copy, carried, left, none)
        enter.setAccepted(False)
        page.dragEnterEvent(enter)
        assert enter.isAccepted() is taken
    done(qtbot, page.vm, lambda: page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none)))
    assert page.vm.state == "preview"


def test_finding_and_filtering(page: PacksPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.shell.commands.run("packs.find")
    qtbot.keyClicks(page._find, "zhuzhou")
    assert [line.place for line in page._rows.rows] == ["430200"]
    qtbot.keyClicks(page._find, "x")
    pressed(page, "显示全部").click()
    assert len(page._rows.rows) == 4
    page._table.go_to(0)
    assert "全国" in seen(page)


def test_every_widget_has_a_name(page: PacksPage, packs: Packs, qtbot: QtBot) -> None:
    assert nameless(page) == []
    done(qtbot, page.vm, lambda: page.vm.open(packs.bring()))
    assert nameless(page) == []


def test_the_status_line_says_how_many_are_stale(program: Callable[[], Program], qtbot: QtBot) -> None:
    opened = program()
    status = opened.window.status
    count = len(opened.desk.library.packs)
    assert not status._stale.isVisible()
    assert "规则包核对于 2026-11-22" in status._facts.text()
    opened.desk._today = lambda: date(2027, 6, 1)
    opened.desk.changed.emit()
    assert status._stale.text() == f"! {count} 个规则包超过 180 天没核对"
    assert "! 规则包核对于 2026-11-22，已过 191 天" in status._facts.text()
    opened.settings.set(STALE_DAYS, "365")
    assert not status._stale.isVisible()
    opened.settings.set(STALE_DAYS, "90")
    assert status._stale.text() == f"! {count} 个规则包超过 90 天没核对"
    status._stale.click()
    assert opened.window.stack.currentWidget() is opened.pages["packs"]
