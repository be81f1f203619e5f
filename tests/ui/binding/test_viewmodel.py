"""The register's view-model over a real book: the household's rows, the whole book's, what stands on the map."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from famgui.base.wording import Wording
from famgui.domain.household import Unbind
from famgui.policy.library import Library
from famgui.ui.binding.figures import map_of
from famgui.ui.binding.rows import Filter, RegisterRow
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.binding.words import limit_chip, past_line, state_words, validity
from famgui.ui.shell.desk import Desk
from famgui.usecase.binding_change import limits_met
from famgui.usecase.record import record_event
from famgui.usecase.register import history
from tests.domain.building import employee, household, resident, row
from tests.ui.binding.building import desk_on, neighbours
from tests.ui.building import NOW, sample


@pytest.fixture
def vm(desk: Desk) -> BindingVM:
    return BindingVM(desk)


@pytest.fixture
def two(tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    """The sample household and its neighbours on 10 December 2025."""
    with desk_on(date(2025, 12, 10), tmp_path, library, sample(), neighbours()) as made:
        yield made


def names(rows: Any) -> list[str]:
    return [f"{row.authorizer} {row.user}" for row in rows]


def test_register_tells_state_and_what_was_shared(vm: BindingVM) -> None:
    found = [
        (row.authorizer, row.user, row.relation, row.validity, row.said, row.days, row.shared) for row in vm.register
    ]
    assert found == [
        ("李强", "王芳", "配偶", "2025-01-01 – 12-31", "! 21 天后到期", 21, 0),
        ("李强", "李小明", "子女", "2025-01-01 – 12-31", "! 21 天后到期", 21, 41788),
        ("王芳", "李小明", "子女", "2025-01-01 – 12-31", "! 21 天后到期", 21, 0),
        ("李强", "周秀英", "父母", "2025-07-01 – 2026-06-30", "✓ 生效", 202, 62000),
    ]
    assert (vm.year, vm.total) == (2025, 4)


def test_every_state_has_a_mark_and_words(zh: None) -> None:
    said = [state_words(state, days) for state, days in (("expiring", 0), ("upcoming", 3), ("expired", None))]
    assert said == [("! 今天到期", "warning"), ("· 3 天后生效", "warning"), ("– 已到期", "plain")]
    assert state_words("unbound", None) == ("✗ 已解绑", "plain")


@pytest.mark.parametrize(
    ("by", "first"), [("authorizer", "李强"), ("shared", "李强"), ("ends", "李强"), ("user", "周秀英")]
)
def test_the_household_is_sorted_by_any_column(vm: BindingVM, by: str, first: str, qtbot: Any) -> None:
    with qtbot.waitSignal(vm.changed):
        vm.sort(by, by == "shared")
    column = "user" if by == "user" else "authorizer"
    assert getattr(vm.register[0], column) == first
    if by == "shared":
        assert [row.shared for row in vm.register] == [62000, 41788, 0, 0]


def test_the_whole_book_has_both_households(two: Desk) -> None:
    vm = BindingVM(two)
    vm.set_scope("book")
    rows = vm.page(None)
    assert [row.said for row in rows][-2:] == ["· 10 天后生效", "– 已到期"]
    assert rows[-2].days is None, "days to its end, which it has not"
    assert {row.title for row in rows} == {"家"}
    assert (len(rows), vm.total, vm.places) == (6, 6, {"430200": 6})
    assert rows[0].shared is None and rows[0].place == "株洲市"
    assert vm.page(rows[-1]) == ()
    assert list(vm.every()) == list(rows)


def test_the_whole_book_is_narrowed(two: Desk, qtbot: Any) -> None:
    vm = BindingVM(two)
    vm.set_scope("book")
    with qtbot.waitSignal(vm.changed):
        vm.narrow(words="hp")
    assert names(vm.page(None)) == ["何平 安宁", "安宁 何平"]
    assert vm.counts["upcoming"] == 1
    vm.narrow(state="expired")
    assert (names(vm.page(None)), vm.total) == (["安宁 何平"], 1)
    assert vm.filter == Filter("expired", "", "hp")
    vm.narrow(state=None, words="")
    vm.sort("user", True)
    assert names(vm.page(None))[0] == "李强 周秀英"


def test_taking_a_household_up_leaves_the_list_alone(two: Desk, qtbot: Any) -> None:
    vm = BindingVM(two)
    vm.set_scope("book")
    row = vm.page(None)[-1]
    assert not vm.is_here(row)
    with qtbot.assertNotEmitted(vm.changed), qtbot.waitSignal(vm.taken_up):
        vm.take_up(row)
    assert two.live is not None and two.live.id == row.household
    assert vm.is_here(row)
    assert [one.authorizer for one in vm.register] == ["何平", "安宁"]
    with qtbot.waitSignal(vm.changed):
        two.reload(1)


def test_amounts_cannot_sort_the_whole_book(two: Desk) -> None:
    vm = BindingVM(two)
    vm.sort("shared", True)
    vm.set_scope("book")
    assert vm.order == ("state", False)


def test_the_map_shows_everybody(two: Desk) -> None:
    vm = BindingVM(two)
    persons, edges = map_of(two, vm.register)
    notes = {person.name: (person.note, person.kind, person.state) for person in persons}
    assert notes["李强"] == ("余 4,324.62", "authorizer", "current")
    assert notes["李小明"] == ("21 天后到期", "user", "expiring")
    assert notes["周秀英"] == ("至 2026-06-30", "user", "current")
    assert {(edge.authorizer, edge.user): edge.amount for edge in edges}["li", "zhou"] == 62000
    two.reload(2)
    assert [(person.name, person.note) for person in map_of(two, vm.register)[0]][2] == ("何欣", "")


def test_people_whose_bindings_are_over_stand_apart(tmp_path: Path, library: Library, zh: None) -> None:
    rows = [row("li", "bo", "child", ends=date(2025, 3, 1)), row("li", "xu", "child")]
    home = household(employee("li"), resident("bo"), resident("xu"), rows=rows)
    with desk_on(date(2025, 5, 1), tmp_path, library, home) as desk:
        persons, _ = map_of(desk, BindingVM(desk).register)
        assert [(one.note, one.state) for one in persons[1:]] == [("已到期", "ended"), ("不限期", "current")]


def test_limits_in_words(two: Desk) -> None:
    assert two.live is not None
    found = [limit_chip(one, "李强", "王芳") for one in limits_met(two.live, "li", "wang", two.today)]
    assert [one and (one.whose, one.text, one.kind) for one in found] == [
        ("李强", "同时 3 / 10", "plain"),
        ("李强", "累计 3 / 20", "plain"),
        None,
    ]
    full = limits_met(two.live, "li", "wang", two.today)[0]
    full = full._replace(taken=10)
    assert limit_chip(full, "李强", "王芳").text == "! 同时 10 / 10"  # type: ignore[union-attr]
    of_user = full._replace(code="AUTHORIZER_LIMIT", taken=1, rule=full.rule._replace(value=2))
    assert limit_chip(of_user, "李强", "王芳").whose == "王芳"  # type: ignore[union-attr]


def test_the_past_in_words(two: Desk, library: Library) -> None:
    assert two.live is not None and two.book is not None
    record_event(two.book, library.book, 1, Unbind("u1", two.today, "li", "zhou", "不再需要"), now=NOW)
    two.reload()
    lines = [past_line(one, two.wording) for one in history(two.book, two.live, "li", "zhou")]
    assert [(line.day.isoformat(), line.text, line.clause) for line in lines] == [
        ("2025-07-01", "绑定：2025-07-01 – 2026-06-30", "N-03"),
        ("2025-12-10", "解绑：不再需要", ""),
    ]
    assert lines[1].about.startswith("u1 · 记录于 2026-11-22 ")


def test_without_a_household_there_is_nothing(tmp_path: Path, library: Library, zh: None) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library) as desk:
        vm = BindingVM(desk)
        assert (vm.register, vm.total) == ((), 0)
        vm.set_scope("book")
        assert (vm.page(None), vm.total) == ((), 0)


def test_days_of_a_row_unbound(zh: None) -> None:
    wording = Wording("zh")
    kept = row("li", "bo", ends=date(2025, 12, 31))
    assert validity(replace(kept, unbound_on=date(2025, 3, 1)), wording) == "2025-01-01 – 03-01"
    assert validity(replace(kept, unbound_on=date(2024, 12, 1)), wording) == "2025-01-01 – 12-31", "it never began"
    assert validity(replace(kept, ends=None), wording) == "2025-01-01 – 不限期"


def test_choosing_is_told_once(vm: BindingVM, qtbot: Any) -> None:
    chosen: RegisterRow = vm.register[1]
    with qtbot.waitSignal(vm.chosen_changed):
        vm.choose(chosen)
    with qtbot.assertNotEmitted(vm.chosen_changed):
        vm.choose(chosen)


def test_days_left_of_what_is_to_come_go_to_its_end(tmp_path: Path, library: Library, zh: None) -> None:
    rows = [row("li", "bo", "child", starts=date(2025, 5, 11), ends=date(2025, 5, 31))]
    with desk_on(date(2025, 5, 1), tmp_path, library, household(employee("li"), resident("bo"), rows=rows)) as desk:
        assert [(one.said, one.days) for one in BindingVM(desk).register] == [("· 10 天后生效", 30)]
