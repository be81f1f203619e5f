"""The ledger page under a virtual screen."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.account import Balance
from famgui.domain.household import Deposit
from famgui.policy.library import Library
from famgui.ui.ledger.page import LedgerPage
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.table import Table
from tests.ui.building import close, desk_of, nameless, sample, shell_of


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> LedgerPage:
    made = LedgerPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    with qtbot.waitExposed(made):
        made.show()
    return made


def table(page: LedgerPage, name: str) -> Table:
    return next(found for found in page.findChildren(Table) if found.accessibleName() == name)


def seen(page: LedgerPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_all_accounts_come_first(page: LedgerPage) -> None:
    accounts = table(page, "账户")
    assert accounts.current.name == "全部账户"
    assert not table(page, "明细").isColumnHidden(1)
    assert {"1,152.00", "1,960.38", "1,037.88"} <= set(seen(page))


def test_choosing_an_account_shows_its_postings(page: LedgerPage, qtbot: QtBot) -> None:
    accounts, postings = table(page, "账户"), table(page, "明细")
    accounts.setFocus()
    qtbot.keyClick(accounts, Qt.Key.Key_Down)
    assert accounts.current.name == "王芳"
    assert postings.isColumnHidden(1)
    assert {row.account for row in postings.model().rows} == {"王芳"}
    assert accounts.current.name == "王芳"


def test_money_stands_right_and_signed(page: LedgerPage) -> None:
    model = table(page, "明细").model()
    amounts = [model.index(row, 5) for row in range(model.rowCount())]
    assert "+1,152.00" in [index.data() for index in amounts]
    assert all(index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight for index in amounts)


def test_copying_rows_as_text(page: LedgerPage, qtbot: QtBot) -> None:
    postings = table(page, "明细")
    postings.selectRow(5)
    qtbot.keyClick(postings, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2025-06-30\t李强\t上半年入账\t入账\t当年\t+1,152.00\t5,344.62"


def test_a_refresh_keeps_the_account(page: LedgerPage) -> None:
    accounts = table(page, "账户")
    accounts.selectRow(2)
    page.refresh()
    assert accounts.current.name == "李强"
    assert {row.account for row in table(page, "明细").model().rows} == {"李强"}


def test_the_account_stays_chosen_when_its_balance_changes(page: LedgerPage, qtbot: QtBot) -> None:
    accounts = table(page, "账户")
    accounts.selectRow(2)
    done: list[object] = []
    page.shell.desk.record(Deposit("补记", date(2025, 12, 1), "li", 50_00), done.append)
    qtbot.waitUntil(lambda: bool(done))
    page.refresh()
    assert accounts.current.name == "李强"
    assert table(page, "明细").model().index(0, 5).data() == "+50.00"


def test_every_widget_has_a_name(page: LedgerPage) -> None:
    assert nameless(page) == []


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
        page = LedgerPage(shell_of(desk, qapp, host))
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        assert any(said in text for text in seen(page))
    finally:
        close(desk)
