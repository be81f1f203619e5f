"""Text that is no amount or share: no answer while it stands in a field that counts, and a sentence that names it."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from famgui.domain.trace import NO_POOL_RULE
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.fields import Segments
from tests.ui.settlement.building import BILL, opened, settled_down, texts

DAY = date(2025, 11, 20)


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> Iterator[SettlementPage]:
    made = opened(shell, qtbot)
    made.vm.edit(patient="wang", date=DAY, items=BILL)
    yield made
    made.leave()
    settled_down(shell.desk, qtbot)


def choose(segments: Segments, title: str) -> None:
    next(button for button in segments.findChildren(QPushButton) if button.text() == title).click()


def over(edit: QLineEdit, text: str, qtbot: QtBot) -> None:
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)


def nothing_said_but(page: SettlementPage, sentence: str) -> None:
    commands = page.shell.commands
    assert page.vm.result is None and page.shell.desk.visit is None and page.vm.visit("x") is None
    assert sentence in texts(page.why)
    for name in ("record", "print", "compare", "copy"):
        assert not commands.action(f"settlement.{name}").isEnabled(), name


def test_a_receipts_pool_with_letters_gives_no_answer(page: SettlementPage, qtbot: QtBot) -> None:
    choose(page.form.kind, "住院")
    paid = page.form.pool.paid
    over(paid, "12x", qtbot)
    assert paid.text() == "12x"
    nothing_said_but(page, "“统筹实付”不是金额")
    qtbot.keyClick(paid, Qt.Key.Key_Return)
    bordered = [edit for edit in page.form.pool.findChildren(QLineEdit) if edit.property("bad") == "true"]
    assert bordered == [paid] and "✗ 不是金额" in texts(page.form.pool)
    choose(page.form.kind, "门诊")
    assert page.vm.result is not None, "what is not asked for does not count"
    choose(page.form.kind, "住院")
    nothing_said_but(page, "“统筹实付”不是金额")
    over(paid, "12", qtbot)
    assert page.vm.result is not None and page.vm.result.settlement.pool == 1_200
    assert "✗" not in texts(page.form.pool) and paid.property("bad") == "false"


def test_terms_with_letters_give_no_answer(page: SettlementPage, qtbot: QtBot) -> None:
    choose(page.form.kind, "住院")
    pool = page.form.pool
    choose(pool.inpatient, "按起付和比例")
    over(pool.ratio, "60", qtbot)
    assert page.vm.result is not None
    for edit, text, sentence in (
        (pool.deductible, "abc", "“起付”不是金额"),
        (pool.cap_left, "1.234", "“限额余”不是金额"),
        (pool.ratio, "sixty", "“比例”不是 0 到 100 % 的比例"),
    ):
        over(edit, text, qtbot)
        nothing_said_but(page, sentence)
        over(edit, "60", qtbot)
        assert page.vm.result is not None


def test_a_year_to_date_with_letters_gives_no_answer(page: SettlementPage, qtbot: QtBot) -> None:
    year, before = page.year, page.vm.result
    year.change.click()
    over(year.pool, "4oo", qtbot)
    assert year.pool.text() == "4oo"
    nothing_said_but(page, "“统筹已付”不是金额")
    year.back.click()
    assert page.vm.result == before
    year.change.click()
    assert year.pool.text() == "628.00" and page.vm.result is not None


def test_a_diseases_limit_with_letters_gives_no_answer(page: SettlementPage, qtbot: QtBot) -> None:
    page.vm.edit(patient="zhou", kind="chronic", disease_limit=40_000)
    over(page.form.limit, "4oo", qtbot)
    nothing_said_but(page, "“病种余额”不是金额")
    assert page.form.limit.text() == "4oo"


def test_what_cannot_be_read_goes_with_the_visit(page: SettlementPage, qtbot: QtBot) -> None:
    choose(page.form.kind, "住院")
    over(page.form.pool.paid, "abc", qtbot)
    qtbot.keyClick(page.form.pool.paid, Qt.Key.Key_Return)
    page.vm.start_over()
    assert page.form.pool.paid.text() == "" and "✗" not in texts(page.form.pool)
    page.vm.edit(items=BILL)
    assert page.vm.result is not None


def test_a_book_without_a_household_begins_empty(page: SettlementPage, shell: Shell, qtbot: QtBot) -> None:
    desk: Desk = shell.desk
    page.vm.edit(used_deductible=1_000, used_pool=2_000)
    page.leave()
    settled_down(desk, qtbot)
    first = desk.book
    assert first is not None
    second = desk.services.open_book(first.path.with_name("own.sqlite"))
    desk.take(second, None, sample=False)
    assert desk.live is None and page.vm.draft.items == () and not page.vm.draft.used_by_hand
    desk.take(first, None, sample=True)
    assert page.vm.draft.items == BILL
    second.close()


def test_a_sentence_is_said_once_with_all_its_clauses(page: SettlementPage) -> None:
    page.vm.edit(kind="inpatient", pool_paid=999_900)
    result = page.vm.result
    assert result is not None
    weak = [found.clause for found in result.problems if found.code == "UNVERIFIED_RULE"]
    said = [line for line in page.why._lines(result) if line.text.startswith("· 待核")]
    assert len(weak) == 2 and [line.clauses for line in said] == [tuple(weak)]


def test_the_pool_is_unconfirmed_as_its_step_is(page: SettlementPage) -> None:
    for kind in ("pharmacy", "two-disease", "inpatient"):
        page.vm.edit(kind=kind)
        assert page.vm.result is not None
        (step,) = [step for step in page.vm.result.steps if step.name in NO_POOL_RULE]
        assert page.vm.result.rows[0].weak == step.weak, kind
