"""Another page asks for a patient: the calculator comes up with them, and loses no bill that is being typed."""

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from famgui.ui.people.page import PeoplePage
from famgui.ui.settlement.draft import ItemDraft
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program


def calculator(program: Program) -> SettlementPage:
    page = program.pages["settlement"]
    assert isinstance(page, SettlementPage)
    return page


def test_the_patient_asked_for_is_the_patient(program: Callable[[], Program], qtbot: QtBot) -> None:
    made = program()
    assert made.desk.live is not None
    persons = {person.name: person.id for person in made.desk.persons}
    made.go_to("settlement")
    made.desk.patient_asked.emit(persons["周秀英"])
    page = calculator(made)
    assert page.isVisible() and page.vm.draft.patient == persons["周秀英"]
    assert page.form.patient.currentText().startswith("周秀英")
    page.vm.set_items((ItemDraft("药", amount=1_000),))
    made.desk.patient_asked.emit(persons["李小明"])
    assert page.vm.draft.patient == persons["周秀英"] and page.vm.draft.items
    (toast,) = [toast for toast in made.window.findChildren(Toast) if toast.isVisible()]
    assert toast.accessibleName() == "这里有周秀英没录完的账单"
    toast._act(page.form.patient.clearFocus)
    made.desk.patient_asked.emit("nobody")
    assert page.vm.draft.patient == persons["周秀英"]
    page._settle_for(persons["李小明"])
    (toast,) = [toast for toast in made.window.findChildren(Toast) if toast.isVisible()]
    next(one for one in toast.children() if getattr(one, "text", str)() == "清除，改为李小明").click()  # type: ignore[attr-defined]
    assert page.vm.draft.patient == persons["李小明"] and not page.vm.draft.items
    qtbot.waitUntil(lambda: not made.ops.pending)


def test_an_empty_book_offers_the_ways_into_it(program: Callable[[], Program], qtbot: QtBot) -> None:
    made = program()
    made.go_to("settlement")
    page = calculator(made)
    page.vm.set_items((ItemDraft("药", amount=1_000),))
    assert not page.why._ways.isVisible()
    made.commands.run("household.delete")
    qtbot.waitUntil(lambda: any(box.isVisible() for box in made.window.findChildren(QMessageBox)))
    box = next(box for box in made.window.findChildren(QMessageBox) if box.isVisible())
    next(button for button in box.buttons() if button.text() == "删除家庭").click()
    qtbot.waitUntil(lambda: made.desk.live is None)
    assert page.vm.draft.items == () and page.why._missing_words.text() == "账本里还没有家庭。"
    ways = {way.text(): way for way in page.why._ways.findChildren(QPushButton)}
    assert list(ways) == ["新建绑定", "添加人员", "导入案例文件"] and all(way.isVisible() for way in ways.values())
    ways["添加人员"].click()
    people = made.pages["people"]
    assert isinstance(people, PeoplePage) and people.add.isVisible()
    assert people.add.form.draft.insured_place == "430200"
    assert "账本里还没有人员。" in {words.text() for words in people._lists.findChildren(QLabel)}
    assert not people._everybody.isVisible()
    made.go_to("settlement")
    ways["新建绑定"].click()
    assert made.pages["wizard"].isVisible()
    qtbot.waitUntil(lambda: not made.ops.pending)
