"""The register page in a real window: table and map, keys, panels, the whole book, papers and export."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from famgui.domain.household import Household, Reorder, Unbind
from famgui.domain.waterfall import Terms
from famgui.files.statement import write_csv
from famgui.policy.library import Library
from famgui.ui.binding.page import BindingPage
from famgui.ui.binding.register import DAYS, HOUSEHOLD, KEYS, SHARED
from famgui.ui.paper_preview import Preview
from famgui.ui.shell.toasts import Toast
from famgui.ui.start import Program
from famgui.usecase.household import import_household
from tests.domain.building import employee, household, resident, row
from tests.ui.binding.building import desk_on, neighbours
from tests.ui.building import NOW, nameless, sample, shell_of

DAY = date(2025, 12, 10)
Open = Callable[..., BindingPage]


@pytest.fixture
def open_page(tmp_path: Path, library: Library, zh: None, qapp: QApplication, qtbot: Any) -> Iterator[Open]:
    """Opens the page on 10 December 2025, over a book to which these households are added first."""
    with desk_on(DAY, tmp_path, library) as desk:
        assert desk.book is not None
        book, hosts = desk.book, list[QWidget]()

        def open_page(*homes: Household) -> BindingPage:
            for home in homes:
                import_household(book, library.book, home, f"家{len(desk.titles) + 1}", now=NOW)
                desk.reload()
            hosts.append(QWidget())
            page = BindingPage(shell_of(desk, qapp, hosts[-1]))
            qtbot.addWidget(page)
            page.resize(1198, 620)
            page.show()
            page.refresh()
            page.activateWindow()
            qtbot.waitUntil(page.isActiveWindow)
            return page

        yield open_page
        qtbot.waitUntil(lambda: desk.ops.pending == 0)
        for host in hosts:
            shiboken6.delete(host)


@pytest.fixture
def page(open_page: Open) -> BindingPage:
    return open_page(sample())


def texts(page: QWidget) -> list[str]:
    """Every text that can be seen."""
    QApplication.processEvents()
    return [made.text() for kind in (QLabel, QPushButton) for made in page.findChildren(kind) if made.isVisible()]


def users(page: BindingPage) -> list[str]:
    return [f"{row.authorizer} {row.user}" for row in page.card.model.rows]


def go_to(page: BindingPage, pair: str) -> None:
    page.table.go_to(users(page).index(pair))
    page.table.setFocus()


def last_event(page: BindingPage) -> Any:
    live = page.shell.desk.live
    assert live is not None
    return live.household.events[-1]


def toast(page: BindingPage) -> Toast:
    return [child for child in page.shell.toasts._host.children() if isinstance(child, Toast)][-1]


def press(widget: QWidget, title: str) -> None:
    next(made for made in widget.findChildren(QPushButton) if made.text() == title).click()


def test_everything_interactive_has_a_name(page: BindingPage) -> None:
    page.shell.commands.run("binding.find")
    page.card.scope.picked.emit("household")
    for command in ("binding.renew", "binding.drop", "binding.unbind"):
        page.shell.commands.run(command)
        assert nameless(page) == []


def test_limits_follow_the_row(page: BindingPage) -> None:
    go_to(page, "李强 王芳")
    assert {"李强", "同时 3 / 10", "累计 3 / 20"} <= set(texts(page.card.limits))
    go_to(page, "王芳 李小明")
    assert {"王芳", "同时 1 / 10", "累计 1 / 20"} <= set(texts(page.card.limits))


def test_map_and_table_lead_one_another(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 周秀英")
    assert page.map.chosen == ("li", "zhou")
    page.map.edge_chosen.emit("wang", "ming")
    assert page.table.current.pair == ("wang", "ming")
    page.map.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Down):
        qtbot.keyClick(page.map, key)
    assert page.map.chosen == ("li",), "a person stays chosen on the map"
    assert page.table.current.pair[0] == "li"
    page.map.activated.emit("wang", "")
    assert page.table.hasFocus()


def test_unbinding_by_keyboard_alone_and_back(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 王芳")
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    reason = page.detail.unbind.reason
    assert reason.hasFocus() and reason.text() == "", "nothing is recorded that nobody has read"
    assert not page.shell.commands.action("binding.confirm").isEnabled()
    assert "解绑 李强 → 王芳" in texts(page)
    assert any("2025-12-10 起，李强的个人账户不再为王芳付费" in text for text in texts(page))
    qtbot.keyClicks(reason, "married")
    with qtbot.waitSignal(page.changes.done):
        qtbot.keyClick(reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert last_event(page) == Unbind("u1", DAY, "li", "wang", "married")
    assert page.table.current.said == "✗ 已解绑", "the row that was current stays current"
    assert page.table.hasFocus()
    assert not page.shell.commands.action("binding.unbind").isEnabled()
    with qtbot.waitSignal(page.changes.done):
        press(toast(page), "撤销")
    assert page.table.current.said == "! 21 天后到期"
    assert toast(page).accessibleName() == "已撤销：解绑 李强 → 王芳"
    toast(page).leave()


def test_a_missing_reason_is_said(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 王芳")
    page.shell.commands.run("binding.unbind")
    assert "✗ 请写明原因，会随登记簿保存。" not in texts(page), "not before anything was typed"
    qtbot.keyClicks(page.detail.unbind.reason, "x")
    qtbot.keyClick(page.detail.unbind.reason, Qt.Key.Key_Backspace)
    assert "✗ 请写明原因，会随登记簿保存。" in texts(page)
    assert not page.shell.commands.action("binding.confirm").isEnabled()
    press(page.detail.unbind, "去世")
    assert page.detail.unbind.reason.text() == "去世"
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.changes.panel == ""
    assert "经过" in texts(page)


def test_renewing_several_by_key(page: BindingPage, qtbot: Any) -> None:
    page.table.setFocus()
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_R)
    assert page.detail.renew.term.focusProxy().hasFocus()
    said = texts(page)
    assert "续期 4 条" in said and "李强 → 周秀英  2026-07-01 – 2027-06-30" in said
    page.detail.renew.term.set_value("typed")
    page.detail.renew.term.picked.emit("typed")
    page.detail.renew.last.set_day(date(2026, 3, 31))
    said = texts(page)
    assert "李强 → 王芳  2026-01-01 – 03-31" in said
    assert "结束早于开始" in said, "each row tells its own refusal"
    with qtbot.waitSignal(page.changes.done):
        qtbot.keyClick(page.detail.renew, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.vm.total == 7
    with qtbot.waitSignal(page.changes.done):
        page.shell.commands.run("binding.undo")
    assert page.vm.total == 4
    toast(page).leave()


def test_refusals_of_a_renewal_name_their_clause(open_page: Open, qtbot: Any) -> None:
    rows = [row("li", "bo", "child", ends=date(2025, 12, 31)), row("li", "bo", "child", starts=date(2026, 1, 1))]
    rows += [row("li", "xu", "in-law", ends=date(2025, 12, 31))]
    page = open_page(household(employee("li"), resident("bo"), resident("xu"), rows=rows))
    page.table.selectAll()
    page.shell.commands.run("binding.renew")
    said = texts(page)
    assert "不限期，不用续。" in said
    assert any("近亲属" in text for text in said) and "N-04" in said
    assert not page.shell.commands.action("binding.confirm").isEnabled()


def order_of(page: BindingPage) -> list[str]:
    shown = page.detail.order.list
    return [shown.item(place).text().split("  ")[1].split(" ")[0] for place in range(shown.count())]


def test_order_of_payment_by_keys_and_by_dragging(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 李小明")
    page.detail.tabs.set_value("order")
    page.detail.tabs.picked.emit("order")
    shown = page.detail.order.list
    assert order_of(page) == ["李强", "王芳"]
    shown.setCurrentRow(1)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order_of(page) == ["王芳", "李强"]
    assert shown.currentRow() == 0
    press(page.detail.order, "恢复")
    assert order_of(page) == ["李强", "王芳"]
    shown.model().moveRow(QModelIndex(), 0, QModelIndex(), 2)
    qtbot.waitUntil(lambda: page.changes.pending == ("wang", "li"))
    assert [shown.item(place).text()[0] for place in range(2)] == ["1", "2"], "the numbers follow"
    with qtbot.waitSignal(page.changes.done):
        press(page.detail.order, "记录次序")
    assert last_event(page) == Reorder("o1", DAY, "ming", ("wang", "li"))
    assert order_of(page) == ["王芳", "李强"]
    assert page.detail.order._buttons.isHidden()
    page.detail.tabs.set_value("past")
    page.detail.tabs.picked.emit("past")
    assert "付款次序改为第 2 位" in texts(page)
    toast(page).leave()


def test_an_order_without_effect_says_so(open_page: Open) -> None:
    rows = [row("li", "bo", "child"), row("wu", "bo", "child")]
    people = (employee("li"), employee("wu"), resident("bo"))
    page = open_page(household(*people, rows=rows, terms=Terms("balance-desc")))
    page.detail.tabs.set_value("order")
    page.detail.tabs.picked.emit("order")
    assert any("这里的次序不起作用" in text for text in texts(page))


def test_another_row_drops_what_was_begun(page: BindingPage) -> None:
    go_to(page, "李强 王芳")
    page.shell.commands.run("binding.unbind")
    go_to(page, "李强 周秀英")
    assert page.changes.panel == ""


def test_the_whole_book(open_page: Open, qtbot: Any) -> None:
    page = open_page(sample(), neighbours())
    assert page.table.isColumnHidden(HOUSEHOLD) and not page.table.isColumnHidden(SHARED)
    page.shell.commands.run("binding.find")
    words = page.card.filters.words
    assert words.hasFocus()
    assert page.table.isColumnHidden(SHARED) and not page.table.isColumnHidden(HOUSEHOLD)
    assert "6 条" in texts(page)
    qtbot.keyClicks(words, "anning")
    assert users(page) == ["何平 安宁", "安宁 何平"]
    state = page.card.filters.state
    assert state.itemText(0) == "全部状态 (2)" and "即将生效 (1)" in [state.itemText(n) for n in range(state.count())]
    qtbot.keyClicks(words, "zzz")
    assert "没有符合条件的绑定。" in texts(page)
    press(page.card, "清除筛选")
    assert len(page.card.model.rows) == 6 and words.text() == ""


def test_a_click_takes_another_household_up(open_page: Open, qtbot: Any) -> None:
    page = open_page(sample(), neighbours())
    page.card.scope.picked.emit("book")
    place = users(page).index("安宁 何平")
    page.table.go_to(place)
    assert any("这条绑定属于家庭“家2”" in text for text in texts(page))
    assert page.shell.desk.live.title == "家1"  # type: ignore[union-attr]
    spot = page.table.visualRect(page.card.model.index(place, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    assert page.shell.desk.live.title == "家2"  # type: ignore[union-attr]
    assert page.map.chosen == ("an", "he")
    assert page.table.current.pair == ("an", "he"), "the list stays as it is"
    assert "登记前已有：2025-01-01 – 04-30" in texts(page)
    go_to(page, "何平 安宁")
    page.shell.commands.run("binding.unbind")
    assert page.changes.panel == "unbind"


def test_keys_act_on_a_row_of_another_household(open_page: Open, qtbot: Any) -> None:
    page = open_page(sample(), neighbours())
    page.card.scope.picked.emit("book")
    page.table.selectAll()
    page.table.setFocus()
    index = page.card.model.index(users(page).index("安宁 何平"), 0)
    page.table.selectionModel().setCurrentIndex(index, page.table.selectionModel().SelectionFlag.NoUpdate)
    page.shell.commands.run("binding.renew")
    assert page.shell.desk.live.title == "家2"  # type: ignore[union-attr]
    assert "另有 4 条属于别的家庭，请打开那些家庭再续。" in "".join(texts(page))
    assert [one.event.binding.user for one in page.changes.renewals] == ["he", "an"] or len(page.changes.renewals) == 2


def test_the_row_is_found_again_beyond_the_first_page(open_page: Open, qtbot: Any) -> None:
    homes = [
        household(
            employee(f"a{home}"),
            *(resident(f"r{n}") for n in range(9)),
            rows=[row(f"a{home}", f"r{n}", "child", ends=date(2026, 1, 1 + n)) for n in range(9)],
        )
        for home in range(13)
    ]
    page = open_page(*homes)
    page.card.scope.picked.emit("book")
    assert len(page.card.model.rows) == 50
    for _ in range(2):
        page.card.model.fetchMore(QModelIndex())
    assert len(page.card.model.rows) == 117
    page.table.go_to(116)
    chosen = page.table.current
    page._take_up()
    page.shell.commands.run("binding.unbind")
    page.changes.set_reason("去世")
    with qtbot.waitSignal(page.changes.done):
        page.changes.confirm()
    assert page.table.current.id == chosen.id
    toast(page).leave()


def test_sorting_by_a_column_stays_after_a_change(page: BindingPage) -> None:
    go_to(page, "王芳 李小明")
    page.table.sortByColumn(KEYS.index("shared"), Qt.SortOrder.DescendingOrder)
    assert [row.shared for row in page.card.model.rows] == [62000, 41788, 0, 0]
    assert page.table.current.pair == ("wang", "ming")
    page.refresh()
    assert [row.shared for row in page.card.model.rows] == [62000, 41788, 0, 0]


def test_days_give_way_where_there_is_no_room(page: BindingPage) -> None:
    assert not page.table.isColumnHidden(DAYS)
    page.resize(980, 620)
    QApplication.processEvents()
    assert page.table.isColumnHidden(DAYS)


def test_the_scope_is_remembered(open_page: Open) -> None:
    open_page(sample()).card.scope.picked.emit("book")
    assert open_page().vm.scope == "book"


def test_a_new_binding_is_the_wizards(page: BindingPage, qtbot: Any) -> None:
    with qtbot.waitSignal(page.shell.desk.page_asked) as asked:
        page.shell.commands.run("binding.new")
    assert asked.args == ["wizard"]


def test_papers_are_of_the_rows_chosen(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 王芳")
    papers = page.card.papers
    assert (papers._bind.isEnabled(), papers._unbind.isEnabled()) == (True, False)
    page.shell.commands.run("binding.unbind")
    page.changes.set_reason("去世")
    with qtbot.waitSignal(page.changes.done):
        page.changes.confirm()
    assert (papers._bind.isEnabled(), papers._unbind.isEnabled()) == (False, True)
    papers._confirmation.trigger()
    (preview,) = page.findChildren(Preview)
    preview.close()
    toast(page).leave()


def test_the_map_is_printed(page: BindingPage) -> None:
    page.shell.commands.run("binding.print")
    (preview,) = page.findChildren(Preview)
    assert preview.isVisible()
    preview.close()


def test_the_register_is_exported_as_shown(open_page: Open, tmp_path: Path) -> None:
    page = open_page(sample(), neighbours())
    write_csv(page._listings(), tmp_path / "one.csv")
    lines = (tmp_path / "one.csv").read_text("utf-8-sig").splitlines()
    assert "李强,李小明,子女,2025-01-01,2025-12-31,,! 21 天后到期,21,417.88,家1,株洲市" in lines
    page.card.scope.picked.emit("book")
    page.vm.narrow(words="heping")
    (listing,) = page._listings()
    assert [row[:2] for row in listing.rows] == [("何平", "安宁"), ("安宁", "何平")]
    assert page._name() == "登记簿 全账本 2025-12-10"


def test_a_household_without_bindings_leads_to_the_wizard(open_page: Open, qtbot: Any) -> None:
    page = open_page(household(employee("li"), resident("bo")))
    assert "还没有绑定。" in texts(page)
    with qtbot.waitSignal(page.shell.desk.page_asked):
        press(page.card, "新建绑定")
    assert not page.shell.commands.action("binding.print").isEnabled()


def test_nobody_with_an_account(open_page: Open) -> None:
    page = open_page(household(resident("bo")))
    assert "这个家庭没有人有职工医保个人账户，不能共济。" in texts(page)


def test_without_a_household(open_page: Open) -> None:
    page = open_page()
    assert "还没有家庭。导入案例文件（Ctrl+O），或从新建绑定开始。" in texts(page)


def test_a_smaller_household_shows_its_own_rows_only(open_page: Open) -> None:
    page = open_page(sample(), neighbours())
    desk = page.shell.desk
    first, second = desk.titles
    desk.reload(first)
    page.card.table.go_to(len(page.card.model.rows) - 1)
    desk.reload(second)
    assert {row.household for row in page.card.model.rows} == {second}
    assert len(page.card.model.rows) == 2


def test_keys_move_current_row_and_selection_together(open_page: Open, qtbot: Any) -> None:
    page = open_page(sample(), neighbours())
    page.card.scope.picked.emit("book")
    spot = page.table.visualRect(page.card.model.index(2, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot))
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    first = page.card.model.rows[0]
    assert page.table.currentIndex().row() == 0
    assert page.table.picked == [first] and page.vm.chosen == first
    assert [one.id for one in page.card.papers._rows] == [first.id]
    page.shell.commands.run("binding.unbind")
    assert [(one.event.authorizer, one.event.user) for one in page.changes.endings] == [first.pair]


def test_unbinding_ends_every_marked_row(page: BindingPage, qtbot: Any) -> None:
    page.table.selectAll()
    page.shell.commands.run("binding.unbind")
    said = texts(page)
    assert {"解绑 4 条", "李强 → 王芳", "王芳 → 李小明"} <= set(said)
    go = page.table.selectionModel()
    go.select(page.card.model.index(0, 0), go.SelectionFlag.Deselect | go.SelectionFlag.Rows)
    assert page.changes.panel == "", "other rows are marked"


def test_an_order_begun_stays_when_the_scope_changes(page: BindingPage, qtbot: Any) -> None:
    go_to(page, "李强 李小明")
    page.detail.tabs.set_value("order")
    page.detail.tabs.picked.emit("order")
    page.changes.put_in_order("ming", ["wang", "li"])
    page.card.scope.picked.emit("book")
    assert page.changes.pending == ("wang", "li")
    go_to(page, "李强 周秀英")
    assert page.changes.pending == ("wang", "li")
    assert "! 李小明的新付款次序还没有记录。" in texts(page)
    press(page.detail._notice, "恢复")
    assert page.changes.pending is None and page.detail._notice.isHidden()


def test_the_whole_book_takes_the_room(open_page: Open) -> None:
    homes = [household(employee(f"a{home}"), resident("r"), rows=[row(f"a{home}", "r", "child")]) for home in range(14)]
    page = open_page(*homes)
    page.card.scope.picked.emit("book")
    QApplication.processEvents()
    assert page._map_side.isHidden()
    shown = page.table.viewport().height() // page.table.rowHeight(0)
    assert shown >= 6, f"{shown} rows"
    page.card.scope.picked.emit("household")
    assert not page._map_side.isHidden()


def test_titles_keep_room_for_the_arrow(page: BindingPage) -> None:
    header = page.table.horizontalHeader()
    place = KEYS.index("relation")
    page.table.sortByColumn(place, Qt.SortOrder.AscendingOrder)
    text = header.fontMetrics().horizontalAdvance("关系")
    assert header.sectionSize(place) >= text + 38, "the margins and the arrow"


def test_the_register_takes_back_what_was_recorded_before_it_was_first_looked_at(
    program: Callable[[], Program], qtbot: Any
) -> None:
    app = program()
    desk = app.desk
    assert "binding" not in app.pages and desk.live is not None
    row = next(row for row in desk.live.running.register if row.unbound_on is None)
    desk.record(Unbind("u7", desk.today, row.authorizer, row.user), lambda _: None)
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
    app.go_to("binding")
    page, undo = app.pages["binding"], app.commands.action("binding.undo")
    assert isinstance(page, BindingPage) and undo.isEnabled()
    with qtbot.waitSignal(page.changes.done) as done:
        undo.trigger()
    assert str(done.args[0]).startswith("已撤销：解绑") and not undo.isEnabled()
    qtbot.waitUntil(lambda: desk.ops.pending == 0)
