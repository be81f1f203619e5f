"""The comparison under a virtual screen: keys, chips, sorting, files."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from famgui.ui.matrix.lines import Shown
from famgui.ui.matrix.page import VIEW, MatrixPage
from famgui.ui.matrix.table import CELL, CellTable, _fitting
from famgui.ui.shell.commands import Commands
from famgui.ui.shell.page import Shell
from tests.ui.building import close, desk_of, nameless, sample, shell_of
from tests.usecase.small_library import small_library


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, tmp_path: Path, zh: None) -> Iterator[MatrixPage]:
    (tmp_path / "packs").mkdir()
    desk = desk_of(tmp_path, small_library(tmp_path / "packs"), [sample()])
    host = QLabel()
    made = MatrixPage(shell_of(desk, qapp, host))
    made.resize(1198, 620)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    close(desk)
    host.deleteLater()


def table(page: MatrixPage) -> CellTable:
    (found,) = [one for one in page.findChildren(CellTable) if one.isVisibleTo(page)]
    return found


def titles(page: MatrixPage) -> list[str]:
    return [line.title for line in table(page).lines.rows]


def read(page: MatrixPage) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]


def press(page: MatrixPage, qtbot: QtBot, name: str) -> None:
    (found,) = [one for one in page.findChildren(QPushButton) if one.text() == name and one.isVisibleTo(page)]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_arrow_keys_walk_the_cells_and_enter_opens_the_clause(page: MatrixPage, qtbot: QtBot) -> None:
    made = table(page)
    made.setCurrentIndex(made.lines.index(2, 0))
    qtbot.keyClick(made, Qt.Key.Key_Right)
    assert made.currentIndex().data(CELL).clause == "TA-02"
    press(page, qtbot, "看条文")
    assert "另有网页称最多绑定8人。（来源较弱）" in read(page)
    with qtbot.waitSignal(page.shell.desk.clause_asked) as asked:
        qtbot.keyClick(made, Qt.Key.Key_Return)
    assert asked.args == ["TA-02"]


def test_a_chip_below_the_table_opens_its_clause(page: MatrixPage, qtbot: QtBot) -> None:
    made = table(page)
    made.setCurrentIndex(made.lines.index(2, 1))
    qtbot.wait(1)
    with qtbot.waitSignal(page.shell.desk.clause_asked) as asked:
        press(page, qtbot, "TA-09")
    assert asked.args == ["TA-09"]


def test_a_header_sorts_by_the_figure_and_a_third_click_gives_the_order_back(page: MatrixPage) -> None:
    made = table(page)
    before = titles(page)
    made.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert titles(page)[:2] == ["湖南省", "株洲市"]
    made.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert titles(page)[-2:] == ["株洲市", "湖南省"]
    made.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert titles(page) == before


def test_what_is_typed_narrows_the_places_and_nothing_left_offers_the_way_back(page: MatrixPage, qtbot: QtBot) -> None:
    (line,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == "查找地区"]
    qtbot.keyClicks(line, "zz")
    assert titles(page) == ["株洲市"]
    qtbot.keyClicks(line, "zzz")
    assert "这里没有可对照的内容。" in read(page)
    (back,) = [one for one in page.findChildren(QPushButton) if one.text() == "全部列出"]
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert (line.text(), len(titles(page))) == ("", 4)


def test_the_cells_picked_are_copied_as_tsv(page: MatrixPage, qtbot: QtBot) -> None:
    made = table(page)
    made.setCurrentIndex(made.lines.index(2, 1))
    qtbot.keyClick(made, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "5 人"


def test_the_sides_are_swapped_by_a_key_only_where_there_are_sides(page: MatrixPage) -> None:
    assert not page.shell.commands.action("matrix.swap").isEnabled()
    page.vm.edit(mode="two-places", left="430000", right="310000")
    page.shell.commands.run("matrix.swap")
    assert (page.vm.left, page.vm.right) == ("310000", "430000")
    assert titles(page)


def test_the_table_is_written_as_workbook_and_csv(page: MatrixPage, qtbot: QtBot, tmp_path: Path) -> None:
    for form in ("csv", "xlsx"):
        page._exporter.write(form, tmp_path / f"m.{form}")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)
    rows = list(csv.reader((tmp_path / "m.csv").read_text("utf-8-sig").splitlines()))
    (hunan,) = [row for row in rows if row[:1] == ["湖南省"]]
    assert (hunan[3], hunan[4]) == ("5 人", "TA-02、官方转述、另有 1 条：TA-09")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "m.xlsx")).get_sheet_by_index(0).to_python()
    assert any(row[0] == "株洲市" and row[3] == "7 人" for row in sheet)


def test_what_was_asked_lasts(page: MatrixPage) -> None:
    page.vm.edit(subject="limits")
    assert '"limits"' in page.shell.settings.get(VIEW)


def test_every_widget_has_a_name_and_cells_are_spoken(page: MatrixPage) -> None:
    made = table(page)
    spoken = made.lines.index(3, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "株洲市、同时绑定人数、7 人、TB-01、来源较弱、待核"
    assert nameless(page) == []
    page.vm.edit(mode="two-days")
    assert nameless(page) == []


def test_the_page_is_one_of_the_programs(shell: Shell, qtbot: QtBot) -> None:
    made = MatrixPage(shell)
    qtbot.addWidget(made)
    assert "湖南省" in titles(made)


def shown(page: MatrixPage) -> list[list[str]]:
    """The table as it stands on the screen: heads and cells, the names of the rows first."""
    model = table(page).lines
    across = Qt.Orientation.Horizontal
    heads = [str(model.headerData(column, across)) for column in range(model.columnCount())]
    rows = [
        [model.rows[row].title, *(str(model.index(row, column).data()) for column in range(model.columnCount()))]
        for row in range(model.rowCount())
    ]
    if page.vm.mode == "places":
        return [heads, *([row[0], *row[-len(heads) :]] for row in rows)]
    whole = {line.title: line.whole for line in model.rows}
    return [heads, *([whole[row[0]], *row[2:]] for row in rows)]


@pytest.mark.parametrize(
    ("form", "asked"),
    [
        ("xlsx", {"subject": "deductible"}),
        ("csv", {"subject": "overview"}),
        ("csv", {"mode": "two-places", "left": "430000", "right": "110000"}),
        ("xlsx", {"mode": "two-days", "left": "430200", "first": date(2022, 12, 1), "day": date(2024, 6, 1)}),
    ],
)
def test_a_file_holds_the_cells_of_the_screen(
    shell: Shell, qtbot: QtBot, tmp_path: Path, form: str, asked: dict[str, object]
) -> None:
    page = MatrixPage(shell)
    qtbot.addWidget(page)
    page.vm.edit(**asked)
    page._exporter.write(form, tmp_path / f"m.{form}")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: shell.desk.ops.pending == 0)
    if form == "csv":
        rows = list(csv.reader((tmp_path / "m.csv").read_text("utf-8-sig").splitlines()))
    else:
        sheet = CalamineWorkbook.from_path(str(tmp_path / "m.xlsx")).get_sheet_by_index(0).to_python()
        rows = [[str(cell) for cell in row] for row in sheet]
    (head,) = [at for at, row in enumerate(rows) if row[0] in ("地区", "规定事项")]
    heads, *lines = shown(page)
    written = [[row[0], *row[1::2]] for row in rows[head + 1 : head + 1 + len(lines)]]
    assert written == lines
    assert rows[head][1::2] == heads[-len(rows[head][1::2]) :]
    assert len(lines) > 10


def test_the_table_has_room_for_twelve_lines_and_keeps_the_height_of_the_clauses(shell: Shell, qtbot: QtBot) -> None:
    page = MatrixPage(shell)
    page.resize(1198, 620)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    made = table(page)
    assert made.viewport().height() >= 12 * made.rowHeight(0)
    press(page, qtbot, "看条文")
    page._splitter.moveSplitter(page._splitter.height() - 220, 1)
    high = page._splitter.sizes()[1]
    assert high > 180
    later = Shell(shell.desk, Commands(), shell.theme, shell.settings, shell.toasts)
    again = MatrixPage(later)
    again.resize(1198, 620)
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    assert abs(again._splitter.sizes()[1] - high) <= 2
    press(again, qtbot, "收起")
    assert table(again).viewport().height() >= 12 * made.rowHeight(0)


def test_equal_days_are_said_on_the_page(shell: Shell, qtbot: QtBot) -> None:
    page = MatrixPage(shell)
    qtbot.addWidget(page)
    page.vm.edit(mode="two-days", left="430200", first=page.vm.day)
    assert page.vm.nothing in read(page)
    assert page.vm.nothing.startswith("计算用的")


def test_the_clauses_between_two_days_stand_as_chips(shell: Shell, qtbot: QtBot) -> None:
    page = MatrixPage(shell)
    qtbot.addWidget(page)
    page.vm.edit(mode="two-days", left="430200", first=date(2025, 11, 22), day=date(2026, 11, 22))
    chips = [one for one in page._between.findChildren(QPushButton) if one.isVisibleTo(page)]
    assert {"HN-47", "HN-44"} <= {one.text() for one in chips}
    opened: list[str] = []
    shell.desk.clause_asked.connect(opened.append)
    next(one for one in chips if one.text() == "HN-47").click()
    menu = chips[-1].menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert opened[0] == "HN-47"
    assert len(opened) == 2
    page.vm.edit(mode="places")
    assert not page._between.isVisibleTo(page)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (Shown("75 %；5,500 元以上 55 %", "T-1", True, ("T-2",), figure=7_500), ["待核"]),
        (Shown("在职职工的支付比例", "T-1", True, ("T-2",)), ["待核", "T-1"]),
        (Shown("70 %", "T-1", timing="条文自 2025-01-01 起", others=("T-2",)), ["条文自 2025-01-01 起"]),
    ],
)
def test_words_are_cut_only_after_chips_have_given_way(
    qapp: QApplication, zh: None, cell: Shown, kept: list[str]
) -> None:
    metrics = QFontMetrics(QFont())
    assert [text for text, _ in _fitting(cell, metrics, 0)] == kept
    every = [*kept[:1], "T-1", "另有 1 条"]
    assert [text for text, _ in _fitting(cell, metrics, 10_000)] == every
