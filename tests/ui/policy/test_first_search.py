"""The first search of all: the window never builds an index itself, says that it is on its way, and then answers."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famgui.policy.index import Index
from famgui.policy.library import Library
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.results import ClauseList
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from famgui.ui.start import Program
from famgui.usecase.policy import prepare_search, search_at_hand
from tests.patience import PATIENCE
from tests.policy.packs import GOOD, shipped, user
from tests.ui.building import close, desk_of, sample, shell_of

PREPARING = "正在准备检索……"


class Builds:
    """Which threads built an index; each build waits until it may go on."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.go = threading.Event()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    found, build = Builds(), Index.build

    def slow(*given: object) -> Index:
        found.threads.append(threading.current_thread().name)
        found.go.wait(PATIENCE)
        return build(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "build", slow)
    yield found
    found.go.set()


@pytest.fixture
def shelf(tmp_path: Path) -> list[Library]:
    """The library in use stands last; nothing is kept in its cache."""
    return [Library([shipped(tmp_path / "packs"), tmp_path / "mine"], tmp_path / "cache")]


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path, shelf: list[Library], zh: None) -> Iterator[Desk]:
    made = desk_of(tmp_path, shelf[0], [sample()])
    made.services = made.services._replace(library=lambda: shelf[-1])
    yield made
    close(made)


def shown(shell: Shell, qtbot: QtBot) -> PolicyPage:
    page = PolicyPage(shell)
    qtbot.addWidget(page)
    page.resize(1198, 660)
    with qtbot.waitExposed(page):
        page.show()
    return page


def line(page: PolicyPage) -> QLineEdit:
    return next(made for made in page.findChildren(QLineEdit) if made.accessibleName() == "搜索政策")


def listed(page: PolicyPage) -> list[str]:
    """The clauses that are on screen."""
    view = page.findChild(ClauseList)
    assert isinstance(view, ClauseList)
    return [row.id for row in view.clauses.rows] if view.isVisible() else []


def said(page: PolicyPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_what_is_typed_before_the_index_is_there_is_answered_by_itself(
    shell: Shell, shelf: list[Library], builds: Builds, qtbot: QtBot
) -> None:
    page = shown(shell, qtbot)
    assert listed(page) and PREPARING not in said(page)
    qtbot.keyClicks(line(page), "tongshi")
    assert PREPARING in said(page) and listed(page) == [] and "0 条" not in said(page)
    line(page).setText("HN-21")
    assert (PREPARING in said(page), line(page).text()) == (True, "HN-21")
    builds.go.set()
    qtbot.waitUntil(lambda: bool(listed(page)))
    assert listed(page)[0] == "HN-21" and PREPARING not in said(page) and line(page).text() == "HN-21"
    line(page).setText("tongshi bangding")
    assert listed(page)[0] == prepare_search(shelf[0]).find("tongshi bangding", place="430200")[0].clause.id
    assert builds.threads == ["famgui-aside"]


def test_emptied_while_waiting_lists_what_an_empty_line_lists(shell: Shell, builds: Builds, qtbot: QtBot) -> None:
    page = shown(shell, qtbot)
    before = listed(page)
    line(page).setText("HN-21")
    assert listed(page) == []
    line(page).clear()
    assert listed(page) == before and PREPARING not in said(page)


def test_a_write_does_not_wait_for_the_index(shell: Shell, builds: Builds, qtbot: QtBot) -> None:
    page, written = shown(shell, qtbot), list[int]()
    line(page).setText("HN-21")
    qtbot.waitUntil(lambda: builds.threads == ["famgui-aside"])
    shell.desk.ops.run("x", lambda _: 1, written.append)
    qtbot.waitUntil(lambda: written == [1])
    assert PREPARING in said(page) and not builds.go.is_set()


def test_an_index_in_the_cache_answers_at_once(
    shell: Shell, shelf: list[Library], tmp_path: Path, builds: Builds, qtbot: QtBot
) -> None:
    builds.go.set()
    prepare_search(Library([tmp_path / "packs", tmp_path / "mine"], tmp_path / "cache"))
    page = shown(shell, qtbot)
    line(page).setText("HN-21")
    assert listed(page)[0] == "HN-21" and len(builds.threads) == 1


def test_a_pack_that_comes_in_holds_nothing_up(
    shell: Shell, shelf: list[Library], tmp_path: Path, builds: Builds, qtbot: QtBot
) -> None:
    builds.go.set()
    prepare_search(shelf[0])
    page = shown(shell, qtbot)
    line(page).setText("火星")
    assert listed(page) == [] and PREPARING not in said(page)
    builds.go.clear()
    user(tmp_path / "mine", GOOD.replace('statement = "甲"', 'statement = "火星上的规定"'))
    shelf.append(Library([tmp_path / "packs", tmp_path / "mine"], tmp_path / "cache"))
    page.refresh()
    assert PREPARING in said(page) and line(page).text() == "火星"
    builds.go.set()
    qtbot.waitUntil(lambda: listed(page) == ["T-01"])
    assert builds.threads[1:] == ["famgui-aside"]


def test_a_window_at_rest_makes_the_search_ready(program: Callable[[], Program], builds: Builds, qtbot: QtBot) -> None:
    builds.go.set()
    made = program()
    library = made.desk.library
    assert "policy" not in made.pages and search_at_hand(library) is None
    qtbot.waitUntil(lambda: search_at_hand(library) is not None)
    made.go_to("policy")
    page = made.pages["policy"]
    assert isinstance(page, PolicyPage)
    line(page).setText("HN-21")
    assert listed(page)[0] == "HN-21" and builds.threads == ["famgui-aside"]


def test_a_closed_window_leaves_no_index_half_built(shell: Shell, builds: Builds, qapp: QApplication) -> None:
    host = QWidget()
    page = PolicyPage(shell_of(shell.desk, qapp, host))
    line(page).setText("HN-21")
    builds.go.set()
    shell.desk.ops.close()
    assert search_at_hand(shell.desk.library) is None
    assert not (shell.desk.services.home.cache / "search.index").exists()
    page.deleteLater()
    host.deleteLater()
