"""The batch page under a virtual screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.batch.page import BatchPage
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.ui.widgets.table import Table
from tests.ui.batch.building import BAD, own_people, sample_workbook, wait
from tests.ui.building import nameless


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> BatchPage:
    made = BatchPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opened(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> BatchPage:
    """The page with the sample family's bills tried."""
    wait(qtbot, page.vm, lambda: page.vm.open(sample_workbook(tmp_path)))
    return page


def seen(page: BatchPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def buttons(page: BatchPage) -> dict[str, QPushButton]:
    return {made.text(): made for made in page.findChildren(QPushButton) if made.isVisible()}


def picked(monkeypatch: pytest.MonkeyPatch, name: str, path: Path) -> None:
    """The next file dialog gives this path."""
    monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_: (str(path), "")))


def test_at_first_the_way_in(page: BatchPage) -> None:
    assert list(buttons(page)) == ["保存模板", "打开工作簿  Ctrl+Shift+O"]
    assert "把费用工作簿拖到这里，或打开一个" in seen(page)
    assert nameless(page) == []


def test_after_the_template_comes_the_workbook(
    page: BatchPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "✓" not in seen(page)
    picked(monkeypatch, "getSaveFileName", tmp_path / "mine")
    buttons(page)["保存模板"].click()
    qtbot.waitUntil(lambda: (tmp_path / "mine.xlsx").exists() and "✓" in seen(page))


def test_a_workbook_is_opened_by_key(
    page: BatchPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked(monkeypatch, "getOpenFileName", sample_workbook(tmp_path))
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.vm.state == "done")
    shown = seen(page)
    assert {"sample.xlsx", "试算，未记账", "648.00", "3", "2"} <= set(shown)
    assert {"记录 3 张单据  Ctrl+Enter", "打开工作簿", "保存结果", "保存有误行"} <= set(buttons(page))
    assert nameless(page) == []


def test_bills_and_what_they_rest_on(opened: BatchPage, qtbot: QtBot) -> None:
    table = opened.tables.bill_table
    assert isinstance(table, Table) and table.isVisible()
    model = table.model()
    assert model.rowCount() == 3
    assert [model.index(0, column).data() for column in range(5)] == ["N1", "王芳", "2026-01-10", "门诊", "500.00"]
    assert model.index(0, 4).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    asked: list[str] = []
    opened.shell.desk.clause_asked.connect(asked.append)
    qtbot.waitUntil(lambda: "HN-03" in buttons(opened))
    buttons(opened)["HN-03"].click()
    assert asked == ["HN-03"]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.current.result.bill.number == "N2"


def test_problems_and_remarks_have_tables_of_their_own(opened: BatchPage) -> None:
    shown = buttons(opened)
    assert {"单据 3", "有提示 2", "问题 2"} <= set(shown)
    shown["问题 2"].click()
    model = opened.tables.problem_table.model()
    assert opened.tables.problem_table.isVisible() and not opened.tables.bill_table.isVisible()
    assert [model.index(1, column).data() for column in range(4)] == ["✗", "费用", "6", "金额"]
    shown["有提示 2"].click()
    assert [row.result.bill.number for row in opened.tables.bill_table.model().rows] == ["N1", "N3"]


def test_recording_by_key_and_taking_back_by_the_toast(opened: BatchPage, shell: Shell, qtbot: QtBot) -> None:
    wait(qtbot, opened.vm, lambda: qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier))
    assert {"已记入账本", "已记入账本：3 张单据。"} <= set(seen(opened))
    assert not buttons(opened)["记录 3 张单据  Ctrl+Enter"].isEnabled()
    toast = next(child for child in shell.toasts._host.children() if isinstance(child, Toast))
    undo = next(made for made in toast.findChildren(QPushButton) if made.text() == "撤销")
    wait(qtbot, opened.vm, undo.click)
    assert opened.vm.state == "empty" and "把费用工作簿拖到这里，或打开一个" in seen(opened)
    for left in [child for child in shell.toasts._host.children() if isinstance(child, Toast)]:
        left.leave()


def test_files_are_saved_beside(
    opened: BatchPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.append(str(given[2]))
        return str(tmp_path / f"out{len(asked)}.xlsx"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(choose))
    shell.commands.run("batch.results")
    shell.commands.run("batch.faulty")
    qtbot.waitUntil(lambda: (tmp_path / "out2.xlsx").exists() and (tmp_path / "out1.xlsx").exists())
    assert asked == ["sample 结果.xlsx", "sample 有误行.xlsx"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    shell.commands.run("batch.results")


def test_a_workbook_is_dropped(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    def drop(make: Callable[..., QDropEvent], path: Path) -> QDropEvent:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        at = QPoint(5, 5) if make is QDragEnterEvent else QPointF(5, 5)
        given = (at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        event = make(*given)
        event.setAccepted(False)
        QApplication.sendEvent(page, event)
        event.kept = mime
        return event

    assert not drop(QDragEnterEvent, tmp_path / "notes.txt").isAccepted()
    path = sample_workbook(tmp_path)
    assert drop(QDragEnterEvent, path).isAccepted()
    wait(qtbot, page.vm, lambda: drop(QDropEvent, path))
    assert page.vm.state == "done"


def test_a_file_that_cannot_be_read(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("no", "utf-8")
    wait(qtbot, page.vm, lambda: page.vm.open(tmp_path / "x.xlsx"))
    assert page.failures.isVisible() and page.failures.text().startswith("✗ x.xlsx: 不是能读的工作簿")
    assert "打开工作簿  Ctrl+Shift+O" in buttons(page)


def test_people_of_the_workbook(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, page.vm, lambda: page.vm.open(own_people(tmp_path)))
    assert not buttons(page)["记录 1 张单据  Ctrl+Enter"].isEnabled()
    assert not page.shell.commands.action("batch.faulty").isEnabled()
    assert any(text.startswith("人员来自工作簿") for text in seen(page))
    buttons(page)["问题 0"].click()
    assert "这个工作簿没有问题。" in seen(page)


def test_a_workbook_of_problems_shows_them_first(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, page.vm, lambda: page.vm.open(sample_workbook(tmp_path, BAD)))
    assert page.tables.problem_table.isVisible() and not buttons(page)["记录 0 张单据  Ctrl+Enter"].isEnabled()
    buttons(page)["单据 0"].click()
    assert "没有一张单据能结算。" in seen(page)


def test_while_it_runs_it_can_be_cancelled(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = sample_workbook(tmp_path)
    page.vm.open(path)
    assert list(buttons(page)) == ["取消"] and "正在试算 sample.xlsx" in seen(page)
    assert not page.shell.commands.action("batch.open").isEnabled()
    page.vm.open(path)
    buttons(page)["取消"].click()
    qtbot.waitUntil(lambda: page.vm.state != "running")


def test_its_keys_meet_nobody_elses(shell: Shell, qtbot: QtBot) -> None:
    for made in (BatchPage(shell), SettlementPage(shell)):
        qtbot.addWidget(made)
    assert shell.commands.action("batch.record").shortcut().toString() == "Ctrl+Return"
