"""Two parents bound in a new book by keyboard alone: every key counted, a picture of every step on request."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famgui.ui.shell.settings import BOOK, Settings
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program
from famgui.ui.wizard.page import WizardPage
from tests.ui.wizard.building import Keys, number

MOST = 120
"""So many keys two parents may take, from the overview to the register."""
PICTURES = os.environ.get("FAMGUI_PICTURES", "")
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Photographer:
    """Keeps a picture of the window after each step, where a folder was named."""

    def __init__(self, program: Program) -> None:
        self._program, self._taken = program, 0

    def __call__(self, name: str) -> None:
        QApplication.processEvents()
        self._taken += 1
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self._program.window.grab().save(str(Path(PICTURES) / f"{self._taken:02}-{name}.png"))


@pytest.fixture
def own_book(tmp_path: Path) -> None:
    """The program opens a book of its own, with nobody in it."""
    Settings(tmp_path / "settings.ini").set(BOOK, "own")


def test_two_parents_take_at_most_120_keys(own_book: None, program: Callable[[], Program], qtbot: QtBot) -> None:
    app = program()
    window, shoot = app.window, Photographer(app)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.setFocus()
    keys = Keys(window)

    keys.press(Qt.Key.Key_2, CONTROL)
    keys.press(Qt.Key.Key_N, CONTROL)
    page = app.pages["wizard"]
    assert isinstance(page, WizardPage) and page.vm.state.step == "authorizer"
    shoot("authorizer")
    keys.type("李强")
    keys.enter()
    keys.type(number("43020219850101001"))
    shoot("authorizer-typed")
    keys.enter(3)  # no phone; the balance is put in later

    assert page.vm.state.step == "users"
    shoot("users")
    keys.type("周秀英")
    keys.enter()
    keys.type(number("43020219570203002"))
    keys.enter()
    keys.type("13800000001")
    shoot("first-parent")
    keys.press(Qt.Key.Key_N, ALT)
    keys.type("李国安")
    keys.enter()
    keys.type(number("43020219550304001"))
    keys.enter()
    keys.type("13800000002")
    shoot("second-parent")
    keys.enter()

    assert page.vm.state.step == "terms"
    shoot("terms")
    keys.enter()
    assert page.vm.state.step == "commitment"
    shoot("commitment")
    keys.press(Qt.Key.Key_Space)
    shoot("committed")
    keys.enter()
    assert page.vm.state.step == "review"
    shoot("review")
    keys.enter()
    qtbot.waitUntil(lambda: page.vm.state.step == "done")
    shoot("done")

    assert app.desk.live is not None
    rows = app.desk.live.running.register
    assert [(row.user, row.relation, row.ends is not None) for row in rows] == [
        ("p2", "parent", True),
        ("p3", "parent", True),
    ]
    assert [person.name for person in app.desk.persons] == ["李强", "周秀英", "李国安"]
    assert keys.count <= MOST, f"{keys.count} keys"
    for toast in window.findChildren(Toast):
        toast.leave()


def test_the_phone_may_be_waived_where_the_demand_is_not_confirmed(
    own_book: None, program: Callable[[], Program], qtbot: QtBot
) -> None:
    app = program()
    with qtbot.waitActive(app.window):
        app.window.activateWindow()
    app.go_to("wizard")
    page, keys = app.pages["wizard"], Keys(app.window)
    assert isinstance(page, WizardPage)
    keys.type("李强")
    keys.enter()
    keys.type(number("43020219850101001"))
    keys.enter(3)
    keys.type("周秀英")
    keys.enter()
    keys.type(number("43020219570203002"))
    keys.enter(2)
    assert page.vm.state.step == "users"
    assert "联系电话" in page.view.new.form.fields["phone"].problem  # type: ignore[attr-defined]
    keys.enter()
    assert QApplication.focusWidget() is page.checks.waivers[0]
    keys.enter(2)
    assert page.vm.state.step == "terms"
    assert page.vm.state.waived == {("PHONE_NEEDED", "n2")}
