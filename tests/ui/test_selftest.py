"""The self-test of the window: a page that is blank, breaks or makes Qt complain fails it; so do missing icons."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from famgui.app import pages
from famgui.base.paths import Home
from famgui.base.wording import Wording
from famgui.cli_selftest import CHECKS, ground_in, run_check
from famgui.ui.selftest import blank, look
from famgui.ui.shell.page import Page, Shell
from famgui.usecase.selftest.ground import Ground, SelftestFailed

BY_NAME = {check.name: check for check in CHECKS}


@pytest.fixture
def ground(qapp: QApplication, tmp_path: Path, zh: None) -> Ground:
    """A home of its own; what fails is told in Chinese."""
    return ground_in(Home(tmp_path), Wording("zh"))


def with_ledger(made: Callable[[Shell], Page]) -> Callable[[], dict[str, Callable[[Shell], Page]]]:
    """The pages with another ledger."""
    return lambda: {**pages(), "ledger": made}


class Empty(Page):
    """A page on which nothing is drawn."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "", "")
        for child in self.findChildren(QWidget):
            child.hide()


def broken(shell: Shell) -> Page:
    raise RuntimeError("no such thing")


def complaining(shell: Shell) -> Page:
    qWarning("QSomething: not like this")
    return Page(shell, "台账", "")


@pytest.mark.parametrize(
    ("ledger", "said"),
    [
        (Empty, "页面 ledger 一片空白"),
        (broken, "页面 ledger 出错：RuntimeError('no such thing')"),
        (complaining, "Qt 报告：QSomething: not like this"),
    ],
)
def test_a_bad_page_is_told(ground: Ground, ledger: Callable[[Shell], Page], said: str) -> None:
    with pytest.raises(SelftestFailed) as failed:
        look(replace(ground, pages=with_ledger(ledger)), "zh", ("ledger",))
    assert str(failed.value) == said


def test_a_picture_that_cannot_be_written_is_told(ground: Ground, tmp_path: Path) -> None:
    ground = replace(ground, wording=Wording("en"), picture=tmp_path / "nowhere" / "a.png")
    assert run_check(ground, BY_NAME["english"]).said.endswith("a.png cannot be written")


def test_missing_icons_are_told(ground: Ground, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert run_check(ground, BY_NAME["icons"]).said == ""
    monkeypatch.setattr("famgui.ui.selftest.resources", lambda: tmp_path)
    assert "SVG" in run_check(ground, BY_NAME["icons"]).said


def test_one_colour_is_blank() -> None:
    picture = QImage(4, 4, QImage.Format.Format_ARGB32)
    picture.fill(0xFFFFFFFF)
    assert blank(picture) and blank(QImage())
    picture.setPixel(3, 3, 0)
    assert not blank(picture)
