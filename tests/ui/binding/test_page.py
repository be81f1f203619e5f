"""The binding page in a real window: table, form, checks, commands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from famgui.policy.library import Library
from famgui.ui.binding.page import BindingPage
from famgui.ui.shell.desk import Desk
from famgui.ui.shell.page import Shell
from tests.domain.building import household, resident
from tests.ui.binding.building import desk_on
from tests.ui.building import nameless, shell_of


@pytest.fixture
def page(shell: Shell, qtbot: Any) -> Iterator[BindingPage]:
    made = BindingPage(shell)
    qtbot.addWidget(made)
    made.resize(1198, 660)
    made.show()
    made.refresh()
    yield made


def texts(page: QWidget) -> list[str]:
    """Every text that can be seen."""
    QApplication.processEvents()
    return [made.text() for kind in (QLabel, QPushButton) for made in page.findChildren(kind) if made.isVisible()]


def test_everything_interactive_has_a_name(page: BindingPage) -> None:
    page.vm.edit(user="zhou", relation="parent")
    assert nameless(page) == []


def test_chips_follow_the_row(page: BindingPage) -> None:
    assert "同时 3 / 10" in texts(page)
    page.table.selectRow(2)
    assert "同时 1 / 10" in texts(page)
    assert "累计 1 / 20" in texts(page)


def test_choosing_fills_the_checks_and_frees_the_button(page: BindingPage, desk: Desk, qtbot: Any) -> None:
    save = page.shell.commands.action("binding.save")
    assert not save.isEnabled()
    for choice, value in ((page.form.user, "zhou"), (page.form.relation, "in-law")):
        choice.set_value(value)
        choice.picked.emit(value)
    assert "✗" in texts(page)
    assert not save.isEnabled()
    with qtbot.waitSignal(desk.clause_asked) as asked:
        next(made for made in page.findChildren(QPushButton) if made.text() == "N-04" and made.isVisible()).click()
    assert asked.args == ["N-04"]
    page.form.relation.set_value("parent")
    page.form.relation.picked.emit("parent")
    assert "✗" not in texts(page)
    assert save.isEnabled()


def test_open_end_and_terms(page: BindingPage) -> None:
    page.form.open_end.click()
    assert page.vm.draft.ends is None
    assert not page.form.ends.isEnabled()
    page.form.open_end.click()
    assert page.vm.draft.ends == date(2026, 12, 9)
    page.form.ends.set_day(date(2025, 12, 1))
    assert page.vm.draft.ends == date(2025, 12, 1)


def test_saving_shows_the_new_row(page: BindingPage, qtbot: Any) -> None:
    page.vm.edit(user="zhou", relation="parent")
    with qtbot.waitSignal(page.vm.told):
        page.shell.commands.run("binding.save")
    rows = [(row.authorizer, row.user) for row in page.table.model().rows]  # type: ignore[attr-defined]
    assert ("王芳", "周秀英") in rows
    assert page.form.user.value == ""


def test_unbind_by_key_only_in_the_table(page: BindingPage, qtbot: Any) -> None:
    action = page.shell.commands.action("binding.unbind")
    assert action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
    assert page.table.actions() == [action]
    page.table.selectRow(0)
    with qtbot.waitSignal(page.vm.told):
        action.trigger()
    assert page.table.current.user == "王芳", "the row that was current stays current"
    assert not action.isEnabled()


def test_sorting_by_amount_stays_after_a_change(page: BindingPage) -> None:
    page.table.sortByColumn(5, Qt.SortOrder.DescendingOrder)
    page.refresh()
    amounts = [page.table.model().index(line, 5).data() for line in range(4)]
    assert amounts == ["620.00", "417.88", "0.00", "0.00"]


def test_nobody_with_an_account(tmp_path: Path, library: Library, zh: None, qapp: QApplication, qtbot: Any) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library, household(resident("bo"))) as desk:
        page = BindingPage(shell_of(desk, qapp, QWidget()))
        qtbot.addWidget(page)
        page.show()
        assert "这个家庭没有人有职工医保个人账户，不能共济。" in texts(page)
        assert "还没有绑定：在右边填写。" in texts(page)
        assert not page.form.isVisible()
