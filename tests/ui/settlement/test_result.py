"""The answer: shares, what is left, a figure that leads to its step, national fields, reminders with their clauses."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from famgui.domain.account import Balance
from famgui.domain.settlement import Settlement
from famgui.files.answer import settlement_fields
from famgui.policy.library import Library
from famgui.ui.settlement.answer import Meter, meters_of, share
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.settlement.viewmodel import SettlementVM
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.usecase.reminder import reminders
from tests.ui.building import nameless
from tests.ui.settlement.building import BILL, opened, said, texts

DAY = date(2025, 11, 20)


def shown(shell: Shell, qtbot: QtBot) -> SettlementPage:
    page = opened(shell, qtbot)
    page.vm.edit(patient="wang", date=DAY, items=BILL)
    QApplication.processEvents()
    return page


def figure(page: SettlementPage, name: str) -> QPushButton:
    return next(made for made in page.who.figures if made.accessibleName().startswith(name))


def test_shares_are_rounded_half_up_in_tenths_of_a_per_cent() -> None:
    assert [share(part, 68_000) for part in (37_800, 0, 68_000)] == [556, 0, 1_000]
    assert share(1, 2_000) == 1 and share(99, 200_000) == 0 and share(0, 0) == 0


def test_every_payer_has_its_share_and_every_account_what_is_left(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    seen = texts(page.who)
    assert "55.6 %" in seen and "10.1 %" in seen and "34.3 %" in seen and "0.0 %" in seen
    assert "用尽 · 余 0.00" in seen and "余 4,091.52" in seen
    assert [made.accessibleName() for made in page.who.figures] == [
        "统筹基金 378.00",
        "本人账户 · 王芳 68.90 待核",
        "共济账户 · 李强 233.10",
        "现金 0.00",
    ]
    page.close()


def test_a_figure_leads_to_its_step(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    result, bar = page.vm.result, page.why.chain.verticalScrollBar()
    assert result is not None
    page.resize(1198, 540)
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    for name, step in (("统筹", "pool"), ("本人", "own"), ("共济", "shared"), ("现金", "cash")):
        figure(page, name).click()
        (marked,) = page.why.chain.marked
        assert result.steps[marked].name == step
    assert bar.value() > 0, "the last step is brought into sight"
    page.vm.edit(level="community")
    assert page.why.chain.marked == []
    page.vm.edit(designated=False)
    figure(page, "统筹").click()
    (marked,) = page.why.chain.marked
    assert page.vm.result is not None and page.vm.result.steps[marked].name == "pool-not-designated"
    page.close()


def test_fewer_steps_leave_none_of_the_old_ones(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    assert "共济账户付" in texts(page.why)
    page.vm.edit(items=BILL[2:], designated=False)
    seen = texts(page.why)
    assert "共济账户付" not in seen and "非定点" in seen
    page.vm.start_over()
    assert "在左边填费用" in texts(page.why) and "政策范围内" not in texts(page.why)
    page.close()


def test_national_fields_are_there_on_demand_and_copied_by_key(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    assert "medfee_sumamt" not in texts(page)
    page.why.turn.click()
    seen = texts(page.why)
    assert "medfee_sumamt" in seen and "医疗费总额" in seen and "680.00" in seen and nameless(page) == []
    qtbot.keyClick(page.why, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    result = page.vm.result
    assert result is not None
    expected = {code: value for code, value in settlement_fields(result.settlement).items() if isinstance(value, str)}
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert {line[0]: line[2] for line in lines} == expected and len(expected) == 13
    assert said(shell) == "已复制 13 个字段"
    page.vm.edit(items=(replace(BILL[0], amount=123_400_00), *BILL[1:]))
    assert "123,630.00" in texts(page.why), "the fields follow the bill"
    page.why.turn.click()
    assert "medfee_sumamt" not in texts(page)
    page.close()


def test_the_counter_is_reminded_with_the_clauses_of_the_place(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    seen = texts(page.why)
    assert "只出示患者本人的医保凭证" in seen and "出示授权人的码，是错的" in seen and "不能提现" in seen
    assert "系统自动使用共济账户" in seen and "另有来源说要主动告知收费员" in seen
    asked: list[str] = []
    shell.desk.clause_asked.connect(asked.append)
    chips = [b for b in page.why.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "chip"]
    for clause in ("N-10", "S2-14", "HN-29", "S1-07", "N-09"):
        next(chip for chip in chips if chip.text() == clause).click()
    assert asked == ["N-10", "S2-14", "HN-29", "S1-07", "N-09"]
    page.vm.edit(designated=False)
    assert "不能提现" not in texts(page.why), "no account pays"
    page.close()


def test_other_places_say_other_things(desk: Desk, library: Library) -> None:
    vm = SettlementVM(desk)
    vm.edit(patient="wang", date=DAY, items=BILL)
    assert vm.result is not None
    settlement = vm.result.settlement

    def said_in(place: str, done: Settlement = settlement) -> list[str]:
        found = reminders(done, library.book(place).at(DAY), library, DAY)
        return [clause for reminder in found for clause in reminder.clauses]

    assert said_in("430200") == ["N-10", "S2-14", "HN-29", "S1-07", "N-09"]
    assert said_in("430100") == ["N-10", "S2-14", "HN-29", "N-09"]
    assert "HN-29" not in said_in("350000") and "N-10" in said_in("350000")
    nobody = settlement._replace(shared=0, own=0)
    assert said_in("430200", nobody) == ["N-10", "S2-14"]


def test_meters_follow_the_rule(desk: Desk) -> None:
    vm = SettlementVM(desk)
    vm.edit(patient="zhou", date=DAY, kind="two-disease", disease="both", items=BILL)
    assert vm.result is not None and [meter.name for meter in vm.result.meters] == ["pool"]
    assert vm.result.meters[0].limit == 96_000
    rule = vm.offers.rule
    assert rule is not None
    used = desk.live.running.used["wang", 2025, "outpatient"]  # type: ignore[union-attr]
    by_level = rule._replace(level_year=rule.cap, cost_cap=rule.cap)
    assert meters_of(by_level, used, "secondary", by_hand=True) == (
        Meter("deductible", 0, 96_000, True),
        Meter("pool", 62_800, 96_000, True),
        Meter("cost", 0, 96_000, True),
    )
    assert meters_of(None, used, "secondary", by_hand=False) == ()


def test_the_answer_stands_below_the_visit_where_there_is_no_room_beside_it(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    QApplication.processEvents()
    assert page.who.mapTo(page, page.who.rect().topLeft()).x() > page.bill.table.width()
    page.resize(700, 600)
    QApplication.processEvents()
    table = page.bill.table
    assert page.who.mapTo(page, page.who.rect().topLeft()).y() > table.mapTo(page, table.rect().bottomLeft()).y()
    page.close()


def test_tab_goes_as_one_reads(shell: Shell, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    page.form.patient.setFocus()
    seen = []
    for _ in range(24):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    order = (
        "使用人",
        "类型 门诊",
        "级别 三级",
        "授权人的次序",
        "费用",
        "统筹基金 378.00",
        "现金 0.00",
        "为什么",
        "SYS-02",
    )
    places = [seen.index(name) for name in order]
    assert places == sorted(places) and "类型 慢特病" not in seen


def test_an_account_that_is_not_touched_keeps_its_balance(desk: Desk) -> None:
    vm = SettlementVM(desk)
    vm.edit(patient="ming", date=DAY, items=(replace(BILL[0], amount=1_000),))
    assert vm.result is not None
    left = {row.account: row.left for row in vm.result.rows if row.account}
    assert left == {"li": vm.balance("li").total - vm.result.settlement.shared}  # type: ignore[union-attr]
    assert vm.balance("ming") is None and isinstance(vm.balance("li"), Balance)
