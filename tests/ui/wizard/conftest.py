"""A wizard on a book of its own: opened for a household of a test's choice."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famgui.domain.household import Household
from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.toasts import Toast
from famgui.ui.wizard.page import WizardPage
from tests.ui.building import close, desk_of, shell_of
from tests.ui.wizard.building import opened

DAY = date(2025, 7, 1)
WizardOf = Callable[..., WizardPage]
DeskOf = Callable[..., Desk]


@pytest.fixture
def wizard(qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None) -> Iterator[WizardOf]:
    """Opens the page for households; `rules` stands in for the shipped packs."""
    host = QWidget()
    desks: list[Desk] = []
    pages: list[WizardPage] = []

    def of(*kept: Household, rules: Library | None = None, day: date = DAY) -> WizardPage:
        folder = tmp_path / f"book{len(desks)}"
        folder.mkdir()
        desk = desk_of(folder, rules or library, kept)
        desk._today = lambda: day
        desks.append(desk)
        pages.append(opened(shell_of(desk, qapp, host), qtbot))
        return pages[-1]

    yield of
    for page, desk in zip(pages, desks, strict=True):
        qtbot.waitUntil(lambda desk=desk: desk.ops.pending == 0)
        page.leave()
        qtbot.waitUntil(lambda desk=desk: desk.ops.pending == 0)
        page.close()
        page.deleteLater()
        close(desk)
    for toast in [child for child in host.children() if isinstance(child, Toast)]:
        toast.leave()
    host.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk_with(qapp: QApplication, qtbot: QtBot, tmp_path: Path, library: Library, zh: None) -> Iterator[DeskOf]:
    """A desk on a new book with these households."""
    made: list[Desk] = []

    def of(*kept: Household) -> Desk:
        folder = tmp_path / f"desk{len(made)}"
        folder.mkdir()
        made.append(desk_of(folder, library, kept))
        made[-1]._today = lambda: DAY
        return made[-1]

    yield of
    for desk in made:
        qtbot.waitUntil(lambda desk=desk: desk.ops.pending == 0)
        close(desk)
        desk.book = None  # a draft that still waits for its moment belongs to no book any more
