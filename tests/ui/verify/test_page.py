"""The verify page driven as a user would: open, drop, paste, mend a figure, choose circumstances, copy, template."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from famgui.files.answer import settlement_fields
from famgui.files.receipt.reading import read_receipts
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program
from famgui.ui.verify.fields import STATED
from famgui.ui.verify.page import READING, VerifyPage
from famgui.ui.widgets.fields import Choice
from famgui.usecase.verify_book import recorded_visits
from tests.ui.building import nameless

MAY = "五月三级医院"


@pytest.fixture
def page(shell: Shell, qtbot: QtBot) -> Iterator[VerifyPage]:
    made = VerifyPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    made.show()
    made.refresh()
    yield made
    qtbot.waitUntil(lambda: shell.desk.ops.pending == 0)
    for toast in toasts(shell):
        toast.leave()
    made.close()


def toasts(shell: Shell) -> list[Toast]:
    return [child for child in shell.toasts._host.children() if isinstance(child, Toast)]


def seen(widget: QWidget) -> str:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def may(shell: Shell, **changed: Any) -> dict[str, Any]:
    """The receipt of the sample's visit in May, as the national interface would give it."""
    assert shell.desk.live is not None
    visit = next(one for one in recorded_visits(shell.desk.live) if one.visit.id == MAY)
    fields = {name: text for name, text in settlement_fields(visit.done).items() if isinstance(text, str)}
    around = {
        "psn_name": "王芳",
        "setl_time": "2025-05-10 10:22:31",
        "med_type": "11",
        "hosp_lv": "02",
        "insutype": "310",
    }
    return {**around, **fields, **changed}


def taken(page: VerifyPage, qtbot: QtBot, document: object) -> None:
    """Paste a receipt and wait for its answer."""
    page._text.setPlainText(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False))
    page._take.click()
    settled(page, qtbot)


def settled(page: VerifyPage, qtbot: QtBot) -> None:
    QApplication.processEvents()  # a figure typed is taken when its editor has closed
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)


def mend(page: VerifyPage, qtbot: QtBot, name: str, text: str) -> QLineEdit | None:
    """Type a figure into a field's line; the editor, where it is still open."""
    table = page._table
    at = [row.name for row in page._model.rows].index(name)
    table.setCurrentIndex(page._model.index(at, STATED))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    (editor,) = (child for child in table.viewport().children() if isinstance(child, QLineEdit) and child.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [child for child in table.viewport().children() if isinstance(child, QLineEdit) and child.isVisible()]
    return left[0] if left else None


def test_the_empty_page_says_the_one_next_step(page: VerifyPage) -> None:
    assert "打开或粘贴一张结算单" in seen(page)
    steps = [made for made in page._answer.findChildren(QPushButton) if made.isVisible()]
    assert [made.text() for made in steps] == ["打开结算单"]
    assert not page.shell.commands.action("verify.copy").isEnabled()
    assert nameless(page) == []


def test_what_is_wrong_stays_in_sight_when_the_page_finds_its_size_later(
    page: VerifyPage, shell: Shell, qtbot: QtBot
) -> None:
    taken(page, qtbot, may(shell, psn_cash_pay="77.77"))
    table = page._table
    assert page._model.rows[table.currentIndex().row()].severity == "error"
    places = []
    for height in (1_000, 560, 1_000, 560):
        page.resize(930, height)
        QApplication.processEvents()
        assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
        places.append(table.visualRect(table.currentIndex()).top())
    assert places[:2] == places[2:], "the same size shows the same, whatever came first"


def test_a_correct_receipt_agrees_and_shows_how_the_rules_come_to_it(
    page: VerifyPage, shell: Shell, qtbot: QtBot
) -> None:
    taken(page, qtbot, may(shell))
    shown = seen(page)
    assert "✓ 核对一致" in shown and "348.00 = (630.00 − 50.00)" in shown
    assert (page.vm.person, page.vm.record and page.vm.record.visit.id) == ("wang", MAY)
    assert {row.name: row.expected for row in page.vm.rows}["acct_mulaid_pay"] == "11.10"
    assert nameless(page) == []
    clauses: list[str] = []
    shell.desk.clause_asked.connect(clauses.append)
    next(made for made in page.findChildren(QPushButton) if made.text() == "HN-03" and made.isVisible()).click()
    assert clauses == ["HN-03"]


def test_a_wrong_field_is_named_with_all_three_figures(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    taken(page, qtbot, may(shell, psn_cash_pay="0.10"))
    shown = seen(page)
    assert "✗ 不一致" in shown and "有 1 处要看。" in shown
    assert "✗ 个人现金支出  psn_cash_pay" in shown and "+0.10" in shown
    assert page._model.rows[page._table.currentIndex().row()].name == "psn_cash_pay", "the wrong line is in view"


def test_mending_a_figure_checks_again(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    taken(page, qtbot, may(shell, psn_cash_pay="0.10"))
    editor = mend(page, qtbot, "psn_cash_pay", "12.345")
    assert editor is not None and editor.property("bad") == "true", "what is no amount stays open"
    QToolTip.hideText()
    editor.selectAll()
    qtbot.keyClicks(editor, "0")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settled(page, qtbot)
    assert "✓ 核对一致" in seen(page)
    assert mend(page, qtbot, "hifp_pay", "400") is None
    settled(page, qtbot)
    assert "hifp_pay" in seen(page._answer) and "✗ 不一致" in seen(page)


def test_circumstances_may_be_told_here(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    plain = {name: text for name, text in may(shell).items() if name not in ("psn_name", "hosp_lv", "setl_time")}
    taken(page, qtbot, plain)
    assert "不知道结算日期" in seen(page)
    page.vm.ask(day=page.shell.desk.today.replace(year=2025, month=5, day=10))
    settled(page, qtbot)
    assert "还缺" in seen(page)
    level, person = page._circumstances._level, page._circumstances._person
    level.set_value("tertiary")
    level.picked.emit(level.value)
    person.set_value("wang")
    person.picked.emit(person.value)
    page.vm.set_record(MAY)
    settled(page, qtbot)
    assert "✓ 核对一致" in seen(page)
    assert page._circumstances._pool.placeholderText() == "统筹 400.00"
    qtbot.keyClicks(page._circumstances._met, "0")
    settled(page, qtbot)
    assert "起付" in seen(page._answer) and "✗ 不一致" in seen(page)
    page._circumstances._met.clear()
    page._circumstances._met.changed.emit()
    settled(page, qtbot)
    assert "✓ 核对一致" in seen(page)


def test_the_other_reading_is_kept(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    taken(page, qtbot, may(shell, fund_pay_sumamt="680.00"))
    assert "广东口径" in seen(page)
    page._reading.set_value("contains-gd")
    page._reading.picked.emit(page._reading.value)
    settled(page, qtbot)
    assert "广东口径" not in seen(page._answer) and "✓ 核对一致" in seen(page)
    assert shell.settings.get(READING) == "contains-gd"


def test_a_file_is_opened_by_dialog_and_by_dropping(
    page: VerifyPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "张三的结算单.json"
    path.write_text(json.dumps([may(shell), may(shell, setl_id="2", psn_cash_pay="9.00")]), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    shell.commands.run("verify.open")
    settled(page, qtbot)
    assert "张三的结算单.json" in seen(page) and "✓ 核对一致" in seen(page)
    assert page._several.isVisible() and page._several.count() == 2
    page._several.picked.emit(1)
    settled(page, qtbot)
    assert "✗ 不一致" in seen(page)
    page.vm.clear()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    entered = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dragEnterEvent(entered)
    assert entered.isAccepted()
    page.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    settled(page, qtbot)
    assert "✓ 核对一致" in seen(page)
    data.setUrls([QUrl.fromLocalFile(str(path)), QUrl.fromLocalFile("/x")])
    two = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    two.ignore()
    page.dragEnterEvent(two)
    assert not two.isAccepted(), "one file at a time"


def test_what_cannot_be_read_is_told_and_the_text_stays(page: VerifyPage, qtbot: QtBot) -> None:
    taken(page, qtbot, '{"medfee_sumamt": "12.345", "psn_cash_pay": 1}')
    shown = seen(page)
    assert "✗ 读不了" in shown and "medfee_sumamt" in shown
    assert page._text.isVisible() and page._text.toPlainText()
    page._text.clear()
    assert not page._take.isEnabled()


def test_paste_and_copy_go_through_the_clipboard(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(json.dumps(may(shell, psn_part_amt="1.00")))
    shell.commands.run("verify.paste")
    settled(page, qtbot)
    shell.commands.run("verify.copy")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("✗ ") and "psn_part_amt（个人负担总金额）应为 332.00，少 331.00。" in text
    assert toasts(shell)


def test_the_template_is_saved(
    page: VerifyPage, shell: Shell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    shell.commands.run("verify.template")
    settled(page, qtbot)
    assert path.is_file() and toasts(shell)
    page.save_template(tmp_path / "t.xlsx" / "below" / "t.xlsx")
    settled(page, qtbot)
    assert not (tmp_path / "t.xlsx" / "below").exists() and toasts(shell)
    with pytest.raises(Exception, match="xlsx"):
        read_receipts(path)


def test_a_narrow_page_puts_the_answer_below(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    taken(page, qtbot, may(shell))
    page.resize(700, 900)
    QApplication.processEvents()
    assert page._answer.mapTo(page, QPoint(0, 0)).y() > page._left.mapTo(page, QPoint(0, 0)).y() + 100
    page.resize(1198, 620)
    QApplication.processEvents()
    assert page._answer.mapTo(page, QPoint(0, 0)).x() > page._left.width()


def test_in_english_nothing_is_wider_than_the_page(shell: Shell, qtbot: QtBot) -> None:
    use_language("en")
    shell.desk.wording = type(shell.desk.wording)("en")
    made = VerifyPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 620)
    made.show()
    taken(made, qtbot, may(shell, hifp_pay="300.00"))
    QApplication.processEvents()
    right = made._answer.mapTo(made, QPoint(made._answer.width(), 0)).x()
    assert right <= made.width(), "no sideways scrolling"
    made.close()


def test_another_household_lets_go_of_the_person(page: VerifyPage, shell: Shell, qtbot: QtBot) -> None:
    taken(page, qtbot, may(shell))
    shell.desk.live = None
    shell.desk.changed.emit()
    settled(page, qtbot)
    assert (page.vm.person, page.vm.record) == ("", None)
    assert "账户余额" in seen(page), "without a household the accounts cannot be checked"


def test_the_page_comes_up_in_the_whole_window(program: Callable[[], Program], qtbot: QtBot, tmp_path: Path) -> None:
    """Its keys meet none of the window's; a file opened there is answered."""
    opened = program()
    opened.go_to("verify")
    page = opened.pages["verify"]
    assert isinstance(page, VerifyPage)
    path = tmp_path / "r.json"
    path.write_text('{"medfee_sumamt": 10, "fund_pay_sumamt": 0, "psn_part_amt": 10, "psn_cash_pay": 9}', "utf-8")
    page.vm.open_file(path)
    qtbot.waitUntil(lambda: page.vm.checked is not None)
    assert "✗ 不一致" in seen(page)


def test_whether_designated_and_which_disease_can_be_told(page: VerifyPage, qtbot: QtBot) -> None:
    page.vm.take_text(json.dumps(may(page.shell)))
    qtbot.waitUntil(lambda: page.vm.checked is not None and page.shell.desk.ops.pending == 0)
    boxes = {box.accessibleName(): box for box in page.findChildren(Choice)}
    boxes["定点"].picked.emit("no")
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)
    assert page.vm.facts.designated is False and boxes["定点"].value == "no"
    assert page.vm.checked is not None and page.vm.checked.verdict == "differs"
    assert boxes["病种"].isHidden()
    page.vm.ask(kind="two-disease", disease="both", designated=None)
    qtbot.waitUntil(lambda: page.shell.desk.ops.pending == 0)
    assert not boxes["病种"].isHidden() and boxes["病种"].value == "both" and boxes["定点"].value == "yes"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_lies_beside_the_window_whatever_the_visit(language: str, shell: Shell, qtbot: QtBot) -> None:
    use_language(language)
    page = VerifyPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 620)
    page.show()
    page.refresh()
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    QApplication.processEvents()
    assert area.horizontalScrollBar().maximum() == 0
    taken(page, qtbot, may(shell))
    for kind in ("outpatient", "chronic", "two-disease"):
        page.vm.ask(kind=kind)
        settled(page, qtbot)
        QApplication.processEvents()
        assert area.horizontalScrollBar().maximum() == 0, kind
    page.close()
    use_language("zh")
