"""Every scenario with its fields: where, two diseases, pool terms, order of payment, year to date, other pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.settlement import NO_OVERRIDE, Override, Stated, Visit
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.fields import MoneyEdit, Segments
from famgui.usecase.household import import_household
from tests.ui.building import NOW, nameless, sample
from tests.ui.settlement.building import BILL, act, opened, said, settled_down, texts

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


def chips(inside: QWidget) -> list[str]:
    return [button.text() for button in inside.findChildren(QPushButton) if button.isVisible()]


def type_into(edit: MoneyEdit | QWidget, text: str, qtbot: QtBot) -> None:
    edit.clear()  # type: ignore[union-attr]
    qtbot.keyClicks(edit, text)


def visit_of(page: SettlementPage) -> Visit:
    found = page.vm.visit("x")
    assert found is not None
    return found


def test_where_opens_in_place_and_reaches_every_province(page: SettlementPage) -> None:
    form = page.form
    assert not form.reach.isVisible()
    next(button for button in form.findChildren(QPushButton) if button.text() == "本市 ▾").click()
    assert form.reach.isVisible() and not form.place.isVisible()
    choose(form.reach, "省内其他市")
    assert visit_of(page).facility.place == "430000" and form.place.isVisible()
    form.place.set_value("430100")
    form.place.picked.emit("430100")
    assert visit_of(page).facility.place == "430100"
    choose(form.reach, "外省")
    assert visit_of(page).facility.place == "110000"
    assert page.vm.result is not None and page.vm.result.settlement.shared == 0
    assert {"N-18", "N-14"} <= set(chips(form)) and "医保钱包" in texts(form)
    form.cross.click()
    assert visit_of(page).override == Override(cross_province=True)
    assert page.vm.result.settlement.shared > 0
    form.cross.click()
    assert visit_of(page).override is NO_OVERRIDE
    choose(form.reach, "本市")
    assert visit_of(page).facility.place == "430200" and not form.cross.isVisible()


def test_two_diseases_ask_which(page: SettlementPage) -> None:
    page.vm.edit(patient="zhou")
    choose(page.form.kind, "两病")
    assert page.form.disease.isVisible() and visit_of(page).disease == "hypertension"
    choose(page.form.disease, "两者都有")
    assert visit_of(page).disease == "both"
    assert page.vm.result is not None and page.vm.result.settlement.pool > 0
    choose(page.form.kind, "门诊")
    assert not page.form.disease.isVisible() and visit_of(page).disease == ""


def test_inpatient_goes_by_the_receipt_or_by_stated_terms(page: SettlementPage, qtbot: QtBot) -> None:
    pool = page.form.pool
    choose(page.form.kind, "住院")
    assert pool.paid.isVisible() and not pool.ratio.isVisible() and "待核" in texts(pool)
    type_into(pool.paid, "300", qtbot)
    assert visit_of(page).pool_paid == 30_000 and visit_of(page).stated == Stated()
    choose(pool.inpatient, "按起付和比例")
    assert page.vm.result is None and "要先填统筹支付比例" in texts(page)
    type_into(pool.deductible, "100", qtbot)
    type_into(pool.ratio, "80", qtbot)
    type_into(pool.cap_left, "400", qtbot)
    assert visit_of(page).stated == Stated(10_000, 8_000, 40_000) and visit_of(page).pool_paid is None
    assert page.vm.result.settlement.pool == 40_000  # type: ignore[attr-defined]
    assert nameless(page) == []


def test_a_pharmacy_takes_the_pool_only_by_prescription(page: SettlementPage) -> None:
    pool = page.form.pool
    choose(page.form.kind, "药店")
    assert not pool.ratio.isVisible() and visit_of(page).stated == Stated() and not page.form.level.isVisible()
    choose(pool.pharmacy, "凭处方走统筹")
    next(button for button in pool.findChildren(QPushButton) if button.text() == "按基层规定填").click()
    assert visit_of(page).stated == Stated(0, 7_000, None) and "N-23" in chips(pool)
    assert pool.ratio.text() == "70 %"
    choose(pool.pharmacy, "不走统筹")
    assert visit_of(page).stated == Stated(), "what was typed stays, and counts for nothing"


def test_what_cannot_be_read_is_said_below_when_one_leaves_it(page: SettlementPage, qtbot: QtBot) -> None:
    choose(page.form.kind, "住院")
    pool = page.form.pool
    type_into(pool.paid, "3.001", qtbot)
    qtbot.keyClick(pool.paid, Qt.Key.Key_Return)
    assert "✗ 不是金额" in texts(pool)
    type_into(pool.paid, "3", qtbot)
    assert "✗" not in texts(pool)


def test_the_order_of_payment_is_changed_for_one_visit_only(page: SettlementPage) -> None:
    switches: QWidget = page.form.switches
    assert "待核" in texts(switches) and "HN-34" in chips(switches)
    own = next(box for box in switches.findChildren(QCheckBox))
    own.click()
    assert visit_of(page).override == Override(own_first=False)
    assert page.vm.result is not None and page.vm.result.settlement.own == 0
    assert "HN-34" not in chips(switches) and "待核" not in texts(switches)
    own.click()
    assert visit_of(page).override is NO_OVERRIDE, "back at the default is no change"
    page.vm.set_switch("order", "single")
    own.click()
    assert visit_of(page).override == Override("single", False)
    next(button for button in switches.findChildren(QPushButton) if button.text() == "恢复默认").click()
    assert visit_of(page).override is NO_OVERRIDE


def test_the_household_keeps_its_own_switches(desk: Desk) -> None:
    vm = SettlementVM(desk)
    live = desk.live
    assert live is not None
    desk.live = replace(live, household=replace(live.household, terms=live.household.terms._replace(own_first=False)))
    vm.edit(patient="wang", date=DAY, items=BILL)
    assert vm.offers.own_first.value is False and vm.offers.own_first.clause == ""
    vm.set_switch("own_first", True)
    assert vm.draft.own_first is True
    vm.set_switch("own_first", False)
    assert vm.draft.own_first is None


def test_another_year_to_date_holds_for_one_calculation_with_a_mark(page: SettlementPage, qtbot: QtBot) -> None:
    year = page.year
    before = page.vm.result
    assert before is not None and "手工" not in texts(page)
    year.change.click()
    assert (year.deductible.text(), year.pool.text()) == ("300.00", "628.00"), "it begins with the ledger's"
    type_into(year.deductible, "50", qtbot)
    assert page.vm.result is not None and page.vm.result.settlement.deductible == 10_000
    assert texts(page).count("手工") == 3 and "累计为手工填写" in texts(page.who)
    assert any(step.name == "used-stated" for step in page.vm.result.steps)
    type_into(year.deductible, "5x", qtbot)
    qtbot.keyClick(year.deductible, Qt.Key.Key_Return)
    assert page.vm.result is None, "what cannot be read gives no answer"
    assert "✗ 不是金额" in texts(page)
    year.back.click()
    assert page.vm.result == before and "手工" not in texts(page)


def test_a_record_by_hand_leaves_the_next_visit_with_the_ledger(page: SettlementPage, qtbot: QtBot) -> None:
    page.year.change.click()
    page.vm.edit(used_deductible=0, used_pool=0)
    assert page.vm.result is not None
    pool = page.vm.result.settlement.pool
    with qtbot.waitSignal(page.vm.recorded):
        page.vm.record()
    assert not page.vm.draft.used_by_hand
    assert page.vm.meters()[-1].used == 62_800 + pool


def test_other_pages_see_the_visit_and_hand_one_back(page: SettlementPage, shell: Shell) -> None:
    desk = shell.desk
    seen: list[Visit | None] = []
    desk.visit_changed.connect(lambda: seen.append(desk.visit))
    page.vm.edit(level="community")
    assert desk.visit == page.vm.visit("preview") == seen[-1]
    asked: list[str] = []
    desk.page_asked.connect(asked.append)
    shell.commands.run("settlement.compare")
    next(button for button in page.form.findChildren(QPushButton) if button.text() == "代缴居民医保").click()
    assert asked == ["compare", "ledger/premiums"]
    before = page.vm.draft
    variant = replace(visit_of(page), override=Override("balance-desc", False), date=date(2025, 12, 1))
    desk.take_visit(variant)
    assert page.vm.visit("x") == variant and page.form.day.day == date(2025, 12, 1)
    assert page.form.switches.order.value == "balance-desc" and said(shell) == "已带入这次就诊"
    act(shell, "撤销")
    assert page.vm.draft == before
    desk.take_visit(replace(variant, patient="stranger"))
    assert page.vm.draft.patient == "wang"
    page.vm.start_over()
    assert desk.visit is None and not shell.commands.action("settlement.compare").isEnabled()


def test_another_book_brings_its_own_draft_memory_and_templates(
    page: SettlementPage, shell: Shell, qtbot: QtBot
) -> None:
    desk = shell.desk
    page.bill.saving.begin()
    page.bill.saving.name.setText("mine")
    qtbot.keyClick(page.bill.saving.name, Qt.Key.Key_Return)
    page.leave()
    settled_down(desk, qtbot)
    first = desk.book
    assert first is not None and page.vm.memory.names
    second = desk.services.open_book(first.path.with_name("second.sqlite"))
    uses = desk.services.usecases()
    import_household(second, desk.library.book, sample(), "家", now=NOW)
    desk.take(second, None, sample=False)
    assert page.vm.draft.items == () and page.vm.memory.names == []
    assert [template.name for template in page.bill.templates.own] == []
    page.vm.edit(items=BILL)
    page.leave()
    settled_down(desk, qtbot)
    desk.take(first, None, sample=True)
    assert page.vm.draft.items == BILL and [template.name for template in page.bill.templates.own] == ["mine"]
    assert len(uses.load_drafts(second, "settlement-1")) == 1
    second.close()
