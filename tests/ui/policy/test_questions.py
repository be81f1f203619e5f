"""Every question that people ask, typed into the window: a right clause stands among the first five rows shown."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famgui.policy.library import Library
from famgui.ui.policy.page import PolicyPage
from famgui.ui.policy.results import ClauseList
from famgui.ui.policy.rows import ROW
from famgui.ui.shell.page import Shell
from tests.conftest import REPOSITORY
from tests.ui.building import close, desk_of, shell_of

_QUESTIONS = REPOSITORY / "tests" / "policy" / "questions.json"
_NEAR = ("430200", "430000", "000000")
_AMONG_FIRST = 5


@pytest.fixture
def away(qapp: QApplication, tmp_path: Path, library: Library, zh: None) -> Iterator[Shell]:
    """A window without a household: no place goes before another."""
    folder, host = tmp_path / "away", QWidget()
    folder.mkdir()
    desk = desk_of(folder, library, [])
    yield shell_of(desk, qapp, host)
    close(desk)
    host.deleteLater()


def shown(page: PolicyPage, text: str) -> list[str]:
    """The clauses listed first once this is typed."""
    page._search.setText(text)
    QApplication.processEvents()
    view = page.findChild(ClauseList)
    assert isinstance(view, ClauseList)
    model = view.model()
    return [model.index(at, 0).data(ROW).id for at in range(min(_AMONG_FIRST, model.rowCount()))]


def test_every_question_is_answered_among_the_first_five(
    shell: Shell, away: Shell, library: Library, qtbot: QtBot
) -> None:
    asked: list[dict[str, Any]] = json.loads(_QUESTIONS.read_text("utf-8"))
    pages = {near: PolicyPage(made) for near, made in ((True, shell), (False, away))}
    for page in pages.values():
        qtbot.addWidget(page)
        page.resize(1198, 620)
        page.show()
    missed, wordings = [], 0
    for one in asked:
        facts = set(one["facts"])
        page = pages[any(library.clauses[fact].place in _NEAR for fact in facts)]
        assert facts & set(shown(page, one["question"])), one["question"]
        wordings += len(one["variants"])
        missed += [text for text in one["variants"] if not facts & set(shown(page, text))]
    assert len(missed) * 10 <= wordings, missed
