"""Case files that come by themselves: double-clicked, dropped, handed over."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from famgui.app import pages
from famgui.ui.start import Program
from tests.files.program import REPOSITORY
from tests.ui.building import TODAY, app_in

CASE = REPOSITORY / "tests" / "cases" / "example.toml"
Open = Callable[[], Program]


def case_in(folder: Path, name: str = "王家 的 案例.famgui.toml") -> Path:
    """A sound case file with a name of the field."""
    path = folder / name
    path.write_bytes(CASE.read_bytes())
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
    made.bring_forward([str(case_in(tmp_path))])
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
    one, other = case_in(tmp_path), case_in(tmp_path, "李家.toml")
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
    assert drop(case_in(tmp_path), tmp_path / "bills.xlsx")
    qtbot.waitUntil(lambda: len(made.desk.titles) == before + 1)
    assert said(made) == []
