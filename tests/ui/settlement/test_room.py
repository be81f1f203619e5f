"""The calculator in little room: long names, a narrow window, the largest letters; nothing is pushed off the page."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from famgui.policy.library import Library
from famgui.ui.settlement.page import SettlementPage
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from tests.ui.building import close, desk_of, sample, shell_of
from tests.ui.settlement.building import BILL, opened, settled_down

LONG = "阿依古丽·买买提江·阿卜杜拉·努尔麦麦提"
DAY = date(2025, 11, 20)
BESIDE, BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


@pytest.fixture
def long_named(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Shell]:
    household = sample()
    persons = tuple(replace(p, name=LONG) if p.id in ("wang", "li") else p for p in household.persons)
    desk = desk_of(tmp_path, library, [replace(household, persons=persons)])
    host = QWidget()
    yield shell_of(desk, qapp, host)
    host.deleteLater()
    close(desk)


def shown(shell: Shell, qtbot: QtBot, width: int, height: int) -> SettlementPage:
    page = opened(shell, qtbot)
    page.vm.edit(patient="wang", date=DAY, items=BILL)
    at(page, width, height)
    return page


def at(page: SettlementPage, width: int, height: int) -> None:
    page.resize(width, height)
    for _ in range(4):
        QApplication.processEvents()


def cut(page: SettlementPage) -> int:
    """How many pixels lie behind the horizontal scroll bar."""
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    return area.horizontalScrollBar().maximum()


def test_a_long_name_leaves_the_columns_as_they_are(long_named: Shell, qtbot: QtBot) -> None:
    page = shown(long_named, qtbot, 1198, 660)
    assert cut(page) == 0 and page._columns.direction() == BESIDE
    widths = [page._columns.itemAt(number).geometry().width() for number in range(2)]
    assert abs(widths[0] - widths[1]) <= 1
    assert page.form.patient.toolTip().startswith(LONG) and "68.90" in page.form.patient.toolTip()
    for width in (832, 692):
        at(page, width, 560)
        assert cut(page) == 0 and page._columns.direction() == BELOW
    page.leave()
    settled_down(long_named.desk, qtbot)
    page.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_largest_letters_put_the_answer_below_when_there_is_no_room(
    long_named: Shell, qtbot: QtBot, language: str
) -> None:
    use_language(language)
    long_named.theme.apply("light", "huge")
    page = shown(long_named, qtbot, 1198, 660)
    assert cut(page) == 0
    at(page, 2400, 900)
    assert page._columns.direction() == BESIDE
    at(page, 832, 560)
    assert page._columns.direction() == BELOW
    long_named.theme.apply("light", "standard")
    page.leave()
    settled_down(long_named.desk, qtbot)
    page.close()
    use_language("zh")


def test_a_bill_that_came_back_fits_as_one_just_typed(shell: Shell, qtbot: QtBot, qapp: QApplication) -> None:
    page = opened(shell, qtbot)
    for kind in ("outpatient", "pharmacy", "chronic", "inpatient"):
        page.vm.edit(patient="wang", kind=kind, date=DAY, items=BILL)
        at(page, 1198, 620)
        assert below(page) == 0, kind
    page.leave()
    settled_down(shell.desk, qtbot)
    page.close()
    host = QWidget()
    qtbot.addWidget(host)
    again = opened(shell_of(shell.desk, qapp, host), qtbot)
    assert again.vm.draft.items == BILL
    at(again, 1198, 620)
    assert below(again) == 0
    again.close()


def below(page: SettlementPage) -> int:
    """How many pixels lie below the fold."""
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    return area.verticalScrollBar().maximum()


def test_the_balance_is_not_what_is_cut(long_named: Shell, qtbot: QtBot) -> None:
    page = opened(long_named, qtbot)
    patient = page.form.patient
    assert patient.itemText(0) == f"{LONG} · 账户 68.90 · 职工 · 在职"
    patient.fit_list()
    assert patient.fontMetrics().horizontalAdvance(patient.itemText(0)) > patient.width()
    assert patient.view().minimumWidth() > patient.view().sizeHintForColumn(0), "the list shows all of it"
    page.close()
