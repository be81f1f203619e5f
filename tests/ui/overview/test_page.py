"""The overview in a real window: cards, empty states, the buttons that lead on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton, QWidget

from famgui.policy.library import Library
from famgui.ui.overview.page import OverviewPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from tests.domain.building import deposit, household, resident
from tests.ui.binding.building import desk_on
from tests.ui.building import nameless, shell_of


@pytest.fixture
def page(shell: Shell, qtbot: Any) -> Iterator[OverviewPage]:
    made = OverviewPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    made.show()
    yield made


def texts(page: QWidget) -> list[str]:
    """Every text that can be seen."""
    QApplication.processEvents()
    return [made.text() for kind in (QLabel, QPushButton) for made in page.findChildren(kind) if made.isVisible()]


def press(page: QWidget, text: str) -> None:
    """Click the visible button with this text."""
    next(made for made in page.findChildren(QPushButton) if made.text() == text and made.isVisible()).click()


def test_cards_stand_with_their_figures(page: OverviewPage) -> None:
    seen = texts(page)
    for text in ("账户", "4,393.52", "需要留意", "生效的绑定", "21 天后到期", "2025 年累计", "最近的事", "已结算"):
        assert text in seen, text


def test_everything_interactive_has_a_name(page: OverviewPage) -> None:
    assert nameless(page) == []
    spoken = [bar.accessibleName() for bar in page.findChildren(QProgressBar)]
    assert "王芳 统筹已付 628.00 / 1,500.00" in spoken


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("记录结算", "settlement"), ("台账", "ledger"), ("全部台账", "ledger"), ("全部绑定", "binding")],
)
def test_buttons_lead_on(page: OverviewPage, qtbot: Any, text: str, wanted: str) -> None:
    with qtbot.waitSignal(page.page_asked) as asked:
        press(page, text)
    assert asked.args == [wanted]


def test_a_clause_opens(page: OverviewPage, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(desk.clause_asked) as asked:
        press(page, "HN-34")
    assert asked.args == ["HN-34"]


def test_a_change_is_shown(page: OverviewPage, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(page.vm.changed):
        desk.record(deposit("1.00", date(2025, 12, 10)), lambda _: None)
    assert "+1.00" in texts(page)


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ((), ["账本里还没有家庭。"]),
        (
            (household(resident("mei", "310000")),),
            [
                "没有需要留意的事。",
                "今后 30 天没有要办的事。",
                "这个家庭没有人有职工医保个人账户。",
                "今天没有生效的绑定。",
                "还没有记录。",
                "这一年统筹还没有付过。",
            ],
        ),
    ],
)
def test_empty_states(
    tmp_path: Path, library: Library, zh: None, qapp: QApplication, qtbot: Any, kept: Any, said: list[str]
) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library, *kept) as desk:
        page = OverviewPage(shell_of(desk, qapp, QWidget()))
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: not desk.ops.pending)
        seen = texts(page)
        assert [text for text in said if text not in seen] == []
        assert page.shell.commands.action("overview.settle").isEnabled() is bool(kept)


@pytest.mark.parametrize(("title", "target"), [("新建绑定", "wizard"), ("名单导入", "roster")])
def test_an_empty_book_offers_its_ways_in(
    tmp_path: Path, library: Library, zh: None, qapp: QApplication, qtbot: Any, title: str, target: str
) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library) as desk:
        page = OverviewPage(shell_of(desk, qapp, QWidget()))
        qtbot.addWidget(page)
        page.show()
        step = next(made for made in page.findChildren(QPushButton) if made.text() == title)
        assert step.isVisible() and (step.property("kind") == "primary") is (target == "wizard")
        with qtbot.waitSignal(page.page_asked) as asked:
            step.click()
        assert asked.args == [target]
