"""Widgets side by side that go on in the next line; segments as one stop of the tab order."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.widgets.basic import column
from famgui.ui.widgets.fields import Segments
from famgui.ui.widgets.flow import Flow, flow


def test_what_does_not_fit_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    parts = [QPushButton("x" * 10) for _ in range(3)]
    made = flow(*parts, spacing=8)
    qtbot.addWidget(made)
    width, height = parts[0].sizeHint().width(), parts[0].sizeHint().height()
    made.resize(3 * width + 16, 200)
    made.show()
    assert {part.y() for part in parts} == {0} and made.heightForWidth(3 * width + 16) == height
    made.resize(2 * width + 8, 200)
    QApplication.processEvents()
    assert [part.y() for part in parts] == [0, 0, height + 8] and parts[2].x() == 0
    assert made.heightForWidth(2 * width + 8) == 2 * height + 8
    parts[1].hide()
    QApplication.processEvents()
    assert parts[2].y() == 0, "what is hidden takes no room"
    assert made.minimumSizeHint().width() == width, "it may shrink to its widest part"
    made.close()


def test_a_flow_gives_back_what_it_took(qtbot: QtBot) -> None:
    made = QWidget()
    qtbot.addWidget(made)
    layout = Flow(made)
    parts = [QPushButton("a"), QPushButton("b")]
    for part in parts:
        layout.addWidget(part)
    assert layout.count() == 2 and layout.itemAt(2) is None and layout.takeAt(-1) is None
    taken = layout.takeAt(0)
    assert taken is not None and taken.widget() is parts[0] and layout.count() == 1


def test_segments_are_one_stop_at_the_one_that_is_on_and_arrows_go_on(qtbot: QtBot) -> None:
    before, after = QPushButton("before"), QPushButton("after")
    segments = Segments([("x", "X"), ("y", "Y"), ("z", "Z")], "Kind")
    window = QWidget()
    window.setLayout(column(before, segments, after))
    qtbot.addWidget(window)
    segments.set_value("y")
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    picked: list[object] = []
    segments.picked.connect(picked.append)
    before.setFocus()
    qtbot.keyClick(before, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "Kind Y"
    qtbot.keyClick(focused, Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert segments.value == "z" and picked == ["z"] and focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    qtbot.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    focused = QApplication.focusWidget()
    assert focused is not None and focused.accessibleName() == "Kind Z"
    segments.setFocus()
    assert QApplication.focusWidget() is focused
    window.close()
