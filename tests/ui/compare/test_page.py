"""The comparison driven as a user would: dimensions, rows, keys, what is seen."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from famgui.domain.benefit import YearToDate
from famgui.domain.settlement import Override, Visit
from famgui.ui.compare.page import ComparePage
from famgui.ui.compare.table import CHANGE, NOTES
from famgui.ui.shell.page import Shell
from tests.domain.building import item, visit
from tests.ui.building import nameless


def opened(shell: Shell, qtbot: QtBot, patient: str = "wang") -> ComparePage:
    shell.desk.visit = visit(patient, item("650.00", category="service"), item("30.00", "C"), day=date(2025, 11, 10))
    page = ComparePage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 620)
    page.show()
    page.refresh()
    return page


def texts(page: ComparePage) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def titles(page: ComparePage) -> list[str]:
    return [row.title for row in page._table.ways.rows]


def test_without_a_bill_the_way_leads_to_the_calculator(shell: Shell, qtbot: QtBot) -> None:
    page = ComparePage(shell)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    asked: list[str] = []
    shell.desk.page_asked.connect(asked.append)
    next(button for button in page.findChildren(QPushButton) if button.text() == "去计算").click()
    assert asked == ["settlement"] and not shell.commands.action("compare.take").isEnabled()
    page.close()


def test_a_variant_is_looked_at_and_taken_over(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    taken: list[Visit] = []
    shell.desk.visit_taken.connect(taken.append)
    assert "王芳 · 普通门诊 · 三级医院 · 2025-11-10 · 680.00" in texts(page)
    qtbot.keyClick(page._table, Qt.Key.Key_Down)
    qtbot.keyClick(page._table, Qt.Key.Key_Down)
    assert page.vm.chosen is not None and page.vm.chosen.title == "二级"
    qtbot.keyClick(page._table, Qt.Key.Key_Return)
    shell.commands.run("compare.take")
    assert [one.facility.level for one in taken] == ["secondary", "secondary"]
    page._table.doubleClicked.emit(page._table.currentIndex())
    assert len(taken) == 3
    page.close()


def test_the_steps_stand_side_by_side_and_open_their_clauses(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    said = texts(page)
    assert "基层：统筹基金 +65.00 · 共济账户 −65.00" in said  # 650.00 x (0.70 - 0.60)
    assert "统筹 390.00 = (650.00 − 0.00) × 0.60" in said and "统筹 455.00 = (650.00 − 0.00) × 0.70" in said
    asked: list[str] = []
    shell.desk.clause_asked.connect(asked.append)
    next(b for b in page._steps.findChildren(QPushButton) if b.text() == "HN-01" and b.isVisible()).click()
    assert asked == ["HN-01"]
    page.close()


def test_more_cash_has_sign_word_and_colour(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    model = page._table.ways
    away = model.index(titles(page).index("非定点机构"), CHANGE)
    assert model.data(away) == "+ 680.00 多付"
    colour = model.data(away, Qt.ItemDataRole.ForegroundRole)
    assert colour == shell.theme.colour("warning")
    assert model.data(model.index(1, CHANGE)) == "不变"
    assert model.data(model.index(1, CHANGE), Qt.ItemDataRole.ForegroundRole) is None
    page.close()


def test_dimensions_days_and_several_fields(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    assert not page._days.isVisible() and not page._custom.isVisible() and not page._remove.isVisible()
    page._dimension.picked.emit("date")
    page._day.set_day(date(2025, 12, 24))
    next(button for button in page._days.findChildren(QPushButton) if button.text() == "加入这一天").click()
    assert "2025-12-24" in titles(page) and page._remove.isEnabled()
    qtbot.keyClick(page._table, Qt.Key.Key_Delete)
    assert "2025-12-24" not in titles(page) and not page._remove.isEnabled()
    page._dimension.picked.emit("custom")
    assert page._custom.changes() == ()
    page._custom._choices["level"].set_value("1")
    page._custom._choices["insured"].set_value("1")
    page._custom._day.set_day(date(2026, 1, 5))
    page._custom._add.click()
    assert titles(page)[1].startswith("基层 · 在") and titles(page)[1].endswith("2026-01-05")
    assert not shell.commands.action("compare.take").isEnabled() and "不能带入" in texts(page)
    page._remove.click()
    assert len(titles(page)) == 1
    page.close()


def test_what_is_copied_says_what_the_pictures_say(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    page._table.selectRow(1)
    cells = page._table.as_tsv().split("\t")
    assert cells[0] == "基层" and cells[1].startswith("统筹基金 455.00") and cells[NOTES] == "待核"
    assert nameless(page) == []
    page.close()


def test_a_visit_that_changes_is_compared_at_once(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    shell.desk.show_visit(visit("wang", item("100.00"), day=date(2025, 11, 10)))
    assert "· 100.00" in texts(page)
    shell.desk.show_visit(None)
    assert "先在“计算”里填好费用" in texts(page)
    page.close()


def test_every_text_stays_in_its_place_in_both_themes(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    for mode in ("dark", "light"):
        shell.theme.apply(mode, "standard")  # type: ignore[arg-type]
        for dimension in ("level", "place", "custom"):
            page._dimension.picked.emit(dimension)
            QApplication.processEvents()
            assert not page.grab().isNull()
    page.close()


def test_a_year_to_date_by_hand_is_marked_beside_the_visit(shell: Shell, qtbot: QtBot) -> None:
    page = opened(shell, qtbot)
    assert "累计为手工填写" not in texts(page)
    assert shell.desk.visit is not None
    shell.desk.visit = replace(shell.desk.visit, override=Override(used=YearToDate(pool=1_000)))
    page.refresh()
    assert "累计为手工填写" in texts(page)
    page.close()
