"""Premiums due and paid: rows, preview, paying for several in one go, refusals in sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.household import Deposit, Premium
from famgui.policy.library import Library
from famgui.ui.checklist import ChecklistDialog
from famgui.ui.ledger.page import LedgerPage
from famgui.ui.ledger.premium_model import PremiumVM
from famgui.ui.shell.desk import Desk
from tests.domain.building import SHANGHAI, employee, household, money, resident, row
from tests.ui.building import close, desk_of, sample, shell_of

IN_TIME = date(2025, 10, 20)


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample before its premium; the grandmother has a low income."""
    full = sample()
    persons = tuple(replace(one, concession="low-income") if one.id == "zhou" else one for one in full.persons)
    events = tuple(event for event in full.events if not isinstance(event, Premium))
    made = desk_of(tmp_path, library, [replace(full, persons=persons, events=events)])
    yield made
    close(made)


@pytest.fixture
def vm(desk: Desk) -> PremiumVM:
    made = PremiumVM(desk)
    made.take(day=IN_TIME)
    return made


def said(vm: PremiumVM) -> list[tuple[bool, str]]:
    return [(line.good, line.text) for line in vm.result or vm.preview]


def test_who_is_due_and_until_when(vm: PremiumVM) -> None:
    assert vm.window_words == "2025-09-01 至 2026-01-31 · 还剩 103 天"
    assert [(row.name, row.amount, row.state, row.clause) for row in vm.rows] == [
        ("周秀英 · 低保对象", 200_00, "还没有缴", "HN-45"),
        ("李小明", 400_00, "还没有缴", "HN-42"),
    ]
    for day, words in (
        (date(2026, 1, 31), "最后一天"),
        (date(2026, 2, 1), "已经结束"),
        (date(2025, 8, 31), "还没开始"),
    ):
        vm.take(day=day, product="resident-2026")
        assert vm.window_words.endswith(words)


def test_the_preview_tells_person_by_person(vm: PremiumVM) -> None:
    assert vm.payers == (("li", "李强 · 余额 5,124.62"), ("wang", "王芳 · 余额 68.90"))
    assert (vm.preview, vm.can_pay) == ((), False)
    vm.take(picked=frozenset({"zhou", "ming"}), payer="li")
    assert said(vm) == [
        (True, "周秀英：居民医保 2026 200.00 将由李强缴"),
        (True, "李小明：居民医保 2026 400.00 将由李强缴"),
    ]
    vm.take(payer="wang")
    assert [line.clause for line in vm.preview] == ["HN-31", "HC-26"]
    assert [good for good, _ in said(vm)] == [False, False]
    assert not vm.can_pay
    vm.take(day=date(2026, 2, 1), picked=frozenset({"zhou"}), payer="li")
    assert any("不在集中缴费期内" in text for _, text in said(vm))


def test_paying_for_two_in_one_go(vm: PremiumVM, desk: Desk, qtbot: QtBot) -> None:
    vm.take(picked=frozenset({"zhou", "ming"}), payer="li")
    with qtbot.waitSignal(vm.recorded) as recorded:
        vm.pay()
    assert recorded.args == ["p1"]
    assert said(vm) == [
        (True, "周秀英：居民医保 2026 200.00 已由李强缴"),
        (True, "李小明：居民医保 2026 400.00 已由李强缴"),
    ]
    assert desk.live is not None and desk.live.running.balances["li"].total == 5124_62 - 600_00
    assert [(row.paid, row.amount, row.state) for row in vm.rows] == [
        (True, 200_00, "2025-10-20 已由李强缴"),
        (True, 400_00, "2025-10-20 已由李强缴"),
    ]
    vm.take(picked=frozenset({"zhou"}))
    assert vm.picked == frozenset(), "nobody is paid for twice"


def test_a_write_that_failed_can_be_tried_again(vm: PremiumVM, desk: Desk, qtbot: QtBot) -> None:
    vm.take(picked=frozenset({"ming"}), payer="li")
    assert desk.book is not None
    with closing(sqlite3.connect(desk.book.path)) as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(FAIL, 'disk is full'); END")
        with qtbot.waitSignals([desk.ops.crashed, vm.changed]):
            vm.pay()
        other.execute("DROP TRIGGER full")
    assert not vm.recording and vm.can_pay
    with qtbot.waitSignal(vm.recorded):
        vm.pay()


def test_one_of_two_is_paid_and_the_other_told(vm: PremiumVM, desk: Desk, qtbot: QtBot) -> None:
    """王芳 has 68.90 and is bound to the child only; with 400.00 more she can pay for him, not for the grandmother."""
    done: list[object] = []
    desk.record(Deposit("d", date(2025, 10, 12), "wang", 400_00), done.append)
    qtbot.waitUntil(lambda: bool(done))
    vm.take(picked=frozenset({"zhou", "ming"}), payer="wang")
    assert vm.can_pay
    with qtbot.waitSignal(vm.recorded):
        vm.pay()
    assert [good for good, _ in said(vm)] == [False, True]


def test_a_late_entry_that_would_change_what_is_recorded_is_told(vm: PremiumVM) -> None:
    """Money that 李强 pays in January is missing in May, whose settlement is recorded."""
    vm.take(product="resident-2025", day=date(2025, 1, 2), picked=frozenset({"ming"}), payer="li")
    assert said(vm)[0][0] is False
    assert "补记会改变已记的金额" in said(vm)[0][1]


@pytest.fixture
def shanghai(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """An employee of Shanghai with prior years' money and a child: an insurance whose price nobody sets."""
    home = household(
        employee("li", SHANGHAI, name="李强"),
        resident("kid", SHANGHAI, name="李小明"),
        accounts={"li": money("0.00", "500.00")},
        rows=[row("li", "kid", "child")],
        place=SHANGHAI,
    )
    made = desk_of(tmp_path / "shanghai", library, [home])
    yield made
    close(made)


def test_a_product_whose_price_is_stated(shanghai: Desk, qtbot: QtBot) -> None:
    vm = PremiumVM(shanghai)
    product = next(one for one in vm.products if one.stated)
    vm.take(product=product.name, picked=frozenset({"kid"}))
    assert vm.window_words == ""
    assert [row.amount for row in vm.rows if row.handle == "kid"] == [None]
    assert (vm.preview, vm.can_pay) == ((), False), "no price yet"
    vm.take(price=129_00)
    assert [row.amount for row in vm.rows if row.handle == "kid"] == [129_00]
    assert said(vm) == [(True, "李小明：惠民保 129.00 将由李强缴")]
    with qtbot.waitSignal(vm.recorded):
        vm.pay()
    assert shanghai.live is not None and shanghai.live.running.balances["li"].prior_years == 371_00


@pytest.fixture
def page(desk: Desk, qapp: QApplication, qtbot: QtBot) -> LedgerPage:
    host = QWidget()
    qtbot.addWidget(host)
    made = LedgerPage(shell_of(desk, qapp, host))
    qtbot.addWidget(made)
    made.resize(1198, 620)
    made._tab_picked("premiums")
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_ticking_and_paying_on_the_page(page: LedgerPage, qtbot: QtBot) -> None:
    tab = page.premiums
    tab._day.set_day(IN_TIME)
    QApplication.processEvents()
    boxes = {one.accessibleName(): one for one in tab.findChildren(QCheckBox) if one.isVisible()}
    assert set(boxes) == {"为周秀英 · 低保对象代缴", "为李小明代缴"}
    action = page.shell.commands.action("ledger.premium")
    assert not action.isEnabled()
    box = boxes["为李小明代缴"]
    box.setFocus()
    qtbot.keyClick(box, " ")
    assert tab.vm.picked == {"ming"}
    assert box.isVisible() and page.focusWidget() is box, "a tick does not lose its place"
    assert action.isEnabled()
    with qtbot.waitSignal(tab.vm.recorded):
        action.trigger()
    page.refresh()
    QApplication.processEvents()
    texts = [one.text() for one in page.findChildren(QLabel) if one.isVisible()]
    assert "✓ 李小明：居民医保 2026 400.00 已由李强缴" in texts
    assert [one.accessibleName() for one in tab.findChildren(QCheckBox) if one.isVisible()] == [
        "为周秀英 · 低保对象代缴"
    ]


def test_the_account_chosen_on_the_page_pays_where_it_can(page: LedgerPage) -> None:
    tab = page.premiums
    tab._day.set_day(IN_TIME)
    wang = next(row for row in page.vm.accounts if row.handle == "wang")
    page.vm.choose(wang.person_id)
    assert tab.vm.payer == "wang"
    old = next(row for row in page.vm.accounts if row.handle == "wang-senior")
    page.vm.choose(old.person_id)
    assert tab.vm.payer in ("li", "wang"), "who is bound to nobody cannot pay"


def test_what_is_paid_offers_the_checklist_of_the_platform(page: LedgerPage, qtbot: QtBot) -> None:
    tab = page.premiums
    tab._day.set_day(IN_TIME)
    tab.vm.take(picked=frozenset({"ming"}), payer="li")
    with qtbot.waitSignal(tab.vm.recorded):
        tab.vm.pay()
    offered = [one for one in tab.findChildren(QPushButton) if one.accessibleName() == "李小明的办理清单"]
    qtbot.mouseClick(offered[-1], Qt.MouseButton.LeftButton)
    (dialog,) = tab.findChildren(ChecklistDialog)
    qtbot.waitExposed(dialog)
    (owner,) = dialog.panel.vm.lists
    assert (owner.deed, owner.users, len(owner.steps)) == ("premium", ("ming",), 5)
    dialog.accept()
