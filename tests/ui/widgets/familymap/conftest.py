"""A theme and a map in a window."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.theme.style import Theme
from famgui.ui.widgets.basic import column
from famgui.ui.widgets.familymap.view import FamilyMap
from tests.ui.widgets.familymap.families import Family

Shown = Callable[..., FamilyMap]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme(qapp)
    made.apply("light", "standard")
    return made


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot, zh: None) -> Shown:
    """Shows a family in a window of a size, legend below the map."""

    kept: list[QWidget] = []

    def show(family: Family, size: tuple[int, int] = (560, 600)) -> FamilyMap:
        window, made = QWidget(), FamilyMap(theme)
        window.setLayout(column(made, made.legend))
        qtbot.addWidget(window)
        kept.append(window)
        made.show_map(*family)
        window.resize(*size)
        with qtbot.waitExposed(window):
            window.show()
        return made

    return show
