"""The ledger page under a virtual screen: accounts, filters, the table, what stands behind a row, the year."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.policy.library import Library
from famgui.ui.ledger.page import LedgerPage
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.chart import StackedBars
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice
from famgui.ui.widgets.table import Table
from tests.ui.building import close, desk_of, nameless, sample, shell_of


def shown(shell: Shell, qtbot: QtBot) -> LedgerPage:
    made = LedgerPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> LedgerPage:
    return shown(shell, qtbot)


def table(page: QWidget, name: str) -> Table:
    return next(found for found in page.findChildren(Table) if found.accessibleName() == name)


def choice(page: QWidget, name: str) -> Choice:
    return next(one for one in page.findChildren(Choice) if one.accessibleName() == name and one.isVisible())


def pick(page: QWidget, name: str, value: object) -> None:
    """Choose as a click in the list does."""
    control = choice(page, name)
    control.set_value(value)
    control.picked.emit(value)


def press(page: QWidget, name: str) -> QPushButton:
    QApplication.processEvents()
    found = next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible())
    found.click()
    return found


def seen(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def column(page: LedgerPage, place: int) -> list[str]:
    model = table(page, "流水").model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_all_accounts_come_first(page: LedgerPage) -> None:
    accounts = table(page, "账户")
    assert accounts.current.name == "全部账户"
    assert not table(page, "流水").isColumnHidden(1)
    assert {"1,152.00", "1,960.38", "1,037.88", "22 笔"} <= set(seen(page))


def test_choosing_an_account_shows_its_postings(page: LedgerPage, qtbot: QtBot) -> None:
    accounts, postings = table(page, "账户"), table(page, "流水")
    accounts.setFocus()
    qtbot.keyClick(accounts, Qt.Key.Key_Down)
    assert accounts.current.name == "王芳"
    assert postings.isColumnHidden(1)
    assert {row.account for row in postings.model().rows} == {"王芳"}


def test_money_stands_right_and_signed(page: LedgerPage) -> None:
    model = table(page, "流水").model()
    amounts = [model.index(row, 5) for row in range(model.rowCount())]
    assert "+1,152.00" in [index.data() for index in amounts]
    assert all(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight for index in amounts)


def test_copying_rows_as_text(page: LedgerPage, qtbot: QtBot) -> None:
    postings = table(page, "流水")
    postings.go_to(5)
    qtbot.keyClick(postings, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2025-06-30\t李强\t存入\t当年\t+1,152.00\t5,344.62"


def test_filters_narrow_the_rows_and_can_be_dropped(page: LedgerPage) -> None:
    pick(page, "类型", "premium")
    assert column(page, 2) == ["代缴居民医保 2026 周秀英、李小明"] * 2
    pick(page, "资金", "current")
    assert column(page, 2) == []
    assert any("没有符合筛选条件" in text for text in seen(page))
    press(page, "清除筛选")
    assert len(column(page, 2)) == 22
    assert choice(page, "类型").value is None
    words = next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "在流水中查找")
    words.setText("王建国")
    assert {row.account for row in table(page, "流水").model().rows} == {"王建国"}


def test_days_may_be_named(page: LedgerPage) -> None:
    pick(page, "期间", "days")
    first, last = (next(one for one in page.findChildren(DayEdit) if one.accessibleName() == name) for name in "从到")
    assert first.isVisible() and (first.day, last.day) == (date(2025, 1, 1), date(2025, 12, 31)), "the year it was"
    first.set_day(date(2025, 9, 1))
    last.set_day(date(2025, 10, 11))
    assert set(column(page, 0)) == {"2025-10-11", "2025-09-09"}
    first.set_day(date(2025, 12, 1))
    assert column(page, 0) == [], "days the wrong way round choose nothing and break nothing"
    pick(page, "期间", "all")
    assert len(column(page, 0)) == 22


def test_the_oldest_may_come_first(page: LedgerPage) -> None:
    newest = column(page, 0)
    press(page, "最新在前 ↓")
    assert column(page, 0) == sorted(newest)
    press(page, "最早在前 ↑")
    assert column(page, 0) == newest


def test_a_row_is_explained_with_clauses(page: LedgerPage, shell: Shell) -> None:
    asked: list[str] = []
    shell.desk.clause_asked.connect(asked.append)
    assert "2025-10-20 · 代缴居民医保" in seen(page), "the newest posting at first"
    row = next(n for n, one in enumerate(table(page, "流水").model().rows) if one.about == "五月三级医院")
    table(page, "流水").go_to(row)
    texts = seen(page)
    assert {"2025-05-10 · 五月三级医院", "统筹基金", "-348.00", "医药机构", "+680.00", "待核"} <= set(texts)
    press(page, "HN-34")
    assert asked == ["HN-34"]
    page.refresh()
    assert "2025-05-10 · 五月三级医院" in seen(page), "the row stays chosen"
    pick(page, "类型", "premium")
    assert "2025-05-10 · 五月三级医院" not in seen(page)
    pick(page, "类型", "carry-over")
    assert any("选一笔流水" in text for text in seen(page))


def test_a_refresh_keeps_the_account(page: LedgerPage) -> None:
    accounts = table(page, "账户")
    accounts.go_to(2)
    page.refresh()
    assert accounts.current.name == "李强"
    assert {row.account for row in table(page, "流水").model().rows} == {"李强"}


def test_the_account_stays_chosen_when_its_balance_changes(page: LedgerPage, qtbot: QtBot) -> None:
    accounts = table(page, "账户")
    accounts.go_to(2)
    done: list[object] = []
    page.shell.desk.record(Deposit("补记", date(2025, 12, 1), "li", 50_00), done.append)
    qtbot.waitUntil(lambda: bool(done))
    page.refresh()
    assert accounts.current.name == "李强"
    assert table(page, "流水").model().index(0, 5).data() == "+50.00"


def test_the_year_is_a_chart_and_a_table(page: LedgerPage) -> None:
    press(page, "台账 年度")
    chart = next(iter(page.findChildren(StackedBars)))
    assert chart.isVisible() and chart.accessibleName() == "全部账户, 2025 年, 全家的花费，按月"
    assert "10 月: 统筹基金 690.00, 本人账户 385.00, 共济账户（含代缴） 800.00, 现金 125.00" in (
        chart.accessibleDescription()
    )
    assert len(table(page, "就诊费用").model().rows) == 5
    assert table(page, "历年收支").isVisible()
    table(page, "账户").go_to(2)
    assert "10 月: 本人使用 0.00, 家人使用（含代缴） 800.00" in chart.accessibleDescription()
    assert "6 月: 本人使用 0.00, 家人使用（含代缴） 0.00, 合计 0.00, 进账 1,152.00" in chart.accessibleDescription()


def test_tab_and_filter_are_there_the_next_day(page: LedgerPage, qapp: QApplication, qtbot: QtBot) -> None:
    pick(page, "期间", "all")
    pick(page, "类型", "settlement")
    press(page, "台账 年度")
    page.close()
    host = QWidget()
    qtbot.addWidget(host)
    again = shown(shell_of(page.shell.desk, qapp, host), qtbot)
    assert again.tabs.value == "year"
    press(again, "台账 流水")
    assert (choice(again, "期间").value, choice(again, "类型").value) == ("all", "settlement")


def test_every_widget_has_a_name(page: LedgerPage) -> None:
    for tab in ("流水", "年度", "代缴", "划入"):
        press(page, f"台账 {tab}")
        assert nameless(page) == []


@pytest.fixture
def thirty(qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None) -> Iterator[LedgerPage]:
    """Everybody has a name of thirty characters, the text is the largest."""
    full = sample()
    persons = tuple(replace(one, name=(one.name * 15)[:30]) for one in full.persons)
    desk = desk_of(tmp_path, library, [replace(full, persons=persons)])
    host = QWidget()
    qtbot.addWidget(host)
    shell = shell_of(desk, qapp, host)
    shell.theme.apply("light", "huge")
    yield shown(shell, qtbot)
    close(desk)


def test_long_names_squeeze_nothing(thirty: LedgerPage) -> None:
    postings = table(thirty, "流水")
    assert postings.columnWidth(2) > 100
    row = postings.model().index(0, 1)
    assert postings.tip(row) == row.data(), "cut, and whole in the tooltip"
    for tab in ("流水", "年度", "代缴", "划入"):
        press(thirty, f"台账 {tab}")
        QApplication.processEvents()
        wide = [one for one in thirty.findChildren(QComboBox) if one.isVisible() and one.width() > 800]
        assert wide == []
        area = thirty.findChild(QWidget, "qt_scrollarea_viewport")
        assert area is not None and area.width() <= 1198


@pytest.mark.parametrize(
    ("which", "said"),
    [("nobody", "还没有家庭"), ("residents", "没有个人账户"), ("still", "还没有一笔账")],
)
def test_empty_states(
    which: str, said: str, qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None
) -> None:
    full = sample()
    bare = replace(full, bindings=(), used={}, events=())
    residents = replace(bare, persons=tuple(one for one in full.persons if not one.has_account), balances={})
    still = replace(bare, balances=dict.fromkeys(full.balances, Balance()))
    desk = desk_of(tmp_path, library, {"nobody": [], "residents": [residents], "still": [still]}[which])
    host = QWidget()
    qtbot.addWidget(host)
    try:
        page = shown(shell_of(desk, qapp, host), qtbot)
        assert any(said in text for text in seen(page))
        assert page.shell.commands.action("ledger.statement").isEnabled() is (which == "still")
        for tab in ("year", "premiums", "inflow"):
            page._tab_picked(tab)
    finally:
        close(desk)
