"""The plan driven as a user would: lines typed by keyboard, inflow, days, views, orders, what is seen."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.plan.draft import Row
from famgui.ui.plan.page import PlanPage
from famgui.ui.plan.rows import FIRST, IN_SCOPE, KIND, LAST, LEVEL, OFTEN, PERSON, SELF_PAID
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.fields import Choice
from tests.domain.building import item, visit
from tests.ui.building import nameless, shell_of

NEXT = date(2025, 10, 21)


def opened(shell: Shell, qtbot: QtBot) -> PlanPage:
    page = PlanPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 620)
    page.show()
    page.refresh()
    page.vm.edit(start=NEXT)
    return page


def done(page: PlanPage, qtbot: QtBot) -> None:
    page.leave()
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)
    page.close()


def texts(page: PlanPage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def editor_of(page: PlanPage) -> QWidget:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    open_ones = [w for w in page._table.viewport().children() if isinstance(w, QLineEdit | Choice) and w.isVisible()]
    (editor,) = open_ones
    return editor


def typed(qtbot: QtBot, page: PlanPage, text: str) -> None:
    editor = editor_of(page)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_visit_is_typed_by_keyboard_alone(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    qtbot.keyClick(page._table, Qt.Key.Key_Return)
    line = ("5", "", "4", "600", "50", "2", "11-10", "")
    for text in line:  # 李小明, the kind as it is, tertiary, both amounts, every month, from, no last day
        typed(qtbot, page, text)
    assert page.vm.draft.rows == (
        Row("ming", "outpatient", "tertiary", 60_000, 5_000, "month-1", date(2025, 11, 10), None),
    )
    assert (page._table.currentIndex().row(), page._table.currentIndex().column()) == (1, PERSON)
    assert "各账户够用到 2025-12-31" in texts(page)
    done(page, qtbot)


def test_cells_that_say_nothing_are_passed_over(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(rows=(Row("ming", "pharmacy", "tertiary", 100, None, "once", NEXT),))
    rows = page._rows
    assert [rows.editable(0, column) for column in (KIND, LEVEL, LAST)] == [True, False, False]
    assert [rows.index(0, column).data() for column in (LEVEL, LAST, SELF_PAID)] == ["—", "—", ""]
    page._table.setCurrentIndex(rows.index(0, KIND))
    page._table.go_on()
    assert page._table.currentIndex().column() == IN_SCOPE
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Escape)
    done(page, qtbot)


def test_what_cannot_be_read_stays_open_and_says_so(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(rows=(Row("ming", in_scope=100, first=NEXT),))
    for column, bad, good in ((FIRST, "13-1", "11-1"), (IN_SCOPE, "1.234", "12.34")):
        page._table.setCurrentIndex(page._rows.index(0, column))
        page._table.edit(page._table.currentIndex())
        typed(qtbot, page, bad)
        editor = editor_of(page)
        assert isinstance(editor, QLineEdit) and editor.property("bad") == "true" and editor.accessibleDescription()
        QToolTip.hideText()
        editor.selectAll()
        typed(qtbot, page, good)
        qtbot.keyClick(editor_of(page), Qt.Key.Key_Escape)
    assert (page.vm.draft.rows[0].first, page.vm.draft.rows[0].in_scope) == (date(2025, 11, 1), 1_234)
    done(page, qtbot)


def test_lines_go_and_bills_come(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    assert not page._like.isEnabled()
    shell.desk.show_visit(visit("wang", item("100.00"), item("58.00", category="health-food")))
    page._like.click()
    assert page._rows.index(0, KIND).data() == "账单 · 普通门诊" and not page._rows.editable(0, IN_SCOPE)
    assert page._rows.editable(0, OFTEN)
    page._table.setCurrentIndex(page._rows.index(0, OFTEN))
    qtbot.keyClick(page._table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert page.vm.draft.rows == () and not page._remove.isEnabled()
    page._table.remove_line()
    assert page.vm.draft.rows == ()
    done(page, qtbot)


def test_inflow_is_typed_over(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    edit = page._money["li"]
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "120.5")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert dict(page.vm.draft.inflow) == {"li": 12_050}
    edit.selectAll()
    qtbot.keyClicks(edit, "many")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert dict(page.vm.draft.inflow) == {"li": 12_050} and edit.text() == "many" and page.vm.unread
    edit.selectAll()
    qtbot.keyClicks(edit, "120.50")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert dict(page.vm.draft.inflow) == {"li": 12_050} and not page.vm.unread
    page._inflow_day.picked.emit(18)
    assert page.vm.inflow_day == 18
    done(page, qtbot)


def test_a_start_before_what_is_recorded_says_so(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page._start.set_day(date(2025, 5, 1))
    assert page._start_field.problem == "✗ 已记录到 2025-10-20，从 2025-10-21 起预测。"
    assert page._start.day == date(2025, 5, 1)
    page._start.set_day(date(2025, 11, 1))
    assert page._start_field.problem == "" and page.vm.horizon.start == date(2025, 11, 1)
    page._until.picked.emit(True)
    assert page.vm.horizon.end == date(2026, 12, 31)
    done(page, qtbot)


def test_views_and_orders(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    ahead = page._ahead
    assert not ahead.isVisible()
    page.vm.edit(rows=(Row("ming", in_scope=430_000, often="once", first=date(2025, 11, 1)),) * 2)
    assert ahead.isVisible() and ahead.lines.isVisible()
    for view, widget in ((1, ahead.bars), (2, ahead.orders), (3, ahead.months)):
        ahead._view.picked.emit(view)
        assert widget.isVisible()
    rows = [[ahead.orders.courses.index(line, column).data() for column in range(4)] for line in range(4)]
    assert rows[0] == ["按优先次序（现在）", "4,206.48", "", "11-01 起（2 户）"]
    assert rows[3] == ["只用第一位授权人", "4,275.38", "+ 68.90 多付", "11-01 起（1 户）"]
    ahead.orders.selectRow(3)
    assert page.vm.course is not None and page.vm.course.order == "single"
    assert "所示：只用第一位授权人" in texts(page)
    ahead._view.picked.emit(4)
    assert "同一天先入账" in texts(page) and "没有已知的统筹规则" in texts(page)
    asked: list[str] = []
    shell.desk.clause_asked.connect(asked.append)
    next(b for b in ahead.findChildren(QPushButton) if b.property("kind") == "chip" and b.isVisible()).click()
    assert asked
    assert nameless(page) == []
    done(page, qtbot)


def test_a_plan_that_came_back_can_be_cleared(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(rows=(Row("ming", in_scope=100),))
    done(page, qtbot)
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(600, 400)
    again = PlanPage(shell_of(shell.desk, QApplication.instance(), host))  # type: ignore[arg-type]
    qtbot.addWidget(again)
    assert again._rows.rows == page.vm.draft.rows
    toast = next(
        child for child in host.children() if isinstance(child, QWidget) and child.accessibleName() == "上次的预测还在"
    )
    next(button for button in toast.findChildren(QPushButton) if button.text() == "清空").click()
    assert again.vm.draft.rows == ()
    done(again, qtbot)


def test_without_a_household_there_is_one_next_step(shell: Shell, qtbot: QtBot) -> None:
    shell.desk.live = None
    page = PlanPage(shell)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    assert "还没有家庭" in texts(page)
    page.close()


def test_an_inflow_that_is_no_amount_gives_no_plan(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(rows=(Row("ming", "outpatient", "tertiary", 60_000, 5_000, "month-1"),))
    account, edit = next(iter(page._money.items()))
    before = page.vm.plan
    assert before is not None
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "abc")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert page.vm.plan is None and edit.text() == "abc" and edit.property("bad") == "true"
    assert f"“{edit.accessibleName()}”不是金额" in texts(page) and "✗ 不是金额" in texts(page)
    edit.selectAll()
    qtbot.keyClicks(edit, "12")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert page.vm.plan is not None and dict(page.vm.draft.inflow)[account] == 1_200
    assert "✗" not in texts(page) and edit.property("bad") == "false"
    edit.selectAll()
    qtbot.keyClicks(edit, "x")
    page.vm.start_over()
    assert page.vm.unread == {}
    done(page, qtbot)
