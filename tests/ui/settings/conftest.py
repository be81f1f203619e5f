"""The sample household in a real book, and a shell around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from famgui.policy.library import Library
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.i18n import use_language
from famgui.ui.shell.page import Shell
from tests.ui.ledger.building import close, desk_of, sample, shell_of


@pytest.fixture
def zh(qapp: QApplication) -> None:
    """The window speaks Chinese."""
    use_language("zh")


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample household at hand, in Chinese."""
    made = desk_of(tmp_path, library, [sample()])
    yield made
    close(made)


@pytest.fixture
def shell(desk: Desk, qapp: QApplication) -> Iterator[Shell]:
    """The shell of the sample's desk."""
    host = QWidget()
    yield shell_of(desk, qapp, host)
    host.deleteLater()
