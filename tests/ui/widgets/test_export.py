"""Tables taken out of the program: three forms, a sentence for what fails, nothing half-written."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from famgui.files.statement import Heading, Listing
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.ui.widgets.export import Exporter, export_button, sheet_of

TABLE = Listing(
    "流水",
    (Heading("日期", "day"), Heading("事项"), Heading("金额", "amount")),
    [(date(2025, 5, 10), "门诊", 1234_50)],
    (("账户", "王芳"),),
    ((None, "合计", 1234_50),),
)


@pytest.fixture
def host(shell: Shell, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def said(shell: Shell) -> str:
    host = shell.toasts._host
    shown = [one for one in host.findChildren(Toast) if one.accessibleName()]
    return shown[-1].findChild(QLabel).text() if shown else ""


def test_paper_shows_thousands_and_days() -> None:
    sheet = sheet_of([TABLE], "完")
    assert (sheet.title, list(sheet.facts), sheet.closing) == ("流水", [("账户", "王芳")], "完")
    (block,) = sheet.blocks
    assert [list(row) for row in block.rows] == [["2025-05-10", "门诊", "1,234.50"], ["", "合计", "1,234.50"]]
    assert block.numbers == {2}


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
def test_every_form_is_written(shell: Shell, host: QWidget, qtbot: QtBot, tmp_path: Path, form: str) -> None:
    exporter = Exporter(shell, host, lambda: [TABLE], "完")
    path = tmp_path / f"流水.{form}"
    exporter.write(form, path)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: path.name in said(shell))
    if form == "xlsx":
        assert CalamineWorkbook.from_path(path).sheet_names == ["流水"]
    start = {"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "pdf": b"%PDF"}[form]
    assert path.read_bytes().startswith(start)
    assert [one.name for one in tmp_path.glob("流水*")] == [path.name]


@pytest.mark.parametrize("form", ["xlsx", "csv", "pdf"])
def test_what_cannot_be_written_is_told(shell: Shell, host: QWidget, qtbot: QtBot, tmp_path: Path, form: str) -> None:
    folder = tmp_path / f"流水.{form}"
    folder.mkdir()
    Exporter(shell, host, lambda: [TABLE], "完").write(form, folder)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: "没有导出" in said(shell))


def test_the_button_asks_where_and_mends_the_name(
    shell: Shell, host: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(parent: QWidget, title: str, suggested: str, kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "out"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    made = export_button(Exporter(shell, host, lambda: [TABLE], "完"), lambda: "流水 王芳/2025: *")
    qtbot.addWidget(made)
    assert made.accessibleName() == "导出"
    actions = made.menu().actions()
    assert len(actions) == 3
    actions[1].trigger()
    qtbot.waitUntil(lambda: (tmp_path / "out.csv").exists())
    assert asked == ["流水 王芳 2025.csv"]


def test_cancelled_means_nothing(shell: Shell, host: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    Exporter(shell, host, lambda: [TABLE], "完").ask("csv", "x")
    assert shell.desk.ops.pending == 0
