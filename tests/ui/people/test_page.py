"""The directory driven as a user would: typing, arrows, keys; what is told before anything is done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.account import Balance
from famgui.domain.household import Household
from famgui.domain.person import Person
from famgui.policy.library import Library
from famgui.ui.people.page import PeoplePage
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.usecase.doctor import examine
from famgui.usecase.household import import_household
from famgui.usecase.people import find
from tests.ui.building import NOW, close, desk_of, nameless, sample, shell_of


@pytest.fixture
def shell(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Shell]:
    """The sample family, and a second household in which 王芳 stands once more."""
    wang = next(person for person in sample().persons if person.name == "王芳")
    again = replace(wang, id="p1", insurance="resident", has_account=False, phone="13800000001")
    lin = Person("p2", "employee", "430200", "赵强", has_account=True)
    desk = desk_of(tmp_path, library, [sample(), Household("430200", (again, lin), {"p2": Balance(500)})])
    host = QWidget()
    host.resize(800, 600)
    yield shell_of(desk, qapp, host)
    close(desk)
    host.deleteLater()


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> Iterator[PeoplePage]:
    crashes: list[BaseException] = []
    made = PeoplePage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    made.show()
    made.refresh()
    shell.desk.changed.connect(made.refresh)
    shell.desk.ops.crashed.connect(crashes.append)
    settle(made, qtbot)
    yield made
    settle(made, qtbot)
    assert crashes == []
    for toast in shell.toasts._host.findChildren(Toast):
        toast.leave()
    made.close()


def settle(page: PeoplePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)


def commit(line: QWidget | None, text: str) -> None:
    """Type with an input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def names(page: PeoplePage) -> list[str]:
    return [hit.person.name for hit in page._rows.rows]


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def said(shell: Shell) -> str:
    toasts = [toast for toast in shell.toasts._host.findChildren(Toast) if toast.isVisibleTo(shell.toasts._host)]
    return toasts[-1].accessibleName() if toasts else ""


def look_at(page: PeoplePage, name: str, household: int = 1) -> None:
    place = next(n for n, hit in enumerate(page._rows.rows) if (hit.person.name, hit.household) == (name, household))
    page.table.go_to(place)


def check(page: PeoplePage) -> None:
    desk = page.shell.desk
    assert desk.book is not None and examine(desk.book, desk.library.book) == ()


def test_everybody_is_listed_and_the_first_is_looked_at(page: PeoplePage) -> None:
    assert names(page) == ["李强", "李小明", "王芳", "王芳", "王建国", "赵强", "周秀英"]
    assert "共 7 人" in words(page) and "李强" in words(page.detail)
    assert nameless(page) == []
    assert page.words.hasFocus()


def test_typing_finds_and_arrows_choose(page: PeoplePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.words, "wf")
    assert names(page) == ["王芳", "王芳"] and "2 / 7 人" in words(page)
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    assert page.table.hasFocus() and page.vm.hit is not None and page.vm.hit.household == 1
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert page.vm.hit.household == 2
    page.words.setText("没有这个人")
    assert names(page) == [] and "没有找到" in words(page)
    assert not page.shell.commands.action("people.edit").isEnabled()


def test_id_numbers_are_masked_until_asked_for(page: PeoplePage) -> None:
    look_at(page, "王芳")
    number = page.vm.hit.person.id_number
    assert number not in words(page)
    page.detail._reveal.click()
    assert number in words(page.detail)
    look_at(page, "李强")
    look_at(page, "王芳")
    assert number not in words(page)


def test_another_household_is_taken_in_hand(page: PeoplePage) -> None:
    look_at(page, "赵强", 2)
    assert page.detail._open.isVisible() and "5.00" in words(page.detail)
    page.detail._open.click()
    assert page.shell.desk.live.id == 2 and page.vm.hit.person.name == "赵强"
    assert not page.detail._open.isVisible()


def test_a_name_is_put_right(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "周秀英")
    page.shell.commands.run("people.edit")
    line = page.edit.form._name
    assert line.hasFocus()
    line.selectAll()
    commit(line, "周绣英")
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page, qtbot)
    assert said(page.shell) == "已更正" and "周绣英" in names(page)
    assert page.vm.hit.person.name == "周绣英" and page.detail.isVisible()
    page.shell.commands.run("people.history")
    assert "姓名：周秀英 → 周绣英" in words(page.story)
    assert "周绣英" in page.shell.desk.names.values()
    check(page)


def test_a_correction_that_would_change_a_bill_is_refused_with_the_way_out(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳")
    page.shell.commands.run("people.edit")
    page.edit.form._insurance.set_value("resident")
    page.edit.form._insurance.picked.emit("resident")
    page.edit.save.click()
    settle(page, qtbot)
    assert page.edit.isVisible() and "没有账户" in page.edit.why.text()
    page.edit.form._insurance.set_value("none")
    page.edit.form._insurance.picked.emit("none")
    look = page.edit.why.text()
    assert look
    check(page)


def test_facts_change_from_a_day_on(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳")
    page.shell.commands.run("people.edit")
    page.edit.when._buttons["day"].click()
    assert not page.edit.form._name.isEnabled() and page.edit.day.isVisible()
    page.edit.day.set_day(date(2026, 11, 1))
    page.edit.form._status._buttons["retired"].click()
    page.edit.save.click()
    settle(page, qtbot)
    assert "2026-11-01" in said(page.shell)
    assert "退休" in words(page.detail)
    check(page)


def test_what_is_wrong_keeps_the_form_open(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳")
    page.shell.commands.run("people.edit")
    page.edit.form._name.setText("")
    qtbot.keyClicks(page.edit.form._name, "7")
    page.edit.save.click()
    assert page.edit.isVisible() and "数字" in words(page.edit)
    page.shell.commands.run("people.back")
    assert page.detail.isVisible() and page.table.hasFocus()


def test_somebody_new_with_money(page: PeoplePage, qtbot: QtBot) -> None:
    page.words.setText("wf")
    page.shell.commands.run("people.add")
    commit(page.add.form._name, "陈新")
    page.add.current.setText("1,200")
    page.add.prior.setText("abc")
    page.add.save.click()
    assert "金额" in page.add._money[1].problem
    page.add.prior.setText("30")
    page.add.save.click()
    settle(page, qtbot)
    assert said(page.shell) == "已添加陈新" and page.vm.hit.person.name == "陈新" and page.vm.hit.household == 1
    assert "1,230.00" in words(page.detail) and page.table.current.person.name == "陈新"
    check(page)


def test_somebody_new_in_a_household_of_their_own(page: PeoplePage, qtbot: QtBot) -> None:
    page.shell.commands.run("people.add")
    page.add.where._buttons["new"].click()
    commit(page.add.form._name, "陈新")
    page.add.save.click()
    settle(page, qtbot)
    assert page.shell.desk.titles[3] == "陈新家" and page.vm.hit.household == 3
    assert page.table.current.person.name == "陈新"
    check(page)


def test_a_number_that_is_there_already_is_told_first(page: PeoplePage, qtbot: QtBot) -> None:
    number = next(hit.person.id_number for hit in page._rows.rows if hit.person.name == "李强")
    page.shell.commands.run("people.add")
    commit(page.add.form._name, "李强二")
    qtbot.keyClicks(page.add.form._number.findChildren(QLineEdit)[0], number)
    page.add.save.click()
    assert "已有这个证件号码：李强" in page.add.why.text() and page.add.anyway.isVisible()
    page.add.anyway.setChecked(True)
    page.add.save.click()
    settle(page, qtbot)
    assert "李强二" in names(page)


def test_rows_that_look_alike_are_suggested_and_merged(page: PeoplePage, qtbot: QtBot) -> None:
    assert page.strip.isVisible() and "证件号码相同" in words(page.strip)
    page.strip._look.click()
    settle(page, qtbot)
    told = words(page.merge)
    assert "两个家庭合成一个" in told and "从另一条记录补上：联系电话" in told
    page.merge.go.click()
    settle(page, qtbot)
    assert said(page.shell) == "已合并" and names(page).count("王芳") == 1
    assert page.vm.hit.person.phone == "13800000001" and not page.strip.isVisible()
    assert list(page.shell.desk.titles) == [1] and len(page.shell.desk.persons) == 6
    check(page)


def test_the_household_at_hand_may_be_the_one_that_goes(page: PeoplePage, qtbot: QtBot) -> None:
    desk = page.shell.desk
    third = Household("430200", (Person("p1", "resident", "430200", "赵强"),))
    import_household(desk.book, desk.library.book, third, "三", now=NOW)
    desk.reload(2)
    settle(page, qtbot)
    look_at(page, "赵强", 3)
    page.shell.commands.run("people.merge")
    page.merge.table.go_to(0)
    settle(page, qtbot)
    page.merge.go.click()
    settle(page, qtbot)
    assert said(page.shell) == "已合并" and list(desk.titles) == [1, 3]
    assert desk.live.id == 3 and [one.name for one in desk.persons] == ["王芳", "赵强"]
    check(page)


def test_why_two_rows_cannot_be_one(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳")
    page.shell.commands.run("people.merge")
    page.merge.words.setText("")
    qtbot.keyClicks(page.merge.words, "lq")
    qtbot.keyClick(page.merge.words, Qt.Key.Key_Return)
    page.merge.table.go_to(0)
    settle(page, qtbot)
    assert "证件号码不同" in words(page.merge) and not page.merge.go.isEnabled()


def test_deleting_tells_first_and_keeps_the_records(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "周秀英")
    page.shell.commands.run("people.delete")
    settle(page, qtbot)
    told = words(page.forget)
    assert "这些都保留" in told and "备份" in told and page.forget.go.text() == "匿名化"
    assert page.forget.go.hasFocus()
    qtbot.keyClick(page.forget.go, Qt.Key.Key_Space)
    settle(page, qtbot)
    assert "已匿名化" in said(page.shell) and "周秀英" not in names(page)
    assert "已匿名 1" in words(page.detail)
    assert find(page.shell.desk.book, "周秀英") == []
    check(page)


def test_deleting_somebody_without_records(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳", 2)
    page.shell.commands.run("people.delete")
    settle(page, qtbot)
    assert "整条删除" in words(page.forget) and page.forget.go.text() == "删除"
    page.forget.go.click()
    settle(page, qtbot)
    assert said(page.shell) == "已删除" and names(page).count("王芳") == 1
    check(page)


def test_nobody_yet(qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None) -> None:
    desk, host = desk_of(tmp_path, library, []), QWidget()
    page = PeoplePage(shell_of(desk, qapp, host))
    qtbot.addWidget(page)
    page.show()
    desk.changed.connect(page.refresh)
    page.refresh()
    assert "账本里还没有人员" in words(page)
    page.shell.commands.run("people.add")
    assert page.add.isVisible() and page.add.where.value == "new"
    page.add.form.set_draft(replace(page.add.form.draft, name="陈新", insured_place="430200"))
    page.add.save.click()
    settle(page, qtbot)
    assert desk.titles == {1: "陈新家"} and names(page) == ["陈新"]
    for toast in host.findChildren(Toast):
        toast.leave()
    page.close()
    close(desk)
    host.deleteLater()


def test_a_panel_about_somebody_closes_when_another_is_looked_at(page: PeoplePage, qtbot: QtBot) -> None:
    for command, card in (("people.delete", page.forget), ("people.merge", page.merge)):
        look_at(page, "周秀英")
        page.shell.commands.run(command)
        settle(page, qtbot)
        assert card.isVisible()
        look_at(page, "李强")
        assert not card.isVisible() and "李强" in words(page.detail)
        page.shell.commands.run(command)
        settle(page, qtbot)
        page.words.setText("zxy")
        assert not card.isVisible() and "周秀英" in words(page.detail)
        page.words.clear()
        page.shell.commands.run(command)
        settle(page, qtbot)
        page.hide()
        page.show()
        assert not card.isVisible() and page.detail.isVisible()


def test_the_button_of_a_deed_stands_far_from_where_edit_stood(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "周秀英")
    action = page.shell.commands.action("people.edit")
    (edit,) = (one for one in page.detail.findChildren(QPushButton) if one.text().startswith(action.text()))
    stood = edit.mapTo(page, QPoint(edit.width(), 0)).x()
    page.shell.commands.run("people.delete")
    settle(page, qtbot)
    QApplication.processEvents()
    assert page.forget.go.mapTo(page, QPoint()).x() > stood


def test_what_is_half_typed_stays_with_whom_it_is_about(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "周秀英")
    page.shell.commands.run("people.edit")
    look_at(page, "李强")
    assert page.edit.isVisible() and "编辑李强" in words(page.edit)
    qtbot.keyClicks(page.edit.form._phone, "13800000002")
    look_at(page, "周秀英")
    assert page.vm.hit.person.name == "李强" and page.edit.form.draft.phone == "13800000002"
    assert "对李强的修改还没有保存" in words(page.edit)
    qtbot.waitUntil(lambda: page.table.current is not None and page.table.current.person.name == "李强")
    page.words.setText("zxy")
    page.shell.commands.run("people.delete")
    assert page.edit.isVisible() and page.vm.hit.person.name == "李强"


def test_the_number_of_somebody_else_is_refused_and_merging_offered(page: PeoplePage, qtbot: QtBot) -> None:
    number = next(hit.person.id_number for hit in page._rows.rows if hit.person.name == "李强")
    look_at(page, "赵强", 2)
    page.shell.commands.run("people.edit")
    qtbot.keyClicks(page.edit.form._number.findChildren(QLineEdit)[0], number)
    page.edit.save.click()
    settle(page, qtbot)
    assert "已有这个证件号码：李强" in page.edit.why.text() and page.edit._merge.isVisible()
    page.edit._merge.click()
    settle(page, qtbot)
    assert page.merge.isVisible() and page.vm.hit.person.name == "李强"
    check(page)


def test_enter_goes_on_field_by_field(page: PeoplePage, qtbot: QtBot) -> None:
    page.shell.commands.run("people.add")
    form = page.add.form
    commit(form._name, "陈新")
    qtbot.keyClick(form._name, Qt.Key.Key_Return)
    assert form._number.findChildren(QLineEdit)[0].hasFocus() and page.add.isVisible()
    for _ in range(12):
        if page.vm.desk.ops.pending:
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(page, qtbot)
    assert said(page.shell) == "已添加陈新"


def test_what_a_merge_drops_and_which_row_stays(page: PeoplePage, qtbot: QtBot) -> None:
    page.strip._look.click()
    settle(page, qtbot)
    told = words(page.merge)
    assert "不再保留另一条记录的：参保 居民医保" in told and "不能撤销" in told
    assert page.merge.stays.isVisible() and page.merge.stays.value is True
    page.merge.stays._buttons[False].click()
    settle(page, qtbot)
    assert page.merge._pair[0].household == 2 and "不能" in words(page.merge)


def test_a_merge_refused_one_way_is_tried_the_other_way(page: PeoplePage, qtbot: QtBot) -> None:
    look_at(page, "王芳", 2)
    page.shell.commands.run("people.merge")
    page.merge.table.go_to(0)
    settle(page, qtbot)
    first = page.merge.stays.value
    page.merge.stays._buttons[not first].click()
    settle(page, qtbot)
    refused = not page.merge.go.isEnabled()
    assert "b1" not in words(page.merge) and " p" not in words(page.merge)
    assert first is not refused or first is True


def test_enter_goes_on_to_settle_for_who_was_found(page: PeoplePage, qtbot: QtBot) -> None:
    asked: list[str] = []
    desk = page.shell.desk
    desk.page_asked.connect(asked.append)
    desk.patient_asked.connect(asked.append)
    qtbot.keyClicks(page.words, "zq")
    qtbot.keyClick(page.words, Qt.Key.Key_Return)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert desk.live is not None and desk.live.id == 2 and asked == ["settlement", "p2"]
    button = next(one for one in page.detail.findChildren(QPushButton) if one.text().startswith("结算"))
    assert button.isEnabled()
    look_at(page, "赵强", 2)
    page.shell.commands.run("people.settle")
    assert asked == ["settlement", "p2"] * 2
