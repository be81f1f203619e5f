"""The sample family in December of its year, and a shell whose toasts go when the test does."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from famgui.policy.library import Library
from famgui.ui.overview.agenda_model import AgendaVM
from famgui.ui.overview.page import OverviewPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from tests.ui.binding.building import desk_on
from tests.ui.building import sample, shell_of
from tests.ui.overview.building import Looked, page_over


@pytest.fixture
def desk(tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample household on 10 December 2025, in Chinese."""
    with desk_on(date(2025, 12, 10), tmp_path, library, sample()) as made:
        yield made


@pytest.fixture
def shell(desk: Desk, qapp: QApplication) -> Iterator[Shell]:
    """The shell of the desk."""
    host = QWidget()
    yield shell_of(desk, qapp, host)
    shiboken6.delete(host)


@pytest.fixture
def shell_over(qapp: QApplication) -> Iterator[Callable[[Desk], Shell]]:
    """Makes shells over desks of one's own; their hosts go when the test does."""
    hosts: list[QWidget] = []

    def made(desk: Desk) -> Shell:
        hosts.append(QWidget())
        return shell_of(desk, qapp, hosts[-1])

    yield made
    for host in hosts:
        shiboken6.delete(host)


@pytest.fixture
def looked(qtbot: Any) -> Looked:
    """The view-model once it has looked the dates up."""

    def made(desk: Desk) -> AgendaVM:
        vm = AgendaVM(desk)
        qtbot.waitUntil(lambda: not desk.ops.pending)
        return vm

    return made


@pytest.fixture
def dated(shell: Shell, qtbot: Any) -> Iterator[OverviewPage]:
    """The page with its dates looked up."""
    with page_over(shell, qtbot) as made:
        yield made
