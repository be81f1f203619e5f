"""The bill driven as a clerk would: paste, repeat, delete, arrows, what is remembered, templates."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.items import AMOUNT, NAME, OVER
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.fields import Choice
from tests.ui.building import nameless, shell_of
from tests.ui.settlement.building import BILL, act, opened, said, settled_down, texts, toasts

CTRL = Qt.KeyboardModifier.ControlModifier


def editor_of(page: SettlementPage) -> QWidget:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    inside = page.bill.table.viewport().children()
    (editor,) = [widget for widget in inside if isinstance(widget, QLineEdit | Choice) and widget.isVisible()]
    return editor


def at(page: SettlementPage, line: int, column: int) -> None:
    page.bill.table.setCurrentIndex(page.bill.model.index(line, column))


def position(page: SettlementPage) -> tuple[int, int]:
    index = page.bill.table.currentIndex()
    return index.row(), index.column()


def copied(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def test_rows_are_pasted_by_key_and_taken_back(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL[:1])
    copied("项目名称\t类别\t金额\n血常规\t检验\t20\n感冒药\t药品\t38.6\n")
    page.bill.table.setFocus()
    qtbot.keyClick(page.bill.table, Qt.Key.Key_V, CTRL)
    pasted = (ItemDraft("血常规", "service", "A", 0, 2_000), ItemDraft("感冒药", "drug", "A", 0, 3_860))
    assert page.vm.draft.items == (*BILL[:1], *pasted) and page.vm.result is not None
    assert said(shell) == "已粘贴 2 行；其中 2 行没写目录，先按甲类，请核对"
    act(shell, "撤销")
    assert page.vm.draft.items == BILL[:1]
    page.close()


def test_a_paste_with_a_fault_takes_nothing_and_says_row_and_column(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    copied("名称\t类别\t金额\n药\t药品\t3\n检查\t鱼\t5\n药\t药品\t五元\n")
    shell.commands.run("settlement.paste")
    assert page.vm.draft.items == BILL and toasts(shell) == []
    assert "✗ 没有粘贴：第 3 行“类别”：“鱼”不是已知的类别；共有 2 行读不了。" in texts(page)
    page.vm.set_items(BILL[:1])
    assert not page.bill.problem.isVisible(), "the sentence goes with the next change"
    page.close()


def test_rows_pasted_into_an_open_cell_become_lines(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL[:1])
    at(page, 1, NAME)
    page.bill.table.edit(page.bill.table.currentIndex())
    copied("药\t药品\t甲\t3")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_V, CTRL)
    assert page.vm.draft.items == (BILL[0], ItemDraft("药", "drug", "A", 0, 300))
    page.close()


def test_a_single_cell_goes_where_the_cursor_is(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    for column, text in ((AMOUNT, "￥1,000"), (NAME, " 磁共振\n")):
        at(page, 0, column)
        copied(text)
        page.bill.paste()
    assert page.vm.draft.items[0] == ItemDraft("磁共振", "service", "A", 0, 100_000)
    at(page, 0, AMOUNT)
    copied("很多")
    page.bill.paste()
    assert page.vm.draft.items[0].amount == 100_000 and "“很多”不是金额" in texts(page)
    page.close()


def test_lines_are_repeated_and_deleted_by_key(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    page.bill.table.setFocus()
    at(page, 1, AMOUNT)
    qtbot.keyClick(page.bill.table, Qt.Key.Key_D, CTRL)
    assert page.vm.draft.items == (BILL[0], BILL[1], BILL[1], BILL[2]) and position(page) == (2, AMOUNT)
    qtbot.keyClick(page.bill.table, Qt.Key.Key_Delete, CTRL)
    assert page.vm.draft.items == BILL
    act(shell, "撤销")
    assert page.vm.draft.items == (BILL[0], BILL[1], BILL[1], BILL[2])
    at(page, 4, NAME)
    for command in ("settlement.duplicate", "settlement.delete"):
        shell.commands.run(command)
    assert len(page.vm.draft.items) == 4, "the empty line is neither repeated nor deleted"
    page.close()


def test_arrows_move_between_lines_while_one_types(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    at(page, 0, AMOUNT)
    page.bill.table.edit(page.bill.table.currentIndex())
    qtbot.keyClicks(editor_of(page), "12")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Down)
    assert page.vm.draft.items[0].amount == 1_200 and position(page) == (1, AMOUNT)
    qtbot.keyClick(page.bill.table, Qt.Key.Key_Up)
    qtbot.keyClick(page.bill.table, Qt.Key.Key_Left)
    assert position(page)[0] == 0 and position(page)[1] < AMOUNT
    page.close()


def test_a_new_line_takes_what_was_typed_beside_its_name_before(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    aspirin = ItemDraft("aspirin", "drug", "B", 1_000, 20_000)
    page.vm.set_items((aspirin, *BILL))
    page.vm.set_items(())
    at(page, 0, NAME)
    page.bill.table.edit(page.bill.table.currentIndex())
    editor = editor_of(page)
    qtbot.keyClicks(editor, "as")
    assert isinstance(editor, QLineEdit) and editor.text() == "aspirin", "the name is completed"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert position(page) == (0, AMOUNT), "nothing else has to be typed"
    qtbot.keyClicks(editor_of(page), "50")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    assert page.vm.draft.items == (replace(aspirin, amount=5_000),)
    qtbot.keyClicks(editor_of(page), "other")
    qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    assert page.bill.model.items[1] == ItemDraft("other", "drug", "B", 1_000), "else it is as the line above"
    page.close()


def test_names_are_remembered_across_a_restart(desk: Desk, qtbot: QtBot) -> None:
    vm = SettlementVM(desk)
    vm.set_items((*BILL, ItemDraft("没写完")))
    vm.set_items((replace(BILL[0], catalogue_class="C"),))
    vm.edit(kind="pharmacy", level="community", reach="province", place="430100")
    vm.memory.flush()
    vm.start_over()
    vm.keeper.flush()
    settled_down(desk, qtbot)
    again = SettlementVM(desk)
    assert again.memory.names == ["检查", "自费药", "乙类药"] and again.memory.known("没写完") is None
    found = again.memory.known("检查")
    assert found == ("service", "C", 0)
    assert (again.draft.kind, again.draft.level, again.draft.place) == ("pharmacy", "community", "430100")
    assert again.draft.items == ()


def test_the_memory_keeps_the_latest_names_only(desk: Desk) -> None:
    vm = SettlementVM(desk)
    vm.set_items(tuple(ItemDraft(f"药{number}", amount=1) for number in range(230)))
    assert len(vm.memory.names) == 200 and vm.memory.names[0] == "药229" and vm.memory.known("药29") is None
    vm.memory.flush()


def test_the_column_for_price_limits_comes_when_it_is_needed(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    table = page.bill.table
    assert table.isColumnHidden(OVER)
    entry(page.bill.lines_button.menu(), "超限价列").trigger()
    assert not table.isColumnHidden(OVER)
    entry(page.bill.lines_button.menu(), "超限价列").trigger()
    assert table.isColumnHidden(OVER)
    page.vm.set_items((replace(BILL[0], over_limit=5_000),))
    assert not table.isColumnHidden(OVER) and page.vm.result is not None
    assert page.vm.result.settlement.split.over_limit == 5_000
    page.vm.set_items((replace(BILL[0], amount=4_000, over_limit=5_000),))
    assert page.vm.result is None and "第 1 行：超限价多于金额" in texts(page)
    page.close()


def entry(menu: QMenu, title: str) -> QAction:
    """An entry of a menu, filled as when it opens."""
    menu.aboutToShow.emit()
    return next(action for action in menu.actions() if action.text() == title)


def test_a_bill_is_kept_as_a_template_brought_back_and_deleted(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items(BILL)
    menu = page.bill.template_button.menu()
    menu.aboutToShow.emit()
    assert {"感冒门诊", "高血压复诊", "药店购药"} <= {action.text() for action in menu.actions()}
    entry(menu, "把这张费用存为模板……").trigger()
    saving = page.bill.saving
    assert saving.isVisible() and nameless(page) == []
    for name, problem in (("", "请填模板名称"), ("感冒门诊", "已有同名模板")):
        saving.name.setText(name)
        qtbot.keyClick(saving.name, Qt.Key.Key_Return)
        assert problem in texts(saving) and saving.isVisible()
    saving.name.setText("王芳 & 三级")
    qtbot.keyClick(saving.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: said(shell) == "已存为模板“王芳 & 三级”")
    assert not saving.isVisible()
    page.vm.set_items(())
    page.leave()
    settled_down(shell.desk, qtbot)
    page.close()
    host = QWidget()
    qtbot.addWidget(host)
    again = SettlementPage(shell_of(shell.desk, QApplication.instance(), host))
    qtbot.addWidget(again)
    menu = again.bill.template_button.menu()
    entry(menu, "王芳 && 三级").trigger()
    assert again.vm.draft.items == BILL
    gone = entry(menu, "删除模板").menu()
    next(action for action in gone.actions() if action.text() == "王芳 && 三级").trigger()
    settled_down(shell.desk, qtbot)
    menu.aboutToShow.emit()
    assert "王芳 && 三级" not in [action.text() for action in menu.actions()]
    again.leave()
    again.close()


def test_every_template_that_comes_along_settles(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    menu = page.bill.template_button.menu()
    for name in ("感冒门诊", "高血压复诊", "药店购药"):
        page.vm.set_items(())
        entry(menu, name).trigger()
        assert page.vm.result is not None and page.vm.result.total > 0
    act(shell, "撤销")
    assert page.vm.draft.items == ()
    page.close()
