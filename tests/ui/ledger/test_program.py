"""The ledger in the whole program: what is recorded on it is seen at once, here and on the other pages."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.ledger.page import LedgerPage
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.start import Program


def test_months_recorded_move_the_balance_everywhere(program: Callable[[], Program], qtbot: QtBot) -> None:
    made = program()
    made.go_to("ledger")
    page = made.pages["ledger"]
    assert isinstance(page, LedgerPage)
    page.vm.choose(next(row.person_id for row in page.vm.accounts if row.handle == "wang-senior"))
    page._tab_picked("inflow")
    page.inflow._first.set_day(date(2026, 1, 1))
    page.inflow._last.set_day(date(2026, 4, 1))
    with qtbot.waitSignal(page.inflow.vm.recorded):
        made.commands.run("ledger.inflow")
    assert page.vm.account is not None and page.vm.account.total == 300_00
    page._tab_picked("postings")
    QApplication.processEvents()
    assert {row.what for row in page.vm.page(None)} == {"月划入"}
    assert "300.00" in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    made.go_to("overview")
    QApplication.processEvents()
    shown = [label.text() for label in made.pages["overview"].findChildren(QLabel) if label.isVisible()]
    assert "300.00" in shown


@pytest.mark.parametrize("kept", ["postings", "premiums"])
def test_paying_a_premium_leads_to_the_premiums(kept: str, program: Callable[[], Program], qtbot: QtBot) -> None:
    made = program()
    made.go_to("settlement")
    form = made.pages["settlement"]
    assert isinstance(form, SettlementPage)
    link = next(one for one in form.findChildren(QPushButton) if one.text() == "代缴居民医保")
    for _ in range(2):  # once as the ledger is built, once as it is there on another tab
        link.click()
        ledger = made.pages["ledger"]
        assert isinstance(ledger, LedgerPage) and ledger.isVisible()
        assert ledger.tabs.value == "premiums" and ledger._tab_stack.currentWidget() is ledger.premiums
        ledger._tab_picked(kept)
    made.go_to("ledger")
    assert ledger.tabs.value == kept, "asked for without a part it stays where it was"
