"""Proof files in the window: chosen for a binding to come, kept with one, refused with a sentence, saved again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.household import Bind
from famgui.policy.library import Library
from famgui.ui.proofs import show_proofs
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.widgets.proofs import ProofFiles
from famgui.usecase.attachment import LARGEST
from famgui.usecase.record import record_event
from tests.domain.building import DAY, employee, household, resident, row
from tests.ui.building import NOW, close, desk_of, nameless

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """Row 1 is from the opening, row 2 was recorded."""
    home = household(employee("li"), employee("wang"), resident("mei"), rows=[row("li", "wang")])
    made = desk_of(tmp_path, library, [home])
    assert made.book is not None and made.live is not None
    done = record_event(made.book, library.book, made.live.id, Bind("b1", DAY, row("li", "mei", "parent")), now=NOW)
    assert done.changes.bindings == {2}
    made.reload()
    yield made
    close(made)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    contents = {
        "户口本.png": PNG + bytes(3000),
        "结婚证.pdf": b"%PDF-1.7",
        "名单.jpg": b"PK\x03\x04",
        "大.png": PNG + bytes(LARGEST),
        "空.png": b"",
    }
    found = {name: tmp_path / name for name in contents}
    for name, path in found.items():
        path.write_bytes(contents[name])
    return found


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_files_are_kept_with_the_binding_and_the_others_told(
    shell: Shell, qtbot: QtBot, files: dict[str, Path], tmp_path: Path
) -> None:
    widget = ProofFiles(shell, 2)
    qtbot.addWidget(widget)
    assert "还没有文件。" in said(widget)
    with qtbot.waitSignal(shell.desk.ops.changed) as changed:
        widget.vm.take([*files.values(), tmp_path / "nothing.png"])
    assert changed.args[0].bindings == {2}
    assert [(one.name, one.media_type) for one in widget.vm.rows] == [
        ("户口本.png", "image/png"),
        ("结婚证.pdf", "application/pdf"),
    ]
    text = said(widget)
    assert any(one.startswith("PNG · 3 KB · 20") for one in text)
    assert f"SHA-256 {widget.vm.rows[0].sha256}" in text
    assert "✗ 名单.jpg 的内容不是图片也不是 PDF，请扫描或拍照后再选。" in text
    assert "✗ 大.png 太大（约 6 MB，每份至多 5 MB），请压缩后再选。" in text
    assert "✗ 空.png 是空文件，请重新选择。" in text
    assert any(one.startswith("✗ nothing.png 读不了") for one in text)
    assert nameless(widget) == []
    with qtbot.waitSignal(widget.vm.changed):
        widget.vm.save(widget.vm.rows[0], tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == files["户口本.png"].read_bytes()
    assert "✓ 已存为 copy.png" in said(widget)
    with qtbot.waitSignal(widget.vm.changed):
        widget.vm.save(widget.vm.rows[0], files["空.png"] / "x.png")
    assert any(one.startswith("✗ x.png 没有写成") for one in said(widget))


def test_a_file_that_is_there_already_is_told(shell: Shell, qtbot: QtBot, files: dict[str, Path]) -> None:
    widget = ProofFiles(shell, 2)
    qtbot.addWidget(widget)
    with qtbot.waitSignal(shell.desk.ops.changed):
        widget.vm.take([files["户口本.png"]])
    widget.vm.take([files["户口本.png"]])
    qtbot.waitUntil(lambda: "✗ 户口本.png 已经有了。" in said(widget))
    assert len(widget.vm.rows) == 1


def test_for_a_binding_to_come_they_wait(shell: Shell, qtbot: QtBot, files: dict[str, Path]) -> None:
    widget = ProofFiles(shell)
    qtbot.addWidget(widget)
    with qtbot.waitSignal(widget.changed):
        widget.vm.take([files["户口本.png"], files["结婚证.pdf"]])
    with qtbot.waitSignal(widget.vm.changed):
        widget.vm.take([files["结婚证.pdf"]])
    assert "✗ 结婚证.pdf 已经有了。" in said(widget)
    assert [proof.name for proof in widget.proofs] == ["户口本.png", "结婚证.pdf"]
    remove = next(one for one in widget.findChildren(QPushButton) if one.accessibleName() == "移除 户口本.png")
    with qtbot.waitSignal(widget.changed):
        qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert [proof.name for proof in widget.proofs] == ["结婚证.pdf"]


def test_files_can_be_dropped(shell: Shell, qtbot: QtBot, files: dict[str, Path]) -> None:
    widget = ProofFiles(shell)
    qtbot.addWidget(widget)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(files["结婚证.pdf"])), QUrl("https://example.org/a.pdf")])
    drop = QDropEvent(
        QPointF(1, 1), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(widget.changed):
        widget.dropEvent(drop)
    assert [proof.name for proof in widget.proofs] == ["结婚证.pdf"] and widget.vm.problems == ()


def test_a_row_from_the_opening_says_why_nothing_can_be_kept(shell: Shell, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = show_proofs(shell, 1, "李强 → 王芳", host)
    qtbot.waitExposed(dialog)
    assert not dialog.files.add_button.isEnabled()
    assert any("随家庭导入" in text for text in said(dialog))
    dialog.close()
