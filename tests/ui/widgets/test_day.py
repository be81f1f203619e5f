"""A date field: whole dates typed or pasted, and nothing taken for a date that is none."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.widgets.day import DayEdit, day_typed
from famgui.ui.widgets.fields import Field

BEFORE = date(2026, 11, 22)


@pytest.fixture
def edit(qtbot: QtBot) -> DayEdit:
    made = DayEdit(BEFORE)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-05-10", date(2025, 5, 10)),
        ("2025/5/1", date(2025, 5, 1)),
        ("20250510", date(2025, 5, 10)),
        (" 2025年5月1日 ", date(2025, 5, 1)),
        ("２０２５-０５-１０", date(2025, 5, 10)),
        ("2025-02-29", None),
        ("0000-99-99", None),
        ("2025-5", None),
        ("2025051", None),
        ("25-05-10", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_as_people_write_them(text: str, day: date | None) -> None:
    assert day_typed(text) == day


@pytest.mark.parametrize("typed", ["2025-05-10", "20250510", "2025/05/10", "2025-5-10\r"])
def test_typing_over_the_whole_date_takes_the_whole_date(edit: DayEdit, qtbot: QtBot, typed: str) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, typed)
    assert edit.day == date(2025, 5, 10)


def test_a_short_date_is_taken_on_leaving(edit: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, "2025-5-1")
    assert edit.day == BEFORE, "not before it is whole"
    edit.clearFocus()
    assert edit.day == date(2025, 5, 1)


@pytest.mark.parametrize(("text", "day"), [("2025-05-10", date(2025, 5, 10)), ("0000-99-99", BEFORE), ("x", BEFORE)])
def test_pasting(edit: DayEdit, qtbot: QtBot, text: str, day: date) -> None:
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.day == day
    assert (edit.property("bad") == "true") == (day == BEFORE)
    assert (text in edit.accessibleDescription()) == (day == BEFORE)


def test_what_is_no_date_is_said_and_the_date_stays(edit: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, "2025-99-99\r")
    assert edit.day == BEFORE and edit.text() == "2025-99-99"
    assert edit.property("bad") == "true"


def test_a_day_that_does_not_exist_stays_as_typed_is_said_below_and_one_tab_leaves(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    edit, after = DayEdit(BEFORE), QLineEdit()
    field = Field("day", edit)
    before = QLineEdit()
    column = QVBoxLayout(outer)
    for one in (before, field, after):
        column.addWidget(one)
    told: list[str] = []
    edit.misread.connect(told.append)
    with qtbot.waitActive(outer):
        outer.show()
        outer.activateWindow()
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    qtbot.keyClicks(edit, "2026-02-30")
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    assert (edit.text(), edit.day) == ("2026-02-30", BEFORE)
    assert field.problem.startswith("✗") and "2026-02-30" in field.problem
    assert edit.property("bad") == "true" and told == ["2026-02-30"]
    edit.set_day(BEFORE)
    assert edit.text() == "2026-02-30", "showing the same day again takes nothing away"
    qtbot.keyClick(after, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert edit.hasFocus() and edit.text() == "2026-02-30"
    qtbot.keyClicks(edit, "2025-12-31")
    qtbot.keyClick(edit, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is before
    assert (edit.text(), edit.day) == ("2025-12-31", date(2025, 12, 31))
    assert field.problem == "" and edit.property("bad") == "false" and told == ["2026-02-30", ""]


def test_typing_on_after_a_day_that_does_not_exist_begins_anew(edit: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, "2026-02-302025-12-31")
    assert (edit.text(), edit.day) == ("2025-12-31", date(2025, 12, 31))


def test_escape_leaves_the_date_as_it_was(edit: DayEdit, qtbot: QtBot) -> None:
    qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, "2025")
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert (edit.day, edit.text()) == (BEFORE, "2026-11-22")


def test_digits_go_to_the_part_that_is_marked(edit: DayEdit, qtbot: QtBot) -> None:
    edit.setSelectedSection(DayEdit.Section.MonthSection)
    qtbot.keyClicks(edit, "03")
    assert edit.day == date(2026, 3, 22)


def test_where_no_date_is_told_yet_one_can_be_typed(edit: DayEdit, qtbot: QtBot) -> None:
    edit.setMinimumDate(QDate(1990, 1, 1))
    edit.setSpecialValueText("not told")
    edit.setDate(QDate(1990, 1, 1))
    assert edit.text() == "not told"
    qtbot.keyClicks(edit, "20250510")
    assert edit.day == date(2025, 5, 10)
