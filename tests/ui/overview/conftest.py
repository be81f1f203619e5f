"""The sample family in December of its year, and a shell around it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from tests.ui.binding.building import desk_with, sample, shell_of


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library) -> Iterator[Desk]:
    """The sample household on 10 December 2025, in Chinese."""
    use_language("zh")
    with desk_with(tmp_path, library, date(2025, 12, 10), sample()) as made:
        yield made


@pytest.fixture
def shell(desk: Desk, qapp: QApplication) -> Iterator[Shell]:
    """The shell of the desk."""
    host = QWidget()
    yield shell_of(desk, qapp, host)
    host.deleteLater()
