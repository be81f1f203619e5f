"""The form of a person: what shows, what is told on leaving a field, what the draft says."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.identity import check_digit
from famgui.domain.persondraft import PersonDraft
from famgui.ui.shell.desk import Desk
from famgui.ui.widgets.fields import Field, IdEdit
from famgui.ui.widgets.personform import FIELDS, IDENTITY, PersonForm
from famgui.ui.widgets.placechoice import PlaceChoice
from famgui.ui.widgets.placelist import place_entries
from tests.ui.building import nameless

NUMBER = "43020219000101002" + check_digit("43020219000101002")


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> Iterator[PersonForm]:
    made = PersonForm(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.take_focus()
    yield made
    made.close()


def line(form: PersonForm, name: str) -> QLineEdit:
    editor = form.fields[name].editor
    return editor if isinstance(editor, QLineEdit) else editor.findChildren(QLineEdit)[0]


def commit(line: QWidget | None, text: str) -> None:
    """Type with an input method."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def shown(form: PersonForm) -> set[str]:
    return {name for name, field in form.fields.items() if field.isVisible()}


def test_it_begins_as_an_employee_of_the_household_at_hand(form: PersonForm) -> None:
    assert form.draft == PersonDraft(insured_place="430200")
    assert shown(form) == {"name", "id_number", "phone", "insurance", "status", "single_pool", "insured_place"}
    assert nameless(form) == []


def test_typed_by_keyboard_alone(form: PersonForm, qtbot: QtBot) -> None:
    for text in ("周 秀英", NUMBER, "+86 138 0000 0001"):
        commit(form.focusWidget(), text)
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        if text == NUMBER:
            qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Space)
    assert form.draft == PersonDraft("周秀英", NUMBER, "13800000001", "resident", insured_place="430200")
    assert form.show_problems()


def test_problems_wait_until_a_field_is_left_and_go_while_typing(form: PersonForm, qtbot: QtBot) -> None:
    name = line(form, "name")
    commit(name, "王1")
    assert form.fields["name"].problem == ""
    qtbot.keyClick(name, Qt.Key.Key_Tab)
    assert form.fields["name"].problem.startswith("✗ 姓名里不能有数字") and name.property("bad") == "true"
    name.setFocus()
    qtbot.keyClick(name, Qt.Key.Key_Backspace)
    assert form.fields["name"].problem == "" and name.property("bad") == "false"


@pytest.mark.parametrize(
    ("number", "said"),
    [("430202900101002", "15 位的旧证件号码"), (NUMBER[:-2], "现在是 16 位"), (NUMBER[:-1] + "5", "最后一位")],
)
def test_id_numbers_are_told_apart(form: PersonForm, qtbot: QtBot, number: str, said: str) -> None:
    qtbot.keyClicks(line(form, "id_number"), number)
    line(form, "id_number").editingFinished.emit()
    assert said in form.fields["id_number"].problem


def test_what_is_only_odd_has_no_border(form: PersonForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(line(form, "id_number"), "99010119000101002" + check_digit("99010119000101002"))
    line(form, "id_number").editingFinished.emit()
    assert form.fields["id_number"].problem.startswith("! ")
    assert line(form, "id_number").property("bad") == "false"


def test_all_problems_at_once_and_the_first_takes_focus(form: PersonForm) -> None:
    form.set_draft(PersonDraft("王芳", phone="12", insured_place="43"))
    assert not form.show_problems()
    assert form.fields["phone"].problem and form.fields["insured_place"].problem
    assert form.focusWidget() is line(form, "phone")


def test_a_draft_is_shown_masked_and_given_back(form: PersonForm) -> None:
    whole = PersonDraft(
        "王芳", NUMBER, "13800000001", "employee", "retired", True, "350000", "none", "一档", date(2026, 1, 1)
    )
    form.set_draft(whole)
    assert form.draft == whole
    assert NUMBER not in line(form, "id_number").text() and line(form, "id_number").text().startswith("430")
    assert {"tier", "suspended", "status", "single_pool"} <= shown(form) and "born" not in shown(form)


def test_another_insurance_takes_back_what_went_with_the_old_one(form: PersonForm) -> None:
    form.set_draft(PersonDraft("王芳", status="retired", single_pool=True, insured_place="430200"))
    form._insurance.set_value("resident")
    form._insurance.picked.emit("resident")
    assert form.draft == PersonDraft("王芳", insurance="resident", insured_place="430200")
    assert "concession" in shown(form) and not {"status", "single_pool"} & shown(form)


def test_more_facts_come_when_asked_for(form: PersonForm, qtbot: QtBot) -> None:
    qtbot.mouseClick(form._more, Qt.MouseButton.LeftButton)
    assert {"tier", "suspended", "born"} <= shown(form) and not form._more.isVisible()
    form._born.set_day(date(1950, 2, 3))
    assert form.draft.born == date(1950, 2, 3)


def test_only_some_fields_may_be_changed(form: PersonForm) -> None:
    form.allow([name for name in FIELDS if name not in IDENTITY])
    assert {name for name, field in form.fields.items() if not field.isEnabled()} == IDENTITY


def test_a_place_may_ask_for_more(form: PersonForm) -> None:
    form.set_draft(PersonDraft("王芳", insured_place="430200"))
    assert form.show_problems()
    form.ask({"name", "id_number", "phone"})
    assert not form.show_problems() and "请填写联系电话" in form.fields["phone"].problem


def test_a_place_by_name_or_code(desk: Desk, qtbot: QtBot) -> None:
    place = PlaceChoice(desk)
    qtbot.addWidget(place)
    place.set_code("430200")
    assert place.code == "430200" and place._typed.isHidden()
    place.set_code("430100")
    assert place.code == "430100" and place._means.text() == "长沙市 430100"
    for typed, code in (("长沙市", "430100"), ("440100", "440100"), ("哪里", "哪里")):
        place._typed.setText(typed)
        place._typed.textEdited.emit(typed)
        assert place.code == code


def test_places_near_the_household_come_first_and_cities_behind_their_province(desk: Desk, zh: None) -> None:
    entries = place_entries(desk)
    assert [code for code, _ in entries[:3]] == ["430000", "430200", "110000"]
    assert len(entries) == len(desk.library.packs) - 1
    told = dict(entries)
    assert (told["320500"], told["320000"], told["110000"]) == ("江苏省 · 苏州市", "江苏省", "北京市")


def test_a_place_is_found_by_a_part_of_its_name(desk: Desk, qtbot: QtBot) -> None:
    place = PlaceChoice(desk)
    qtbot.addWidget(place)
    place.set_code("")
    completer = place._typed.completer()
    completer.setCompletionPrefix("家界")
    assert completer.currentCompletion() == "张家界市"
    with qtbot.waitSignal(place.changed):
        place._typed.setText("张家界市")
        completer.activated.emit("张家界市")
    assert place.code == "430800"


def test_a_field_says_what_is_only_odd_in_another_way(qtbot: QtBot) -> None:
    field = Field("ID", IdEdit(NUMBER))
    qtbot.addWidget(field)
    field.say("odd", mild=True)
    assert field.problem == "! odd"
    field.say("wrong")
    assert field.problem == "✗ wrong"


def test_an_id_number_just_typed_is_masked_once_it_is_left(qtbot: QtBot, zh: None) -> None:
    host = QWidget()
    edit, other = IdEdit(), QLineEdit()
    column = QVBoxLayout(host)
    column.addWidget(edit)
    column.addWidget(other)
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
    edit.setFocus()
    qtbot.keyClicks(edit._line, NUMBER)
    assert edit._line.text() == NUMBER and edit._reveal.text() == "隐藏"
    edit._reveal.setFocus()
    assert edit._line.text() == NUMBER
    other.setFocus()
    assert "•" in edit._line.text() and edit._reveal.text() == "显示" and edit.number == NUMBER
    edit._reveal.click()
    assert edit._line.text() == NUMBER and edit._reveal.text() == "隐藏"


def test_an_id_number_is_taken_with_its_blanks_and_masked_again(qtbot: QtBot) -> None:
    edit = IdEdit()
    qtbot.addWidget(edit)
    first = edit.findChildren(QLineEdit)[0]
    qtbot.keyClicks(first, "430202 19000101 002X")
    assert edit.typed == "430202 19000101 002X"
    edit._reveal.click()
    edit.set_number(NUMBER)
    assert first.text() == f"430{'•' * 11}{NUMBER[-4:]}" and edit.number == NUMBER and not edit._reveal.isChecked()
