"""The binding page's view-model over a real book: register, checks while editing, bind and unbind."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from famgui.domain.household import Bind, Household, Unbind
from famgui.policy.library import Library
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.shell.desk import Desk
from tests.domain.building import employee, household, money, purchase, resident, row
from tests.ui.binding.building import desk_on


@pytest.fixture
def vm(desk: Desk) -> BindingVM:
    return BindingVM(desk)


def marks(vm: BindingVM) -> str:
    return "".join(check.mark for check in vm.checks)


def test_register_tells_state_and_what_was_shared(vm: BindingVM) -> None:
    found = [(row.authorizer, row.user, row.relation, row.validity, row.state, row.shared) for row in vm.register]
    assert found == [
        ("李强", "王芳", "配偶", "2025-01-01 – 12-31", "21 天后到期", 0),
        ("李强", "李小明", "子女", "2025-01-01 – 12-31", "21 天后到期", 41788),
        ("王芳", "李小明", "子女", "2025-01-01 – 12-31", "21 天后到期", 0),
        ("李强", "周秀英", "父母", "2025-07-01 – 2026-06-30", "生效", 62000),
    ]
    assert vm.year == 2025


def test_only_holders_of_an_account_may_authorize(vm: BindingVM) -> None:
    assert [name for _, name in vm.authorizers] == ["王芳", "李强", "王建国"]
    assert len(vm.users) == 5
    assert len(vm.relations) == 10


def test_places_are_those_of_one_authorizer(vm: BindingVM) -> None:
    assert vm.places("li") == ("同时 3 / 10", "累计 3 / 20")
    assert vm.places("wang") == ("同时 1 / 10", "累计 1 / 20")
    assert vm.places("") == ("", "")


def test_checks_follow_every_edit(vm: BindingVM, qtbot: Any) -> None:
    assert marks(vm) == "·········"
    assert not vm.can_save
    with qtbot.waitSignal(vm.checked):
        vm.edit(user="zhou", relation="parent")
    assert marks(vm) == "✓✓✓✓✓✓✓✓✓!", "an odd age is no refusal"
    assert vm.can_save
    vm.edit(relation="in-law")
    assert [check.clause for check in vm.checks if check.mark == "✗"] == ["N-04"]
    assert not vm.can_save
    vm.edit(user="wang")
    assert marks(vm) == "✗·······✓", "oneself: nothing else is asked but the dates"


def test_a_known_pair_brings_its_relation_and_an_overlap_is_red(vm: BindingVM) -> None:
    vm.edit(authorizer="li", user="zhou")
    assert vm.draft.relation == "parent"
    refused = [check for check in vm.checks if check.mark == "✗"]
    assert [(check.text, check.clause) for check in refused] == [("与周秀英已有一段有效期重叠的绑定。", "HN-22")]
    assert [check.text for check in vm.checks if check.mark == "!"] == ["按证件号码，周秀英比李强还小，请再看一眼"]


def test_terms(vm: BindingVM) -> None:
    vm.set_term("open")
    assert vm.draft.ends is None
    vm.set_term("year-end")
    assert vm.draft.ends == date(2025, 12, 31)
    vm.edit(starts=date(2028, 2, 29))
    vm.set_term("year")
    assert vm.draft.ends == date(2029, 2, 28)
    vm.edit(user="zhou", relation="parent", ends=date(2028, 1, 1))
    assert vm.checks[-2].text == "结束早于开始"
    assert not vm.can_save


def test_saving_records_a_binding_of_today(vm: BindingVM, desk: Desk, qtbot: Any) -> None:
    vm.edit(user="zhou", relation="parent", priority=2)
    with qtbot.waitSignal(vm.told) as told:
        vm.save()
        assert not vm.can_save, "no second click while the first is written"
    assert told.args == ["已绑定 王芳 → 周秀英"]
    assert desk.live is not None
    event = desk.live.household.events[-1]
    assert isinstance(event, Bind)
    assert (event.id, event.date, event.binding.priority) == ("b1", date(2025, 12, 10), 2)
    assert event.binding.bound_at.date() == date(2025, 12, 10)
    assert (vm.draft.user, vm.draft.authorizer) == ("", "wang")
    assert [(row.user, row.state) for row in vm.register if row.authorizer == "王芳"][-1] == ("周秀英", "生效")


def test_what_the_book_refuses_is_said(tmp_path: Path, library: Library, zh: None, qtbot: Any) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library, family()) as desk:
        vm = BindingVM(desk)
        vm.edit(user="bo", relation="sibling", priority=1)
        vm.save()
        qtbot.waitUntil(lambda: bool(vm.refusals))
        assert [text.split("，")[0] for text in vm.refusals] == ["该日期之后已有记录"]
        assert vm.can_save, "the draft stays for another try"
        vm.edit(priority=2)
        assert vm.refusals == ()


def family() -> Household:
    """Li shares with nobody on record; a visit of Bo, paid in cash, lies after the day."""
    people = (employee("li", name="李"), resident("bo", name="波"))
    return household(*people, accounts={"li": money("100.00")}, events=[purchase("bo", "50.00")])


def test_unbinding_ends_the_pair_today(vm: BindingVM, desk: Desk, qtbot: Any) -> None:
    with qtbot.waitSignal(vm.told) as told:
        vm.unbind(vm.register[0])
    assert told.args == ["已解绑 李强 → 王芳，今天起生效；要再共济，需重新绑定。"]
    assert desk.live is not None
    assert desk.live.household.events[-1] == Unbind("u1", date(2025, 12, 10), "li", "wang")
    ended = vm.register[-1]
    assert (ended.user, ended.state, ended.validity, ended.open) == ("王芳", "已解绑", "2025-01-01 – 12-10", False)


def test_an_ended_row_cannot_be_unbound(tmp_path: Path, library: Library, zh: None) -> None:
    home = household(employee("li"), resident("bo"), rows=[row("li", "bo", "child", ends=date(2025, 3, 1))])
    with desk_on(date(2025, 5, 1), tmp_path, library, home) as desk:
        vm = BindingVM(desk)
        vm.unbind(vm.register[0])
        assert desk.ops.pending == 0


def test_another_household_clears_the_form(tmp_path: Path, library: Library, zh: None) -> None:
    other = household(employee("an", name="安"), resident("bo", name="波"))
    with desk_on(date(2025, 5, 1), tmp_path, library, family(), other) as desk:
        vm = BindingVM(desk)
        vm.edit(user="bo", relation="child")
        desk.reload()
        assert vm.draft.user == "bo", "a change of the same household leaves the form alone"
        desk.reload(list(desk.titles)[1])
        assert (vm.draft.authorizer, vm.draft.user) == ("an", "")


def test_without_a_household_nothing_is_offered(tmp_path: Path, library: Library, zh: None) -> None:
    with desk_on(date(2025, 5, 1), tmp_path, library) as desk:
        vm = BindingVM(desk)
        assert (vm.register, vm.authorizers, vm.can_save) == ((), (), False)
        vm.save()
        assert desk.ops.pending == 0
