"""The list's page under a virtual screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from famgui.ui.batch.page import BatchPage
from famgui.ui.roster.page import RosterPage
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from tests.files.rosters import number, text
from tests.ui.building import nameless
from tests.ui.roster.building import GOOD, sample_list, strange_list, wait


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> RosterPage:
    made = RosterPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opened(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> RosterPage:
    """The page with a list tried, two of its rows faulty."""
    wait(qtbot, page.vm, lambda: page.vm.open(sample_list(tmp_path)))
    return page


def seen(page: RosterPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def buttons(page: RosterPage) -> dict[str, QPushButton]:
    return {made.text(): made for made in page.findChildren(QPushButton) if made.isVisible()}


def cells(page: RosterPage, row: int) -> list[str]:
    model = page.tables.table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def leave_toasts(shell: Shell) -> None:
    for left in [child for child in shell.toasts._host.children() if isinstance(child, Toast)]:
        left.leave()


def picked(monkeypatch: pytest.MonkeyPatch, name: str, path: Path, kind: str = "") -> list[str]:
    """The next file dialogs give this path; the names that they suggest."""
    asked: list[str] = []

    def choose(*given: object) -> tuple[str, str]:
        asked.append(str(given[2]))
        return str(path), kind

    monkeypatch.setattr(QFileDialog, name, staticmethod(choose))
    return asked


def test_at_first_the_way_in(page: RosterPage) -> None:
    assert list(buttons(page)) == ["导出 ▾", "保存模板", "打开名单  Ctrl+Shift+O"]
    assert "把名单拖到这里，或打开一个（xlsx 或 CSV）" in seen(page) and "✓" not in seen(page)
    assert nameless(page) == []


def test_after_the_template_comes_the_list(
    page: RosterPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = picked(monkeypatch, "getSaveFileName", tmp_path / "mine")
    buttons(page)["保存模板"].click()
    qtbot.waitUntil(lambda: (tmp_path / "mine.xlsx").exists() and "✓" in seen(page))
    assert asked == ["名单模板.xlsx"]
    leave_toasts(shell)


def test_a_list_is_opened_by_key(
    page: RosterPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picked(monkeypatch, "getOpenFileName", sample_list(tmp_path))
    qtbot.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.vm.state == "done")
    assert {"名单.csv", "试导入，账本未改动", "7", "4", "2", "1"} <= set(seen(page))
    assert {"导入 4 / 7 行  Ctrl+Enter", "列对应", "打开名单", "保存有误行"} <= set(buttons(page))
    assert {"全部 7", "问题 2", "要留意 1", "已在账本 1"} <= set(buttons(page))
    assert nameless(page) == []


def test_problems_come_first_with_their_clause(opened: RosterPage, qtbot: QtBot) -> None:
    assert cells(opened, 0)[:5] == ["✗", "7", "甲八", "乙九", "姻亲"]
    asked: list[str] = []
    opened.shell.desk.clause_asked.connect(asked.append)
    qtbot.waitUntil(lambda: "N-04" in buttons(opened))
    buttons(opened)["N-04"].click()
    assert asked == ["N-04"]
    qtbot.waitUntil(lambda: any(text.startswith("✗ 关系：乙九与授权人的关系不在本地") for text in seen(opened)))
    opened.tables.table.setFocus()
    qtbot.keyClick(opened.tables.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: any(text.startswith("✗ 开始日期：“哪天”不是日期") for text in seen(opened)))
    buttons(opened)["全部 7"].click()
    assert [cells(opened, row)[0] for row in range(7)] == ["✓", "✓", "✓", "!", "·", "✗", "✗"]
    buttons(opened)["要留意 1"].click()
    assert opened.tables.table.model().rowCount() == 1


def test_a_demand_not_confirmed_wears_its_mark(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    row = list(GOOD[0])
    row[6] = None
    wait(qtbot, page.vm, lambda: page.vm.open(sample_list(tmp_path, (row,))))
    qtbot.waitUntil(lambda: "待核" in seen(page) and "S1-14" in buttons(page))


def test_the_rows_are_taken_over_by_key_once_the_others_are_left_out(
    opened: RosterPage, shell: Shell, qtbot: QtBot
) -> None:
    def press() -> None:
        qtbot.keyClick(opened, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    press()
    assert opened.vm.taken is None and not buttons(opened)["导入 4 / 7 行  Ctrl+Enter"].isEnabled()
    box = next(box for box in opened.findChildren(QCheckBox) if box.isVisible())
    assert box.text() == "不导入有误的 2 行"
    box.click()
    assert buttons(opened)["导入 4 / 7 行  Ctrl+Enter"].isEnabled()
    wait(qtbot, opened.vm, press)
    assert "已导入" in seen(opened) and "导入 4 / 7 行  Ctrl+Enter" not in buttons(opened)
    assert not box.isVisible() and buttons(opened)["保存有误行"].isEnabled()
    leave_toasts(shell)


def test_a_list_without_problems_asks_nothing(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, page.vm, lambda: page.vm.open(sample_list(tmp_path, GOOD)))
    assert buttons(page)["导入 4 / 5 行  Ctrl+Enter"].isEnabled() and not page.tables.leave_out.isVisible()
    assert not page.shell.commands.action("roster.faulty").isEnabled()
    buttons(page)["问题 0"].click()
    assert "没有这样的行。" in seen(page)


def test_columns_are_placed_where_headings_differ(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, page.vm, lambda: page.vm.open(strange_list(tmp_path)))
    assert "✗ 还缺：授权人姓名、授权人身份证号" in seen(page)
    again = buttons(page)["试导入"]
    assert not again.isEnabled() and nameless(page) == []
    choices = page.columns.choices
    assert choices["relation"].itemText(8) == "H · 怎么称呼 · 子女"
    assert choices["authorizer.id_number"].itemText(2).startswith("B · 号一 · ****")
    keys = ("authorizer.name", "authorizer.id_number", "authorizer.insurance", "user.name", "user.id_number")
    for place, key in enumerate((*keys, "user.insurance", "user.phone", "relation", "starts", "ends")):
        choices[key].set_value(place)
        choices[key].activated.emit(place + 1)
    assert again.isEnabled() and not any(text.startswith("✗ 还缺") for text in seen(page))
    wait(qtbot, page.vm, again.click)
    assert page.vm.state == "done" and "导入 2 / 2 行  Ctrl+Enter" in buttons(page)
    buttons(page)["列对应"].click()
    assert page.vm.state == "columns" and choices["user.name"].value == 3


def test_the_page_asks_for_no_more_room_than_what_it_shows(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    wait(qtbot, page.vm, lambda: page.vm.open(strange_list(tmp_path)))
    wait(qtbot, page.vm, lambda: page.vm.open(sample_list(tmp_path)))
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_files_are_saved_beside(
    opened: RosterPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = picked(monkeypatch, "getSaveFileName", tmp_path / "out", "CSV 表格 (*.csv)")
    for command in ("roster.faulty", "roster.export", "roster.export-all"):
        (tmp_path / "out.csv").unlink(missing_ok=True)
        shell.commands.run(command)
        qtbot.waitUntil(lambda: (tmp_path / "out.csv").exists())
    assert asked == ["名单 有误行.xlsx", "登记簿.xlsx", "登记簿.xlsx"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    shell.commands.run("roster.faulty")
    qtbot.waitUntil(lambda: shell.desk.ops.pending == 0)
    leave_toasts(shell)


def test_a_list_is_dropped(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    def drop(make: Callable[..., QDropEvent], path: Path) -> QDropEvent:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        at = QPoint(5, 5) if make is QDragEnterEvent else QPointF(5, 5)
        event = make(at, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        event.setAccepted(False)
        QApplication.sendEvent(page, event)
        event.kept = mime
        return event

    assert not drop(QDragEnterEvent, tmp_path / "notes.pdf").isAccepted()
    path = sample_list(tmp_path)
    assert drop(QDragEnterEvent, path).isAccepted()
    wait(qtbot, page.vm, lambda: drop(QDropEvent, path))
    assert page.vm.state == "done"


def test_a_file_that_cannot_be_read(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"")
    wait(qtbot, page.vm, lambda: page.vm.open(tmp_path / "x.csv"))
    assert page.failures.isVisible() and page.failures.text() == "✗ x.csv: 文件里没有内容"
    assert "打开名单  Ctrl+Shift+O" in buttons(page)


def test_while_it_runs_it_can_be_cancelled(page: RosterPage, shell: Shell, qtbot: QtBot, tmp_path: Path) -> None:
    path = sample_list(tmp_path)
    page.vm.open(path)
    assert list(buttons(page)) == ["导出 ▾", "取消"] and "正在试算 名单.csv" in seen(page)
    assert not page.shell.commands.action("roster.open").isEnabled()
    buttons(page)["取消"].click()
    qtbot.waitUntil(lambda: page.vm.state != "running")
    leave_toasts(shell)


def test_its_keys_meet_nobody_elses(shell: Shell, qtbot: QtBot) -> None:
    for made in (RosterPage(shell), BatchPage(shell)):
        qtbot.addWidget(made)
    assert shell.commands.action("roster.take").shortcut().toString() == "Ctrl+Return"


def test_a_tried_list_begins_at_its_rows_and_says_that_it_stays(opened: RosterPage, qtbot: QtBot) -> None:
    assert opened.tables.table.hasFocus() and "导入后不能整批撤销" in seen(opened)


def test_one_value_for_all_rows_where_a_column_is_absent(page: RosterPage, qtbot: QtBot, tmp_path: Path) -> None:
    headings = ("姓名", "身份证号")
    path = text(tmp_path / "名单.csv", [("甲", number(61)), ("乙", number(62))], headings)
    wait(qtbot, page.vm, lambda: page.vm.open(path))
    assert tried_rows(page) == (0, 2)
    page.shell.commands.run("roster.columns")
    choices = page.columns.choices
    for key, said in (
        ("authorizer.insurance", "所有行：在职职工"),
        ("authorizer.insured_place", "所有行：湖南省 · 株洲市"),
    ):
        choice = choices[key]
        choice.setCurrentIndex(choice.findText(said))
        choice.picked.emit(choice.value)
    assert choices["authorizer.insurance"].currentText() == "所有行：在职职工"
    wait(qtbot, page.vm, lambda: buttons(page)["试导入"].click())
    assert tried_rows(page) == (2, 0)
    assert page.vm.rows is not None
    people = [one.household.persons[0] for one in page.vm.rows.plan.foundings]
    assert {(one.insurance, one.status, one.insured_place) for one in people} == {("employee", "active", "430200")}
    page.shell.commands.run("roster.columns")
    assert choices["authorizer.insurance"].currentText() == "所有行：在职职工"
    page.vm.place("authorizer.insurance", -1)
    assert page.vm.fixed == {"authorizer.insured_place": "430200"}
    assert choices["relation"].findText("所有行：") == -1


def tried_rows(page: RosterPage) -> tuple[int, int]:
    """How many rows are good, and how many held back."""
    assert page.vm.rows is not None
    return page.vm.rows.plan.count("new"), page.vm.rows.plan.count("held")
