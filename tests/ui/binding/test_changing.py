"""Unbinding, renewing and putting in order over a real book, each undone as if it had never been."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from famgui.domain.household import Bind, Reorder, Unbind
from famgui.policy.library import Library
from famgui.ui.binding.changing import ChangesVM
from famgui.ui.binding.rows import RegisterRow
from famgui.ui.binding.viewmodel import BindingVM
from famgui.ui.shell.desk import Desk
from famgui.usecase.doctor import examine
from famgui.usecase.household import export_household
from tests.domain.building import deposit
from tests.ui.binding.building import desk_on, neighbours
from tests.ui.building import NOW, sample


@pytest.fixture
def two(tmp_path: Path, library: Library, zh: None) -> Iterator[Desk]:
    with desk_on(date(2025, 12, 10), tmp_path, library, sample(), neighbours()) as made:
        yield made


@pytest.fixture
def vm(two: Desk) -> ChangesVM:
    return ChangesVM(two)


@pytest.fixture
def register(two: Desk) -> BindingVM:
    return BindingVM(two)


def row_of(register: BindingVM, *pair: str) -> RegisterRow:
    return next(row for row in register.register if row.pair == pair)


def events(desk: Desk) -> tuple[Any, ...]:
    assert desk.live is not None
    return desk.live.household.events


def confirm(vm: ChangesVM, qtbot: Any) -> str:
    with qtbot.waitSignal(vm.done) as done:
        vm.confirm()
        assert not vm.ready, "no second click while the first is written"
    return str(done.args[0])


def test_unbinding_is_recorded_and_undone(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None
    before = export_household(two.book, 1)
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    assert vm.panel == "unbind" and vm.ready and len(vm.endings) == 1
    assert confirm(vm, qtbot) == "已解绑 李强 → 王芳，今天起生效；要再共济，需重新绑定。"
    assert events(two)[-1] == Unbind("u1", date(2025, 12, 10), "li", "wang", "不再需要")
    assert (vm.panel, vm.last_made) == ("", (1, ("u1",)))
    assert row_of(register, "li", "wang").said == "✗ 已解绑"
    with qtbot.waitSignal(vm.done) as done:
        vm.undo()
    assert done.args == ["已撤销：解绑 李强 → 王芳", None]
    assert export_household(two.book, 1) == before
    assert examine(two.book, two.library.book) == ()
    assert vm.last_made is None


def test_a_reason_must_be_given(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    vm.set_reason("  ")
    assert not vm.ready
    vm.confirm()
    assert two.ops.pending == 0
    vm.set_reason(" 换授权人 ")
    confirm(vm, qtbot)
    assert events(two)[-1].reason == "换授权人"


def test_what_is_over_cannot_be_unbound(vm: ChangesVM, register: BindingVM, two: Desk) -> None:
    two.reload(2)
    vm.begin_unbind([row_of(register, "an", "he")], "不再需要")
    assert vm.panel == ""


def test_rows_are_renewed_together(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None
    before = export_household(two.book, 1)
    vm.begin_renew([row_of(register, "li", "wang"), row_of(register, "wang", "ming")])
    assert [one.event.binding.ends for one in vm.renewals] == [date(2026, 12, 31)] * 2
    vm.set_term("typed", date(2026, 3, 31))
    assert confirm(vm, qtbot) == "已续期 2 条绑定"
    made = events(two)[-2:]
    assert [(event.id, event.binding.starts, event.binding.ends) for event in made] == [
        ("b1", date(2026, 1, 1), date(2026, 3, 31)),
        ("b2", date(2026, 1, 1), date(2026, 3, 31)),
    ]
    assert all(isinstance(event, Bind) and event.binding.bound_at.date() == two.today for event in made)
    assert row_of(register, "li", "zhou").said == "✓ 生效"
    with qtbot.waitSignal(vm.done):
        vm.undo((1, ("b1", "b2")))
    assert export_household(two.book, 1) == before


def test_only_what_can_be_is_renewed(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    rows = [row_of(register, "li", "wang"), row_of(register, "li", "zhou")]
    vm.begin_renew(rows)
    vm.set_term("typed", date(2026, 2, 28))
    assert [one.why for one in vm.renewals] == ["", "dates"]
    assert confirm(vm, qtbot) == "已续期 李强 → 王芳，至 2026-02-28"
    assert len([event for event in events(two) if isinstance(event, Bind)]) == 2
    vm.begin_renew([row_of(register, "li", "wang")])
    assert vm.renewals[0].why == "refused", "the pair has been renewed already"
    assert not vm.ready


def test_the_order_of_payment_is_one_event(vm: ChangesVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None
    before = export_household(two.book, 1)
    order = vm.order_of("ming")
    assert order is not None and order.authorizers == ("li", "wang")
    vm.put_in_order("ming", ["wang", "li"])
    vm.put_in_order("ming", ["li", "wang"])
    assert vm.pending is None and not vm.ready, "back to what it was: nothing to record"
    vm.put_in_order("ming", ["wang", "li"])
    assert vm.order_of("ming").authorizers == ("wang", "li")  # type: ignore[union-attr]
    assert vm.order_of("wang").authorizers == ("li",)  # type: ignore[union-attr]
    assert confirm(vm, qtbot) == "李小明的付款次序已记录：王芳、李强"
    assert events(two)[-1] == Reorder("o1", two.today, "ming", ("wang", "li"))
    with qtbot.waitSignal(vm.done):
        vm.undo()
    assert export_household(two.book, 1) == before


def test_dropping_records_nothing(vm: ChangesVM, register: BindingVM, two: Desk) -> None:
    vm.begin_renew([row_of(register, "li", "wang")])
    vm.drop()
    assert (vm.panel, vm.ready, vm.renewals) == ("", False, ())
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    two.reload(2)
    assert vm.panel == "", "another household drops it"
    two.reload(1)
    vm.put_in_order("ming", ["wang", "li"])
    two.reload(2)
    assert vm.pending is None
    two.reload(1)
    assert vm.pending == ("wang", "li"), "an order waits for its household"


def test_an_undo_finds_its_household_again(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None
    before = export_household(two.book, 1)
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    confirm(vm, qtbot)
    two.reload(2)
    assert vm.last_made is None
    with qtbot.waitSignal(vm.done):
        vm.undo((1, ("u1",)))
    assert export_household(two.book, 1) == before
    vm.undo((1, ("u1",)))
    assert two.ops.pending == 0, "once is enough"


def test_what_came_after_keeps_it(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    confirm(vm, qtbot)
    with qtbot.waitCallback() as recorded:
        two.record(deposit("10.00", date(2025, 12, 10), "d99"), recorded)
    assert vm.last_made is None
    with qtbot.waitSignal(vm.refused) as refused:
        vm.undo((1, ("u1",)))
    assert refused.args == ["“u1”之后又有别的记录，不能撤销；请改用新的记录更正。"]
    assert events(two)[-2].id == "u1"


def test_what_the_book_refuses_is_told(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    """Something of a later day was recorded meanwhile, from elsewhere."""
    vm.begin_unbind([row_of(register, "li", "zhou")], "不再需要")
    live = two.live
    assert live is not None and two.book is not None
    uses, later = two.services.usecases(), date(2025, 12, 20)
    uses.record_event(two.book, two.library.book, 1, Unbind("u7", later, "li", "zhou"), now=NOW)
    with qtbot.waitSignal(vm.refused) as refused:
        vm.confirm()
    assert "已有记录" in refused.args[0]
    assert vm.panel == "unbind" and not vm.ready, "it is looked at again"


def test_a_bug_lets_one_try_again(vm: ChangesVM, register: BindingVM, two: Desk) -> None:
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    vm.working = True
    two.ops.crashed.emit(ValueError())
    assert vm.ready


def test_undo_puts_an_unrecorded_order_back_first(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    vm.begin_renew([row_of(register, "li", "zhou")])
    confirm(vm, qtbot)
    vm.put_in_order("ming", ["wang", "li"])
    with qtbot.waitSignal(vm.told) as told:
        vm.step_back()
    assert told.args == ["已撤销：李小明的新付款次序（还没有记录）"]
    assert vm.pending is None and two.ops.pending == 0 and events(two)[-1].id == "b1"
    with qtbot.waitSignal(vm.done) as done:
        vm.step_back()
    assert done.args[0] == "已撤销：续期 李强 → 周秀英"
    with qtbot.waitSignal(vm.refused) as refused:
        vm.step_back()
    assert refused.args[0].startswith("没有可以撤销的。")


def test_an_order_outlives_what_is_recorded_beside_it(
    vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any
) -> None:
    vm.put_in_order("ming", ["wang", "li"])
    with qtbot.waitSignal(vm.refused):
        vm.put_in_order("zhou", [])
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    vm.drop()
    assert vm.pending == ("wang", "li"), "only what was open is dropped"
    vm.begin_unbind([row_of(register, "li", "wang")], "不再需要")
    confirm(vm, qtbot)
    assert vm.pending == ("wang", "li")
    vm.begin_unbind([row_of(register, "li", "ming")], "不再需要")
    confirm(vm, qtbot)
    assert vm.pending is None, "there is no order of one"


def test_all_marked_rows_are_unbound_at_once(vm: ChangesVM, register: BindingVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None
    before = export_household(two.book, 1)
    vm.begin_unbind([row_of(register, "li", "ming"), row_of(register, "wang", "ming")])
    assert not vm.ready, "no reason is taken for granted"
    vm.set_reason("去世")
    assert [one.others for one in vm.endings] == [(), ()], "nobody pays any more"
    assert confirm(vm, qtbot) == "已解绑 2 条绑定，今天起生效；要再共济，需重新绑定。"
    assert [(event.id, event.authorizer) for event in events(two)[-2:]] == [
        ("u1", "li"),
        ("u2", "wang"),
    ]
    with qtbot.waitSignal(vm.done) as done:
        vm.step_back()
    assert done.args[0] == "已撤销：解绑 李强 → 李小明、解绑 王芳 → 李小明"
    assert export_household(two.book, 1) == before


def test_what_another_page_recorded_is_undone_too(vm: ChangesVM, two: Desk, qtbot: Any) -> None:
    assert two.book is not None and vm.last_made is None
    uses = two.services.usecases()
    uses.record_event(two.book, two.library.book, 1, Unbind("u7", two.today, "li", "zhou"), now=NOW)
    two.reload()
    assert vm.last_made == (1, ("u7",))
    with qtbot.waitSignal(vm.done) as done:
        vm.step_back()
    assert done.args[0] == "已撤销：解绑 李强 → 周秀英"


def test_what_was_recorded_before_the_page_was_built_is_undone_one_by_one(two: Desk, qtbot: Any) -> None:
    uses, book = two.services.usecases(), two.book
    assert book is not None
    for handle, giver in (("u7", "li"), ("u8", "wang")):
        uses.record_event(book, two.library.book, 1, Unbind(handle, two.today, giver, "ming"), now=NOW)
        two.reload()
    vm = ChangesVM(two)
    for handle, said in (("u8", "解绑 王芳 → 李小明"), ("u7", "解绑 李强 → 李小明")):
        assert vm.last_made == (1, (handle,))
        with qtbot.waitSignal(vm.done) as done:
            vm.step_back()
        assert done.args[0] == f"已撤销：{said}"
    assert vm.last_made is None


def test_what_the_book_held_when_it_was_taken_up_is_not_undone(two: Desk) -> None:
    uses, book = two.services.usecases(), two.book
    assert book is not None
    uses.record_event(book, two.library.book, 1, Unbind("u7", two.today, "li", "ming"), now=NOW)
    two.take(book, None, sample=True)
    assert ChangesVM(two).last_made is None
