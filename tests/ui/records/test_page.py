"""The records page driven as a user would: arrows, keys, what is seen, toasts with a way back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from famgui.domain.settlement import Visit
from famgui.files.statement import write_workbook
from famgui.policy.library import Library
from famgui.ui.records.page import RecordsPage
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.ui.widgets.table import SUFFIX
from tests.ui.building import close, desk_of, nameless, sample, shell_of

MAY = "五月三级医院"
DAY = date(2025, 11, 22)


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> Iterator[RecordsPage]:
    shell.desk._today = lambda: DAY
    made = RecordsPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    made.show()
    made.refresh()
    yield made
    qtbot.waitUntil(lambda: shell.desk.ops.pending == 0)
    for toast in toasts(shell):
        toast.leave()
    made.close()


def toasts(shell: Shell) -> list[Toast]:
    return [child for child in shell.toasts._host.children() if isinstance(child, Toast)]


def press(shell: Shell, title: str) -> None:
    """Press an action of the toast that is up."""
    toast = toasts(shell)[-1]
    next(made for made in toast.findChildren(QPushButton) if made.text() == title).click()


def seen(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def buttons(widget: QWidget, text: str) -> list[QPushButton]:
    return [made for made in widget.findChildren(QPushButton) if made.text() == text and made.isVisible()]


def test_arrows_walk_through_the_visits_and_all_is_said(page: RecordsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page._visits.table, Qt.Key.Key_Down)
    qtbot.keyClick(page._visits.table, Qt.Key.Key_Down)
    assert page.vm.chosen == MAY
    said = seen(page._detail)
    for part in ("王芳 · 2025-05-10", "三级医院", "部分退", "228.00", "余 68.90", "检查费", "250.00", "480.00"):
        assert part in said, part
    assert "2025-05-20 · 退一项检查 · 没有写原因" in said
    assert "先退回 共济账户 · 李强：历年 11.10" in said
    assert "随家庭导入" in said, "what came with a case file has no trail of its own"
    asked: list[str] = []
    page.shell.desk.clause_asked.connect(asked.append)
    buttons(page._detail, "HN-03")[0].click()
    assert asked == ["HN-03"]
    assert nameless(page) == []


def test_a_whole_refund_by_keyboard_with_a_way_back(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    page.vm.choose("三月药店")
    shell.commands.run("records.refund")
    reason = page._form._reason
    assert page._right.currentWidget() is page._form and reason.hasFocus()
    assert not shell.commands.action("records.confirm").isEnabled(), "the reason is missing"
    assert "请写明原因" in seen(page._form) and "285.50" in seen(page._form)
    qtbot.keyClicks(reason, "drug recall")
    assert shell.commands.action("records.confirm").isEnabled()
    with qtbot.waitSignal(page.refund.refunded):
        shell.commands.run("records.confirm")
    assert page._right.currentWidget() is page._detail
    assert "已全退" in seen(page._detail) and "drug recall" in seen(page._detail)
    assert not shell.commands.action("records.refund").isEnabled()
    assert "王芳 2025-03-08" in toasts(shell)[-1].accessibleName()
    with qtbot.waitSignal(page.refund.put_back):
        press(shell, "撤销")
    said = toasts(shell)[-1].accessibleName()
    assert said == "已撤销退费（王芳 2025-03-08），按 2025-11-22 重新记录为 v1，各方所付与原来相同。"
    assert page.vm.record is not None and page.vm.record.visit.id == "v1"


def take_back(page: RecordsPage, qtbot: QtBot, handle: str, day: date = DAY, amount: int | None = None) -> None:
    """Refund a visit whole, or an amount of its first item."""
    page.vm.choose(handle)
    page.refund.begin("whole" if amount is None else "items")
    assert page.refund.draft is not None
    amounts = (amount, *page.refund.draft.amounts[1:])
    page.refund.edit(reason="x", day=day, amounts=amounts)
    with qtbot.waitSignal(page.refund.refunded):
        page.refund.confirm()


def test_undo_takes_the_refund_of_the_row_and_a_toast_its_own(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    undo = shell.commands.action("records.undo")
    take_back(page, qtbot, "外公二级医院")
    toast = toasts(shell)[-1]
    page.vm.choose("三月药店")
    assert not undo.isEnabled(), "nothing of it was taken back"
    with qtbot.waitSignal(page.refund.put_back) as done:
        next(made for made in toast.findChildren(QPushButton) if made.text() == "撤销").click()
    assert done.args[1].old.id == "外公二级医院"
    take_back(page, qtbot, "奶奶慢特病")
    take_back(page, qtbot, MAY, amount=100)
    page.vm.choose("奶奶慢特病")
    assert undo.isEnabled()
    with qtbot.waitSignal(page.refund.put_back) as done:
        shell.commands.run("records.undo")
    assert done.args[1].old.id == "奶奶慢特病"


def test_after_a_refund_of_items_the_keys_go_on(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    shell.desk.changed.connect(page.refresh)  # as the frame does, while the command is still at work
    take_back(page, qtbot, MAY, amount=100)
    for name in ("refund", "correct", "undo"):
        assert shell.commands.action(f"records.{name}").isEnabled(), name
    assert page._visits.table.hasFocus()


def test_an_undo_that_gives_something_else_is_offered_and_said(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    take_back(page, qtbot, "一月社区", date(2026, 12, 1))
    page.vm.choose(MAY)
    with qtbot.waitSignal(page.refund.ways_offered):
        press(shell, "撤销")
    assert page.vm.chosen == "一月社区"
    ways, whose = seen(page._ways), page.vm.record
    assert whose is not None and "不能原样撤销" in ways and f"{whose.visit.date} 重新记录" not in ways
    assert f"{shell.desk.names[whose.visit.patient]} 2025-01-14" in ways and "不能再按 2025-01-14 记录" in ways
    with qtbot.waitSignal(page.refund.put_back):
        buttons(page._ways, "按 2026-12-01 重新记录")[0].click()
    said = toasts(shell)[-1].accessibleName()
    assert "各方所付与原来不同" in said and "相同" not in said


def test_a_year_later_the_visit_keeps_the_year_to_date_it_had(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    take_back(page, qtbot, MAY, date(2026, 11, 22))
    with qtbot.waitSignal(page.refund.put_back):
        press(shell, "撤销")
    assert page.vm.record is not None and page.vm.record.shown.pool == 22_800
    assert toasts(shell)[-1].accessibleName() == (
        "已撤销退费（王芳 2025-05-10），日期 2026-11-22，按 2025-05-10 的年度累计重新记录为 v1，"
        "各方所付与原来相同。 计入 2026 年度累计。"
    )


def test_a_row_taken_back_whole_shows_nothing_left_and_what_it_was(page: RecordsPage, qtbot: QtBot) -> None:
    take_back(page, qtbot, "外公二级医院")
    model = page._visits.model
    at = next(number for number, row in enumerate(model.rows) if row.handle == "外公二级医院")
    assert [model.index(at, column).data() for column in range(3, 9)] == ["已全退", *["0.00"] * 5]
    assert "原 1,200.00" in model.index(at, 2).data(SUFFIX)
    at = next(number for number, row in enumerate(model.rows) if row.handle == MAY)
    assert "原 680.00" in model.index(at, 2).data(SUFFIX), "a part refund says so too"
    (found,) = page._visits._listings()
    assert all(len(row) == len(found.columns) for row in (*found.rows, *found.sums))


def test_items_are_refunded_with_enter_alone(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    page.vm.choose(MAY)
    shell.commands.run("records.refund")
    page._form._form._buttons["items"].click()
    first, second, third = page._form._edits
    assert first.hasFocus()
    qtbot.keyClicks(first, "100")
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus() and "60.00" in seen(page._form), "the pool gets 60 % of it back"
    qtbot.keyClicks(second, "1.234")
    assert "不是金额" in seen(page._form) and second.property("bad") == "true"
    second.clear()
    second.changed.emit()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    buttons(page._form, "全退")[2].click()
    assert third.fen == 3_000
    qtbot.keyClick(third, Qt.Key.Key_Return)
    assert page._form._reason.hasFocus()
    buttons(page._form, "项目未做")[0].click()
    with qtbot.waitSignal(page.refund.refunded):
        shell.commands.run("records.confirm")
    record = page.vm.record
    assert record is not None
    assert [(item.name, item.amount) for item in record.bill] == [("检查费", 15_000), ("乙类药", 20_000)]
    assert record.refunds[-1].event.reason == "项目未做"  # type: ignore[union-attr]


def test_escape_forgets_the_refund(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    shell.commands.run("records.refund")
    qtbot.keyClicks(page._form._reason, "x")
    shell.commands.run("records.drop")
    assert page._right.currentWidget() is page._detail and page._visits.table.hasFocus()
    assert not shell.commands.action("records.drop").isEnabled()
    page.refund.begin("whole")
    assert page._form._reason.text() == ""
    qtbot.keyClick(page._visits.table, Qt.Key.Key_Down)
    assert page._right.currentWidget() is page._detail, "another visit, another refund"


def test_a_correction_brings_the_bill_to_the_calculator(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    page.vm.choose("外公二级医院")
    shell.commands.run("records.correct")
    assert "退回并更正" in page._form._button.text()
    assert not page._form._day_field.isVisible()
    qtbot.keyClicks(page._form._reason, "typo")
    pages: list[str] = []
    shell.desk.page_asked.connect(pages.append)
    with qtbot.waitSignal(shell.desk.visit_taken) as taken:
        shell.commands.run("records.confirm")
    visit = taken.args[0]
    assert isinstance(visit, Visit) and visit.date == date(2025, 10, 11)
    assert [(item.name, item.amount) for item in visit.items] == [("检查费", 120_000)]
    assert pages == ["settlement"]
    assert "原费用在计算页" in toasts(shell)[-1].accessibleName()


def test_a_refund_after_the_year_has_turned_says_so(page: RecordsPage, shell: Shell) -> None:
    page.vm.choose("外公二级医院")
    shell.commands.run("records.refund")
    assert "跨年" not in seen(page._form)
    page.refund.edit(day=date(2026, 1, 2))
    assert "记入历年结余" in seen(page._form)
    page.refund.edit(day=date(2025, 1, 1))
    assert "就诊“外公二级医院”在退费之后才发生" in seen(page._form)


def test_filters_and_their_empty_state(page: RecordsPage, shell: Shell, qtbot: QtBot) -> None:
    shell.commands.run("records.find")
    assert page._visits.text.hasFocus()
    qtbot.keyClicks(page._visits.text, "zzz")
    assert "没有符合条件的结算" in seen(page) and "0 笔" in seen(page)
    buttons(page, "全部显示")[0].click()
    assert page._visits.text.text() == "" and len(page._visits.model.rows) == 5
    page._visits.person.setCurrentIndex(page._visits.person.findData("wang"))
    page._visits.person.picked.emit("wang")
    assert [row.handle for row in page._visits.model.rows] == [MAY, "三月药店"]


def test_columns_sort_by_value_and_the_choice_follows(page: RecordsPage) -> None:
    page._visits.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    totals = [row.total for row in page._visits.model.rows]
    assert totals == sorted(totals)
    at = page._visits.table.currentIndex().row()
    assert page._visits.model.rows[at].handle == page.vm.chosen


def test_what_is_shown_leaves_as_a_table_with_its_sums(page: RecordsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.vm.look_for(person="wang")
    (found,) = page._visits._listings()
    assert [row[0] for row in found.rows] == [MAY, "三月药店"]
    assert found.sums[0][-5:] == (92_350, 22_800, 53_750, 0, 15_800)
    assert all(sum(row[-4:]) == row[-5] for row in (*found.rows, *found.sums))  # type: ignore[arg-type]
    write_workbook([found], tmp_path / "records.xlsx")
    values = CalamineWorkbook.from_path(str(tmp_path / "records.xlsx")).get_sheet_by_index(0).to_python()
    assert any(480 in row and "部分退" in row for row in values)


def test_the_sheet_is_of_what_stands(page: RecordsPage) -> None:
    page.vm.choose(MAY)
    sheet = page.sheet()
    assert sheet is not None
    facts = dict(sheet.facts)
    assert facts["状态"] == "部分退 2025-05-20" and facts["证件号码"] == "430•••••••••••0029"
    rows = [cell for block in sheet.blocks for row in block.rows for cell in row]
    assert "480.00" in rows and "肆佰捌拾元整" in rows and "680.00" not in rows
    assert sheet.file_name == f"结算单-2025-05-10-{MAY}"


def test_an_empty_book_leads_to_the_calculator(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None
) -> None:
    desk = desk_of(tmp_path, library, [replace(sample(), events=())])
    host = QWidget()
    qtbot.addWidget(host)
    page = RecordsPage(shell_of(desk, qapp, host))
    qtbot.addWidget(page)
    page.show()
    asked: list[str] = []
    desk.page_asked.connect(asked.append)
    assert "还没有记录" in seen(page)
    next(made for made in page._stack.currentWidget().findChildren(QPushButton)).click()
    assert asked == ["settlement"]
    assert not page.shell.commands.action("records.print").isEnabled()
    page.close()
    close(desk)
