"""Case files that come by themselves: double-clicked, dropped, handed over."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from famgui.app import pages
from famgui.domain.household import Deposit
from famgui.ui.shell.casefiles import file_name
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program
from famgui.usecase.household import import_household
from tests.files.program import REPOSITORY
from tests.ui.building import NOW, TODAY, app_in, sample

CASE = REPOSITORY / "tests" / "cases" / "example.toml"
Open = Callable[[], Program]


def case_in(folder: Path, name: str = "王家 的 案例.famgui.toml", surname: str = "") -> Path:
    """A sound case file with a name of the field; of other people with a `surname`."""
    path, text = folder / name, CASE.read_text("utf-8")
    if surname:
        text = "\n".join(line for line in text.splitlines() if not line.startswith("id_number"))
        for own in ("王芳", "李强", "周秀英"):
            text = text.replace(own, surname + own[1:])
    path.write_text(text, "utf-8")
    return path


def said(program: Program) -> list[str]:
    """What was told in dialogs, which are closed."""
    boxes = program.window.findChildren(QMessageBox)
    for box in boxes:
        box.close()
    return [box.text() for box in boxes]


def test_a_file_asked_for_before_the_book_is_open_comes_in_afterwards(
    qapp: object, qtbot: QtBot, tmp_path: Path
) -> None:
    made = Program(qapp, app_in(tmp_path).services(), pages, language="zh", today=lambda: TODAY)  # type: ignore[arg-type]
    made.bring_forward([str(case_in(tmp_path, surname="钱"))])
    assert made.desk.live is None
    made.window.show()
    made.open()
    qtbot.waitUntil(lambda: made.desk.live is not None and made.desk.live.title == "王家 的 案例")
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_a_window_made_small_comes_forward_and_imports(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    before = set(made.desk.titles)
    made.window.showMinimized()
    one, other = case_in(tmp_path, surname="钱"), case_in(tmp_path, "李家.toml", "李")
    made.bring_forward([str(one), str(other), str(one)])
    assert not made.window.isMinimized()
    qtbot.waitUntil(lambda: len(made.desk.titles) == len(before) + 2)
    assert {made.desk.titles[key] for key in set(made.desk.titles) - before} == {"王家 的 案例", "李家"}


def test_what_is_not_there_or_no_case_file_is_told_by_name(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    before = dict(made.desk.titles)
    (tmp_path / "bills.xlsx").touch()
    made.bring_forward([str(tmp_path / "没 有.famgui.toml"), str(tmp_path / "bills.xlsx")])
    (text,) = said(made)
    assert str(tmp_path / "没 有.famgui.toml") in text and "bills.xlsx 不是案例文件" in text
    assert made.desk.titles == before


def test_a_case_file_is_dropped_on_the_window(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    before = len(made.desk.titles)

    def drop(*paths: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        both = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(QPoint(5, 5), *both)
        entering.ignore()
        made.window.dragEnterEvent(entering)
        made.window.dropEvent(QDropEvent(QPointF(5, 5), *both))
        return entering.isAccepted()

    assert not drop(tmp_path / "bills.xlsx")
    assert drop(case_in(tmp_path, surname="钱"), tmp_path / "bills.xlsx")
    qtbot.waitUntil(lambda: len(made.desk.titles) == before + 1)
    assert said(made) == []


def asked(program: Program, qtbot: QtBot) -> QMessageBox:
    """The question that is on screen."""

    def shown() -> list[QMessageBox]:
        return [box for box in program.window.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    (box,) = shown()
    return box


def press(box: QMessageBox, words: str) -> None:
    next(button for button in box.buttons() if button.text() == words).click()


def at_rest(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not program.ops.pending)


def test_a_file_that_the_book_holds_is_asked_about_and_comes_in_only_when_wanted(
    program: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    made, file = program(), tmp_path / "王伟家庭.famgui.toml"
    made.files.export_file(file)
    made.files.import_file(file)
    box = asked(made, qtbot)
    assert box.text() == "王伟家庭.famgui.toml 已在账本中：内容与家庭“示例家庭”完全相同。"
    assert box.defaultButton().text() == "不导入" and box.escapeButton() is box.defaultButton()
    press(box, "不导入")
    at_rest(made, qtbot)
    assert made.desk.titles == {1: "示例家庭"} and not made.files.imported
    made.files.import_files([file, file.with_name("缺.toml")])
    box = asked(made, qtbot)
    assert "1 个文件没有导入" in box.text() and "示例家庭" in box.informativeText()
    assert "缺.toml" in box.informativeText()
    press(box, "仍然导入为另外的家庭")
    qtbot.waitUntil(lambda: len(made.desk.titles) == 2)
    assert [label.split(" · ")[1] for label in made.desk.labels.values()] == ["#1", "#2"]
    assert made.window.households.currentText() == made.desk.labels[2]


def test_people_of_a_file_who_are_known_are_named_with_where_they_stand(
    program: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    made = program()
    made.files.import_file(case_in(tmp_path))
    box = asked(made, qtbot)
    assert "王芳（尾号 0029）" in box.text() and "家庭“示例家庭”" in box.text()
    box.close()


def test_an_import_is_taken_back_from_its_toast(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    made.files.import_files([case_in(tmp_path, surname="钱"), case_in(tmp_path, "李家.toml", "李")])
    qtbot.waitUntil(lambda: len(made.desk.titles) == 3)
    assert made.commands.action("household.import-undo").isEnabled()
    (toast,) = made.window.findChildren(Toast)
    next(button for button in toast.findChildren(QPushButton) if button.text() == "撤销").click()
    qtbot.waitUntil(lambda: len(made.desk.titles) == 1)
    assert made.desk.live is not None and made.desk.live.id == 1
    assert import_household(made.desk.book, made.desk.library.book, sample(), "新", now=NOW)[0] == 2  # type: ignore[arg-type]
    made.desk.reload()
    assert not made.commands.action("household.import-undo").isEnabled()


def test_an_import_that_was_worked_on_stays_and_says_why(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    made.files.import_file(case_in(tmp_path, surname="钱"))
    qtbot.waitUntil(lambda: len(made.desk.titles) == 2)
    done: list[object] = []
    made.desk.record(Deposit("d9", TODAY, "li", 1_000), done.append)
    qtbot.waitUntil(lambda: bool(done))
    made.commands.run("household.import-undo")
    box = asked(made, qtbot)
    assert "导入之后又记了 入账 2026-11-22" in box.text()
    box.close()
    made.commands.run("household.delete")
    qtbot.waitUntil(lambda: asked(made, qtbot) is not box)
    box = asked(made, qtbot)
    assert "不能删除" in box.text() and "1 笔（入账 2026-11-22）" in box.text()
    box.close()
    assert len(made.desk.titles) == 2


def test_a_household_is_deleted_after_a_question_and_comes_back(program: Open, qtbot: QtBot, tmp_path: Path) -> None:
    made = program()
    household = made.desk.live.household if made.desk.live else None
    made.commands.run("household.delete")
    box = asked(made, qtbot)
    assert box.text() == "删除家庭“示例家庭”？" and "5 人：王芳、李强" in box.informativeText()
    press(box, "不删除")
    at_rest(made, qtbot)
    assert made.desk.live is not None
    made.commands.run("household.delete")
    press(asked(made, qtbot), "删除家庭")
    qtbot.waitUntil(lambda: made.desk.titles == {})
    assert not made.commands.action("household.delete").isEnabled()
    (toast,) = made.window.findChildren(Toast)
    next(button for button in toast.findChildren(QPushButton) if button.text() == "撤销").click()
    qtbot.waitUntil(lambda: made.desk.live is not None)
    assert made.desk.live is not None and made.desk.live.household == household and made.desk.live.title == "示例家庭"


def test_a_file_is_named_after_the_household_and_dialogs_begin_where_the_last_one_ended(
    program: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, folder, starts = program(), tmp_path / "下载", []
    folder.mkdir()

    def save(parent: object, title: str, where: str, kinds: str) -> tuple[str, str]:
        starts.append(where)
        return str(folder / "exp_ww.famgui.toml"), kinds

    def choose(parent: object, title: str, where: str, kinds: str) -> tuple[list[str], str]:
        starts.append(where)
        return [], kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    made.commands.run("household.export")
    at_rest(made, qtbot)
    made.commands.run("household.import")
    made.commands.run("household.export")
    at_rest(made, qtbot)
    assert starts == ["示例家庭.famgui.toml", str(folder), str(folder / "示例家庭.famgui.toml")]
    assert 'title = "示例家庭"' in (folder / "exp_ww.famgui.toml").read_text("utf-8")
    assert file_name("王伟/家:庭? ") == "王伟_家_庭_"
