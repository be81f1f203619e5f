"""The field kit and the table kit."""

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.theme.style import Theme
from famgui.ui.widgets.day import DayEdit
from famgui.ui.widgets.fields import Choice, Field, IdEdit, MoneyEdit, Segments, amount_typed, masked
from famgui.ui.widgets.table import Column, Table, TableModel


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("12", 1_200),
        ("1,234.5", 123_450),
        ("１２．５", 1_250),
        ("¥ 3.00", 300),
        ("007", 700),
        ("0.5", 50),
        ("3元", 300),
        ("", None),
        ("abc", None),
        ("-1", None),
        ("1.234", None),
        ("99999999", None),
    ],
)
def test_amounts_are_read_as_people_type_them(text: str, fen: int | None) -> None:
    assert amount_typed(text) == fen


def test_a_field_says_what_is_wrong_below_its_input(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    field = Field("Amount", edit)
    qtbot.addWidget(field)
    field.show()
    field.say("no amount")
    assert field.problem == "✗ no amount" and edit.property("bad") == "true"
    assert edit.accessibleName() == "Amount" and edit.accessibleDescription() == "no amount"
    field.say("")
    assert field.problem == "" and edit.property("bad") == "false"
    field.close()


def test_money_is_tidied_when_one_leaves_it(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    edit.show()
    qtbot.keyClicks(edit, "1,5")
    assert edit.fen == 1_500
    edit.clearFocus()
    edit.focusOutEvent(_focus_out())
    assert edit.text() == "15.00"
    edit.close()


def _focus_out() -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent

    return QFocusEvent(QEvent.Type.FocusOut)


def test_an_id_number_is_masked_until_asked_for(qtbot: QtBot, zh: None) -> None:
    edit = IdEdit("430202190001010029")
    qtbot.addWidget(edit)
    assert edit._line.text() == "430•••••••••••0029" == masked("430202190001010029")
    edit._reveal.click()
    assert edit._line.text() == "430202190001010029" and edit.number == "430202190001010029"
    assert IdEdit("12").number is None and IdEdit("").number == ""


def shown_id(qtbot: QtBot, number: str) -> tuple[Field, IdEdit, QLineEdit]:
    """The field on screen; the keyboard is elsewhere."""
    host, edit, other = QWidget(), IdEdit(number), QLineEdit()
    qtbot.addWidget(host)
    column, field = QVBoxLayout(host), Field("ID number", edit)
    column.addWidget(other)
    column.addWidget(field)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    other.setFocus()
    field.host = host  # type: ignore[attr-defined]
    return field, edit, edit._line


@pytest.mark.parametrize("by", ["click", "tab"])
def test_a_number_marked_as_wrong_is_shown_and_typed_over(by: str, qtbot: QtBot, zh: None) -> None:
    wrong, right = "43020219000101002X", "430202190001010029"
    field, edit, line = shown_id(qtbot, wrong)
    line.setFocus()
    assert line.text() == masked(wrong), "a number that nobody calls wrong stays masked"
    field.say("check digit", line)
    assert line.text() == wrong, "marked while the keyboard is in it"
    field.host.findChild(QLineEdit).setFocus()  # type: ignore[attr-defined]
    assert line.text() == masked(wrong), "masked once it is left"
    if by == "click":
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert line.text() == wrong and not line.isReadOnly()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line, right)
    assert edit.number == right
    field.host.close()  # type: ignore[attr-defined]


def test_typing_over_a_masked_number_uncovers_it(qtbot: QtBot, zh: None) -> None:
    field, edit, line = shown_id(qtbot, "430202190001010029")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert line.text() == masked("430202190001010029")
    line.setCursorPosition(18)
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert edit.typed == line.text() == "43020219000101002"
    edit.set_number("430202190001010029")
    line.selectAll()
    qtbot.keyClicks(line, "12")
    assert edit.typed == "12"
    field.host.close()  # type: ignore[attr-defined]


def test_day_choice_and_segments_hold_values(qtbot: QtBot) -> None:
    day = DayEdit(date(2025, 2, 28))
    choice = Choice([("a", "A"), ("b", "B")])
    segments = Segments([("x", "X"), ("y", "Y")], "Kind")
    for widget in (day, choice, segments):
        qtbot.addWidget(widget)
    day.set_day(date(2024, 2, 29))
    choice.set_value("b")
    segments.set_value("y")
    assert (day.day, choice.value, segments.value) == (date(2024, 2, 29), "b", "y")
    choice.set_entries([("b", "B2"), ("c", "C")])
    assert choice.value == "b"


def columns() -> list[Column[int]]:
    return [Column("n", str, sort=lambda n: n, number=True), Column("text", lambda n: f"row {n}", stretch=True)]


def test_a_table_sorts_by_value_and_copies_lines(qtbot: QtBot) -> None:
    model: TableModel[int] = TableModel(columns())
    model.set_rows([10, 9, 100])
    table = Table(model, "numbers")
    qtbot.addWidget(table)
    table.make_sortable()
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert model.rows == [9, 10, 100]
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "9\trow 9\n10\trow 10\n100\trow 100"
    table.selectRow(1)
    assert table.current == 10


def test_a_paged_table_fetches_by_the_last_row_and_stops_at_the_end(qtbot: QtBot) -> None:
    asked: list[int | None] = []

    def fetch(after: int | None) -> list[int]:
        asked.append(after)
        start = 0 if after is None else after + 1
        return list(range(start, min(start + 40, 100)))

    model: TableModel[int] = TableModel(columns(), fetch)
    model.restart()
    table = Table(model, "numbers")
    qtbot.addWidget(table)
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    assert model.rows == list(range(100)) and asked == [None, 39, 79, 99]


def test_a_choice_too_long_for_its_room_ends_in_dots(qtbot: QtBot) -> None:
    text = "阿依古丽·买买提江·阿卜杜拉·努尔麦麦提 · 账户 1,068.90"
    long, cut = Choice([(1, text)]), Choice()
    for made in (long, cut):
        qtbot.addWidget(made)
        made.setMinimumContentsLength(1)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.resize(200, 32)
    option = QStyleOptionComboBox()
    long.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    field = long.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, long)
    shown = long.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, field.width() - 2)
    cut.set_entries([(1, shown)])
    assert shown.endswith("…") and long.grab().toImage() == cut.grab().toImage()


@pytest.mark.parametrize("text", ["当年和历年", "全部类型", "Current and prior years"])
def test_a_choice_as_wide_as_it_asked_to_be_shows_its_whole_text(text: str, qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    theme.apply("light", "standard")
    fits, wide = Choice([(1, text)]), Choice([(1, text)])
    for made in (fits, wide):
        qtbot.addWidget(made)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        made.ensurePolished()
        made.resize(made.sizeHint())
    wide.resize(fits.width() + 60, fits.height())
    inside = QRect(0, 0, fits.width() - 30, fits.height())
    assert fits.grab(inside).toImage() == wide.grab(inside).toImage()
