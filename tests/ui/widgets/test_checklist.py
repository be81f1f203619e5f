"""The checklist's panel and window: ticks that are kept, what is copied, what is said where no steps are known."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.household import Premium
from famgui.policy.library import Library
from famgui.ui.checklist import show_checklist
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.checklist import ChecklistPanel
from famgui.usecase.checklist import premium_event
from tests.domain.building import employee, household, money, resident, row
from tests.ui.building import close, desk_of, nameless, shell_of

NUMBER = "43020319550303002X"


def family(place: str = "430200"):
    return household(
        employee("li", place, name="李强"),
        employee("wang", place, name="王芳", phone="13800000002"),
        resident("zhou", place, name="周秀英", id_number=NUMBER),
        accounts={"li": money("1000.00")},
        rows=[row("li", "wang"), row("li", "zhou", "parent", ends=date(2026, 12, 31))],
        events=[Premium("p1", date(2025, 10, 20), "li", "resident-2026", ("zhou",))],
        place=place,
    )


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    made = desk_of(tmp_path, library, [family()])
    yield made
    close(made)


def boxes(panel: QWidget) -> list[QCheckBox]:
    return [box for box in panel.findChildren(QCheckBox) if not box.isHidden()]


def said(panel: QWidget) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel) if not label.isHidden()]


def made(qtbot: QtBot, shell: Shell, deed: str, *owners: int) -> ChecklistPanel:
    panel = ChecklistPanel(shell, deed, owners)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.resize(900, 560)
    panel.show()
    return panel


def test_steps_are_ticked_off_and_stay_so(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 1)
    assert [box.isChecked() for box in boxes(panel)] == [False] * 6
    assert "已办 0 / 6 步" in said(panel)
    assert any("不会替您办理" in text for text in said(panel))
    assert nameless(panel) == []
    with qtbot.waitSignal(shell.desk.ops.changed) as changed:
        qtbot.mouseClick(boxes(panel)[1], Qt.MouseButton.LeftButton)
    assert changed.args[0].bindings == {1}
    assert "已办 1 / 6 步" in said(panel)
    again = made(qtbot, shell, "bind", 1)
    assert [box.isChecked() for box in boxes(again)] == [False, True, False, False, False, False]
    with qtbot.waitSignal(shell.desk.ops.changed):
        qtbot.keyClick(boxes(again)[1], Qt.Key.Key_Space)
    assert "已办 0 / 6 步" in said(again)


def test_a_click_on_the_words_ticks_the_box(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 1)
    words = next(label for label in panel.findChildren(QLabel) if label.text().startswith("2. "))
    with qtbot.waitSignal(shell.desk.ops.changed):
        qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
    assert boxes(panel)[1].isChecked()


def test_all_done_is_told(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "unbind", 2)
    with qtbot.waitSignal(panel.completed) as completed:
        for box in boxes(panel):
            box.click()
    assert completed.args == [2]
    assert any(text.startswith("✓ 全部步骤已于 ") for text in said(panel))


def test_what_has_to_be_typed_is_copied_whole_and_seen_masked(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 2)
    copies = {button.accessibleName(): button for button in panel.findChildren(QPushButton) if "复制" in button.text()}
    assert set(copies) == {f"复制周秀英的{what}" for what in ("姓名", "证件号码", "关系", "开始", "结束")}
    assert not any(NUMBER in text for text in said(panel)) and "430•••••••••••002X" in said(panel)
    for name, text in (("证件号码", NUMBER), ("关系", "父母"), ("结束", "2026-12-31")):
        qtbot.mouseClick(copies[f"复制周秀英的{name}"], Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == text
    assert [name for name, button in copies.items() if button.text() == "✓ 已复制"] == ["复制周秀英的结束"]
    assert "账本里没有" in said(panel), "the phone that the place asks for"


def test_several_bindings_are_gone_through_one_by_one(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 1, 2)
    with qtbot.waitSignal(shell.desk.ops.changed):
        boxes(panel)[0].click()
    assert panel.vm.entries == ((0, "李强 → 王芳 · 1 / 6"), (1, "李强 → 周秀英 · 0 / 6"))
    panel.vm.choose(1)
    qtbot.waitUntil(lambda: len(boxes(panel)) == 6)
    assert not boxes(panel)[0].isChecked() and "周秀英" in said(panel)


def test_the_first_step_that_is_not_done_takes_the_focus(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 1)
    with qtbot.waitSignal(shell.desk.ops.changed):
        boxes(panel)[0].click()
    panel.take_focus()
    assert panel.focusWidget() is boxes(panel)[1]


def test_a_tick_that_could_not_be_written_is_taken_back(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 1)
    assert shell.desk.book is not None
    with closing(sqlite3.connect(shell.desk.book.path)) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON tick BEGIN SELECT RAISE(FAIL, 'disk is full'); END")
        with qtbot.waitSignals([shell.desk.ops.crashed, panel.vm.changed]):
            boxes(panel)[0].click()
    assert not boxes(panel)[0].isChecked()


def test_the_windows_premium_checklist(shell: Shell, qtbot: QtBot) -> None:
    desk = shell.desk
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    assert desk.book is not None and desk.live is not None
    event = premium_event(desk.book, desk.live, "p1")
    assert event is not None
    dialog = show_checklist(shell, "premium", (event,), host)
    qtbot.waitExposed(dialog)
    assert dialog.windowTitle() == "在官方平台上代缴保费"
    assert any("个账代缴城乡居民" in text for text in said(dialog)) and "400.00" in said(dialog)
    chips = [button for button in dialog.findChildren(QPushButton) if button.text() == "HN-27"]
    with qtbot.waitSignal(desk.clause_asked) as asked:
        chips[0].click()
    assert asked.args == ["HN-27"] and not dialog.isVisible(), "the reader is not behind a window"


def test_where_no_steps_are_known_the_way_is_pointed_out(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None
) -> None:
    tianjin = "120000"
    home = household(employee("li", tianjin), employee("wang", tianjin), rows=[row("li", "wang")], place=tianjin)
    desk = desk_of(tmp_path, library, [home])
    host = QWidget()
    qtbot.addWidget(host)
    panel = made(qtbot, shell_of(desk, qapp, host), "bind", 1)
    assert boxes(panel) == []
    assert any("没有平台办理步骤" in text for text in said(panel)) and any("津医保" in text for text in said(panel))
    panel.close()
    close(desk)


def test_a_record_of_another_household_is_told(shell: Shell, qtbot: QtBot) -> None:
    panel = made(qtbot, shell, "bind", 99)
    assert boxes(panel) == [] and "当前家庭里没有这条记录。" in said(panel)
