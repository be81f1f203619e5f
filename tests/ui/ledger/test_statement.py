"""The statement's dialog and its files: the same sums in the window, in xlsx, in CSV and on paper."""

import csv
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from famgui.ui.ledger.page import LedgerPage
from famgui.ui.ledger.statement import StatementDialog
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.export import sheet_of
from tests.ui.building import nameless


@pytest.fixture
def dialog(shell: Shell, qtbot: QtBot) -> StatementDialog:
    """Opened by its command while 李强's account of 2025 is shown."""
    page = LedgerPage(shell)
    qtbot.addWidget(page)
    page.vm.choose(next(row.person_id for row in page.vm.accounts if row.handle == "li"))
    with qtbot.waitExposed(page):
        page.show()
    shell.commands.run("ledger.statement")
    (made,) = page.findChildren(StatementDialog)
    qtbot.waitUntil(made.isVisible)
    return made


def test_account_and_period_are_those_of_the_page(dialog: StatementDialog) -> None:
    assert (dialog._account.value, dialog._period.value) == ("li", 2025)
    assert "期初 4,210.50，共 7 笔，期末 4,324.62。" in [one.text() for one in dialog.findChildren(QLabel)]
    assert nameless(dialog) == []


def test_days_may_be_named(dialog: StatementDialog) -> None:
    assert not dialog._first.isEnabled()
    dialog._period.set_value(0)
    dialog._period.picked.emit(0)
    assert dialog._first.isEnabled()
    dialog._first.set_day(date(2025, 6, 1))
    dialog._last.set_day(date(2025, 6, 30))
    assert dialog.found is not None
    assert [line.amount for line in dialog.found.lines] == [1152_00]
    assert (dialog.found.opening.total, dialog.found.closing.total) == (4192_62, 5344_62)
    dialog._last.set_day(date(2025, 5, 1))
    assert dialog.found is None
    assert any(one.text().startswith("✗") for one in dialog.findChildren(QLabel))
    assert not any(one.isEnabled() for one in dialog._takes)
    assert dialog.collect() == ()


def test_the_same_sums_everywhere(dialog: StatementDialog, qtbot: QtBot, tmp_path: Path) -> None:
    for form in ("xlsx", "csv"):
        dialog.exporter.write(form, tmp_path / f"a.{form}")
    qtbot.waitUntil(lambda: (tmp_path / "a.csv").exists() and (tmp_path / "a.xlsx").exists())
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert book.sheet_names == ["个人账户对账单", "按类型", "按使用人"]
    rows = book.get_sheet_by_name("个人账户对账单").to_python()
    head = rows.index(["日期", "事项", "编号", "资金", "入账", "支出", "余额"])
    opening, *lines, closing = rows[head + 1 :]
    assert (opening[6], closing[6]) == (4210.50, 4324.62)
    came = sum(round(line[4] * 100) for line in lines if line[4] != "")
    went = sum(round(line[5] * 100) for line in lines if line[5] != "")
    assert (came, went) == (round(closing[4] * 100), round(closing[5] * 100))
    assert 4210_50 + came - went == 4324_62
    assert [line[1] for line in lines[-2:]] == ["代缴居民医保 2026 周秀英", "代缴居民医保 2026 李小明"]
    assert book.get_sheet_by_name("按使用人").to_python()[1:] == [
        ["李小明", 417.88],
        ["周秀英", 620.0],
        ["合计", 1037.88],
    ]
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
        text = list(csv.reader(stream))
    assert ["2025-12-31", "期末余额", "", "", "1163.10", "1048.98", "4324.62"] in text


def test_the_id_number_is_masked_and_in_no_file_name(dialog: StatementDialog) -> None:
    sheet = sheet_of(dialog.collect(), "完")
    facts = dict(sheet.facts)
    assert facts["证件号码"] == "430•••••••••••0018"
    assert facts["参保地"] == "株洲市 430200"
    assert "430202" not in str(sheet)
    assert dialog._name() == "个人账户对账单 李强 20250101-20251231"
    assert "0018" not in dialog.windowTitle()


def test_paper_has_every_posting(dialog: StatementDialog) -> None:
    movements, kinds, users = sheet_of(dialog.collect(), "完").blocks
    assert len(movements.rows) == 7 + 2
    assert [list(row) for row in kinds.rows][-1] == ["合计", "7", "114.12"]
    assert [list(row) for row in users.rows][-1] == ["合计", "1,037.88"]
    assert movements.numbers == {4, 5, 6}


def test_the_buttons_have_a_way_each(dialog: StatementDialog) -> None:
    assert [one.text() for one in dialog.findChildren(QPushButton)] == ["Excel 表格", "CSV", "PDF", "预览打印"]
    dialog.close()
