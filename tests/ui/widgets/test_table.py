"""The table kit: columns chosen and remembered, cut texts whole in the tooltip, quiet suffixes, copies."""

from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QHeaderView, QMenu
from pytestqt.qtbot import QtBot

from famgui.ui.shell.settings import Settings
from famgui.ui.theme.style import Theme
from famgui.ui.widgets.columns import ColumnChooser
from famgui.ui.widgets.table import Column, Table, TableModel


class Row(NamedTuple):
    name: str
    note: str
    amount: int


LONG = "欧阳" * 15
ROWS = [Row("王芳", "v1", 5), Row(LONG, "", 7)]


def made(qtbot: QtBot) -> Table:
    model: TableModel[Row] = TableModel(
        [
            Column("姓名", lambda row: row.name, key="name", stretch=True, suffix=lambda row: row.note),
            Column("又名", lambda row: row.name, key="again", most=8),
            Column("金额", lambda row: str(row.amount), number=True, key="amount"),
            Column("备注", lambda row: row.note, key="note", away=True),
        ]
    )
    model.set_rows(ROWS)
    table = Table(model, "表")
    qtbot.addWidget(table)
    table.resize(420, 200)
    with qtbot.waitExposed(table):
        table.show()
    return table


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot, zh: None) -> Table:
    Theme(qapp).apply("light", "standard")
    return made(qtbot)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


def hidden(table: Table) -> list[int]:
    return [column for column in range(4) if table.isColumnHidden(column)]


def test_a_column_is_put_away_and_comes_back_another_day(table: Table, settings: Settings, qtbot: QtBot) -> None:
    chooser = ColumnChooser(table, settings, "rows")
    assert hidden(table) == [3], "away until somebody asks for it"
    chooser.show_column(3, True)
    chooser.show_column(1, False)
    assert hidden(table) == [1]
    other = made(qtbot)
    ColumnChooser(other, settings, "rows")
    assert hidden(other) == [1]
    third = made(qtbot)
    ColumnChooser(third, settings, "another table")
    assert hidden(third) == [3]
    chooser.show_column(1, True)
    fourth = made(qtbot)
    ColumnChooser(fourth, settings, "rows")
    assert hidden(fourth) == [], "nothing put away is a choice as well"


def test_the_menu_names_the_columns_and_keeps_the_last(table: Table, settings: Settings) -> None:
    chooser = ColumnChooser(table, settings, "rows")
    menu = chooser.button.menu()
    assert isinstance(menu, QMenu)
    assert not menu.isEmpty(), "an empty menu would not even come up"
    menu.aboutToShow.emit()
    assert [(one.text(), one.isChecked()) for one in menu.actions()] == [
        ("姓名", True),
        ("又名", True),
        ("金额", True),
        ("备注", False),
    ]
    menu.actions()[1].trigger()
    menu.aboutToShow.emit()
    menu.actions()[2].trigger()
    menu.aboutToShow.emit()
    assert hidden(table) == [1, 2, 3]
    assert [one.isEnabled() for one in menu.actions()] == [False, True, True, True]
    table.put_away(range(4))
    assert hidden(table) == [], "never all of them"


def test_what_a_page_withholds_is_not_what_the_user_put_away(table: Table, settings: Settings) -> None:
    chooser = ColumnChooser(table, settings, "rows")
    table.withhold(1)
    assert hidden(table) == [1, 3]
    chooser.show_column(2, False)
    table.withhold(1, False)
    assert hidden(table) == [2, 3]


def test_a_long_name_does_not_squeeze_the_others(table: Table) -> None:
    digit = table.fontMetrics().horizontalAdvance("0")
    assert table.columnWidth(1) <= 8 * digit + 2
    assert table.columnWidth(0) > 150
    assert table.columnWidth(2) >= table.fontMetrics().horizontalAdvance("金额")


def test_only_a_cut_text_has_a_tooltip(table: Table) -> None:
    def tip(row: int, column: int) -> str:
        return table.tip(table.model().index(row, column))

    assert (tip(1, 0), tip(0, 0), tip(0, 1), tip(0, 2)) == (LONG, "", "", "")
    table.horizontalHeader().setMinimumSectionSize(1)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.setColumnWidth(1, 20)
    table.setColumnWidth(0, 20)
    assert tip(0, 1) == "王芳"
    assert tip(0, 0) == "王芳  v1"
    assert table.tip(table.model().index(-1, -1)) == ""


def test_a_suffix_is_drawn_and_not_copied(table: Table, qtbot: QtBot) -> None:
    def picture() -> QImage:
        return table.viewport().grab(table.visualRect(table.model().index(0, 0))).toImage()

    with_suffix = picture()
    table.setItemDelegateForColumn(0, table.itemDelegateForColumn(1) or table.itemDelegate())
    assert picture() != with_suffix
    table.go_to(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "王芳\t王芳\t5"


@pytest.mark.parametrize("key", [Qt.Key.Key_Home, Qt.Key.Key_Up])
def test_ctrl_and_a_key_take_the_selection_along(table: Table, qtbot: QtBot, key: Qt.Key) -> None:
    table.go_to(1)
    qtbot.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
    assert table.currentIndex().row() == 0
    assert [one.row() for one in table.selectionModel().selectedRows()] == [0]


def test_the_row_that_is_current_is_always_selected(table: Table, qtbot: QtBot) -> None:
    spots = [table.visualRect(table.model().index(place, 0)).center() for place in range(2)]
    held = Qt.KeyboardModifier.ControlModifier
    table.go_to(0)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, spots[1])
    assert table.selectionModel().isRowSelected(1, table.rootIndex())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, spots[1])
    assert [one.row() for one in table.selectionModel().selectedRows()] == [table.currentIndex().row()] == [0]
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, spots[0])
    assert [one.row() for one in table.selectionModel().selectedRows()] == [0], "one stays"
