"""The settlement page driven as a user would: keys, clicks, what is seen."""

import sqlite3
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from famgui.store import engine
from famgui.ui.settlement.draft import ItemDraft, percent_typed
from famgui.ui.settlement.items import AMOUNT, CATEGORY, CLASS, NAME
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.visit_words import percent as percent_shown
from tests.ui.building import nameless, shell_of
from tests.ui.settlement.building import opened, texts


def editor_of(page: SettlementPage) -> QWidget:
    """The editor that is open in the bill."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    open_ones = [
        w for w in page.bill.table.viewport().children() if isinstance(w, QLineEdit | Choice) and w.isVisible()
    ]
    (editor,) = open_ones
    return editor


def typed(qtbot: QtBot, page: SettlementPage, text: str) -> None:
    editor = editor_of(page)
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_bill_is_typed_by_keyboard_alone(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(date=date(2025, 11, 20))
    table = page.bill.table
    table.setCurrentIndex(table.model().index(0, NAME))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    typed(qtbot, page, "check")
    for _ in range(2):  # category and class stay as they are
        qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
    assert table.currentIndex().column() == AMOUNT, "class A takes no up-front share"
    typed(qtbot, page, "1,450.5")
    assert page.vm.draft.items == (ItemDraft("check", "drug", "A", 0, 145_050),)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, NAME)
    assert page.vm.result is not None and page.vm.result.total == 145_050
    assert "1,450.50" in texts(page)
    page.close()


def test_what_is_no_amount_stays_open_and_says_so(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items((ItemDraft("x", amount=100),))
    table = page.bill.table
    table.setCurrentIndex(table.model().index(0, AMOUNT))
    table.edit(table.currentIndex())
    typed(qtbot, page, "12.345")
    assert page.vm.draft.items == (ItemDraft("x", amount=100),)
    editor = editor_of(page)
    assert editor.property("bad") == "true" and editor.accessibleDescription()
    QToolTip.hideText()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    typed(qtbot, page, "12.34")
    assert page.vm.draft.items == (ItemDraft("x", amount=1_234),)
    page.close()


def test_controls_show_a_bill_that_came_back(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(patient="zhou", date=date(2025, 11, 20), kind="chronic", level="primary", designated=False)
    page.vm.edit(items=(ItemDraft("x", amount=100),), disease_limit=40_000)
    page.leave()
    qtbot.waitUntil(lambda: shell.desk.ops.pending == 0)
    page.close()
    host = QWidget()
    qtbot.addWidget(host)
    again = SettlementPage(shell_of(shell.desk, QApplication.instance(), host))
    qtbot.addWidget(again)
    shown = (again.form.patient.value, again.form.day.day, again.form.kind.value, again.form.level.value)
    assert shown == ("zhou", date(2025, 11, 20), "chronic", "primary")
    assert not again.form.designated.isChecked() and again.form.limit.fen == 40_000
    again.vm.start_over()
    assert again.form.limit.text() == "" and again.bill.model.items == ()
    again.leave()
    again.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that another program holds is given up soon."""
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, "PRAGMA busy_timeout = 50"))


def test_a_record_that_failed_can_be_tried_again(impatient: None, shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(date=date(2025, 11, 20), items=(ItemDraft("x", "service", "A", 0, 68_000),))
    assert shell.desk.book is not None
    with sqlite3.connect(shell.desk.book.path) as other:
        other.execute("BEGIN IMMEDIATE")
        with qtbot.waitSignal(shell.desk.ops.crashed):
            shell.commands.run("settlement.record")
        other.rollback()
    other.close()
    with qtbot.waitSignal(page.vm.recorded):
        shell.commands.run("settlement.record")
    page.leave()
    page.close()


def test_the_answer_is_shown_with_clauses_that_open_the_reader(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(date=date(2025, 11, 20), items=(ItemDraft("x", "service", "A", 0, 68_000),))
    shown = texts(page)
    assert "408.00" in shown and "待核" in shown
    asked: list[str] = []
    shell.desk.clause_asked.connect(asked.append)
    QApplication.processEvents()
    chips = [b for b in page.findChildren(QPushButton) if b.text() == "HN-03" and b.isVisible()]
    chips[0].click()
    assert asked == ["HN-03"]
    page.close()


def test_record_by_key_toasts_with_a_way_back(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    assert not shell.commands.action("settlement.record").isEnabled()
    page.vm.edit(date=date(2025, 11, 20), items=(ItemDraft("x", "service", "A", 0, 68_000),))
    assert shell.commands.action("settlement.record").isEnabled()
    with qtbot.waitSignal(page.vm.recorded):
        shell.commands.run("settlement.record")
    assert shell.desk.live is not None and shell.desk.live.household.events[-1].id == "v1"
    assert page.bill.model.items == ()
    page.close()


def test_fields_follow_the_kind(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(patient="zhou")
    for kind, limit, pool in (("chronic", True, False), ("inpatient", False, True), ("outpatient", False, False)):
        page.vm.edit(kind=kind)
        assert (page.form.limit_field.isVisible(), page.form.pool.isVisible()) == (limit, pool)
    page.vm.edit(patient="wang", kind="chronic")
    assert page.form.pool.isVisible(), "no rule is known for employees' chronic diseases: its terms may be stated"
    assert nameless(page) == []
    page.close()


def test_the_sheet_says_what_the_page_says(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(date=date(2025, 11, 20), items=(ItemDraft("<b>药</b>", "service", "A", 0, 68_000),))
    sheet = page._sheet()
    assert sheet is not None
    said = [cell for block in sheet.blocks for line in block.rows for cell in line]
    assert "<b>药</b>" in said and "408.00" in said and "HN-03" in said and "medfee_sumamt" in said
    page.close()


def test_percentages_are_read_as_people_write_them() -> None:
    readings = {"10": 1_000, "10%": 1_000, "10 %": 1_000, "12.5": 1_250, "100": 10_000, "0": 0, "5％": 500}
    assert {text: percent_typed(text) for text in readings} == readings
    assert [percent_typed(text) for text in ("", "101", "-1", "1.234", "x", "1e2")] == [None] * 6
    assert [percent_shown(ratio) for ratio in (1_000, 1_250, 0, 10_000)] == ["10 %", "12.5 %", "0 %", "100 %"]


def test_classes_are_chosen_by_letter_or_number(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items((ItemDraft("x", amount=100),))
    table = page.bill.table
    for key, expected in ((Qt.Key.Key_B, "B"), (Qt.Key.Key_3, "C"), (Qt.Key.Key_A, "A")):
        table.setCurrentIndex(table.model().index(0, CLASS))
        table.edit(table.currentIndex())
        qtbot.keyClick(editor_of(page), key)
        qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
        assert page.vm.draft.items[0].catalogue_class == expected
    page.close()


@pytest.mark.parametrize(
    ("typed_keys", "amount"), [("38.5", 3_850), ("38", 3_800), ("3.5", 350), ("0.5", 50), ("1234.56", 123_456)]
)
def test_a_figure_typed_into_a_choice_is_the_amount(typed_keys: str, amount: int, shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.edit(kind="pharmacy")
    table = page.bill.table
    table.setCurrentIndex(table.model().index(0, NAME))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    for at, (name, enters) in enumerate((("amoxi", 1), ("gauze", 2))):  # into the category, into the class behind it
        qtbot.keyClicks(editor_of(page), name)
        for _ in range(enters):
            qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
        for key in typed_keys:
            qtbot.keyClicks(editor_of(page), key)
        assert (table.currentIndex().row(), table.currentIndex().column()) == (at, AMOUNT)
        qtbot.keyClick(editor_of(page), Qt.Key.Key_Return)
        assert page.vm.draft.items[at] == ItemDraft(name, "drug", "A", 0, amount)
    page.close()


def test_a_single_number_key_still_chooses(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items((ItemDraft("x", amount=100),))
    table = page.bill.table
    table.setCurrentIndex(table.model().index(0, CATEGORY))
    table.edit(table.currentIndex())
    typed(qtbot, page, "5")
    assert page.vm.draft.items[0].category == "health-food"
    table.setCurrentIndex(table.model().index(0, CATEGORY))
    table.edit(table.currentIndex())
    editor = editor_of(page)
    qtbot.keyClicks(editor, "3")
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    typed(qtbot, page, "4")
    assert page.vm.draft.items == (ItemDraft("x", "consumable", amount=100),), "another choice, no figure"
    page.close()


def test_what_is_missing_is_said(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page.vm.set_items((ItemDraft("x", amount=100), ItemDraft("y")))
    assert "第 2 行还没有金额" in texts(page)
    page.vm.edit(kind="chronic", items=(ItemDraft("x", amount=100),))
    assert "慢特病要先填" in texts(page)
    page.close()
